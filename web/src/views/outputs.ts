// outputs.ts: what can be done with a result: hand it over, print, copy, download, load.
import {CharleyError} from 'charley';
import {h} from '../dom.js';
import {button, linkButton, section, tell} from '../parts.js';
import {go} from '../router.js';
import type {State} from '../state.js';
import {say} from '../words.js';

/** Copies a text; where the browser refuses, shows it to be copied by hand. */
export async function copy(text: string, place: HTMLElement): Promise<void> {
    try {
        await navigator.clipboard.writeText(text);
        tell(say('out.copied'));
        place.replaceChildren(h('p', {}, say('out.copied')));
    } catch {
        const area = h('textarea', {class: 'nhsuk-textarea charley-copy', rows: 12, readonly: true, 'aria-label': say('out.copy_by_hand')});
        area.value = text;
        place.replaceChildren(h('p', {}, say('out.copy_by_hand')), area);
        area.select();
    }
}

export function download(state: State): void {
    const url = URL.createObjectURL(new Blob([state.session.writeCase().json], {type: 'application/json'}));
    h('a', {href: url, download: say('out.file')}).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Choose a file; its answers replace those of now. */
export function loader(state: State): HTMLElement {
    const problem = h('p', {class: 'nhsuk-error-message', role: 'alert', hidden: true});
    const input = h('input', {type: 'file', id: 'load', class: 'charley-file', accept: 'application/json,.json', onchange: async () => {
        const file = input.files?.[0];
        if (!file) return;
        try {
            state.load(await file.text());
            go('result');
        } catch (error) {
            problem.textContent = say(error instanceof CharleyError && error.status === 'version' ? 'out.load_version' : 'out.load_wrong');
            problem.hidden = false;
        }
    }});
    return h('div', {class: 'nhsuk-form-group'},
             h('label', {class: 'nhsuk-label', for: 'load'}, say('out.load')), problem, input);
}

export function outputs(state: State): HTMLElement {
    const place = h('div', {});
    return section('take', say('out.title'),
        h('div', {class: 'charley-buttons'},
          linkButton(say('out.answers'), 'answers', 'secondary'),
          linkButton(say('out.handoff'), 'handoff', 'secondary'),
          linkButton(say('out.more'), 'ask//more', 'secondary'),
          button(say('out.print'), () => print()),
          button(say('out.copy'), () => void copy(document.querySelector<HTMLElement>('.charley-result')?.innerText ?? '', place)),
          button(say('out.download'), () => download(state))),
        place)!;
}
