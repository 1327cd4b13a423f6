// data.ts: the few ids of the knowledge that the page itself names. The build checks that
// the knowledge has every one of them (vite.config.ts).

/** What a door of the first page already says. */
export const DOORS = {
    now: {answers: ['cramp_attacks', 'cramp_now'], relief: ['calf_stretch_now', 'stand_on_foot', 'pull_toes_up', 'walk_it_off']},
    cramps: {answers: ['cramp_attacks']},
} as const;

/** A place of the leg map. `option` is what it answers to the finding "pain_where". */
export interface Place {
    readonly id: string;
    readonly option: string;
    /** front: shin ...; back: calf ...; both: seen from either side */
    readonly view: 'front' | 'back' | 'both';
    /** in the middle of the body: neither left nor right */
    readonly isMiddle?: boolean;
}

export const WHERE = 'pain_where';
export const SIDE = 'side';
export const SIDES = ['left', 'right'] as const;
export type Side = (typeof SIDES)[number];

/** The screen that the leg map answers. */
export const MAP_SCREEN = 'where';

export const PLACES: readonly Place[] = [
    {id: 'calf_belly', option: 'calf', view: 'back'},
    {id: 'outer_calf', option: 'calf', view: 'both'},
    {id: 'inner_calf', option: 'calf', view: 'both'},
    {id: 'shin', option: 'shin', view: 'front'},
    {id: 'knee', option: 'knee', view: 'front'},
    {id: 'behind_knee', option: 'knee', view: 'back'},
    {id: 'ankle', option: 'ankle_heel', view: 'both'},
    {id: 'sole', option: 'foot', view: 'back'},
    {id: 'toes', option: 'foot', view: 'front'},
    {id: 'thigh_front', option: 'thigh_or_groin', view: 'front'},
    {id: 'thigh_back', option: 'thigh_or_groin', view: 'back'},
    {id: 'groin', option: 'thigh_or_groin', view: 'front'},
    {id: 'buttock', option: 'from_back_or_buttock', view: 'back'},
    {id: 'lower_back', option: 'from_back_or_buttock', view: 'back', isMiddle: true},
    {id: 'whole_leg', option: 'whole_leg', view: 'both'},
];

/** Units to offer first, by the person's choice. */
export const UNITS_FIRST = {
    metric: ['cm', 'mmol/L'],
    us: ['[in_i]', 'mg/dL'],
} as const;
export type Units = keyof typeof UNITS_FIRST;

/** Screens about the person rather than the leg: the hand-off's background. */
export const CONTEXT_SCREENS: readonly string[] = [
    'age', 'sex', 'pregnancy', 'pregnancy_weeks', 'postpartum_weeks', 'recent_weeks', 'medicines', 'medicines_other',
    'medicines_short', 'medicines_more', 'supplements', 'illnesses', 'health_more', 'health_past', 'habits', 'situation',
];

/** Verdicts of claims, those to be warned of first. */
export const VERDICTS = ['unsafe', 'contradicted', 'mixed', 'unproven', 'supported'] as const;
