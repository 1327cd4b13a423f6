// offline.ts: asks the browser to keep the page for the next time without a network.

/** Where that is not possible (denied, or not a secure address) the page works all the same. */
export function keepForOffline(): void {
    navigator.serviceWorker?.register('./service-worker.js').catch(() => undefined);
}
