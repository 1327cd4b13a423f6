/* directory.h: the files of a bookshelf on disk. */
#ifndef CH_AUTHOR_DIRECTORY_H
#define CH_AUTHOR_DIRECTORY_H

#include "author/fault.h"

/* Reads every *.yaml file below `directory` into the pool, ascending by path; names
 * that begin with a dot are passed over. What cannot be read is reported. files  out:
 * ch_author_file Returns  E_MEMORY or OK. */
charley_status ch_directory_read(ch_pool *pool, ch_desk *desk, const char *directory,
                                 ch_vector *files);

#endif
