// trouble.test.mjs: what can go wrong on somebody's device, and must not matter: storage that
// is denied or full, no WebAssembly, no JavaScript, a refresh or "back" in the middle, nothing
// known at all.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answer, answerAll, answersOf, fitsWidth, heading, isAccessible, keyboard, knowledge, mouse, named, say, screenOf, showsUrgency,
        started, useBrowser, withPage} from './browser.mjs';

useBrowser();

async function begin(page, key = 'start.leg') {
    await started(page);
    await page.getByRole('link', {name: say(key)}).click();
    await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
}

const danger = say('without.danger').split('\n');
async function showsDangerSigns(page) {
    for (const line of danger) assert.ok(await page.getByText(line).isVisible(), line);
    const text = await page.locator('main').innerText();
    for (const number of ['112', '999', '911']) assert.ok(text.includes(number), number);
}

test('without JavaScript the danger signs and the numbers are there', () =>
    withPage({javaScriptEnabled: false}, async page => {
        await showsDangerSigns(page);
        assert.ok(await page.getByText(say('without.reason')).isVisible());
    }));

test('when WebAssembly is refused, too', () => withPage({
    mayComplain: /./,
    prepare: context => context.addInitScript(() => {
        const refuse = () => Promise.reject(new WebAssembly.CompileError('refused'));
        WebAssembly.compile = refuse;
        WebAssembly.compileStreaming = refuse;
        WebAssembly.instantiate = refuse;
        WebAssembly.instantiateStreaming = refuse;
    }),
}, async page => {
    await page.waitForFunction(() => !document.querySelector('#progress'));
    await showsDangerSigns(page);
    await isAccessible(page, 'refused');
    await fitsWidth(page, 'refused');
}));

test('and when the engine does not arrive', () => withPage({
    mayComplain: /./,
    prepare: context => context.route(/\.image$/, route => route.abort()),
}, async page => {
    await page.waitForFunction(() => !document.querySelector('#progress'));
    await showsDangerSigns(page);
}));

for (const [what, script] of [
    ['denied', () => {
        for (const name of ['sessionStorage', 'localStorage'])
            Object.defineProperty(window, name, {get() { throw new DOMException('denied', 'SecurityError'); }});
    }],
    ['full', () => {
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    }]])
    test(`storage ${what}`, () => withPage({prepare: context => context.addInitScript(script)}, async page => {
        await begin(page);
        await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
        await showsUrgency(page, 'same_day');
    }));

test('a refresh in the middle keeps the answers and the question', () => withPage({}, async page => {
    await begin(page);
    const answers = answersOf('calf_swelling_after_flight');
    for (let i = 0; i < 5; i++) await answer(page, mouse, answers);
    const screen = screenOf(page);
    const title = await heading(page).innerText();
    await page.reload();
    await page.waitForFunction(text => document.querySelector('h1')?.innerText === text, title);
    assert.equal(screenOf(page), screen);
    await answerAll(page, mouse, answers);
    await showsUrgency(page, 'same_day');
    await page.reload();
    await page.waitForFunction(() => document.querySelector('[data-urgency]'));
    await showsUrgency(page, 'same_day');
}));

test('the back button goes back a question and shows its answer', () => withPage({}, async page => {
    await begin(page);
    const first = screenOf(page);
    await answer(page, mouse, answersOf('night_cramp_typical'));
    assert.notEqual(screenOf(page), first);
    await page.goBack();
    await page.waitForFunction(screen => location.hash === `#/ask/${screen}`, first);
    assert.ok(await named(page, 'checkbox', say('none')).isChecked());
    await page.goForward();
    await page.waitForFunction(screen => location.hash !== `#/ask/${screen}`, first);
    await page.getByRole('link', {name: say('back'), exact: true}).click();
    await page.waitForFunction(screen => location.hash === `#/ask/${screen}`, first);
    // Another answer to the first question is another result.
    const label = knowledge.session().question(first).choices.find(choice => choice.id === 'chest_pain_or_coughing_blood').label;
    await named(page, 'checkbox', label).click({force: true});
    await named(page, 'button', say('continue')).click();
    await page.waitForFunction(() => location.hash.startsWith('#/result'));
    await showsUrgency(page, 'ambulance');
}));

test('nothing known: every answer is "I don\'t know"', () => withPage({}, async page => {
    await begin(page);
    const asked = await answerAll(page, keyboard, {});
    assert.ok(asked.length >= 4);
    const urgency = await page.locator('[data-urgency]').getAttribute('data-urgency');
    assert.notEqual(urgency, 'self_care');
    await isAccessible(page, 'result of nothing');
}));

test('an empty answer is refused with a reason', () => withPage({}, async page => {
    await begin(page);
    const before = page.url();
    await keyboard.press(page, named(page, 'button', say('continue')));
    const alert = page.getByRole('alert');
    assert.ok((await alert.innerText()).includes(say('problem')));
    assert.equal(page.url(), before);
    await isAccessible(page, 'an error');
}));

test('"skip to the main part" stays where it is', () => withPage({}, async page => {
    await begin(page);
    const screen = screenOf(page);
    await page.getByRole('link', {name: say('skip')}).focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(100);
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement) ||
        document.activeElement === document.querySelector('main') || document.activeElement === document.body));
    assert.equal(await page.evaluate(() => document.querySelector('h1').innerText.length > 0), true);
    assert.ok(await named(page, 'button', say('continue')).isVisible(), `no longer at ${screen}`);
}));

test('delete everything leaves nothing', () => withPage({}, async page => {
    await begin(page);
    await answer(page, mouse, answersOf('night_cramp_typical'));
    await page.evaluate(() => (location.hash = '/kept'));
    await named(page, 'button', say('kept.delete')).click();
    await named(page, 'button', say('kept.delete_sure')).click();
    await started(page);
    const left = await page.evaluate(() => JSON.stringify([{...sessionStorage}, {...localStorage}]));
    assert.ok(!/breathless|cramp/.test(left), left);
}));
