// words.ts: every sentence on the page comes from the words files, by key, as it is said in
// the person's region.
import type {Knowledge} from 'charley';

let knowledge: Knowledge | undefined;
let region = '';
/** As the engine said them in this region: a screen says the same dozens again. */
const said = new Map<string, string>();

export function useWords(of: Knowledge): void {
    knowledge = of;
    said.clear();
}

export function useRegion(id: string): void {
    region = id;
    said.clear();
}

function textOf(key: string): string {
    let text = said.get(key);
    if (text === undefined) said.set(key, text = knowledge?.word(key, region) ?? '');
    return text;
}

type Slots = Readonly<Record<string, string | number>>;

/** The sentence of a key with its {slots} filled in; "[key]" so that a hole is seen. */
export function word(key: string, slots: Slots = {}): string {
    const text = textOf(key);
    if (text === '') return `[${key}]`;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
        name in slots ? String(slots[name]) : whole);
}

/** A word of the page itself: say('back') is "ui.page.back". */
export function say(key: string, slots: Slots = {}): string {
    return word(`ui.page.${key}`, slots);
}

/** Whether there is a sentence. */
export function hasWord(key: string): boolean {
    return textOf(key) !== '';
}

/** The steps of a list, or the one sentence. */
export function list(key: string): string[] {
    return word(key).split('\n').filter(line => line !== '');
}

const language = document.documentElement.lang;

export function joined(parts: readonly string[]): string {
    if (parts.length < 2) return parts[0] ?? '';
    return new Intl.ListFormat(language, {type: 'conjunction'}).format(parts);
}

/** The day that is so many days from today, "Tuesday, 3 March". */
export function dayIn(days: number): string {
    const day = new Date();
    day.setDate(day.getDate() + days);
    return new Intl.DateTimeFormat(locale(), {weekday: 'long', day: 'numeric', month: 'long'}).format(day);
}

export function nowInWords(): string {
    return new Intl.DateTimeFormat(locale(), {dateStyle: 'medium', timeStyle: 'short'}).format(new Date());
}

export function number(value: number): string {
    // Without marks of any kind; the formatter costs a slow telephone 15 ms to make.
    if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
    return new Intl.NumberFormat(locale(), {maximumFractionDigits: 2}).format(value);
}

/** The page's language as the browser's user writes it (en-GB, en-US). */
function locale(): string {
    return navigator.languages.find(name => name.startsWith(language)) ?? language;
}
