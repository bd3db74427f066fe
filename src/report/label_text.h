/* SPDX-License-Identifier: MIT */
/*
 * The labels of a sample as sorted pieces of text, as traces and raw print
 * them: one piece for each key, in the order of the pieces' bytes.
 */
#ifndef REPORT_LABEL_TEXT_H
#define REPORT_LABEL_TEXT_H

#include "base/text.h"
#include "view/label_groups.h"

/* Adds one group as text; units: of label_units_build. */
typedef void label_print(const struct view *view, const struct label_group *group,
			 const char **units, struct text *text);

/* Zeroed but for the first two fields. */
struct label_text {
	const struct view *view;
	const char **units;
	struct label_groups groups;
	struct text bytes;
	const char **pieces; /* the result */
	size_t piece_capacity;
	size_t *starts;
	size_t start_capacity;
};

/* Before the pieces of a sample are asked for. */
void label_text_set(struct label_text *labels, uint32_t sample);

/* Prints the string or the number labels; returns how many pieces there are. */
size_t label_text_pieces(struct label_text *labels, bool numbers, label_print *print);

void label_text_clear(struct label_text *labels);

#endif
