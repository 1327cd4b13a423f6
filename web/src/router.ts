// router.ts: which view is shown. The address after # says it, so that back, forward and a
// refresh do what people expect: #/ask/danger_body, #/result, #/claims.

export type View = (parts: readonly string[]) => HTMLElement;

const views = new Map<string, View>();

export function addView(name: string, view: View): void {
    views.set(name, view);
}

export function go(path: string): void {
    if (location.hash === `#/${path}`) show();
    else location.hash = `/${path}`;
}

/** Like go, but "back" does not return to where we are. */
export function goInstead(path: string): void {
    history.replaceState(null, '', `#/${path}`);
    show();
}

/** Shows the view of the address; the heading gets the focus, so that a screen reader
 * begins there. */
export function show(isFirst = false): void {
    const [name = '', ...parts] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    const view = views.get(name) ?? views.get('');
    const place = document.getElementById('content');
    if (!view || !place) return;
    const element = view(parts);
    place.replaceChildren(element);
    const heading = element.querySelector<HTMLElement>('h1');
    document.title = `${heading?.textContent ?? ''} - Charley`.replace(/^ - /, '');
    if (isFirst) return;
    scrollTo(0, 0);
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
}

export function startRouter(): void {
    addEventListener('hashchange', () => show());
    show(true);
}
