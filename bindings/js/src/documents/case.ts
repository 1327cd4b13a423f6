// Made by make-documents.mjs from docs/schema/case.schema.json.

/**
 * a yes/no finding; true, false and null mean the same
 */
export type Answer = 'yes' | 'no' | 'unknown' | true | false | null;
/**
 * a choice: the option that is true
 */
export type Option = string;

/**
 * One person's answers. Which ids there are, and which options and units they take, is said by the knowledge: charley explain ID.
 */
export interface CharleyCaseDocument {
    /**
     * the format of this document
     */
    charley_case: 1;
    answers: {
        [k: string]: Answer | Option | Options | Number;
    };
    /**
     * screens of the interview that were asked and not answered
     */
    skipped?: string[];
    /**
     * where on a leg map the person pointed, the main place first: finer than the answers side and pain_where, which the map gives as well. The places a map has are its own affair; they are kept and written back as they are, and change no result
     *
     * @maxItems 32
     */
    places?: string[];
}
/**
 * a choice: what is known of single options
 */
export interface Options {
    value?: never;
    [k: string]: Answer | undefined;
}
/**
 * a number with its UCUM unit
 */
export interface Number {
    value: number;
    unit: string;
}
