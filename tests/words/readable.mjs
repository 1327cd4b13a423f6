// readable.mjs: can a reader of about twelve follow every sentence a person reads?
//
//     node readable.mjs [--all]      --all also prints the figures of each file
//
// Formula: the Flesch-Kincaid grade, 0.39 words a sentence + 11.8 syllables a word - 15.59,
// with the Automated Readability Index beside it (letters instead of syllables) as a check
// on the counting of syllables. Grade 6 to 7 is what a reader of twelve can follow.
//
// Limits, over the words of knowledge/words/en:
//   a question (ask, label, how, option of a finding; title, why of a screen)
//                     no sentence above 20 words, no text above grade 9, each file's
//                     questions together at most grade 5 by both formulas
//   everything else   no sentence above 25 words, at most 1 text in 10 with a sentence above
//                     20; no text above grade 12, each file together at most grade 6
// The grade of a text of fewer than 8 words says nothing (one long word doubles it): such
// texts count in the figures of their file only. Questions that only a clinician or a
// laboratory answers, and words for clinicians (score items, tests), keep the limits on
// sentences only. A colon or a semicolon ends a sentence as a full stop does. Words that
// a reader knows or is told in the text count as easy: EASY.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { automatedReadability } from "automated-readability";
import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";
import { parse } from "yaml";

const KNOWLEDGE = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "knowledge");
const LIMITS = {
  question: { words: 20, grade: 9, file: 5, often: 20, share: 1 },
  text: { words: 25, grade: 12, file: 6, often: 20, share: 0.1 },
  expert: { words: 25, grade: Infinity, file: Infinity, often: 25, share: 1 },
};
const SHORT = 8;

// Counted as two syllables and six letters. Health words in daily use, words that the
// text explains where they stand, and names printed on the packet in the reader's hand:
// those of drugs.yaml.
const EASY = new Set(
  `ambulance antibiotic antibiotics appointment arteries artery ankle calcium chemotherapy
   cholesterol circulation clinic diabetes dialysis doctor emergency exercise exercises
   hospital infection infected inflamed injection injury kidney laboratory magnesium
   medicine medicines midwife muscle muscles operation painkiller painkillers paracetamol
   pharmacist physiotherapist physiotherapy potassium pregnancy pregnant pre-eclampsia
   sodium specialist statin statins stocking stockings surgery tablet tablets ultrasound
   vitamin urgently urine maternity oestrogen anti-inflammatory inflammatory swollen
   alcohol family temperature therapist everyday compression
   fibrillation anticoagulant antiplatelet diuretic creatine ferritin haemophilia aneurysm
   ibuprofen naproxen diclofenac aspirin warfarin apixaban rivaroxaban edoxaban dabigatran
   heparin clopidogrel ticagrelor prasugrel bendroflumethiazide hydrochlorothiazide
   chlortalidone indapamide spironolactone eplerenone amiloride triamterene furosemide
   bumetanide torasemide salmeterol formoterol vilanterol clarithromycin erythromycin
   ciclosporin gemfibrozil amlodipine nifedipine gabapentin pregabalin
   pioglitazone omeprazole lansoprazole famotidine ramipril losartan thiazide
   amphetamine amphetamines cocaine ecstasy caesarean`.split(/\s+/),
);

for (const drug of parse(readFileSync(join(KNOWLEDGE, "drugs.yaml"), "utf8")).drugs)
  for (const name of drug.names ?? [])
    for (const word of name.split(/[^a-z-]+/)) EASY.add(word);

// ---- who reads what ----

const books = readdirSync(KNOWLEDGE, { recursive: true })
  .filter((name) => name.endsWith(".yaml") && !name.startsWith("words"))
  .map((name) => parse(readFileSync(join(KNOWLEDGE, name), "utf8")));
const findings = new Map(
  books.flatMap((book) => book.findings ?? []).map((finding) => [finding.id, finding]),
);
const isExpert = (finding) => ["clinician", "laboratory"].includes(findings.get(finding)?.who);
const expertScreens = new Set(
  books
    .flatMap((book) => book.screens ?? [])
    .filter((screen) => screen.findings.every(isExpert))
    .map((screen) => screen.id),
);

function kindOf(key) {
  const [kind, id, part] = key.split(".");
  if (kind === "search" || part === "topics") return null; // never shown
  if (kind === "finding" && part !== "why") return isExpert(id) ? "expert" : "question";
  if (kind === "screen") return expertScreens.has(id) ? "expert" : "question";
  return ["score", "test", "unit"].includes(kind) ? "expert" : "text";
}

// ---- counting ----

const wordsOf = (text) => text.match(/[A-Za-z0-9][A-Za-z0-9'’./%-]*/g) ?? [];
const sentencesOf = (text) =>
  text.split(/(?<=[.?!:;])\s+/).filter((part) => wordsOf(part).length > 0);

function measure(texts) {
  const sum = { sentence: 0, word: 0, syllable: 0, character: 0, longest: 0 };
  for (const sentence of texts.flatMap(sentencesOf)) {
    const words = wordsOf(sentence);
    sum.sentence += 1;
    sum.word += words.length;
    sum.longest = Math.max(sum.longest, words.length);
    for (const word of words) {
      const plain = word.replace(/[^A-Za-z-]/g, "").replace(/-+$/, "");
      const easy = EASY.has(plain.toLowerCase());
      sum.syllable += easy ? 2 : Math.max(1, syllable(plain));
      sum.character += easy ? 6 : Math.max(1, plain.length);
    }
  }
  return { ...sum, grade: fleschKincaid(sum), index: automatedReadability(sum) };
}

// ---- the words ----

const faults = [];
const groups = new Map();
let n = 0;
for (const file of readdirSync(join(KNOWLEDGE, "words", "en")).sort()) {
  const { words } = parse(readFileSync(join(KNOWLEDGE, "words", "en", file), "utf8"));
  for (const [key, value] of Object.entries(words)) {
    const kind = kindOf(key);
    if (!kind) continue;
    n += 1;
    const steps = [value].flat().map((step) => String(step).replace(/\{\w+\}/g, "x"));
    const text = measure(steps);
    const limit = LIMITS[kind];
    if (text.longest > limit.words)
      faults.push(`${key}: a sentence of ${text.longest} words (at most ${limit.words})`);
    if (text.word >= SHORT && text.grade > limit.grade)
      faults.push(`${key}: grade ${text.grade.toFixed(1)} (at most ${limit.grade})`);
    const name = `${file}, ${kind}`;
    if (!groups.has(name)) groups.set(name, { kind, steps: [], texts: 0, long: 0 });
    const group = groups.get(name);
    group.steps.push(...steps);
    group.texts += 1;
    group.long += text.longest > limit.often;
  }
}
for (const [name, { kind, steps, texts, long }] of groups) {
  const { grade, index } = measure(steps);
  const limit = LIMITS[kind];
  if (grade > limit.file || index > limit.file)
    faults.push(`${name}: grade ${grade.toFixed(1)}, index ${index.toFixed(1)} together`);
  if (long > limit.share * texts)
    faults.push(`${name}: ${long} of ${texts} texts have a sentence above ${limit.often} words`);
  if (process.argv.includes("--all"))
    console.log(`${name}: ${texts} texts, grade ${grade.toFixed(1)}, index ${index.toFixed(1)}`);
}

for (const fault of faults) console.log(fault);
console.log(`readable: ${n} texts, ${faults.length} above a limit`);
process.exit(faults.length === 0 ? 0 : 1);
