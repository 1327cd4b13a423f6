// Made by make-documents.mjs from docs/schema/claims.schema.json.

/**
 * @minItems 1
 */
export type ClaimIds = [string, ...string[]];

/**
 * What charley claims --json prints: what people have read that fits a question, and how far it is true.
 */
export interface CharleyClaims {
    /**
     * as asked; empty: every claim is listed, the unsafe first
     */
    question: string;
    /**
     * the best fitting first, at most five; empty when nothing fits
     */
    claims: Claim[];
    disclaimer: string;
}
export interface Claim {
    id: string;
    /**
     * the share of the question's words, weighed by rarity, that it speaks of
     */
    score?: number;
    says: string;
    answer: string;
    verdict: 'supported' | 'unproven' | 'mixed' | 'contradicted' | 'unsafe';
    contradictions: Contradiction[];
    about: Action[];
    sources: Source[];
}
export interface Contradiction {
    id: string;
    name: string;
    /**
     * which side the evidence takes
     */
    answer: string;
    one_side: ClaimIds;
    other_side: ClaimIds;
}
export interface Action {
    id: string;
    name: string;
    /**
     * when it must not be done; the forbidden first
     */
    cautions: Caution[];
    remedies: Remedy[];
}
export interface Caution {
    id: string;
    verdict: 'forbidden' | 'ask_first';
    why: string;
    lift: string;
}
export interface Remedy {
    id: string;
    name: string;
    grade: 'A' | 'B' | 'C' | 'D' | 'K' | 'X';
}
export interface Source {
    id: string;
    citation: string;
    locator?: string;
}
