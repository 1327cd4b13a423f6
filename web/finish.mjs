// finish.mjs: what is left to do when Vite has built the page into a folder:
// the list of files goes into the service worker, and everything that gets much smaller is
// compressed beforehand, as .br and .gz beside the file. Prints what a first visit loads.
//   node finish.mjs FOLDER
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';

const folder = process.argv[2];
const WORKER = 'service-worker.js';

const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
const read = name => readFileSync(join(folder, name));
const hash = bytes => createHash('sha256').update(bytes).digest('base64');

const listed = files.filter(name => name !== WORKER).map(name => [name, hash(read(name))]);
const version = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 16);
const worker = read(WORKER).toString();
const filled = worker.replace('%version%', version).replace('%files%', JSON.stringify(listed));
if (filled.includes('%version%') || filled.includes('%files%') || filled === worker)
    throw new Error(`${WORKER} has no place for the list of files`);
writeFileSync(join(folder, WORKER), filled);

const brotli = bytes => brotliCompressSync(bytes, {params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
}});
const sum = {bytes: 0, br: 0, gz: 0};
for (const name of files) {
    const bytes = read(name);
    const br = brotli(bytes);
    const gz = gzipSync(bytes, {level: 9});
    if (br.length < 0.95 * bytes.length) writeFileSync(join(folder, `${name}.br`), br);
    if (gz.length < 0.95 * bytes.length) writeFileSync(join(folder, `${name}.gz`), gz);
    const least = Math.min(br.length, bytes.length);
    console.log(`${name.padEnd(36)} ${String(bytes.length).padStart(9)} ${String(least).padStart(8)} br`);
    sum.bytes += bytes.length;
    sum.br += least;
    sum.gz += Math.min(gz.length, bytes.length);
}
console.log(`${'all'.padEnd(36)} ${String(sum.bytes).padStart(9)} ${String(sum.br).padStart(8)} br ${String(sum.gz).padStart(8)} gz`);
