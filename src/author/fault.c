/* fault.c: see fault.h. */
#include "author/fault.h"

#include "base/view.h"

#include <stdarg.h>
#include <stdio.h>

/* A guess farther away than this is more likely another word than a slip. */
enum { MAX_SLIPS = 3, TEXT_SIZE = 512 };

#define ERROR(lint, number, name, explanation)                                         \
    [lint] = {number, name, CH_ERROR, explanation}
#define WARNING(lint, number, name, explanation)                                       \
    [lint] = {number, name, CH_WARNING, explanation}

/* Each row has one failing bookshelf, tests/kb_bad/NUMBER-NAME. */
static const ch_lint_info LINTS[CH_N_LINTS] = {
    ERROR(CH_LINT_UNREADABLE, "KB-001", "unreadable",
          "A file that is needed is missing or cannot be read."),
    ERROR(CH_LINT_ENCODING, "KB-002", "encoding",
          "Files are UTF-8 with LF line ends, without byte order mark, NUL or control "
          "characters."),
    ERROR(CH_LINT_YAML, "KB-003", "yaml", "The file is not well-formed YAML."),
    ERROR(CH_LINT_ANCHOR, "KB-004", "anchor",
          "Anchors and aliases hide what an entry says and can grow without end."),
    ERROR(CH_LINT_TAG, "KB-005", "tag",
          "What a scalar means is said by its key, not by a tag."),
    ERROR(CH_LINT_MERGE_KEY, "KB-006", "merge-key",
          "Merge keys hide what an entry says; profiles exist for sharing."),
    ERROR(CH_LINT_DOCUMENTS, "KB-007", "documents",
          "A file holds one document; a second one would be overlooked."),
    ERROR(CH_LINT_YAML_LIMIT, "KB-008", "yaml-limit",
          "A file is at most 16 MiB, 200000 nodes and 32 levels deep."),
    ERROR(CH_LINT_KEY_NOT_TEXT, "KB-009", "key-not-text", "Keys are text."),
    ERROR(CH_LINT_DUPLICATE_KEY, "KB-010", "duplicate-key",
          "Of two equal keys one would silently win."),
    ERROR(CH_LINT_UNKNOWN_KEY, "KB-011", "unknown-key",
          "A key that the format does not know would silently do nothing."),
    ERROR(CH_LINT_MISSING_KEY, "KB-012", "missing-key", "A key that is needed."),
    ERROR(CH_LINT_WRONG_TYPE, "KB-013", "wrong-type",
          "Text, a number, true or false, a list or a mapping where another belongs."),
    ERROR(CH_LINT_OUT_OF_RANGE, "KB-014", "out-of-range",
          "A number outside what its key allows."),
    ERROR(CH_LINT_NOT_A_CHOICE, "KB-015", "not-a-choice",
          "The key allows only certain words."),
    ERROR(CH_LINT_GRADE, "KB-016", "grade", "Grades are A, B, C, D, K and X."),
    ERROR(CH_LINT_VERDICT, "KB-017", "claim-verdict",
          "A claim is supported, unproven, mixed, contradicted or unsafe."),
    ERROR(CH_LINT_BAD_ID, "KB-018", "bad-id",
          "Ids are lower case, [a-z][a-z0-9_]*, at most 60 bytes (claims: S0-03; "
          "hazards: H-001)."),
    ERROR(CH_LINT_BAD_TEXT, "KB-019", "bad-text",
          "Text is not empty, has no space at its ends, no control character and "
          "nothing left to do."),
    ERROR(CH_LINT_EXPRESSION, "KB-020", "expression",
          "An expression has one of the forms of knowledge/README.md."),
    ERROR(CH_LINT_EXPRESSION_SIZE, "KB-021", "expression-size",
          "An expression a clinician cannot read is too deep or too long."),
    ERROR(CH_LINT_NO_UNKNOWN, "KB-022", "no-unknown",
          "Every rule and caution says what a missing answer means."),
    ERROR(CH_LINT_NO_PASSPORT, "KB-023", "no-passport",
          "A number or rule without mark and source cannot be asked where it is from."),
    ERROR(CH_LINT_KEY_DOES_NOT_FIT, "KB-024", "key-does-not-fit",
          "The key belongs to another kind of the same entry, or is needed for this."),
    ERROR(CH_LINT_DUPLICATE_ID, "KB-025", "duplicate-id", "Ids are unique."),
    ERROR(CH_LINT_UNKNOWN_ID, "KB-026", "unknown-id",
          "A reference leads to an entry that exists."),
    ERROR(CH_LINT_RETIRED_ID, "KB-027", "retired-id",
          "Nothing in use may rest on an entry that was withdrawn."),
    ERROR(CH_LINT_TOO_MANY, "KB-028", "too-many", "More than the engine holds."),
    ERROR(CH_LINT_NO_WHY, "KB-029", "estimate-without-why",
          "An estimate gives its reason in a sentence."),
    ERROR(CH_LINT_COUNTS, "KB-030", "counts",
          "Counts are whole numbers, n of of, n not above of."),
    ERROR(CH_LINT_PROBABILITY, "KB-031", "probability",
          "A probability lies between 0 and 1, both excluded."),
    ERROR(CH_LINT_WEIGHT, "KB-032", "weight",
          "An estimate weighs at most 20 people; nothing weighs more than a million."),
    ERROR(CH_LINT_INTERVAL, "KB-033", "interval",
          "A 95 % interval ascends and holds the number it belongs to."),
    ERROR(CH_LINT_NUMBER_FORM, "KB-034", "number-form",
          "A number is given in one way, and so is its certainty."),
    ERROR(CH_LINT_RATIO_CAP, "KB-035", "ratio-cap",
          "No finding may move odds by more than the likelihood cap: raise its leak."),
    WARNING(CH_LINT_RATIO_DISAGREES, "KB-036", "ratio-disagrees",
            "Both likelihood ratios and the leak should tell one story."),
    ERROR(CH_LINT_RATIO_DIRECTION, "KB-037", "ratio-direction",
          "A pair of likelihood ratios has the positive above 1, the negative below."),
    ERROR(CH_LINT_NO_LEAK, "KB-038", "no-leak",
          "A finding that a condition lists says how often it is yes without any."),
    ERROR(CH_LINT_LISTED_TWICE, "KB-039", "listed-twice",
          "The same thing stands twice in one list."),
    ERROR(CH_LINT_UNIT, "KB-040", "unit",
          "Units are known UCUM codes; those also offered convert to the first."),
    ERROR(CH_LINT_RANGE, "KB-041", "range", "A range ascends."),
    ERROR(CH_LINT_COMPARISON_UNIT, "KB-042", "comparison-unit",
          "A comparison is made in a unit that converts to that of the finding."),
    ERROR(CH_LINT_COMPARISON_RANGE, "KB-043", "comparison-range",
          "A comparison outside the finding's range is always or never true."),
    ERROR(CH_LINT_CYCLE, "KB-044", "cycle", "A finding must not follow from itself."),
    ERROR(CH_LINT_SCORE_IN_SCORE, "KB-045", "score-in-score",
          "A score's items must not read scores."),
    ERROR(CH_LINT_CLUSTER_TWICE, "KB-046", "cluster-twice",
          "A finding belongs to at most one cluster."),
    ERROR(CH_LINT_SCREEN_KIND, "KB-047", "screen-kind",
          "A screen's kind fits the kind and number of its findings."),
    ERROR(CH_LINT_TWO_SCREENS, "KB-048", "two-screens",
          "A finding is asked on one screen, and on short ones besides."),
    WARNING(CH_LINT_NOT_ASKED, "KB-049", "not-asked",
            "A finding that no screen asks can only be given by others."),
    ERROR(CH_LINT_RED_FLAG_NOT_ASKED, "KB-050", "red-flag-not-asked",
          "A red flag is a yes/no finding that a screen asks."),
    ERROR(CH_LINT_RED_FLAG_NEGATED, "KB-051", "red-flag-negated",
          "A yes to a red flag must never lower an urgency or lift a caution."),
    ERROR(CH_LINT_NO_FLOOR, "KB-052", "no-floor",
          "What must not be missed keeps a least probability."),
    ERROR(CH_LINT_RULE_INCOMPLETE, "KB-053", "rule-incomplete",
          "Rules of the top three levels say what to do now, what is suspected and "
          "which hazard they answer."),
    ERROR(CH_LINT_NO_LIFT, "KB-054", "no-lift", "A caution says what would lift it."),
    ERROR(CH_LINT_BANDS, "KB-055", "bands", "Bands ascend and cover every value once."),
    WARNING(CH_LINT_NO_HELP, "KB-056", "no-help",
            "A condition leads to a remedy, a test or a clinic."),
    ERROR(CH_LINT_NO_WORD, "KB-057", "no-word", "A sentence that is shown is missing."),
    ERROR(CH_LINT_WORD_UNUSED, "KB-058", "word-unused",
          "A sentence whose key nothing uses is never shown."),
    WARNING(CH_LINT_SOURCE_UNUSED, "KB-059", "source-unused",
            "A citation that supports nothing."),
    ERROR(CH_LINT_PROFILE_UNUSED, "KB-060", "profile-unused",
          "A profile that no condition takes."),
    ERROR(CH_LINT_DRUG_NAME, "KB-061", "drug-name",
          "A medicine's name is generic, in lower case, and stands in one entry."),
    ERROR(CH_LINT_WORD_VARIANT, "KB-062", "word-variant",
          "KEY@REGION varies a sentence that exists, for a region that exists and has "
          "the numbers it names."),
};

#undef ERROR
#undef WARNING

const ch_lint_info *ch_author_lint(size_t index)
{
    return index < CH_N_LINTS - 1 ? &LINTS[index + 1] : NULL;
}

static void report(ch_desk *desk, ch_lint lint, const char *file, uint32_t line,
                   uint32_t column, const char *format, va_list list)
{
    char text[TEXT_SIZE];
    vsnprintf(text, sizeof text, format, list);
    for (char *p = text; *p;
         p++) /* a quoted piece of the file must not break the line */
        if ((unsigned char)*p < ' ')
            *p = ' ';
    const ch_lint_info *info = &LINTS[lint];
    if (info->severity == CH_ERROR)
        desk->n_errors++;
    else
        desk->n_warnings++;
    ch_fault fault = {file, line, column, info->lint, info->name, info->severity, text};
    desk->report(desk->user, &fault);
}

void ch_report_place(ch_desk *desk, ch_lint lint, const char *file, uint32_t line,
                     uint32_t column, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    report(desk, lint, file, line, column, format, list);
    va_end(list);
}

void ch_report(ch_desk *desk, ch_lint lint, const ch_node *node, const char *format,
               ...)
{
    va_list list;
    va_start(list, format);
    report(desk, lint, node->file, node->line, node->column, format, list);
    va_end(list);
}

ch_guess ch_guess_start(charley_text wrong)
{
    return (ch_guess){.wrong = wrong, .distance = MAX_SLIPS + 1};
}

void ch_guess_try(ch_guess *guess, charley_text candidate)
{
    unsigned distance = ch_view_distance(guess->wrong, candidate, MAX_SLIPS);
    /* A short word is never within its own length of what was meant. */
    if (distance < guess->distance && distance < guess->wrong.size) {
        guess->distance = distance;
        guess->best = candidate;
    }
}

const char *ch_guess_hint(const ch_guess *guess, char hint[CH_HINT_SIZE])
{
    hint[0] = '\0';
    if (guess->distance <= MAX_SLIPS)
        snprintf(hint, CH_HINT_SIZE, "; did you mean \"%.*s\"?", CH_ARG(guess->best));
    return hint;
}
