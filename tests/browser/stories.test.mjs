// stories.test.mjs: the stories of tests/cases that this page was made for, from the first
// page to the result, by mouse and by keyboard alone; every screen on the way is put to axe.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answerAll, answersOf, isAccessible, keyboard, knowledge, mouse, named, say, showsUrgency, started, useBrowser, withPage}
    from './browser.mjs';

useBrowser();

const STORIES = [
    {id: 'night_cramp_typical', doors: ['start.now', 'now.go_on'], urgency: 'self_care', cause: 'night_cramp'},
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
