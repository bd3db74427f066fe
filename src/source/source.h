/* SPDX-License-Identifier: MIT */
/* From what a person names as a source to its bytes: a file, a server, or a store. */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "source/fetch.h"

/* True if there is no such file and the text is the address of a server or of a store. */
bool source_is_remote(const char *location);

/* True if a location is read from what was captured before. */
bool source_is_kept(const char *location, const struct fetch_options *options);

/* Opens a file, "-" or an address. NULL with an error that does not repeat the location. */
struct stream *source_open(const char *location, const struct fetch_options *options,
			   struct progress *progress, struct error *error);

#endif
