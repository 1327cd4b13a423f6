/* pages.h: the handler for embedded files. */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H

#include "assets.h"
#include "router.h"

/* A serve_handler; the context is a serve_assets. A path is a name in the table and
 * nothing else: there is no folder that it could leave. */
void serve_asset_handler(const void *assets, const serve_request *request,
                         serve_response *response);

#endif
