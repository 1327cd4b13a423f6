/* result_json.c: results, failures and questions as JSON (docs/schema/). */
#include "charley/charley.h"

#include "session/put.h"

enum { RESULT_FORMAT = 1, QUESTION_FORMAT = 1 };

/* ---- parts of a result ---- */

static void put_probability(ch_json_writer *out, charley_probability probability)
{
    ch_json_put_name(out, CHARLEY_TEXT("probability"));
    ch_json_put_object(out);
    ch_put_fixed(out, "p", probability.p);
    ch_put_fixed(out, "low", probability.low);
    ch_put_fixed(out, "high", probability.high);
    ch_json_put_end(out);
}

static void put_reasons(ch_json_writer *out, const charley_result *result)
{
    ch_put_array(out, "reasons");
    for (size_t i = 0; i < result->n_reasons; i++) {
        const charley_reason *reason = &result->reasons[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", reason->id);
        ch_put_text_if_any(out, "code", reason->code);
        ch_put_text(out, "urgency", charley_urgency_name(reason->urgency));
        ch_put_truth(out, "is_unknown", reason->is_unknown);
        ch_put_text(out, "why", reason->why);
        ch_put_texts(out, "sources", reason->sources, reason->n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_remedies(ch_json_writer *out, const char *name,
                         const charley_remedy *remedies, size_t n)
{
    static const char *const VERDICTS[] = {"offered", "ask_first", "forbidden"};
    ch_put_array(out, name);
    for (size_t i = 0; i < n; i++) {
        const charley_remedy *remedy = &remedies[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", remedy->id);
        ch_put_text(out, "name", remedy->name);
        ch_put_text(out, "verdict", ch_view(VERDICTS[remedy->verdict]));
        ch_put_text_if_any(out, "grade", remedy->grade);
        ch_put_lines(out, "how", remedy->how);
        ch_put_text_if_any(out, "population", remedy->population);
        ch_put_text_if_any(out, "dose", remedy->dose);
        ch_put_text_if_any(out, "effect", remedy->effect);
        ch_put_text_if_any(out, "harms", remedy->harms);
        ch_put_text_if_any(out, "who_not", remedy->who_not);
        ch_put_text_if_any(out, "reason", remedy->reason);
        ch_put_text_if_any(out, "lifted_by", remedy->lifted_by);
        ch_put_text_if_any(out, "caution", remedy->caution);
        ch_put_texts(out, "sources", remedy->sources, remedy->n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_evidence(ch_json_writer *out, const char *name,
                         const charley_evidence *evidence, size_t n)
{
    ch_put_array(out, name);
    for (size_t i = 0; i < n; i++) {
        ch_json_put_object(out);
        ch_put_text(out, "finding", evidence[i].finding);
        ch_put_text(out, "label", evidence[i].label);
        ch_put_text(out, "answer", charley_answer_name(evidence[i].answer));
        ch_put_fixed(out, "log_likelihood_ratio", evidence[i].weight);
        ch_put_text_if_any(out, "claim", evidence[i].claim);
        ch_put_text_if_any(out, "mark", charley_mark_name(evidence[i].mark));
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_causes(ch_json_writer *out, const charley_cause *causes, size_t n)
{
    ch_put_array(out, "causes");
    for (size_t i = 0; i < n; i++) {
        const charley_cause *cause = &causes[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", cause->id);
        ch_put_text(out, "name", cause->name);
        ch_put_text_if_any(out, "also", cause->also);
        ch_put_text(out, "what", cause->what);
        ch_put_text_if_any(out, "mechanism", cause->mechanism);
        ch_put_text_if_any(out, "course", cause->course);
        ch_put_text(out, "urgency", charley_urgency_name(cause->urgency));
        put_probability(out, cause->probability);
        ch_put_truth(out, "at_floor", cause->at_floor);
        ch_put_truth(out, "is_suspected", cause->is_suspected);
        put_evidence(out, "for", cause->evidence_for, cause->n_for);
        put_evidence(out, "against", cause->evidence_against, cause->n_against);
        put_evidence(out, "not_asked", cause->not_asked, cause->n_not_asked);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_items(ch_json_writer *out, const char *name, const charley_item *items,
                      size_t n)
{
    ch_put_array(out, name);
    for (size_t i = 0; i < n; i++) {
        ch_json_put_object(out);
        ch_put_text(out, "id", items[i].id);
        ch_put_text(out, "name", items[i].name);
        ch_put_text_if_any(out, "text", items[i].text);
        ch_put_texts(out, "sources", items[i].sources, items[i].n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

/* A bound of a score, or null when it is not known at all. */
static void put_bound(ch_json_writer *out, const char *name, double value)
{
    if (value - value == 0) {
        ch_put_fixed(out, name, value);
        return;
    }
    ch_json_put_name(out, ch_view(name));
    ch_json_put_null(out);
}

static void put_scores(ch_json_writer *out, const charley_result *result)
{
    ch_put_array(out, "scores");
    for (size_t i = 0; i < result->n_scores; i++) {
        const charley_score *score = &result->scores[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", score->id);
        ch_put_text(out, "name", score->name);
        ch_put_truth(out, "applies", score->applies);
        ch_put_truth(out, "is_complete", score->is_complete);
        put_bound(out, "low", score->low);
        put_bound(out, "high", score->high);
        ch_put_text_if_any(out, "band", score->band);
        ch_put_text_if_any(out, "limits", score->limits);
        ch_put_array(out, "items");
        for (size_t k = 0; k < score->n_items; k++) {
            ch_json_put_object(out);
            ch_put_text(out, "id", score->items[k].id);
            ch_put_text(out, "label", score->items[k].label);
            ch_put_fixed(out, "points", score->items[k].points);
            ch_put_text(out, "answer", charley_answer_name(score->items[k].answer));
            ch_json_put_end(out);
        }
        ch_json_put_end(out);
        ch_put_texts(out, "sources", score->sources, score->n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_medicines(ch_json_writer *out, const charley_result *result)
{
    ch_put_array(out, "medicines");
    for (size_t i = 0; i < result->n_medicines; i++) {
        const charley_medicine *medicine = &result->medicines[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", medicine->id);
        ch_put_text(out, "name", medicine->name);
        ch_put_text(out, "effect", medicine->effect);
        ch_put_text(out, "why", medicine->why);
        ch_put_text_if_any(out, "ratio", medicine->ratio);
        ch_put_lines(out, "do", medicine->action);
        ch_put_texts(out, "sources", medicine->sources, medicine->n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
    ch_put_array(out, "interactions");
    for (size_t i = 0; i < result->n_interactions; i++) {
        const charley_interaction *clash = &result->interactions[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", clash->id);
        ch_put_text(out, "name", clash->name);
        ch_put_text(out, "level", clash->level);
        ch_put_text(out, "why", clash->why);
        ch_put_text_if_any(out, "ratio", clash->ratio);
        ch_put_lines(out, "do", clash->action);
        ch_put_texts(out, "sources", clash->sources, clash->n_sources);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_advice(ch_json_writer *out, const charley_result *result)
{
    ch_put_lines(out, "now", result->now);
    put_remedies(out, "do_now", result->do_now, result->n_do_now);
    put_remedies(out, "do_not", result->do_not, result->n_do_not);
    put_causes(out, result->causes, result->n_causes);
    put_items(out, "would_change", result->would_change, result->n_would_change);
    put_items(out, "tests", result->tests, result->n_tests);
    put_items(out, "clinics", result->clinics, result->n_clinics);
    put_remedies(out, "prevention", result->prevention, result->n_prevention);
    put_medicines(out, result);
    put_scores(out, result);
    put_items(out, "claims", result->claims, result->n_claims);
    put_items(out, "danger_not_answered", result->danger_not_answered,
              result->n_danger_not_answered);
    put_items(out, "left_out", result->left_out, result->n_left_out);
}

static void put_versions(ch_json_writer *out, charley_text kb_version,
                         charley_text kb_hash)
{
    ch_json_put_name(out, CHARLEY_TEXT("charley_result"));
    ch_json_put_integer(out, RESULT_FORMAT);
    ch_put_text(out, "engine_version", CHARLEY_TEXT(CHARLEY_VERSION));
    ch_put_text(out, "knowledge_version", kb_version);
    ch_put_text(out, "knowledge_hash", kb_hash);
}

charley_status charley_result_write(const charley_result *result, char *json,
                                    size_t capacity, size_t *size, charley_error *error)
{
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    put_versions(&out, result->kb_version, result->kb_hash);
    ch_put_text(&out, "urgency", charley_urgency_name(result->urgency));
    ch_put_truth(&out, "is_provisional", result->is_provisional);
    ch_put_text(&out, "headline", result->headline);
    ch_put_text(&out, "time_frame", result->time_frame);
    ch_put_text(&out, "where_to_go", result->where_to_go);
    ch_put_text_if_any(&out, "region", result->region);
    ch_put_text_if_any(&out, "emergency_number", result->emergency_number);
    ch_put_text_if_any(&out, "advice_number", result->advice_number);
    put_reasons(&out, result);
    put_advice(&out, result);
    ch_put_lines(&out, "safety_net", result->safety_net);
    ch_put_text(&out, "disclaimer", result->disclaimer);
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}

charley_status charley_failure_write(const charley_kb *kb, const charley_error *failure,
                                     char *json, size_t capacity, size_t *size,
                                     charley_error *error)
{
    charley_text none = {"", 0};
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    put_versions(&out, kb ? charley_kb_version(kb) : none,
                 kb ? charley_kb_hash(kb) : none);
    ch_put_text(&out, "urgency", charley_urgency_name(CHARLEY_COULD_NOT_ASSESS));
    if (kb)
        ch_put_text(
            &out, "headline",
            charley_kb_word(kb, CHARLEY_TEXT("urgency.could_not_assess.title")));
    ch_json_put_name(&out, CHARLEY_TEXT("error"));
    ch_json_put_object(&out);
    ch_put_text(&out, "status", charley_status_name(failure->status));
    ch_put_text(&out, "text", ch_view(failure->text));
    ch_put_text_if_any(&out, "id", ch_view(failure->id));
    ch_put_text_if_any(&out, "where", ch_view(failure->where));
    ch_json_put_name(&out, CHARLEY_TEXT("line"));
    ch_json_put_integer(&out, failure->line);
    ch_json_put_name(&out, CHARLEY_TEXT("column"));
    ch_json_put_integer(&out, failure->column);
    ch_json_put_name(&out, CHARLEY_TEXT("offset"));
    ch_json_put_integer(&out, (int64_t)failure->offset);
    ch_json_put_end(&out);
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}

/* ---- what-ifs ---- */

charley_status charley_what_if_write(const charley_what_if *what_if, char *json,
                                     size_t capacity, size_t *size,
                                     charley_error *error)
{
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    ch_put_text(&out, "id", what_if->id);
    ch_put_text(&out, "before", charley_answer_name(what_if->before));
    ch_put_text(&out, "after", charley_answer_name(what_if->after));
    ch_put_text(&out, "urgency_before", charley_urgency_name(what_if->urgency_before));
    ch_put_text(&out, "urgency_after", charley_urgency_name(what_if->urgency_after));
    ch_put_array(&out, "causes");
    for (size_t i = 0; i < what_if->n_causes; i++) {
        ch_json_put_object(&out);
        ch_put_text(&out, "id", what_if->causes[i].id);
        ch_put_fixed(&out, "p_before", what_if->before_p[i]);
        ch_put_fixed(&out, "p_after", what_if->causes[i].probability.p);
        ch_json_put_end(&out);
    }
    ch_json_put_end(&out);
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}

/* ---- questions ---- */

static void put_question(ch_json_writer *out, const charley_question *question)
{
    static const char *const KINDS[] = {"yes_no", "one", "many", "number", "groups"};
    ch_json_put_object(out);
    ch_put_text(out, "id", question->id);
    ch_put_text(out, "kind", ch_view(KINDS[question->kind]));
    ch_put_text(out, "title", question->title);
    ch_put_text_if_any(out, "why", question->why);
    ch_put_text_if_any(out, "how", question->how);
    ch_put_truth(out, "is_danger_screen", question->is_danger_screen);
    ch_put_truth(out, "is_short", question->is_short);
    ch_put_array(out, "choices");
    for (size_t i = 0; i < question->n_choices; i++) {
        const charley_choice *choice = &question->choices[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", choice->id);
        ch_put_text(out, "label", choice->label);
        ch_put_text_if_any(out, "how", choice->how);
        ch_put_text(out, "answer", charley_answer_name(choice->answer));
        ch_put_text_if_any(out, "group", choice->group);
        ch_put_text_if_any(out, "group_title", choice->group_title);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
    if (question->kind == CHARLEY_ASK_NUMBER) {
        ch_put_text(out, "unit", question->unit);
        ch_put_texts(out, "also_units", question->also_units, question->n_also_units);
        ch_json_put_name(out, CHARLEY_TEXT("minimum"));
        ch_json_put_number(out, question->minimum);
        ch_json_put_name(out, CHARLEY_TEXT("maximum"));
        ch_json_put_number(out, question->maximum);
        put_bound(out, "value", question->value);
    }
    ch_put_fixed(out, "expected_gain", question->expected_gain);
    ch_json_put_name(out, CHARLEY_TEXT("n_screens_left"));
    ch_json_put_integer(out, (int64_t)question->n_screens_left);
    ch_json_put_end(out);
}

charley_status charley_question_write(const charley_kb *kb,
                                      const charley_question *question, char *json,
                                      size_t capacity, size_t *size,
                                      charley_error *error)
{
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    ch_json_put_name(&out, CHARLEY_TEXT("charley_question"));
    ch_json_put_integer(&out, QUESTION_FORMAT);
    ch_put_text(&out, "knowledge_hash", charley_kb_hash(kb));
    ch_json_put_name(&out, CHARLEY_TEXT("question"));
    if (question)
        put_question(&out, question);
    else
        ch_json_put_null(&out);
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}
