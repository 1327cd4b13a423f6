/* report.c: from the sums of a trial to what is told, and that as JSON. */
#include "trial/trial.h"

#include <math.h>

#include "text/json_write.h"

/* ---- arithmetic ---- */

unsigned ch_lengths_quantile(const ch_lengths *lengths, double share)
{
    uint64_t total = 0;
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++)
        total += lengths->n[i];
    uint64_t seen = 0;
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++) {
        seen += lengths->n[i];
        if (seen > 0 && (double)seen >= share * (double)total)
            return i;
    }
    return 0;
}

charley_trial_reliability ch_reliability(const ch_reliability_sum *sum)
{
    charley_trial_reliability out = {0};
    uint64_t total = 0;
    for (unsigned i = 0; i < CHARLEY_TRIAL_BINS; i++)
        total += sum->n[i];
    for (unsigned i = 0; i < CHARLEY_TRIAL_BINS; i++) {
        charley_trial_bin *bin = &out.bins[i];
        bin->from = (double)i / CHARLEY_TRIAL_BINS;
        bin->to = (double)(i + 1) / CHARLEY_TRIAL_BINS;
        bin->n = sum->n[i];
        if (bin->n == 0)
            continue;
        bin->stated = sum->stated[i] / (double)bin->n;
        bin->found = (double)sum->n_found[i] / (double)bin->n;
        double distance = bin->found - bin->stated;
        out.expected_error +=
            (distance < 0 ? -distance : distance) * (double)bin->n / (double)total;
    }
    out.brier = total ? sum->square / (double)total : 0;
    return out;
}

/* ---- the report ---- */

static void finish_story(charley_trial_story *story, const ch_lengths *lengths)
{
    story->mean = story->n ? (double)lengths->sum / (double)story->n : 0;
    story->tenth = ch_lengths_quantile(lengths, 0.1);
    story->median = ch_lengths_quantile(lengths, 0.5);
    story->ninetieth = ch_lengths_quantile(lengths, 0.9);
}

/* Rows of kinds of story that occurred, the first row always. */
static size_t close_stories(charley_trial *t)
{
    size_t n = 0;
    for (uint32_t i = 0; i <= ch_kb_n(t->kb, CH_S_POPULATIONS); i++) {
        if (i > 0 && t->stories[i].n == 0)
            continue;
        if (i > 0)
            t->stories[i].id = ch_kb_string(t->kb, ch_kb_populations(t->kb)[i - 1].id);
        finish_story(&t->stories[i], &t->lengths[i]);
        t->shown_stories[n++] = t->stories[i];
    }
    return n;
}

static size_t close_screens(charley_trial *t)
{
    size_t n = 0;
    for (uint32_t i = 0; i < ch_kb_n(t->kb, CH_S_SCREENS); i++) {
        charley_trial_screen row = t->screens[i];
        if (row.n_asked == 0)
            continue;
        row.id = ch_kb_string(t->kb, ch_kb_screens(t->kb)[i].id);
        row.moved /= (double)row.n_asked;
        size_t at = n++;
        for (; at > 0 && t->shown_screens[at - 1].n_asked < row.n_asked; at--)
            t->shown_screens[at] = t->shown_screens[at - 1];
        t->shown_screens[at] = row;
    }
    return n;
}

static void name_reasons(charley_trial *t)
{
    const charley_kb *kb = t->kb;
    charley_trial_reason *row = t->reasons;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++, row++) {
        row->id = ch_kb_string(kb, ch_kb_rules(kb)[i].id);
        row->urgency = (charley_urgency)ch_kb_rules(kb)[i].level;
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_MODIFIERS); i++, row++)
        row->id = ch_kb_string(kb, ch_kb_modifiers(kb)[i].id);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONDITIONS); i++, row++) {
        row->id = ch_kb_string(kb, ch_kb_conditions(kb)[i].id);
        row->urgency = (charley_urgency)ch_kb_conditions(kb)[i].urgency;
    }
}

static size_t close_reasons(charley_trial *t)
{
    size_t n = 0;
    name_reasons(t);
    for (uint32_t i = 0; i < t->n_reasons; i++) {
        const charley_trial_reason *row = &t->reasons[i];
        if (row->n_complete == 0 && row->n_interview == 0)
            continue;
        size_t at = n++;
        for (; at > 0 && t->shown_reasons[at - 1].n_complete < row->n_complete; at--)
            t->shown_reasons[at] = t->shown_reasons[at - 1];
        t->shown_reasons[at] = *row;
    }
    return n;
}

const charley_trial_report *charley_trial_tell(charley_trial *trial)
{
    const charley_kb *kb = trial->kb;
    charley_trial_report *report = &trial->report;
    *report = (charley_trial_report){
        .engine_version = CHARLEY_TEXT(CHARLEY_VERSION),
        .kb_version = charley_kb_version(kb),
        .kb_hash = charley_kb_hash(kb),
        .population = trial->population ? ch_kb_string(kb, trial->population->id)
                                        : (charley_text){"", 0},
        .seed = trial->options.seed,
        .n = trial->n,
        .n_without_cause = trial->n_without_cause,
        .n_conflicts = trial->n_conflicts,
        .n_refused = trial->person.n_refused,
        .n_kept = trial->person.n_kept,
        .stories = trial->shown_stories,
        .causes = trial->causes,
        .n_causes = ch_kb_n(kb, CH_S_CONDITIONS),
        .families = trial->families,
        .n_families = trial->n_families,
        .questions = trial->shown_screens,
        .reasons = trial->shown_reasons,
        .after_interview = ch_reliability(&trial->after_interview),
        .when_complete = ch_reliability(&trial->when_complete),
    };
    for (uint32_t c = 0; c < report->n_causes; c++) {
        const ch_condition *condition = &ch_kb_conditions(kb)[c];
        trial->causes[c].id = ch_kb_string(kb, condition->id);
        trial->causes[c].family = ch_kb_string(kb, condition->family);
        trial->causes[c].urgency = (charley_urgency)condition->urgency;
    }
    report->n_stories = close_stories(trial);
    report->n_reasons = close_reasons(trial);
    report->n_questions = close_screens(trial);
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++)
        report->screens[i] = trial->lengths[0].n[i];
    for (unsigned i = 0; i < CHARLEY_N_URGENCIES; i++)
        for (unsigned k = 0; k < CHARLEY_N_URGENCIES; k++)
            report->urgency[i][k] = trial->urgency[i][k];
    for (unsigned i = 0; i < CHARLEY_TRIAL_BANDS; i++)
        report->coverage[i] = trial->coverage[i];
    return report;
}

/* ---- JSON ---- */

static void put_count(ch_json_writer *out, charley_text name, uint64_t n)
{
    ch_json_put_name(out, name);
    ch_json_put_integer(out, (int64_t)n);
}

static void put_text(ch_json_writer *out, charley_text name, charley_text text)
{
    ch_json_put_name(out, name);
    ch_json_put_string(out, text);
}

static void put_real(ch_json_writer *out, charley_text name, double value)
{
    enum { DECIMALS = 4 };
    ch_json_put_name(out, name);
    if (value == value)
        ch_json_put_fixed(out, value, DECIMALS);
    else
        ch_json_put_null(out);
}

#define COUNT(name, n)   put_count(out, CHARLEY_TEXT(name), (n))
#define TEXT(name, text) put_text(out, CHARLEY_TEXT(name), (text))
#define REAL(name, x)    put_real(out, CHARLEY_TEXT(name), (x))

static void put_stories(ch_json_writer *out, const charley_trial_report *report)
{
    ch_json_put_name(out, CHARLEY_TEXT("stories"));
    ch_json_put_array(out);
    for (size_t i = 0; i < report->n_stories; i++) {
        const charley_trial_story *story = &report->stories[i];
        ch_json_put_object(out);
        TEXT("id", i ? story->id : CHARLEY_TEXT("all"));
        COUNT("people", story->n);
        REAL("mean_screens", story->mean);
        COUNT("tenth", story->tenth);
        COUNT("median", story->median);
        COUNT("ninetieth", story->ninetieth);
        COUNT("longest", story->longest);
        COUNT("danger_open", story->n_open);
        COUNT("less_urgent", story->n_under);
        COUNT("more_urgent", story->n_over);
        COUNT("with_cause", story->n_caused);
        COUNT("cause_first", story->n_first);
        COUNT("cause_in_three", story->n_third);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_causes(ch_json_writer *out, charley_text name,
                       const charley_trial_cause *causes, size_t n)
{
    ch_json_put_name(out, name);
    ch_json_put_array(out);
    for (size_t i = 0; i < n; i++) {
        ch_json_put_object(out);
        TEXT("id", causes[i].id);
        TEXT("family", causes[i].family);
        if (causes[i].urgency != CHARLEY_COULD_NOT_ASSESS)
            TEXT("urgency", charley_urgency_name(causes[i].urgency));
        COUNT("people", causes[i].n);
        COUNT("first", causes[i].n_first);
        COUNT("in_three", causes[i].n_third);
        COUNT("under_triaged", causes[i].n_under);
        COUNT("under_triaged_when_complete", causes[i].n_under_complete);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_questions(ch_json_writer *out, const charley_trial_report *report)
{
    ch_json_put_name(out, CHARLEY_TEXT("questions"));
    ch_json_put_array(out);
    for (size_t i = 0; i < report->n_questions; i++) {
        const charley_trial_screen *question = &report->questions[i];
        ch_json_put_object(out);
        TEXT("id", question->id);
        COUNT("asked", question->n_asked);
        COUNT("not_known", question->n_unknown);
        COUNT("changed_urgency", question->n_urgency);
        COUNT("changed_first_cause", question->n_first);
        REAL("mean_change", question->moved);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_reasons(ch_json_writer *out, const charley_trial_report *report)
{
    ch_json_put_name(out, CHARLEY_TEXT("reasons"));
    ch_json_put_array(out);
    for (size_t i = 0; i < report->n_reasons; i++) {
        const charley_trial_reason *reason = &report->reasons[i];
        ch_json_put_object(out);
        TEXT("id", reason->id);
        if (reason->urgency != CHARLEY_COULD_NOT_ASSESS)
            TEXT("urgency", charley_urgency_name(reason->urgency));
        COUNT("complete", reason->n_complete);
        COUNT("interview", reason->n_interview);
        COUNT("lost", reason->n_lost);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_urgency(ch_json_writer *out, const charley_trial_report *report)
{
    ch_json_put_name(out, CHARLEY_TEXT("urgency"));
    ch_json_put_object(out);
    for (unsigned i = 0; i < CHARLEY_N_URGENCIES; i++) {
        ch_json_put_name(out, charley_urgency_name((charley_urgency)i));
        ch_json_put_object(out);
        for (unsigned k = 0; k < CHARLEY_N_URGENCIES; k++)
            put_count(out, charley_urgency_name((charley_urgency)k),
                      report->urgency[i][k]);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_reliability(ch_json_writer *out, charley_text name,
                            const charley_trial_reliability *reliability)
{
    ch_json_put_name(out, name);
    ch_json_put_object(out);
    REAL("brier", reliability->brier);
    REAL("expected_error", reliability->expected_error);
    ch_json_put_name(out, CHARLEY_TEXT("bins"));
    ch_json_put_array(out);
    for (unsigned i = 0; i < CHARLEY_TRIAL_BINS; i++) {
        const charley_trial_bin *bin = &reliability->bins[i];
        ch_json_put_object(out);
        REAL("from", bin->from);
        REAL("to", bin->to);
        COUNT("n", bin->n);
        REAL("stated", bin->stated);
        REAL("found", bin->found);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
    ch_json_put_end(out);
}

static void put_coverage(ch_json_writer *out, const charley_trial_report *report)
{
    ch_json_put_name(out, CHARLEY_TEXT("coverage"));
    ch_json_put_array(out);
    for (unsigned i = 0; i < CHARLEY_TRIAL_BANDS; i++) {
        const charley_trial_coverage *coverage = &report->coverage[i];
        ch_json_put_object(out);
        REAL("from", coverage->from);
        REAL("to", coverage->to);
        COUNT("n", coverage->n);
        COUNT("below", coverage->n_below);
        COUNT("inside", coverage->n_inside);
        COUNT("above", coverage->n_above);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

charley_status charley_trial_write(const charley_trial_report *report, char *json,
                                   size_t capacity, size_t *size, charley_error *error)
{
    ch_json_writer writer;
    ch_json_writer *out = &writer;
    ch_json_write_start(out, json, capacity, true);
    ch_json_put_object(out);
    TEXT("engine_version", report->engine_version);
    TEXT("knowledge_version", report->kb_version);
    TEXT("knowledge_hash", report->kb_hash);
    TEXT("population", report->population);
    COUNT("seed", report->seed);
    COUNT("people", report->n);
    COUNT("without_cause", report->n_without_cause);
    COUNT("contradictory", report->n_conflicts);
    COUNT("drawn_again", report->n_refused);
    COUNT("stories_kept", report->n_kept);
    put_stories(out, report);
    ch_json_put_name(out, CHARLEY_TEXT("screens"));
    ch_json_put_array(out);
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++)
        ch_json_put_integer(out, (int64_t)report->screens[i]);
    ch_json_put_end(out);
    put_urgency(out, report);
    put_causes(out, CHARLEY_TEXT("causes"), report->causes, report->n_causes);
    put_causes(out, CHARLEY_TEXT("families"), report->families, report->n_families);
    put_questions(out, report);
    put_reasons(out, report);
    put_reliability(out, CHARLEY_TEXT("after_interview"), &report->after_interview);
    put_reliability(out, CHARLEY_TEXT("when_complete"), &report->when_complete);
    put_coverage(out, report);
    ch_json_put_end(out);
    return ch_json_write_finish(out, size, error);
}

charley_status charley_trial_targets_write(const charley_kb *kb,
                                           const charley_trial_target *targets,
                                           size_t n, char *json, size_t capacity,
                                           size_t *size, charley_error *error)
{
    ch_json_writer writer;
    ch_json_writer *out = &writer;
    ch_json_write_start(out, json, capacity, true);
    ch_json_put_object(out);
    TEXT("knowledge_version", charley_kb_version(kb));
    TEXT("knowledge_hash", charley_kb_hash(kb));
    ch_json_put_name(out, CHARLEY_TEXT("targets"));
    ch_json_put_array(out);
    for (size_t i = 0; i < n; i++) {
        ch_json_put_object(out);
        TEXT("id", targets[i].id);
        TEXT("population", targets[i].population);
        TEXT("condition", targets[i].condition);
        REAL("published", targets[i].published);
        REAL("low", targets[i].low);
        REAL("high", targets[i].high);
        TEXT("source", targets[i].source);
        TEXT("note", targets[i].note);
        COUNT("people", targets[i].n);
        COUNT("found", targets[i].n_found);
        REAL("stated", targets[i].stated);
        ch_json_put_name(out, CHARLEY_TEXT("hit"));
        ch_json_put_truth(out, targets[i].is_hit);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
    ch_json_put_end(out);
    return ch_json_write_finish(out, size, error);
}
