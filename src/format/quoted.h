/* SPDX-License-Identifier: MIT */
/* Strings in double quotes as Go's %q writes them. */
#ifndef FORMAT_QUOTED_H
#define FORMAT_QUOTED_H

#include "base/text.h"
#include "base/span.h"

/* Takes a quoted string from the front and sets `out` to what it stands for; false if none is whole. */
bool span_take_quoted(struct span *span, struct text *out);

#endif
