// WebAssembly gives the same bytes as the native program: a case is assessed inside the
// module and the result JSON compared with what `charley assess --json` printed.
//   node same_bytes.mjs charley.wasm charley.image case.json expected.json
import {readFileSync} from 'node:fs';

const [modulePath, imagePath, casePath, expectedPath] = process.argv.slice(2);
const {exports: engine} =
    new WebAssembly.Instance(new WebAssembly.Module(readFileSync(modulePath)), {});
engine._initialize?.();

const PAGE = 65536;
const ERROR_BYTES = 528;  // sizeof(charley_error) where pointers have four bytes
const ERROR_TEXT = 208;   // offsetof(charley_error, text)
const RESULT_BYTES = 1 << 20;

function take(size) {
    const pages = Math.ceil(size / PAGE);
    return engine.memory.grow(pages) * PAGE;
}
function place(bytes) {
    const at = take(bytes.length);
    new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
    return at;
}
const word = at => new DataView(engine.memory.buffer).getUint32(at, true);
const out = take(16);
const error = take(ERROR_BYTES);
function must(status, what) {
    if (status === 0) return;
    const text = new Uint8Array(engine.memory.buffer, error + ERROR_TEXT, 320);
    const end = text.indexOf(0);
    console.error(`${what}: ${new TextDecoder().decode(text.slice(0, end))}`);
    process.exit(1);
}

const image = readFileSync(imagePath);
const json = readFileSync(casePath);
must(engine.charley_kb_open(place(image), image.length, out, error), 'image');
const kb = word(out);
const size = engine.charley_session_size(kb, 0);
must(engine.charley_session_init(take(size), size, kb, 0, out, error), 'session');
const session = word(out);
must(engine.charley_session_read_case(session, place(json), json.length, error), 'case');
must(engine.charley_session_assess(session, out, error), 'assess');
const buffer = take(RESULT_BYTES);
must(engine.charley_result_write(word(out), buffer, RESULT_BYTES, out + 8, error), 'write');
const result = Buffer.from(engine.memory.buffer, buffer, word(out + 8));
const expected = readFileSync(expectedPath);
const same = result.toString().trimEnd() === expected.toString().trimEnd();
console.log(`${casePath}: ${result.length} bytes, ${same ? 'the same' : 'DIFFERENT'}`);
process.exit(same ? 0 : 1);
