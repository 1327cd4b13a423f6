/* case_write.c: see case_write.h. */
#include "case_write.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"

cli_exit case_write_open(case_writer *writer, const char *folder)
{
    *writer = (case_writer){.folder = folder};
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return CLI_DONE;
    cli_complain("%s: %s", folder, strerror(errno));
    return CLI_INTERNAL;
}

static charley_status write_result(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error)
{
    return charley_result_write(what, json, capacity, size, error);
}

static charley_status write_failure(const void *what, char *json, size_t capacity,
                                    size_t *size, charley_error *error)
{
    const case_run *run = what;
    return charley_failure_write(run->desk.kb, &run->refusal, json, capacity, size,
                                 error);
}

/* The document as FOLDER/ID.KIND, ending with a line feed. */
static cli_exit put(const case_writer *writer, charley_text id, const char *kind,
                    cli_phrase *json)
{
    cli_phrase path = {0};
    phrase_add_format(&path, "%s/%.*s%s", writer->folder, CH_ARG(id), kind);
    phrase_add(&path, (charley_text){"", 1});
    if (json->size == 0 || json->bytes[json->size - 1] != '\n')
        phrase_add(json, CHARLEY_TEXT("\n"));
    charley_error error;
    cli_exit code = CLI_DONE;
    if (cli_write_file(path.bytes, CLI_PUBLIC, json->bytes, json->size, &error) !=
        CHARLEY_OK)
        code = cli_report(path.bytes, &error);
    phrase_free(&path);
    return code;
}

static void add_to_index(case_writer *writer, const case_run *run)
{
    const ch_node *clinician = ch_node_get(run->test_case, "clinician");
    const ch_node *region = ch_node_get(run->test_case, "region");
    bool is_clinician = clinician && cli_text_is(clinician->text, "true");
    phrase_add_format(&writer->index, "%s\n  {\"id\": ", writer->index.size ? "," : "");
    case_add_json(&writer->index, run->id);
    phrase_add_format(&writer->index, ", \"clinician\": %s, \"region\": ",
                      is_clinician ? "true" : "false");
    case_add_json(&writer->index, region ? region->text : CHARLEY_TEXT(""));
    phrase_add(&writer->index, CHARLEY_TEXT("}"));
}

cli_exit case_write(case_writer *writer, const case_run *run)
{
    if (!run->result && run->refusal.status != CHARLEY_E_CONFLICT)
        return CLI_DONE;
    cli_phrase answers = {0};
    cli_phrase result = {0};
    charley_error error;
    cli_exit code = CLI_DONE;
    charley_status status = desk_case_text(&run->desk, &answers, &error);
    if (status == CHARLEY_OK)
        status = run->result ? desk_write(write_result, run->result, &result, &error)
                             : desk_write(write_failure, run, &result, &error);
    if (status != CHARLEY_OK)
        code = cli_report(NULL, &error);
    if (code == CLI_DONE)
        code = put(writer, run->id, ".case.json", &answers);
    if (code == CLI_DONE)
        code = put(writer, run->id, ".result.json", &result);
    if (code == CLI_DONE)
        add_to_index(writer, run);
    phrase_free(&answers);
    phrase_free(&result);
    return code;
}

cli_exit case_write_close(case_writer *writer)
{
    cli_phrase json = {0};
    phrase_add(&json, CHARLEY_TEXT("["));
    phrase_add(&json, phrase_text(&writer->index));
    phrase_add(&json, CHARLEY_TEXT("\n]\n"));
    cli_exit code = put(writer, CHARLEY_TEXT("index"), ".json", &json);
    phrase_free(&json);
    return code;
}
