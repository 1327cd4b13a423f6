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

/**
 * The strings, each with its zero:
 *     sizes of what follows (4 x 4 bytes) | pieces of each string, 0: a sentence (1 byte each)
 *     | the pieces, each with a zero | numbers of pieces, as planes | the sentences, each with a zero
 */
function unpackStrings(take: (n: number) => Uint8Array, size: number): Uint8Array {
    const [nStrings, pieceBytes, nNumbers, sentenceBytes] = fromPlanes(take(16), 4) as unknown as [number, number, number, number];
    const counts = take(nStrings);
    const pieces = take(pieceBytes);
    const pieceAt = stringsOf(pieces);
    const numbers = fromPlanes(take(4 * nNumbers), nNumbers);
    const sentences = take(sentenceBytes);
    const out = new Uint8Array(size);
    let at = 0, sentence = 0, number = 0, newest = 0;
    let before: number[] = [];
    const put = (bytes: Uint8Array) => {
        out.set(bytes, at);
        at += bytes.length;
    };
    for (const count of counts) {
        if (count === 0) {
            const end = sentences.indexOf(0, sentence) + 1;
            put(sentences.subarray(sentence, sentence = end));
            continue;
        }
        const name: number[] = [];
        for (let place = 0; place < count; place++) {
            const told = numbers[number++]!;
            const piece = told === PIECE.isNew ? newest++ : told === PIECE.isSame ? before[place]! : told - PIECE.first;
            name.push(piece);
            put(pieces.subarray(pieceAt[piece]!, pieceAt[piece + 1]!));
            if (place + 1 < count) out[at - 1] = DOT;
        }
        before = name;
    }
    return out;
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
    const view = new DataView(image.buffer);
    let at = 0;
    const take = (n: number) => {
        if (at + n > source.length) throw new RangeError('the packed image is cut short');
        return source.subarray(at, at += n);
    };
    image.set(take(tableEnd));
    const strings = sections[0]!;
    image.set(unpackStrings(take, strings.rows), strings.offset);
    const begins = stringsOf(image.subarray(strings.offset, strings.offset + strings.rows));

    const put: ((rows: number, first: number, stride: number) => number)[] = [];
    const each = (rows: number, first: number, stride: number, value: (row: number) => number) => {
        for (let i = 0, to = first; i < rows; i++, to += stride) view.setUint32(to, value(i), true);
    };
    put[FORMS.planes] = (rows, first, stride) => {
        const values = fromPlanes(take(4 * rows), rows);
        each(rows, first, stride, i => values[i]!);
        return 4;
    };
    put[FORMS.steps] = (rows, first, stride) => {
        const values = fromPlanes(take(4 * rows), rows);
        let last = 0;
        each(rows, first, stride, i => (last = last + unfold(values[i]!) | 0));
        return 4;
    };
    const plain = (width: number) => (rows: number, first: number, stride: number) => {
        const bytes = take(width * rows);
        for (let i = 0, to = first; i < rows; i++, to += stride) image.set(bytes.subarray(i * width, (i + 1) * width), to);
        return width;
    };
    put[FORMS.words] = plain(4);
    put[FORMS.doubles] = plain(8);
    put[FORMS.texts] = (rows, first, stride) => {
        const values = fromPlanes(take(4 * rows), rows);
        let last = -1;
        const chosen = Array.from(values, value => (last += 1 + unfold(value)));
        each(rows, first, stride, i => begins[chosen[i]!]!);
        each(rows, first + 4, stride, i => begins[chosen[i]! + 1]! - begins[chosen[i]!]! - 1);
        return 8;
    };
    for (const {offset, rows, stride} of sections.slice(1))
        for (let column = 0; column < stride;) {
            const form = put[take(1)[0]!];
            if (!form) throw new RangeError('the packed image has an unknown column');
            column += form(rows, offset + column, stride);
        }
    return image;
}
