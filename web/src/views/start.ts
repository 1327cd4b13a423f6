// start.ts: what brings the person here. A cramp right now comes first: relief before questions.
import {h} from '../dom.js';
import {go} from '../router.js';
import type {State} from '../state.js';
import {word} from '../words.js';

export function startView(state: State): () => HTMLElement {
    const door = (path: string, key: string, isFirst = false) =>
        h('li', {}, h('a', {class: isFirst ? 'nhsuk-button charley-now' : 'charley-door', href: `#/${path}`,
                            role: isFirst ? 'button' : null},
                      h('span', {class: 'charley-door__title'}, word(`ui.page.start.${key}`)),
                      h('span', {class: 'charley-door__text'}, word(`ui.page.start.${key}_text`))));
    return () => h('div', {},
        h('h1', {}, word('ui.page.start.title')),
        h('p', {class: 'nhsuk-lede-text'}, word('ui.page.start.lede')),
        h('ul', {class: 'charley-doors'},
          door('now', 'now', true),
          state.isEmpty ? null : door('ask', 'go_on'),
          door('ask', 'leg'),
          door('cramps', 'cramps'),
          door('claims', 'claims'),
          door('other', 'other')),
        state.isEmpty ? null : h('p', {}, h('button', {type: 'button', class: 'charley-link', onclick: () => {
            state.forget();
            go('');
        }}, word('ui.page.forget'))));
}
