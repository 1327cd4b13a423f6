// service-worker.ts: keeps the whole page on the device, so that it opens without a network.
//
// Built as a file of its own at the root. web/finish.mjs writes into it the version and every
// file with its SHA-256. One version is one cache, filled completely or not at all: a file is
// taken from an older cache only when its hash is the same, and the browser refuses one from
// the network whose hash is another. A new version waits until no tab shows the old one (a
// reload of the only tab is enough), so that no tab ever mixes two.
export {};

const VERSION = '%version%';
/** Path and SHA-256 in base64. */
const FILES = JSON.parse('%files%') as [path: string, hash: string][];
const PREFIX = 'charley-';

const worker = self as unknown as ServiceWorkerGlobalScope;
const address = (path: string) => new URL(path, worker.registration.scope).href;

/** The same file in an older version's cache. */
async function kept(path: string, hash: string): Promise<Response | undefined> {
    for (const name of await caches.keys()) {
        if (!name.startsWith(PREFIX)) continue;
        const response = await (await caches.open(name)).match(address(path));
        if (response?.headers.get('x-charley-hash') === hash) return response;
    }
    return undefined;
}

/** From the network, refused by the browser unless it has the hash; the hash is noted. */
async function fetched(path: string, hash: string): Promise<Response> {
    const response = await fetch(address(path), {cache: 'no-cache', integrity: `sha256-${hash}`});
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const headers = new Headers(response.headers);
    headers.set('x-charley-hash', hash);
    // The body is no longer compressed, and redirects may not be shown for a navigation.
    headers.delete('content-encoding');
    headers.delete('content-length');
    return new Response(await response.arrayBuffer(), {headers});
}

async function install(): Promise<void> {
    try {
        const cache = await caches.open(PREFIX + VERSION);
        await Promise.all(FILES.map(async ([path, hash]) =>
            cache.put(address(path), await kept(path, hash) ?? await fetched(path, hash))));
    } catch (error) {
        await caches.delete(PREFIX + VERSION);
        throw error;
    }
}

async function activate(): Promise<void> {
    for (const name of await caches.keys())
        if (name.startsWith(PREFIX) && name !== PREFIX + VERSION) await caches.delete(name);
    await worker.clients.claim();
}

/** Does no tab but the one that asks show this version? A page that is just going counts for a moment. */
async function isLastTab(): Promise<boolean> {
    for (let attempt = 0; attempt < 3; attempt++) {
        if ((await worker.clients.matchAll()).length < 2) return true;
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    return false;
}

/** Once begun, a change of version is seen through. */
let isHandingOver = false;

async function answer(request: Request): Promise<Response> {
    const {waiting} = worker.registration;
    if (request.mode === 'navigate' && waiting && (isHandingOver || await isLastTab())) {
        isHandingOver = true;
        waiting.postMessage('take over');
        return new Response('', {headers: {refresh: '0'}});
    }
    const url = new URL(request.url);
    url.search = '';
    url.hash = '';
    const path = url.href === address('.') ? address('index.html') : url.href;
    // Not opened: that would make anew what the next version has just deleted.
    return await caches.match(path, {cacheName: PREFIX + VERSION}) ?? fetch(request);
}

worker.addEventListener('install', event => event.waitUntil(install()));
worker.addEventListener('activate', event => event.waitUntil(activate()));
worker.addEventListener('message', event => {
    if (event.data === 'take over') void worker.skipWaiting();
});
worker.addEventListener('fetch', event => {
    const isOurs = event.request.method === 'GET' &&
                   event.request.url.startsWith(worker.registration.scope);
    if (isOurs) event.respondWith(answer(event.request));
});
