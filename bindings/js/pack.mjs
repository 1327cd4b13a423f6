// pack.mjs: a knowledge image as it travels (src/packed.ts says how). Each column is written
// in the form that compresses best, which is found by trying.
//   node pack.mjs IMAGE PACKED
import {readFileSync, writeFileSync} from 'node:fs';
import {argv} from 'node:process';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync, constants} from 'node:zlib';
import {FORMS, IMAGE_MAGIC, MAGIC, NAME, PIECE, sectionsOf, stringsOf, unpackImage} from './dist/packed.js';

const compressed = bytes => brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: 9}}).length;
const fold = step => (step << 1 ^ step >> 31) >>> 0;

/** 32-bit numbers as four planes of bytes. */
function planes(values) {
    const n = values.length;
    const bytes = Buffer.alloc(4 * n);
    values.forEach((value, i) => {
        for (let k = 0; k < 4; k++) bytes[k * n + i] = value >>> 8 * k;
    });
    return bytes;
}

/** The forms that a column may be written in: [form, its bytes, bytes of a row]. */
function* forms(image, {offset, rows, stride}, column, numberOf) {
    const at = row => offset + row * stride + column;
    const every = Array.from({length: rows}, (_, i) => i);
    const values = every.map(i => image.readUInt32LE(at(i)));
    const plain = width => Buffer.concat(every.map(i => image.subarray(at(i), at(i) + width)));
    const steps = (list, first, more) => planes(list.map((value, i) => fold(value - (i ? list[i - 1] : first) - more | 0)));
    yield [FORMS.planes, planes(values), 4];
    yield [FORMS.steps, steps(values, 0, 0), 4];
    yield [FORMS.words, plain(4), 4];
    if (column + 8 > stride) return;
    const texts = every.map(i => numberOf(values[i], image.readUInt32LE(at(i) + 4)));
    if (!texts.includes(undefined)) yield [FORMS.texts, steps(texts, -1, 1), 8];
    if ((offset + column) % 8 === 0) yield [FORMS.doubles, plain(8), 8];
}

/** The bytes of one section: for each of its columns the best form, and what it wrote. */
function packSection(image, section, numberOf) {
    const out = [];
    const best = column => [...forms(image, section, column, numberOf)]
        .map(([form, bytes, width]) => ({form, bytes, width, size: compressed(bytes)}));
    const least = list => list.reduce((a, b) => (b.size < a.size ? b : a));
    for (let column = 0; column < section.stride;) {
        const here = best(column);
        const narrow = least(here.filter(one => one.width === 4));
        const wide = here.filter(one => one.width === 8);
        let chosen = narrow;
        if (wide.length > 0) {
            const next = least(best(column + 4).filter(one => one.width === 4));
            if (least(wide).size <= narrow.size + next.size) chosen = least(wide);
        }
        out.push(Buffer.of(chosen.form), chosen.bytes);
        column += chosen.width;
    }
    return out;
}

/** The strings, names apart from sentences. */
function packStrings(strings) {
    const begins = stringsOf(strings);
    const counts = [], pieces = [], numbers = [], sentences = [];
    const numberOf = new Map();
    let before = [];
    for (let i = 0; i + 1 < begins.length; i++) {
        const text = strings.subarray(begins[i], begins[i + 1] - 1).toString();
        if (!NAME.test(text)) {
            counts.push(0);
            sentences.push(strings.subarray(begins[i], begins[i + 1]));
            continue;
        }
        const parts = text.split('.');
        before = parts.map((part, place) => {
            const known = numberOf.get(part);
            if (known === undefined) {
                pieces.push(`${part}\0`);
                numberOf.set(part, numberOf.size);
            }
            numbers.push(known === undefined ? PIECE.isNew : known === before[place] ? PIECE.isSame : PIECE.first + known);
            return numberOf.get(part);
        });
        counts.push(parts.length);
    }
    const dictionary = Buffer.from(pieces.join('')), plain = Buffer.concat(sentences);
    return [planes([dictionary.length, plain.length, counts.length, numbers.length]), dictionary, plain, Buffer.from(counts), planes(numbers)];
}

/** @returns {Buffer} the image, packed */
export function packImage(bytes) {
    const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (image.subarray(0, 8).toString() !== IMAGE_MAGIC) throw new RangeError('this is no knowledge image');
    const {tableEnd, sections} = sectionsOf(new DataView(image.buffer, image.byteOffset));
    const strings = image.subarray(sections[0].offset, sections[0].offset + sections[0].rows);
    const begins = stringsOf(strings);
    const numbers = new Map(Array.from(begins, (begin, i) => [begin, i]));
    const numberOf = (offset, size) => {
        const number = numbers.get(offset);
        return number !== undefined && begins[number + 1] - offset - 1 === size ? number : undefined;
    };
    const packed = Buffer.concat([Buffer.from(MAGIC), image.subarray(0, tableEnd), ...packStrings(strings),
                                  ...sections.slice(1).flatMap(section => packSection(image, section, numberOf))]);
    if (!image.equals(unpackImage(packed))) throw new Error('unpacking does not give the image back');
    return packed;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(argv[3], packImage(readFileSync(argv[2])));
