// Made by make-documents.mjs from docs/schema/result.schema.json.

/**
 * What charley assess --json prints: a result, or a failure document whose urgency is could_not_assess.
 */
export type CharleyResult = Result | Failure;
export type Hash = string;
/**
 * could_not_assess is not below self_care: it means seek care
 */
export type Urgency =
    | 'could_not_assess'
    | 'self_care'
    | 'routine'
    | 'within_days'
    | 'same_day'
    | 'emergency'
    | 'ambulance';
export type Texts = string[];
export type Remedies = Remedy[];
export type Chance = number;
export type Answer = 'yes' | 'no' | 'unknown';
export type Evidence = {
    finding: string;
    label: string;
    answer: Answer;
    /**
     * natural log, of this answer alone
     */
    log_likelihood_ratio: number;
    /**
     * the number used: charley explain CLAIM
     */
    claim?: string;
    mark?: 'shown' | 'derived' | 'recalled' | 'estimate';
}[];
export type Items = {
    id: string;
    name: string;
    text?: string;
    sources: Texts;
}[];

export interface Result {
    /**
     * the format of this document
     */
    charley_result: 1;
    engine_version: string;
    knowledge_version: string;
    knowledge_hash: Hash;
    urgency: Urgency;
    /**
     * a missing answer could still move the urgency through a rule of the top three levels
     */
    is_provisional: boolean;
    headline: string;
    time_frame: string;
    where_to_go: string;
    /**
     * whose words and telephone numbers are used; absent: those for everywhere
     */
    region?: string;
    /**
     * telephone number of the region
     */
    emergency_number?: string;
    /**
     * telephone number of the region, for urgent advice
     */
    advice_number?: string;
    reasons: Reason[];
    now: Texts;
    do_now: Remedies;
    do_not: Remedies;
    /**
     * @maxItems 5
     */
    causes:
        | []
        | [Cause]
        | [Cause, Cause]
        | [Cause, Cause, Cause]
        | [Cause, Cause, Cause, Cause]
        | [Cause, Cause, Cause, Cause, Cause];
    would_change: Items;
    tests: Items;
    clinics: Items;
    /**
     * those of the person that matter, the gravest first
     */
    medicines: Medicine[];
    /**
     * medicines of the person that clash, the most pressing first
     */
    interactions: Interaction[];
    prevention: Remedies;
    scores: Score[];
    claims: Items;
    danger_not_answered: Items;
    left_out: Items;
    safety_net: Texts;
    disclaimer: string;
}
export interface Reason {
    id: string;
    /**
     * row of the evidence table
     */
    code?: string;
    urgency: Urgency;
    /**
     * counts because an answer is missing
     */
    is_unknown: boolean;
    why: string;
    sources: Texts;
}
export interface Remedy {
    id: string;
    name: string;
    verdict: 'offered' | 'ask_first' | 'forbidden';
    grade?: 'A' | 'B' | 'C' | 'D' | 'K' | 'X';
    how: Texts;
    /**
     * in whom it was tried, or whom it is for
     */
    population?: string;
    /**
     * how much, when and how long
     */
    dose?: string;
    effect?: string;
    harms?: string;
    /**
     * who must not use it
     */
    who_not?: string;
    /**
     * why it is not offered
     */
    reason?: string;
    /**
     * what would allow it
     */
    lifted_by?: string;
    caution?: string;
    sources: Texts;
}
export interface Cause {
    id: string;
    name: string;
    /**
     * other names
     */
    also?: string;
    what: string;
    /**
     * how it hurts
     */
    mechanism?: string;
    /**
     * what to expect and for how long
     */
    course?: string;
    urgency: Urgency;
    /**
     * with its 90 % interval
     */
    probability: {
        p: Chance;
        low: Chance;
        high: Chance;
    };
    /**
     * too dangerous to rule out by questions
     */
    at_floor: boolean;
    /**
     * a rule behind the urgency suspects it; in an emergency such causes come first, however likely
     */
    is_suspected: boolean;
    for: Evidence;
    against: Evidence;
    not_asked: Evidence;
}
export interface Medicine {
    id: string;
    name: string;
    effect:
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
     * what it does to muscles and legs
     */
    why: string;
    /**
     * how much more often, in words
     */
    ratio?: string;
    do: Texts;
    sources: Texts;
}
export interface Interaction {
    id: string;
    name: string;
    level: 'ask_today' | 'ask_soon' | 'hours_apart';
    why: string;
    /**
     * how much more often, in words
     */
    ratio?: string;
    do: Texts;
    sources: Texts;
}
export interface Score {
    id: string;
    name: string;
    /**
     * false: must not be used for this person
     */
    applies: boolean;
    is_complete: boolean;
    low: number | null;
    high: number | null;
    band?: string;
    limits?: string;
    items: {
        id: string;
        label: string;
        points: number;
        answer: Answer;
    }[];
    sources: Texts;
}
export interface Failure {
    charley_result: 1;
    engine_version: string;
    knowledge_version: string;
    knowledge_hash: Hash;
    urgency: 'could_not_assess';
    headline?: string;
    error: {
        status:
            | 'ok'
            | 'memory'
            | 'syntax'
            | 'data'
            | 'version'
            | 'limit'
            | 'notfound'
            | 'io'
            | 'conflict'
            | 'misuse';
        text: string;
        id?: string;
        where?: string;
        line: number;
        column: number;
        offset: number;
    };
}
