// state.ts: one person's answers while the page is open.
//
// What survives a refresh lies in the tab's own sessionStorage, which the browser forgets
// with the tab. Nothing else is kept anywhere unless the person asks for it (views/kept.ts);
// then it lies in localStorage, on this device. Storage that is full or denied costs the
// refresh, never the assessment.
import type {Choice, Failure, Knowledge, Question, Result, Session, SessionOptions} from 'charley';
import type {Units} from './data.js';
import {useRegion} from './words.js';

const KEY = 'charley';

export interface Settings {
    region: string; // '': not chosen
    units: Units;
    isClinician: boolean;
}

interface Kept {
    settings?: Settings;
    case?: string;
    asked?: string[];
    places?: string[];
    isOther?: boolean;
}

/** What is kept on the device, beyond the tab. */
export type Saving = 'nothing' | 'settings' | 'all';

function read(storage: () => Storage): Kept {
    try {
        return JSON.parse(storage().getItem(KEY) ?? '{}') as Kept;
    } catch {
        return {};
    }
}

function write(storage: () => Storage, kept: Kept | null): boolean {
    try {
        if (kept) storage().setItem(KEY, JSON.stringify(kept));
        else storage().removeItem(KEY);
        return true;
    } catch {
        return false;
    }
}

const ofTab = () => sessionStorage;
const ofDevice = () => localStorage;

export interface Asking {
    readonly screen: string;
    readonly kind: Question['kind'];
    readonly title: string;
    readonly label: string;
}

export class State {
    #askings: Map<string, Asking> | undefined;
    #isKeepDue = false;
    readonly session: Session;
    settings: Settings = {region: '', units: 'metric', isClinician: false};
    saving: Saving = 'nothing';
    /** Screens that were shown, in their order, for "back". */
    asked: string[] = [];
    /** Places of the leg map, "outer_calf.left"; the first is the main one. */
    places: string[] = [];
    /** Somebody answers for somebody else. */
    isOther = false;
    /** The urgency that was shown last; not kept. */
    shown: Result['urgency'] | undefined;
    /** What the engine would ask next, when that is known. */
    upcoming: Question | null | undefined;

    constructor(readonly knowledge: Knowledge) {
        const onDevice = read(ofDevice);
        if (onDevice.case !== undefined) this.saving = 'all';
        else if (onDevice.settings) this.saving = 'settings';
        const kept = {...onDevice, ...read(ofTab)};
        Object.assign(this.settings, kept.settings);
        this.session = knowledge.session(this.#options);
        try {
            if (kept.case) this.session.readCase(kept.case);
            this.asked = kept.asked ?? [];
            this.places = kept.places ?? [];
            this.isOther = kept.isOther ?? false;
        } catch {
            // Answers of another version: begin without.
        }
    }

    get #options(): SessionOptions {
        const {region, isClinician} = this.settings;
        if (!this.knowledge.ids('region').includes(region)) this.settings.region = '';
        useRegion(this.settings.region);
        return {clinician: isClinician, region: this.settings.region};
    }

    /** Other settings; the answers stay. */
    change(settings: Partial<Settings>): void {
        const {json} = this.session.writeCase();
        Object.assign(this.settings, settings);
        this.session.reopen(this.#options);
        this.session.readCase(json);
        this.changed();
    }

    get #all(): Kept {
        return {settings: this.settings, case: this.session.writeCase().json, asked: this.asked,
                places: this.places, isOther: this.isOther};
    }

    /** To be called after every change of an answer. */
    changed(): void {
        this.upcoming = undefined;
        this.keepSoon();
    }

    /** Writes down what is to survive, once the screen stands there. */
    keepSoon(): void {
        if (this.#isKeepDue) return;
        this.#isKeepDue = true;
        setTimeout(() => this.keepDue());
    }

    /** Writes down what waits for that; also to be called when the page is left. */
    keepDue(): void {
        if (this.#isKeepDue) this.keep();
    }

    /** Writes down what is to survive. Returns whether what is to be kept could be kept. */
    keep(): boolean {
        this.#isKeepDue = false;
        const all = this.#all;
        const isKept = write(ofTab, all);
        if (this.saving === 'nothing') return isKept;
        return write(ofDevice, this.saving === 'all' ? all : {settings: this.settings});
    }

    /** What shall stay on the device. Returns false when the browser refuses. */
    save(saving: Saving): boolean {
        this.saving = saving;
        if (saving === 'nothing') return write(ofDevice, null);
        const isKept = this.keep();
        if (!isKept) this.saving = 'nothing';
        return isKept;
    }

    /** Forgets the answers, here, in the tab and on the device; the settings stay. */
    forget(): void {
        this.session.forget();
        this.asked = [];
        this.places = [];
        this.isOther = false;
        this.shown = undefined;
        this.upcoming = undefined;
        this.keep();
    }

    /** Forgets everything. */
    forgetAll(): void {
        this.saving = 'nothing';
        this.settings = {region: '', units: 'metric', isClinician: false};
        this.forget();
        this.session.reopen(this.#options);
        write(ofDevice, null);
        write(ofTab, null);
    }

    /** Takes a case document in place of the answers. Throws a CharleyError; then nothing changes. */
    load(json: string): void {
        this.session.readCase(json);
        this.asked = [];
        this.places = [];
        this.changed();
    }

    /** The screen worth asking next; null when there is none. */
    next(keepOn: boolean): Question | null {
        return this.upcoming = this.session.next(keepOn);
    }

    /** A screen by its id; with how many are left when it is the one that is due. */
    question(screen: string): Question | null {
        const due = this.upcoming === undefined ? this.next(false) : this.upcoming;
        const question = due?.id === screen ? due : this.session.question(screen);
        if (question && !this.asked.includes(question.id)) this.asked.push(question.id);
        return question;
    }

    /** The screen before the given one, if any. */
    before(screen: string): string | undefined {
        const at = this.asked.indexOf(screen);
        return at > 0 ? this.asked[at - 1] : undefined;
    }

    result(): Result | Failure {
        return this.session.assess().value;
    }

    get isEmpty(): boolean {
        return Object.keys(this.session.writeCase().value.answers).length === 0 &&
               this.asked.length === 0;
    }

    /** Every screen with its present answers. */
    screens(): Question[] {
        return this.knowledge.ids('screen').flatMap(id => this.session.question(id) ?? []);
    }

    /** Where a finding or an option ("side=left") is asked, and how it is called there. */
    asking(id: string): Asking | undefined {
        this.#askings ??= new Map(this.screens().flatMap(({id: screen, kind, title, choices}) =>
            choices.map(choice => [choice.id, {screen, kind, title: choice.group_title ?? title, label: choice.label}] as const)));
        return this.#askings.get(id);
    }
}

/** The finding of a choice: that of "side=left" is "side". */
export function findingOf(choice: Choice): string {
    return choice.id.split('=')[0]!;
}

export function isFailure(result: Result | Failure): result is Failure {
    return 'error' in result;
}
