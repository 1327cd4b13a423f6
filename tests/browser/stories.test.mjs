// stories.test.mjs: the stories of tests/cases that this page was made for, from the first
// page to the result, by mouse and by keyboard alone; every screen on the way is put to axe.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {answerAll, answersOf, isAccessible, keyboard, knowledge, mouse, named, say, showsUrgency, started, useBrowser, withPage}
    from './browser.mjs';

useBrowser();

const STORIES = [
    {id: 'night_cramp_typical', doors: ['start.cramps', 'begin'], urgency: 'self_care', cause: 'night_cramp'},
    {id: 'pregnant_30_weeks_left_calf_bigger', doors: ['start.leg'], urgency: 'emergency'},
    {id: 'calf_swelling_after_flight', doors: ['start.leg'], urgency: 'same_day', cause: 'deep_vein_thrombosis'},
    {id: 'cold_pale_foot', doors: ['start.leg'], urgency: 'ambulance'},
    {id: 'claudication_at_51', doors: ['start.leg'], urgency: 'within_days', cause: 'peripheral_arterial_disease'},
];

const door = (page, key) => page.getByRole(key.startsWith('start.') ? 'link' : 'button', {name: say(key)}).first();
const checked = new Set();

for (const hand of [mouse, keyboard])
    for (const story of STORIES)
        test(`${story.id}, by ${hand.name}`, () => withPage({}, async page => {
            await started(page);
            for (const key of story.doors) await hand.press(page, door(page, key));
            await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
            const asked = await answerAll(page, hand, answersOf(story.id), async screen => {
                if (checked.has(screen)) return;
                checked.add(screen);
                await isAccessible(page, screen);
            });
            await showsUrgency(page, story.urgency);
            if (hand === mouse) await isAccessible(page, `result of ${story.id}`);
            if (!story.cause) return;
            const {name} = knowledge.explain(`condition:${story.cause}`);
            const more = page.locator('summary', {hasText: say('result.rest')});
            if (await more.count() > 0) await hand.press(page, more);
            const causes = page.getByRole('region', {name: say('result.causes')}).getByRole('heading', {level: 3});
            assert.equal(await causes.first().innerText(), name);
            assert.ok(asked.length <= 30, `${asked.length} questions`);
        }));

const doNow = page => page.getByRole('region', {name: say('result.now')});

for (const hand of [mouse, keyboard]) {
    test(`a cramp right now: relief, two questions, an answer, the rest, by ${hand.name}`, () => withPage({}, async page => {
        const answers = answersOf('night_cramp_typical');
        await started(page);
        await hand.press(page, door(page, 'start.now'));
        await page.getByRole('heading', {level: 1, name: say('now.title')}).waitFor();
        await hand.press(page, door(page, 'now.go_on'));
        await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
        await page.getByText(say('left', {n: 1})).waitFor();
        const asked = await answerAll(page, hand, answers, async screen => {
            await page.getByText(say('why')).first().waitFor();
            if (hand === mouse) await isAccessible(page, screen);
        });
        assert.deepEqual(asked, ['now_leg', 'now_body']);
        await showsUrgency(page, 'self_care');
        assert.equal(await doNow(page).getByRole('heading', {level: 3}).first().innerText(), knowledge.word('remedy.calf_stretch_now.name'));
        await page.getByRole('heading', {name: say('result.provisional')}).waitFor();
        if (hand === mouse) await isAccessible(page, 'the first answer');

        await hand.press(page, page.getByRole('link', {name: say('result.go_on')}).first());
        await page.waitForFunction(() => location.hash === '#/ask/danger_body');
        await page.getByText(say('rest_only')).waitFor();
        const label = id => page.getByLabel(knowledge.word(`finding.${id}.label`));
        assert.equal(await label('palpitations').count(), 0);
        assert.equal(await label('saddle_numb').count(), 1);
        const rest = await answerAll(page, hand, answers);
        assert.equal(rest[0], 'danger_body');
        await showsUrgency(page, 'self_care');
    }));

    test(`a cramp right now with a cold pale foot leads at once to the ambulance, by ${hand.name}`, () => withPage({}, async page => {
        await started(page);
        await hand.press(page, door(page, 'start.now'));
        await hand.press(page, door(page, 'now.go_on'));
        await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
        assert.deepEqual(await answerAll(page, hand, {foot_cold_pale_blue_sudden: 'yes'}), ['now_leg']);
        await showsUrgency(page, 'ambulance');
        const stretch = page.locator('s', {hasText: knowledge.word('remedy.calf_stretch_now.name')});
        assert.ok(await stretch.count() > 0 || !(await doNow(page).innerText()).includes(knowledge.word('remedy.calf_stretch_now.name')));
        // Back at the relief, nothing of it is offered any more.
        await page.goto(`${page.url().split('#')[0]}#/now`);
        await page.getByText(say('now.barred')).waitFor();
    }));
}

test('"I don\'t know" on the two questions leaves the stretch forbidden and the answer open', () => withPage({}, async page => {
    await started(page);
    await mouse.press(page, door(page, 'start.now'));
    await mouse.press(page, door(page, 'now.go_on'));
    for (const screen of ['now_leg', 'now_body']) {
        await page.waitForFunction(at => location.hash === `#/ask/${at}`, screen);
        await page.getByLabel(say('dont_know')).check();
        await page.getByRole('button', {name: say('continue')}).click();
    }
    await page.waitForFunction(() => location.hash === '#/result');
    await page.getByRole('heading', {name: say('result.provisional')}).waitFor();
    assert.ok(await page.locator('s', {hasText: knowledge.word('remedy.calf_stretch_now.name')}).count() > 0);
}));

test('finer places of the leg map are in the downloaded case and come back from it', () => withPage({acceptDownloads: true}, async page => {
    const places = ['outer_calf', 'toes'].map(id => say('place.of_left', {place: say(`place.${id}`)}));
    const inWords = page.getByText(`${say('answers.places')} ${places[0]}`);
    const at = path => page.evaluate(hash => { location.hash = hash; }, `#/${path}`);
    const saved = async () => {
        const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: say('out.download')}).click()]);
        return readFileSync(await file.path(), 'utf8');
    };
    await started(page);
    await at('ask/where');
    await page.getByText(say('map.hint')).waitFor();
    for (const place of places) await named(page, 'checkbox', place).first().click();
    await page.getByRole('button', {name: say('continue')}).click();
    await page.waitForFunction(() => !location.hash.endsWith('/where'));
    await at('answers');
    await inWords.waitFor();
    const first = await saved();
    assert.deepEqual(JSON.parse(first).places, ['outer_calf.left', 'toes.left']);
    assert.deepEqual(JSON.parse(first).answers, {pain_where: 'calf', side: 'left'});
    // What is kept for a refresh is the same case.
    await page.reload();
    await inWords.waitFor();
    assert.equal(await saved(), first);

    await at('');
    await page.getByRole('button', {name: say('forget')}).click();
    await at('answers');
    await page.getByText(say('answers.empty')).waitFor();
    assert.equal(await inWords.count(), 0);
    await page.locator('#load').setInputFiles({name: 'case.json', mimeType: 'application/json', buffer: Buffer.from(first)});
    await page.waitForFunction(() => location.hash === '#/result');
    await at('answers');
    await inWords.waitFor();
    assert.equal(await saved(), first);
}));
