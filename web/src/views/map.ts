// map.ts: the leg map: front and back, left and right, by tap, by keyboard, or as a list.
// It answers "side" and "pain_where"; the finer places go into the hand-off.
import {MAP_SCREEN, PLACES, SIDE, SIDES, WHERE, type Place, type Side} from '../data.js';
import {h, svg} from '../dom.js';
import {more} from '../parts.js';
import type {State} from '../state.js';
import {joined, say} from '../words.js';

const WHOLE: Place = {id: 'whole_leg', option: 'whole_leg', view: 'both'};
const LISTED = [...PLACES, WHOLE];

// One leg, outwards from the middle of the body; its mirror image is the other.
const FRONT: Readonly<Record<string, string>> = {
    groin: 'M90 50 8 92v18l84-34z',
    thigh_front: 'M92 80 10 113c2 38 4 62 6 90h70c5-38 8-80 6-123z',
    knee: 'M16 206h70v29H14z',
    outer_calf: 'M66 238h20c14 30 9 72-14 106H58c8-36 12-74 8-106z',
    shin: 'M38 238h25c4 32 0 70-8 106H43c-7-36-9-74-5-106z',
    inner_calf: 'M14 238h21c-4 32-2 70 5 106H28C6 308 2 268 14 238z',
    ankle: 'M28 347h44v27H28z',
    toes: 'M22 400h58c3 14-5 22-15 22H37c-10 0-18-8-15-22z',
};
const BACK: Readonly<Record<string, string>> = {
    buttock: 'M3 34h80c8 18 10 36 9 54-20 18-68 20-87 10z',
    thigh_back: 'M92 92C74 112 26 114 9 104c3 48 5 71 7 99h70c5-38 8-70 6-111z',
    behind_knee: 'M16 206h70v29H14z',
    outer_calf: 'M66 238h20c14 30 9 72-14 106H58c8-36 12-74 8-106z',
    calf_belly: 'M38 238h25c4 32 0 70-8 106H43c-7-36-9-74-5-106z',
    inner_calf: 'M14 238h21c-4 32-2 70 5 106H28C6 308 2 268 14 238z',
    ankle: 'M28 347h44v27H28z',
    sole: 'M30 377h41c10 22 3 44-20 44s-31-22-21-44z',
};
/** Drawn, but nothing to choose. */
const REST: Readonly<Record<'front' | 'back', readonly string[]>> = {
    front: ['M0 4h74c8 14 14 28 16 43L8 89H0z', 'M28 377h44l8 20H23z'],
    back: [],
};
const LOWER_BACK = 'M-74 4H74c4 9 7 18 9 27H-83c2-9 5-18 9-27z';

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
        h('legend', {class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--l'},
          h('h1', {class: 'nhsuk-fieldset__heading'}, say(state.isOther ? 'map.title_other' : 'map.title'))),
        h('div', {class: 'nhsuk-hint'}, say('map.hint')),
        h('div', {class: 'charley-map'}, drawing('front'), drawing('back')),
        inWords, main,
        more(say('map.list'), () => h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small charley-map__list'}, LISTED.map(box))),
        h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small'},
          h('div', {class: 'nhsuk-checkboxes__item'}, unknown,
            h('label', {class: 'nhsuk-label nhsuk-checkboxes__label', for: 'map-unknown'}, say('dont_know')))));
    update();
    return fields;
}

function optionOf(key: string): string {
    return LISTED.find(place => place.id === key.split('.')[0])!.option;
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
    state.places = keys;
    const sides = new Set(keys.flatMap(key => key.split('.')[1] ?? []));
    session.skip(MAP_SCREEN, sides.size === 0);
    if (isUnknown) return null;
    const main = String(data.get('main') ?? '');
    state.places.sort((a, b) => Number(b.startsWith(`${main}.`)) - Number(a.startsWith(`${main}.`)));
    session.answer(`${WHERE}=${optionOf(main || keys[0]!)}`, 'yes');
    if (sides.size > 0) session.answer(`${SIDE}=${sides.size === 2 ? 'both' : [...sides][0]}`, 'yes');
    return null;
}
