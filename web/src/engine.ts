// engine.ts: fetches the engine and the knowledge once, telling how far it is.
import {Knowledge} from 'charley';
import wasmUrl from 'engine:wasm';
import imageUrl from 'engine:image';

/** The whole of a file. The share is of all bytes that have been announced so far. */
async function load(url: string, onBytes: (got: number, of: number) => void): Promise<Uint8Array> {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
    const total = Number(response.headers.get('x-charley-size') ?? 0);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        parts.push(part);
        size += part.length;
        onBytes(size, Math.max(total, size));
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

/**
 * Opens the knowledge.
 * @param onProgress called with a share from 0 to 1
 */
export async function openKnowledge(onProgress: (share: number) => void): Promise<Knowledge> {
    const got = [0, 0];
    const of = [1, 1];
    const watch = (file: 0 | 1) => (bytes: number, total: number) => {
        got[file] = bytes;
        of[file] = total;
        onProgress((got[0]! + got[1]!) / (of[0]! + of[1]!));
    };
    const [wasm, image] = await Promise.all([load(wasmUrl, watch(0)), load(imageUrl, watch(1))]);
    return Knowledge.open(wasm as Uint8Array<ArrayBuffer>, image);
}
