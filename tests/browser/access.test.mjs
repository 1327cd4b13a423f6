// access.test.mjs: every screen for everybody: axe, narrow windows, large text, dark mode,
// forced colours, reduced motion, print.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answerAll, answersOf, fitsWidth, heading, isAccessible, mouse, named, say, started, useBrowser, withPage} from './browser.mjs';

useBrowser();

const VIEWS = ['', 'now', 'cramps', 'other', 'claims', 'kept', 'about', 'answers', 'handoff', 'result', 'ask/danger_body', 'ask/age',
               'ask/sex', 'ask/where'];

/** An interview that has something to show everywhere; then each view in turn. */
async function throughViews(page, visit) {
    await started(page);
    for (const view of VIEWS) {
        if (view === 'answers') {
            await page.evaluate(() => (location.hash = '/ask'));
            await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
            await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
        }
        await page.evaluate(hash => (location.hash = hash), `/${view}`);
        await page.waitForFunction(hash => location.hash === hash, `#/${view}`);
        await heading(page).waitFor();
        await visit(view || 'start');
    }
}

/** Opens everything that can be opened. */
async function openAll(page) {
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)));
    // What is made on opening is made after the event; then it may hold more to open.
    await page.waitForTimeout(50);
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)));
    await page.waitForTimeout(50);
}

const PHONE = {width: 390, height: 844};
/** Forms a view takes, one after the other on the same page; each is left as it was found. */
const FORMS = {
    light: async (page, view) => {
        await isAccessible(page, view);
    },
    dark: async (page, view) => {
        await page.emulateMedia({colorScheme: 'dark'});
        const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
        assert.ok(Math.max(...colour.slice(0, 3)) < 100, `dark mode is ${colour}`);
        await isAccessible(page, `${view}, dark`);
        await page.emulateMedia({colorScheme: 'light'});
    },
    // Reduced motion too: nothing may move of itself.
    'forced colours': async (page, view) => {
        await page.emulateMedia({forcedColors: 'active', reducedMotion: 'reduce'});
        const nMoving = await page.evaluate(() => document.getAnimations().filter(one => one.playState === 'running' &&
            one.effect.getComputedTiming().duration > 10).length);
        assert.equal(nMoving, 0, `${view} moves`);
        if (view === 'result') {
            // The urgency is told in words and by a shape, which forced colours leave to be seen.
            const {fill, back} = await page.locator('main svg').first().evaluate(element => ({
                fill: getComputedStyle(element.querySelector('path')).fill,
                back: getComputedStyle(element.closest('div')).backgroundColor}));
            assert.notEqual(fill, back);
        }
        await page.emulateMedia({forcedColors: 'none', reducedMotion: 'no-preference'});
    },
    opened: async (page, view) => {
        await openAll(page);
        if (['result', 'start', 'now', 'ask/where'].includes(view)) await isAccessible(page, `${view}, opened`);
    },
    narrow: async (page, view) => {
        await page.setViewportSize({width: 320, height: 640});
        await fitsWidth(page, view);
    },
    // A laptop's window at 200 %, then also text of double size.
    enlarged: async (page, view) => {
        await page.setViewportSize({width: 640, height: 400});
        await fitsWidth(page, view);
        await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
        await fitsWidth(page, `${view}, large text`);
        await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
        await page.setViewportSize(PHONE);
    },
};

test('every view in light and dark, forced colours, opened, narrow and enlarged', () => withPage({}, page =>
    throughViews(page, async view => {
        for (const form of Object.values(FORMS)) await form(page, view);
    })));

test('the result prints as one page', () => withPage({}, async page => {
    await started(page);
    await page.evaluate(() => (location.hash = '/ask'));
    await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
    await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
    const pdf = await page.pdf({format: 'A4', printBackground: false});
    const nPages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    assert.equal(nPages, 1, `${nPages} pages`);
    await page.emulateMedia({media: 'print'});
    for (const name of [say('out.print'), say('out.copy')])
        assert.equal(await named(page, 'button', name).isVisible(), false, `"${name}" is printed`);
    assert.ok(await heading(page).isVisible());
}));
