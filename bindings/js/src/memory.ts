// memory.ts: the engine's linear memory: handing out room, texts in and out, and where
// the members of the few C structs lie that cross the border (checked by layout.c).

/** The functions of charley.h as the module exports them; pointers are numbers. */
export interface EngineExports {
    readonly memory: WebAssembly.Memory;
    _initialize?(): void;
    [name: string]: unknown;
}

/** sizeof and offsetof on wasm32, in bytes; bindings/js/layout.c fails to compile when one is wrong. */
export const LAYOUT = {
    error: {size: 528, status: 0, line: 4, column: 8, offset: 12, where: 16, id: 144, text: 208},
    where: 128,
    id: 64,
    text: 320,
    options: {size: 16, maxWidth: 0, clinician: 4, region: 8},
    /** charley_text: pointer, then size */
    textSize: 8,
} as const;

const PAGE = 65536;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Room in the engine's memory. It is never given back: a page opens one image and a
 * handful of sessions. What a call needs only for its own time comes from `scratch`,
 * which the next call uses again.
 */
export class Memory {
    readonly #memory: WebAssembly.Memory;
    #next = 0;
    #end = 0;
    #scratch = 0;
    #scratchSize = 0;
    #scratchUsed = 0;

    constructor(memory: WebAssembly.Memory) {
        this.#memory = memory;
    }

    /** `size` bytes of zeroed memory, 16-byte aligned. */
    take(size: number): number {
        this.#next = (this.#next + 15) & ~15;
        if (this.#next + size > this.#end) {
            const nPages = Math.ceil(size / PAGE) + 1;
            const start = this.#memory.grow(nPages) * PAGE;
            if (start !== this.#end) this.#next = start;
            this.#end = start + nPages * PAGE;
        }
        const at = this.#next;
        this.#next += size;
        return at;
    }

    /** Forgets what earlier calls put into the scratch memory. */
    begin(): void {
        this.#scratchUsed = 0;
    }

    /** `size` bytes until the next `begin`. */
    scratch(size: number): number {
        const wanted = this.#scratchUsed + size + 16;
        if (wanted > this.#scratchSize) {
            // What has been handed out stays valid: the old block is simply left.
            this.#scratchSize = Math.max(2 * wanted, 4096);
            this.#scratch = this.take(this.#scratchSize);
            this.#scratchUsed = 0;
        }
        const at = this.#scratch + this.#scratchUsed;
        this.#scratchUsed = (this.#scratchUsed + size + 15) & ~15;
        return at;
    }

    bytes(at: number, size: number): Uint8Array {
        return new Uint8Array(this.#memory.buffer, at, size);
    }

    word(at: number): number {
        return new DataView(this.#memory.buffer).getUint32(at, true);
    }

    setWord(at: number, value: number): void {
        new DataView(this.#memory.buffer).setUint32(at, value, true);
    }

    /** A copy of `text` as UTF-8, in scratch memory. */
    putText(text: string): {at: number; size: number} {
        const bytes = encoder.encode(text);
        const at = this.scratch(bytes.length);
        this.bytes(at, bytes.length).set(bytes);
        return {at, size: bytes.length};
    }

    /** The address of a charley_text for `text`: how a struct is passed by value. */
    putView(text: string): number {
        const view = this.scratch(LAYOUT.textSize);
        this.setView(view, text);
        return view;
    }

    /** Fills the charley_text at `view`; the text lies in scratch memory. */
    setView(view: number, text: string): void {
        const {at, size} = this.putText(text);
        this.setWord(view, at);
        this.setWord(view + 4, size);
    }

    /** The text that a charley_text at `view` describes. */
    getView(view: number): string {
        return this.getText(this.word(view), this.word(view + 4));
    }

    getText(at: number, size: number): string {
        return decoder.decode(this.bytes(at, size).slice());
    }

    /** A NUL-terminated text of at most `most` bytes. */
    getString(at: number, most: number): string {
        const bytes = this.bytes(at, most).slice();
        const end = bytes.indexOf(0);
        return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
    }
}
