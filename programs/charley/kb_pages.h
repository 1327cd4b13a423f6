/* kb_pages.h: `charley kb pages`, the knowledge as pages to browse and review. */
#ifndef KB_PAGES_H
#define KB_PAGES_H

#include "cli.h"

/* Writes Markdown below --output: one page for every condition, rule, remedy and claim,
 * one list for each other kind, an index. What is not named any more is left alone. */
cli_exit kb_pages(const cli_call *call);

#endif
