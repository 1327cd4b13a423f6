// start.ts: what brings the person here. A cramp right now comes first: relief before
// questions. And the two doors that lead into the questions with something said already.
import {DOORS} from '../data.js';
import {h} from '../dom.js';
import {button, linkButton, regionChoice, steps} from '../parts.js';
import {go, redraw} from '../router.js';
import type {State} from '../state.js';
import {list, say} from '../words.js';

export function startView(state: State): () => HTMLElement {
    const door = (path: string, key: string, isFirst = false) =>
        h('li', {}, h('a', {class: `charley-door${isFirst ? ' charley-door--now' : ''}`, href: `#/${path}`},
                      h('span', {class: 'charley-door__title'}, say(`start.${key}`)), ' ',
                      h('span', {class: 'charley-door__text'}, say(`start.${key}_text`))));
    return () => h('div', {},
        h('h1', {}, say('start.title')),
        h('p', {class: 'charley-lede'}, say('start.lede')),
        h('ul', {class: 'charley-doors'},
          door('now', 'now', true),
          state.isEmpty ? null : door('ask', 'go_on'),
          door('ask', 'leg'),
          door('cramps', 'cramps'),
          door('claims', 'claims'),
          door('other', 'other')),
        state.settings.region ? null : regionChoice(state, redraw),
        state.isEmpty ? null : button(say('forget'), () => {
            state.forget();
            go('');
        }));
}

/** "I keep getting cramps" */
export function crampsView(state: State): () => HTMLElement {
    return () => h('div', {},
        h('h1', {}, say('start.cramps')),
        steps(list('ui.page.cramps.text'), false),
        button(say('begin'), () => {
            for (const id of DOORS.cramps.answers) state.session.answer(id, 'yes');
            state.changed();
            go('ask');
        }, 'primary'),
        h('p', {}, h('a', {href: '#/now'}, say('cramps.now')), ' · ', h('a', {href: '#/claims'}, say('cramps.claims'))));
}

/** "It is for someone else" */
export function otherView(state: State): () => HTMLElement {
    return () => h('div', {},
        h('h1', {}, say('start.other')),
        steps(list('ui.page.other.text'), false),
        state.isEmpty ? null : h('p', {class: 'charley-unknown'}, say('other.not_empty')),
        h('div', {class: 'charley-buttons'},
          button(say(state.isEmpty ? 'begin' : 'other.begin_new'), () => {
              if (!state.isEmpty) state.forget();
              state.isOther = true;
              state.changed();
              go('ask');
          }, 'primary'),
          linkButton(say('back'), '', 'secondary')));
}
