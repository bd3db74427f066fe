/* SPDX-License-Identifier: MIT */
/* The lines of folded stacks: what stands at their ends, and which of them are no stacks. */
#ifndef FORMAT_STACKS_FOLDED_ROW_H
#define FORMAT_STACKS_FOLDED_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* What Austin writes behind a stack when it measures all: "5081,0,4096". */
#define FOLDED_METRICS 3

/*
 * Takes the number at the end of a line, and the white space in front of it:
 * 12, -3.5, 1e6 or 1,234,567. *rounded is set when it has a fraction. False,
 * and nothing taken, if the last word is no number.
 */
bool folded_row_value(struct span *line, int64_t *value, bool *rounded);

/* Takes Austin's three metrics from the end of a line. */
bool folded_row_metrics(struct span *line, int64_t values[FOLDED_METRICS]);

/* How many words a line of TYPE/UNIT words has; 0 if it is another line or has more than `most`. */
uint32_t folded_row_types(struct span line, uint32_t most);

/* "total 15", "Total samples: 15": the sum of the lines that follow. */
bool folded_row_is_total(struct span line);

/* "P123" or "T0:124", with which every stack of Austin begins; the number is what is behind the letter. */
bool folded_row_is_process(struct span frame, struct span *number);
bool folded_row_is_thread(struct span frame, struct span *number);

/* True for a stack that begins like those of Austin. */
bool folded_row_is_austin(struct span line);

#endif
