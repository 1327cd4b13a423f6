// words.ts: every sentence on the page comes from the words files, by key.
import type {Knowledge} from 'charley';

let knowledge: Knowledge | undefined;

export function useWords(of: Knowledge): void {
    knowledge = of;
}

/** The sentence of a key with its {slots} filled in; "[key]" so that a hole is seen. */
export function word(key: string, slots: Readonly<Record<string, string | number>> = {}): string {
    const text = knowledge?.word(key) ?? '';
    if (text === '') return `[${key}]`;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
        name in slots ? String(slots[name]) : whole);
}

/** Whether there is a sentence. */
export function hasWord(key: string): boolean {
    return (knowledge?.word(key) ?? '') !== '';
}
