// units.ts: the units a number may be given in. The engine converts.
import type {Question} from 'charley';
import {UNITS_FIRST, type Units} from './data.js';
import {hasWord, word} from './words.js';

export interface Unit {
    readonly code: string; // UCUM
    readonly label: string;
}

export function unitLabel(code: string): string {
    return hasWord(`unit.${code}`) ? word(`unit.${code}`) : code;
}

/** Its own unit first, which the present answer is in; without one, the person's. */
export function unitsOf(question: Question, units: Units): Unit[] {
    const codes = [question.unit ?? '', ...(question.also_units ?? [])].filter(code => code !== '');
    const first: readonly string[] = UNITS_FIRST[units];
    if (question.value === null || question.value === undefined)
        codes.sort((a, b) => Number(first.includes(b)) - Number(first.includes(a)));
    return codes.map(code => ({code, label: unitLabel(code)}));
}
