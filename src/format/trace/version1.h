/* SPDX-License-Identifier: MIT */
/*
 * Version 1 of the format, as Go 1.11 to 1.21 write it: one stream of events
 * for each P, valid strings and stacks anywhere, one frequency. The whole file
 * is needed before the first event can be told.
 *
 * Source of the rules: internal/trace/internal/tracev1 of Go 1.26.
 */
#ifndef FORMAT_TRACE_VERSION1_H
#define FORMAT_TRACE_VERSION1_H

#include "base/text.h"
#include "format/trace/generation.h"

/*
 * Feeds all events of a file whose header has been taken. `version` is that of
 * the header. What cannot be read is told in `broken`, one sentence without a
 * full stop; empty: nothing. False with an error if nothing can be told.
 */
bool version1_read(struct feed *feed, struct trace_bytes *bytes, int version, struct text *broken,
		   struct error *error);

#endif
