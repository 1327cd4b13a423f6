/* kb_commands.c: `charley kb`: check, fmt, build, diff, explain, stats, lints, test. */
#include <stdlib.h>
#include <string.h>

#include "command_line.h"
#include "desk.h"
#include "explain.h"
#include "files.h"
#include "kb_diff.h"
#include "kb_pages.h"
#include "kb_mutate.h"
#include "kb_test.h"
#include "knowledge_folder.h"

/* The exit code for a status of the author's functions, whose faults are printed as
 * they are found. */
static cli_exit finish(charley_status status)
{
    if (status == CHARLEY_OK)
        return CLI_DONE;
    if (status == CHARLEY_E_DATA)
        return CLI_BAD_DATA;
    charley_text name = charley_status_name(status);
    cli_complain("could not be done: %.*s", (int)name.size, name.bytes);
    return CLI_INTERNAL;
}

/* ---- check ------------------------------------------------------------------ */

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static cli_exit check(const cli_call *call)
{
    fault_printer printer = {.out = stdout, .folder = call->arguments[0]};
    ch_bookshelf *shelf;
    charley_status status = knowledge_folder_load(&printer, &shelf);
    ch_author_free(shelf);
    printf("%s: %zu error%s, %zu warning%s\n", printer.folder, printer.n_errors,
           plural(printer.n_errors), printer.n_warnings, plural(printer.n_warnings));
    return finish(status);
}

/* ---- fmt -------------------------------------------------------------------- */

/* The path of a file of a folder, with its NUL. */
static void add_path(cli_phrase *path, const char *folder, charley_text file)
{
    phrase_add_format(path, "%s/%.*s", folder, (int)file.size, file.bytes);
    phrase_add(path, (charley_text){"", 1});
}

/* Formats one file; its name is printed when it changed. */
static cli_exit format_file(ch_bookshelf *shelf, size_t index, const char *folder)
{
    const ch_author_file *file = ch_author_file_at(shelf, index);
    charley_text text;
    charley_error error;
    cli_phrase path = {0};
    cli_exit code = CLI_DONE;
    add_path(&path, folder, file->path);
    charley_status status = ch_author_fmt(shelf, index, &text, &error);
    bool is_changed = status == CHARLEY_OK && !cli_text_equal(text, file->bytes);
    if (is_changed)
        status = cli_write_file(path.bytes, CLI_PUBLIC, text.bytes, text.size, &error);
    if (status != CHARLEY_OK)
        code = cli_report(path.bytes, &error);
    else if (is_changed)
        puts(path.bytes);
    phrase_free(&path);
    return code;
}

static cli_exit format(const cli_call *call)
{
    fault_printer printer = {.out = stderr, .folder = call->arguments[0]};
    ch_bookshelf *shelf = NULL;
    charley_status status =
        ch_author_load(printer.folder, fault_print, &printer, &shelf);
    cli_exit worst = finish(status);
    for (size_t i = 0; status == CHARLEY_OK && i < ch_author_n_files(shelf); i++) {
        cli_exit code = format_file(shelf, i, printer.folder);
        if (code > worst)
            worst = code;
    }
    ch_author_free(shelf);
    return worst;
}

/* ---- build ------------------------------------------------------------------ */

static cli_exit build(const cli_call *call)
{
    const char *path = call->values[CLI_OUTPUT];
    if (!path) {
        cli_complain("build needs --output FILE");
        return CLI_USAGE;
    }
    void *image;
    size_t size;
    cli_exit code = knowledge_folder_compile(call->arguments[0], &image, &size);
    if (code != CLI_DONE)
        return code;
    charley_error error;
    if (cli_write_file(path, CLI_PUBLIC, image, size, &error) != CHARLEY_OK)
        code = cli_report(path, &error);
    free(image);
    return code;
}

/* ---- explain ---------------------------------------------------------------- */

static cli_exit explain(const cli_call *call)
{
    cli_desk desk;
    cli_exit code = desk_open_path(&desk, call->arguments[0]);
    if (code != CLI_DONE)
        return code;
    code = explain_id(call, desk.kb, call->arguments[1]);
    desk_close(&desk);
    return code;
}

/* ---- stats ------------------------------------------------------------------ */

static void print_count(const char *name, charley_text of, size_t count)
{
    int size = printf("%s%.*s", name, (int)of.size, of.bytes);
    printf("%*zu\n", 36 - size, count);
}

static void print_stats(const ch_author_stats_of *stats)
{
    const struct {
        const char *name;
        size_t count;
    } rows[] = {
        {"files", stats->n_files},
        {"findings", stats->n_findings},
        {"yes/no facts", stats->n_atoms},
        {"conditions", stats->n_conditions},
        {"likelihoods", stats->n_links},
        {"rules", stats->n_rules},
        {"cautions", stats->n_cautions},
        {"remedies", stats->n_remedies},
        {"scores", stats->n_scores},
        {"claims", stats->n_claims},
        {"contradictions", stats->n_contradictions},
        {"drugs", stats->n_drugs},
        {"interactions", stats->n_interactions},
        {"regions", stats->n_regions},
        {"sources", stats->n_sources},
        {"words", stats->n_words},
        {"retired entries", stats->n_retired},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        print_count(rows[i].name, CHARLEY_TEXT(""), rows[i].count);
    for (int urgency = CHARLEY_AMBULANCE; urgency >= CHARLEY_SELF_CARE; urgency--)
        print_count("rules: ", charley_urgency_name((charley_urgency)urgency),
                    stats->n_rules_at[urgency]);
    for (int mark = CHARLEY_SHOWN; mark <= CHARLEY_ESTIMATE; mark++)
        print_count("numbers: ", charley_mark_name((charley_mark)mark),
                    stats->n_numbers_marked[mark]);
    print_count("errors", CHARLEY_TEXT(""), stats->n_errors);
    print_count("warnings", CHARLEY_TEXT(""), stats->n_warnings);
}

static cli_exit count(const cli_call *call)
{
    fault_printer printer = {.out = stderr, .folder = call->arguments[0]};
    ch_bookshelf *shelf;
    charley_status status = knowledge_folder_load(&printer, &shelf);
    if (status == CHARLEY_OK || (status == CHARLEY_E_DATA && shelf)) {
        ch_author_stats_of stats;
        ch_author_stats(shelf, &stats);
        print_stats(&stats);
    }
    ch_author_free(shelf);
    return finish(status);
}

/* ---- lints ------------------------------------------------------------------ */

static cli_exit list_lints(const cli_call *call)
{
    (void)call;
    for (size_t i = 0; ch_author_lint(i); i++) {
        const ch_lint_info *lint = ch_author_lint(i);
        printf("%s %s (%s)\n    %s\n", lint->lint, lint->name,
               lint->severity == CH_ERROR ? "error" : "warning", lint->explanation);
    }
    return CLI_DONE;
}

/* ---- table ------------------------------------------------------------------ */

const cli_command cli_kb_commands[] = {
    {"check", "DIR", "Report every fault of a knowledge folder", 0, 1, 1,
     CLI_DIRECTORIES, check, NULL},
    {"fmt", "DIR", "Rewrite a knowledge folder in the house form", 0, 1, 1,
     CLI_DIRECTORIES, format, NULL},
    {"build", "DIR", "Compile a knowledge folder into an image", CLI_BIT(CLI_OUTPUT), 1,
     1, CLI_DIRECTORIES, build, NULL},
    {"diff", "OLD NEW", "Show the clinical change between two folders",
     CLI_BIT(CLI_CASES), 2, 2, CLI_FILES, kb_diff, NULL},
    {"test", "DIR CASES...", "Put the cases of clinicians to a knowledge folder",
     CLI_BIT(CLI_JSON) | CLI_BIT(CLI_STRICT) | CLI_BIT(CLI_WRITE), 2, 1000, CLI_FILES,
     kb_test, NULL},
    {"mutate", "DIR CASES...",
     "Put faults into a knowledge folder that cases must notice", CLI_BIT(CLI_JSON), 2,
     1000, CLI_FILES, kb_mutate, NULL},
    {"explain", "DIR ID", "Say what a folder knows about an id, and from where",
     CLI_BIT(CLI_JSON) | CLI_BIT(CLI_WIDTH) | CLI_BIT(CLI_COLOR), 2, 2, CLI_FILES,
     explain, NULL},
    {"pages", "DIR", "Write a knowledge folder as pages to browse", CLI_BIT(CLI_OUTPUT),
     1, 1, CLI_DIRECTORIES, kb_pages, NULL},
    {"stats", "DIR", "Count what a knowledge folder holds", 0, 1, 1, CLI_DIRECTORIES,
     count, NULL},
    {"lints", "", "List the faults that check looks for", 0, 0, 0, CLI_ANYTHING,
     list_lints, NULL},
    {0}};
