// handoff.ts: for the clinician: situation, background, assessment, recommendation; scores,
// what was denied, what was not asked, codes. One page on paper, and as plain text.
import type {Question, Result} from 'charley';
import {CONTEXT_SCREENS} from '../data.js';
import {h} from '../dom.js';
import {banner, button, explained, sources, tell} from '../parts.js';
import {redraw} from '../router.js';
import {isFailure, type State} from '../state.js';
import {nowInWords, number, say, word} from '../words.js';
import {answerInWords} from './answers.js';
import {placesInWords} from './map.js';
import {copy} from './outputs.js';
import {scoreInWords} from './scores.js';

interface Block {
    readonly title: string;
    readonly lines: readonly string[];
    /** small on paper */
    readonly isLong?: boolean;
}

const percent = (p: number) => `${number(p * 100 < 1 ? Math.round(p * 1000) / 10 : Math.round(p * 100))} %`;

function blocks(state: State, result: Result): Block[] {
    const screens = state.screens();
    const isContext = (screen: Question) => CONTEXT_SCREENS.includes(screen.id);
    const yes = (some: Question[]) => some.flatMap(screen => answerInWords(state, screen));
    const no = screens.flatMap(screen => screen.kind === 'many' || screen.kind === 'yes_no'
        ? screen.choices.filter(choice => choice.answer === 'no').map(choice => choice.label) : []);
    const open = result.danger_not_answered.map(item => item.name);
    const causes = state.knowledge.ids('condition');
    const codes = (id: string) => explained(state, `condition:${id}`).codes ?? '';
    const labelled = (key: string, texts: readonly string[]) => texts.length > 0 ? [say(key, {list: texts.join('; ')})] : [];
    return [
        {title: say('handoff.situation'), lines: [
            `${result.headline}. ${result.time_frame}`,
            ...(result.is_provisional ? [say('handoff.provisional', {n: open.length})] : []),
            ...(state.places.length > 0 ? [say('handoff.places', {places: placesInWords(state)})] : []),
            ...yes(screens.filter(screen => !isContext(screen)))]},
        {title: say('handoff.background'), lines: yes(screens.filter(isContext))},
        {title: say('handoff.assessment'), lines: [
            // A cause that is likely enough is named; a rule is told by its row in the evidence.
            ...result.reasons.map(reason => causes.includes(reason.id)
                ? say('named', {name: explained(state, `condition:${reason.id}`).name ?? '', value: word(`urgency.${reason.urgency}.title`)})
                : say(reason.is_unknown ? 'handoff.reason_unknown' : 'handoff.reason',
                {why: reason.why, id: reason.code ?? reason.id, urgency: word(`urgency.${reason.urgency}.title`)})),
            ...result.causes.map(cause => say(codes(cause.id) ? 'handoff.cause_coded' : 'handoff.cause', {name: cause.name, p: percent(cause.probability.p),
                low: percent(cause.probability.low), high: percent(cause.probability.high), codes: codes(cause.id)})),
            ...result.scores.map(scoreInWords)]},
        {title: say('handoff.recommendation'), lines: [
            result.where_to_go,
            ...labelled('handoff.tests', result.tests.map(test => test.name)),
            ...labelled('handoff.clinics', result.clinics.map(clinic => clinic.name)),
            ...labelled('handoff.not', result.do_not.filter(one => one.caution).map(one => one.name)),
            ...(result.interactions ?? []).map(one => `${one.name}: ${one.why}`)]},
        {title: say('handoff.negatives'), lines: labelled('handoff.list', no), isLong: true},
        {title: say('handoff.not_asked'), lines: labelled('handoff.list', open), isLong: true},
    ].filter(block => block.lines.length > 0);
}

function versions(result: Result): string {
    return word('ui.result.versions', {engine: result.engine_version, knowledge: result.knowledge_version, hash: result.knowledge_hash});
}

function asText(title: string, some: Block[], end: string): string {
    return [title, ...some.flatMap(block => ['', block.title.toUpperCase(), ...block.lines.map(line => `- ${line}`)]), '', end, ''].join('\n');
}

export function handoffView(state: State): () => HTMLElement {
    return () => {
        const result = state.result();
        if (isFailure(result)) return h('div', {}, banner(result), h('p', {}, h('a', {href: '#/answers'}, say('failure.answers'))));
        const some = blocks(state, result);
        const title = say('handoff.title', {when: nowInWords()});
        const place = h('div', {});
        const clinician = h('input', {class: 'nhsuk-checkboxes__input', type: 'checkbox', id: 'clinician', checked: state.settings.isClinician, onchange: () => {
            state.change({isClinician: clinician.checked});
            redraw();
            tell(say(state.settings.isClinician ? 'handoff.clinician_on' : 'handoff.clinician_off'));
        }});
        return h('div', {class: 'charley-handoff'},
            h('a', {class: 'nhsuk-back-link', href: '#/result'}, say('back')),
            h('h1', {}, title),
            h('p', {class: 'charley-handoff__text'}, say('handoff.text')),
            h('div', {class: 'charley-buttons'},
              button(say('out.copy'), () => void copy(asText(title, some, `${versions(result)}. ${result.disclaimer}`), place)),
              button(say('out.print'), () => print())),
            place,
            h('div', {class: 'nhsuk-checkboxes nhsuk-checkboxes--small charley-screen'},
              h('div', {class: 'nhsuk-checkboxes__item'}, clinician,
                h('label', {class: 'nhsuk-label nhsuk-checkboxes__label', for: 'clinician'}, say('handoff.clinician')))),
            some.map(block => h('section', {class: `charley-handoff__block${block.isLong ? ' charley-handoff__block--long' : ''}`},
                h('h2', {}, block.title), h('ul', {}, block.lines.map(line => h('li', {}, line))))),
            sources(state, [...new Set(result.reasons.flatMap(reason => reason.sources))]),
            h('p', {class: 'charley-versions'}, versions(result)));
    };
}
