/* desk.c: see desk.h. */
#include "desk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command_line.h"
#include "files.h"
#include "knowledge_folder.h"

enum {
    /* Well above what the engine accepts, so that the engine says what is too large,
     * and well below what would hurt to read. */
    MOST_CASE_BYTES = 1 << 23,
    MOST_IMAGE_BYTES = 1 << 28,
    FIRST_JSON_BYTES = 1 << 14
};

/* ---- knowledge -------------------------------------------------------------- */

static cli_exit open_image(cli_desk *desk, const char *path, const void *image,
                           size_t size)
{
    charley_error error;
    if (charley_kb_open(image, size, &desk->kb, &error) == CHARLEY_OK)
        return CLI_DONE;
    return cli_report(path, &error);
}

static cli_exit open_folder(cli_desk *desk, const char *path)
{
    size_t size;
    cli_exit code = knowledge_folder_compile(path, &desk->image, &size);
    return code == CLI_DONE ? open_image(desk, path, desk->image, size) : code;
}

static cli_exit open_image_file(cli_desk *desk, const char *path)
{
    charley_error error;
    char *bytes;
    size_t size;
    if (cli_read_file(path, MOST_IMAGE_BYTES, &bytes, &size, &error) != CHARLEY_OK)
        return cli_report(path, &error);
    desk->image = bytes;
    return open_image(desk, path, bytes, size);
}

cli_exit desk_open_path(cli_desk *desk, const char *path)
{
    *desk = (cli_desk){0};
    struct stat status;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    cli_exit code = is_folder ? open_folder(desk, path) : open_image_file(desk, path);
    if (code != CLI_DONE)
        desk_close(desk);
    return code;
}

cli_exit desk_open_knowledge(cli_desk *desk, const cli_call *call)
{
    const char *path = call->values[CLI_KNOWLEDGE];
    if (path)
        return desk_open_path(desk, path);
    *desk = (cli_desk){0};
    return open_image(desk, "the built-in knowledge", call->program->image,
                      call->program->image_size);
}

/* ---- session ---------------------------------------------------------------- */

cli_exit desk_open_session(cli_desk *desk, const charley_options *options)
{
    size_t size = charley_session_size(desk->kb, options);
    desk->memory = cli_allocate(1, size);
    charley_error error;
    if (charley_session_init(desk->memory, size, desk->kb, options, &desk->session,
                             &error) == CHARLEY_OK)
        return CLI_DONE;
    return cli_report(NULL, &error);
}

cli_exit desk_open(cli_desk *desk, const cli_call *call)
{
    cli_exit code = desk_open_knowledge(desk, call);
    if (code != CLI_DONE)
        return code;
    const char *region = call->values[CLI_REGION];
    const charley_options options = {.clinician = call->values[CLI_CLINICIAN] != NULL,
                                     .region = cli_text(region ? region : "")};
    code = desk_open_session(desk, &options);
    if (code != CLI_DONE)
        desk_close(desk);
    return code;
}

void desk_close(cli_desk *desk)
{
    if (desk->session)
        charley_session_clear(desk->session);
    free(desk->memory);
    free(desk->image);
    *desk = (cli_desk){0};
}

/* ---- documents -------------------------------------------------------------- */

charley_status desk_read_case(cli_desk *desk, const char *path, charley_error *error)
{
    char *json;
    size_t size;
    charley_status status = cli_read_file(path, MOST_CASE_BYTES, &json, &size, error);
    if (status != CHARLEY_OK)
        return status;
    status = charley_session_read_case(desk->session, json, size, error);
    free(json);
    return status;
}

charley_status desk_write(desk_writer *write, const void *what, cli_phrase *json,
                          charley_error *error)
{
    size_t wanted = FIRST_JSON_BYTES;
    charley_status status;
    phrase_clear(json);
    do {
        json->bytes = cli_reallocate(json->bytes, wanted);
        json->capacity = wanted;
        status = write(what, json->bytes, json->capacity, &wanted, error);
    } while (status == CHARLEY_E_LIMIT && wanted > json->capacity);
    if (status == CHARLEY_OK)
        json->size = wanted;
    return status;
}

static charley_status write_case(const void *what, char *json, size_t capacity,
                                 size_t *size, charley_error *error)
{
    return charley_session_write_case(what, json, capacity, size, error);
}

charley_status desk_case_text(const cli_desk *desk, cli_phrase *json,
                              charley_error *error)
{
    return desk_write(write_case, desk->session, json, error);
}
