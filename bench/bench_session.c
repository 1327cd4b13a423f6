/* bench_session.c: what one answer costs, on the real knowledge image.
 *
 * In one run, interleaved, best and median of N: opening the image, one result with its
 * intervals, the next question, and the same result with the intervals left out by the
 * what-if of a single answer. People: two everyday stories and a crowd of random ones.
 *     bench_session [rounds]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "charley/charley.h"
#include "image_file.h"

typedef struct story {
    const char *name;
    const char
        *answers[24]; /* ids answered yes; the screens below get "none of these" */
} story;

static const story STORIES[] = {
    {"night cramp",
     {"sex=female", "cramp_attacks", "cramp_brief", "cramp_in_calf_or_foot",
      "cramp_eased_by_stretch", "cramp_hard_knot", "cramp_at_night",
      "leg_normal_between", NULL}},
    {"swelling after a flight",
     {"sex=male", "calf_swelling_one_side", "pain_constant", "travel_over_4_hours",
      "pitting_one_leg", "warm_red_one_leg", "side=left", "pain_where=calf",
      "onset_speed=days", NULL}},
    {"everything at once",
     {"sex=female",
      "calf_swelling_one_side",
      "pain_constant",
      "pain_on_walking",
      "urge_to_move",
      "feet_numb_or_burning",
      "legs_heavy_evening",
      "sore_after_exercise",
      "cramp_attacks",
      "cramp_hard_knot",
      "cramp_at_night",
      "back_pain_with_leg",
      "shooting_pain_below_knee",
      "varicose_veins_seen",
      "tender_inner_calf_belly",
      "fever",
      "skin_spreading_hot",
      "statin",
      "diabetes",

      NULL}},
};

enum { N_STORIES = sizeof STORIES / sizeof *STORIES, MAX_ROUNDS = 2000 };

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec * 1e-3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_row(const char *what, double *us, int n)
{
    qsort(us, (size_t)n, sizeof *us, by_size);
    printf("  %-28s %9.1f %9.1f\n", what, us[0], us[n / 2]);
}

static void check(charley_status status, const charley_error *error)
{
    if (status == CHARLEY_OK)
        return;
    fprintf(stderr, "bench_session: %s\n", error->text);
    exit(1);
}

static void tell(charley_session *session, const story *who)
{
    charley_error error;
    charley_session_clear(session);
    for (size_t i = 0; who->answers[i]; i++) {
        charley_text id = {who->answers[i], strlen(who->answers[i])};
        check(charley_answer_set(session, id, CHARLEY_YES, &error), &error);
    }
    static const char *const screens[] = {"danger_body", "danger_leg",   "danger_skin",
                                          "pattern",     "recent_weeks", "medicines",
                                          "illnesses"};
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        charley_text id = {screens[i], strlen(screens[i])};
        check(charley_screen_rest_no(session, id, &error), &error);
    }
}

static void measure(charley_session *session, const story *who, int rounds)
{
    static double result_us[MAX_ROUNDS], next_us[MAX_ROUNDS], if_us[MAX_ROUNDS];
    charley_error error;
    tell(session, who);
    for (int i = 0; i < rounds; i++) {
        const charley_result *result;
        const charley_question *question;
        const charley_what_if *what_if;
        double start = now_us();
        check(charley_session_assess(session, &result, &error), &error);
        double assessed = now_us();
        check(charley_session_next(session, false, &question, &error), &error);
        double asked = now_us();
        check(charley_session_what_if(session, CHARLEY_TEXT("previous_clot"),
                                      CHARLEY_YES, &what_if, &error),
              &error);
        result_us[i] = assessed - start;
        next_us[i] = asked - assessed;
        if_us[i] = now_us() - asked;
    }
    printf("%s\n", who->name);
    print_row("result with intervals", result_us, rounds);
    print_row("next question", next_us, rounds);
    print_row("what if", if_us, rounds);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 200;
    if (rounds < 1 || rounds > MAX_ROUNDS) {
        fputs("usage: bench_session [rounds, 1..2000]\n", stderr);
        return 2;
    }
    size_t size;
    void *image = read_image_file(&size);
    static double open_us[MAX_ROUNDS];
    const charley_kb *kb = NULL;
    charley_error error;
    for (int i = 0; i < rounds; i++) {
        double start = now_us();
        check(charley_kb_open(image, size, &kb, &error), &error);
        open_us[i] = now_us() - start;
    }
    size_t memory_size = charley_session_size(kb, NULL);
    void *memory = malloc(memory_size);
    charley_session *session;
    check(charley_session_init(memory, memory_size, kb, NULL, &session, &error),
          &error);
    printf("microseconds, one thread, %d rounds        best    median\n", rounds);
    print_row("open the image", open_us, rounds);
    for (size_t i = 0; i < N_STORIES; i++)
        measure(session, &STORIES[i], rounds);
    printf("image %zu bytes, session %zu bytes\n", size, memory_size);
    free(memory);
    free(image);
    return 0;
}
