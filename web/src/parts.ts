// parts.ts: what several views are made of: sections, things to open, sources, buttons.
import type {Failure, Items, Result} from 'charley';
import {h, svg} from './dom.js';
import type {State} from './state.js';
import {hasWord, list, number, say, word} from './words.js';

type Content = Node | string | null | undefined | false;

/** A part of a page with its heading; nothing when there is nothing in it. */
export function section(id: string, title: string, ...content: (Content | Content[])[]): HTMLElement | null {
    const children = content.flat().filter(child => child !== null && child !== undefined && child !== false && child !== '');
    if (children.length === 0) return null;
    return h('section', {id, class: `charley-section charley-section--${id}`, 'aria-labelledby': `${id}-title`},
             h('h2', {id: `${id}-title`}, title), ...children);
}

/**
 * Something to open. The content is made when it is opened, if it is a function.
 * @param about what tells it from others of the same title, for those who only hear
 */
export function more(title: string, content: (() => Content | Content[]) | Content | Content[], name = '', about = ''): HTMLDetailsElement {
    const box = h('div', {class: 'nhsuk-details__text'});
    const fill = (what: Content | Content[]) =>
        box.replaceChildren(h('div', {}, what));
    const details = h('details', {class: `nhsuk-details ${name}`},
                      h('summary', {class: 'nhsuk-details__summary'},
                        h('span', {class: 'nhsuk-details__summary-text'}, title, about ? h('span', {class: 'charley-hidden'}, `: ${about}`) : null)),
                      box);
    if (typeof content === 'function')
        for (const event of ['toggle', 'fill'])
            details.addEventListener(event, () => {
                if (details.open && box.childElementCount === 0) fill(content());
            });
    else fill(content);
    return details;
}

export function paragraphs(texts: readonly string[]): HTMLElement[] {
    return texts.map(text => h('p', {}, text));
}

export function steps(texts: readonly string[], isOrdered = true): HTMLElement | null {
    if (texts.length === 0) return null;
    if (texts.length === 1) return h('p', {}, texts[0]!);
    const items = texts.map(text => h('li', {}, text));
    return h(isOrdered ? 'ol' : 'ul', {}, items);
}

/** A labelled line, "What to expect: ..."; nothing without text. */
export function labelled(key: string, text: string | undefined): HTMLElement | null {
    return text && !list('ui.page.nothing').includes(text) ? h('p', {class: 'charley-labelled'}, h('strong', {}, say(key)), ' ', text) : null;
}

// Written out, so that the build finds which rules of nhsuk-frontend are used.
const BUTTONS = {
    primary: 'nhsuk-button',
    secondary: 'nhsuk-button nhsuk-button--secondary',
    warning: 'nhsuk-button nhsuk-button--warning',
} as const;

export function button(text: string, onclick: () => void, kind: keyof typeof BUTTONS = 'secondary', more: Record<string, string | boolean> = {}): HTMLButtonElement {
    return h('button', {type: 'button', class: BUTTONS[kind], onclick, ...more}, text);
}

export function linkButton(text: string, path: string, kind: keyof typeof BUTTONS = 'primary'): HTMLAnchorElement {
    return h('a', {class: BUTTONS[kind], href: `#/${path}`}, text);
}

/** A mark that tells by shape as well as by colour. */
export function badge(kind: string, text: string): HTMLElement {
    return h('span', {class: `charley-badge charley-badge--${kind}`}, text);
}

// ---- what is known, with its sources ----

interface Source {
    readonly id: string;
    readonly citation: string;
    readonly locator?: string;
    readonly seen?: string;
}

interface Figure {
    readonly claim: string;
    readonly value: number;
    readonly mark: string;
    readonly published?: readonly number[];
    readonly n?: number;
    readonly of?: number;
    readonly derivation?: string;
    readonly at?: string;
    readonly note?: string;
}

interface Explained {
    readonly name?: string;
    readonly who?: string;
    readonly text?: readonly string[];
    readonly numbers?: readonly Figure[];
    readonly sources?: readonly Source[];
    readonly codes?: string;
}

export function explained(state: State, id: string): Explained {
    return state.knowledge.explain(id) as Explained;
}

/** A finding, or an option with what it is an option of: "How fast it began: within hours". */
export function inFull(state: State, id: string, label: string): string {
    const [finding, option] = id.split('=');
    const name = option ? explained(state, `finding:${finding}`).name : undefined;
    return name ? say('named', {name, value: label}) : label;
}

/** A citation, and where it is found as text: this page requests nothing by itself. */
export function citation(source: Source): HTMLElement {
    const at = source.locator ?? '';
    const address = at.startsWith('doi:') ? `https://doi.org/${at.slice(4)}` : at.startsWith('https://') ? at : '';
    return h('li', {}, source.citation, ' ',
             address ? h('a', {href: address, rel: 'noreferrer', target: '_blank'}, at) : at,
             source.seen && hasWord(`ui.page.seen.${source.seen}`) ? ` (${say(`seen.${source.seen}`)})` : '');
}

function figure(one: Figure, what: string): HTMLElement {
    const parts = [
        say('figure.value', {value: number(one.value), mark: word(`mark.${one.mark}`)}),
        one.published ? say('figure.published', {values: one.published.map(number).join(', ')}) : '',
        one.n !== undefined && one.of !== undefined ? say('figure.counted', {n: one.n, of: one.of}) : '',
        one.derivation ?? '', one.at ? say('figure.at', {at: one.at}) : '', one.note ?? ''];
    return h('p', {}, h('strong', {}, what), h('br'), parts.filter(text => text !== '').map(text => text.replace(/[^.?!]$/, '$&.')).join(' '));
}

/**
 * "Where this comes from": the numbers used and the sources, one tap away.
 * @param figures claims, each with what it says something about
 */
export function sources(state: State, ids: readonly string[], figures: readonly (readonly [claim: string, what: string])[] = []): HTMLElement | null {
    if (ids.length === 0 && figures.length === 0) return null;
    return more(say('sources'), () => {
        const shown = new Map<string, Source>();
        const told: HTMLElement[] = [];
        for (const [id, what] of figures) {
            const about = explained(state, id);
            told.push(...(about.numbers ?? []).filter(one => one.claim === id).map(one => figure(one, what)));
            for (const source of about.sources ?? []) shown.set(source.id, source);
        }
        for (const id of ids)
            for (const source of explained(state, `source:${id}`).sources ?? []) shown.set(source.id, source);
        return [...told, shown.size > 0 ? h('ul', {}, [...shown.values()].map(citation)) : h('p', {}, say('sources_none'))];
    }, 'charley-sources');
}

// ---- the urgency ----

const SHAPES: Readonly<Record<string, string>> = {
    // a filled octagon, a triangle, a diamond, a square, a circle, a ring: told apart without colour
    ambulance: 'M14 2h20l12 12v20L34 46H14L2 34V14zM21 11v17h6V11zm0 21v6h6v-6z',
    emergency: 'M24 3 47 45H1zM21 17v14h6V17zm0 18v6h6v-6z',
    same_day: 'M24 1 47 24 24 47 1 24zM21 12v14h6V12zm0 18v6h6v-6z',
    within_days: 'M4 4h40v40H4zM12 18v6h24v-6zm0 11v6h14v-6z',
    routine: 'M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44zM21 10v16l10 8 4-5-8-6V10z',
    self_care: 'M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44zM12 25l9 9 16-17-4-4-12 12-5-5z',
    could_not_assess: 'M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44zM16 18h5c0-6 8-5 7 0-1 4-7 4-7 11h6c0-4 7-5 7-11C34 6 16 7 16 18zm5 14v6h6v-6z',
};

export function urgencyShape(urgency: string): SVGElement {
    return svg('svg', {viewBox: '0 0 48 48', class: 'charley-shape', 'aria-hidden': 'true', focusable: 'false'},
               svg('path', {d: SHAPES[urgency] ?? SHAPES['could_not_assess']!, 'fill-rule': 'evenodd'}));
}

export function isEmergency(result: Pick<Result | Failure, 'urgency'>): boolean {
    return result.urgency === 'ambulance' || result.urgency === 'emergency';
}

export function banner(result: Result | Failure, ...children: (HTMLElement | null)[]): HTMLElement {
    const texts = 'time_frame' in result ? [result.time_frame, result.where_to_go]
        : [word('urgency.could_not_assess.time'), word('urgency.could_not_assess.where')];
    return h('div', {class: `charley-banner charley-banner--${result.urgency}`, 'data-urgency': result.urgency},
             urgencyShape(result.urgency),
             h('div', {class: 'charley-banner__words'},
               h('h1', {}, result.headline ?? word('urgency.could_not_assess.title')),
               ...paragraphs(texts.filter(text => text !== '')), ...children));
}

/** The region's emergency number to call, or the choice of the region. */
export function emergencyCall(state: State, onChange: () => void): HTMLElement {
    const {region} = state.settings;
    const about = region ? state.knowledge.explain(`region:${region}`) as {emergency?: string} : {};
    if (about.emergency)
        return h('p', {class: 'charley-call'},
                 h('a', {class: 'nhsuk-button nhsuk-button--warning charley-call__number', href: `tel:${about.emergency.replace(/\s/g, '')}`},
                   say('call', {number: about.emergency})));
    return regionChoice(state, onChange);
}

/** Which country: whose numbers and words. */
export function regionChoice(state: State, onChange: () => void): HTMLElement {
    const regions = state.knowledge.ids('region');
    return h('div', {class: 'nhsuk-form-group'},
             h('label', {class: 'nhsuk-label', for: 'region'}, say('region')),
             h('select', {class: 'nhsuk-select', id: 'region', name: 'region', onchange: event => {
                 state.change({region: (event.target as HTMLSelectElement).value});
                 onChange();
             }},
               h('option', {value: ''}, say('region_none')),
               ...regions.filter(id => id !== 'generic').map(id =>
                   h('option', {value: id, selected: id === state.settings.region}, word(`region.${id}.name`)))));
}

export function items(state: State, entries: Items, level: 'h3' | 'h4' = 'h3'): HTMLElement[] {
    return entries.map(entry => h('div', {class: 'charley-item'},
        h(level, {}, entry.name),
        ...paragraphs((entry.text ?? '').split('\n').filter(line => line !== '')),
        sources(state, entry.sources)));
}

/** Tells people who listen: one region for the whole page. */
export function tell(text: string): void {
    const place = document.getElementById('told');
    if (!place) return;
    place.textContent = '';
    requestAnimationFrame(() => { place.textContent = text; });
}

export {list};
