// Writes docs/accuracy.md from what the program measures; see script/accuracy.
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';

const [program, option] = process.argv.slice(2);
const CARD = 'docs/accuracy.md';
const SEED = 1;
const PEOPLE = 2000;
const LEVELS = ['ambulance', 'emergency', 'same_day', 'within_days', 'routine', 'self_care',
                'could_not_assess'];

function run(...args) {
    process.stderr.write(`accuracy: charley ${args.join(' ')}\n`);
    const done = spawnSync(program, args, {encoding: 'utf8', maxBuffer: 1 << 28});
    if (done.error || ![0, 3].includes(done.status))
        throw new Error(`charley ${args[0]}: ${done.error ?? done.stderr}`);
    return done.stdout;
}
const json = (...args) => JSON.parse(run(...args, '--json'));

const percent = (part, whole, digits = 0) =>
    whole ? `${(100 * part / whole).toFixed(digits)} %` : 'none';
// Wilson's 95 % interval.
function interval(part, whole) {
    if (!whole) return '';
    const z = 1.96, p = part / whole, n = whole;
    const mid = (p + z * z / (2 * n)) / (1 + z * z / n);
    const half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return ` (${(100 * (mid - half)).toFixed(0)} to ${(100 * (mid + half)).toFixed(0)})`;
}
const table = (head, rows) =>
    [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
const share = p => p === null || p === undefined ? '' : `${(100 * p).toFixed(1)} %`;

const version = run('--version');
const hash = /[0-9a-f]{12,64}/.exec(version)?.[0] ?? '';

if (option === '--check') {
    const isFresh = hash !== '' && readFileSync(CARD, 'utf8').includes(hash.slice(0, 12));
    console.log(isFresh ? 'accuracy: the card is of this knowledge'
                        : 'accuracy: the card was made from other knowledge: script/accuracy');
    process.exit(isFresh ? 0 : 1);
}

const stats = Object.fromEntries(run('kb', 'stats', 'knowledge').split('\n')
    .map(line => /^(.*?)\s+(\d+)$/.exec(line)).filter(Boolean).map(([, k, v]) => [k, Number(v)]));
const cases = json('kb', 'test', 'knowledge', 'tests/cases');
const people = json('simulate', '--seed', String(SEED), '--cases', String(PEOPLE));
const tables = json('simulate', '--calibration', '--seed', String(SEED));
const faults = json('kb', 'mutate', 'knowledge', 'tests/cases');

const marks = ['shown', 'derived', 'recalled', 'estimate'];
const nNumbers = marks.reduce((sum, mark) => sum + stats[`numbers: ${mark}`], 0);
const all = people.stories.find(story => story.id === 'all');
const nHoles = Object.values(cases.coverage).reduce((sum, aspect) => sum + aspect.holes.length, 0);
const judged = tables.targets.filter(target => target.low !== null);
const nHit = judged.filter(target => target.hit).length;
const weakFamilies = people.families.filter(family => family.people >= 20)
    .sort((a, b) => a.in_three / a.people - b.in_three / b.people).slice(0, 3);
const weakCauses = people.causes.filter(cause => cause.people >= 10)
    .sort((a, b) => a.in_three / a.people - b.in_three / b.people).slice(0, 8);
const under = people.causes.filter(cause => ['ambulance', 'emergency', 'same_day'].includes(cause.urgency))
    .reduce((sum, cause) => ({people: sum.people + cause.people, under: sum.under + cause.under_triaged,
                              complete: sum.complete + cause.under_triaged_when_complete}),
            {people: 0, under: 0, complete: 0});

const card = `# Accuracy card

Made by \`script/accuracy\` from knowledge ${people.knowledge_version} (${hash.slice(0, 12)}). Charley is not a diagnosis, and no
clinical study of it has been done. **Nothing here was measured on cases that its authors had not seen.** The cases below are
our own; the people are drawn from the model itself. What it would do for strangers is not known until somebody else asks it.

## Our own cases

${cases.cases} stories written from guidelines and the evidence (\`tests/cases/\`), expectation first; ${cases.passed} are met. These are
development cases: a story that fails is mended or its reason found, so these are regression figures and say nothing about accuracy.

${table(['', 'of', 'right', 'too slow'], [
    ['urgency exactly as expected', cases.triage.n, percent(cases.triage.exact, cases.triage.n), cases.triage.under],
    ['urgency within its bounds', cases.bounds.n, percent(cases.bounds.kept, cases.bounds.n), cases.bounds.under],
    ['first cause', cases.first_cause.n, percent(cases.first_cause.right, cases.first_cause.n), ''],
    ['among the first three', cases.first_three.n, percent(cases.first_three.right, cases.first_three.n), ''],
])}

Covered: ${Object.entries(cases.coverage).map(([name, aspect]) => `${name} ${aspect.shown} of ${aspect.n}`).join('; ')}. Holes: ${nHoles}.

## Simulated people

\`charley simulate --seed ${SEED} --cases ${PEOPLE}\`: circumstances, illnesses and answers drawn from the model, with slips and "I don't
know" as lay people make them; then the real interview. This measures the interview, not the truth of the model.

- Screens asked: median ${all.median}, mean ${all.mean_screens.toFixed(1)}, nine in ten at most ${all.ninetieth}, longest ${all.longest}.
- A true cause was first in ${percent(all.cause_first, all.with_cause)}${interval(all.cause_first, all.with_cause)}, among the first three in ${percent(all.cause_in_three, all.with_cause)}${interval(all.cause_in_three, all.with_cause)}, of ${all.with_cause} people with a cause.
- Told less urgent than with complete, faultless answers: ${percent(all.less_urgent, all.people)}; more urgent: ${percent(all.more_urgent, all.people)}. Ended with a danger sign not answered: ${percent(all.danger_open, all.people)}.
- People whose true cause is of the class same day or faster: ${under.people}; told less than that class by the interview ${under.under}, with complete answers ${under.complete}.
- Probabilities stated after the interview: Brier score ${people.after_interview.brier}, expected calibration error ${people.after_interview.expected_error}; with complete answers ${people.when_complete.brier} and ${people.when_complete.expected_error}.
- The 90 % intervals held the probability under redrawn numbers: ${people.coverage.map(band => `${percent(band.inside, band.n)} at ${band.from} to ${band.to}`).join(', ')}.

Urgency with complete answers (rows) and after the interview (columns):

${table(['', ...LEVELS], LEVELS.map(row => [row, ...LEVELS.map(column => people.urgency[row][column])]))}

By kind of story:

${table(['story', 'people', 'median screens', 'first', 'in three'], people.stories.map(story =>
    [story.id, story.people, story.median, percent(story.cause_first, story.with_cause), percent(story.cause_in_three, story.with_cause)]))}

## Against published tables

\`charley simulate --calibration\`: people as each table counted them, drawn from the model; the probability it states on average
against the published one. ${nHit} of ${judged.length} tables with an interval are hit. With so few simulated people chance
alone moves a figure by several points, and with another seed other tables are hit: read the direction, not the count.

${table(['table', 'published', '95 %', 'people', 'stated', ''], tables.targets.map(target =>
    [target.id, share(target.published), target.low === null ? 'none given' : `${share(target.low)} to ${share(target.high)}`,
     target.people, share(target.stated), target.low === null ? 'no interval' : target.hit ? 'hit' : '**miss**']))}

## Where the numbers come from

${table(['mark', 'numbers', 'share'], marks.map(mark => [mark, stats[`numbers: ${mark}`], percent(stats[`numbers: ${mark}`], nNumbers)]))}

Shown: published, and found again by us. Derived: arithmetic on such a figure. Recalled: published, not found again. Estimate:
our judgement, with its reason. Sourced (shown and derived): ${percent(stats['numbers: shown'] + stats['numbers: derived'], nNumbers)}.

## Does a wrong number get noticed?

\`charley kb mutate\` breaks the knowledge one entry at a time and asks whether some case notices; survivors are listed in
\`tests/cases/survivors.txt\`.

${table(['fault', 'noticed', 'of'], Object.entries(faults.mutants).map(([kind, of]) => [kind, of.noticed, of.n]))}

## Where it is weakest

- Families least often right in the first three among simulated people: ${weakFamilies.map(family => `${family.id} (${percent(family.in_three, family.people)})`).join(', ')}.
- Causes least often in the first three: ${weakCauses.map(cause => `${cause.id} (${percent(cause.in_three, cause.people)} of ${cause.people})`).join(', ')}.
- Nearly every prior is an estimate: no study was found that reports the final diagnoses of people who come with calf pain or a leg cramp.
- Published ratios come from people already suspected of a disease; lay people judge swelling, dents and pulses worse than clinicians do.
- Nerve entrapments, soleus and plantaris injuries, lymphoedema and the share of veins in cramps rest on expert pattern only.
- Tables missed above: ${judged.filter(target => !target.hit).map(target => target.id).join(', ') || 'none'}.
`;
writeFileSync(CARD, card);
console.log(`accuracy: ${CARD}, ${nHit} of ${judged.length} tables hit, median ${all.median} screens`);
