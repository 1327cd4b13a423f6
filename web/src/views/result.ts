// result.ts: the answer, in the order of what matters: how fast, now, do not, why, what it
// may be, what would change it, tests, who can help, prevention, when to come back.
import type {Failure, Result} from 'charley';
import {h, lines} from '../dom.js';
import type {State} from '../state.js';
import {word} from '../words.js';

function banner(result: Result | Failure): HTMLElement {
    return h('section', {class: `charley-banner charley-banner--${result.urgency}`},
             h('h1', {}, result.headline),
             ...[..."time_frame" in result ? [result.time_frame, result.where_to_go] : []].filter(Boolean).map(text => h('p', {}, text!)));
}

function steps(texts: readonly string[]): HTMLElement {
    return h('ol', {class: 'nhsuk-list nhsuk-list--number'}, ...texts.map(text => h('li', {}, text)));
}

function isFailure(result: Result | Failure): result is Failure {
    return result.urgency === 'could_not_assess' && !('causes' in result);
}

export function resultView(state: State): () => HTMLElement {
    return () => {
        const {value: result} = state.result();
        if (isFailure(result))
            return h('div', {}, banner(result));
        return h('div', {},
            banner(result),
            result.now.length ? h('section', {}, h('h2', {}, word('ui.page.result.now')), steps(result.now)) : null,
            h('section', {}, h('h2', {}, word('ui.page.result.causes')),
              ...result.causes.map(cause => h('div', {}, h('h3', {}, cause.name), ...lines(cause.what).map(line => h('p', {}, line))))));
    };
}
