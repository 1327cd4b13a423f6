/* test_session_memory.c: memory runs out at every possible place, and nothing breaks.
 *
 * The engine's only allocator is the session's arena. It is cut so that each take in
 * turn fails, until nothing does; each call must then either do its work or return
 * E_MEMORY with its outputs untouched, and the answers must survive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/view.h"
#include "image_file.h"
#include "kb/kb.h"
#include "session/session.h"

static const charley_kb *load(void)
{
    static const charley_kb *kb;
    if (kb)
        return kb;
    size_t size;
    const void *image = read_image_file(&size);
    assert_int_equal(charley_kb_open(image, size, &kb, NULL), CHARLEY_OK);
    return kb;
}

static charley_session *start(void)
{
    const charley_kb *kb = load();
    charley_options options = {.max_width = 8};
    size_t size = charley_session_size(kb, &options);
    void *memory = malloc(size);
    assert_non_null(memory);
    charley_session *session;
    assert_int_equal(charley_session_init(memory, size, kb, &options, &session, NULL),
                     CHARLEY_OK);
    return session;
}

/* Says yes to the first finding of every screen of several. */
static void answer_something(charley_session *session)
{
    const charley_kb *kb = session->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCREENS); i++) {
        const ch_screen *screen = &ch_kb_screens(kb)[i];
        if (screen->kind != CHARLEY_ASK_MANY || screen->who > CH_WHO_LOOK)
            continue;
        uint32_t finding = ch_kb_list(kb, screen->findings)[0];
        charley_text id = ch_kb_string(kb, ch_kb_findings(kb)[finding].id);
        charley_error error;
        const charley_result *result;
        assert_int_equal(charley_answer_set(session, id, CHARLEY_YES, NULL),
                         CHARLEY_OK);
        if (charley_session_assess(session, &result, &error) == CHARLEY_E_CONFLICT)
            assert_int_equal(charley_answer_clear(session, id, NULL), CHARLEY_OK);
    }
}

static charley_status call_assess(charley_session *session, const void **out)
{
    const charley_result *result = NULL;
    charley_status status = charley_session_assess(session, &result, NULL);
    *out = result;
    return status;
}

static charley_status call_urgency(charley_session *session, const void **out)
{
    static charley_urgency urgency;
    urgency = CHARLEY_COULD_NOT_ASSESS;
    charley_status status = charley_session_urgency(session, &urgency, NULL);
    *out = urgency == CHARLEY_COULD_NOT_ASSESS ? NULL : &urgency;
    return status;
}

static charley_status call_next(charley_session *session, const void **out)
{
    static const charley_question untouched; /* NULL is a good answer here */
    const charley_question *question = &untouched;
    charley_status status = charley_session_next(session, true, &question, NULL);
    *out = question == &untouched ? NULL : session;
    return status;
}

static charley_status call_question(charley_session *session, const void **out)
{
    const charley_question *question = NULL;
    charley_text screen = charley_kb_id(session->kb, CHARLEY_SCREEN, 0);
    charley_status status = charley_session_question(session, screen, &question, NULL);
    *out = question;
    return status;
}

static charley_status call_what_if(charley_session *session, const void **out)
{
    const charley_kb *kb = session->kb;
    const charley_what_if *what_if = NULL;
    uint32_t a = 0;
    while (ch_kb_atoms(kb)[a].derive.n || session->facts.given[a] != CHARLEY_YES)
        a++;
    charley_status status =
        charley_session_what_if(session, ch_kb_string(kb, ch_kb_atoms(kb)[a].id),
                                CHARLEY_UNKNOWN, &what_if, NULL);
    *out = what_if;
    return status;
}

static charley_status call_read_case(charley_session *session, const void **out)
{
    static char json[1 << 16];
    static size_t size;
    if (!size)
        assert_int_equal(
            charley_session_write_case(session, json, sizeof json, &size, NULL),
            CHARLEY_OK);
    charley_status status = charley_session_read_case(session, json, size, NULL);
    *out = status == CHARLEY_OK ? session : NULL;
    return status;
}

static void fail_everywhere(charley_status (*call)(charley_session *, const void **))
{
    charley_session *session = start();
    answer_something(session);
    static char before[1 << 16], after[1 << 16];
    size_t size, size_after;
    assert_int_equal(
        charley_session_write_case(session, before, sizeof before, &size, NULL),
        CHARLEY_OK);
    size_t whole = session->arena.size;
    unsigned n_failed = 0;
    for (size_t room = session->scratch_mark;; room = session->arena.peak) {
        const void *out = NULL;
        session->arena.peak = 0;
        session->arena.size = room < whole ? room : whole;
        charley_status status = call(session, &out);
        session->arena.size = whole;
        assert_int_equal(
            charley_session_write_case(session, after, sizeof after, &size_after, NULL),
            CHARLEY_OK);
        assert_true(ch_view_equal((charley_text){before, size},
                                  (charley_text){after, size_after}));
        if (status == CHARLEY_OK)
            break;
        assert_int_equal(status, CHARLEY_E_MEMORY);
        assert_null(out);
        assert_true(room < whole && session->arena.peak > room);
        n_failed++;
    }
    assert_true(n_failed > 0);
    free(session);
}

static void assess(void **state)
{
    (void)state;
    fail_everywhere(call_assess);
}

static void urgency_alone(void **state)
{
    (void)state;
    fail_everywhere(call_urgency);
}

static void next(void **state)
{
    (void)state;
    fail_everywhere(call_next);
}

static void question(void **state)
{
    (void)state;
    fail_everywhere(call_question);
}

static void what_if(void **state)
{
    (void)state;
    fail_everywhere(call_what_if);
}

static void read_case(void **state)
{
    (void)state;
    fail_everywhere(call_read_case);
}

static void init_is_refused_below_its_size(void **state)
{
    (void)state;
    const charley_kb *kb = load();
    size_t size = charley_session_size(kb, NULL);
    void *memory = malloc(size + 8);
    charley_session *session = NULL;
    assert_int_equal(charley_session_init(memory, size - 1, kb, NULL, &session, NULL),
                     CHARLEY_E_MEMORY);
    assert_int_equal(
        charley_session_init((char *)memory + 1, size, kb, NULL, &session, NULL),
        CHARLEY_E_MISUSE);
    assert_null(session);
    assert_int_equal(charley_session_init(memory, size, kb, NULL, &session, NULL),
                     CHARLEY_OK);
    free(memory);
}

/* The promise behind charley_session_size: enough for any answers, at any width. */
static void the_promised_size_is_enough(void **state)
{
    (void)state;
    const charley_kb *kb = load();
    for (uint32_t width = 1; width <= 12; width = width < 3 ? width + 1 : 2 * width) {
        charley_options options = {.max_width = width, .clinician = true};
        size_t size = charley_session_size(kb, &options);
        void *memory = malloc(size);
        charley_session *session;
        assert_int_equal(
            charley_session_init(memory, size, kb, &options, &session, NULL),
            CHARLEY_OK);
        for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++) {
            const charley_result *result;
            charley_urgency urgency;
            charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[a].id);
            if (ch_kb_atoms(kb)[a].derive.n)
                continue;
            assert_int_equal(charley_answer_set(session, id, CHARLEY_YES, NULL),
                             CHARLEY_OK);
            charley_status status = charley_session_urgency(session, &urgency, NULL);
            if (status == CHARLEY_OK && a % 8 == 0)
                status = charley_session_assess(session, &result, NULL);
            if (status == CHARLEY_E_CONFLICT)
                status = charley_answer_clear(session, id, NULL);
            assert_int_equal(status, CHARLEY_OK);
        }
        const charley_result *result;
        const charley_question *ignored;
        assert_int_equal(charley_session_assess(session, &result, NULL), CHARLEY_OK);
        assert_int_equal(charley_session_next(session, true, &ignored, NULL),
                         CHARLEY_OK);
        free(memory);
    }
}

static bool holds(const unsigned char *memory, size_t size, double value)
{
    for (size_t i = 0; i + sizeof value <= size; i += 8)
        if (memcmp(memory + i, &value, sizeof value) == 0)
            return true;
    return false;
}

/* An age is in the answers, in the case and in the question about it. */
static void clear_leaves_no_answer_behind(void **state)
{
    (void)state;
    enum { AGE = 83 };
    const charley_kb *kb = load();
    size_t size = charley_session_size(kb, NULL);
    unsigned char *memory = calloc(1, size);
    assert_non_null(memory);
    charley_session *session;
    assert_int_equal(charley_session_init(memory, size, kb, NULL, &session, NULL),
                     CHARLEY_OK);
    assert_int_equal(charley_answer_number(session, CHARLEY_TEXT("age"), AGE,
                                           CHARLEY_TEXT("a"), NULL),
                     CHARLEY_OK);
    uint32_t finding = ch_kb_find_finding(kb, CHARLEY_TEXT("age"));
    const ch_screen *screen = &ch_kb_screens(kb)[ch_kb_findings(kb)[finding].screen];
    const charley_result *result;
    const charley_question *question;
    assert_int_equal(charley_session_assess(session, &result, NULL), CHARLEY_OK);
    assert_int_equal(charley_session_question(session, ch_kb_string(kb, screen->id),
                                              &question, NULL),
                     CHARLEY_OK);
    assert_true(question->value == AGE);
    assert_true(holds(memory, size, AGE));
    charley_session_clear(session);
    assert_false(holds(memory, size, AGE));
    assert_int_equal(session->result.n_do_not, 0);
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assess),
        cmocka_unit_test(urgency_alone),
        cmocka_unit_test(next),
        cmocka_unit_test(question),
        cmocka_unit_test(what_if),
        cmocka_unit_test(read_case),
        cmocka_unit_test(init_is_refused_below_its_size),
        cmocka_unit_test(the_promised_size_is_enough),
        cmocka_unit_test(clear_leaves_no_answer_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
