// dom.ts: the few lines that make elements; no framework.

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: Event) => void);

/** An element. `on...` members are listeners; true and false set or leave out an attribute. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag, attributes: Record<string, Value> = {},
    ...children: (Child | Child[])[]): HTMLElementTagNameMap[Tag] {
    const element = document.createElement(tag);
    set(element, attributes);
    element.append(...children.flat().filter((child): child is Node | string =>
        child !== null && child !== undefined && child !== false && child !== ''));
    return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag: string, attributes: Record<string, Value> = {},
                    ...children: (Node | string)[]): SVGElement {
    const element = document.createElementNS(SVG, tag);
    set(element, attributes);
    element.append(...children);
    return element;
}

function set(element: Element, attributes: Record<string, Value>): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function')
            element.addEventListener(name.slice(2), value);
        else if (value === true)
            element.setAttribute(name, '');
        else if (value !== false && value !== null && value !== undefined)
            element.setAttribute(name, String(value));
    }
}

/** One paragraph or list item for each line. */
export function lines(text: string): string[] {
    return text.split('\n').filter(line => line !== '');
}
