// documents.mjs: is what the program prints what docs/schema promises?
//
//     node documents.mjs CHARLEY
//
// Results, failures, questions, cases and medicines of the shipped examples and of some edge cases
// are checked against the published JSON Schemas. The exit code is 0 when all fit.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const CHARLEY = process.argv[2];
const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
const schema = (name) =>
  ajv.compile(JSON.parse(readFileSync(join(ROOT, "docs", "schema", `${name}.schema.json`))));
const fits = Object.fromEntries(
  ["result", "question", "case", "claims", "drugs", "simulation", "calibration"].map((name) => [name, schema(name)]),
);

let n = 0;
let n_bad = 0;
function check(kind, name, text) {
  n += 1;
  let faults;
  try {
    faults = fits[kind](JSON.parse(text)) ? [] : fits[kind].errors;
  } catch (error) {
    faults = [{ instancePath: "", message: String(error) }];
  }
  if (faults.length === 0) return;
  n_bad += 1;
  for (const { instancePath, message } of faults)
    console.log(`${name}: ${kind}: ${instancePath} ${message}`);
}

const charley = (argv, input = "") =>
  spawnSync(CHARLEY, argv, { input, encoding: "utf8", maxBuffer: 1 << 26 }).stdout;

function checkCase(name, text) {
  check("case", name, text);
  check("result", name, charley(["assess", "-", "--json"], text));
  check("question", name, charley(["next", "-"], text));
}

const examples = join(ROOT, "examples");
for (const file of readdirSync(examples).filter((file) => file.endsWith(".json")))
  checkCase(file, readFileSync(join(examples, file), "utf8"));
checkCase("nothing answered", '{"charley_case": 1, "answers": {}}');
checkCase(
  "every kind of answer",
  '{"charley_case": 1, "skipped": ["age"], "answers": {"sex": {"male": "no"},' +
    ' "chest_pain_or_coughing_blood": true, "fever": null, "side": "left",' +
    ' "calf_difference": {"value": 1, "unit": "[in_i]"}}}',
);
checkCase(
  "places of a leg map",
  '{"charley_case": 1, "answers": {"side": "left"}, "places": ["outer_calf.left", "lower_back"]}',
);
checkCase("a cramp this minute", '{"charley_case": 1, "answers": {"cramp_attacks": "yes", "cramp_now": "yes"}}');
check("drugs", "every class", charley(["drugs", "--json"]));
check("drugs", "a clash", charley(["drugs", "--json", "statin and clarithromycin"]));
checkCase(
  "medicines that clash",
  '{"charley_case": 1, "answers": {"cramp_attacks": "yes", "statin": "yes",' +
    ' "macrolide": "yes", "diuretic": "yes"}}',
);
check("result", "a region", charley(["assess", "-", "--json", "--region", "uk"], '{"charley_case": 1, "answers": {"chest_pain_or_coughing_blood": "yes"}}'));
check("result", "a failure", charley(["assess", "-", "--json"], '{"charley_case": 1'));

const folder = mkdtempSync(join(tmpdir(), "charley-"));
const saved = join(folder, "saved.json");
charley(["ask", "--save", saved], "1 3\n0\ns\n0\n41\nq\n");
check("case", "a saved interview", readFileSync(saved, "utf8"));
rmSync(folder, { recursive: true });

check("claims", "all claims", charley(["claims", "--json"]));
for (const question of ["can I massage?", "is it calcium", "of which nobody knows anything xyzzy"])
  check("claims", question, charley(["claims", "--json", question]));
check("simulation", "simulated people", charley(["simulate", "--cases", "20", "--json"]));
check("calibration", "tables", charley(["simulate", "--calibration", "--cases", "1", "--json"]));

// What must not fit: a schema that lets everything through is no promise.
for (const text of ['{"charley_case": 2, "answers": {}}', '{"answers": {}}', "[]",
  '{"charley_case": 1, "answers": {}, "places": ["shin.up"]}', '{"charley_case": 1, "answers": {}, "places": ["shin", "shin"]}']) {
  n += 1;
  if (!fits.case(JSON.parse(text))) continue;
  n_bad += 1;
  console.log(`${text}: fits the case schema and must not`);
}
writeFileSync(1, `documents: ${n - n_bad} of ${n} as promised\n`);
process.exit(n_bad === 0 ? 0 : 1);
