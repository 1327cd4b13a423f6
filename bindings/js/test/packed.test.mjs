// A packed image gives the image back, byte for byte, or is refused.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {packImage} from '../pack.mjs';
import {CharleyError, Knowledge} from '../dist/index.js';
import {unpackImage} from '../dist/packed.js';

const wasm = await WebAssembly.compile(readFileSync(process.env.CHARLEY_WASM));
const image = readFileSync(process.env.CHARLEY_IMAGE);
const packed = packImage(image);

test('unpacking gives the image back', () => {
    assert.ok(packed.length < image.length);
    assert.ok(image.equals(unpackImage(packed)));
    assert.equal(unpackImage(image), image, 'what is not packed stays as it is');
});

test('packed or not, it is the same knowledge', async () => {
    const hashes = await Promise.all([image, packed].map(async bytes => (await Knowledge.open(wasm, bytes)).hash));
    assert.equal(hashes[0], hashes[1]);
});

const isRefused = error => error instanceof CharleyError && error.message.length > 0;

test('one cut short anywhere is refused', async () => {
    for (let part = 0; part < 16; part++)
        await assert.rejects(Knowledge.open(wasm, packed.subarray(0, Math.floor(packed.length * part / 16))), isRefused, `${part} of 16`);
});

test('one with any byte changed is refused, or still says the same', async () => {
    // A fixed sequence of places, more of them near the start, where the tables are.
    for (let i = 1; i <= 120; i++) {
        const damaged = Buffer.from(packed);
        const at = i <= 60 ? i * 13 : (i * 2654435761 >>> 0) % packed.length;
        damaged[at] ^= 1 << i % 8;
        const hash = await Knowledge.open(wasm, damaged).then(opened => opened.hash, error => {
            if (!isRefused(error)) throw error;
            return null;
        });
        // A piece can be told in two ways; then the image is the same.
        if (hash !== null) assert.ok(image.equals(unpackImage(damaged)), `byte ${at}`);
    }
});
