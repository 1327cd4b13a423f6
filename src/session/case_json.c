/* case_json.c: a case document into answers and back (charley.7, "CASE FILES").
 *
 *     {"charley_case": 1,
 *      "answers": {"age": {"value": 34, "unit": "a"}, "sex": "female",
 *                  "chest_pain": "no", "calf_swelling_one_side": "yes"},
 *      "skipped": ["about_swelling"],
 *      "places": ["outer_calf.left"]}
 *
 * Reading is all or nothing and strict: an unknown name, a value of the wrong kind or a
 * contradiction is an error with its place, never passed over in silence.
 */
#include "session/session.h"

#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/view.h"
#include "text/json_read.h"
#include "text/json_write.h"

enum { CASE_FORMAT = 1, MAX_ID = 128 };

typedef struct reader {
    const charley_kb *kb;
    ch_facts *facts;     /* take the answers */
    uint8_t *is_skipped; /* [n_screens] */
    ch_places *places;
    ch_json json;
    charley_error *error;
    char id[MAX_ID]; /* of the member being read, escapes resolved */
    charley_text name;
    size_t name_at;
} reader;

/* Adds the place of the present member to a failure that has none. */
static charley_status located(reader *r, size_t at, charley_status status)
{
    if (status != CHARLEY_OK)
        ch_json_locate(&r->json, at);
    return status;
}

static charley_status fail_value(reader *r, size_t at, const char *what)
{
    ch_fail_about(r->error, CHARLEY_E_DATA, r->name, "\"");
    ch_fail_append(r->error, r->name);
    ch_fail_append(r->error, ch_view("\" "));
    ch_fail_append(r->error, ch_view(what));
    return located(r, at, CHARLEY_E_DATA);
}

static charley_status read_name(reader *r, const ch_json_token *token)
{
    r->name_at = token->at;
    if (ch_json_unescape(token, r->id, sizeof r->id, &r->name, NULL) != CHARLEY_OK)
        return located(r, token->at,
                       ch_fail(r->error, CHARLEY_E_NOTFOUND,
                               "this name is longer than any that Charley knows"));
    return CHARLEY_OK;
}

/* yes, no, unknown, true, false, null. */
static bool answer_of(const ch_json_token *token, charley_answer *answer)
{
    switch (token->kind) {
    case CH_JSON_TRUE:
        *answer = CHARLEY_YES;
        return true;
    case CH_JSON_FALSE:
        *answer = CHARLEY_NO;
        return true;
    case CH_JSON_NULL:
        *answer = CHARLEY_UNKNOWN;
        return true;
    case CH_JSON_STRING:
        for (unsigned a = CHARLEY_UNKNOWN; a <= CHARLEY_YES; a++) {
            charley_text name = charley_answer_name((charley_answer)a);
            if (!token->has_escape && ch_view_equal(token->text, name)) {
                *answer = (charley_answer)a;
                return true;
            }
        }
        return false;
    default:
        return false;
    }
}

static charley_status read_yes_no(reader *r, const ch_finding *finding,
                                  const ch_json_token *token)
{
    charley_answer answer;
    if (!answer_of(token, &answer))
        return fail_value(r, token->at, "takes \"yes\", \"no\" or \"unknown\"");
    uint32_t atom = ch_kb_list(r->kb, finding->atoms)[0];
    ch_facts_set(r->facts, atom, answer);
    return CHARLEY_OK;
}

/* The atom of an option by its name, or CH_NONE. */
static uint32_t option_atom(const charley_kb *kb, const ch_finding *finding,
                            charley_text option)
{
    size_t prefix = ch_kb_string(kb, finding->id).size + 1;
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[atom[i]].id);
        if (ch_view_equal(ch_view_part(id, prefix, id.size), option))
            return atom[i];
    }
    return CH_NONE;
}

/* E_DATA that lists the options there are. */
static charley_status fail_option(reader *r, const ch_finding *finding, size_t at)
{
    const charley_kb *kb = r->kb;
    fail_value(r, at, "takes one of:");
    size_t prefix = ch_kb_string(kb, finding->id).size + 1;
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[atom[i]].id);
        ch_fail_append(r->error, ch_view(i ? ", " : " "));
        ch_fail_append(r->error, ch_view_part(id, prefix, id.size));
    }
    return CHARLEY_E_DATA;
}

/* {"option": "yes" | "no" | "unknown", ...}: what is known of single options. */
static charley_status read_options(reader *r, const ch_finding *finding)
{
    for (;;) {
        ch_json_token token;
        CH_TRY(ch_json_next(&r->json, &token));
        if (token.kind == CH_JSON_OBJECT_END)
            return CHARLEY_OK;
        char buffer[MAX_ID];
        charley_text option = {NULL, 0};
        if (ch_json_unescape(&token, buffer, sizeof buffer, &option, NULL) !=
            CHARLEY_OK)
            return fail_option(r, finding, token.at);
        uint32_t atom = option_atom(r->kb, finding, option);
        if (atom == CH_NONE)
            return fail_option(r, finding, token.at);
        CH_TRY(ch_json_next(&r->json, &token));
        charley_answer answer;
        if (!answer_of(&token, &answer))
            return fail_value(r, token.at, "takes \"yes\", \"no\" or \"unknown\"");
        if (answer == CHARLEY_YES)
            ch_facts_set(r->facts, atom, answer);
        else if (r->facts->given[atom] != CHARLEY_YES)
            r->facts->given[atom] = (uint8_t)answer;
        else
            return fail_value(r, token.at, "is answered in two ways");
    }
}

static charley_status read_choice(reader *r, const ch_finding *finding,
                                  const ch_json_token *token)
{
    charley_answer answer;
    if (token->kind == CH_JSON_OBJECT)
        return read_options(r, finding);
    if (token->kind == CH_JSON_STRING) {
        char buffer[MAX_ID];
        charley_text option;
        if (ch_json_unescape(token, buffer, sizeof buffer, &option, NULL) != CHARLEY_OK)
            return fail_option(r, finding, token->at);
        uint32_t atom = option_atom(r->kb, finding, option);
        if (atom != CH_NONE) {
            ch_facts_set(r->facts, atom, CHARLEY_YES);
            return CHARLEY_OK;
        }
    }
    if (answer_of(token, &answer) && answer == CHARLEY_UNKNOWN)
        return CHARLEY_OK;
    return fail_option(r, finding, token->at);
}

/* {"value": 34, "unit": "a"}, or unknown. */
static charley_status read_number(reader *r, const ch_json_token *token)
{
    charley_answer answer;
    if (answer_of(token, &answer) && answer == CHARLEY_UNKNOWN)
        return CHARLEY_OK;
    if (token->kind != CH_JSON_OBJECT)
        return fail_value(r, token->at, "takes {\"value\": number, \"unit\": \"...\"}");
    size_t at = token->at;
    ch_json_token member, value = {0}, unit = {0};
    for (;;) {
        CH_TRY(ch_json_next(&r->json, &member));
        if (member.kind == CH_JSON_OBJECT_END)
            break;
        if (ch_json_is(&member, "value"))
            CH_TRY(ch_json_expect(&r->json, CH_JSON_NUMBER, &value));
        else if (ch_json_is(&member, "unit"))
            CH_TRY(ch_json_expect(&r->json, CH_JSON_STRING, &unit));
        else
            return fail_value(r, member.at, "has only \"value\" and \"unit\" within");
    }
    if (value.kind != CH_JSON_NUMBER)
        return fail_value(r, at, "has no \"value\"");
    if (unit.kind != CH_JSON_STRING || unit.has_escape || unit.text.size == 0)
        return fail_value(r, at, "has no \"unit\"");
    return located(
        r, value.at,
        ch_give_number(r->facts, r->name, value.number, unit.text, r->error));
}

static charley_status read_answer(reader *r)
{
    const charley_kb *kb = r->kb;
    uint32_t index = ch_kb_find_finding(kb, r->name);
    if (index == CH_NONE)
        return located(r, r->name_at,
                       ch_kb_fail_unknown_finding(kb, r->name, r->error));
    const ch_finding *finding = &ch_kb_findings(kb)[index];
    ch_json_token token;
    CH_TRY(ch_json_next(&r->json, &token));
    switch (finding->kind) {
    case CH_FK_YES_NO:
        return read_yes_no(r, finding, &token);
    case CH_FK_ONE_OF:
        return read_choice(r, finding, &token);
    case CH_FK_NUMBER:
        return read_number(r, &token);
    default:
        return fail_value(r, r->name_at, "follows from other answers; leave it out");
    }
}

static charley_status read_answers(reader *r)
{
    ch_json_token token;
    CH_TRY(ch_json_expect(&r->json, CH_JSON_OBJECT, &token));
    for (;;) {
        CH_TRY(ch_json_next(&r->json, &token));
        if (token.kind == CH_JSON_OBJECT_END)
            return CHARLEY_OK;
        CH_TRY(read_name(r, &token));
        CH_TRY(read_answer(r));
    }
}

static charley_status
read_list(reader *r, charley_status (*read_item)(reader *r, const ch_json_token *token))
{
    ch_json_token token;
    CH_TRY(ch_json_expect(&r->json, CH_JSON_ARRAY, &token));
    for (;;) {
        CH_TRY(ch_json_next(&r->json, &token));
        if (token.kind == CH_JSON_ARRAY_END)
            return CHARLEY_OK;
        CH_TRY(read_item(r, &token));
    }
}

static charley_status read_skipped(reader *r, const ch_json_token *token)
{
    if (token->kind != CH_JSON_STRING)
        return fail_value(r, token->at, "takes a list of screen ids");
    CH_TRY(read_name(r, token));
    size_t screen;
    CH_TRY(located(r, token->at,
                   charley_kb_find(r->kb, CHARLEY_SCREEN, r->name, &screen, r->error)));
    r->is_skipped[screen] = 1;
    return CHARLEY_OK;
}

/* ID or ID.left or ID.right, ID being [a-z][a-z0-9_]*. */
static bool is_place(charley_text text)
{
    size_t size = 0;
    while (size < text.size &&
           ((text.bytes[size] >= 'a' && text.bytes[size] <= 'z') ||
            (size > 0 && ((text.bytes[size] >= '0' && text.bytes[size] <= '9') ||
                          text.bytes[size] == '_'))))
        size++;
    charley_text side = ch_view_part(text, size, text.size);
    return size > 0 && text.size <= CH_MAX_PLACE_BYTES &&
           (side.size == 0 || ch_view_is(side, ".left") || ch_view_is(side, ".right"));
}

static bool has_place(const ch_places *places, charley_text place)
{
    for (uint32_t i = 0; i < places->n; i++)
        if (ch_view_equal((charley_text){places->id[i], places->size[i]}, place))
            return true;
    return false;
}

static charley_status read_place(reader *r, const ch_json_token *token)
{
    ch_places *places = r->places;
    char buffer[MAX_ID];
    charley_text place;
    if (token->kind != CH_JSON_STRING ||
        ch_json_unescape(token, buffer, sizeof buffer, &place, NULL) != CHARLEY_OK ||
        !is_place(place))
        return fail_value(r, token->at,
                          "takes places such as \"shin\" or \"shin.left\"");
    if (has_place(places, place))
        return fail_value(r, token->at, "has a place twice");
    if (places->n == CH_MAX_PLACES)
        return located(r, token->at,
                       ch_fail(r->error, CHARLEY_E_LIMIT,
                               "a case has at most %u places",
                               (unsigned)CH_MAX_PLACES));
    memcpy(places->id[places->n], place.bytes, place.size);
    places->size[places->n++] = (uint8_t)place.size;
    return CHARLEY_OK;
}

static charley_status read_format(reader *r)
{
    ch_json_token token;
    CH_TRY(ch_json_expect(&r->json, CH_JSON_NUMBER, &token));
    if (token.number == CASE_FORMAT)
        return CHARLEY_OK;
    return located(r, token.at,
                   ch_fail(r->error, CHARLEY_E_VERSION,
                           "this case has another format than %u",
                           (unsigned)CASE_FORMAT));
}

static charley_status read_document(reader *r)
{
    bool has_format = false;
    bool has_answers = false;
    ch_json_token token;
    CH_TRY(ch_json_expect(&r->json, CH_JSON_OBJECT, &token));
    for (;;) {
        CH_TRY(ch_json_next(&r->json, &token));
        if (token.kind == CH_JSON_OBJECT_END)
            break;
        CH_TRY(read_name(r, &token));
        if (ch_view_is(r->name, "charley_case")) {
            CH_TRY(read_format(r));
            has_format = true;
        } else if (ch_view_is(r->name, "answers")) {
            CH_TRY(read_answers(r));
            has_answers = true;
        } else if (ch_view_is(r->name, "skipped")) {
            CH_TRY(read_list(r, read_skipped));
        } else if (ch_view_is(r->name, "places")) {
            CH_TRY(read_list(r, read_place));
        } else {
            return fail_value(r, token.at,
                              "is not part of a case: there are \"charley_case\", "
                              "\"answers\", \"skipped\" and \"places\"");
        }
    }
    size_t end = token.at;
    CH_TRY(ch_json_expect(&r->json, CH_JSON_END, &token));
    if (!has_format || !has_answers)
        return located(r, end,
                       ch_fail(r->error, CHARLEY_E_DATA,
                               "a case needs \"charley_case\": 1 and \"answers\""));
    return CHARLEY_OK;
}

charley_status charley_session_read_case(charley_session *session, const char *json,
                                         size_t size, charley_error *error)
{
    if (size > CH_MAX_CASE_BYTES)
        return ch_fail(error, CHARLEY_E_LIMIT, "a case has at most %u bytes",
                       (unsigned)CH_MAX_CASE_BYTES);
    const charley_kb *kb = session->kb;
    ch_arena_rewind(&session->arena, session->scratch_mark);
    charley_error ignored;
    reader r = {.kb = kb, .facts = &session->spare, .error = error ? error : &ignored};
    r.is_skipped = CH_TAKE(&session->arena, ch_kb_n(kb, CH_S_SCREENS) + 1, uint8_t);
    r.places = CH_TAKE(&session->arena, 1, ch_places);
    ch_json_name *names = CH_TAKE(&session->arena, CH_MAX_JSON_NAMES, ch_json_name);
    if (!r.is_skipped || !r.places || !names)
        return ch_fail_memory(error);
    ch_facts_clear(r.facts);
    ch_json_start(&r.json, (charley_text){json, size}, names, CH_MAX_JSON_NAMES,
                  r.error);
    CH_TRY(read_document(&r));
    ch_facts_resolve(r.facts);
    CH_TRY(ch_facts_check(r.facts, r.error));
    ch_facts_copy(&session->facts, r.facts);
    memcpy(session->is_skipped, r.is_skipped, ch_kb_n(kb, CH_S_SCREENS));
    session->places = *r.places;
    return CHARLEY_OK;
}

/* ---- writing ---- */

static void write_choice(const charley_session *session, const ch_finding *finding,
                         ch_json_writer *out)
{
    const charley_kb *kb = session->kb;
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    size_t prefix = ch_kb_string(kb, finding->id).size + 1;
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[atom[i]].id);
        if (session->facts.given[atom[i]] == CHARLEY_YES) {
            ch_json_put_string(out, ch_view_part(id, prefix, id.size));
            return;
        }
    }
    ch_json_put_object(out);
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[atom[i]].id);
        if (session->facts.given[atom[i]] == CHARLEY_UNKNOWN)
            continue;
        ch_json_put_name(out, ch_view_part(id, prefix, id.size));
        ch_json_put_string(out, charley_answer_name(CHARLEY_NO));
    }
    ch_json_put_end(out);
}

static bool is_answered(const charley_session *session, const ch_finding *finding)
{
    if (finding->number != CH_NONE) {
        double value = session->facts.numbers[finding->number];
        return value == value;
    }
    const uint32_t *atom = ch_kb_list(session->kb, finding->atoms);
    for (uint32_t i = 0; i < finding->atoms.n; i++)
        if (session->facts.given[atom[i]] != CHARLEY_UNKNOWN)
            return true;
    return false;
}

static void write_answer(const charley_session *session, const ch_finding *finding,
                         ch_json_writer *out)
{
    const charley_kb *kb = session->kb;
    ch_json_put_name(out, ch_kb_string(kb, finding->id));
    if (finding->kind == CH_FK_NUMBER) {
        ch_json_put_object(out);
        ch_json_put_name(out, CHARLEY_TEXT("value"));
        ch_json_put_number(out, session->facts.numbers[finding->number]);
        ch_json_put_name(out, CHARLEY_TEXT("unit"));
        ch_json_put_string(out,
                           ch_kb_string(kb, ch_kb_numbers(kb)[finding->number].unit));
        ch_json_put_end(out);
    } else if (finding->kind == CH_FK_ONE_OF) {
        write_choice(session, finding, out);
    } else {
        uint8_t answer = session->facts.given[ch_kb_list(kb, finding->atoms)[0]];
        ch_json_put_string(out, charley_answer_name((charley_answer)answer));
    }
}

/* Left out where there are none. */
static void write_places(const ch_places *places, ch_json_writer *out)
{
    if (!places->n)
        return;
    ch_json_put_name(out, CHARLEY_TEXT("places"));
    ch_json_put_array(out);
    for (uint32_t i = 0; i < places->n; i++)
        ch_json_put_string(out, (charley_text){places->id[i], places->size[i]});
    ch_json_put_end(out);
}

charley_status charley_session_write_case(const charley_session *session, char *json,
                                          size_t capacity, size_t *size,
                                          charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    ch_json_put_name(&out, CHARLEY_TEXT("charley_case"));
    ch_json_put_integer(&out, CASE_FORMAT);
    ch_json_put_name(&out, CHARLEY_TEXT("answers"));
    ch_json_put_object(&out);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_FINDINGS); i++)
        if (ch_kb_findings(kb)[i].kind != CH_FK_DERIVED &&
            is_answered(session, &ch_kb_findings(kb)[i]))
            write_answer(session, &ch_kb_findings(kb)[i], &out);
    ch_json_put_end(&out);
    ch_json_put_name(&out, CHARLEY_TEXT("skipped"));
    ch_json_put_array(&out);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCREENS); i++)
        if (session->is_skipped[i])
            ch_json_put_string(&out, ch_kb_string(kb, ch_kb_screens(kb)[i].id));
    ch_json_put_end(&out);
    write_places(&session->places, &out);
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}
