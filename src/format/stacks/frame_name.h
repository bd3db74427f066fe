/* SPDX-License-Identifier: MIT */
/* What profilers of Python write as a frame, taken apart into function, file and line. */
#ifndef FORMAT_STACKS_FRAME_NAME_H
#define FORMAT_STACKS_FRAME_NAME_H

#include <stdbool.h>

#include "base/span.h"

enum frame_style {
	FRAME_PLAIN,  /* all of it is the name */
	FRAME_PYSPY,  /* work (app.py:12), or work (libc.so.6) where there is no line */
	FRAME_AUSTIN, /* /app/app.py:work:12 */
};

struct frame_name {
	struct span name, file; /* file is empty where the style has none */
	int64_t line;           /* 0: unknown */
};

/* False if the text is no frame of this style with a line; then name is all of it, or all but the file. */
bool frame_name_split(enum frame_style style, struct span text, struct frame_name *frame);

#endif
