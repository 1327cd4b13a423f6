// The binding against a built engine: CHARLEY_WASM and CHARLEY_IMAGE name the files.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {CharleyError, Knowledge} from '../dist/index.js';

const wasm = readFileSync(process.env.CHARLEY_WASM);
const image = readFileSync(process.env.CHARLEY_IMAGE);
const knowledge = await Knowledge.open(wasm, image);

test('says which knowledge it holds', () => {
    assert.match(knowledge.version, /^\d+\.\d+\.\d+$/);
    assert.match(knowledge.hash, /^[0-9a-f]{64}$/);
    assert.notEqual(knowledge.word('ui.result.now'), '');
    assert.equal(knowledge.word('no.such.key'), '');
});

test('refuses an image that was tampered with', async () => {
    const damaged = new Uint8Array(image);
    damaged[damaged.length >> 1] ^= 1;
    await assert.rejects(Knowledge.open(wasm, damaged),
                         error => error instanceof CharleyError && error.status === 'data');
});

test('a red flag makes an emergency, taking it back ends it', () => {
    const session = knowledge.session();
    session.answer('pain_constant', 'yes');
    session.answer('breathless_new', 'yes');
    assert.equal(session.assess().value.urgency, 'ambulance');
    assert.equal(session.urgency(), 'ambulance');
    session.answer('breathless_new', 'unknown');
    const {urgency} = session.assess().value;
    assert.notEqual(urgency, 'ambulance');
    assert.equal(session.urgency(), urgency);
});

test('numbers come with a unit', () => {
    const session = knowledge.session();
    session.answerNumber('calf_difference', 1, '[in_i]');
    const {value} = session.writeCase();
    assert.deepEqual(value.answers.calf_difference, {value: 2.54, unit: 'cm'});
    assert.throws(() => session.answerNumber('calf_difference', 3, 'mg/dL'),
                  error => error.status === 'data' && error.message.length > 0);
    assert.throws(() => session.answerNumber('calf_difference', 900, 'cm'), CharleyError);
});

test('a misspelt id is told with what may have been meant', () => {
    const session = knowledge.session();
    assert.throws(() => session.answer('brethless_new', 'yes'),
                  error => error.status === 'notfound' && /breathless_new/.test(error.message));
});

test('the interview begins with danger signs and ends', () => {
    const session = knowledge.session();
    const asked = [];
    for (let question = session.next(); question; question = session.next()) {
        asked.push(question.id);
        assert.ok(asked.length < 100);
        if (question.kind === 'many') session.restNo(question.id);
        else if (question.id === 'age') session.answerNumber('age', 44, 'a');
        else session.skip(question.id);
    }
    assert.ok(asked[0].startsWith('danger'));
    assert.equal(new Set(asked).size, asked.length);
});

test('a case survives being written and read', () => {
    const first = knowledge.session();
    first.answer('sex=female', 'yes');
    first.answerNumber('age', 61, 'a');
    const second = knowledge.session({clinician: true});
    second.readCase(first.writeCase().json);
    assert.equal(second.writeCase().json, first.writeCase().json);
    assert.throws(() => second.readCase('{"broken"'), error => error.status === 'syntax' &&
                                                              error.line === 1);
    assert.equal(second.writeCase().json, first.writeCase().json, 'nothing is lost');
    second.forget();
    assert.notEqual(second.writeCase().json, first.writeCase().json);
});

test('answers that contradict each other give the failure document', () => {
    const session = knowledge.session();
    session.answer('sex=male', 'yes');
    session.answer('pregnant', 'yes');
    const {value} = session.assess();
    assert.equal(value.urgency, 'could_not_assess');
    assert.throws(() => session.urgency(), error => error.status === 'conflict');
});

test('medicines by plain words, and the words of a region', () => {
    const {together} = knowledge.drugs('statin and clarithromycin');
    assert.deepEqual(together.map(clash => clash.id), ['statin_macrolide']);
    assert.throws(() => knowledge.drugs('furosemid'), /furosemide/);
    assert.ok(knowledge.drugs().drugs.length > 20);
    const session = knowledge.session({region: 'uk'});
    session.answer('chest_pain_or_coughing_blood', 'yes');
    assert.equal(session.assess().value.emergency_number, '999');
    assert.match(knowledge.word('urgency.ambulance.where', 'us'), /911/);
    assert.throws(() => knowledge.session({region: 'moon'}), error => error.status === 'notfound');
});

test('what if, and why', () => {
    const session = knowledge.session();
    session.answer('cramp_attacks', 'yes');
    assert.equal(session.whatIf('breathless_new', 'yes').urgency_after, 'ambulance');
    assert.equal(knowledge.explain('deep_vein_thrombosis').kind, 'condition');
    assert.throws(() => knowledge.explain('deep_vein_thrombsis'), /deep_vein_thrombosis/);
    assert.equal(knowledge.claims('tonic water').claims[0].id, 'S5-01');
    assert.deepEqual(knowledge.claims('xyzzy').claims, []);
});

test('a session begins again with other options in its own memory', () => {
    const session = knowledge.session();
    session.answer('breathless_new', 'yes');
    session.reopen({region: 'uk'});
    assert.equal(session.writeCase().value.answers.breathless_new, undefined);
    session.answer('breathless_new', 'yes');
    assert.equal(session.assess().value.emergency_number, '999');
});

test('lists the ids of a kind', () => {
    assert.equal(knowledge.ids('screen')[0], 'danger_body');
    assert.ok(knowledge.ids('region').includes('uk'));
    for (const kind of ['finding', 'source', 'claim'])
        for (const id of knowledge.ids(kind))
            assert.equal(knowledge.explain(`${kind}:${id}`).kind, kind);
});
