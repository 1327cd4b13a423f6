/* kb_mutate.c: see kb_mutate.h.
 *
 * Every case is run once on the sound knowledge, and it is noted which faults could
 * make a difference to it: those of rules and cautions that speak in it, of facts that
 * are known in it, of cut-offs that it stands at. Then each fault is put in, and those
 * cases are run until one expectation is not met. `covers` does not count: it would
 * notice any missing rule without anybody having expected anything.
 */
#include "kb_mutate.h"

#include <math.h>
#include <stdlib.h>

#include "author/mutate.h"
#include "case_covers.h"
#include "case_run.h"
#include "command_line.h"
#include "knowledge_folder.h"

/* A case as it is put to every mutant. */
typedef struct probe {
    const ch_node *test_case;
    cli_phrase answers; /* as a case document; empty: the case expects a refusal */
    bool is_clinician;
} probe;

typedef struct mutation_run {
    case_report report;
    case_report silent; /* counts what a mutant makes of the expectations */
    case_set set;
    fault_printer printer;
    ch_bookshelf *shelf;
    ch_mutation *mutation;
    const charley_kb *base;
    size_t n_mutants;
    probe *probes;     /* [set.n_cases] */
    uint8_t *concerns; /* [n_mutants * set.n_cases] may the fault matter to the case? */
    uint8_t *is_noticed; /* [n_mutants] */
    cli_desk desks[2];   /* for lay people and for clinicians */
    size_t n_runs;       /* of a case on a mutant */
} mutation_run;

/* ---- which fault concerns which case ---------------------------------------- */

static bool is_at_cutoff(const case_run *run, const ch_mutant *mutant)
{
    static const double rounding = 1e-9;
    double value = charley_session_number(run->desk.session, mutant->subject);
    if (mutant->is_score) {
        const charley_score *score = case_score(run, mutant->subject);
        /* An open score may reach the value with either end. */
        return score && score->applies &&
               (!score->is_complete || fabs(score->low - mutant->value) <= rounding);
    }
    return fabs(value - mutant->value) <= rounding * (1 + fabs(mutant->value));
}

static bool is_concerned(const case_run *run, const ch_mutant *mutant)
{
    switch (mutant->kind) {
    case CH_MUTANT_RULE_DROPPED: /* an open rule makes a result provisional */
        return run->result->is_provisional || case_rule_reason(run, mutant->id);
    case CH_MUTANT_CAUTION_DROPPED:
        return case_shows_caution(run, mutant->id);
    case CH_MUTANT_LIKELIHOOD_DROPPED:
    case CH_MUTANT_LIKELIHOOD_INVERTED:
        return charley_session_value(run->desk.session, mutant->subject) !=
               CHARLEY_UNKNOWN;
    case CH_MUTANT_MODIFIER_DROPPED:
        return case_modifier_reason(run, mutant->id) != NULL;
    case CH_MUTANT_CUTOFF_MOVED:
        return is_at_cutoff(run, mutant);
    default:
        return true;
    }
}

static cli_exit prepare(mutation_run *m, size_t index)
{
    const ch_node *test_case = m->set.cases[index];
    const ch_node *clinician = ch_node_get(test_case, "clinician");
    probe *to = &m->probes[index];
    *to = (probe){.test_case = test_case,
                  .is_clinician = clinician && cli_text_is(clinician->text, "true")};
    case_run run;
    charley_error error;
    cli_exit code = case_run_open(&run, m->base, test_case, &m->report);
    if (code == CLI_DONE)
        case_run_compare(&run);
    if (code == CLI_DONE && run.result) {
        for (size_t i = 0; i < m->n_mutants; i++)
            m->concerns[i * m->set.n_cases + index] =
                is_concerned(&run, ch_mutation_at(m->mutation, i));
        if (desk_case_text(&run.desk, &to->answers, &error) != CHARLEY_OK)
            code = cli_report(NULL, &error);
    }
    case_run_close(&run);
    return code;
}

/* ---- putting the cases to a mutant ------------------------------------------ */

/* Is some expectation of the case not met any more? */
static bool is_noticed_by(mutation_run *m, const probe *by)
{
    cli_desk *desk = &m->desks[by->is_clinician];
    case_run run = {.test_case = by->test_case,
                    .id = case_id(by->test_case),
                    .report = &m->silent,
                    .desk = *desk,
                    .refused_at = by->test_case};
    m->silent.n = 0;
    m->n_runs++;
    if (charley_session_read_case(desk->session, by->answers.bytes, by->answers.size,
                                  NULL) != CHARLEY_OK ||
        charley_session_assess(desk->session, &run.result, &run.refusal) != CHARLEY_OK)
        return true;
    case_run_compare(&run);
    return m->silent.n > 0;
}

static cli_exit open_sessions(mutation_run *m, const charley_kb *kb)
{
    for (int is_clinician = 0; is_clinician <= 1; is_clinician++) {
        cli_desk *desk = &m->desks[is_clinician];
        charley_options options = {.clinician = is_clinician == 1, .brief = true};
        charley_error error;
        size_t size = charley_session_size(kb, &options);
        if (!desk->memory)
            desk->memory = cli_allocate(1, size);
        desk->kb = kb;
        if (charley_session_init(desk->memory, size, kb, &options, &desk->session,
                                 &error) != CHARLEY_OK)
            return cli_report(NULL, &error);
    }
    return CLI_DONE;
}

static cli_exit try_mutant(mutation_run *m, size_t index)
{
    const void *image;
    size_t size;
    const charley_kb *kb;
    charley_error error;
    ch_mutation_make(m->mutation, index, &image, &size);
    if (charley_kb_open(image, size, &kb, &error) != CHARLEY_OK)
        return cli_report("a mutant", &error);
    cli_exit code = open_sessions(m, kb);
    const uint8_t *concerns = m->concerns + index * m->set.n_cases;
    for (size_t i = 0; i < m->set.n_cases && code == CLI_DONE && !m->is_noticed[index];
         i++)
        if (concerns[i])
            m->is_noticed[index] = is_noticed_by(m, &m->probes[i]);
    return code;
}

/* ---- the whole -------------------------------------------------------------- */

static cli_exit open_knowledge(mutation_run *m, const char *folder)
{
    m->printer = (fault_printer){.out = stderr, .folder = folder};
    charley_status status = knowledge_folder_load(&m->printer, &m->shelf);
    if (status == CHARLEY_OK)
        status = ch_mutation_open(m->shelf, &m->mutation);
    if (status == CHARLEY_E_DATA) {
        cli_complain("%s: %zu errors", folder, m->printer.n_errors);
        return CLI_BAD_DATA;
    }
    if (status != CHARLEY_OK) {
        cli_complain("%s: cannot be compiled: out of memory", folder);
        return CLI_INTERNAL;
    }
    const void *image;
    size_t size;
    charley_error error;
    ch_mutation_base(m->mutation, &image, &size);
    if (charley_kb_open(image, size, &m->base, &error) != CHARLEY_OK)
        return cli_report(folder, &error);
    m->n_mutants = ch_mutation_count(m->mutation);
    return CLI_DONE;
}

static cli_exit run_all(mutation_run *m, const cli_call *call)
{
    cli_exit code = open_knowledge(m, call->arguments[0]);
    for (int i = 1; i < call->n_arguments && code == CLI_DONE; i++)
        code = case_set_read(&m->set, call->arguments[i]);
    if (code != CLI_DONE)
        return code;
    m->probes = cli_allocate(m->set.n_cases, sizeof m->probes[0]);
    m->concerns = cli_allocate(m->n_mutants, m->set.n_cases);
    m->is_noticed = cli_allocate(m->n_mutants, 1);
    for (size_t i = 0; i < m->set.n_cases && code == CLI_DONE; i++)
        code = prepare(m, i);
    if (code == CLI_DONE && m->report.n > 0) {
        cli_complain("the cases must be met before faults are put in");
        return CLI_BAD_DATA;
    }
    for (size_t i = 0; i < m->n_mutants && code == CLI_DONE; i++)
        code = try_mutant(m, i);
    return code;
}

/* ---- printing --------------------------------------------------------------- */

typedef struct mutant_counts {
    size_t n, n_noticed;
} mutant_counts;

static mutant_counts count_kind(const mutation_run *m, ch_mutant_kind kind)
{
    mutant_counts counts = {0};
    for (size_t i = 0; i < m->n_mutants; i++) {
        if (ch_mutation_at(m->mutation, i)->kind != kind)
            continue;
        counts.n++;
        counts.n_noticed += m->is_noticed[i];
    }
    return counts;
}

/* "clot_suspected", or with a cut-off "diabetic_foot age 12". */
static void add_name(cli_phrase *out, const ch_mutant *mutant)
{
    phrase_add(out, mutant->id);
    if (mutant->kind == CH_MUTANT_CUTOFF_MOVED)
        phrase_add_format(out, " %.*s %g", CH_ARG(mutant->subject), mutant->value);
}

static void print_survivor(const mutation_run *m, const ch_mutant *mutant)
{
    cli_phrase name = {0};
    add_name(&name, mutant);
    if (mutant->file)
        printf("%s/%s:%u: ", m->printer.folder, mutant->file, mutant->line);
    printf("not noticed: %s: %.*s\n", ch_mutant_kind_name(mutant->kind),
           CH_ARG(phrase_text(&name)));
    phrase_free(&name);
}

static void print_text(const mutation_run *m)
{
    for (size_t i = 0; i < m->n_mutants; i++)
        if (!m->is_noticed[i])
            print_survivor(m, ch_mutation_at(m->mutation, i));
    puts("\nNoticed by a case:");
    for (int kind = 0; kind < CH_N_MUTANT_KINDS; kind++) {
        mutant_counts counts = count_kind(m, (ch_mutant_kind)kind);
        printf("%-24s %4zu of %zu\n", ch_mutant_kind_name((ch_mutant_kind)kind),
               counts.n_noticed, counts.n);
    }
}

static void json_survivor(const ch_mutant *mutant, bool is_first)
{
    cli_phrase out = {0};
    cli_phrase name = {0};
    add_name(&name, mutant);
    phrase_add_format(&out,
                      "%s\n    {\"kind\": \"%s\", \"name\": ", is_first ? "" : ",",
                      ch_mutant_kind_name(mutant->kind));
    case_add_json(&out, phrase_text(&name));
    if (mutant->file) {
        phrase_add(&out, CHARLEY_TEXT(", \"file\": "));
        case_add_json(&out, cli_text(mutant->file));
        phrase_add_format(&out, ", \"line\": %u", mutant->line);
    }
    printf("%.*s}", CH_ARG(phrase_text(&out)));
    phrase_free(&out);
    phrase_free(&name);
}

static void print_json(const mutation_run *m)
{
    printf("{\n  \"cases\": %zu,\n  \"runs\": %zu,\n  \"mutants\": {", m->set.n_cases,
           m->n_runs);
    for (int kind = 0; kind < CH_N_MUTANT_KINDS; kind++) {
        mutant_counts counts = count_kind(m, (ch_mutant_kind)kind);
        printf("%s\n    \"%s\": {\"n\": %zu, \"noticed\": %zu}", kind ? "," : "",
               ch_mutant_kind_name((ch_mutant_kind)kind), counts.n, counts.n_noticed);
    }
    fputs("},\n  \"survivors\": [", stdout);
    bool is_first = true;
    for (size_t i = 0; i < m->n_mutants; i++)
        if (!m->is_noticed[i]) {
            json_survivor(ch_mutation_at(m->mutation, i), is_first);
            is_first = false;
        }
    puts("]\n}");
}

/* ---- command ---------------------------------------------------------------- */

cli_exit kb_mutate(const cli_call *call)
{
    mutation_run m = {.silent = {.is_silent = true}};
    m.set.report = &m.report;
    cli_exit code = run_all(&m, call);
    if (code == CLI_DONE && call->values[CLI_JSON])
        print_json(&m);
    else if (code == CLI_DONE)
        print_text(&m);
    for (size_t i = 0; m.probes && i < m.set.n_cases; i++)
        phrase_free(&m.probes[i].answers);
    free(m.probes);
    free(m.concerns);
    free(m.is_noticed);
    for (int i = 0; i < 2; i++)
        free(m.desks[i].memory);
    case_set_free(&m.set);
    ch_author_free(m.shelf);
    phrase_free(&m.report.json);
    return code;
}
