// Made by make-documents.mjs from docs/schema/question.schema.json.

/**
 * What charley next prints: the question worth asking next, or null when no question is likely to change the advice.
 */
export interface CharleyQuestion {
    /**
     * the format of this document
     */
    charley_question: 1;
    knowledge_hash: string;
    question: null | Question;
}
export interface Question {
    /**
     * of the screen
     */
    id: string;
    /**
     * one yes/no finding; one option; any number of findings or none; a number; one option of each group
     */
    kind: 'yes_no' | 'one' | 'many' | 'number' | 'groups';
    title: string;
    why?: string;
    how?: string;
    is_danger_screen: boolean;
    /**
     * asked ahead of the others on a known occasion; after the last of them, show the result and offer to go on
     */
    is_short: boolean;
    /**
     * many: charley next leaves out findings that were answered no already
     */
    choices: Choice[];
    /**
     * number only: UCUM
     */
    unit?: string;
    /**
     * number only: other UCUM units that people measure in
     */
    also_units?: string[];
    minimum?: number;
    maximum?: number;
    /**
     * number only: the present answer
     */
    value?: number | null;
    expected_gain: number;
    n_screens_left: number;
}
export interface Choice {
    /**
     * the finding, or finding=option
     */
    id: string;
    label: string;
    how?: string;
    answer: 'yes' | 'no' | 'unknown';
    /**
     * groups only: the choice finding it belongs to
     */
    group?: string;
    /**
     * groups only: what is asked of the group
     */
    group_title?: string;
}
