// screenshots.mjs: the main screens on a telephone and on a laptop, as PNG files to be looked
// at. Not a test.
//   node screenshots.mjs FOLDER            all of them
//   node screenshots.mjs FOLDER readme     the two of README.md
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {answerAll, answersOf, close, heading, mouse, open, started, withPage} from './browser.mjs';

const [folder, which] = process.argv.slice(2);
mkdirSync(folder, {recursive: true});
const SIZES = {phone: {width: 390, height: 844}, laptop: {width: 1280, height: 800}};
const STORIES = {cramp: 'night_cramp_typical', clot: 'calf_swelling_after_flight', pregnant: 'pregnant_30_weeks_left_calf_bigger',
                 ambulance: 'cold_pale_foot', walking: 'claudication_at_51'};

async function goTo(page, hash) {
    await page.evaluate(to => (location.hash = to), `/${hash}`);
    await heading(page).waitFor();
}

async function take(size, options, mark, name, prepare) {
    await withPage({viewport: SIZES[size], ...options}, async page => {
        await started(page);
        const shoot = async (what, fullPage = false) => {
            await page.evaluate(() => document.activeElement?.blur());
            await page.screenshot({path: join(folder, `${what}${mark}-${size}.png`), fullPage});
        };
        await prepare(page, shoot);
    });
    console.log(`${name}${mark}-${size}`);
}

async function interview(page, id, onScreen) {
    await goTo(page, 'ask');
    await page.waitForFunction(() => /^#\/ask\/\w/.test(location.hash));
    await answerAll(page, mouse, answersOf(id), onScreen);
}

/** The first page and a result, by themselves and small. */
function forReadme() {
    return take('phone', {deviceScaleFactor: .75}, '', 'readme', async (page, shoot) => {
        await shoot('start');
        await interview(page, STORIES.clot);
        await shoot('result');
    });
}

async function all() {
    for (const size of Object.keys(SIZES)) {
        await take(size, {}, '', 'views', async (page, shoot) => {
            await shoot('start');
            for (const view of ['now', 'cramps', 'other', 'claims', 'kept', 'about']) {
                await goTo(page, view);
                await shoot(view);
            }
        });
        await take(size, {}, '', 'questions', (page, shoot) =>
            interview(page, 'calf_swelling_after_flight', screen => shoot(`ask-${screen}`)));
        for (const [name, id] of Object.entries(STORIES))
            await take(size, {}, '', name, async (page, shoot) => {
                await interview(page, id);
                await shoot(`result-${name}`);
                await shoot(`result-${name}-whole`, true);
                if (name !== 'clot') return;
                for (const view of ['answers', 'handoff']) {
                    await goTo(page, view);
                    await shoot(view);
                }
            });
        await take(size, {colorScheme: 'dark'}, '-dark', 'dark', async (page, shoot) => {
            await shoot('start');
            await interview(page, 'calf_swelling_after_flight', async screen => {
                if (screen === 'danger_body') await shoot(`ask-${screen}`);
            });
            await shoot('result-clot');
        });
    }
}

await open();
try {
    await (which === 'readme' ? forReadme() : all());
} finally {
    await close();
}
