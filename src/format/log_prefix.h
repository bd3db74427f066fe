/* SPDX-License-Identifier: MIT */
/*
 * What a log puts in front of each line: time, host, program, level. Learned
 * from one line it is known in others by its shape: words and blanks may have
 * any length, all else is as it was.
 *
 *     I1126 12:00:01.000000  123 main.go:9]
 *     I1126 12:00:01.000310 4711 serve.go:112]
 */
#ifndef FORMAT_LOG_PREFIX_H
#define FORMAT_LOG_PREFIX_H

#include "base/text.h"
#include "base/span.h"

/* No log puts more in front of a line; a bound keeps searches for one linear. */
#define LOG_PREFIX_LIMIT 256

/* All zero is no prefix. */
struct log_prefix {
	struct text sample;
};

void log_prefix_clear(struct log_prefix *prefix);

/* An empty sample is no prefix. */
void log_prefix_learn(struct log_prefix *prefix, struct span sample);

/*
 * Takes the prefix from the front of a line. Blanks at its end may be missing
 * where nothing follows. False, and nothing taken, if the line has another.
 */
bool log_prefix_take(const struct log_prefix *prefix, struct span *line);

#endif
