/* fuzz_json.c: any bytes through the JSON reader, and what it takes through the writer.
 *
 * Checked: nothing is read out of bounds (the sanitizers), tokens lie inside the
 * document and in order, a fault lies inside it and comes again; of an accepted
 * document, what the writer makes of it, in both layouts, is accepted and says the
 * same.
 *
 *     clang -std=c17 -O1 -g -fsanitize=fuzzer,address,undefined -ffp-contract=off \
 *         -Iinclude -Isrc tests/fuzz/fuzz_json.c src/text/json_*.c src/text/number.c \
 *         src/text/big.c src/base/view.c src/base/fail.c
 */
#include "base/view.h"
#include "text/json_read.h"
#include "text/json_write.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_NAMES = 256 };

/* Unlike assert it stays in every build. */
static void require(bool is_true)
{
    if (!is_true)
        abort();
}

/* The text of a string token, in a buffer of its own which the caller frees. */
static charley_text unescape_new(const ch_json_token *token, char **buffer)
{
    charley_text text = {NULL, 0};
    *buffer = malloc(token->text.size + 1);
    require(*buffer != NULL);
    require(ch_json_unescape(token, *buffer, token->text.size, &text, NULL) ==
            CHARLEY_OK);
    require(ch_utf8_valid(text.bytes, text.size) == text.size);
    require(ch_view_find(text, '\0') == text.size);
    return text;
}

static void check_number(const ch_json_token *token)
{
    double value;
    double back;
    char buffer[CH_NUMBER_SIZE];
    char fixed[CH_NUMBER_FIXED_SIZE];
    require(ch_number_parse(token->text, &value) == CHARLEY_OK);
    require(value == token->number);
    charley_text text = {buffer, ch_number_print(value, buffer)};
    require(text.size > 0 && text.size <= CH_NUMBER_SIZE);
    require(ch_number_parse(text, &back) == CHARLEY_OK && back == value);
    text = (charley_text){fixed, ch_number_print_fixed(value, 6, fixed)};
    require(text.size > 0 && text.size <= CH_NUMBER_FIXED_SIZE);
    require(ch_number_parse(text, &back) == CHARLEY_OK);
}

/* Puts into `out` what the token says. */
static void copy_token(const ch_json_token *token, ch_json_writer *out)
{
    char *buffer = NULL;
    switch (token->kind) {
    case CH_JSON_OBJECT:
        ch_json_put_object(out);
        break;
    case CH_JSON_ARRAY:
        ch_json_put_array(out);
        break;
    case CH_JSON_OBJECT_END:
    case CH_JSON_ARRAY_END:
        ch_json_put_end(out);
        break;
    case CH_JSON_NAME:
        ch_json_put_name(out, unescape_new(token, &buffer));
        break;
    case CH_JSON_STRING:
        ch_json_put_string(out, unescape_new(token, &buffer));
        break;
    case CH_JSON_NUMBER:
        check_number(token);
        ch_json_put_spelled(out, token->text);
        break;
    case CH_JSON_TRUE:
    case CH_JSON_FALSE:
        ch_json_put_truth(out, token->kind == CH_JSON_TRUE);
        break;
    case CH_JSON_NULL:
        ch_json_put_null(out);
        break;
    case CH_JSON_END:
        break;
    }
    free(buffer);
}

/* Walks the document and writes a copy of it. */
static charley_status copy_document(charley_text document, ch_json_writer *out,
                                    charley_error *error)
{
    ch_json_name names[N_NAMES];
    ch_json json;
    ch_json_token token = {.kind = CH_JSON_NULL};
    size_t end_before = 0;
    ch_json_start(&json, document, names, N_NAMES, error);
    while (token.kind != CH_JSON_END) {
        charley_status status = ch_json_next(&json, &token);
        require(json.at <= document.size);
        if (status != CHARLEY_OK) {
            require(ch_json_next(&json, &token) == status);
            return status;
        }
        require(token.at >= end_before && token.at <= document.size);
        end_before = token.at + token.text.size;
        copy_token(&token, out);
    }
    return CHARLEY_OK;
}

static void check_refusal(charley_text document, const charley_error *error)
{
    require(error->status == CHARLEY_E_SYNTAX || error->status == CHARLEY_E_LIMIT);
    require(error->offset <= document.size);
    require(error->line >= 1 && error->column >= 1);
    require(error->column <= error->offset + 1);
    require(error->text[0] != '\0');
}

/* Writes a copy of an accepted document into a block of just the size needed; the
 * caller frees it. */
static charley_text copy_new(charley_text document, bool is_pretty)
{
    ch_json_writer out;
    size_t needed = 0;
    size_t written = 0;
    ch_json_write_start(&out, NULL, 0, is_pretty);
    require(copy_document(document, &out, NULL) == CHARLEY_OK);
    require(ch_json_write_finish(&out, &needed, NULL) == CHARLEY_E_LIMIT);
    char *bytes = malloc(needed);
    require(bytes != NULL);
    ch_json_write_start(&out, bytes, needed, is_pretty);
    require(copy_document(document, &out, NULL) == CHARLEY_OK);
    require(ch_json_write_finish(&out, &written, NULL) == CHARLEY_OK);
    require(written == needed);
    return (charley_text){bytes, written};
}

static void free_copy(charley_text copy)
{
    free((void *)(uintptr_t)copy.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    charley_text document = {(const char *)data, size};
    charley_error error = {0};
    ch_json_writer counted;
    ch_json_write_start(&counted, NULL, 0, false);
    if (copy_document(document, &counted, &error) != CHARLEY_OK) {
        check_refusal(document, &error);
        return 0;
    }
    charley_text compact = copy_new(document, false);
    charley_text pretty = copy_new(document, true);
    charley_text again = copy_new(pretty, false);
    require(ch_view_equal(again, compact));
    free_copy(again);
    free_copy(pretty);
    free_copy(compact);
    return 0;
}
