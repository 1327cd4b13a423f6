// ask.ts: one question a page: danger signs first, "none of these" said aloud, why it is
// asked, how to check, "I don't know", back, and the result at any time.
import {CharleyError, type Question} from 'charley';
import {h, lines} from '../dom.js';
import {go, goInstead} from '../router.js';
import type {State} from '../state.js';
import {unitsOf} from '../units.js';
import {word} from '../words.js';

type Choice = Question['choices'][number];

function hint(id: string, text: string | undefined): HTMLElement | null {
    return text ? h('div', {id, class: 'nhsuk-hint'}, ...lines(text).map(line => h('p', {}, line))) : null;
}

function optionRow(kind: 'radios' | 'checkboxes', name: string, choice: Choice, at: number,
                   isChosen: boolean): HTMLElement {
    const id = `${name}-${at}`;
    const how = choice.how ? `${id}-how` : undefined;
    return h('div', {class: `nhsuk-${kind}__item`},
             h('input', {class: `nhsuk-${kind}__input`, type: kind === 'radios' ? 'radio' : 'checkbox',
                         id, name, value: choice.id, checked: isChosen, 'aria-describedby': how}),
             h('label', {class: `nhsuk-label nhsuk-${kind}__label`, for: id}, choice.label),
             how ? h('div', {id: how, class: `nhsuk-hint nhsuk-${kind}__hint`}, choice.how) : null);
}

/** "None of these" and "I don't know": as choices of their own, so that nothing is guessed. */
function extraRow(kind: 'radios' | 'checkboxes', name: string, value: string, label: string,
                  isChosen: boolean): HTMLElement {
    const id = `${name}-${value}`;
    return h('div', {class: `nhsuk-${kind}__item`},
             h('input', {class: `nhsuk-${kind}__input`, type: kind === 'radios' ? 'radio' : 'checkbox',
                         id, name, value, checked: isChosen, 'data-alone': true}),
             h('label', {class: `nhsuk-label nhsuk-${kind}__label`, for: id}, label));
}

function legend(question: Question): HTMLElement {
    return h('legend', {class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--l'},
             h('h1', {class: 'nhsuk-fieldset__heading'}, question.title));
}

const NONE = 'none-of-these';
const UNKNOWN = 'not-known';

function choiceFields(state: State, question: Question): HTMLElement {
    const isMany = question.kind === 'many';
    const kind = isMany ? 'checkboxes' : 'radios';
    const wasSkipped = state.session.writeCase().value.skipped?.includes(question.id) ?? false;
    const isAllNo = isMany && question.choices.every(choice => choice.answer === 'no');
    const choices: Choice[] = question.kind === 'yes_no'
        ? (['yes', 'no'] as const).map(answer => ({
            id: answer, label: word(`ui.page.${answer}`),
            answer: question.choices[0]?.answer === answer ? 'yes' : 'unknown'} as Choice))
        : question.choices;
    const rows = choices.map((choice, at) =>
        optionRow(kind, 'answer', choice, at, choice.answer === 'yes'));
    const last = [
        isMany ? h('div', {class: 'nhsuk-checkboxes__divider'}, word('ui.page.or')) : null,
        isMany ? extraRow(kind, 'answer', NONE, word('ui.page.none'), isAllNo && !wasSkipped) : null,
        extraRow(kind, 'answer', UNKNOWN, word('ui.page.dont_know'), wasSkipped),
    ];
    const box = h('div', {class: `nhsuk-${kind}`}, ...rows, ...last);
    // What stands alone and the others take each other back.
    if (isMany)
        box.addEventListener('change', event => {
            const changed = event.target as HTMLInputElement;
            if (!changed.checked) return;
            for (const input of box.querySelectorAll('input'))
                if (input !== changed && (changed.dataset['alone'] !== undefined || input.dataset['alone'] !== undefined))
                    input.checked = false;
        });
    return h('fieldset', {class: 'nhsuk-fieldset', 'aria-describedby': question.how ? 'how' : null},
             legend(question), hint('how', question.how), box);
}

function numberFields(question: Question): HTMLElement {
    const units = unitsOf(question);
    const value = question.value ?? null;
    return h('div', {class: 'nhsuk-form-group'},
             h('h1', {class: 'nhsuk-label-wrapper'},
               h('label', {class: 'nhsuk-label nhsuk-label--l', for: 'number'}, question.title)),
             hint('how', question.how),
             h('div', {class: 'charley-number'},
               h('input', {class: 'nhsuk-input nhsuk-input--width-5', id: 'number', name: 'number', type: 'text',
                           inputmode: 'decimal', autocomplete: 'off', value: value === null ? '' : value,
                           'aria-describedby': question.how ? 'how' : null}),
               units.length > 1
                   ? h('select', {class: 'nhsuk-select', name: 'unit', 'aria-label': word('ui.page.unit')},
                       ...units.map(unit => h('option', {value: unit.code}, unit.label)))
                   : h('span', {class: 'charley-unit'}, units[0]?.label ?? '')),
             h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small'},
               extraRow('checkboxes', 'answer', UNKNOWN, word('ui.page.dont_know'), false)));
}

/** Takes the answers of the form into the session; throws a CharleyError that says why not. */
function take(state: State, question: Question, form: HTMLFormElement): string | null {
    const data = new FormData(form);
    const chosen = data.getAll('answer').map(String);
    const {session} = state;
    if (chosen.includes(UNKNOWN)) {
        for (const choice of question.choices) session.clear(choice.id.split('=')[0]!);
        session.skip(question.id);
        return null;
    }
    session.skip(question.id, false);
    switch (question.kind) {
        case 'number': {
            const text = String(data.get('number') ?? '').trim().replace(',', '.');
            const finding = question.choices[0]!.id;
            if (text === '') return word('ui.page.wrong_empty');
            if (!/^-?\d+(\.\d+)?$/.test(text)) return word('ui.page.wrong_number');
            session.answerNumber(finding, Number(text), String(data.get('unit') ?? question.unit));
            return null;
        }
        case 'yes_no':
            if (chosen.length === 0) return word('ui.page.wrong_none_chosen');
            session.answer(question.choices[0]!.id, chosen[0] === 'yes' ? 'yes' : 'no');
            return null;
        case 'one':
            if (chosen.length === 0) return word('ui.page.wrong_none_chosen');
            session.answer(chosen[0]!, 'yes');
            return null;
        case 'many':
            if (chosen.length === 0) return word('ui.page.wrong_none_chosen_many');
            for (const choice of question.choices)
                session.answer(choice.id, chosen.includes(choice.id) ? 'yes' : 'no');
            return null;
    }
}

function showError(form: HTMLFormElement, text: string): void {
    form.querySelector('.nhsuk-error-summary')?.remove();
    const first = form.querySelector<HTMLElement>('input');
    const summary = h('div', {class: 'nhsuk-error-summary', role: 'alert', tabindex: '-1'},
                      h('h2', {class: 'nhsuk-error-summary__title'}, word('ui.page.problem')),
                      h('ul', {class: 'nhsuk-list nhsuk-error-summary__list'},
                        h('li', {}, h('a', {href: `#${first?.id ?? ''}`, onclick: event => {
                            event.preventDefault();
                            first?.focus();
                        }}, text))));
    form.prepend(summary);
    summary.focus();
}

export function askView(state: State): (parts: readonly string[]) => HTMLElement {
    return ([screen, mode]) => {
        const question = state.question(screen, mode === 'more');
        if (!question) {
            queueMicrotask(() => goInstead('result'));
            return h('div', {}, h('h1', {}, word('ui.page.result')));
        }
        if (!screen) {
            queueMicrotask(() => goInstead(`ask/${question.id}`));
            return h('div', {}, h('h1', {}, question.title));
        }
        state.keep();
        const before = state.before(question.id);
        const form = h('form', {novalidate: true, onsubmit: event => {
            event.preventDefault();
            try {
                const wrong = take(state, question, form);
                if (wrong) return showError(form, wrong);
            } catch (error) {
                if (!(error instanceof CharleyError)) throw error;
                return showError(form, question.kind === 'number'
                    ? word('ui.page.wrong_range', {low: question.minimum ?? '', high: question.maximum ?? '', unit: question.unit ?? ''})
                    : error.message);
            }
            state.keep();
            go('ask');
        }},
            question.kind === 'number' ? numberFields(question) : choiceFields(state, question),
            h('details', {class: 'nhsuk-details'},
              h('summary', {class: 'nhsuk-details__summary'},
                h('span', {class: 'nhsuk-details__summary-text'}, word('ui.page.why'))),
              h('div', {class: 'nhsuk-details__text'}, h('p', {}, question.why ?? word('ui.page.why_general')))),
            h('div', {class: 'nhsuk-button-group'},
              h('button', {class: 'nhsuk-button', type: 'submit'}, word('ui.page.continue')),
              state.asked.length > 3
                  ? h('a', {class: 'nhsuk-button nhsuk-button--secondary', href: '#/result', role: 'button'}, word('ui.page.result_now'))
                  : null));
        return h('div', {class: 'charley-ask'},
                 before ? h('a', {class: 'nhsuk-back-link', href: `#/ask/${before}`}, word('ui.page.back')) :
                          h('a', {class: 'nhsuk-back-link', href: '#/'}, word('ui.page.back')),
                 question.is_danger_screen ? h('p', {class: 'charley-danger'}, word('ui.page.danger')) : null,
                 form,
                 h('p', {class: 'charley-progress'}, question.n_screens_left > 0
                     ? word('ui.page.left', {n: question.n_screens_left}) : word('ui.page.last')));
    };
}
