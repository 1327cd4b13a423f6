// kept.ts: country and units, what is kept and where, and how to delete it.
import type {Saving} from '../state.js';
import {UNITS_FIRST, type Units} from '../data.js';
import {h} from '../dom.js';
import {button, regionChoice, steps, tell} from '../parts.js';
import {go, redraw} from '../router.js';
import type {State} from '../state.js';
import {list, say} from '../words.js';
import {download, loader} from './outputs.js';

function radios<T extends string>(name: string, title: string, options: readonly T[], chosen: T, onChange: (value: T) => void): HTMLElement {
    return h('fieldset', {class: 'nhsuk-fieldset'},
        h('legend', {class: 'nhsuk-fieldset__legend'}, title),
        h('div', {class: 'nhsuk-radios nhsuk-radios--small'}, options.map(option =>
            h('div', {class: 'nhsuk-radios__item'},
              h('input', {class: 'nhsuk-radios__input', type: 'radio', name, id: `${name}-${option}`, value: option, checked: option === chosen,
                          onchange: () => onChange(option)}),
              h('label', {class: 'nhsuk-label nhsuk-radios__label', for: `${name}-${option}`}, say(`${name}.${option}`))))));
}

const SAVINGS: readonly Saving[] = ['nothing', 'settings', 'all'];

export function keptView(state: State): () => HTMLElement {
    return () => {
        const problem = h('p', {class: 'nhsuk-error-message', role: 'alert', hidden: true}, say('kept.refused'));
        const sure = h('div', {hidden: true},
            h('p', {}, say('kept.sure')),
            button(say('kept.delete_sure'), () => {
                state.forgetAll();
                tell(say('kept.deleted'));
                go('');
            }, 'warning'));
        return h('div', {},
            h('h1', {}, say('kept.title')),
            h('h2', {}, say('kept.settings')),
            regionChoice(state, redraw),
            radios('units', say('units'), Object.keys(UNITS_FIRST) as Units[], state.settings.units, units => state.change({units})),
            h('h2', {}, say('kept.what')),
            steps(list('ui.page.kept.text'), false),
            radios('saving', say('kept.saving'), SAVINGS, state.saving, saving => {
                problem.hidden = state.save(saving);
                if (problem.hidden) tell(say(`saving.${saving}`));
                else document.querySelector<HTMLInputElement>('#saving-nothing')!.checked = true;
            }),
            problem,
            h('h2', {}, say('kept.file')),
            h('p', {}, say('kept.file_text')),
            button(say('out.download'), () => download(state)), loader(state),
            h('h2', {}, say('kept.delete')),
            button(say('kept.delete'), () => {
                sure.hidden = false;
                sure.querySelector('button')!.focus();
            }), sure);
    };
}
