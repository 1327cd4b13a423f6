// units.ts: the units a number may be given in, its own first. The engine converts.
import type {Question} from 'charley';
import {hasWord, word} from './words.js';

export interface Unit {
    readonly code: string; // UCUM
    readonly label: string;
}

export function unitsOf(question: Question): Unit[] {
    const codes = [question.unit ?? '', ...(question.also_units ?? [])].filter(code => code !== '');
    return codes.map(code => ({code, label: hasWord(`unit.${code}`) ? word(`unit.${code}`) : code}));
}
