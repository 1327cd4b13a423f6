// browser.mjs: what the browser tests share: the program serving its page, Chromium, the
// words of the page, and a person who answers by mouse or by keyboard.
//
// Everything is found by its role and its name, as a person finds it; names come from the
// knowledge's words, so that a change of wording breaks no test.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {after, before} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const needs = createRequire(join(root, 'web/package.json'));
const {chromium} = needs('playwright-core');
const axeSource = readFileSync(needs.resolve('axe-core/axe.min.js'), 'utf8');
const {Knowledge} = await import(join(root, 'bindings/js/dist/index.js'));

const need = name => process.env[name] ?? assert.fail(`${name} must be set: run the tests through script/test`);
const built = need('CHARLEY_BUILT');
export const buildFolder = join(built, '..');

/** The same knowledge as in the page: for the names of things. */
export const knowledge = await Knowledge.open(readFileSync(join(built, '../wasm/charley.wasm')),
                                              readFileSync(join(built, 'charley.image')));
/** A sentence of the page. */
export const say = (key, slots = {}) => knowledge.word(`ui.page.${key}`).replace(/\{(\w+)\}/g, (_, slot) => slots[slot]);
/** The answers of one of tests/cases, as its document. */
export const answersOf = id => JSON.parse(readFileSync(join(built, 'cases', `${id}.case.json`))).answers;

// ---- the server and the browser ----

let browser, server;
export let address;

async function serve(program) {
    const child = spawn(program, ['serve', '--port', '0'], {stdio: ['ignore', 'pipe', 'inherit']});
    let output = '';
    for await (const chunk of child.stdout) {
        output += chunk;
        if (/:\d+\/\n/.test(output)) break;
    }
    return {child, address: /http:\/\/127\.0\.0\.1:\d+\//.exec(output)[0]};
}

export async function open() {
    const began = await serve(need('CHARLEY'));
    server = began.child;
    address = began.address;
    browser = await chromium.launch({
        executablePath: need('CHROMIUM'),
        args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    });
    return browser;
}
export async function close() {
    await browser?.close();
    server?.kill('SIGKILL');
}
export function useBrowser() {
    before(open);
    after(close);
}

/**
 * A page of its own context, opened at the start; whatever goes wrong in it fails the test:
 * an exception, a message of the console, a request that leaves the address.
 * @param options of the context, and `prepare`: called with the context before the page opens;
 *     `mayComplain`: messages of the console that are expected; `at`: another address
 */
export async function withPage(options, use) {
    const {prepare, mayComplain = /^$/, at = address, ...rest} = options;
    const context = await browser.newContext({viewport: {width: 390, height: 844}, locale: 'en-GB', ...rest});
    const faults = [];
    const requests = [];
    context.on('request', request => {
        requests.push(request.url());
        if (new URL(request.url()).origin !== new URL(at).origin && !/^(blob|data):/.test(request.url()))
            faults.push(`a request to ${request.url()}`);
    });
    try {
        await prepare?.(context);
        const page = await context.newPage();
        page.setDefaultTimeout(15000);
        page.on('pageerror', error => faults.push(`an exception: ${error.message}`));
        page.on('console', message => {
            if (['error', 'warning'].includes(message.type()) && !mayComplain.test(message.text()))
                faults.push(`the console: ${message.text()}`);
        });
        await page.goto(at);
        await use(page, {context, requests, faults});
        assert.deepEqual(faults, []);
    } finally {
        await context.close();
    }
}

export const heading = page => page.getByRole('heading', {level: 1});
export const started = page => page.getByRole('heading', {level: 1, name: say('start.title')}).waitFor();

// ---- axe ----

/** No violation of the rules that axe knows, on the screen as it is. */
export async function isAccessible(page, what) {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
    const found = await page.evaluate(async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations
        .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`).join(' | ')}`));
    assert.deepEqual(found, [], what);
}

/** Nothing is wider than the window. */
export async function fitsWidth(page, what) {
    const {wide, width} = await page.evaluate(() => ({
        width: document.documentElement.clientWidth,
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth
            ? [...document.querySelectorAll('main *')].filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 3).map(element => element.outerHTML.slice(0, 120)) : null,
    }));
    assert.equal(wide, null, `${what} is wider than ${width}`);
}

// ---- a person ----

/** Moves the focus with Tab until it is on the element, forwards and at most once round. The
 * element is looked up each time: a view may be drawn again while the keys are pressed. */
async function tabTo(page, target) {
    for (let i = 0; i < 250; i++) {
        if (await target.evaluate(element => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${target}`);
}

/** Radios: Tab reaches the group, arrows go through it. */
async function arrowTo(page, target) {
    const group = await target.evaluate(element => element.name);
    for (let i = 0; i < 250; i++) {
        if (await page.evaluate(name => document.activeElement?.getAttribute('name') === name, group)) break;
        await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    for (let i = 0; i < 40 && !await target.isChecked(); i++) await page.keyboard.press('ArrowDown');
    assert.ok(await target.isChecked());
}

export const mouse = {
    name: 'mouse',
    press: (page, target) => target.click(),
    tick: async (page, target) => {
        if (!await target.isChecked()) await target.click({force: true});
    },
    choose: (page, target) => target.click({force: true}),
    type: async (page, target, text) => {
        await target.click();
        await target.fill(text);
    },
};
export const keyboard = {
    name: 'keyboard',
    press: async (page, target) => {
        await tabTo(page, target);
        await page.keyboard.press('Enter');
    },
    tick: async (page, target) => {
        if (await target.isChecked()) return;
        await tabTo(page, target);
        await page.keyboard.press('Space');
    },
    choose: arrowTo,
    type: async (page, target, text) => {
        await tabTo(page, target);
        await page.keyboard.press('Control+A');
        await page.keyboard.type(text);
    },
};

export const named = (page, role, name) => page.getByRole(role, {name, exact: true});
export const screenOf = page => /^#\/ask\/(\w+)/.exec(new URL(page.url()).hash)?.[1];

/** The question of a screen as the engine has it, with its choices' ids. */
const names = knowledge.session({clinician: true});
const questionOf = screen => names.question(screen);

const isYes = (answers, id) => {
    const [finding, option] = id.split('=');
    return answers[finding] === (option ?? 'yes') || answers[finding]?.[option] === 'yes';
};
const isKnown = (answers, id) => id.split('=')[0] in answers;

/** Answers the screen shown, from the answers of a case; what they do not say is not known. */
export async function answer(page, hand, answers) {
    const screen = screenOf(page);
    const question = questionOf(screen);
    const told = question.choices.filter(choice => isYes(answers, choice.id));
    const unknown = named(page, ['many', 'number'].includes(question.kind) ? 'checkbox' : 'radio', say('dont_know'));
    if (await page.getByText(say('map.hint')).count() > 0) {
        await answerMap(page, hand, answers);
    } else if (question.kind === 'groups') {
        for (const title of new Set(question.choices.map(choice => choice.group_title))) {
            const group = named(page, 'group', title);
            const choice = told.find(one => one.group_title === title);
            await hand.choose(page, named(group, 'radio', choice?.label ?? say('dont_know')));
        }
    } else if (question.kind === 'number') {
        const given = answers[question.choices[0].id];
        if (given) await hand.type(page, page.getByRole('textbox'), String(given.value));
        else await hand.tick(page, unknown);
    } else if (question.kind === 'many') {
        for (const choice of told) await hand.tick(page, named(page, 'checkbox', choice.label));
        if (told.length === 0)
            await hand.tick(page, question.choices.some(choice => isKnown(answers, choice.id)) ? named(page, 'checkbox', say('none')) : unknown);
    } else if (question.kind === 'yes_no') {
        const given = answers[question.choices[0].id];
        await hand.choose(page, given === undefined ? unknown : named(page, 'radio', say(given)));
    } else {
        await hand.choose(page, told[0] ? named(page, 'radio', told[0].label) : unknown);
    }
    const before = page.url();
    await page.locator('form').evaluate(form => form.setAttribute('data-answered', ''));
    await hand.press(page, named(page, 'button', say('continue')));
    // "#/ask" alone stands for a moment only, until it is known which screen comes; and the
    // address changes a moment before the screen does.
    await page.waitForFunction(url => location.href !== url && !/#\/ask$/.test(location.href) &&
                                      !document.querySelector('[data-answered]'), before);
}

/** The leg map, by the places that a case's answer means. */
const PLACES = {calf: 'calf_belly', shin: 'shin', knee: 'behind_knee', foot: 'toes', ankle_heel: 'ankle',
                thigh_or_groin: 'groin', from_back_or_buttock: 'buttock', whole_leg: 'whole_leg'};
async function answerMap(page, hand, answers) {
    const place = PLACES[answers.pain_where];
    if (!place) return hand.tick(page, named(page, 'checkbox', say('dont_know')));
    const sides = answers.side === 'both' ? ['left', 'right'] : [answers.side ?? 'left'];
    if (place === 'whole_leg') await hand.press(page, page.getByText(say('map.list'), {exact: true}));
    for (const side of sides) {
        const name = say(`place.of_${side}`, {place: say(`place.${place}`)});
        const target = named(page, 'checkbox', name).first();
        if (hand.name === 'keyboard') {
            await tabTo(page, target);
            await page.keyboard.press('Space');
        } else {
            await target.click({force: place === 'whole_leg'});
        }
        await page.waitForFunction(label => [...document.querySelectorAll('[role=checkbox],input')]
            .some(e => e.getAttribute('aria-label') === label && (e.checked || e.getAttribute('aria-checked') === 'true')), name);
    }
}

/** From a question to the result. */
export async function answerAll(page, hand, answers, onScreen = () => undefined) {
    const asked = [];
    while (screenOf(page)) {
        asked.push(screenOf(page));
        assert.ok(asked.length < 60, `no end: ${asked.slice(-10)}`);
        await onScreen(screenOf(page));
        await answer(page, hand, answers);
        await page.waitForFunction(() => !document.querySelector('h1') || location.hash.length > 6);
    }
    await page.waitForFunction(() => location.hash.startsWith('#/result'));
    return asked;
}

/** The result shows this urgency, in its words. */
export async function showsUrgency(page, urgency) {
    await page.locator('[data-urgency]').waitFor();
    const title = await heading(page).innerText();
    assert.equal(title.toUpperCase(), knowledge.word(`urgency.${urgency}.title`).toUpperCase());
}
