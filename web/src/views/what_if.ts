// what_if.ts: flip one answer and watch what happens to the urgency and the causes.
import type {Answer, Result, WhatIf} from 'charley';
import {about, bar} from '../chance.js';
import {h} from '../dom.js';
import {button, explained, inFull, more, section, urgencyShape} from '../parts.js';
import type {State} from '../state.js';
import {say, word} from '../words.js';

interface Flip {
    readonly id: string;
    readonly label: string;
    readonly now: Answer;
    readonly then: Answer;
}

const N_FIRST = 6;

/** Answers that would change the urgency, and those that weigh most for the causes. */
function flips(state: State, result: Result): Flip[] {
    const all = new Map<string, Flip>();
    const add = (id: string, now: Answer) => {
        const asking = state.asking(id);
        // What is worked out from other answers, or measured, cannot be flipped.
        if (all.has(id) || !asking || asking.kind === 'number') return;
        // Nor can what only an examination tells, by others.
        if (!state.settings.isClinician && explained(state, `finding:${id.split('=')[0]}`).who === 'clinician') return;
        all.set(id, {id, label: inFull(state, id, asking.label), now, then: now === 'yes' ? 'no' : 'yes'});
    };
    for (const cause of result.causes)
        for (const sign of [...cause.for, ...cause.against, ...cause.not_asked]) add(sign.finding, sign.answer);
    for (const item of result.would_change) add(item.id, 'unknown');
    const changing = new Set(result.would_change.map(item => item.id));
    const given = [...all.values()].filter(flip => flip.now !== 'unknown');
    const open = [...all.values()].filter(flip => flip.now === 'unknown');
    const urgent = open.filter(flip => changing.has(flip.id));
    // A few of each kind come first, so that the first rows show what can happen.
    const first = [...given.slice(0, N_FIRST / 3), ...urgent.slice(0, N_FIRST / 3),
                   ...open.filter(flip => !changing.has(flip.id)).slice(0, N_FIRST / 3)];
    return [...first, ...[...given, ...open].filter(flip => !first.includes(flip))];
}

function outcome(state: State, result: Result, changed: WhatIf): HTMLElement {
    const names = new Map(result.causes.map(cause => [cause.id, cause.name]));
    const moved = changed.causes.filter(cause => about(cause.p_before) !== about(cause.p_after));
    const isSame = changed.urgency_before === changed.urgency_after;
    return h('div', {class: 'charley-if__outcome'},
        h('p', {class: `charley-if__urgency charley-banner--${changed.urgency_after}`},
          urgencyShape(changed.urgency_after),
          h('span', {}, isSame ? say('if.same', {urgency: word(`urgency.${changed.urgency_after}.title`)})
                               : say('if.changes', {before: word(`urgency.${changed.urgency_before}.title`),
                                                    after: word(`urgency.${changed.urgency_after}.title`)}))),
        moved.length === 0 ? null : h('ul', {class: 'charley-causes'}, moved.map(cause =>
            h('li', {}, h('span', {class: 'charley-if__cause'},
                          say('if.cause', {name: names.get(cause.id) ?? explained(state, `condition:${cause.id}`).name ?? '',
                                                    before: about(cause.p_before), after: about(cause.p_after)})),
              bar({p: cause.p_after, low: Math.min(cause.p_before, cause.p_after), high: Math.max(cause.p_before, cause.p_after)})))));
}

export function whatIf(state: State, result: Result, onKept: () => void): HTMLElement | null {
    const all = flips(state, result);
    if (all.length === 0) return null;
    let open: {row: HTMLButtonElement; place: HTMLElement} | undefined;

    const row = (flip: Flip) => {
        const place = h('div', {'aria-live': 'polite'});
        const toggle = button(say(flip.then === 'yes' ? 'if.yes' : 'if.no'), () => {
            const isOpen = toggle.getAttribute('aria-pressed') === 'true';
            open?.row.setAttribute('aria-pressed', 'false');
            open?.place.replaceChildren();
            open = undefined;
            if (isOpen) return;
            toggle.setAttribute('aria-pressed', 'true');
            place.replaceChildren(
                outcome(state, result, state.session.whatIf(flip.id, flip.then)),
                button(say('if.keep'), () => {
                    state.session.answer(flip.id, flip.then);
                    state.changed();
                    onKept();
                }));
            open = {row: toggle, place};
        }, 'secondary', {'aria-pressed': 'false', 'aria-describedby': `if-${flip.id}`});
        return h('li', {class: 'charley-if__row'},
            h('div', {class: 'charley-if__line'},
              h('span', {id: `if-${flip.id}`, class: 'charley-if__label'}, flip.label, ' ',
                h('span', {class: 'charley-if__now'}, say('if.now', {answer: word(`ui.answer.${flip.now}`)}))),
              toggle),
            place);
    };
    const rows = (some: Flip[]) => h('ul', {class: 'charley-if'}, some.map(row));
    return section('change', say('result.would_change'), h('p', {}, say('if.text')), rows(all.slice(0, N_FIRST)),
                   all.length > N_FIRST ? more(say('if.more', {n: all.length - N_FIRST}), () => rows(all.slice(N_FIRST))) : null);
}
