// answers.ts: the case summary: every answer, each changed or taken back where it stands.
import {CharleyError, type Answer, type Choice, type Question} from 'charley';
import {MAP_SCREEN} from '../data.js';
import {h} from '../dom.js';
import {button, explained, inFull, linkButton, more, tell} from '../parts.js';
import {redraw} from '../router.js';
import {findingOf, type State} from '../state.js';
import {unitLabel} from '../units.js';
import {number, parted, say, word} from '../words.js';
import {groupsOf} from './ask.js';
import {placesInWords} from './map.js';
import {download, loader} from './outputs.js';

/** Changes an answer unless that contradicts another; says so. */
function change(state: State, label: string, apply: () => void, problem: HTMLElement): void {
    const before = state.session.writeCase().json;
    try {
        apply();
        state.session.next(false);
        state.changed();
        tell(say('answers.changed', {label}));
        redraw();
    } catch (error) {
        if (!(error instanceof CharleyError)) throw error;
        state.session.readCase(before);
        state.changed();
        problem.textContent = say(error.status === 'conflict' ? 'wrong_conflict' : 'answers.wrong');
        problem.hidden = false;
    }
}

function select(id: string, label: string, options: readonly (readonly [string, string])[], chosen: string, onchange: (value: string) => void): HTMLElement {
    return h('select', {class: 'nhsuk-select charley-answer__select', id, 'aria-label': label,
                        onchange: event => onchange((event.target as HTMLSelectElement).value)},
             options.map(([value, text]) => h('option', {value, selected: value === chosen}, text)));
}

const ANSWERS: readonly Answer[] = ['yes', 'no', 'unknown'];

function row(state: State, label: string, control: (problem: HTMLElement) => HTMLElement, remove: () => void, isTitled = false): HTMLElement {
    const problem = h('p', {class: 'nhsuk-error-message', role: 'alert', hidden: true});
    return h('li', {class: 'charley-answer'},
        isTitled ? null : h('span', {class: 'charley-answer__label'}, label), control(problem),
        h('button', {type: 'button', class: 'charley-link', 'aria-label': say('answers.remove_label', {label}),
                     onclick: () => change(state, label, remove, problem)}, say('answers.remove')),
        problem);
}

function yesNo(state: State, choice: Choice): HTMLElement {
    return row(state, choice.label, problem =>
        select(`answer-${choice.id}`, choice.label, ANSWERS.map(answer => [answer, word(`ui.answer.${answer}`)]), choice.answer,
               value => change(state, choice.label, () => state.session.answer(choice.id, value as Answer), problem)),
        () => state.session.clear(choice.id));
}

function one(state: State, screen: Question, title: string, choices: readonly Choice[], isTitled: boolean): HTMLElement {
    const chosen = choices.find(choice => choice.answer === 'yes')?.id ?? '';
    const finding = findingOf(choices[0]!);
    const clear = () => {
        state.session.clear(finding);
        if (screen.id === MAP_SCREEN) state.session.places = [];
    };
    return row(state, title, problem =>
        select(`answer-${finding}`, title,
               [['', word('ui.answer.unknown')], ...choices.map(choice => [choice.id, choice.label] as const)], chosen,
               value => change(state, title, () => {
                   clear();
                   if (value) state.session.answer(value, 'yes');
               }, problem)), clear, isTitled);
}

function measured(state: State, screen: Question): HTMLElement {
    const finding = screen.choices[0]!.id;
    return row(state, screen.title, problem => {
        const input = h('input', {class: 'nhsuk-input nhsuk-input--width-5', id: `answer-${finding}`, inputmode: 'decimal',
                                  'aria-label': screen.title, value: String(screen.value), onchange: () =>
            change(state, screen.title, () => state.session.answerNumber(finding, Number(input.value.replace(',', '.')), screen.unit ?? ''), problem)});
        return h('span', {class: 'charley-number'}, input, ' ', unitLabel(screen.unit ?? ''));
    }, () => state.session.clear(finding), true);
}

function isAnswered(screen: Question): boolean {
    return screen.kind === 'number' ? screen.value !== null && screen.value !== undefined
        : screen.choices.some(choice => choice.answer !== 'unknown');
}

function group(state: State, screen: Question): HTMLElement {
    const rows = () => {
        if (screen.kind === 'number') return [measured(state, screen)];
        if (screen.kind === 'one') return [one(state, screen, screen.title, screen.choices, true)];
        if (screen.kind === 'groups')
            return groupsOf(screen).map(([, choices]) => one(state, screen, parted(choices[0]!.group_title ?? screen.title)[0], choices, false));
        return screen.choices.filter(choice => choice.answer === 'yes').map(choice => yesNo(state, choice));
    };
    const isList = screen.kind === 'many' || screen.kind === 'yes_no';
    const no = isList ? screen.choices.filter(choice => choice.answer === 'no') : [];
    const open = isList ? screen.choices.filter(choice => choice.answer === 'unknown') : [];
    const yes = rows();
    return h('section', {class: 'charley-group'},
        h('h3', {}, parted(screen.title)[0]),
        yes.length > 0 ? h('ul', {class: 'charley-answers'}, yes) : null,
        no.length > 0 ? more(say('answers.no', {n: no.length}), () => h('ul', {class: 'charley-answers'}, no.map(choice => yesNo(state, choice)))) : null,
        open.length > 0 ? more(say('answers.open', {n: open.length}), () => h('ul', {class: 'charley-answers'}, open.map(choice => yesNo(state, choice)))) : null,
        !isList ? null : h('p', {}, h('a', {href: `#/ask/${screen.id}/answers`}, say('answers.again'), h('span', {class: 'charley-hidden'}, ` ${screen.title}`))));
}

/** What has been answered, for the hand-off: "Age: 47 years", "Takes a statin". */
export function answerInWords(state: State, screen: Question): string[] {
    if (screen.kind === 'number')
        return screen.value === null || screen.value === undefined ? []
            : [say('named', {name: explained(state, `finding:${findingOf(screen.choices[0]!)}`).name ?? screen.title, value: `${number(screen.value)} ${unitLabel(screen.unit ?? '')}`})];
    return screen.choices.filter(choice => choice.answer === 'yes').map(choice => inFull(state, choice.id, choice.label));
}

export function answersView(state: State): () => HTMLElement {
    return () => {
        const answered = state.screens().filter(isAnswered);
        const skipped = state.session.writeCase().value.skipped ?? [];
        const dangers = answered.filter(screen => screen.is_danger_screen);
        const others = answered.filter(screen => !screen.is_danger_screen);
        const part = (title: string, some: Question[]) => some.length > 0 ? [h('h2', {}, title), ...some.map(screen => group(state, screen))] : [];
        const known = state.knowledge.ids('screen');
        return h('div', {class: 'charley-summary'},
            h('h1', {}, say('answers.title')),
            answered.length + skipped.length === 0 ? h('p', {}, say('answers.empty')) : h('p', {}, say('answers.text')),
            state.places.length > 0 ? h('p', {}, h('strong', {}, say('answers.places')), ' ', placesInWords(state), ' ',
                h('a', {href: `#/ask/${MAP_SCREEN}/answers`}, say('answers.change'))) : null,
            ...part(say('answers.dangers'), dangers), ...part(say('answers.others'), others),
            ...(skipped.length > 0 ? [h('h2', {}, say('answers.skipped')),
                h('ul', {}, skipped.filter(id => known.includes(id)).map(id =>
                    h('li', {}, h('a', {href: `#/ask/${id}/answers`}, state.session.question(id)?.title ?? id))))] : []),
            h('div', {class: 'charley-buttons'},
              linkButton(say('result_show'), 'result'), linkButton(say('answers.go_on'), 'ask', 'secondary'),
              answered.length > 0 ? button(say('out.download'), () => download(state)) : null),
            loader(state));
    };
}
