/* case_file.c: see case_file.h. */
#include "case_file.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"

/* ---- report ----------------------------------------------------------------- */

void case_add_json(cli_phrase *out, charley_text text)
{
    phrase_add(out, CHARLEY_TEXT("\""));
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '"' || byte == '\\')
            phrase_add_format(out, "\\%c", byte);
        else if (byte < 0x20)
            phrase_add_format(out, "\\u%04x", byte);
        else
            phrase_add(out, (charley_text){text.bytes + i, 1});
    }
    phrase_add(out, CHARLEY_TEXT("\""));
}

static void add_fault_json(cli_phrase *out, const char *file, unsigned line,
                           unsigned column, charley_text id, charley_text sentence)
{
    phrase_add(out, CHARLEY_TEXT("{\"file\": "));
    case_add_json(out, cli_text(file));
    phrase_add_format(out, ", \"line\": %u, \"column\": %u, \"case\": ", line, column);
    case_add_json(out, id);
    phrase_add(out, CHARLEY_TEXT(", \"text\": "));
    case_add_json(out, sentence);
    phrase_add(out, CHARLEY_TEXT("}"));
}

static void report_at(case_report *report, const char *file, unsigned line,
                      unsigned column, charley_text id, charley_text sentence)
{
    report->n++;
    if (report->is_silent)
        return;
    if (report->is_json) {
        if (report->n > 1)
            phrase_add(&report->json, CHARLEY_TEXT(", "));
        add_fault_json(&report->json, file, line, column, id, sentence);
        return;
    }
    cli_put_clean(stdout, cli_text(file));
    printf(":%u:%u: ", line, column);
    if (id.size > 0) {
        cli_put_clean(stdout, id);
        fputs(": ", stdout);
    }
    cli_put_clean(stdout, sentence);
    putchar('\n');
}

void case_fail(case_report *report, const ch_node *at, charley_text id,
               const char *format, ...)
{
    char sentence[512];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    report_at(report, at->file, at->line, at->column, id, cli_text(sentence));
}

/* An ch_author_report for what the YAML reader finds. */
static void yaml_fault(void *user, const ch_fault *fault)
{
    report_at(user, fault->file, fault->line, fault->column, (charley_text){"", 0},
              cli_text(fault->text));
}

/* ---- one file --------------------------------------------------------------- */

enum { MOST_CASE_FILE_BYTES = 1 << 22 };

charley_text case_id(const ch_node *test_case)
{
    return ch_node_get(test_case, "case")->text;
}

static bool is_known_id(const case_set *set, charley_text id)
{
    for (size_t i = 0; i < set->n_cases; i++)
        if (cli_text_equal(case_id(set->cases[i]), id))
            return true;
    return false;
}

/* Is every key one of those in `keys` (ends with NULL)? */
static bool has_only(case_set *set, const ch_node *mapping, charley_text id,
                     const char *const *keys)
{
    bool is_sound = true;
    for (const ch_node *value = mapping->first; value; value = value->next) {
        ch_guess guess = ch_guess_start(value->key->text);
        bool is_known = false;
        for (size_t i = 0; keys[i]; i++) {
            is_known |= cli_text_is(value->key->text, keys[i]);
            ch_guess_try(&guess, cli_text(keys[i]));
        }
        char hint[CH_HINT_SIZE];
        if (!is_known)
            case_fail(set->report, value->key, id, "unknown key \"%.*s\"%s",
                      CH_ARG(value->key->text), ch_guess_hint(&guess, hint));
        is_sound &= is_known;
    }
    return is_sound;
}

static bool is_kind(case_set *set, const ch_node *test_case, const char *key,
                    ch_node_kind kind, bool is_required)
{
    const ch_node *value = ch_node_get(test_case, key);
    if (!value && !is_required)
        return true;
    if (value && value->kind == kind)
        return true;
    static const char *const names[] = {"a text", "a list", "a mapping", "something"};
    case_fail(set->report, value ? value : test_case, (charley_text){"", 0},
              "a case needs \"%s\": %s", key, names[kind]);
    return false;
}

/* Reports what is wrong with the outline of a case. */
static bool is_case(case_set *set, const ch_node *node)
{
    static const char *const keys[] = {"case",   "title",     "from",
                                       "given",  "clinician", "region",
                                       "expect", "covers",    NULL};
    if (node->kind != CH_NODE_MAPPING) {
        case_fail(set->report, node, (charley_text){"", 0}, "a case is a mapping");
        return false;
    }
    bool is_sound = is_kind(set, node, "case", CH_NODE_SCALAR, true);
    is_sound &= is_kind(set, node, "title", CH_NODE_SCALAR, true);
    is_sound &= is_kind(set, node, "from", CH_NODE_SCALAR, true);
    is_sound &= is_kind(set, node, "given", CH_NODE_MAPPING, true);
    is_sound &= is_kind(set, node, "expect", CH_NODE_MAPPING, true);
    is_sound &= is_kind(set, node, "covers", CH_NODE_LIST, false);
    is_sound &= is_kind(set, node, "clinician", CH_NODE_SCALAR, false);
    if (!is_sound)
        return false;
    charley_text id = case_id(node);
    if (is_known_id(set, id)) {
        case_fail(set->report, ch_node_get(node, "case"), id,
                  "another case has this name already");
        return false;
    }
    return has_only(set, node, id, keys);
}

static void keep(case_set *set, const ch_node *test_case)
{
    if (set->n_cases == set->capacity) {
        set->capacity = set->capacity ? 2 * set->capacity : 64;
        set->cases = cli_reallocate(set->cases, set->capacity * sizeof set->cases[0]);
    }
    set->cases[set->n_cases++] = test_case;
}

static void take_cases(case_set *set, const char *file, const ch_node *root)
{
    const ch_node *list =
        root && root->kind == CH_NODE_MAPPING ? ch_node_get(root, "cases") : NULL;
    static const char *const keys[] = {"cases", NULL};
    if (!list || list->kind != CH_NODE_LIST || list->n == 0) {
        report_at(set->report, file, 1, 1, (charley_text){"", 0},
                  CHARLEY_TEXT("a .case file is a mapping with a list \"cases\""));
        return;
    }
    has_only(set, root, (charley_text){"", 0}, keys);
    for (const ch_node *node = list->first; node; node = node->next)
        if (is_case(set, node))
            keep(set, node);
}

static char *copy_path(case_set *set, const char *path)
{
    size_t size = strlen(path) + 1;
    char *copy = ch_pool_take(&set->pool, size, 1);
    return copy ? memcpy(copy, path, size) : NULL;
}

static cli_exit read_file(case_set *set, const char *path)
{
    char *bytes;
    size_t size;
    charley_error error;
    if (cli_read_file(path, MOST_CASE_FILE_BYTES, &bytes, &size, &error) != CHARLEY_OK)
        return cli_report(path, &error);
    const char *file = copy_path(set, path);
    ch_node *root = NULL;
    charley_status status = file ? ch_yaml_read(&set->pool, &set->desk, file,
                                                (charley_text){bytes, size}, &root)
                                 : CHARLEY_E_MEMORY;
    free(bytes);
    if (status == CHARLEY_E_MEMORY) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    set->n_files++;
    if (status == CHARLEY_OK) /* else the reader has said why */
        take_cases(set, file, root);
    return CLI_DONE;
}

/* ---- files and folders ------------------------------------------------------ */

/* Deeper than any shelf of cases; stops at a link that leads in a circle. */
enum { MOST_FOLDERS = 8 };

static cli_exit read_folder(case_set *set, const char *folder, unsigned depth);

static cli_exit read_name(case_set *set, const char *path, const char *name,
                          unsigned depth)
{
    struct stat status;
    size_t size = strlen(name);
    bool is_case = size > 5 && strcmp(name + size - 5, ".case") == 0;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return read_folder(set, path, depth + 1);
    return is_case ? read_file(set, path) : CLI_DONE;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static cli_exit read_folder(case_set *set, const char *folder, unsigned depth)
{
    struct dirent **files;
    if (depth > MOST_FOLDERS) {
        cli_complain("%s: too many folders in folders", folder);
        return CLI_INTERNAL;
    }
    int n_files = scandir(folder, &files, is_visible, alphasort);
    if (n_files < 0) {
        cli_complain("%s cannot be read", folder);
        return CLI_INTERNAL;
    }
    cli_exit code = CLI_DONE;
    for (int i = 0; i < n_files; i++) {
        cli_phrase path = {0};
        phrase_add_format(&path, "%s/%s", folder, files[i]->d_name);
        phrase_add(&path, (charley_text){"", 1}); /* the NUL of a path */
        if (code == CLI_DONE)
            code = read_name(set, path.bytes, files[i]->d_name, depth);
        phrase_free(&path);
        free(files[i]);
    }
    free(files);
    return code;
}

cli_exit case_set_read(case_set *set, const char *path)
{
    if (!set->desk.report) {
        ch_pool_init(&set->pool, ch_author_heap());
        set->desk = (ch_desk){.report = yaml_fault, .user = set->report};
    }
    struct stat status;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return is_folder ? read_folder(set, path, 0) : read_file(set, path);
}

void case_set_free(case_set *set)
{
    if (set->desk.report)
        ch_pool_free(&set->pool);
    free(set->cases);
    *set = (case_set){0};
}
