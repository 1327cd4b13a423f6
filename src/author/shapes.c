/* shapes.c: which keys each kind of entry has. The order of the rows is the order of
 * the house form; knowledge/README.md says what the keys mean. */
#include "author/shape.h"

#include "base/view.h"

#include <stddef.h>

/* ---- rows ---- */

#define NEEDED   .is_needed = true
#define OPTIONAL .is_needed = false
#define FIELD(S, name, member, field_type, ...)                                        \
    {                                                                                  \
        .key = name, .type = field_type, .offset = offsetof(S, member), __VA_ARGS__    \
    }
#define ID(S)              FIELD(S, "id", entry, CH_T_ID, NEEDED)
#define TEXT(S, name, ...) FIELD(S, #name, name, CH_T_TEXT, __VA_ARGS__)
#define REAL(S, name, low, high, ...)                                                  \
    FIELD(S, #name, name, CH_T_REAL, .least = (low), .most = (high), __VA_ARGS__)
#define ANY_REAL(S, name, ...) REAL(S, name, -1e15, 1e15, __VA_ARGS__)
#define WHOLE(S, name, low, high, ...)                                                 \
    FIELD(S, #name, name, CH_T_WHOLE, .least = (low), .most = (high), __VA_ARGS__)
#define WORD(S, name, list, ...)                                                       \
    FIELD(S, #name, name, CH_T_WORD, .words = (list), __VA_ARGS__)
#define WHEN(S, name, ...) FIELD(S, #name, name, CH_T_EXPRESSION, __VA_ARGS__)
#define REFS(S, name, to, ...)                                                         \
    FIELD(S, #name, name, CH_T_REFS, .kind = (to), __VA_ARGS__)
#define RECORD(S, name, of, ...)                                                       \
    FIELD(S, #name, name, CH_T_RECORD, .shape = &(of), __VA_ARGS__)
#define RECORDS(S, name, member, of, ...)                                              \
    FIELD(S, name, member, CH_T_RECORDS, .shape = &(of), __VA_ARGS__)
#define END                                                                            \
    {                                                                                  \
        .key = NULL                                                                    \
    }

/* What every entry may end with. */
#define STATUS(S)                                                                      \
    FIELD(S, "status", entry.status, CH_T_WORD, .words = STATUSES),                    \
        FIELD(S, "reason", entry.reason, CH_T_TEXT, OPTIONAL)

/* How sure a number is, and where it comes from. Ranges are those of a double that
 * still means something; the checks say the rest (KB-030 to KB-034). */
#define BACKING(S)                                                                     \
    FIELD(S, "n", backing.n, CH_T_REAL, .least = -1e9, .most = 1e9),                   \
        FIELD(S, "of", backing.of, CH_T_REAL, .least = -1e9, .most = 1e9),             \
        FIELD(S, "interval", backing.low, CH_T_INTERVAL, OPTIONAL),                    \
        FIELD(S, "weight", backing.weight, CH_T_REAL, .least = -1e15, .most = 1e15),   \
        FIELD(S, "mark", backing.mark, CH_T_WORD, .words = MARKS, NEEDED,              \
              .missing_lint = CH_LINT_NO_PASSPORT),                                    \
        FIELD(S, "source", backing.source, CH_T_REF, .kind = CH_E_SOURCE),             \
        FIELD(S, "at", backing.at, CH_T_TEXT, OPTIONAL),                               \
        FIELD(S, "evidence", backing.evidence, CH_T_WORD, .words = EVIDENCE),          \
        FIELD(S, "note", backing.note, CH_T_TEXT, OPTIONAL),                           \
        FIELD(S, "why", backing.why, CH_T_TEXT, OPTIONAL)

#define WARRANT_BUT_MARK(S)                                                            \
    FIELD(S, "at", warrant.at, CH_T_TEXT, OPTIONAL),                                   \
        FIELD(S, "evidence", warrant.evidence, CH_T_WORD, .words = EVIDENCE),          \
        FIELD(S, "note", warrant.note, CH_T_TEXT, OPTIONAL),                           \
        FIELD(S, "why", warrant.why, CH_T_TEXT, OPTIONAL)
#define SOURCES(S, ...)                                                                \
    FIELD(S, "source", warrant.sources, CH_T_REFS, .kind = CH_E_SOURCE, __VA_ARGS__)
/* Of what acts on a person: rules, cautions, remedies, scores. */
#define WARRANT(S)                                                                     \
    SOURCES(S, OPTIONAL),                                                              \
        FIELD(S, "mark", warrant.mark, CH_T_WORD, .words = MARKS, NEEDED,              \
              .missing_lint = CH_LINT_NO_PASSPORT),                                    \
        WARRANT_BUT_MARK(S)

/* ---- lists of words ---- */

static const ch_name_value STATUSES[] = {{"active", CH_ACTIVE},
                                         {"retired", CH_RETIRED},
                                         {"rejected", CH_REJECTED},
                                         {NULL, 0}};
static const ch_name_value MARKS[] = {{"shown", CHARLEY_SHOWN},
                                      {"derived", CHARLEY_DERIVED},
                                      {"recalled", CHARLEY_RECALLED},
                                      {"estimate", CHARLEY_ESTIMATE},
                                      {NULL, 0}};
static const ch_name_value EVIDENCE[] = {
    {"study", CH_EV_STUDY},         {"review", CH_EV_REVIEW},
    {"guideline", CH_EV_GUIDELINE}, {"registry", CH_EV_REGISTRY},
    {"judgement", CH_EV_JUDGEMENT}, {NULL, 0}};
static const ch_name_value URGENCIES[] = {{"ambulance", CHARLEY_AMBULANCE},
                                          {"emergency", CHARLEY_EMERGENCY},
                                          {"same_day", CHARLEY_SAME_DAY},
                                          {"within_days", CHARLEY_WITHIN_DAYS},
                                          {"routine", CHARLEY_ROUTINE},
                                          {"self_care", CHARLEY_SELF_CARE},
                                          {NULL, 0}};
static const ch_name_value FAMILIES[] = {{"muscle", 1},
                                         {"vessel", 2},
                                         {"nerve", 3},
                                         {"bone_joint_tendon", 4},
                                         {"metabolic_drug", 5},
                                         {"infection", 6},
                                         {"sleep_movement", 7},
                                         {"pregnancy", 8},
                                         {NULL, 0}};
static const ch_name_value MECHANISMS[] = {{"nerve_excitability", 1},
                                           {"muscle_fatigue", 2},
                                           {"blood_in", 3},
                                           {"blood_out", 4},
                                           {"nerve_pressed", 5},
                                           {"tissue_injured", 6},
                                           {"metabolic", 7},
                                           {"inflamed", 8},
                                           {"growth", 9},
                                           {NULL, 0}};
static const ch_name_value FINDING_KINDS[] = {{"yes_no", 1 + CH_FK_YES_NO},
                                              {"one_of", 1 + CH_FK_ONE_OF},
                                              {"number", 1 + CH_FK_NUMBER},
                                              {"derived", 1 + CH_FK_DERIVED},
                                              {NULL, 0}};
static const ch_name_value WHO[] = {{"anyone", 1 + CH_WHO_ANYONE},
                                    {"look", 1 + CH_WHO_LOOK},
                                    {"clinician", 1 + CH_WHO_CLINICIAN},
                                    {"laboratory", 1 + CH_WHO_LABORATORY},
                                    {NULL, 0}};
static const ch_name_value SCREEN_KINDS[] = {
    {"yes_no", 1 + CHARLEY_ASK_YES_NO}, {"one", 1 + CHARLEY_ASK_ONE},
    {"many", 1 + CHARLEY_ASK_MANY},     {"number", 1 + CHARLEY_ASK_NUMBER},
    {"groups", 1 + CHARLEY_ASK_GROUPS}, {NULL, 0}};
static const ch_name_value RULE_UNKNOWN[] = {{"ask", 1 + CH_UNKNOWN_ASK},
                                             {"raise", 1 + CH_UNKNOWN_RAISE},
                                             {"ignore", 1 + CH_UNKNOWN_IGNORE},
                                             {NULL, 0}};
static const ch_name_value CAUTION_UNKNOWN[] = {
    {"raise", 1 + CH_UNKNOWN_RAISE}, {"ignore", 1 + CH_UNKNOWN_IGNORE}, {NULL, 0}};
static const ch_name_value CAUTION_VERDICTS[] = {
    {"forbidden", CHARLEY_FORBIDDEN}, {"ask_first", CHARLEY_ASK_FIRST}, {NULL, 0}};
static const ch_name_value REMEDY_KINDS[] = {{"relief_now", 1 + CH_RELIEF_NOW},
                                             {"prevention", 1 + CH_PREVENTION},
                                             {"clinician_only", 1 + CH_CLINICIAN_ONLY},
                                             {NULL, 0}};
static const ch_name_value GRADES[] = {{"A", 'A'}, {"B", 'B'}, {"C", 'C'}, {"D", 'D'},
                                       {"K", 'K'}, {"X", 'X'}, {NULL, 0}};
static const ch_name_value CLAIM_VERDICTS[] = {
    {"supported", 1 + CH_CLAIM_SUPPORTED},
    {"unproven", 1 + CH_CLAIM_UNPROVEN},
    {"mixed", 1 + CH_CLAIM_MIXED},
    {"unsafe", 1 + CH_CLAIM_UNSAFE},
    {"contradicted", 1 + CH_CLAIM_CONTRADICTED},
    {NULL, 0}};
static const ch_name_value SEEN[] = {
    {"read", 1}, {"secondary", 2}, {"recalled", 3}, {NULL, 0}};
static const ch_name_value SLIP_KINDS[] = {{"missed", 1 + CH_SLIP_MISSED},
                                           {"imagined", 1 + CH_SLIP_IMAGINED},
                                           {"dont_know", 1 + CH_SLIP_DONT_KNOW},
                                           {NULL, 0}};
static const ch_name_value RATIO_KINDS[] = {
    {"sequence_ratio", 1 + CH_SEQUENCE_RATIO}, {"relative_risk", 1 + CH_RELATIVE_RISK},
    {"rate_ratio", 1 + CH_RATE_RATIO},         {"odds_ratio", 1 + CH_ODDS_RATIO},
    {"hazard_ratio", 1 + CH_HAZARD_RATIO},     {NULL, 0}};
static const ch_name_value DRUG_EFFECTS[] = {{"muscle_damage", 1 + CH_MUSCLE_DAMAGE},
                                             {"clot", 1 + CH_CLOT},
                                             {"bleeding", 1 + CH_BLEEDING},
                                             {"tendon", 1 + CH_TENDON},
                                             {"kidney", 1 + CH_KIDNEY},
                                             {"salts", 1 + CH_SALTS},
                                             {"cramp", 1 + CH_CRAMP},
                                             {"nerve", 1 + CH_NERVE},
                                             {"swelling", 1 + CH_SWELLING},
                                             {"clash", 1 + CH_CLASH},
                                             {NULL, 0}};
static const ch_name_value INTERACTION_LEVELS[] = {{"ask_today", 1 + CH_ASK_TODAY},
                                                   {"ask_soon", 1 + CH_ASK_SOON},
                                                   {"hours_apart", 1 + CH_HOURS_APART},
                                                   {NULL, 0}};
/* Types of the Citation Style Language that medical sources come in. */
static const ch_name_value SOURCE_TYPES[] = {
    {"article-journal", 1}, {"book", 2},    {"chapter", 3},
    {"report", 4},          {"webpage", 5}, {"paper-conference", 6},
    {"thesis", 7},          {"dataset", 8}, {"standard", 9},
    {"legislation", 10},    {NULL, 0}};

#define SHAPE(name, sentence, S, entry_first, rows)                                    \
    static const ch_shape name = {.what = (sentence),                                  \
                                  .size = sizeof(S),                                   \
                                  .is_entry = (entry_first),                           \
                                  .node_offset = 0,                                    \
                                  .fields = (rows)}

/* ---- findings ---- */

static const ch_field CHANCE_FIELDS[] = {ANY_REAL(ch_chance, p, OPTIONAL),
                                         BACKING(ch_chance), END};
SHAPE(CHANCE, "a probability", ch_chance, false, CHANCE_FIELDS);

static const ch_field CODES_FIELDS[] = {TEXT(ch_codes, icd10, OPTIONAL),
                                        TEXT(ch_codes, icd10cm, OPTIONAL),
                                        TEXT(ch_codes, icd11, OPTIONAL),
                                        TEXT(ch_codes, hpo, OPTIONAL),
                                        TEXT(ch_codes, mondo, OPTIONAL),
                                        TEXT(ch_codes, loinc, OPTIONAL),
                                        END};
SHAPE(CODES, "a set of codes", ch_codes, false, CODES_FIELDS);

static const ch_field RANGE_FIELDS[] = {ANY_REAL(ch_range_entry, from, NEEDED),
                                        ANY_REAL(ch_range_entry, to, NEEDED), END};
SHAPE(RANGE, "a range", ch_range_entry, false, RANGE_FIELDS);

static const ch_field OPTION_FIELDS[] = {
    ID(ch_option_entry), RECORD(ch_option_entry, leak, CHANCE, OPTIONAL),
    STATUS(ch_option_entry), END};
SHAPE(OPTION, "an option", ch_option_entry, true, OPTION_FIELDS);

static const ch_field FINDING_FIELDS[] = {
    ID(ch_finding_entry),
    WORD(ch_finding_entry, kind, FINDING_KINDS, NEEDED),
    WORD(ch_finding_entry, who, WHO, OPTIONAL),
    FIELD(ch_finding_entry, "red_flag", red_flag, CH_T_FLAG,
          .node_offset = offsetof(ch_finding_entry, red_flag_node)),
    FIELD(ch_finding_entry, "context", context, CH_T_BOOL, OPTIONAL),
    RECORDS(ch_finding_entry, "options", options, OPTION, OPTIONAL),
    TEXT(ch_finding_entry, unit, OPTIONAL),
    FIELD(ch_finding_entry, "also_units", also_units, CH_T_TEXTS, OPTIONAL),
    RECORD(ch_finding_entry, range, RANGE, OPTIONAL),
    TEXT(ch_finding_entry, substance, OPTIONAL),
    WHEN(ch_finding_entry, when, OPTIONAL),
    WHEN(ch_finding_entry, not_if, OPTIONAL),
    RECORD(ch_finding_entry, leak, CHANCE, OPTIONAL),
    RECORD(ch_finding_entry, codes, CODES, OPTIONAL),
    STATUS(ch_finding_entry),
    END};
SHAPE(FINDING, "a finding", ch_finding_entry, true, FINDING_FIELDS);

static const ch_field CLUSTER_FIELDS[] = {
    ID(ch_cluster_entry),
    FIELD(ch_cluster_entry, "findings", atoms, CH_T_REFS, .kind = CH_E_ATOM, NEEDED),
    STATUS(ch_cluster_entry), END};
SHAPE(CLUSTER, "a cluster", ch_cluster_entry, true, CLUSTER_FIELDS);

static const ch_field SCREEN_FIELDS[] = {
    ID(ch_screen_entry),
    WORD(ch_screen_entry, kind, SCREEN_KINDS, NEEDED),
    FIELD(ch_screen_entry, "short", is_short, CH_T_BOOL, OPTIONAL),
    WHOLE(ch_screen_entry, order, 1, 1000, OPTIONAL),
    FIELD(ch_screen_entry, "danger", danger, CH_T_BOOL, OPTIONAL),
    REFS(ch_screen_entry, findings, CH_E_FINDING, NEEDED),
    WHEN(ch_screen_entry, when, OPTIONAL),
    WHOLE(ch_screen_entry, cost, 1, 9, OPTIONAL),
    STATUS(ch_screen_entry),
    END};
SHAPE(SCREEN, "a screen", ch_screen_entry, true, SCREEN_FIELDS);

/* ---- conditions ---- */

static const ch_field STRATUM_FIELDS[] = {
    WHEN(ch_stratum_entry, when, NEEDED), ANY_REAL(ch_stratum_entry, p, OPTIONAL),
    BACKING(ch_stratum_entry), STATUS(ch_stratum_entry), END};
SHAPE(STRATUM, "a stratum", ch_stratum_entry, true, STRATUM_FIELDS);

static const ch_field FACTOR_FIELDS[] = {
    ID(ch_factor_entry),
    WHEN(ch_factor_entry, when, NEEDED),
    REAL(ch_factor_entry, odds_ratio, 0.001, 1000, NEEDED),
    ANY_REAL(ch_factor_entry, prevalence, OPTIONAL),
    BACKING(ch_factor_entry),
    STATUS(ch_factor_entry),
    END};
SHAPE(FACTOR, "a factor", ch_factor_entry, true, FACTOR_FIELDS);

static const ch_field PRIOR_FIELDS[] = {
    RECORD(ch_prior_entry, base, CHANCE, NEEDED),
    RECORDS(ch_prior_entry, "strata", strata, STRATUM, OPTIONAL),
    RECORDS(ch_prior_entry, "factors", factors, FACTOR, OPTIONAL), END};
SHAPE(PRIOR, "a prior", ch_prior_entry, false, PRIOR_FIELDS);

static const ch_field RATIOS_FIELDS[] = {
    REAL(ch_ratios, positive, 0.001, 1000, NEEDED),
    REAL(ch_ratios, negative, 0.001, 1000, OPTIONAL), END};
SHAPE(RATIOS, "a pair of likelihood ratios", ch_ratios, false, RATIOS_FIELDS);

static const ch_field LINK_FIELDS[] = {
    FIELD(ch_link_entry, "id", atom, CH_T_REF, .kind = CH_E_ATOM, NEEDED),
    ANY_REAL(ch_link_entry, p, OPTIONAL),
    FIELD(ch_link_entry, "lr", ratios, CH_T_RECORD, .shape = &RATIOS),
    BACKING(ch_link_entry),
    STATUS(ch_link_entry),
    END};
SHAPE(LINK, "a finding of a condition", ch_link_entry, true, LINK_FIELDS);

static const ch_field PROFILE_FIELDS[] = {
    ID(ch_profile_entry), RECORDS(ch_profile_entry, "findings", links, LINK, NEEDED),
    STATUS(ch_profile_entry), END};
SHAPE(PROFILE, "a profile", ch_profile_entry, true, PROFILE_FIELDS);

static const ch_field CONDITION_FIELDS[] = {
    ID(ch_condition_entry),
    WORD(ch_condition_entry, family, FAMILIES, NEEDED),
    FIELD(ch_condition_entry, "mechanism", mechanisms, CH_T_WORDS, .words = MECHANISMS,
          NEEDED),
    WORD(ch_condition_entry, urgency, URGENCIES, NEEDED),
    RECORD(ch_condition_entry, act_above, CHANCE, NEEDED),
    FIELD(ch_condition_entry, "must_not_miss", must_not_miss, CH_T_BOOL, OPTIONAL),
    RECORD(ch_condition_entry, floor, CHANCE, OPTIONAL),
    FIELD(ch_condition_entry, "excluded_by", excluded_by, CH_T_REF, .kind = CH_E_ATOM),
    RECORD(ch_condition_entry, codes, CODES, OPTIONAL),
    RECORD(ch_condition_entry, prior, PRIOR, NEEDED),
    FIELD(ch_condition_entry, "profile", profile, CH_T_REF, .kind = CH_E_PROFILE),
    RECORDS(ch_condition_entry, "findings", links, LINK, OPTIONAL),
    REFS(ch_condition_entry, tests, CH_E_TEST, OPTIONAL),
    REFS(ch_condition_entry, clinics, CH_E_CLINIC, OPTIONAL),
    STATUS(ch_condition_entry),
    END};
SHAPE(CONDITION, "a condition", ch_condition_entry, true, CONDITION_FIELDS);

/* ---- safety ---- */

static const ch_field RULE_FIELDS[] = {
    ID(ch_rule_entry),
    TEXT(ch_rule_entry, code, OPTIONAL),
    WORD(ch_rule_entry, level, URGENCIES, NEEDED),
    WHEN(ch_rule_entry, when, NEEDED),
    WORD(ch_rule_entry, unknown, RULE_UNKNOWN, NEEDED,
         .missing_lint = CH_LINT_NO_UNKNOWN),
    WHEN(ch_rule_entry, raise_if, OPTIONAL),
    REFS(ch_rule_entry, suspects, CH_E_CONDITION, OPTIONAL),
    REFS(ch_rule_entry, tests, CH_E_TEST, OPTIONAL),
    REFS(ch_rule_entry, clinics, CH_E_CLINIC, OPTIONAL),
    FIELD(ch_rule_entry, "hazard", hazard, CH_T_HAZARD_ID, OPTIONAL),
    WARRANT(ch_rule_entry),
    STATUS(ch_rule_entry),
    END};
SHAPE(RULE, "a rule", ch_rule_entry, true, RULE_FIELDS);

static const ch_field MODIFIER_FIELDS[] = {
    ID(ch_modifier_entry),
    WHEN(ch_modifier_entry, when, NEEDED),
    WORD(ch_modifier_entry, from, URGENCIES, NEEDED),
    WORD(ch_modifier_entry, at_most, URGENCIES, NEEDED),
    WARRANT(ch_modifier_entry),
    STATUS(ch_modifier_entry),
    END};
SHAPE(MODIFIER, "a modifier", ch_modifier_entry, true, MODIFIER_FIELDS);

static const ch_field CONFLICT_FIELDS[] = {ID(ch_conflict_entry),
                                           WHEN(ch_conflict_entry, when, NEEDED),
                                           STATUS(ch_conflict_entry), END};
SHAPE(CONFLICT, "a conflict", ch_conflict_entry, true, CONFLICT_FIELDS);

static const ch_field CAUTION_FIELDS[] = {
    ID(ch_caution_entry),
    WHEN(ch_caution_entry, when, NEEDED),
    WORD(ch_caution_entry, unknown, CAUTION_UNKNOWN, NEEDED,
         .missing_lint = CH_LINT_NO_UNKNOWN),
    WORD(ch_caution_entry, verdict, CAUTION_VERDICTS, NEEDED),
    REFS(ch_caution_entry, actions, CH_E_ACTION, NEEDED),
    REFS(ch_caution_entry, suspects, CH_E_CONDITION, OPTIONAL),
    FIELD(ch_caution_entry, "always_shown", always_shown, CH_T_BOOL, OPTIONAL),
    FIELD(ch_caution_entry, "hazard", hazard, CH_T_HAZARD_ID, OPTIONAL),
    WARRANT(ch_caution_entry),
    STATUS(ch_caution_entry),
    END};
SHAPE(CAUTION, "a caution", ch_caution_entry, true, CAUTION_FIELDS);

/* ---- advice ---- */

static const ch_field ACTION_FIELDS[] = {ID(ch_action_entry), STATUS(ch_action_entry),
                                         END};
SHAPE(ACTION, "an action", ch_action_entry, true, ACTION_FIELDS);

static const ch_field REMEDY_FIELDS[] = {
    ID(ch_remedy_entry),
    WORD(ch_remedy_entry, kind, REMEDY_KINDS, NEEDED),
    WORD(ch_remedy_entry, grade, GRADES, NEEDED, .word_lint = CH_LINT_GRADE),
    WHOLE(ch_remedy_entry, rank, 0, 255, OPTIONAL),
    REFS(ch_remedy_entry, conditions, CH_E_CONDITION, OPTIONAL),
    WHEN(ch_remedy_entry, when, OPTIONAL),
    WHEN(ch_remedy_entry, not_for, OPTIONAL),
    FIELD(ch_remedy_entry, "in_emergency", in_emergency, CH_T_BOOL, OPTIONAL),
    REFS(ch_remedy_entry, actions, CH_E_ACTION, OPTIONAL),
    WARRANT(ch_remedy_entry),
    STATUS(ch_remedy_entry),
    END};
SHAPE(REMEDY, "a remedy", ch_remedy_entry, true, REMEDY_FIELDS);

/* Tests and clinics are named, not argued for: their passport may be missing. */
#define OPEN_WARRANT(S)                                                                \
    SOURCES(S, OPTIONAL), FIELD(S, "mark", warrant.mark, CH_T_WORD, .words = MARKS),   \
        WARRANT_BUT_MARK(S)

static const ch_field TEST_FIELDS[] = {ID(ch_topic_entry), OPEN_WARRANT(ch_topic_entry),
                                       STATUS(ch_topic_entry), END};
SHAPE(TEST, "a test", ch_topic_entry, true, TEST_FIELDS);

SHAPE(CLINIC, "a clinic", ch_topic_entry, true, TEST_FIELDS);

static const ch_field SCORE_ITEM_FIELDS[] = {
    ID(ch_score_item_entry),
    WHEN(ch_score_item_entry, when, OPTIONAL),
    REAL(ch_score_item_entry, points, -1000, 1000, OPTIONAL),
    FIELD(ch_score_item_entry, "points_from", points_from, CH_T_REF,
          .kind = CH_E_FINDING),
    FIELD(ch_score_item_entry, "clinician_only", clinician_only, CH_T_BOOL, OPTIONAL),
    END};
SHAPE(SCORE_ITEM, "an item of a score", ch_score_item_entry, true, SCORE_ITEM_FIELDS);

static const ch_field RUNG_FIELDS[] = {
    ID(ch_rung_entry), WHEN(ch_rung_entry, when, OPTIONAL),
    REAL(ch_rung_entry, value, -1000, 1000, NEEDED), END};
SHAPE(RUNG, "a rung of a ladder", ch_rung_entry, true, RUNG_FIELDS);

static const ch_field BAND_FIELDS[] = {ID(ch_band_entry),
                                       ANY_REAL(ch_band_entry, at_least, OPTIONAL),
                                       ANY_REAL(ch_band_entry, above, OPTIONAL),
                                       ANY_REAL(ch_band_entry, at_most, OPTIONAL),
                                       ANY_REAL(ch_band_entry, below, OPTIONAL),
                                       END};
SHAPE(BAND, "a band", ch_band_entry, true, BAND_FIELDS);

static const ch_field SCORE_FIELDS[] = {
    ID(ch_score_entry),
    WHEN(ch_score_entry, applies, OPTIONAL),
    WHEN(ch_score_entry, show, OPTIONAL),
    RECORDS(ch_score_entry, "items", items, SCORE_ITEM, OPTIONAL),
    RECORDS(ch_score_entry, "ladder", ladder, RUNG, OPTIONAL),
    FIELD(ch_score_entry, "formula", formula, CH_T_FORMULA, OPTIONAL),
    WHOLE(ch_score_entry, decimals, 0, 6, OPTIONAL),
    RECORDS(ch_score_entry, "bands", bands, BAND, OPTIONAL),
    WARRANT(ch_score_entry),
    STATUS(ch_score_entry),
    END};
SHAPE(SCORE, "a score", ch_score_entry, true, SCORE_FIELDS);

static const ch_field CLAIM_FIELDS[] = {
    FIELD(ch_claim_entry, "id", entry, CH_T_CLAIM_ID, NEEDED),
    WORD(ch_claim_entry, verdict, CLAIM_VERDICTS, NEEDED, .word_lint = CH_LINT_VERDICT),
    WHEN(ch_claim_entry, when, OPTIONAL),
    REFS(ch_claim_entry, about, CH_E_ACTION, OPTIONAL),
    FIELD(ch_claim_entry, "soothing", soothing, CH_T_BOOL, OPTIONAL),
    OPEN_WARRANT(ch_claim_entry),
    STATUS(ch_claim_entry),
    END};
SHAPE(CLAIM, "a claim", ch_claim_entry, true, CLAIM_FIELDS);

static const ch_field CONTRADICTION_FIELDS[] = {
    ID(ch_contradiction_entry), REFS(ch_contradiction_entry, one, CH_E_CLAIM, NEEDED),
    REFS(ch_contradiction_entry, other, CH_E_CLAIM, NEEDED),
    STATUS(ch_contradiction_entry), END};
SHAPE(CONTRADICTION, "a contradiction", ch_contradiction_entry, true,
      CONTRADICTION_FIELDS);

/* ---- medicines and regions ---- */

static const ch_field RATIO_FIELDS[] = {
    ID(ch_ratio_entry),
    WORD(ch_ratio_entry, kind, RATIO_KINDS, NEEDED),
    REAL(ch_ratio_entry, value, 0.001, 1000, NEEDED),
    BACKING(ch_ratio_entry),
    STATUS(ch_ratio_entry),
    END};
SHAPE(RATIO, "a ratio", ch_ratio_entry, true, RATIO_FIELDS);

static const ch_field DRUG_FIELDS[] = {
    ID(ch_drug_entry),
    FIELD(ch_drug_entry, "of", of, CH_T_REF, .kind = CH_E_DRUG),
    WHEN(ch_drug_entry, when, OPTIONAL),
    WHEN(ch_drug_entry, matters, OPTIONAL),
    FIELD(ch_drug_entry, "names", names, CH_T_TEXTS, OPTIONAL),
    WORD(ch_drug_entry, effect, DRUG_EFFECTS, NEEDED),
    RECORDS(ch_drug_entry, "ratios", ratios, RATIO, OPTIONAL),
    REFS(ch_drug_entry, conditions, CH_E_CONDITION, OPTIONAL),
    WARRANT(ch_drug_entry),
    STATUS(ch_drug_entry),
    END};
SHAPE(DRUG, "a drug", ch_drug_entry, true, DRUG_FIELDS);

static const ch_field INTERACTION_FIELDS[] = {
    ID(ch_interaction_entry),
    REFS(ch_interaction_entry, drugs, CH_E_DRUG, NEEDED),
    REFS(ch_interaction_entry, with, CH_E_DRUG, OPTIONAL),
    WHEN(ch_interaction_entry, when, OPTIONAL),
    WORD(ch_interaction_entry, level, INTERACTION_LEVELS, NEEDED),
    REFS(ch_interaction_entry, cautions, CH_E_CAUTION, OPTIONAL),
    RECORDS(ch_interaction_entry, "ratios", ratios, RATIO, OPTIONAL),
    WARRANT(ch_interaction_entry),
    STATUS(ch_interaction_entry),
    END};
SHAPE(INTERACTION, "an interaction", ch_interaction_entry, true, INTERACTION_FIELDS);

static const ch_field REGION_FIELDS[] = {ID(ch_region_entry),
                                         TEXT(ch_region_entry, emergency, OPTIONAL),
                                         TEXT(ch_region_entry, advice, OPTIONAL),
                                         OPEN_WARRANT(ch_region_entry),
                                         STATUS(ch_region_entry),
                                         END};
SHAPE(REGION, "a region", ch_region_entry, true, REGION_FIELDS);

static const ch_field SOURCE_FIELDS[] = {
    ID(ch_source_entry),
    WORD(ch_source_entry, type, SOURCE_TYPES, NEEDED),
    TEXT(ch_source_entry, author, OPTIONAL),
    WHOLE(ch_source_entry, year, 1800, 2100, OPTIONAL),
    TEXT(ch_source_entry, title, NEEDED),
    TEXT(ch_source_entry, container, OPTIONAL),
    TEXT(ch_source_entry, doi, OPTIONAL),
    TEXT(ch_source_entry, pmid, OPTIONAL),
    TEXT(ch_source_entry, url, OPTIONAL),
    WORD(ch_source_entry, seen, SEEN, NEEDED),
    TEXT(ch_source_entry, note, OPTIONAL),
    STATUS(ch_source_entry),
    END};
SHAPE(SOURCE, "a source", ch_source_entry, true, SOURCE_FIELDS);

/* ---- simulated people ---- */

static const ch_field DRAW_FIELDS[] = {
    ID(ch_draw_entry),
    WHEN(ch_draw_entry, when, OPTIONAL),
    FIELD(ch_draw_entry, "finding", atom, CH_T_REF, .kind = CH_E_ATOM),
    FIELD(ch_draw_entry, "number", number, CH_T_REF, .kind = CH_E_FINDING),
    ANY_REAL(ch_draw_entry, from, OPTIONAL),
    ANY_REAL(ch_draw_entry, to, OPTIONAL),
    FIELD(ch_draw_entry, "after_findings", is_after, CH_T_BOOL, OPTIONAL),
    ANY_REAL(ch_draw_entry, p, OPTIONAL),
    BACKING(ch_draw_entry),
    STATUS(ch_draw_entry),
    END};
SHAPE(DRAW, "a draw", ch_draw_entry, true, DRAW_FIELDS);

static const ch_field SLIP_FIELDS[] = {
    ID(ch_slip_entry),
    WORD(ch_slip_entry, who, WHO, NEEDED),
    WORD(ch_slip_entry, kind, SLIP_KINDS, NEEDED),
    FIELD(ch_slip_entry, "red_flag", is_danger, CH_T_BOOL, OPTIONAL),
    ANY_REAL(ch_slip_entry, p, OPTIONAL),
    BACKING(ch_slip_entry),
    STATUS(ch_slip_entry),
    END};
SHAPE(SLIP, "a slip", ch_slip_entry, true, SLIP_FIELDS);

static const ch_field POPULATION_FIELDS[] = {
    ID(ch_population_entry),
    WHEN(ch_population_entry, when, OPTIONAL),
    REFS(ch_population_entry, given, CH_E_ATOM, OPTIONAL),
    REFS(ch_population_entry, having, CH_E_CONDITION, OPTIONAL),
    FIELD(ch_population_entry, "story", is_story, CH_T_BOOL, OPTIONAL),
    FIELD(ch_population_entry, "clinic", is_clinic, CH_T_BOOL, OPTIONAL),
    STATUS(ch_population_entry),
    END};
SHAPE(POPULATION, "a population", ch_population_entry, true, POPULATION_FIELDS);

static const ch_field TARGET_FIELDS[] = {
    ID(ch_target_entry),
    FIELD(ch_target_entry, "population", population, CH_T_REF, .kind = CH_E_POPULATION,
          NEEDED),
    FIELD(ch_target_entry, "condition", condition, CH_T_REF, .kind = CH_E_CONDITION,
          NEEDED),
    ANY_REAL(ch_target_entry, p, OPTIONAL),
    BACKING(ch_target_entry),
    STATUS(ch_target_entry),
    END};
SHAPE(TARGET, "a calibration target", ch_target_entry, true, TARGET_FIELDS);

/* ---- meta.yaml ---- */

static const ch_field CAP_FIELDS[] = {REAL(ch_cap_entry, ratio, 1.5, 1000, NEEDED),
                                      BACKING(ch_cap_entry), END};
SHAPE(CAP, "the likelihood cap", ch_cap_entry, false, CAP_FIELDS);

static const ch_field META_FIELDS[] = {
    TEXT(ch_meta_entry, version, NEEDED),
    TEXT(ch_meta_entry, language, NEEDED),
    WORD(ch_meta_entry, default_urgency, URGENCIES, NEEDED),
    RECORD(ch_meta_entry, likelihood_cap, CAP, NEEDED),
    RECORD(ch_meta_entry, show_above, CHANCE, NEEDED),
    RECORD(ch_meta_entry, offer_above, CHANCE, NEEDED),
    RECORD(ch_meta_entry, enough_gain, CHANCE, NEEDED),
    WHEN(ch_meta_entry, complaints, NEEDED),
    END};
SHAPE(META, "meta.yaml", ch_meta_entry, true, META_FIELDS);

/* ---- by kind ---- */

static const struct kind_row {
    const char *name;
    const char *list;
    const ch_shape *shape;
} KINDS[CH_N_ENTRY_KINDS] = {
    [CH_E_FINDING] = {"finding", "findings", &FINDING},
    [CH_E_CLUSTER] = {"cluster", "clusters", &CLUSTER},
    [CH_E_SCREEN] = {"screen", "screens", &SCREEN},
    [CH_E_RULE] = {"rule", "rules", &RULE},
    [CH_E_MODIFIER] = {"modifier", "modifiers", &MODIFIER},
    [CH_E_CONFLICT] = {"conflict", "conflicts", &CONFLICT},
    [CH_E_CAUTION] = {"caution", "cautions", &CAUTION},
    [CH_E_ACTION] = {"action", "actions", &ACTION},
    [CH_E_REMEDY] = {"remedy", "remedies", &REMEDY},
    [CH_E_TEST] = {"test", "tests", &TEST},
    [CH_E_CLINIC] = {"clinic", "clinics", &CLINIC},
    [CH_E_SCORE] = {"score", "scores", &SCORE},
    [CH_E_CLAIM] = {"claim", "claims", &CLAIM},
    [CH_E_CONTRADICTION] = {"contradiction", "contradictions", &CONTRADICTION},
    [CH_E_DRUG] = {"drug", "drugs", &DRUG},
    [CH_E_INTERACTION] = {"interaction", "interactions", &INTERACTION},
    [CH_E_REGION] = {"region", "regions", &REGION},
    [CH_E_SOURCE] = {"source", "sources", &SOURCE},
    [CH_E_CONDITION] = {"condition", NULL, &CONDITION},
    [CH_E_PROFILE] = {"profile", NULL, &PROFILE},
    [CH_E_DRAW] = {"draw", "draws", &DRAW},
    [CH_E_SLIP] = {"slip", "slips", &SLIP},
    [CH_E_POPULATION] = {"population", "populations", &POPULATION},
    [CH_E_TARGET] = {"target", "targets", &TARGET},
    [CH_E_ATOM] = {"finding", NULL, NULL},
};

const ch_shape *ch_shape_of(ch_entry_kind kind)
{
    return KINDS[kind].shape;
}

const ch_shape *ch_shape_of_meta(void)
{
    return &META;
}

const char *ch_list_key(ch_entry_kind kind)
{
    return KINDS[kind].list;
}

const char *ch_kind_name(ch_entry_kind kind)
{
    return KINDS[kind].name;
}

/* The name of a value; empty when the list does not have it. */
static charley_text word_of(const ch_name_value *list, int value)
{
    while (list->name && list->value != value)
        list++;
    return ch_view(list->name);
}

charley_text ch_family_word(uint8_t family)
{
    return word_of(FAMILIES, family);
}

charley_text ch_mechanism_word(int mechanism)
{
    return word_of(MECHANISMS, mechanism);
}

charley_text ch_urgency_word(int urgency)
{
    return urgency == CHARLEY_COULD_NOT_ASSESS ? ch_view("could_not_assess")
                                               : word_of(URGENCIES, urgency);
}

charley_text ch_drug_effect_word(uint8_t effect)
{
    return word_of(DRUG_EFFECTS, effect);
}

charley_text ch_interaction_level_word(uint8_t level)
{
    return word_of(INTERACTION_LEVELS, level);
}

charley_text ch_mark_word(int mark)
{
    return word_of(MARKS, mark);
}
