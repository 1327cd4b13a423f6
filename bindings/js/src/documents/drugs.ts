// Made by make-documents.mjs from docs/schema/drugs.schema.json.

export type Level = 'ask_today' | 'ask_soon' | 'hours_apart';
export type Texts = string[];
/**
 * generic names
 */
export type Texts1 = string[];
export type Effect =
    | 'muscle_damage'
    | 'clot'
    | 'bleeding'
    | 'tendon'
    | 'kidney'
    | 'salts'
    | 'cramp'
    | 'nerve'
    | 'swelling'
    | 'clash';

/**
 * What charley drugs --json prints: every class in brief, or the medicines that were named and those of them that clash.
 */
export interface CharleyDrugs {
    /**
     * the format of this document
     */
    charley_drugs: 1;
    knowledge_hash: string;
    together?: Interaction[];
    drugs: Drug[];
}
export interface Interaction {
    kind: 'interaction';
    id: string;
    name: string;
    level: Level;
    drugs: Texts;
    with: Texts;
    why: string;
    ratio?: string;
    do: Texts;
    numbers: Number[];
    sources: Source[];
}
/**
 * a published figure with its passport
 */
export interface Number {
    claim: string;
    value: number;
    mark: 'shown' | 'derived' | 'recalled' | 'estimate';
    evidence: 'study' | 'review' | 'guideline' | 'registry' | 'judgement';
    published?: number[];
    derivation?: string;
    at?: string;
    note?: string;
    source?: string;
}
export interface Source {
    id: string;
    citation: string;
    locator?: string;
    seen: 'read' | 'secondary' | 'recalled';
}
/**
 * in a list of all: id, name, class, names and effect only
 */
export interface Drug {
    kind?: 'drug';
    id: string;
    name: string;
    /**
     * the words that named it
     */
    found?: string;
    /**
     * id of the wider class
     */
    class?: string;
    names: Texts1;
    effect: Effect;
    why?: string;
    ratio?: string;
    do?: Texts;
    interactions?: {
        id: string;
        name: string;
        level: Level;
        why: string;
    }[];
    numbers?: Number[];
    sources?: Source[];
}
