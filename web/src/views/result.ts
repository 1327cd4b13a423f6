// result.ts: the answer, in the order of what matters: how fast, why, now, do not, what it
// may be, what would change it, tests, who can help, prevention, when to come back.
import type {Failure, Remedy, Result} from 'charley';
import {bar, inWords, people} from '../chance.js';
import {h, lines} from '../dom.js';
import {badge, banner, emergencyCall, inFull, isEmergency, items, labelled, linkButton, more, paragraphs, section, sources,
        steps} from '../parts.js';
import {redraw} from '../router.js';
import {isFailure, type State} from '../state.js';
import {dayIn, hasWord, joined, say, word} from '../words.js';
import {outputs} from './outputs.js';
import {scores} from './scores.js';
import {whatIf} from './what_if.js';

type Cause = Result['causes'][number];
type Part = HTMLElement | null;

/** Groups shown before "more" on a page that must not distract. */
const N_FIRST = 3;

function reasons(state: State, result: Result): Part {
    const told = (reason: Result['reasons'][number], key = '') => [
        key ? labelled(key, reason.why) : h('p', {}, reason.why),
        reason.is_unknown ? h('p', {class: 'charley-unknown'}, word('ui.result.reason_unknown')) : null];
    const [first, ...rest] = result.reasons;
    if (!first) return null;
    const from = sources(state, first.sources);
    return h('div', {}, told(first, 'result.why'), rest.length === 0 ? from : more(say('result.why_more', {n: rest.length}), () => [from, ...rest.flatMap(one => [...told(one), sources(state, one.sources)])]));
}

/** Danger signs that were not answered: the result may be wrong until they are. */
function provisional(state: State, result: Result): Part {
    if (!result.is_provisional) return null;
    const n = result.danger_not_answered.length;
    const first = state.session.next();
    return h('section', {class: 'charley-notice', 'aria-labelledby': 'provisional'},
             h('h2', {id: 'provisional'}, say('result.provisional')),
             h('p', {}, say('result.provisional_text', {n})),
             more(say('result.provisional_which', {n}), () =>
                 h('ul', {},
                   result.danger_not_answered.map(item => h('li', {}, item.name)))),
             linkButton(say('result.go_on'), first ? 'ask' : 'ask//more', 'secondary'));
}

function grade(one: Remedy): Part {
    return one.grade ? h('p', {}, badge(`grade-${one.grade}`, say('result.grade', {grade: one.grade})), ' ', word(`grade.${one.grade}`)) : null;
}

/** What to do, and the care to take; what came of it for whom waits behind a tap. */
function remedy(state: State, one: Remedy, isPrevention = false): HTMLElement {
    return h('div', {class: 'charley-item'},
        h('h3', {}, one.name, ...(one.verdict === 'ask_first' ? [' ', badge('ask', say('result.ask_first'))] : [])),
        isPrevention ? grade(one) : null, steps(one.how), labelled('result.dose', one.dose), labelled('result.harms', one.harms),
        labelled('result.who_not', one.who_not),
        more(say('result.how_well'), () => [isPrevention ? null : grade(one), labelled('result.effect', one.effect),
                                            labelled('result.population', one.population), sources(state, one.sources)], 'charley-sources', one.name));
}

function now(state: State, result: Result): Part {
    const told = (some: readonly Remedy[]) => some.map(one => remedy(state, one));
    const rest = result.do_now.slice(N_FIRST);
    return section('now', say('result.now'), steps(result.now), told(result.do_now.slice(0, N_FIRST)),
                   rest.length > 0 ? more(say('result.now_more', {n: rest.length}), () => told(rest)) : null);
}

/** What is forbidden for one reason stands together. */
function doNot(state: State, result: Result, isWhole = !isEmergency(result)): Part {
    const groups = new Map<string, Remedy[]>();
    for (const one of result.do_not) {
        const key = `${one.verdict} ${one.reason ?? ''}`;
        groups.set(key, [...groups.get(key) ?? [], one]);
    }
    const told = (group: Remedy[]) => {
        const [first] = group;
        const isForbidden = first!.verdict === 'forbidden';
        return h('li', {class: 'charley-not__item'},
            h('strong', {}, say(isForbidden ? 'result.not' : 'result.ask_first_label')),
            h('ul', {}, group.map(one => h('li', {}, isForbidden ? h('s', {}, one.name) : one.name))),
            first!.reason ? h('p', {}, first!.reason) : null,
            !isWhole ? null : labelled('result.lifted', first!.lifted_by),
            !isWhole ? null : sources(state, [...new Set(group.flatMap(one => one.sources))]));
    };
    const list = (some: Remedy[][]) => h('ul', {class: 'charley-not'}, some.map(told));
    // What a caution forbids to this person first; what helps nobody after it.
    const mine = [...groups.values()].filter(group => group[0]!.grade !== 'X' && group.some(one => one.caution));
    const others = [...groups.values()].filter(group => !mine.includes(group));
    mine.sort((a, b) => b.length - a.length);
    const first = mine.slice(0, N_FIRST);
    const rest = mine.slice(first.length);
    return section(isWhole ? 'not' : 'not-first', say('result.do_not'),
        first.length > 0 ? list(first) : null,
        isWhole && rest.length > 0 ? more(say('result.do_not_more', {n: rest.length}), () => list(rest)) : null,
        isWhole && others.length > 0 ? more(say('result.do_not_useless', {n: others.reduce((n, group) => n + group.length, 0)}), () => list(others)) : null);
}

function evidence(state: State, title: string, signs: Cause['for']): Part {
    if (signs.length === 0) return null;
    // No is an answer to a question; of several choices, others were taken.
    const told = ({finding, label, answer}: Cause['for'][number]) => answer !== 'no' ? inFull(state, finding, label)
        : say(finding.includes('=') ? 'result.not_chosen' : 'result.answered_no', {label});
    return h('div', {},
        h('h4', {}, title),
        h('ul', {}, signs.map(sign => h('li', {}, told(sign)))),
        sources(state, [], signs.flatMap(sign => sign.claim ? [[sign.claim, inFull(state, sign.finding, sign.label)] as const] : [])));
}

function cause(state: State, one: Cause): HTMLElement {
    return h('li', {class: 'charley-cause'},
        h('h3', {}, one.name),
        h('p', {class: 'charley-cause__chance'}, inWords(one.probability)),
        bar(one.probability),
        one.is_suspected ? h('p', {class: 'charley-unknown'}, word('ui.cause.suspected')) : null,
        one.at_floor ? h('p', {class: 'charley-unknown'}, word('ui.cause.at_floor')) : null,
        more(say('cause.more'), () => [
            ...paragraphs(lines(one.what)),
            labelled('cause.also', one.also), labelled('cause.mechanism', one.mechanism), labelled('cause.course', one.course),
            evidence(state, say('cause.for'), one.for), evidence(state, say('cause.against'), one.against),
            evidence(state, say('cause.not_asked'), one.not_asked)], '', one.name),
        more(say('cause.people'), () => people(one.probability), '', one.name));
}

function causes(state: State, result: Result): Part {
    if (result.causes.length === 0) return null;
    return section('causes', say('result.causes'), h('p', {}, word('ui.result.causes_text')),
                   h('ol', {class: 'charley-causes'}, result.causes.map(one => cause(state, one))),
                   h('p', {class: 'nhsuk-hint'}, say('cause.bar_key')));
}

function medicines(state: State, result: Result): Part[] {
    const told = (one: Result['medicines'][number] | Result['interactions'][number]) => h('div', {class: 'charley-item'},
        h('h3', {}, one.name, 'level' in one ? ' ' : '', 'level' in one ? badge(one.level, say(`level.${one.level}`)) : null),
        h('p', {}, one.why), one.ratio ? h('p', {}, one.ratio) : null, steps(one.do, false),
        sources(state, one.sources));
    return [
        section('interactions', say('result.interactions'), (result.interactions ?? []).map(told)),
        section('medicines', say('result.medicines'), (result.medicines ?? []).length > 0 ? h('p', {}, say('result.medicines_text')) : null, (result.medicines ?? []).map(told)),
    ];
}

/** When to come back, with the day. */
function comeBack(result: Result): Part {
    const key = `ui.page.days.${result.urgency}`;
    return section('back', say('result.come_back'),
        hasWord(key) ? h('p', {}, h('strong', {}, say(`come_back.${result.urgency}`, {day: dayIn(Number(word(key)))}))) : null,
        steps(result.safety_net, false));
}

function claims(state: State, result: Result): Part {
    const n = result.claims.length;
    if (n === 0) return null;
    const told = (some: Result['claims']) => some.map(claim => h('div', {class: 'charley-item'},
        h('h3', {class: 'charley-claim'}, h('q', {}, claim.name)), ...paragraphs(lines(claim.text ?? '')), sources(state, claim.sources)));
    return section('claims', say('result.claims'), told(result.claims.slice(0, N_FIRST)),
                   n > N_FIRST ? more(say('result.claims_more', {n: n - N_FIRST}), () => told(result.claims.slice(N_FIRST))) : null);
}

function prevention(state: State, result: Result): Part {
    const told = (some: readonly Remedy[]) => some.map(one => remedy(state, one, true));
    const rest = result.prevention.slice(N_FIRST);
    return section('prevention', say('result.prevention'), told(result.prevention.slice(0, N_FIRST)),
                   rest.length > 0 ? more(say('result.prevention_more', {n: rest.length}), () => told(rest)) : null);
}

function failure(state: State, result: Failure): HTMLElement {
    const about = state.asking(result.error.id ?? '');
    return h('div', {class: 'charley-result'},
        banner(result, emergencyCall(state, redraw)),
        section('why', say('failure.why'),
            h('p', {}, result.error.status === 'conflict' ? say('failure.conflict') : result.error.text),
            about ? h('p', {}, h('a', {href: `#/ask/${about.screen}/result`}, say('failure.change', {label: about.label}))) : null,
            h('p', {}, h('a', {href: '#/answers'}, say('failure.answers')))),
        section('danger', word('ui.page.without.title'), steps(lines(word('ui.page.without.danger')), false)));
}

export function resultView(state: State): () => HTMLElement {
    return () => {
        const result = state.result();
        if (isFailure(result)) return failure(state, result);
        const again = redraw;
        state.shown = result.urgency;
        const rest: Part[] = [
            causes(state, result),
            whatIf(state, result, again),
            section('tests', say('result.tests'), items(state, result.tests)),
            section('clinics', say('result.clinics'), items(state, result.clinics)),
            ...medicines(state, result),
            prevention(state, result),
            comeBack(result),
            claims(state, result),
            scores(state, result),
            result.left_out.length > 0
                ? section('left_out', say('result.left_out'), h('p', {}, joined(result.left_out.map(item => item.name)))) : null,
            outputs(state),
            h('p', {class: 'charley-versions'}, word('ui.result.versions', {
                engine: result.engine_version, knowledge: result.knowledge_version, hash: result.knowledge_hash.slice(0, 12)})),
        ];
        const top = [reasons(state, result), now(state, result), doNot(state, result)];
        if (isEmergency(result))
            return h('div', {class: 'charley-result charley-result--emergency'},
                banner(result, emergencyCall(state, again)),
                ...top,
                h('p', {}, linkButton(say('out.handoff'), 'handoff', 'secondary')),
                more(say('result.rest'), () => [provisional(state, result), doNot(state, result, true), ...rest], 'charley-rest'));
        return h('div', {class: 'charley-result'},
            banner(result, result.urgency === 'could_not_assess' ? emergencyCall(state, again) : null), provisional(state, result), ...top, ...rest);
    };
}
