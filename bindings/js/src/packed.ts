/**
 * A knowledge image as it travels: the same bytes in an order that compresses better.
 *
 * An image is read in place, so it keeps records of fixed size and, for every text, where
 * it begins and how long it is. Packed, each column of a section stands by itself, in the
 * form that turned out smallest (pack.mjs), and a text is told by its number. Unpacking
 * gives the image back byte for byte; its hash is checked when it is opened, as ever.
 *
 *     "CHARLEYP" | header and section table of the image | strings | columns of section 1, 2 ...
 *
 * A column is one byte for its form, then n values. The strings are parted into sentences and
 * names ("condition.gout.what"): names are told by the numbers of their pieces.
 */

/** How the values of a column are told; their order is part of the format. */
export const FORMS = {
    /** 4 bytes a row: all first bytes, all second bytes ... */
    planes: 0,
    /** 4 bytes a row: the same of the difference to the row before */
    steps: 1,
    /** 4 bytes a row, one after the other */
    words: 2,
    /** 8 bytes a row, one after the other */
    doubles: 3,
    /** 8 bytes a row, a text: the number of its string less that of the row before, less 1; as planes */
    texts: 4,
} as const;

export const MAGIC = 'CHARLEYP';
export const IMAGE_MAGIC = 'CHARLEYK';

/** Where things stand in the image's header (src/kb/image.h). */
const HEADER = {sections: 12, size: 16, table: 120, entry: 16} as const;

export interface Section {
    readonly offset: number;
    readonly rows: number;
    readonly stride: number;
}

/** The section table of an image, or of the copy of it in a packed one. */
export function sectionsOf(image: DataView): {readonly size: number; readonly tableEnd: number; readonly sections: Section[]} {
    const n = image.getUint32(HEADER.sections, true);
    const size = Number(image.getBigUint64(HEADER.size, true));
    const sections = Array.from({length: n}, (_, i) => {
        const at = HEADER.table + i * HEADER.entry;
        return {offset: Number(image.getBigUint64(at, true)), rows: image.getUint32(at + 8, true), stride: image.getUint32(at + 12, true)};
    });
    return {size, tableEnd: HEADER.table + n * HEADER.entry, sections};
}

/** Where each string begins: after every zero; and, last, where the next would. */
export function stringsOf(bytes: Uint8Array): number[] {
    const begins = [0];
    for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) begins.push(at + 1);
    return begins;
}

const DOT = '.'.charCodeAt(0);
/** What a name is made of: pieces between dots. Sentences and all else stay as they are. */
export const NAME = /^[\w=-]+(\.[\w=-]+)*$/;
/** How the number of a piece is told: the first piece that is new, the same as in the name
 * before at this place, or its number and 2. */
export const PIECE = {isNew: 0, isSame: 1, first: 2} as const;

/** Unsigned numbers for small steps either way: 0, -1, 1, -2, 2 ... */
const unfold = (folded: number) => (folded >>> 1) ^ -(folded & 1);

/** 32-bit numbers from four planes of bytes. */
function fromPlanes(bytes: Uint8Array, rows: number): Uint32Array {
    const values = new Uint32Array(rows);
    for (let i = 0; i < rows; i++)
        values[i] = bytes[i]! | bytes[rows + i]! << 8 | bytes[2 * rows + i]! << 16 | bytes[3 * rows + i]! << 24;
    return values;
}

/** 32-bit numbers as they lie. */
const fromWords = (bytes: Uint8Array) => new Uint32Array(new Uint8Array(bytes).buffer);

/**
 * Writes the strings, each with its zero, and returns where each begins:
 *     sizes of what follows (4 x 4 bytes) | the pieces, each with a zero | the sentences, each with
 *     a zero | pieces of each string, 0: a sentence (1 byte each) | numbers of pieces, as planes
 */
function unpackStrings(take: (n: number) => Uint8Array, out: Uint8Array): Uint32Array {
    const [pieceBytes, sentenceBytes, nStrings, nNumbers] = fromPlanes(take(16), 4) as unknown as [number, number, number, number];
    const pieces = take(pieceBytes);
    const pieceAt = stringsOf(pieces);
    const sentences = take(sentenceBytes);
    const counts = take(nStrings);
    const numbers = fromPlanes(take(4 * nNumbers), nNumbers);
    const begins = new Uint32Array(nStrings + 1);
    let at = 0, sentence = 0, number = 0, newest = 0;
    // The pieces of the name before, and of this one.
    let before = new Uint32Array(256), name = new Uint32Array(256);
    for (let i = 0; i < nStrings; i++) {
        const count = counts[i]!;
        if (count === 0) {
            const end = sentences.indexOf(0, sentence) + 1;
            out.set(sentences.subarray(sentence, end), at);
            at += end - sentence;
            sentence = end;
            begins[i + 1] = at;
            continue;
        }
        for (let place = 0; place < count; place++) {
            const told = numbers[number++]!;
            const piece = told === PIECE.isNew ? newest++ : told === PIECE.isSame ? before[place]! : told - PIECE.first;
            name[place] = piece;
            for (let from = pieceAt[piece]!, end = pieceAt[piece + 1]!; from < end; from++) out[at++] = pieces[from]!;
            if (place + 1 < count) out[at - 1] = DOT;
        }
        begins[i + 1] = at;
        [before, name] = [name, before];
    }
    return begins;
}

/** Writes a column to `words`, every `step` from `first`; returns how many bytes wide it is. */
function unpackColumn(form: number, bytes: Uint8Array, words: Uint32Array, first: number, rows: number, step: number, begins: Uint32Array): number {
    const n = first + rows * step;
    if (form === FORMS.doubles || form === FORMS.words) {
        const width = form === FORMS.doubles ? 2 : 1;
        const values = fromWords(bytes);
        for (let to = first, i = 0; to < n; to += step)
            for (let k = 0; k < width; k++) words[to + k] = values[i++]!;
        return 4 * width;
    }
    const [b, c, d] = [rows, 2 * rows, 3 * rows];
    if (form === FORMS.planes) {
        for (let to = first, i = 0; to < n; to += step, i++)
            words[to] = bytes[i]! | bytes[b + i]! << 8 | bytes[c + i]! << 16 | bytes[d + i]! << 24;
        return 4;
    }
    const values = fromPlanes(bytes, rows);
    if (form === FORMS.steps) {
        for (let to = first, i = 0, last = 0; to < n; to += step) words[to] = last = last + unfold(values[i++]!) | 0;
        return 4;
    }
    if (form !== FORMS.texts) throw new RangeError('the packed image has an unknown column');
    for (let to = first, i = 0, last = -1; to < n; to += step) {
        last += 1 + unfold(values[i++]!);
        words[to] = begins[last]!;
        words[to + 1] = begins[last + 1]! - begins[last]! - 1;
    }
    return 8;
}

/**
 * The image that was packed; what is not packed is given back as it is.
 * @throws RangeError when the bytes are cut short or mixed up
 */
export function unpackImage(packed: Uint8Array): Uint8Array {
    if (String.fromCharCode(...packed.subarray(0, MAGIC.length)) !== MAGIC) return packed;
    const source = packed.subarray(MAGIC.length);
    const {size, tableEnd, sections} = sectionsOf(new DataView(source.buffer, source.byteOffset));
    if (size > 64 * packed.length) throw new RangeError('the packed image is cut short');
    const image = new Uint8Array(size);
    let at = 0;
    const take = (n: number) => {
        if (at + n > source.length) throw new RangeError('the packed image is cut short');
        return source.subarray(at, at += n);
    };
    image.set(take(tableEnd));
    const strings = sections[0]!;
    const begins = unpackStrings(take, image.subarray(strings.offset, strings.offset + strings.rows));
    // Records are whole 32-bit words, little-endian as every device that runs a browser is.
    const words = new Uint32Array(image.buffer);
    for (const {offset, rows, stride} of sections.slice(1))
        for (let column = 0; column < stride;) {
            const form = take(1)[0]!;
            const first = (offset + column) / 4;
            if (first + (rows - 1) * stride / 4 >= words.length) throw new RangeError('a section lies outside the image');
            column += unpackColumn(form, take((form === FORMS.doubles ? 8 : 4) * rows), words, first, rows, stride / 4, begins);
        }
    return image;
}
