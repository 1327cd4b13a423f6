/* session.c: a session's memory and its answers. */
#include "session/session.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/view.h"
#include "text/unit.h"

/* ---- memory ---- */

charley_status ch_fail_memory(charley_error *error)
{
    return ch_fail(error, CHARLEY_E_MEMORY, "the session's memory is too small");
}

static uint32_t width_of(const charley_options *options)
{
    uint32_t width = options ? options->max_width : 0;
    if (width == 0)
        width = CH_DEFAULT_WIDTH;
    return width < CH_MAX_WIDTH ? width : CH_MAX_WIDTH;
}

/* Room for the tables of one posterior at the greatest width: two a condition. */
static uint64_t table_bytes(const charley_kb *kb, uint32_t width)
{
    uint64_t n_tables = 2 * (uint64_t)ch_kb_n(kb, CH_S_CONDITIONS) + 8;
    return (n_tables << width) * sizeof(double);
}

/* Everything else: a few dozen arrays, none larger than the links in all lanes. */
static uint64_t plain_bytes(const charley_kb *kb)
{
    uint64_t atoms = (uint64_t)ch_kb_n(kb, CH_S_ATOMS) + ch_kb_n(kb, CH_S_NUMBERS) + 16;
    uint64_t links = (uint64_t)ch_kb_n(kb, CH_S_LINKS) + 16;
    uint64_t conditions = (uint64_t)ch_kb_n(kb, CH_S_CONDITIONS) + 16;
    uint64_t records = (uint64_t)ch_kb_n(kb, CH_S_RULES) + ch_kb_n(kb, CH_S_REMEDIES) +
                       ch_kb_n(kb, CH_S_ACTIONS) + ch_kb_n(kb, CH_S_TESTS) +
                       ch_kb_n(kb, CH_S_CLINICS) + ch_kb_n(kb, CH_S_CLAIMS) +
                       ch_kb_n(kb, CH_S_DRUGS) + ch_kb_n(kb, CH_S_INTERACTIONS) +
                       ch_kb_n(kb, CH_S_CAUTIONS) + ch_kb_n(kb, CH_S_SCREENS) +
                       ch_kb_n(kb, CH_S_SCORE_ITEMS) + ch_kb_n(kb, CH_S_LISTS) + 64;
    uint64_t lanes = (3 * links + atoms + 2 * conditions) * CH_N_LANES * sizeof(double);
    uint64_t sweep = atoms * conditions * sizeof(double);
    uint64_t tables = (conditions * CH_N_DRAWS + 8 * links) * sizeof(double);
    return lanes + sweep + tables + atoms * 256 + records * 768 + ((uint64_t)1 << 18);
}

size_t charley_session_size(const charley_kb *kb, const charley_options *options)
{
    uint64_t bytes =
        sizeof(charley_session) + plain_bytes(kb) + table_bytes(kb, width_of(options));
    /* Where addresses have 32 bits the widest tables fit no memory at all. */
    return bytes < SIZE_MAX ? (size_t)bytes : SIZE_MAX;
}

charley_status charley_session_init(void *memory, size_t size, const charley_kb *kb,
                                    const charley_options *options,
                                    charley_session **session, charley_error *error)
{
    if (!memory || !kb || (uintptr_t)memory % 8)
        return ch_fail(error, CHARLEY_E_MISUSE, "a session needs memory aligned to 8");
    if (options && options->max_width > CH_MAX_WIDTH)
        return ch_fail(error, CHARLEY_E_MISUSE, "max_width is above %u",
                       (unsigned)CH_MAX_WIDTH);
    if (size < charley_session_size(kb, options))
        return ch_fail_memory(error);
    size_t region = CH_NONE;
    if (options && options->region.size)
        CH_TRY(charley_kb_find(kb, CHARLEY_REGION, options->region, &region, error));
    charley_session *s = memory;
    *s = (charley_session){.kb = kb};
    if (options)
        s->options = *options;
    s->options.max_width = width_of(options);
    s->options.region = charley_kb_id(kb, CHARLEY_REGION, region); /* outlives theirs */
    ch_arena_init(&s->arena, s + 1, size - sizeof *s);
    s->is_skipped = CH_TAKE(&s->arena, ch_kb_n(kb, CH_S_SCREENS) + 1, uint8_t);
    if (!s->is_skipped || !ch_facts_init(&s->facts, kb, &s->arena) ||
        !ch_facts_init(&s->spare, kb, &s->arena) ||
        !ch_network_init(&s->network, kb, &s->arena))
        return ch_fail_memory(error);
    s->facts.region = s->spare.region = (uint32_t)region;
    s->scratch_mark = ch_arena_mark(&s->arena);
    ch_facts_resolve(&s->facts);
    *session = s;
    return CHARLEY_OK;
}

void charley_session_clear(charley_session *session)
{
    ch_facts_clear(&session->facts);
    ch_facts_clear(&session->spare);
    ch_facts_resolve(&session->facts);
    memset(session->is_skipped, 0, ch_kb_n(session->kb, CH_S_SCREENS));
    session->places = (ch_places){0};
    /* The last result, question and what-if say what was answered, too. */
    session->result = (charley_result){0};
    session->question = (charley_question){0};
    session->what_if = (charley_what_if){0};
    ch_arena_rewind(&session->arena, session->scratch_mark);
    memset(session->arena.base + session->arena.used, 0,
           session->arena.peak - session->arena.used);
}

/* ---- answers ---- */

static const ch_finding *finding_of(const charley_kb *kb, uint32_t atom)
{
    return &ch_kb_findings(kb)[ch_kb_atoms(kb)[atom].finding];
}

charley_status ch_find_answerable(const charley_kb *kb, charley_text id, uint32_t *out,
                                  charley_error *error)
{
    uint32_t atom = ch_kb_find_atom(kb, id);
    if (atom == CH_NONE) {
        uint32_t finding = ch_kb_find_finding(kb, id);
        if (finding == CH_NONE)
            return ch_kb_fail_unknown_finding(kb, id, error);
        bool is_number = ch_kb_findings(kb)[finding].kind == CH_FK_NUMBER;
        return ch_fail_about(error, CHARLEY_E_DATA, id,
                             is_number ? "this finding takes a number with a unit"
                                       : "this finding takes one of its options");
    }
    if (finding_of(kb, atom)->kind == CH_FK_DERIVED)
        return ch_fail_about(error, CHARLEY_E_DATA, id,
                             "this finding follows from others and cannot be answered");
    *out = atom;
    return CHARLEY_OK;
}

charley_status charley_answer_set(charley_session *session, charley_text id,
                                  charley_answer answer, charley_error *error)
{
    uint32_t atom;
    if ((unsigned)answer > CHARLEY_YES)
        return ch_fail_about(error, CHARLEY_E_MISUSE, id, "there is no such answer");
    CH_TRY(ch_find_answerable(session->kb, id, &atom, error));
    ch_facts_set(&session->facts, atom, answer);
    ch_facts_resolve(&session->facts);
    return CHARLEY_OK;
}

static charley_status find_number(const charley_kb *kb, charley_text id,
                                  uint32_t *number, charley_error *error)
{
    uint32_t finding = ch_kb_find_finding(kb, id);
    if (finding == CH_NONE)
        return ch_kb_fail_unknown_finding(kb, id, error);
    *number = ch_kb_findings(kb)[finding].number;
    if (*number == CH_NONE)
        return ch_fail_about(error, CHARLEY_E_DATA, id,
                             "this finding takes yes, no or an option, not a number");
    return CHARLEY_OK;
}

charley_status ch_give_number(ch_facts *facts, charley_text id, double value,
                              charley_text unit, charley_error *error)
{
    const charley_kb *kb = facts->kb;
    uint32_t index;
    CH_TRY(find_number(kb, id, &index, error));
    const ch_number *number = &ch_kb_numbers(kb)[index];
    double converted;
    charley_status status =
        ch_unit_convert(value, unit, ch_kb_string(kb, number->unit),
                        ch_kb_string(kb, number->substance), &converted, error);
    if (status != CHARLEY_OK) {
        if (error && id.size < sizeof error->id)
            memcpy(error->id, id.bytes, id.size);
        return status;
    }
    if (!(converted >= number->minimum && converted <= number->maximum)) {
        ch_fail_about(error, CHARLEY_E_DATA, id, "the value is outside the range of ");
        ch_fail_append(error, id);
        return CHARLEY_E_DATA;
    }
    facts->numbers[index] = converted;
    return CHARLEY_OK;
}

charley_status charley_answer_number(charley_session *session, charley_text id,
                                     double value, charley_text unit,
                                     charley_error *error)
{
    CH_TRY(ch_give_number(&session->facts, id, value, unit, error));
    ch_facts_resolve(&session->facts);
    return CHARLEY_OK;
}

charley_status charley_answer_clear(charley_session *session, charley_text id,
                                    charley_error *error)
{
    const charley_kb *kb = session->kb;
    uint32_t atom = ch_kb_find_atom(kb, id);
    if (atom != CH_NONE)
        return charley_answer_set(session, id, CHARLEY_UNKNOWN, error);
    uint32_t finding = ch_kb_find_finding(kb, id);
    if (finding == CH_NONE)
        return ch_kb_fail_unknown_finding(kb, id, error);
    const ch_finding *record = &ch_kb_findings(kb)[finding];
    const uint32_t *option = ch_kb_list(kb, record->atoms);
    for (uint32_t i = 0; i < record->atoms.n; i++)
        session->facts.given[option[i]] = CHARLEY_UNKNOWN;
    if (record->number != CH_NONE)
        session->facts.numbers[record->number] = (double)NAN;
    ch_facts_resolve(&session->facts);
    return CHARLEY_OK;
}
