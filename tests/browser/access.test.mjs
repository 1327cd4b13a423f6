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

test('axe finds nothing on any view, with everything opened', () => withPage({}, page =>
    throughViews(page, async view => {
        await isAccessible(page, view);
        if (!['result', 'start', 'now', 'ask/where'].includes(view)) return;
        await openAll(page);
        await isAccessible(page, `${view}, opened`);
    })));

test('in the dark, axe finds nothing', () => withPage({colorScheme: 'dark'}, page =>
    throughViews(page, async view => {
        await isAccessible(page, `${view}, dark`);
        if (view !== 'start') return;
        const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
        assert.ok(Math.max(...colour.slice(0, 3)) < 100, `dark mode is ${colour}`);
    })));

test('320 pixels wide, nothing scrolls sideways', () => withPage({viewport: {width: 320, height: 640}}, page =>
    throughViews(page, async view => {
        await openAll(page);
        await fitsWidth(page, view);
    })));

test('at 200 % of a laptop, and with text of double size, nothing scrolls sideways', () =>
    withPage({viewport: {width: 640, height: 400}, deviceScaleFactor: 2}, page =>
        throughViews(page, async view => {
            await fitsWidth(page, view);
            await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
            await fitsWidth(page, `${view}, large text`);
            await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
        })));

test('forced colours and reduced motion', () => withPage({forcedColors: 'active', reducedMotion: 'reduce'}, page =>
    throughViews(page, async view => {
        const moving = await page.evaluate(() => document.getAnimations().filter(one => one.playState === 'running' &&
            one.effect.getComputedTiming().duration > 10).length);
        assert.equal(moving, 0, `${view} moves`);
        if (view !== 'result') return;
        // The urgency is told in words and by a shape, which forced colours leave to be seen.
        const shape = page.locator('main svg').first();
        const {fill, back} = await shape.evaluate(element => ({
            fill: getComputedStyle(element.querySelector('path')).fill,
            back: getComputedStyle(element.closest('div')).backgroundColor}));
        assert.notEqual(fill, back);
    })));

test('the result prints as a page', () => withPage({}, async page => {
    await started(page);
    await page.evaluate(() => (location.hash = '/ask'));
    await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
    await answerAll(page, mouse, answersOf('calf_swelling_after_flight'));
    const pdf = await page.pdf({format: 'A4', printBackground: false});
    const nPages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    assert.ok(nPages >= 1 && nPages <= 3, `${nPages} pages`);
    await page.emulateMedia({media: 'print'});
    for (const name of [say('out.print'), say('out.copy')])
        assert.equal(await named(page, 'button', name).isVisible(), false, `"${name}" is printed`);
    assert.ok(await heading(page).isVisible());
}));
