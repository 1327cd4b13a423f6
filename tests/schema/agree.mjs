// agree.mjs: do the JSON Schemas for editors and our own checker agree on what an entry
// may look like?
//
//     node agree.mjs CHECKER [ARGUMENT...]
//
// CHECKER is run with a folder as its last argument and prints faults as
// "...FILE:LINE:COLUMN: KB-0NN ...", as `charley kb check` does. Every file of knowledge/
// and tests/kb_good, and of each failing bookshelf whose lint is one that a schema can
// see, must be good for both or bad for both. The exit code is 0 when they agree.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const SCHEMAS = join(ROOT, "knowledge", "schema");
const GOOD = join(ROOT, "tests", "kb_good");
const BAD = join(ROOT, "tests", "kb_bad");

// Lints about the form of one entry: what a schema sees. The rest needs other entries,
// arithmetic, or the bytes of the file.
const FORM_LINTS = new Set([
  "KB-011", // unknown-key
  "KB-012", // missing-key
  "KB-013", // wrong-type
  "KB-014", // out-of-range
  "KB-015", // not-a-choice
  "KB-016", // grade
  "KB-017", // claim-verdict
  "KB-018", // bad-id
  "KB-019", // bad-text
  "KB-020", // expression
  "KB-022", // no-unknown
]);

// Lints that stop before the form is looked at: the file is no plain YAML.
const YAML_LINTS = /^KB-0(0[1-9]|10)$/;

function loadSchemas() {
  // Unions and conditions without types are meant: the parts are put together by allOf.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
  const read = (name) =>
    JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), "utf8"));
  ajv.addSchema(read("common"), "common.schema.json");
  const names = ["meta", "condition", "profile", "words", "entries"];
  return Object.fromEntries(names.map((name) => [name, ajv.compile(read(name))]));
}

function schemaNameOf(file) {
  if (file === "meta.yaml") return "meta";
  if (file.startsWith("conditions/")) return "condition";
  if (file.startsWith("profiles/")) return "profile";
  return file.startsWith("words/") ? "words" : "entries";
}

function yamlFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
}

// The lints our checker reports for each file of a bookshelf.
function checkedLints(command, folder) {
  const run = spawnSync(command[0], [...command.slice(1), folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error || run.signal) throw new Error(`${command[0]} could not be run`);
  const lints = new Map();
  for (const line of (run.stdout + run.stderr).split("\n")) {
    const fault = line.match(/^(.*?):\d+:\d+: .*?(KB-\d{3})\b/);
    if (!fault) continue;
    const file = relative(folder, join(folder, relative(folder, fault[1])));
    lints.set(file, [...(lints.get(file) ?? []), fault[2]]);
  }
  return lints;
}

// Files of a bookshelf on which the two disagree.
function compare(schemas, command, folder, name) {
  const lints = checkedLints(command, folder);
  const wrong = [];
  let n = 0;
  for (const file of yamlFiles(folder)) {
    const ours = lints.get(file) ?? [];
    if (ours.some((lint) => YAML_LINTS.test(lint))) continue;
    const validate = schemas[schemaNameOf(file)];
    const isValid = validate(parse(readFileSync(join(folder, file), "utf8")));
    const isGood = !ours.some((lint) => FORM_LINTS.has(lint));
    n++;
    if (isValid === isGood) continue;
    const said = isValid ? "the schema allows it" : validate.errors[0].message;
    const where = isValid ? "" : ` at ${validate.errors[0].instancePath}`;
    wrong.push(`${name}/${file}: we say ${ours.join(" ") || "good"}; ${said}${where}`);
  }
  return { n, wrong };
}

// A failing bookshelf: the good one with some files replaced.
function compareBad(schemas, command, fixture) {
  const folder = mkdtempSync(join(tmpdir(), "agree-"));
  try {
    cpSync(GOOD, folder, { recursive: true });
    cpSync(join(BAD, fixture), folder, { recursive: true });
    return compare(schemas, command, folder, fixture);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const command = process.argv.slice(2);
if (command.length === 0) {
  console.error("usage: node agree.mjs CHECKER [ARGUMENT...]");
  process.exit(2);
}
const schemas = loadSchemas();
const results = [
  compare(schemas, command, join(ROOT, "knowledge"), "knowledge"),
  compare(schemas, command, GOOD, "kb_good"),
  ...readdirSync(BAD)
    .filter((fixture) => FORM_LINTS.has(fixture.slice(0, 6)))
    .map((fixture) => compareBad(schemas, command, fixture)),
];
const wrong = results.flatMap((result) => result.wrong);
const n = results.reduce((sum, result) => sum + result.n, 0);
wrong.forEach((line) => console.error(line));
console.log(`schemas and checker agree on ${n - wrong.length} of ${n} files`);
process.exit(wrong.length === 0 ? 0 : 1);
