// speed.mjs: what a first visit loads, and how long a person waits on a slow telephone (four
// times slower than here). A report, never a test.
import {address, answerAll, answersOf, close, mouse, open, withPage} from './browser.mjs';

const SLOWER = 4;
const kb = bytes => `${(bytes / 1000).toFixed(1)} KB`;
const middle = times => [...times].sort((a, b) => a - b)[times.length >> 1];

/** When the first question stood there, and how long each next one, or the result, took after Continue. */
function watch() {
    window.waits = [];
    let pressed = 0;
    addEventListener('submit', () => (pressed = performance.now()), true);
    new MutationObserver(() => {
        if (window.firstQuestion === undefined && document.querySelector('form fieldset')) window.firstQuestion = performance.now();
        if (pressed && document.querySelector('h1')) {
            window.waits.push([location.hash.slice(2).split('/')[0], performance.now() - pressed]);
            pressed = 0;
        }
    }).observe(document, {childList: true, subtree: true});
}

await open();
try {
    let sum = 0;
    await withPage({serviceWorkers: 'block', mayComplain: /blocked by Playwright/, prepare: async context => {
        context.on('page', async page => {
            const devtools = await context.newCDPSession(page);
            await devtools.send('Network.enable');
            const names = new Map();
            devtools.on('Network.requestWillBeSent', ({requestId, request}) => names.set(requestId, request.url));
            devtools.on('Network.loadingFinished', ({requestId, encodedDataLength}) => {
                sum += encodedDataLength;
                console.log(`  ${kb(encodedDataLength).padStart(10)}  ${names.get(requestId)?.replace(address, '/') ?? '/'}`);
            });
        });
    }}, async page => {
        await page.waitForLoadState('networkidle');
    });
    console.log(`first visit: ${kb(sum)} over the wire, headers included`);

    const first = [];
    const waits = [];
    for (let run = 0; run < 3; run++)
        await withPage({serviceWorkers: 'block', mayComplain: /blocked by Playwright/, at: `${address}#/ask`, prepare: async context => {
            await context.addInitScript(watch);
            context.on('page', async page => {
                const devtools = await context.newCDPSession(page);
                await devtools.send('Emulation.setCPUThrottlingRate', {rate: SLOWER});
            });
        }}, async page => {
            await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
            await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
            const measured = await page.evaluate(() => ({first: window.firstQuestion, waits: window.waits}));
            first.push(measured.first);
            waits.push(...measured.waits);
        });
    console.log(`first question: ${middle(first).toFixed(0)} ms after the address was opened (CPU ${SLOWER} times slower, no network delay)`);
    for (const [name, view] of [['next question', 'ask'], ['result', 'result']]) {
        const times = waits.filter(([at]) => at === view).map(([, time]) => time);
        console.log(`${name}: ${middle(times).toFixed(1)} ms in the middle, ${Math.max(...times).toFixed(1)} ms at most, of ${times.length}`);
    }
} finally {
    await close();
}
