// claims.ts: "I read that ...": ask in everyday words, or look through by verdict.
import type {Claim, CharleyClaims} from 'charley';
import {VERDICTS} from '../data.js';
import {h} from '../dom.js';
import {badge, citation, more, tell} from '../parts.js';
import type {State} from '../state.js';
import {say, word} from '../words.js';

function verdict(kind: string): string {
    return word(`ui.explain.verdict.${kind}`).replace(/^./u, first => first.toLocaleUpperCase());
}

function body(claim: Claim): HTMLElement[] {
    const cautions = claim.about.flatMap(action => action.cautions.filter(one => one.verdict === 'forbidden').map(one => one.why));
    return [
        h('p', {}, badge(`verdict-${claim.verdict}`, verdict(claim.verdict))),
        h('p', {}, claim.answer),
        ...claim.contradictions.map(one => h('p', {}, word('ui.claims.contradiction', {text: one.name}), ' ', one.answer)),
        ...(cautions.length > 0 ? [more(say('claims.cautions'), h('ul', {}, cautions.map(why => h('li', {}, why))))] : []),
        ...(claim.sources.length > 0 ? [more(say('sources'), h('ul', {}, claim.sources.map(citation)), 'charley-sources')] : []),
    ];
}

function found(answer: CharleyClaims): HTMLElement[] {
    if (answer.claims.length === 0) return [h('p', {}, word('ui.claims.nothing', {question: answer.question}))];
    return answer.claims.map(claim => h('div', {class: 'charley-item'}, h('h3', {class: 'charley-claim'}, h('q', {}, claim.says)), body(claim)));
}

export function claimsView(state: State): (parts: readonly string[]) => HTMLElement {
    return ([asked = '']) => {
        const place = h('div', {});
        const input = h('input', {class: 'nhsuk-input', id: 'claim', name: 'claim', type: 'text', inputmode: 'search', autocomplete: 'off', enterkeyhint: 'search', value: asked, maxlength: 200});
        const search = () => {
            const question = input.value.trim();
            if (question === '') return place.replaceChildren();
            const answer = state.knowledge.claims(question);
            history.replaceState(null, '', `#/claims/${encodeURIComponent(question)}`);
            place.replaceChildren(h('h2', {}, say('claims.found', {n: answer.claims.length})), ...found(answer));
            tell(say('claims.found', {n: answer.claims.length}));
        };
        if (asked !== '') queueMicrotask(search);
        const all = state.knowledge.claims('').claims;
        return h('div', {class: 'charley-claims'},
            h('h1', {}, say('claims.title')),
            h('form', {role: 'search', onsubmit: event => {
                event.preventDefault();
                search();
            }},
              h('label', {class: 'nhsuk-label', for: 'claim'}, say('claims.label')),
              h('div', {class: 'nhsuk-hint'}, say('claims.hint')),
              h('div', {class: 'charley-search'}, input, h('button', {class: 'nhsuk-button', type: 'submit'}, say('claims.search')))),
            place,
            h('h2', {}, say('claims.browse')),
            VERDICTS.map(kind => {
                const some = all.filter(claim => claim.verdict === kind);
                return more(say('claims.verdict', {verdict: verdict(kind), n: some.length}), () =>
                    some.map(claim => more(claim.says, () => body(claim), 'charley-claim')));
            }));
    };
}
