/* person.c: see person.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image_file.h"
#include "property/person.h"

uint64_t person_bits(person_source *source)
{
    uint64_t x = source->state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

double person_unit(person_source *source)
{
    return (double)(person_bits(source) >> 11) * 0x1p-53;
}

uint32_t person_below(person_source *source, uint32_t n)
{
    return (uint32_t)(person_unit(source) * n);
}

const charley_kb *person_kb(void)
{
    static const charley_kb *kb;
    if (kb)
        return kb;
    size_t size;
    const void *image = read_image_file(&size);
    charley_error error;
    charley_status status = charley_kb_open(image, size, &kb, &error);
    if (status != CHARLEY_OK)
        fail_msg("%s", error.text);
    return kb;
}

charley_session *person_session(const charley_kb *kb)
{
    size_t size = charley_session_size(kb, NULL);
    void *memory = malloc(size);
    assert_non_null(memory);
    charley_session *session;
    assert_int_equal(charley_session_init(memory, size, kb, NULL, &session, NULL),
                     CHARLEY_OK);
    return session;
}

void person_give(const charley_kb *kb, charley_session *session,
                 const person_answer *answer)
{
    charley_status status;
    if (answer->is_number) {
        const ch_number *number = &ch_kb_numbers(kb)[answer->index];
        charley_text id = ch_kb_string(kb, ch_kb_findings(kb)[number->finding].id);
        status = charley_answer_number(session, id, answer->value,
                                       ch_kb_string(kb, number->unit), NULL);
    } else {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[answer->index].id);
        status = charley_answer_set(session, id, answer->answer, NULL);
    }
    assert_int_equal(status, CHARLEY_OK);
}

void person_answer_all(const charley_kb *kb, charley_session *session,
                       const person *who, const uint32_t *order)
{
    charley_session_clear(session);
    for (size_t i = 0; i < who->n; i++)
        person_give(kb, session, &who->answers[order ? order[i] : i]);
}

/* Answers one finding at random: yes with p_yes, no with p_no. */
static void draw_finding(person_source *source, const charley_kb *kb, uint32_t index,
                         double p_yes, double p_no, person *out)
{
    const ch_finding *finding = &ch_kb_findings(kb)[index];
    double coin = person_unit(source);
    double place = person_unit(source);
    if (finding->kind == CH_FK_DERIVED || coin >= p_yes + p_no)
        return;
    person_answer *answer = &out->answers[out->n];
    if (finding->kind == CH_FK_NUMBER) {
        const ch_number *number = &ch_kb_numbers(kb)[finding->number];
        double value = number->minimum + place * (number->maximum - number->minimum);
        *answer = (person_answer){
            .is_number = true, .index = finding->number, .value = value};
        out->n++;
        return;
    }
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    uint32_t chosen = atom[(uint32_t)(place * finding->atoms.n)];
    *answer = (person_answer){.index = chosen,
                              .answer = coin < p_yes ? CHARLEY_YES : CHARLEY_NO};
    out->n++;
}

/* Drops the answers to the finding that a conflict is about, or all of them. */
static void drop(const charley_kb *kb, const charley_error *error, person *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++) {
        const person_answer *answer = &out->answers[i];
        uint32_t finding = answer->is_number ? ch_kb_numbers(kb)[answer->index].finding
                                             : ch_kb_atoms(kb)[answer->index].finding;
        charley_text id = ch_kb_string(kb, ch_kb_findings(kb)[finding].id);
        if (strlen(error->id) != id.size || memcmp(error->id, id.bytes, id.size) != 0)
            out->answers[kept++] = *answer;
    }
    out->n = kept == out->n ? 0 : kept;
}

void person_draw(person_source *source, const charley_kb *kb, charley_session *session,
                 person *out)
{
    double p_yes = 0.25 * person_unit(source);
    double p_no = (1 - p_yes) * person_unit(source);
    out->n = 0;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_FINDINGS); i++)
        draw_finding(source, kb, i, p_yes, p_no, out);
    for (;;) {
        const charley_result *result;
        charley_error error;
        person_answer_all(kb, session, out, NULL);
        charley_status status = charley_session_assess(session, &result, &error);
        if (status == CHARLEY_OK)
            return;
        assert_int_equal(status, CHARLEY_E_CONFLICT);
        drop(kb, &error, out);
    }
}

charley_text person_result(charley_session *session, int buffer)
{
    enum { CAPACITY = 1 << 20 };
    static char json[2][CAPACITY];
    const charley_result *result;
    charley_error error;
    if (charley_session_assess(session, &result, &error) != CHARLEY_OK)
        fail_msg("%s", error.text);
    size_t size;
    assert_int_equal(
        charley_result_write(result, json[buffer], CAPACITY, &size, &error),
        CHARLEY_OK);
    return (charley_text){json[buffer], size};
}
