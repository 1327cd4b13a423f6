/* files.c: see files.h. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 1 << 14 };

static charley_status fail_io(charley_error *error, const char *what, int reason)
{
    *error = (charley_error){.status = CHARLEY_E_IO};
    snprintf(error->text, sizeof error->text, "%s: %s", what, strerror(reason));
    return CHARLEY_E_IO;
}

static charley_status fail_size(charley_error *error, size_t most)
{
    *error = (charley_error){.status = CHARLEY_E_LIMIT};
    snprintf(error->text, sizeof error->text,
             "larger than %zu bytes, which is the most that is read", most);
    return CHARLEY_E_LIMIT;
}

/* read() that goes on after a signal. */
static ssize_t read_some(int file, char *bytes, size_t size)
{
    ssize_t n_read;
    do {
        n_read = read(file, bytes, size);
    } while (n_read < 0 && errno == EINTR);
    return n_read;
}

static charley_status read_all(int file, size_t most, char **bytes, size_t *size,
                               charley_error *error)
{
    size_t capacity = FIRST_CAPACITY;
    size_t used = 0;
    char *buffer = cli_allocate(1, capacity + 1);
    for (;;) {
        ssize_t n_read = read_some(file, buffer + used, capacity - used);
        if (n_read < 0) {
            int reason = errno;
            free(buffer);
            return fail_io(error, "cannot be read", reason);
        }
        used += (size_t)n_read;
        if (used > most) {
            free(buffer);
            return fail_size(error, most);
        }
        if (n_read == 0)
            break;
        if (used == capacity) {
            capacity *= 2;
            buffer = cli_reallocate(buffer, capacity + 1);
        }
    }
    buffer[used] = '\0';
    *bytes = buffer;
    *size = used;
    return CHARLEY_OK;
}

charley_status cli_read_file(const char *path, size_t most, char **bytes, size_t *size,
                             charley_error *error)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, most, bytes, size, error);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail_io(error, "cannot be opened", errno);
    charley_status status = read_all(file, most, bytes, size, error);
    close(file);
    return status;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n_written = write(file, bytes, size);
        if (n_written < 0 && errno == EINTR)
            continue;
        if (n_written < 0)
            return false;
        bytes += n_written;
        size -= (size_t)n_written;
    }
    return true;
}

static bool write_and_close(int file, const void *bytes, size_t size, bool is_synced)
{
    bool is_whole = write_all(file, bytes, size) && (!is_synced || fsync(file) == 0);
    int reason = errno;
    if (close(file) != 0 && is_whole)
        return false;
    errno = reason;
    return is_whole;
}

/* What a new file may be: umask can only be read by setting it. */
static mode_t public_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool replace_file(const char *path, mode_t mode, const void *bytes, size_t size)
{
    static const char suffix[] = ".XXXXXX";
    size_t path_size = strlen(path);
    char *temporary = cli_allocate(1, path_size + sizeof suffix);
    memcpy(temporary, path, path_size);
    memcpy(temporary + path_size, suffix, sizeof suffix);
    int file = mkstemp(temporary);
    bool is_done = file >= 0;
    if (is_done) {
        is_done = fchmod(file, mode) == 0;
        is_done = write_and_close(file, bytes, size, true) && is_done &&
                  rename(temporary, path) == 0;
        int reason = errno;
        if (!is_done)
            unlink(temporary);
        errno = reason;
    }
    int reason = errno;
    free(temporary);
    errno = reason;
    return is_done;
}

charley_status cli_write_file(const char *path, cli_privacy privacy, const void *bytes,
                              size_t size, charley_error *error)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;
    bool is_written;
    if (exists && !S_ISREG(old.st_mode)) {
        int file = open(path, O_WRONLY | O_CLOEXEC);
        is_written = file >= 0 && write_and_close(file, bytes, size, false);
    } else {
        mode_t mode = exists                   ? old.st_mode & 0777
                      : privacy == CLI_PRIVATE ? 0600
                                               : public_mode();
        is_written = replace_file(path, mode, bytes, size);
    }
    return is_written ? CHARLEY_OK : fail_io(error, "cannot be written", errno);
}
