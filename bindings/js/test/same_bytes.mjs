// The same bytes in WebAssembly as natively, for every case: CHARLEY_CASES is a folder that
// `charley kb test --write` filled with CHARLEY_IMAGE's answers and results.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Knowledge} from '../dist/index.js';

const folder = process.env.CHARLEY_CASES;
const read = name => readFileSync(join(folder, name), 'utf8');

/** Answers that contradict each other are refused as a document, and taken one by one. */
function answerEach(session, {answers}) {
    for (const [id, answer] of Object.entries(answers)) {
        if (typeof answer === 'object' && 'unit' in answer)
            session.answerNumber(id, answer.value, answer.unit);
        else if (typeof answer === 'object')
            for (const [option, word] of Object.entries(answer)) session.answer(`${id}=${option}`, word);
        else if (answer === 'yes' || answer === 'no')
            session.answer(id, answer);
        else
            session.answer(`${id}=${answer}`, 'yes');
    }
}

test('every case gives the same bytes', {skip: !folder && 'CHARLEY_CASES is not set'}, async t => {
    const knowledge = await Knowledge.open(readFileSync(process.env.CHARLEY_WASM),
                                           readFileSync(process.env.CHARLEY_IMAGE));
    // One session for each set of options, emptied between the cases.
    const sessions = new Map();
    const sessionFor = ({clinician, region}) => {
        const key = `${clinician} ${region}`;
        if (!sessions.has(key)) sessions.set(key, knowledge.session({clinician, region}));
        return sessions.get(key);
    };
    const cases = JSON.parse(read('index.json'));
    assert.ok(cases.length > 0);
    const different = [];
    let nBytes = 0;
    for (const one of cases) {
        const session = sessionFor(one);
        session.forget();
        const answers = read(`${one.id}.case.json`);
        const expected = read(`${one.id}.result.json`);
        try {
            session.readCase(answers);
        } catch (error) {
            assert.equal(error.status, 'conflict', one.id);
            session.forget();
            answerEach(session, JSON.parse(answers));
        }
        nBytes += expected.length;
        if (`${session.assess().json}\n` !== expected.replace(/\n*$/, '\n')) different.push(one.id);
        if (`${session.writeCase().json}\n` !== answers.replace(/\n*$/, '\n')) different.push(`${one.id} (answers)`);
    }
    assert.deepEqual(different, []);
    t.diagnostic(`${cases.length} cases, ${nBytes} bytes`);
});
