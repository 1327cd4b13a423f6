/* threads.c: one opened image, many threads, the same bytes from each.
 *
 *     api_threads charley.image case.json
 *
 * Every thread has a session of its own, reads the case, assesses it again and again
 * and compares the result JSON with the first thread's. Run under the thread sanitizer
 * it shows that the image really is read-only and that there is no hidden state.
 */
#include "charley/charley.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_THREADS = 4, N_ROUNDS = 10, MAX_RESULT = 1 << 20 };

typedef struct job {
    const charley_kb *kb;
    const char *json;
    size_t json_size;
    char *result;
    size_t result_size;
    bool is_good;
} job;

static void *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    const size_t capacity = (size_t)64 << 20;
    char *bytes = malloc(capacity);
    *size = bytes ? fread(bytes, 1, capacity, file) : 0;
    fclose(file);
    return bytes;
}

static void *work(void *argument)
{
    job *mine = argument;
    charley_error error;
    const size_t size = charley_session_size(mine->kb, NULL);
    void *memory = malloc(size);
    charley_session *session;
    if (!memory ||
        charley_session_init(memory, size, mine->kb, NULL, &session, &error)) {
        free(memory);
        return NULL;
    }
    mine->is_good = true;
    for (int round = 0; round < N_ROUNDS && mine->is_good; round++) {
        const charley_result *result;
        mine->is_good =
            !charley_session_read_case(session, mine->json, mine->json_size, &error) &&
            !charley_session_assess(session, &result, &error) &&
            !charley_result_write(result, mine->result, MAX_RESULT, &mine->result_size,
                                  &error);
    }
    if (!mine->is_good)
        fprintf(stderr, "%s\n", error.text);
    free(memory);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t image_size = 0;
    size_t json_size = 0;
    void *image = read_file(argv[1], &image_size);
    char *json = read_file(argv[2], &json_size);
    charley_error error;
    const charley_kb *kb;
    if (!image || !json || charley_kb_open(image, image_size, &kb, &error)) {
        fprintf(stderr, "cannot open the image or the case\n");
        return 1;
    }
    pthread_t threads[N_THREADS];
    job jobs[N_THREADS];
    for (int i = 0; i < N_THREADS; i++) {
        jobs[i] = (job){kb, json, json_size, malloc(MAX_RESULT), 0, false};
        if (!jobs[i].result || pthread_create(&threads[i], NULL, work, &jobs[i]))
            return 1;
    }
    bool is_good = true;
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        is_good = is_good && jobs[i].is_good &&
                  jobs[i].result_size == jobs[0].result_size &&
                  memcmp(jobs[i].result, jobs[0].result, jobs[0].result_size) == 0;
    }
    printf("%d threads, %zu result bytes, %s\n", N_THREADS, jobs[0].result_size,
           is_good ? "all equal" : "NOT equal");
    for (int i = 0; i < N_THREADS; i++)
        free(jobs[i].result);
    free(json);
    free(image);
    return is_good ? 0 : 1;
}
