/* find.c: charley_claims_search, claims found by the words of a question.
 *
 * A question becomes at most MOST_TERMS terms. Each term is a set of spellings: the
 * word itself and the words that "search.same" puts on one line with it, all folded to
 * plain lower-case letters and cut to a stem by "search.endings". A claim earns, for
 * each term that stands in what it says, in its topics or in our answer, the rarity of
 * the term among all claims. A term that stands nowhere may be a slip: then spellings
 * one letter away count.
 *
 * Everything about a language stands in the words of the knowledge. The claims are read
 * again for each question; there are few, and nothing needs to be kept.
 */
#include "charley/charley.h"

#include "base/fail.h"
#include "base/limits.h"
#include "base/real.h"
#include "base/view.h"
#include "kb/kb.h"

#include <string.h>

enum {
    MOST_TERMS = 16,
    MOST_SPELLINGS = 16,
    MOST_BYTES = 24,  /* of a word; the rest tells no two words apart */
    SHORT_STEM = 3,   /* an ending is cut only when at least this much remains */
    SLIP_LETTERS = 5, /* shorter words have too many neighbours */
    TYPICAL_LENGTH = 12
};

/* How much a term counts where it stands, as a share of its rarity. */
static const double IN_TOPICS =
    0.9; /* chosen for search: more than by chance in a saying */
static const double IN_ANSWER = 0.35;
static const double AS_SYNONYM = 0.8;
/* A claim that earns less of a question than this does not answer it. */
static const double LEAST_SHARE = 0.2;
/* ... nor does one that earns so much less than the best. */
static const double LEAST_OF_BEST = 0.4;

typedef struct stem {
    char bytes[MOST_BYTES];
    size_t size;
} stem;

typedef struct term {
    stem spellings[MOST_SPELLINGS]; /* the first is the word asked for */
    size_t n;
    bool is_slip; /* nothing is spelt like it: neighbours count */
    double rarity;
} term;

typedef struct search {
    const charley_kb *kb;
    charley_text endings, ignored, same;
    term terms[MOST_TERMS];
    size_t n;
} search;

/* ---- letters ---- */

/* Latin-1 letters from U+00C0 on without their accents; '.' is no letter. */
static const char PLAIN[] =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";

enum { SEPARATOR = 0, JOINER = 1 }; /* what is no letter: ends a word, or is left out */

/* Takes the next character off `rest`: a plain letter or digit, a byte of another
 * alphabet, JOINER or SEPARATOR. */
static char next_letter(charley_text *rest)
{
    unsigned char byte = (unsigned char)rest->bytes[0];
    unsigned char after = rest->size > 1 ? (unsigned char)rest->bytes[1] : 0;
    unsigned char third = rest->size > 2 ? (unsigned char)rest->bytes[2] : 0;
    size_t size = 1;
    char letter = SEPARATOR;
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
        letter = (char)byte;
    } else if (byte >= 'A' && byte <= 'Z') {
        letter = (char)(byte - 'A' + 'a');
    } else if (byte == '\'') {
        letter = JOINER;
    } else if (byte == 0xc3 && after >= 0x80 && after <= 0xbf) { /* U+00C0 to U+00FF */
        letter = PLAIN[after - 0x80];
        letter = letter == '.' ? SEPARATOR : letter;
        size = 2;
    } else if (byte == 0xcc || (byte == 0xcd && after < 0xb0)) { /* combining accents */
        letter = JOINER;
        size = after ? 2 : 1;
    } else if (byte == 0xe2 && after == 0x80) { /* U+2000 to U+203F: dashes, quotes */
        letter = third == 0x99 ? JOINER : SEPARATOR;
        size = third ? 3 : 2;
    } else if (byte == 0xc2) { /* U+0080 to U+00BF: signs */
        size = after ? 2 : 1;
    } else if (byte >= 0x80) {
        letter = (char)byte;
    }
    *rest = ch_view_part(*rest, size, rest->size);
    return letter;
}

/* Takes the next word off `rest`, folded and clipped; false at the end. */
static bool next_word(charley_text *rest, stem *word)
{
    word->size = 0;
    while (rest->size) {
        char letter = next_letter(rest);
        if (letter == JOINER)
            continue;
        if (letter == SEPARATOR && word->size)
            return true;
        if (letter != SEPARATOR && word->size < MOST_BYTES)
            word->bytes[word->size++] = letter;
    }
    return word->size > 0;
}

static charley_text text_of(const stem *word)
{
    return (charley_text){word->bytes, word->size};
}

/* ---- stems ---- */

/* Cuts `ending` off, or puts what follows it on the line ("ies y") in its place. */
static bool cut_ending(stem *word, charley_text line)
{
    size_t size = ch_view_find(line, ' ');
    charley_text instead = ch_view_part(line, size + 1, line.size);
    if (size == 0 || word->size < size + SHORT_STEM || instead.size > size)
        return false;
    if (memcmp(word->bytes + word->size - size, line.bytes, size) != 0)
        return false;
    word->size -= size;
    memcpy(word->bytes + word->size, instead.bytes, instead.size);
    word->size += instead.size;
    return true;
}

/* "running", "pills" and "pill" lose the second of two equal last letters alike. */
static void cut_word(stem *word, charley_text endings)
{
    while (endings.size) {
        size_t end = ch_view_find(endings, '\n');
        if (cut_ending(word, ch_view_part(endings, 0, end)))
            break;
        endings = ch_view_part(endings, end + 1, endings.size);
    }
    if (word->size > SHORT_STEM &&
        word->bytes[word->size - 1] == word->bytes[word->size - 2])
        word->size--;
}

static bool next_stem(const search *s, charley_text *rest, stem *word)
{
    if (!next_word(rest, word))
        return false;
    cut_word(word, s->endings);
    return true;
}

static bool holds(const search *s, charley_text text, const stem *wanted)
{
    stem word;
    while (next_stem(s, &text, &word))
        if (ch_view_equal(text_of(&word), text_of(wanted)))
            return true;
    return false;
}

/* ---- the question ---- */

static void add_spelling(term *t, const stem *word)
{
    for (size_t i = 0; i < t->n; i++)
        if (ch_view_equal(text_of(&t->spellings[i]), text_of(word)))
            return;
    if (t->n < MOST_SPELLINGS)
        t->spellings[t->n++] = *word;
}

static void add_synonyms(const search *s, term *t)
{
    charley_text rest = s->same;
    while (rest.size) {
        size_t end = ch_view_find(rest, '\n');
        charley_text line = ch_view_part(rest, 0, end);
        rest = ch_view_part(rest, end + 1, rest.size);
        stem word;
        if (!holds(s, line, &t->spellings[0]))
            continue;
        while (next_stem(s, &line, &word))
            add_spelling(t, &word);
    }
}

static bool is_asked_already(const search *s, const stem *word)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->terms[i].n; k++)
            if (ch_view_equal(text_of(&s->terms[i].spellings[k]), text_of(word)))
                return true;
    return false;
}

static void read_question(search *s, charley_text question)
{
    stem word;
    while (s->n < MOST_TERMS && next_stem(s, &question, &word)) {
        if (holds(s, s->ignored, &word) || is_asked_already(s, &word))
            continue;
        term *t = &s->terms[s->n++];
        *t = (term){.spellings = {word}, .n = 1};
        add_synonyms(s, t);
    }
}

/* ---- claims ---- */

/* How well a word fits a term: 1 as asked, less as a synonym, 0 not at all. */
static double fit(const term *t, const stem *word)
{
    if (t->is_slip) {
        charley_text asked = text_of(&t->spellings[0]);
        return word->bytes[0] == asked.bytes[0] &&
                       ch_view_distance(asked, text_of(word), 1) <= 1
                   ? AS_SYNONYM
                   : 0;
    }
    for (size_t i = 0; i < t->n; i++)
        if (ch_view_equal(text_of(&t->spellings[i]), text_of(word)))
            return i == 0 ? 1 : AS_SYNONYM;
    return 0;
}

/* Raises found[i] to `weight` times the fit of the best word of `text`. */
static void read_text(const search *s, charley_text text, double weight,
                      double found[MOST_TERMS])
{
    stem word;
    while (next_stem(s, &text, &word)) {
        for (size_t i = 0; i < s->n; i++) {
            double worth = weight * fit(&s->terms[i], &word);
            if (worth > found[i])
                found[i] = worth;
        }
    }
}

/* A word tells less of a long saying than of a short one. */
static double saying_weight(charley_text saying)
{
    size_t n = 0;
    stem word;
    while (next_word(&saying, &word))
        n++;
    return (double)TYPICAL_LENGTH / (double)(TYPICAL_LENGTH + n);
}

/* What a claim tells of each term, 0 to 1. */
static void read_claim(const search *s, const ch_claim *claim, double found[MOST_TERMS])
{
    charley_text says = ch_kb_word_text(s->kb, claim->word_says);
    memset(found, 0, MOST_TERMS * sizeof found[0]);
    read_text(s, says, saying_weight(says), found);
    read_text(s, ch_kb_word_text(s->kb, claim->word_topics), IN_TOPICS, found);
    read_text(s, ch_kb_word_text(s->kb, claim->word_answer), IN_ANSWER, found);
}

/* Counts in how many claims each term stands, and looks for neighbours of those that
 * stand nowhere. */
static void weigh_terms(search *s)
{
    uint32_t n_claims = ch_kb_n(s->kb, CH_S_CLAIMS);
    for (int look = 0; look < 2; look++) {
        uint32_t times[MOST_TERMS] = {0};
        double found[MOST_TERMS];
        for (uint32_t c = 0; c < n_claims; c++) {
            read_claim(s, &ch_kb_claims(s->kb)[c], found);
            for (size_t i = 0; i < s->n; i++)
                times[i] += found[i] > 0;
        }
        bool has_slip = false;
        for (size_t i = 0; i < s->n; i++) {
            term *t = &s->terms[i];
            t->rarity = ch_log((double)(n_claims + 1) / ((double)times[i] + 0.5));
            bool may_be_slip = times[i] == 0 && t->spellings[0].size >= SLIP_LETTERS;
            has_slip |= look == 0 && may_be_slip;
            t->is_slip |= look == 0 && may_be_slip;
        }
        if (!has_slip)
            return;
    }
}

/* Keeps `out` the best hits so far, best first; of equals the earlier claim. */
static void keep(charley_claim_hit *out, size_t capacity, size_t *n,
                 charley_claim_hit hit)
{
    size_t place = *n;
    while (place > 0 && out[place - 1].score < hit.score)
        place--;
    if (place == capacity)
        return;
    *n += *n < capacity;
    for (size_t i = *n - 1; i > place; i--)
        out[i] = out[i - 1];
    out[place] = hit;
}

charley_status charley_claims_search(const charley_kb *kb, charley_text question,
                                     charley_claim_hit *out, size_t capacity, size_t *n,
                                     charley_error *error)
{
    if (!kb || !n || (capacity && !out))
        return ch_fail(error, CHARLEY_E_MISUSE, "a search needs knowledge and room");
    search s = {.kb = kb,
                .endings = charley_kb_word(kb, CHARLEY_TEXT("search.endings")),
                .ignored = charley_kb_word(kb, CHARLEY_TEXT("search.ignored")),
                .same = charley_kb_word(kb, CHARLEY_TEXT("search.same"))};
    size_t n_kept = 0;
    read_question(&s, question);
    weigh_terms(&s);
    double whole = 0;
    for (size_t i = 0; i < s.n; i++)
        whole += s.terms[i].rarity;
    for (uint32_t c = 0; s.n && c < ch_kb_n(kb, CH_S_CLAIMS); c++) {
        const ch_claim *claim = &ch_kb_claims(kb)[c];
        double found[MOST_TERMS];
        read_claim(&s, claim, found);
        double earned = 0;
        for (size_t i = 0; i < s.n; i++)
            earned += found[i] * s.terms[i].rarity;
        if (earned >= LEAST_SHARE * whole)
            keep(out, capacity, &n_kept,
                 (charley_claim_hit){ch_kb_string(kb, claim->id), earned / whole});
    }
    while (n_kept && out[n_kept - 1].score < LEAST_OF_BEST * out[0].score)
        n_kept--;
    *n = n_kept;
    return CHARLEY_OK;
}
