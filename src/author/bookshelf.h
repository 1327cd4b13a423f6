/* bookshelf.h: everything read from the files of one bookshelf. */
#ifndef CH_AUTHOR_BOOKSHELF_H
#define CH_AUTHOR_BOOKSHELF_H

#include "author/entries.h"
#include "author/fault.h"

/* One file as read. */
typedef struct ch_book {
    ch_author_file file;
    const char *path; /* file.path, NUL-terminated */
    ch_node *root;    /* NULL when it is not YAML */
    bool is_sound;    /* nothing in it was reported as YAML */
} ch_book;

/* A sentence (or several steps) under its key. */
typedef struct ch_word_entry {
    charley_text key;
    charley_text text; /* steps joined by a line feed */
    const ch_node *node;
    bool is_used;   /* some entry asks for it */
    bool is_in_use; /* ... that is not retired */
} ch_word_entry;

/* The sentences of one language: words/LANGUAGE/. */
typedef struct ch_language {
    charley_text name;
    ch_vector words; /* ch_word_entry */
    ch_table keys;
} ch_language;

/* A reference that is still to be looked up. */
typedef struct ch_pending {
    ch_ref *ref;
    ch_entry_kind kind;
    const ch_entry *owner; /* the entry in whose text it stands */
} ch_pending;

struct ch_bookshelf {
    ch_pool pool;
    ch_desk desk;
    ch_vector books;                     /* ch_book */
    ch_vector entries[CH_N_ENTRY_KINDS]; /* ch_entry *, in the order of the files */
    ch_table ids[CH_N_ENTRY_KINDS];      /* id -> index into `entries` */
    ch_vector pending;                   /* ch_pending */
    ch_vector comparisons;               /* ch_term *: all that compare numbers */
    ch_vector languages;                 /* ch_language */
    ch_meta_entry *meta;
    ch_entry *reading;    /* the entry whose text is being read */
    bool has_broken_file; /* what a file holds is not known: references cannot be judged
                           */
    bool has_faulty_entry; /* what is unused cannot be judged */
    bool is_too_large;     /* for the engine */
    bool is_checked;
    ch_finding_entry **order; /* findings, each after those it follows from */
    uint32_t n_order;
};

/* The entry at `index` of a kind. */
static inline ch_entry *ch_entry_at(const ch_bookshelf *shelf, ch_entry_kind kind,
                                    uint32_t index)
{
    return *CH_AT(shelf->entries[kind], index, ch_entry *);
}

/* The same, as the struct of its kind. */
#define CH_ENTRY(shelf, kind, index, type)                                             \
    ((type *)(void *)ch_entry_at((shelf), (kind), (index)))

/* Item `index` of a vector of pointers, e.g. the options of a finding. */
#define CH_ITEM(vector, index, type) (*CH_AT(vector, index, type *))

/* Is it in use: neither it nor what it is a part of was withdrawn? */
static inline bool ch_entry_in_use(const ch_entry *entry)
{
    while (entry && entry->status == CH_ACTIVE)
        entry = entry->parent;
    return entry == NULL;
}

/* Is it in use, and whole enough to be judged? */
static inline bool ch_entry_counts(const ch_entry *entry)
{
    return ch_entry_in_use(entry) && !entry->is_faulty;
}

/* The language that is compiled, or NULL when it has no words. */
ch_language *ch_language_find(const ch_bookshelf *shelf, charley_text name);

#endif
