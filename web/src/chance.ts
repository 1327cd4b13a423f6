// chance.ts: a probability for people: "about 3 in 10", a bar with its interval, and little
// people to count. The words follow the programs' (programs/charley/chance.c).
import type {Cause} from 'charley';
import {h, svg} from './dom.js';
import {say, word} from './words.js';

type Chance = Cause['probability'];

/** Below this, tenths would round a quarter or more of the value away. */
const LEAST_FOR_TENTHS = 0.095;
const NEARLY_ALL = 0.95;

function scaleOf(p: number): number {
    return p >= LEAST_FOR_TENTHS ? 10 : 100;
}

function about(p: number): string {
    const of = scaleOf(p);
    const n = Math.round(p * of);
    if (n === 0) return word('ui.chance.less_than', {n: 1, of});
    if (p >= NEARLY_ALL) return word('ui.chance.more_than', {n: 9, of});
    return word('ui.chance.about', {n, of});
}

function range({p, low, high}: Chance): string {
    const of = scaleOf(p);
    const slots = {low: Math.round(low * of), high: Math.round(high * of), of};
    if (slots.low === slots.high) return '';
    if (slots.low === 0 && high >= NEARLY_ALL) return say('unsure');
    if (high >= NEARLY_ALL) return word('ui.chance.from', slots);
    return word(slots.low === 0 ? 'ui.chance.up_to' : 'ui.chance.between', slots);
}

export {about};

/** "about 3 in 10 (between 2 and 5 in 10)" */
export function inWords(chance: Chance): string {
    const more = range(chance);
    return more === '' ? about(chance.p) : `${about(chance.p)} (${more})`;
}

const percent = (p: number) => `${Math.round(p * 1000) / 10}%`;

/** A part of a bar; sizes are set here because the page's policy forbids style attributes. */
function part(name: string, from: number, to: number): HTMLElement {
    const element = h('span', {class: name});
    element.style.insetInlineStart = percent(from);
    element.style.inlineSize = percent(to - from);
    return element;
}

/** The bar only repeats what stands beside it in words. */
export function bar({p, low, high}: Chance): HTMLElement {
    return h('span', {class: 'charley-bar', 'aria-hidden': 'true'},
             part('charley-bar__p', 0, p), part('charley-bar__range', low, high));
}

/** Of 10 or 100 like people: full those at the low end, half those up to the high end. */
export function people(chance: Chance): HTMLElement {
    const of = scaleOf(chance.p);
    const low = Math.round(chance.low * of);
    const high = Math.max(low, Math.round(chance.high * of));
    const columns = of === 10 ? 10 : 20;
    const figures = Array.from({length: of}, (_, i) => {
        const kind = i < low ? 'full' : i < high ? 'half' : 'none';
        return svg('g', {class: `charley-person charley-person--${kind}`,
                         transform: `translate(${(i % columns) * 14 + 2} ${Math.floor(i / columns) * 24 + 2})`},
                   svg('circle', {cx: 5, cy: 4, r: 3.2}),
                   svg('path', {d: 'M1 20v-8a4 4 0 0 1 8 0v8z'}));
    });
    const text = say('people', {low, high, of});
    return h('div', {},
             svg('svg', {class: 'charley-people', role: 'img', 'aria-label': text,
                         viewBox: `0 0 ${columns * 14 + 2} ${Math.ceil(of / columns) * 24 + 2}`}, ...figures),
             h('p', {}, text));
}
