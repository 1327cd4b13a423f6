// scores.ts: published scores with their items: what was counted, what is missing.
import type {Result, Score} from 'charley';
import {h} from '../dom.js';
import {more, section, sources} from '../parts.js';
import type {State} from '../state.js';
import {number, say, word} from '../words.js';

/** "Wells score: 2. A clot is likely" */
export function scoreInWords(score: Score): string {
    const {name, low, high, band} = score;
    if (!score.applies) return word('ui.score.off', {name});
    if (low === null || high === null) return word('ui.score.open', {name});
    if (score.is_complete || low === high) return word('ui.score.value', {name, value: number(low), band: band ?? ''}).trim();
    return word('ui.score.range', {name, low: number(low), high: number(high)});
}

function told(state: State, score: Score): HTMLElement {
    const item = (one: Score['items'][number]) =>
        word(`ui.score.item_${one.answer}`, {points: number(one.points), label: one.label});
    return h('div', {class: 'charley-item'},
        h('h3', {}, scoreInWords(score)),
        score.limits ? h('p', {}, score.limits) : null,
        score.items.length > 0 ? more(say('score.items'), () =>
            h('ul', {}, score.items.map(one => h('li', {}, item(one))))) : null,
        sources(state, score.sources));
}

export function scores(state: State, result: Result): HTMLElement | null {
    return section('scores', say('result.scores'), result.scores.map(score => told(state, score)));
}
