// engine.ts: fetches the engine and the knowledge once, telling how far it is.
import {Knowledge} from 'charley';
import wasmUrl, {size as wasmSize} from 'engine:wasm';
import imageUrl, {size as imageSize} from 'engine:image';

/** The whole of a file of `size` bytes. */
async function load(url: string, size: number, onBytes: (n: number) => void): Promise<Uint8Array> {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
    const whole = new Uint8Array(size);
    let at = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        if (at + part.length > size) throw new Error(`${url}: too long`);
        whole.set(part, at);
        at += part.length;
        onBytes(part.length);
    }
    if (at < size) throw new Error(`${url}: cut short`);
    return whole;
}

/**
 * Opens the knowledge.
 * @param onProgress called with a share from 0 to 1
 */
export async function openKnowledge(onProgress: (share: number) => void): Promise<Knowledge> {
    let n = 0;
    const count = (bytes: number) => {
        n += bytes;
        onProgress(n / (wasmSize + imageSize));
    };
    const wasm = load(wasmUrl, wasmSize, count);
    // Compiled while the image still comes and is unpacked.
    const module = wasm.then(bytes => WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
    module.catch(() => {}); // told by open
    const [image] = await Promise.all([load(imageUrl, imageSize, count), wasm]);
    return Knowledge.open(module, image);
}
