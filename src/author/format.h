/* format.h: the house form of a YAML file. */
#ifndef CH_AUTHOR_FORMAT_H
#define CH_AUTHOR_FORMAT_H

#include "author/yaml_tree.h"

/* Writes a file anew: see ch_author_fmt.
 *   path  decides which keys are known and in which order they stand
 *   root  a mapping, as read from `bytes` without faults */
charley_status ch_format_file(ch_pool *pool, charley_text path, charley_text bytes,
                              ch_node *root, charley_text *text, charley_error *error);

#endif
