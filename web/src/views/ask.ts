// ask.ts: one question a page: danger signs first, "none of these" said aloud, why it is
// asked, how to check, "I don't know", back, and the result at any time.
import {CharleyError, type Choice, type Question} from 'charley';
import {MAP_SCREEN} from '../data.js';
import {h, lines} from '../dom.js';
import {badge, isEmergency, more} from '../parts.js';
import {go, goInstead} from '../router.js';
import {findingOf, type State} from '../state.js';
import {unitsOf} from '../units.js';
import {hasWord, number, parted, say, word} from '../words.js';
import {mapFields, takeMap} from './map.js';

function hint(id: string, text: string | undefined): HTMLElement | null {
    return text ? h('div', {id, class: 'nhsuk-hint'}, ...lines(text).map(line => h('p', {}, line))) : null;
}

// Written out, so that the build finds which rules of nhsuk-frontend are used.
const ROWS = {
    radios: {type: 'radio', box: 'nhsuk-radios', item: 'nhsuk-radios__item', input: 'nhsuk-radios__input',
             label: 'nhsuk-label nhsuk-radios__label', hint: 'nhsuk-hint nhsuk-radios__hint'},
    checkboxes: {type: 'checkbox', box: 'nhsuk-checkboxes', item: 'nhsuk-checkboxes__item', input: 'nhsuk-checkboxes__input',
                 label: 'nhsuk-label nhsuk-checkboxes__label', hint: 'nhsuk-hint nhsuk-checkboxes__hint'},
} as const;

function optionRow(kind: keyof typeof ROWS, name: string, choice: Choice, at: number,
                   isChosen: boolean, hasHow = true): HTMLElement {
    const id = `${name}-${at}`;
    const how = choice.how && hasHow ? `${id}-how` : undefined;
    const row = ROWS[kind];
    return h('div', {class: row.item},
             h('input', {class: row.input, type: row.type, id, name, value: choice.id, checked: isChosen, 'aria-describedby': how}),
             h('label', {class: row.label, for: id}, choice.label),
             how ? h('div', {id: how, class: row.hint}, choice.how) : null);
}

/** "None of these" and "I don't know": as choices of their own, so that nothing is guessed. */
function extraRow(kind: keyof typeof ROWS, name: string, value: string, label: string,
                  isChosen: boolean): HTMLElement {
    const id = `${name}-${value}`;
    const row = ROWS[kind];
    return h('div', {class: row.item},
             h('input', {class: row.input, type: row.type, id, name, value, checked: isChosen, 'data-alone': true}),
             h('label', {class: row.label, for: id}, label));
}

/** The question, as it is put to somebody who answers for somebody else. */
function titleOf(state: State, question: Question): string {
    const key = `ui.page.other.${question.id}`;
    return state.isOther && hasWord(key) ? word(key) : question.title;
}

/** The question is the heading; what is said after it stands below, smaller. */
function legend(title: string, level: 'h1' | 'h2' = 'h1'): HTMLElement {
    const [question, rest] = parted(title);
    return h('legend', {class: 'nhsuk-fieldset__legend'},
             h(level, {class: 'nhsuk-fieldset__heading'}, question), rest ? [' ', h('span', {class: 'nhsuk-hint'}, rest)] : null);
}

function isSkipped(state: State, screen: string): boolean {
    return state.session.writeCase().value.skipped?.includes(screen) ?? false;
}

/** Some of its choices were denied elsewhere and are not listed again. */
function isRest(state: State, question: Question): boolean {
    return question.kind === 'many' &&
           question.choices.length < (state.session.question(question.id)?.choices.length ?? 0);
}

const NONE = 'none-of-these';
const UNKNOWN = 'not-known';

function choiceFields(state: State, question: Question): HTMLElement {
    const isMany = question.kind === 'many';
    const kind = isMany ? 'checkboxes' : 'radios';
    const wasSkipped = isSkipped(state, question.id);
    const isAllNo = isMany && question.choices.every(choice => choice.answer === 'no');
    const choices: Choice[] = question.kind === 'yes_no'
        ? (['yes', 'no'] as const).map(answer => ({
            id: answer, label: say(answer),
            answer: question.choices[0]?.answer === answer ? 'yes' : 'unknown'} as Choice))
        : question.choices;
    // A short list is taken in at a glance; how to look waits behind a tap.
    const rows = choices.map((choice, at) =>
        optionRow(kind, 'answer', choice, at, choice.answer === 'yes', !question.is_short));
    const hows = question.is_short ? choices.filter(choice => choice.how) : [];
    const last = [
        isMany ? h('div', {class: 'nhsuk-checkboxes__divider'}, say('or')) : null,
        isMany ? extraRow(kind, 'answer', NONE, say('none'), isAllNo && !wasSkipped) : null,
        extraRow(kind, 'answer', UNKNOWN, say('dont_know'), wasSkipped),
    ];
    const box = h('div', {class: ROWS[kind].box}, ...rows, ...last);
    // What stands alone and the others take each other back.
    if (isMany)
        box.addEventListener('change', event => {
            const changed = event.target as HTMLInputElement;
            if (!changed.checked) return;
            for (const input of box.querySelectorAll('input'))
                if (input !== changed && (changed.dataset['alone'] !== undefined || input.dataset['alone'] !== undefined))
                    input.checked = false;
        });
    const first = question.how ?? (isRest(state, question) ? say('rest_only') : undefined);
    return h('fieldset', {class: 'nhsuk-fieldset', 'aria-describedby': first ? 'how' : null},
             legend(titleOf(state, question)), hint('how', first), box,
             hows.length > 0 ? more(say('how_to_check'), () => hows.map(choice =>
                 h('p', {}, h('strong', {}, choice.label), h('br', {}), choice.how ?? ''))) : null);
}

/** Choices that belong together, by their group. */
export function groupsOf(question: Question): [finding: string, choices: Choice[]][] {
    return [...new Set(question.choices.map(findingOf))].map(finding =>
        [finding, question.choices.filter(choice => findingOf(choice) === finding)]);
}

function groupFields(state: State, question: Question): HTMLElement {
    const wasSkipped = isSkipped(state, question.id);
    return h('div', {},
        h('h1', {}, titleOf(state, question)),
        groupsOf(question).map(([finding, choices]) => h('fieldset', {class: 'nhsuk-fieldset'},
            legend(choices[0]!.group_title ?? '', 'h2'),
            h('div', {class: 'nhsuk-radios'},
              choices.map((choice, at) => optionRow('radios', finding, choice, at, choice.answer === 'yes')),
              extraRow('radios', finding, UNKNOWN, say('dont_know'), wasSkipped && choices.every(choice => choice.answer !== 'yes'))))));
}

function numberFields(state: State, question: Question): HTMLElement {
    const units = unitsOf(question, state.settings.units);
    const wasSkipped = isSkipped(state, question.id);
    const value = question.value ?? null;
    return h('div', {class: 'nhsuk-form-group'},
             h('h1', {class: 'nhsuk-label-wrapper'},
               h('label', {class: 'nhsuk-label nhsuk-label--l', for: 'number'}, titleOf(state, question))),
             hint('how', question.how),
             h('div', {class: 'charley-number'},
               h('input', {class: 'nhsuk-input nhsuk-input--width-5', id: 'number', name: 'number', type: 'text',
                           inputmode: 'decimal', autocomplete: 'off', value: value === null ? '' : value,
                           'aria-describedby': question.how ? 'how' : null}),
               units.length > 1
                   ? h('select', {class: 'nhsuk-select', name: 'unit', 'aria-label': say('unit')},
                       ...units.map(unit => h('option', {value: unit.code}, unit.label)))
                   : h('span', {class: 'charley-unit'}, units[0]?.label ?? '')),
             h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small'},
               extraRow('checkboxes', 'answer', UNKNOWN, say('dont_know'), wasSkipped)));
}

/** Takes the answers of the form into the session; throws a CharleyError that says why not. */
function take(state: State, question: Question, form: HTMLFormElement): string | null {
    const data = new FormData(form);
    const chosen = data.getAll('answer').map(String);
    const {session} = state;
    if (chosen.includes(UNKNOWN)) {
        for (const choice of question.choices) session.clear(findingOf(choice));
        session.skip(question.id);
        return null;
    }
    session.skip(question.id, false);
    switch (question.kind) {
        case 'number': {
            const typed = String(data.get('number') ?? '').trim();
            const finding = question.choices[0]!.id;
            if (typed === '') return say('wrong_empty');
            // "2,5" is a decimal; "1,500" may be one or fifteen hundred: not guessed.
            if (/^-?[1-9]\d*,\d{3}$/.test(typed)) return say('wrong_number');
            const text = typed.replace(',', '.');
            if (!/^-?\d+(\.\d+)?$/.test(text)) return say('wrong_number');
            session.answerNumber(finding, Number(text), String(data.get('unit') ?? question.unit));
            return null;
        }
        case 'yes_no':
            if (chosen.length === 0) return say('wrong_none_chosen');
            session.answer(question.choices[0]!.id, chosen[0] === 'yes' ? 'yes' : 'no');
            return null;
        case 'one':
            if (chosen.length === 0) return say('wrong_none_chosen');
            session.answer(chosen[0]!, 'yes');
            return null;
        case 'groups': {
            const groups = groupsOf(question).map(([finding]) => [finding, data.get(finding)] as const);
            if (groups.some(([, choice]) => choice === null)) return say('wrong_none_chosen_groups');
            for (const [finding, choice] of groups)
                if (choice === UNKNOWN) session.clear(finding);
                else session.answer(String(choice), 'yes');
            session.skip(question.id, groups.some(([, choice]) => choice === UNKNOWN));
            return null;
        }
        case 'many':
            if (chosen.length === 0) return say('wrong_none_chosen_many');
            for (const choice of question.choices)
                session.answer(choice.id, chosen.includes(choice.id) ? 'yes' : 'no');
            return null;
    }
}

function showError(form: HTMLFormElement, text: string): void {
    form.querySelector('.nhsuk-error-summary')?.remove();
    const first = form.querySelector<HTMLElement>('input');
    const summary = h('div', {class: 'nhsuk-error-summary', role: 'alert', tabindex: '-1'},
                      h('h2', {}, say('problem')),
                      h('ul', {},
                        h('li', {}, h('a', {href: `#${first?.id ?? ''}`, onclick: event => {
                            event.preventDefault();
                            first?.focus();
                        }}, text))));
    form.prepend(summary);
    summary.focus();
}

/** What is wrong with a number, in the unit that was chosen or the question's own. */
function wrongNumber(question: Question): string {
    const unit = question.unit ?? '';
    return say('wrong_range', {low: number(question.minimum ?? 0), high: number(question.maximum ?? 0),
                               unit: hasWord(`unit.${unit}`) ? word(`unit.${unit}`) : unit});
}

/** Where to go after an answer: back to where it was changed from, or on. */
function goOn(state: State, question: Question, mode: string | undefined): void {
    if (mode === 'answers' || mode === 'result') {
        state.next(false); // throws when the answers contradict each other
        return go(mode);
    }
    if (question.is_danger_screen &&
        state.session.question(question.id)?.choices.some(choice => choice.answer === 'yes')) {
        const urgency = state.session.urgency();
        // A new emergency interrupts; whoever goes on from there is not stopped again.
        if (isEmergency({urgency}) && urgency !== state.shown) return go('result');
    }
    const next = state.next(mode === 'more');
    // After the short lists the answer comes; from there the rest can be asked.
    if (question.is_short && !next?.is_short) return go('result');
    go(next ? `ask/${next.id}${mode === 'more' ? '/more' : ''}` : 'result');
}

/** Takes the form's answers, or says why not; then nothing has changed. */
function submit(state: State, question: Question, form: HTMLFormElement, mode: string | undefined): void {
    const {session} = state;
    const before = session.writeCase().json;
    const refuse = (text: string) => {
        session.readCase(before);
        showError(form, text);
    };
    try {
        const wrong = question.id === MAP_SCREEN ? takeMap(state, form) : take(state, question, form);
        if (wrong) return refuse(wrong);
        state.changed();
        goOn(state, question, mode);
    } catch (error) {
        if (!(error instanceof CharleyError)) throw error;
        refuse(error.status === 'conflict' ? say('wrong_conflict')
            : question.kind === 'number' ? wrongNumber(question) : error.message);
        state.changed();
    }
}

export function askView(state: State): (parts: readonly string[]) => HTMLElement {
    return ([screen, mode]) => {
        const elsewhere = (path: string) => {
            queueMicrotask(() => goInstead(path));
            return h('div', {}, h('h1', {}, say('loading')));
        };
        if (!screen) {
            const next = state.next(mode === 'more');
            return elsewhere(next ? `ask/${next.id}${mode === 'more' ? '/more' : ''}` : 'result');
        }
        const isChange = mode === 'answers' || mode === 'result';
        const question = state.question(screen, isChange);
        if (!question) return elsewhere('result');
        state.keepSoon();
        const before = state.before(question.id);
        const form = h('form', {novalidate: true, onsubmit: event => {
            event.preventDefault();
            submit(state, question, form, mode);
        }},
            question.id === MAP_SCREEN ? mapFields(state)
                : question.kind === 'number' ? numberFields(state, question)
                : question.kind === 'groups' ? groupFields(state, question) : choiceFields(state, question),
            more(say('why'), h('p', {}, question.why ?? say('why_general'))),
            h('div', {class: 'charley-buttons'},
              h('button', {class: 'nhsuk-button', type: 'submit'}, say(isChange ? 'save' : 'continue')),
              isChange ? null : h('a', {href: '#/result'}, say('result_now'))));
        return h('div', {class: 'charley-ask'},
                 h('a', {class: 'nhsuk-back-link', href: isChange ? `#/${mode}` : before ? `#/ask/${before}` : '#/'}, say('back')),
                 state.isOther ? h('p', {class: 'charley-other'}, say('other.note')) : null,
                 question.is_danger_screen ? h('p', {class: 'charley-danger'}, badge('danger', say('danger'))) : null,
                 form,
                 isChange || question !== state.upcoming ? null : h('p', {class: 'charley-progress'},
                     question.n_screens_left > 0 ? say('left', {n: question.n_screens_left}) : say('last')));
    };
}
