/* directory.c: see directory.h. The only file of the author's tools that opens files.
 */
#define _POSIX_C_SOURCE 200809L

#include "author/directory.h"

#include "base/view.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Deeper than any bookshelf; stops at a link that leads in a circle. */
enum { MAX_FOLDERS = 8, MAX_PATH_BYTES = 4096, FIRST_BYTES = 1 << 14 };

typedef struct visit {
    ch_pool *pool;
    ch_desk *desk;
    const char *directory;
    ch_vector *files;
} visit;

static void refuse(const visit *v, const char *path, const char *reason)
{
    ch_report_place(v->desk, CH_LINT_UNREADABLE, path[0] ? path : v->directory, 0, 0,
                    "cannot be read: %s", reason);
}

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name);
    size_t end_size = strlen(end);
    return size > end_size && strcmp(name + size - end_size, end) == 0;
}

/* directory + "/" + path, or false when that is too long. */
static bool full_path(const visit *v, const char *path, char full[MAX_PATH_BYTES])
{
    int size = snprintf(full, MAX_PATH_BYTES, "%s%s%s", v->directory,
                        path[0] ? "/" : "", path);
    return size > 0 && size < MAX_PATH_BYTES;
}

/* Reads to the end, or one byte more than a file may have: the reader then refuses it.
 */
static charley_status read_stream(ch_pool *pool, FILE *stream, charley_text *bytes)
{
    size_t capacity = FIRST_BYTES;
    size_t size = 0;
    char *block = ch_pool_take(pool, capacity, 1);
    while (block) {
        size += fread(block + size, 1, capacity - size, stream);
        if (size < capacity || size > CH_MAX_YAML_BYTES) {
            *bytes = (charley_text){block, size};
            return CHARLEY_OK;
        }
        char *larger = ch_pool_take(pool, 2 * capacity, 1);
        if (larger)
            memcpy(larger, block, size);
        block = larger;
        capacity *= 2;
    }
    return CHARLEY_E_MEMORY;
}

static charley_status read_file(const visit *v, const char *path, const char *full)
{
    FILE *stream = fopen(full, "rb");
    if (!stream) {
        refuse(v, path, strerror(errno));
        return CHARLEY_OK;
    }
    charley_text bytes;
    charley_status status = read_stream(v->pool, stream, &bytes);
    bool is_whole = !ferror(stream);
    fclose(stream);
    CH_TRY(status);
    if (!is_whole) {
        refuse(v, path, "reading failed");
        return CHARLEY_OK;
    }
    ch_buffer name = {.pool = v->pool};
    ch_buffer_add(&name, ch_view(path));
    ch_author_file *file = ch_vector_add(v->pool, v->files);
    if (name.is_failed || !file)
        return CHARLEY_E_MEMORY;
    *file = (ch_author_file){{name.bytes, name.size}, bytes};
    return CHARLEY_OK;
}

static charley_status visit_folder(const visit *v, const char *path, unsigned depth);

static charley_status visit_name(const visit *v, const char *folder, const char *name,
                                 unsigned depth)
{
    char path[MAX_PATH_BYTES];
    char full[MAX_PATH_BYTES];
    struct stat info;
    if (name[0] == '.')
        return CHARLEY_OK;
    int size =
        snprintf(path, sizeof path, "%s%s%s", folder, folder[0] ? "/" : "", name);
    if (size < 0 || size >= MAX_PATH_BYTES || !full_path(v, path, full)) {
        refuse(v, folder, "a path in it is too long");
        return CHARLEY_OK;
    }
    bool is_yaml = ends_with(name, ".yaml");
    if (stat(full, &info) != 0) {
        if (is_yaml)
            refuse(v, path, strerror(errno));
        return CHARLEY_OK;
    }
    if (S_ISDIR(info.st_mode))
        return visit_folder(v, path, depth + 1);
    return is_yaml ? read_file(v, path, full) : CHARLEY_OK;
}

static charley_status visit_folder(const visit *v, const char *path, unsigned depth)
{
    char full[MAX_PATH_BYTES];
    if (depth > MAX_FOLDERS || !full_path(v, path, full)) {
        refuse(v, path, "too many folders in folders");
        return CHARLEY_OK;
    }
    DIR *folder = opendir(full);
    if (!folder) {
        refuse(v, path, strerror(errno));
        return CHARLEY_OK;
    }
    charley_status status = CHARLEY_OK;
    for (struct dirent *entry; status == CHARLEY_OK && (entry = readdir(folder));)
        status = visit_name(v, path, entry->d_name, depth);
    closedir(folder);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    const ch_author_file *left = a;
    const ch_author_file *right = b;
    return ch_view_compare(left->path, right->path);
}

charley_status ch_directory_read(ch_pool *pool, ch_desk *desk, const char *directory,
                                 ch_vector *files)
{
    visit v = {pool, desk, directory, files};
    CH_TRY(visit_folder(&v, "", 0));
    if (files->n)
        qsort(files->items, files->n, files->stride, compare_paths);
    return CHARLEY_OK;
}
