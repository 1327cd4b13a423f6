/* ask_reply.c: see ask_reply.h. */
#include "ask_reply.h"

#include <stdlib.h>
#include <string.h>

/* ---- characters and words ---------------------------------------------------- */

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == ',' || byte == ';';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static charley_text trimmed(charley_text text)
{
    while (text.size > 0 && is_space(text.bytes[0]))
        text = (charley_text){text.bytes + 1, text.size - 1};
    while (text.size > 0 && is_space(text.bytes[text.size - 1]))
        text.size--;
    return text;
}

/* Takes the first word off `rest`. */
static bool next_word(charley_text *rest, charley_text *word)
{
    *rest = trimmed(*rest);
    size_t size = 0;
    while (size < rest->size && !is_space(rest->bytes[size]))
        size++;
    *word = (charley_text){rest->bytes, size};
    *rest = (charley_text){rest->bytes + size, rest->size - size};
    return size > 0;
}

static bool is_letter(charley_text text, char letter)
{
    return text.size == 1 && lower(text.bytes[0]) == letter;
}

/* The number of a choice; 0 stands for "none of these". */
static bool parse_index(charley_text word, size_t *index)
{
    size_t value = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (!is_digit(word.bytes[i]) || i > 3)
            return false;
        value = value * 10 + (size_t)(word.bytes[i] - '0');
    }
    *index = value;
    return word.size > 0;
}

static void copy_text(char *to, size_t capacity, charley_text from)
{
    size_t size = from.size < capacity ? from.size : capacity - 1;
    memcpy(to, from.bytes, size);
    to[size] = '\0';
}

static void set_wrong(ask_reply *reply, const char *key)
{
    reply->kind = REPLY_WRONG;
    reply->wrong = key;
}

static void add_choice(ask_reply *reply, charley_text id, charley_answer answer)
{
    if (reply->n_choices == ASK_MOST_CHOICES)
        return;
    ask_choice *choice = &reply->choices[reply->n_choices++];
    copy_text(choice->id, sizeof choice->id, id);
    choice->answer = answer;
}

/* ---- one kind of question each ----------------------------------------------- */

static void parse_yes_no(const charley_question *question, charley_text line,
                         ask_reply *reply)
{
    charley_answer answer;
    if (is_letter(line, '1') || is_letter(line, 'y'))
        answer = CHARLEY_YES;
    else if (is_letter(line, '2') || is_letter(line, 'n'))
        answer = CHARLEY_NO;
    else {
        set_wrong(reply, "ui.ask.wrong_yes_no");
        return;
    }
    reply->kind = REPLY_ANSWER;
    add_choice(reply, question->choices[0].id, answer);
}

static void parse_one(const charley_question *question, charley_text line,
                      ask_reply *reply)
{
    size_t index;
    if (!parse_index(line, &index) || index < 1 || index > question->n_choices) {
        set_wrong(reply, "ui.ask.wrong_one");
        return;
    }
    reply->kind = REPLY_ANSWER;
    add_choice(reply, question->choices[index - 1].id, CHARLEY_YES);
}

/* "1 3" says yes to these and no to the rest; "2?" leaves that one unknown; "0" says no
 * to all. */
static void parse_many(const charley_question *question, charley_text line,
                       ask_reply *reply)
{
    charley_answer answers[ASK_MOST_CHOICES];
    for (size_t i = 0; i < ASK_MOST_CHOICES; i++)
        answers[i] = CHARLEY_NO;
    bool has_none = false;
    bool has_some = false;
    charley_text word;
    while (next_word(&line, &word)) {
        bool is_unsure = word.bytes[word.size - 1] == '?';
        if (is_unsure)
            word.size--;
        size_t index;
        if (!parse_index(word, &index) || index > question->n_choices ||
            index > ASK_MOST_CHOICES) {
            set_wrong(reply, "ui.ask.wrong_many");
            return;
        }
        if (index == 0) {
            has_none = true;
            continue;
        }
        has_some = true;
        answers[index - 1] = is_unsure ? CHARLEY_UNKNOWN : CHARLEY_YES;
    }
    if (has_none && has_some) {
        set_wrong(reply, "ui.ask.wrong_none_and_some");
        return;
    }
    reply->kind = REPLY_ANSWER;
    for (size_t i = 0; i < question->n_choices && i < ASK_MOST_CHOICES; i++)
        add_choice(reply, question->choices[i].id, answers[i]);
}

/* "2 7" chooses these, at most one of each group; a group left out is not known. */
static void parse_groups(const charley_question *question, charley_text line,
                         ask_reply *reply)
{
    bool is_chosen[ASK_MOST_CHOICES] = {false};
    charley_text word;
    while (next_word(&line, &word)) {
        size_t index;
        if (!parse_index(word, &index) || index < 1 || index > question->n_choices ||
            index > ASK_MOST_CHOICES) {
            set_wrong(reply, "ui.ask.wrong_groups");
            return;
        }
        is_chosen[index - 1] = true;
    }
    for (size_t i = 0; i < question->n_choices && i < ASK_MOST_CHOICES;) {
        charley_text group = question->choices[i].group;
        size_t n_chosen = 0;
        for (; i < question->n_choices && i < ASK_MOST_CHOICES &&
               cli_text_equal(question->choices[i].group, group);
             i++)
            if (is_chosen[i]) {
                add_choice(reply, question->choices[i].id, CHARLEY_YES);
                n_chosen++;
            }
        if (n_chosen > 1) {
            set_wrong(reply, "ui.ask.wrong_groups");
            return;
        }
        if (n_chosen == 0)
            add_choice(reply, group, CHARLEY_UNKNOWN);
    }
    reply->kind = REPLY_ANSWER;
}

/* Digits with at most one point. A comma is refused: "1,5" and "1,000" are both
 * written, and to guess wrong here is a thousandfold error. */
static size_t number_size(charley_text text)
{
    size_t size = 0;
    size_t n_digits = 0;
    bool has_point = false;
    if (text.size > 0 && (text.bytes[0] == '-' || text.bytes[0] == '+'))
        size++;
    for (; size < text.size; size++) {
        if (is_digit(text.bytes[size]))
            n_digits++;
        else if (text.bytes[size] == '.' && !has_point)
            has_point = true;
        else
            break;
    }
    return n_digits > 0 ? size : 0;
}

/* A number and perhaps a unit; the engine knows which units fit. */
static void parse_number(const charley_question *question, charley_text line,
                         ask_reply *reply)
{
    size_t size = number_size(line);
    char digits[40];
    if (size == 0 || size >= sizeof digits) {
        set_wrong(reply, "ui.ask.wrong_number");
        return;
    }
    if (size < line.size && line.bytes[size] == ',') {
        set_wrong(reply, "ui.ask.wrong_comma");
        return;
    }
    copy_text(digits, sizeof digits, (charley_text){line.bytes, size});
    reply->value = strtod(digits, NULL);
    charley_text unit = trimmed((charley_text){line.bytes + size, line.size - size});
    bool is_own_unit = unit.size == 0 || cli_text_equal(unit, question->unit);
    copy_text(reply->unit, sizeof reply->unit, is_own_unit ? question->unit : unit);
    if (is_own_unit &&
        (reply->value < question->minimum || reply->value > question->maximum)) {
        set_wrong(reply, "ui.ask.wrong_range");
        return;
    }
    reply->kind = REPLY_NUMBER;
    add_choice(reply, question->choices[0].id, CHARLEY_UNKNOWN);
}

/* ---- the line ---------------------------------------------------------------- */

static bool parse_key(charley_text line, ask_reply *reply)
{
    static const struct {
        char letter;
        ask_reply_kind kind;
    } keys[] = {{'?', REPLY_WHY},  {'b', REPLY_BACK},   {'s', REPLY_SKIP},
                {'h', REPLY_HELP}, {'r', REPLY_RESULT}, {'q', REPLY_STOP}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (is_letter(line, keys[i].letter)) {
            reply->kind = keys[i].kind;
            return true;
        }
    }
    return false;
}

void ask_reply_parse(const charley_question *question, bool may_keep, charley_text line,
                     ask_reply *reply)
{
    *reply = (ask_reply){0};
    line = trimmed(line);
    if (parse_key(line, reply)) {
        /* Skipping takes back what was said. */
        for (size_t i = 0; reply->kind == REPLY_SKIP && i < question->n_choices; i++)
            add_choice(reply, question->choices[i].id, CHARLEY_UNKNOWN);
        return;
    }
    if (line.size == 0) {
        if (may_keep)
            reply->kind = REPLY_KEEP;
        else
            set_wrong(reply, "ui.ask.wrong_empty");
        return;
    }
    switch (question->kind) {
    case CHARLEY_ASK_YES_NO:
        parse_yes_no(question, line, reply);
        break;
    case CHARLEY_ASK_ONE:
        parse_one(question, line, reply);
        break;
    case CHARLEY_ASK_MANY:
        parse_many(question, line, reply);
        break;
    case CHARLEY_ASK_NUMBER:
        parse_number(question, line, reply);
        break;
    case CHARLEY_ASK_GROUPS:
        parse_groups(question, line, reply);
        break;
    }
}
