// router.ts: which view is shown. The address after # says it, so that back, forward and a
// refresh do what people expect: #/ask/danger_body, #/result, #/claims.

export type View = (parts: readonly string[]) => HTMLElement;

const views = new Map<string, View>();

export function addView(name: string, view: View): void {
    views.set(name, view);
}

/** Shows at once: the browser would tell of a new hash only later, and look for an element
 * of that name first. */
export function go(path: string): void {
    if (location.hash !== `#/${path}`) history.pushState(null, '', `#/${path}`);
    show();
}

/** Like go, but "back" does not return to where we are. */
export function goInstead(path: string): void {
    history.replaceState(null, '', `#/${path}`);
    show();
}

/** Shows the view of the address; the heading gets the focus, so that a screen reader
 * begins there. */
function show(isFirst = false): void {
    const [name = '', ...parts] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    const view = views.get(name) ?? views.get('');
    const place = document.getElementById('content');
    if (!view || !place) return;
    const element = view(parts);
    const heading = element.querySelector<HTMLElement>('h1');
    if (!isFirst) heading?.setAttribute('tabindex', '-1'); // before it is styled
    place.replaceChildren(element);
    document.title = `${heading?.textContent ?? ''} - Charley`.replace(/^ - /, '');
    if (isFirst) return;
    scrollTo(0, 0);
    heading?.focus({preventScroll: true});
}

/** What was opened, told by the headings it stands under; numbers in them may change. */
function keyOf(details: HTMLDetailsElement): string {
    const heading = details.closest('section, li')?.querySelector('h2, h3')?.textContent ?? '';
    return `${heading} ${details.querySelector('summary')?.textContent ?? ''}`.replace(/\d+/g, '');
}

/** Shows the same view anew after a change; what was open stays open, and the focus where it was. */
export function redraw(): void {
    const place = document.getElementById('content')!;
    const all = () => [...place.querySelectorAll('details')];
    const open = new Set(all().filter(details => details.open).map(keyOf));
    const focused = document.activeElement?.id;
    show(true);
    for (const details of all())
        if (open.has(keyOf(details))) {
            details.open = true;
            details.dispatchEvent(new Event('fill'));
        }
    const target = (focused ? document.getElementById(focused) : null) ?? place.querySelector<HTMLElement>('h1');
    if (target?.tagName === 'H1') target.setAttribute('tabindex', '-1');
    target?.focus({preventScroll: true});
}

export function startRouter(): void {
    addEventListener('hashchange', () => show());
    show(true);
}
