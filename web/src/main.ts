// main.ts: fetches the engine, then shows the view of the address. Whatever fails here
// leaves the danger signs and the numbers to call, which stand in index.html.
import './style/page.scss';
import {h} from './dom.js';
import {openKnowledge} from './engine.js';
import {keepForOffline} from './offline.js';
import {addView, startRouter} from './router.js';
import {State} from './state.js';
import {aboutView} from './views/about.js';
import {answersView} from './views/answers.js';
import {askView} from './views/ask.js';
import {claimsView} from './views/claims.js';
import {handoffView} from './views/handoff.js';
import {keptView} from './views/kept.js';
import {nowView} from './views/now.js';
import {resultView} from './views/result.js';
import {crampsView, otherView, startView} from './views/start.js';
import {say, useWords} from './words.js';

const progress = document.querySelector<HTMLProgressElement>('#progress');

function links(paths: readonly string[]): HTMLElement {
    return h('ul', {class: 'charley-links'}, paths.map(path => h('li', {}, h('a', {href: `#/${path}`}, say(`nav.${path}`)))));
}

try {
    const knowledge = await openKnowledge(share => {
        if (progress) progress.value = share;
    });
    useWords(knowledge);
    const state = new State(knowledge);
    addEventListener('pagehide', () => state.keepDue());
    const views = {'': startView, ask: askView, result: resultView, now: nowView, cramps: crampsView, other: otherView,
                   claims: claimsView, answers: answersView, handoff: handoffView, kept: keptView, about: aboutView};
    for (const [name, view] of Object.entries(views)) addView(name, view(state));
    document.querySelector('header')?.append(h('nav', {'aria-label': say('nav')}, links(['answers', 'result', 'claims'])));
    document.querySelector('footer')?.append(h('nav', {'aria-label': say('nav_more')}, links(['kept', 'about'])));
    document.body.append(h('div', {id: 'told', class: 'charley-hidden', 'aria-live': 'polite'}));
    // The address belongs to the router, so that the skip link moves the focus itself.
    document.querySelector('.nhsuk-skip-link')?.addEventListener('click', event => {
        event.preventDefault();
        document.getElementById('content')?.focus();
    });
    document.documentElement.classList.add('is-ready');
    startRouter();
    keepForOffline();
    // While the person reads, the result is made once for nothing: a first call is several
    // times slower than the next.
    const whenIdle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
    whenIdle(() => state.asking(''));
    whenIdle(() => state.result());
} catch (error) {
    console.error(error);
    // "Getting ready" goes; the danger signs are now what the page is about.
    document.querySelectorAll('#content > h1, #progress').forEach(element => element.remove());
    const title = document.querySelector('.charley-without h2');
    title?.replaceWith(h('h1', {}, ...title.childNodes));
}
