// weight.mjs: the whole page, engine and knowledge included, in a quarter of a megabyte (ADR 0014).
//   node weight.mjs PAGE_FOLDER
import assert from 'node:assert/strict';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {argv} from 'node:process';
import {test} from 'node:test';

const BUDGET = 250_000;
const folder = argv[2];

test('the page keeps to its budget', () => {
    const weights = readdirSync(folder, {recursive: true, withFileTypes: true})
        .filter(entry => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
        .map(entry => join(entry.parentPath ?? entry.path, entry.name))
        .map(path => [path, statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size]);
    const sum = weights.reduce((all, [, size]) => all + size, 0);
    console.log(`${sum} of ${BUDGET} bytes, compressed`);
    assert.ok(weights.length > 5, `${folder} is no page`);
    assert.ok(sum <= BUDGET, weights.map(([path, size]) => `${size} ${path}`).join('\n'));
});
