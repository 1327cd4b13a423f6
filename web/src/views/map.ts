// map.ts: the leg map: front and back, left and right, by tap, by keyboard, or as a list.
// It answers "side" and "pain_where"; the finer places are kept with the case, for the hand-off.
import {MAP_SCREEN, PLACES, SIDE, SIDES, WHERE, type Place, type Side} from '../data.js';
import {h, svg} from '../dom.js';
import {more} from '../parts.js';
import type {State} from '../state.js';
import {joined, say} from '../words.js';

// One leg, outwards from the middle of the body; its mirror image is the other.
const BOTH = {
    outer_calf: 'M82 238C93 262 93 290 83 316 79 330 75 340 70 348Q65 350 60 350C66 312 70 276 66 243Q75 241 82 238z',
    inner_calf: 'M38 243C35 276 38 312 44 350Q40 350 36 348C32 334 24 314 20 300 12 276 14 254 22 238Q30 241 38 243z',
    ankle: 'M36 348Q53 353 70 348C67 358 67 367 70 377Q53 384 35 377C38 367 39 358 36 348z',
};
const KNEE = 'M20 206Q51 214 84 206C79 217 79 227 82 238Q52 248 22 238C25 227 25 217 20 206z';
const CALF = 'M38 243Q52 246 66 243C70 276 66 312 60 350Q52 351 44 350C38 312 35 276 38 243z';
const FRONT: Readonly<Record<string, string>> = {
    groin: 'M90 50C62 62 30 80 3 96V114C36 106 66 92 95 78 95 68 93 59 90 50z',
    thigh_front: 'M95 78C66 92 36 106 4 114 6 150 14 178 20 206Q51 214 84 206C93 164 98 118 95 78z',
    knee: KNEE, ...BOTH, shin: CALF,
    toes: 'M27 401Q56 413 88 401C95 412 93 419 85 420 80 425 71 425 67 422 62 426 55 426 51 422 46 425 39 425 36 421 25 420 21 411 27 401z',
};
const BACK: Readonly<Record<string, string>> = {
    buttock: 'M0 38Q42 38 80 31C89 48 94 66 95 84 95 92 95 98 94 104 76 124 26 126 3 108L0 96z',
    thigh_back: 'M94 104C76 124 26 126 4 109 7 148 14 178 20 206Q51 214 84 206C92 168 96 136 94 104z',
    behind_knee: KNEE, ...BOTH, calf_belly: CALF,
    sole: 'M35 377Q53 384 70 377C83 392 85 425 56 425S23 392 35 377z',
};
/** Drawn, but nothing to choose. */
const REST: Readonly<Record<'front' | 'back', readonly string[]>> = {
    front: ['M0 4H70C76 20 84 36 90 50 62 62 30 80 3 96H0z', 'M35 377Q53 384 70 377C76 387 83 394 88 401Q56 413 27 401C31 393 34 385 35 377z'],
    back: [],
};
const LOWER_BACK = 'M-70 4H70C73 13 76 22 80 31Q0 45-80 31C-76 22-73 13-70 4z';

/** "outer calf, left leg" */
export function placeInWords(key: string): string {
    const [id, side] = key.split('.');
    const name = say(`place.${id}`);
    return side ? say(`place.of_${side}`, {place: name}) : name;
}

export function placesInWords(state: State): string {
    return joined(state.places.map(placeInWords));
}

function keysOf(place: Place): string[] {
    return place.isMiddle ? [place.id] : SIDES.map(side => `${place.id}.${side}`);
}

/** The map and the list; both write into the same set of chosen places. */
export function mapFields(state: State): HTMLElement {
    const chosen = new Set(state.places);
    const inWords = h('p', {class: 'charley-map__chosen', 'aria-live': 'polite'});
    const main = h('div', {});
    const shapes = new Map<string, SVGElement[]>();
    const boxes = new Map<string, HTMLInputElement>();

    const update = () => {
        for (const [key, parts] of shapes)
            for (const part of parts) part.setAttribute('aria-checked', String(chosen.has(key)));
        for (const [key, box] of boxes) box.checked = chosen.has(key);
        inWords.textContent = chosen.size > 0 ? say('map.chosen', {places: joined([...chosen].map(placeInWords))}) : say('map.nothing');
        mainChoice(main, [...chosen]);
    };
    const toggle = (key: string) => {
        if (!chosen.delete(key)) chosen.add(key);
        form().dataset['places'] = [...chosen].join(' ');
        unknown.checked = false;
        update();
    };
    const form = () => inWords.closest('form')!;

    const area = (key: string, path: string, transform: string) => {
        const part = svg('path', {
            d: path, transform, class: 'charley-map__place', role: 'checkbox', tabindex: '0',
            'aria-checked': 'false', 'aria-label': placeInWords(key), onclick: () => toggle(key),
            onkeydown: event => {
                const {key: pressed} = event as KeyboardEvent;
                if (pressed !== ' ' && pressed !== 'Enter') return;
                event.preventDefault();
                toggle(key);
            }}, svg('title', {}, placeInWords(key)));
        shapes.set(key, [...shapes.get(key) ?? [], part]);
        return part;
    };
    const half = (view: 'front' | 'back', side: Side) => {
        // Seen from the front, the left leg is on the right.
        const isRight = (view === 'front') === (side === 'left');
        const transform = isRight ? 'translate(104 0)' : 'translate(104 0) scale(-1 1)';
        return [...REST[view].map(d => svg('path', {d, transform, class: 'charley-map__rest'})),
                ...Object.entries(view === 'front' ? FRONT : BACK).map(([id, d]) => area(`${id}.${side}`, d, transform)),
                svg('text', {x: isRight ? 155 : 53, y: 446, 'text-anchor': 'middle', 'aria-hidden': 'true'}, say(`map.${side}`))];
    };
    const drawing = (view: 'front' | 'back') => h('figure', {class: 'charley-map__view'},
        h('figcaption', {}, say(`map.${view}`)),
        svg('svg', {viewBox: '0 0 208 454', role: 'group', 'aria-label': say(`map.${view}`)},
            ...(view === 'back' ? [area('lower_back', LOWER_BACK, 'translate(104 0)')] : []),
            ...half(view, view === 'front' ? 'right' : 'left'), ...half(view, view === 'front' ? 'left' : 'right')));

    const box = (place: Place) => h('div', {class: 'charley-map__row'}, h('span', {}, say(`place.${place.id}`)),
        keysOf(place).map(key => {
            const input = h('input', {class: 'nhsuk-checkboxes__input', type: 'checkbox', id: `list-${key}`, checked: chosen.has(key),
                                      'aria-label': placeInWords(key), onchange: () => toggle(key)});
            boxes.set(key, input);
            return h('div', {class: 'nhsuk-checkboxes__item'}, input,
                     h('label', {class: 'nhsuk-label nhsuk-checkboxes__label', for: `list-${key}`}, say(key.includes('.') ? `map.${key.split('.')[1]}` : 'map.middle')));
        }));
    const unknown = h('input', {class: 'nhsuk-checkboxes__input', type: 'checkbox', id: 'map-unknown', name: 'unknown', value: 'yes', onchange: () => {
        if (!unknown.checked) return;
        chosen.clear();
        form().dataset['places'] = '';
        update();
    }});

    queueMicrotask(() => { form().dataset['places'] = [...chosen].join(' '); });
    const fields = h('fieldset', {class: 'nhsuk-fieldset'},
        h('legend', {class: 'nhsuk-fieldset__legend'},
          h('h1', {class: 'nhsuk-fieldset__heading'}, say(state.isOther ? 'map.title_other' : 'map.title'))),
        h('div', {class: 'nhsuk-hint'}, say('map.hint')),
        h('div', {class: 'charley-map'}, drawing('front'), drawing('back')),
        inWords, main,
        more(say('map.list'), () => h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small charley-map__list'}, PLACES.map(box))),
        h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small'},
          h('div', {class: 'nhsuk-checkboxes__item'}, unknown,
            h('label', {class: 'nhsuk-label nhsuk-checkboxes__label', for: 'map-unknown'}, say('dont_know')))));
    update();
    return fields;
}

function optionOf(key: string): string {
    return PLACES.find(place => place.id === key.split('.')[0])!.option;
}

/** Asks which place is the main one when the engine would tell them apart. */
function mainChoice(into: HTMLElement, keys: readonly string[]): void {
    const options = new Set(keys.map(optionOf));
    if (options.size < 2) return into.replaceChildren();
    const names = [...new Set(keys.map(key => key.split('.')[0]!))];
    into.replaceChildren(h('div', {class: 'nhsuk-form-group'},
        h('label', {class: 'nhsuk-label', for: 'main-place'}, say('map.main')),
        h('select', {class: 'nhsuk-select', id: 'main-place', name: 'main'},
          names.map(id => h('option', {value: id}, say(`place.${id}`))))));
}

/** Takes the map's answers into the session; says why not. */
export function takeMap(state: State, form: HTMLFormElement): string | null {
    const {session} = state;
    const keys = (form.dataset['places'] ?? '').split(' ').filter(key => key !== '');
    const data = new FormData(form);
    const isUnknown = data.get('unknown') !== null;
    if (keys.length === 0 && !isUnknown) return say('map.wrong');
    session.clear(WHERE);
    session.clear(SIDE);
    const sides = new Set(keys.flatMap(key => key.split('.')[1] ?? []));
    session.skip(MAP_SCREEN, sides.size === 0);
    const main = String(data.get('main') ?? '');
    session.places = keys.sort((a, b) => Number(b.startsWith(`${main}.`)) - Number(a.startsWith(`${main}.`)));
    if (isUnknown) return null;
    session.answer(`${WHERE}=${optionOf(main || keys[0]!)}`, 'yes');
    if (sides.size > 0) session.answer(`${SIDE}=${sides.size === 2 ? 'both' : [...sides][0]}`, 'yes');
    return null;
}
