// offline.test.mjs: after the first visit the page needs nobody: with the network off it
// opens, asks and answers, and nothing is ever sent. An update never mixes two versions.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync} from 'node:fs';
import http from 'node:http';
import {join} from 'node:path';
import {test} from 'node:test';
import {address, answerAll, answersOf, buildFolder, heading, mouse, named, say, showsUrgency, started, useBrowser, withPage} from './browser.mjs';

useBrowser();

const isKept = page => page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise(resolve => setTimeout(resolve, 20));
    return (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).length))).flat();
});

test('the whole page is kept, and opens with the network off', () => withPage({}, async (page, {context, requests}) => {
    await started(page);
    const counts = await isKept(page);
    const nFiles = readdirSync(join(buildFolder, 'web'), {recursive: true, withFileTypes: true})
        .filter(entry => entry.isFile() && !/\.(br|gz)$|^service-worker/.test(entry.name)).length;
    assert.deepEqual(counts, [nFiles]);
    await context.setOffline(true);
    await page.reload();
    await started(page);
    await page.getByRole('link', {name: say('start.leg')}).click();
    await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
    await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
    await showsUrgency(page, 'same_day');
    requests.length = 0;
}));

test('from the first question to the result nothing is requested', async t => {
    // A relay in between sees what leaves the browser, whatever the browser reports.
    const requests = [];
    const relay = http.createServer((request, response) => {
        requests.push(request.url);
        http.get(address + request.url.slice(1), {headers: request.headers}, answer => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
        });
    });
    await new Promise(resolve => relay.listen(0, '127.0.0.1', resolve));
    t.after(() => relay.close());
    const relayed = `http://127.0.0.1:${relay.address().port}/`;
    await withPage({at: relayed}, async page => {
        await started(page);
        await isKept(page);
        await page.waitForLoadState('networkidle');
        assert.ok(requests.length > 4);
        requests.length = 0;
        await page.getByRole('link', {name: say('start.leg')}).click();
        await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
        await answerAll(page, mouse, answersOf('night_cramp_typical'));
        await showsUrgency(page, 'self_care');
        for (const view of ['handoff', 'answers', 'claims', 'about', 'kept']) {
            await page.evaluate(hash => (location.hash = hash), `/${view}`);
            await heading(page).waitFor();
        }
        assert.deepEqual(requests, []);
    });
});

// ---- updates: a little server whose page can be changed ----

/** The built page, with its words changed and its list of files made anew. */
function versionOf(mark) {
    const folder = join(buildFolder, 'web');
    const files = new Map();
    for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
        if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
        const name = join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1);
        files.set(name, readFileSync(join(folder, name)));
    }
    const index = files.get('index.html').toString().replace('</head>', `<meta name="mark" content="${mark}"></head>`);
    files.set('index.html', Buffer.from(index));
    const hash = createHash('sha256').update(index).digest('base64');
    files.set('service-worker.js', Buffer.from(files.get('service-worker.js').toString()
        .replace(/\["index\.html","[^"]*"\]/, `["index.html","${hash}"]`)
        .replace(/=(["'`])[0-9a-f]{16}\1/, `="${mark.padEnd(16, '0')}"`)));
    return files;
}

const TYPES = {html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', svg: 'image/svg+xml',
               png: 'image/png', webmanifest: 'application/manifest+json', image: 'application/octet-stream'};

test('a new version waits, comes whole or not at all, and then takes over', async t => {
    let files = versionOf('one');
    let broken = '';
    const server = http.createServer((request, response) => {
        const name = request.url.replace(/[?#].*/, '').slice(1) || 'index.html';
        const bytes = files.get(name);
        if (!bytes) return response.writeHead(404).end();
        response.writeHead(200, {'content-type': TYPES[name.split('.').pop()], 'cache-control': 'no-cache'});
        response.end(name === broken ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const other = `http://127.0.0.1:${server.address().port}/`;
    await withPage({at: other, mayComplain: /integrity|Failed to (find|load)|digest/i}, async page => {
        const mark = () => page.evaluate(() => document.querySelector('meta[name=mark]')?.content);
        const update = () => page.evaluate(async () => {
            const registration = await navigator.serviceWorker.ready;
            await registration.update().catch(() => undefined);
            const installing = registration.installing ?? registration.waiting;
            while (installing?.state === 'installing') await new Promise(resolve => setTimeout(resolve, 20));
            return installing?.state;
        });
        await started(page);
        await isKept(page);
        assert.equal(await mark(), 'one');

        // A file that is not what the list says: the old version stays, whole.
        files = versionOf('two');
        broken = 'index.html';
        assert.equal(await update(), 'redundant');
        await page.reload();
        await started(page);
        assert.equal(await mark(), 'one');
        assert.equal((await page.evaluate(() => caches.keys())).length, 1);

        // Whole: it waits while a tab shows the old one, and a reload of the only tab changes over.
        broken = '';
        assert.equal(await update(), 'installed');
        assert.equal(await mark(), 'one');
        await page.reload();
        await page.waitForFunction(() => document.querySelector('meta[name=mark]')?.content === 'two');
        await started(page);
        await page.waitForFunction(async () => (await caches.keys()).length === 1);
    });
});
