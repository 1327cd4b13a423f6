// The WebAssembly module imports nothing and exports exactly charley.h, without the
// trials of simulated people, which no page runs.
//   node wasm.mjs charley.wasm charley.h
import {readFileSync} from 'node:fs';

const [modulePath, headerPath] = process.argv.slice(2);
const header = readFileSync(headerPath, 'utf8').replace(/^#.*$/gm, '');
const declared = [...header.matchAll(/CHARLEY_API\b[^;(]*?\b(charley_\w+)\s*\(/g)]
    .map(match => match[1]).filter(name => !name.startsWith('charley_trial_')).sort();
const module = new WebAssembly.Module(readFileSync(modulePath));
const imports = WebAssembly.Module.imports(module).map(one => one.name);
const exported = WebAssembly.Module.exports(module).map(one => one.name);
const functions = exported.filter(name => name.startsWith('charley_')).sort();
const others = exported.filter(name => !name.startsWith('charley_'));

const faults = [];
if (imports.length > 0) faults.push(`imports ${imports.join(', ')}`);
for (const name of declared)
    if (!functions.includes(name)) faults.push(`does not export ${name}`);
for (const name of functions)
    if (!declared.includes(name)) faults.push(`exports ${name}, not in charley.h`);
for (const name of others)
    if (!['memory', '_initialize'].includes(name)) faults.push(`exports ${name}`);
if (faults.length === 0) {
    const {exports} = new WebAssembly.Instance(module, {});
    exports._initialize?.();
    const text = exports.memory.buffer.byteLength > 0;
    if (!text) faults.push('has no memory');
}
for (const fault of faults) console.error(`charley.wasm ${fault}`);
console.log(`${functions.length} functions exported, ${imports.length} imports`);
process.exit(faults.length === 0 ? 0 : 1);
