// now.ts: a cramp right now: what to do at once, pictures, a timer; then the short danger
// lists of the knowledge, and the answer.
import {DOORS} from '../data.js';
import {h, svg} from '../dom.js';
import {badge, banner, button, isEmergency, labelled, linkButton, more, steps, tell} from '../parts.js';
import {go} from '../router.js';
import {isFailure, type State} from '../state.js';
import {list, say, word} from '../words.js';

// ---- the pictures ----

type Line = readonly [name: string, path: string];

/** A person in a few lines; "muscle" is the calf that cramps, "pull" where to push or pull. */
const PICTURES: Readonly<Record<string, {head: readonly [number, number]; lines: readonly Line[]}>> = {
    sitting: {head: [74, 34], lines: [
        ['ground', 'M8 140h184'],
        ['body', 'M56 128 68 54'], ['body', 'M56 128h108l8-26'], ['body', 'M67 62l22 30 26-4'],
        ['towel', 'M115 88l58 10'],
        ['muscle', 'M116 128h34'],
        ['pull', 'M166 78l-24-4m9-5-9 5 7 7']]},
    standing: {head: [120, 26], lines: [
        ['ground', 'M8 150h176V8'],
        ['body', 'M113 44 88 90'], ['body', 'M110 50l30 6 38-6'],
        ['body', 'M88 90 38 146h18'], ['body', 'M88 90l34 22-6 34h18'],
        ['muscle', 'M64 117 46 137'],
        ['pull', 'M22 118v24m-6-8 6 8 6-8']]},
    lying: {head: [22, 116], lines: [
        ['ground', 'M8 140h176V8'],
        ['body', 'M38 124l56 4'], ['body', 'M94 128h76V98'], ['body', 'M48 126l34 8'], ['body', 'M94 128l26-34 18 32'],
        ['muscle', 'M122 128h34'],
        ['pull', 'M140 106h20m-7-6 7 6-7 6']]},
};

function picture(name: string): HTMLElement {
    const {head, lines} = PICTURES[name]!;
    return h('figure', {class: 'charley-picture'},
        svg('svg', {viewBox: '0 0 200 160', role: 'img', 'aria-label': say(`now.picture.${name}_alt`)},
            svg('circle', {cx: head[0], cy: head[1], r: 13, class: 'charley-picture__body'}),
            ...lines.map(([kind, d]) => svg('path', {d, class: `charley-picture__${kind}`}))),
        h('figcaption', {}, say(`now.picture.${name}`)));
}

// ---- the timer ----

/** What is said after so many seconds; in the words as "30 Keep holding". */
function milestones(): ReadonlyMap<number, string> {
    return new Map(list('ui.page.now.timer_says').map(line => {
        const at = line.indexOf(' ');
        return [Number(line.slice(0, at)), line.slice(at + 1)];
    }));
}

function timer(): HTMLElement {
    const says = milestones();
    const clock = h('div', {class: 'charley-timer__clock', role: 'timer'}, '0:00');
    const text = h('p', {class: 'charley-timer__text'}, say('now.timer_text'));
    let begun = 0;
    let said = -1;
    let interval: ReturnType<typeof setInterval> | undefined;
    const stop = () => {
        clearInterval(interval);
        interval = undefined;
        start.textContent = say('now.timer_start');
    };
    const tick = () => {
        if (!clock.isConnected) return stop();
        const seconds = Math.floor((performance.now() - begun) / 1000);
        clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
        const due = [...says.keys()].filter(at => at <= seconds).pop();
        if (due === undefined || due === said) return;
        said = due;
        text.textContent = says.get(due)!;
        tell(text.textContent);
    };
    const start = button(say('now.timer_start'), () => {
        if (interval) return stop();
        begun = performance.now();
        said = -1;
        interval = setInterval(tick, 250);
        start.textContent = say('now.timer_stop');
        tick();
    }, 'primary');
    return h('div', {class: 'charley-timer'}, clock, h('div', {}, start), text);
}

// ---- the page ----

/** What was answered before may be no ordinary cramp: then that is said, and nothing else. */
function barred(state: State): HTMLElement | null {
    if (state.isEmpty) return null;
    const result = state.result();
    const isSerious = isFailure(result) || ((isEmergency(result) || result.urgency === 'same_day') &&
        result.reasons.some(reason => reason.urgency === result.urgency && !reason.is_unknown));
    if (!isSerious) return null;
    return h('div', {},
        banner(result, h('p', {}, h('strong', {}, say('now.barred')))),
        h('p', {}, linkButton(say('result_show'), 'result')));
}

export function nowView(state: State): () => HTMLElement {
    return () => {
        const [first, ...others] = DOORS.now.relief;
        return barred(state) ?? h('div', {class: 'charley-relief'},
            h('h1', {}, say('now.title')),
            h('p', {class: 'charley-warn'}, badge('danger', say('now.warn')), ' ', word(`remedy.${first}.who_not`)),
            steps(list(`remedy.${first}.how`)),
            h('div', {class: 'charley-pictures'}, Object.keys(PICTURES).map(picture)),
            timer(),
            h('section', {},
              h('h2', {}, say('now.then')),
              h('p', {}, say('now.then_text')),
              button(say('now.go_on'), () => {
                  for (const id of DOORS.now.answers) state.session.answer(id, 'yes');
                  state.changed();
                  go(state.next(false)?.is_short ? 'ask' : 'result');
              }, 'primary')),
            h('section', {},
              h('h2', {}, say('now.others')),
              others.map(id => more(word(`remedy.${id}.name`), () => [
                  steps(list(`remedy.${id}.how`)),
                  labelled('result.harms', word(`remedy.${id}.harms`)),
                  labelled('result.who_not', word(`remedy.${id}.who_not`))]))));
    };
}
