// main.ts: fetches the engine, then shows the view of the address. Whatever fails here
// leaves the danger signs and the numbers to call, which stand in index.html.
import './style/page.scss';
import {openKnowledge} from './engine.js';
import {addView, startRouter} from './router.js';
import {State} from './state.js';
import {askView} from './views/ask.js';
import {resultView} from './views/result.js';
import {startView} from './views/start.js';
import {useWords} from './words.js';

const progress = document.querySelector<HTMLProgressElement>('#progress');

try {
    const knowledge = await openKnowledge(share => {
        if (progress) progress.value = share;
    });
    useWords(knowledge);
    const state = new State(knowledge);
    addView('', startView(state));
    addView('ask', askView(state));
    addView('result', resultView(state));
    document.documentElement.classList.add('is-ready');
    startRouter();
} catch (error) {
    console.error(error);
    document.documentElement.classList.add('is-refused');
}
