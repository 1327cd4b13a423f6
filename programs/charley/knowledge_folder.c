/* knowledge_folder.c: see knowledge_folder.h. */
#include "knowledge_folder.h"

#include <string.h>

void fault_print(void *user, const ch_fault *fault)
{
    fault_printer *printer = user;
    bool is_error = fault->severity == CH_ERROR;
    if (is_error)
        printer->n_errors++;
    else
        printer->n_warnings++;
    cli_put_clean(printer->out, cli_text(printer->folder));
    size_t size = strlen(printer->folder);
    if (size > 0 && printer->folder[size - 1] != '/')
        putc('/', printer->out);
    cli_put_clean(printer->out, cli_text(fault->file));
    if (fault->line > 0)
        fprintf(printer->out, ":%u:%u", fault->line, fault->column);
    fprintf(printer->out, ": %s %s: ", fault->lint, is_error ? "error" : "warning");
    cli_put_clean(printer->out, cli_text(fault->text));
    putc('\n', printer->out);
}

charley_status knowledge_folder_load(fault_printer *printer, ch_bookshelf **shelf)
{
    *shelf = NULL;
    charley_status loaded =
        ch_author_load(printer->folder, fault_print, printer, shelf);
    if (loaded != CHARLEY_OK && loaded != CHARLEY_E_DATA)
        return loaded;
    /* Also after faults in single files: what they say together may have more. */
    charley_status checked = *shelf ? ch_author_check(*shelf) : loaded;
    return loaded == CHARLEY_OK ? checked : loaded;
}

static charley_status build(ch_bookshelf *shelf, void **image, size_t *size)
{
    const void *built;
    charley_status status = ch_author_build(shelf, &built, size);
    if (status == CHARLEY_OK) {
        *image = cli_allocate(1, *size);
        memcpy(*image, built, *size);
    }
    return status;
}

cli_exit knowledge_folder_compile(const char *folder, void **image, size_t *size)
{
    fault_printer printer = {.out = stderr, .folder = folder};
    ch_bookshelf *shelf;
    charley_status status = knowledge_folder_load(&printer, &shelf);
    if (status == CHARLEY_OK)
        status = build(shelf, image, size);
    ch_author_free(shelf);
    if (status == CHARLEY_OK)
        return CLI_DONE;
    if (status == CHARLEY_E_DATA) {
        cli_complain("%s: %zu errors", folder, printer.n_errors);
        return CLI_BAD_DATA;
    }
    cli_complain("%s: cannot be compiled: out of memory", folder);
    return CLI_INTERNAL;
}
