/* drug_names.c: see drug_names.h. */
#include "kb/drug_names.h"

#include "base/fail.h"
#include "base/view.h"

/* A word shorter than this is too easily near to something else. */
enum { LEAST_NEAR = 5, LONG_WORD = 8, MOST_WORD = 64 };

/* ---- letters ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Ids join their parts with an underscore, people with a space or a hyphen. */
static bool is_joint(char c)
{
    return c == ' ' || c == '-' || c == '_';
}

static bool is_end(charley_text words, size_t at)
{
    return at >= words.size || !is_letter(words.bytes[at]);
}

/* How many bytes of `words` from `at` are this name; 0 when it does not stand there. */
static size_t match(charley_text words, size_t at, charley_text name)
{
    if (name.size == 0 || name.size > words.size - at)
        return 0;
    for (size_t i = 0; i < name.size; i++) {
        char a = lower(words.bytes[at + i]);
        char b = lower(name.bytes[i]);
        if (a != b && !(is_joint(a) && is_joint(b)))
            return 0;
    }
    if (is_end(words, at + name.size))
        return name.size;
    bool is_plural = lower(words.bytes[at + name.size]) == 's';
    return is_plural && is_end(words, at + name.size + 1) ? name.size + 1 : 0;
}

/* ---- names ---- */

/* Takes the next of the names in "water tablet, water pill". */
static bool next_name(charley_text *rest, charley_text *name)
{
    while (rest->size && (*rest->bytes == ',' || *rest->bytes == ' '))
        *rest = ch_view_part(*rest, 1, rest->size);
    *name = ch_view_part(*rest, 0, ch_view_find(*rest, ','));
    *rest = ch_view_part(*rest, name->size, rest->size);
    return name->size > 0;
}

typedef void name_use(charley_text name, uint32_t drug, void *user);

static void each_name(const charley_kb *kb, name_use *use, void *user)
{
    for (uint32_t d = 0; d < ch_kb_n(kb, CH_S_DRUGS); d++) {
        const ch_drug *drug = &ch_kb_drugs(kb)[d];
        const uint32_t *pair = ch_kb_list(kb, drug->names);
        for (uint32_t i = 0; i < drug->names.n; i += 2)
            use(ch_kb_string(kb, (ch_string){pair[i], pair[i + 1]}), d, user);
        charley_text rest = ch_kb_word_text(kb, drug->word_also);
        charley_text name;
        while (next_name(&rest, &name))
            use(name, d, user);
        use(ch_kb_string(kb, drug->id), d, user);
    }
}

typedef struct longest {
    charley_text words;
    size_t at;
    size_t size; /* of the longest name there; 0: none */
    uint32_t drug;
} longest;

static void try_match(charley_text name, uint32_t drug, void *user)
{
    longest *best = user;
    size_t size = match(best->words, best->at, name);
    if (size > best->size) {
        best->size = size;
        best->drug = drug;
    }
}

typedef struct nearest {
    charley_text word; /* in lower case */
    unsigned distance;
    charley_text name;
} nearest;

static void try_near(charley_text name, uint32_t drug, void *user)
{
    nearest *best = user;
    (void)drug;
    unsigned distance = ch_view_distance(best->word, name, best->distance);
    if (distance < best->distance) {
        best->distance = distance;
        best->name = name;
    }
}

/* ---- searching ---- */

static charley_status fail_near(charley_text word, charley_text name,
                                charley_error *error)
{
    ch_fail_about(error, CHARLEY_E_NOTFOUND, word, "no medicine is called \"");
    ch_fail_append(error, ch_view_start(word, MOST_WORD));
    ch_fail_append(error, ch_view("\""));
    if (name.size) {
        ch_fail_append(error, ch_view("; did you mean \""));
        ch_fail_append(error, name);
        ch_fail_append(error, ch_view("\"?"));
    }
    return CHARLEY_E_NOTFOUND;
}

/* A word that is no name, but nearly one, may be a misspelt medicine. */
static charley_status refuse_near(const charley_kb *kb, charley_text word,
                                  charley_error *error)
{
    char letters[MOST_WORD];
    if (word.size < LEAST_NEAR || word.size > sizeof letters)
        return CHARLEY_OK;
    for (size_t i = 0; i < word.size; i++)
        letters[i] = lower(word.bytes[i]);
    nearest best = {{letters, word.size}, word.size < LONG_WORD ? 2 : 3, {NULL, 0}};
    each_name(kb, try_near, &best);
    return best.name.size ? fail_near(word, best.name, error) : CHARLEY_OK;
}

static void add_hit(ch_drug_hit *hits, size_t *n, ch_drug_hit hit)
{
    for (size_t i = 0; i < *n; i++)
        if (hits[i].drug == hit.drug)
            return;
    if (*n < CH_MAX_DRUG_HITS)
        hits[(*n)++] = hit;
}

charley_status ch_drug_names_find(const charley_kb *kb, charley_text words,
                                  ch_drug_hit *hits, size_t *n, charley_error *error)
{
    *n = 0;
    for (size_t at = 0; at < words.size;) {
        if (!is_letter(words.bytes[at])) {
            at++;
            continue;
        }
        longest best = {words, at, 0, CH_NONE};
        each_name(kb, try_match, &best);
        if (best.size) {
            add_hit(hits, n,
                    (ch_drug_hit){best.drug, ch_view_part(words, at, best.size)});
            at += best.size;
            continue;
        }
        size_t end = at;
        while (!is_end(words, end))
            end++;
        CH_TRY(refuse_near(kb, ch_view_part(words, at, end - at), error));
        at = end;
    }
    return *n ? CHARLEY_OK : fail_near(words, (charley_text){NULL, 0}, error);
}
