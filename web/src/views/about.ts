// about.ts: what this is and is not, which version, and every source.
import {h} from '../dom.js';
import {citation, explained, more, steps} from '../parts.js';
import type {State} from '../state.js';
import {list, say, word} from '../words.js';

export function aboutView(state: State): () => HTMLElement {
    return () => {
        const {knowledge} = state;
        const count = (kind: Parameters<typeof knowledge.ids>[0]) => knowledge.ids(kind).length;
        return h('div', {},
            h('h1', {}, say('about.title')),
            steps(list('ui.page.about.text'), false),
            h('h2', {}, say('about.not')),
            h('p', {}, word('ui.disclaimer')),
            h('h2', {}, say('about.knows')),
            h('p', {}, say('about.counts', {conditions: count('condition'), rules: count('rule'), claims: count('claim'), sources: count('source')})),
            h('p', {}, say('about.version', {version: knowledge.version, hash: knowledge.hash})),
            more(say('about.sources', {n: count('source')}), () => h('ul', {},
                knowledge.ids('source').flatMap(id => explained(state, `source:${id}`).sources ?? []).map(citation))),
            h('h2', {}, say('about.marks')),
            h('ul', {}, ['shown', 'derived', 'recalled', 'estimate'].map(mark => h('li', {}, word(`mark.${mark}`)))));
    };
}
