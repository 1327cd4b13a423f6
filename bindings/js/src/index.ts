/**
 * Charley's engine in JavaScript: leg cramps and calf pain, assessed on the device.
 *
 *     const knowledge = await Knowledge.open(wasmBytes, imageBytes);
 *     const session = knowledge.session();
 *     session.answer('cramp_attacks', 'yes');
 *     const result = session.assess();       // urgency, now, do not, causes ...
 *     const question = session.next();       // null: nothing more worth asking
 *
 * A thin layer over charley.h: the same calls, the same documents (docs/schema), the
 * same bytes. It makes no request, keeps nothing and needs no DOM. It is not a
 * diagnosis; when a call throws, the only safe thing to tell a person is: could not
 * assess, seek care.
 */
import type {CharleyCaseDocument} from './documents/case.js';
import type {CharleyClaims, Claim} from './documents/claims.js';
import type {CharleyDrugs} from './documents/drugs.js';
import type {Cause, CharleyResult, Evidence, Failure, Items, Remedy, Result, Score} from './documents/result.js';
import type {CharleyQuestion, Choice, Question} from './documents/question.js';
import {LAYOUT, Memory, type EngineExports} from './memory.js';
import {unpackImage} from './packed.js';

export type {Cause, CharleyCaseDocument, CharleyClaims, CharleyDrugs, CharleyResult, Choice, Claim,
             Evidence, Failure, Items, Question, Remedy, Result, Score};
export type Answer = 'yes' | 'no' | 'unknown';

/** charley_status by number. */
const STATUS = ['ok', 'memory', 'syntax', 'data', 'version', 'limit', 'notfound', 'io',
                'conflict', 'misuse'] as const;
export type Status = (typeof STATUS)[number];

/** charley_kind by number. */
const KINDS = ['finding', 'condition', 'rule', 'caution', 'remedy', 'test', 'clinic', 'score',
               'claim', 'source', 'screen', 'modifier', 'conflict', 'contradiction', 'drug',
               'interaction', 'region'] as const;
export type Kind = (typeof KINDS)[number];

/** charley_urgency by number. */
const URGENCIES = ['could_not_assess', 'self_care', 'routine', 'within_days', 'same_day',
                   'emergency', 'ambulance'] as const;

const ANSWER: Readonly<Record<Answer, number>> = {unknown: 0, no: 1, yes: 2};

/** What went wrong and where; `message` is one sentence in plain English. */
export class CharleyError extends Error {
    override readonly name = 'CharleyError';
    constructor(
        message: string,
        readonly status: Status,
        /** 1-based; 0: not known */
        readonly line: number,
        readonly column: number,
        /** file, document or JSON pointer; may be empty */
        readonly where: string,
        /** the finding or rule it is about; may be empty */
        readonly id: string) {
        super(message);
    }
}

/** A document as written, kept beside its parsed form for whoever compares bytes. */
export interface Written<T> {
    readonly json: string;
    readonly value: T;
}

function unpack(bytes: Uint8Array): Uint8Array {
    try {
        return unpackImage(bytes);
    } catch (error) {
        throw new CharleyError(`the packed image is damaged: ${String(error)}`, 'data', 0, 0, '', '');
    }
}

type Call = (...parameters: number[]) => number;

/** One instance of the module: its functions, its memory, one place for its errors. */
class Engine {
    readonly memory: Memory;
    readonly #exports: EngineExports;
    readonly #error: number;

    constructor(module: WebAssembly.Module) {
        this.#exports = new WebAssembly.Instance(module, {}).exports as EngineExports;
        this.#exports._initialize?.();
        this.memory = new Memory(this.#exports.memory);
        this.#error = this.memory.take(LAYOUT.error.size);
    }

    get error(): number {
        return this.#error;
    }

    call(name: string, ...parameters: number[]): number {
        return (this.#exports[name] as Call)(...parameters);
    }

    /** Calls a function that returns a charley_status; throws unless it is OK. */
    must(name: string, ...parameters: number[]): void {
        const status = this.call(name, ...parameters, this.#error);
        if (status !== 0) throw this.failure(status);
    }

    failure(status: number): CharleyError {
        const at = this.#error;
        const {line, column, where, id, text} = LAYOUT.error;
        return new CharleyError(this.memory.getString(at + text, LAYOUT.text),
                                STATUS[status] ?? 'misuse',
                                this.memory.word(at + line), this.memory.word(at + column),
                                this.memory.getString(at + where, LAYOUT.where),
                                this.memory.getString(at + id, LAYOUT.id));
    }

    /**
     * Runs one of the writers, which say with E_LIMIT how much room they need.
     * @param write called with the buffer, its capacity and where the size goes
     */
    written(write: (json: number, capacity: number, size: number) => number): string {
        const size = this.memory.scratch(4);
        let capacity = 1 << 16;
        for (;;) {
            const json = this.memory.scratch(capacity);
            const status = write(json, capacity, size);
            const needed = this.memory.word(size);
            if (status === 0) return this.memory.getText(json, needed);
            if (STATUS[status] !== 'limit' || needed <= capacity) throw this.failure(status);
            capacity = needed;
        }
    }
}

/** What would change if one finding had another answer. */
export interface WhatIf {
    readonly id: string;
    readonly before: Answer;
    readonly after: Answer;
    readonly urgency_before: Result['urgency'];
    readonly urgency_after: Result['urgency'];
    /** the most likely afterwards first */
    readonly causes: readonly {readonly id: string; readonly p_before: number; readonly p_after: number}[];
}

export interface SessionOptions {
    /** also ask and show what only a clinician can answer */
    readonly clinician?: boolean;
    /** whose words and telephone numbers: "uk", "us" ...; without: those for everywhere */
    readonly region?: string;
}

/** The opened knowledge: immutable; any number of sessions may use it. */
export class Knowledge {
    readonly #engine: Engine;
    readonly #kb: number;

    private constructor(engine: Engine, kb: number) {
        this.#engine = engine;
        this.#kb = kb;
    }

    /**
     * Checks every byte of a knowledge image and opens it.
     * @param engine the bytes of charley.wasm, or the module compiled from them, or being compiled
     * @param bytes those of the knowledge image, as built or packed (packImage in "charley/pack")
     * @throws CharleyError when the image is damaged or of another version
     */
    static async open(engine: BufferSource | WebAssembly.Module | Promise<WebAssembly.Module>,
                      bytes: Uint8Array): Promise<Knowledge> {
        const module = engine instanceof WebAssembly.Module || engine instanceof Promise
            ? Promise.resolve(engine) : WebAssembly.compile(engine);
        module.catch(() => {}); // told below, unless the image is at fault first
        const image = unpack(bytes);
        const running = new Engine(await module);
        const {memory} = running;
        const at = memory.take(image.length);
        memory.bytes(at, image.length).set(image);
        const out = memory.scratch(4);
        running.must('charley_kb_open', at, image.length, out);
        return new Knowledge(running, memory.word(out));
    }

    #text(name: string, ...parameters: number[]): string {
        const out = this.#engine.memory.scratch(LAYOUT.textSize);
        this.#engine.call(name, out, this.#kb, ...parameters);
        return this.#engine.memory.getView(out);
    }

    get version(): string {
        this.#engine.memory.begin();
        return this.#text('charley_kb_version');
    }

    /** SHA-256 of the content, in hexadecimal. */
    get hash(): string {
        this.#engine.memory.begin();
        return this.#text('charley_kb_hash');
    }

    /** A sentence by its key, "ui.result.now", as it is said in a region; empty when there is none. */
    word(key: string, region = ''): string {
        const {memory} = this.#engine;
        memory.begin();
        return this.#text('charley_kb_word_for', memory.putView(key), memory.putView(region));
    }

    /** Every id of a kind, in the order of the knowledge. */
    ids(kind: Kind): string[] {
        const {memory} = this.#engine;
        const number = KINDS.indexOf(kind);
        const count = this.#engine.call('charley_kb_count', this.#kb, number);
        return Array.from({length: count}, (_, index) => {
            memory.begin();
            return this.#text('charley_kb_id', number, index);
        });
    }

    /** What is known about an id, with its numbers and sources (charley explain). */
    explain(id: string): unknown {
        const {memory} = this.#engine;
        memory.begin();
        const view = memory.putView(id);
        return JSON.parse(this.#engine.written((json, capacity, size) =>
            this.#engine.call('charley_kb_explain', this.#kb, view, json, capacity, size,
                              this.#engine.error)));
    }

    /** What people have read that fits a question in everyday words, and our answer;
     * every claim for an empty question (charley claims). */
    claims(question: string): CharleyClaims {
        const {memory} = this.#engine;
        memory.begin();
        const view = memory.putView(question);
        return JSON.parse(this.#engine.written((json, capacity, size) =>
            this.#engine.call('charley_claims_write', this.#kb, view, json, capacity, size,
                              this.#engine.error)));
    }

    /**
     * What is known about the medicines named in plain words, and which of them clash
     * (charley drugs); without words, every class.
     * @throws CharleyError (notfound) when no medicine is named, or when one is misspelt
     */
    drugs(words = ''): CharleyDrugs {
        const {memory} = this.#engine;
        memory.begin();
        const view = memory.putView(words);
        return JSON.parse(this.#engine.written((json, capacity, size) =>
            this.#engine.call('charley_kb_drugs', this.#kb, view, json, capacity, size,
                              this.#engine.error))) as CharleyDrugs;
    }

    /** A session without answers. */
    session(options: SessionOptions = {}): Session {
        return new Session(this.#engine, this.#kb, options);
    }
}

/** One person's answers. Order never matters; any answer can be taken back. */
export class Session {
    readonly #engine: Engine;
    readonly #kb: number;
    #session = 0;
    #room = 0;
    #size = 0;

    /** @internal use Knowledge.session */
    constructor(engine: Engine, kb: number, options: SessionOptions) {
        this.#engine = engine;
        this.#kb = kb;
        this.reopen(options);
    }

    /** Begins again without answers, with other options, in the same memory where it fits. */
    reopen(options: SessionOptions = {}): void {
        const engine = this.#engine;
        const {memory} = engine;
        if (this.#session !== 0) this.forget();
        memory.begin();
        const at = memory.scratch(LAYOUT.options.size);
        memory.bytes(at, LAYOUT.options.size).fill(0);
        memory.bytes(at + LAYOUT.options.clinician, 1)[0] = options.clinician ? 1 : 0;
        if (options.region) memory.setView(at + LAYOUT.options.region, options.region);
        const size = engine.call('charley_session_size', this.#kb, at);
        if (size > this.#size) {
            this.#room = memory.take(size);
            this.#size = size;
        }
        const out = memory.scratch(4);
        engine.must('charley_session_init', this.#room, size, this.#kb, at, out);
        this.#session = memory.word(out);
    }

    #must(name: string, ...parameters: number[]): void {
        this.#engine.must(name, this.#session, ...parameters);
    }

    #begin(text: string): number {
        this.#engine.memory.begin();
        return this.#engine.memory.putView(text);
    }

    /** Answers a yes/no finding, or one option of a choice ("sex=female"). */
    answer(id: string, answer: Answer): void {
        this.#must('charley_answer_set', this.#begin(id), ANSWER[answer]);
    }

    /** Answers a number, with a UCUM unit that fits ("cm", "[in_i]", "mmol/L"). */
    answerNumber(id: string, value: number, unit: string): void {
        const view = this.#begin(id);
        this.#must('charley_answer_number', view, value,
                   this.#engine.memory.putView(unit));
    }

    /** Takes any answer back. */
    clear(id: string): void {
        this.#must('charley_answer_clear', this.#begin(id));
    }

    /** Forgets every answer; the memory is overwritten. */
    forget(): void {
        this.#engine.call('charley_session_clear', this.#session);
    }

    /** Reads a case document in place of the present answers: all or nothing. */
    readCase(json: string): void {
        this.#engine.memory.begin();
        const {at, size} = this.#engine.memory.putText(json);
        this.#must('charley_session_read_case', at, size);
    }

    /** The answers as a case document, byte-identical for equal answers. */
    writeCase(): Written<CharleyCaseDocument> {
        this.#engine.memory.begin();
        const json = this.#engine.written((at, capacity, size) =>
            this.#engine.call('charley_session_write_case', this.#session, at, capacity,
                              size, this.#engine.error));
        return {json, value: JSON.parse(json) as CharleyCaseDocument};
    }

    /**
     * Where on a leg map the person pointed ("outer_calf.left"), the main place first:
     * finer than the findings. Kept with the case, never assessed; which places there
     * are is for the map to say.
     */
    get places(): readonly string[] {
        return this.writeCase().value.places ?? [];
    }

    set places(places: readonly string[]) {
        this.readCase(JSON.stringify({...this.writeCase().value, places}));
    }

    /**
     * Assesses the answers so far.
     * @returns the result; or, when the answers contradict each other, the failure
     *     document, whose urgency is "could_not_assess"
     */
    assess(): Written<CharleyResult> {
        const engine = this.#engine;
        engine.memory.begin();
        const out = engine.memory.scratch(4);
        const status = engine.call('charley_session_assess', this.#session, out,
                                   engine.error);
        const json = engine.written((at, capacity, size) => status === 0
            ? engine.call('charley_result_write', engine.memory.word(out), at, capacity,
                          size, engine.error)
            : engine.call('charley_failure_write', this.#kb, engine.error, at, capacity,
                          size, 0));
        return {json, value: JSON.parse(json) as CharleyResult};
    }

    /** The urgency of that result alone, at a small part of its cost; throws when the answers
     * contradict each other. */
    urgency(): Result['urgency'] {
        const {memory} = this.#engine;
        memory.begin();
        const out = memory.scratch(4);
        this.#must('charley_session_urgency', out);
        return URGENCIES[memory.word(out)]!;
    }

    #question(name: string, ...parameters: number[]): Question | null {
        const engine = this.#engine;
        const out = engine.memory.scratch(4);
        this.#must(name, ...parameters, out);
        const json = engine.written((at, capacity, size) =>
            engine.call('charley_question_write', this.#kb, engine.memory.word(out), at,
                        capacity, size, engine.error));
        return (JSON.parse(json) as CharleyQuestion).question;
    }

    /**
     * The screen worth asking next; null when none can change the urgency and little is
     * to be gained.
     * @param keepOn go on even then, until nothing is left to ask
     */
    next(keepOn = false): Question | null {
        this.#engine.memory.begin();
        return this.#question('charley_session_next', keepOn ? 1 : 0);
    }

    /** One screen by its id, with its present answers: to go back and change one. */
    question(screen: string): Question | null {
        return this.#question('charley_session_question', this.#begin(screen));
    }

    /** Marks a screen as asked and not answered ("I don't know"), or takes that back. */
    skip(screen: string, skipped = true): void {
        this.#must('charley_screen_skip', this.#begin(screen), skipped ? 1 : 0);
    }

    /** Says no to every unanswered finding of a screen: "none of these". */
    restNo(screen: string): void {
        this.#must('charley_screen_rest_no', this.#begin(screen));
    }

    /** What would change if one finding had another answer. */
    whatIf(id: string, answer: Answer): WhatIf {
        const engine = this.#engine;
        const view = this.#begin(id);
        const out = engine.memory.scratch(4);
        this.#must('charley_session_what_if', view, ANSWER[answer], out);
        return JSON.parse(engine.written((at, capacity, size) =>
            engine.call('charley_what_if_write', engine.memory.word(out), at, capacity,
                        size, engine.error)));
    }
}
