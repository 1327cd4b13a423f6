// state.ts: one person's answers while the page is open.
//
// What survives a refresh is the case document, in the tab's own sessionStorage, which the
// browser forgets with the tab. Nothing else is kept anywhere unless the person asks for it
// (views/keep.ts). Storage that is full or denied costs the refresh, never the assessment.
import type {Knowledge, Question, Result, Failure, Session} from 'charley';

const KEY = 'charley.case';

interface Kept {
    case: string;
    asked: string[];
}

export class State {
    readonly session: Session;
    /** Screens that were shown, in their order, for "back". */
    asked: string[] = [];

    constructor(readonly knowledge: Knowledge, isClinician = false) {
        this.session = knowledge.session({clinician: isClinician});
        this.#restore();
    }

    #restore(): void {
        try {
            const text = sessionStorage.getItem(KEY);
            if (text === null) return;
            const kept = JSON.parse(text) as Kept;
            this.session.readCase(kept.case);
            this.asked = kept.asked;
        } catch {
            // Storage denied, or answers of another version: begin without.
        }
    }

    /** To be called after every change. */
    keep(): void {
        try {
            const kept: Kept = {case: this.session.writeCase().json, asked: this.asked};
            sessionStorage.setItem(KEY, JSON.stringify(kept));
        } catch {
            // Full or denied: a refresh will begin again, nothing else is lost.
        }
    }

    /** Forgets everything, here and in the tab. */
    forget(): void {
        this.session.forget();
        this.asked = [];
        try {
            sessionStorage.removeItem(KEY);
        } catch {
            // Nothing was kept then.
        }
    }

    /** The screen to ask next: the given one, else the one worth most; null at the end. */
    question(screen?: string, keepOn = false): Question | null {
        const question = screen ? this.session.question(screen) : this.session.next(keepOn);
        if (question && !this.asked.includes(question.id)) this.asked.push(question.id);
        return question;
    }

    /** The screen before the given one, if any. */
    before(screen: string): string | undefined {
        const at = this.asked.indexOf(screen);
        return at > 0 ? this.asked[at - 1] : undefined;
    }

    result(): {json: string; value: Result | Failure} {
        return this.session.assess();
    }

    get isEmpty(): boolean {
        return Object.keys(this.session.writeCase().value.answers).length === 0 &&
               this.asked.length === 0;
    }
}
