/* SPDX-License-Identifier: MIT */
/*
 * What the labels of a view's samples cost: for each key its values, the heaviest
 * first. Numbers are distinguished by their text in the chosen unit, so 1023kB
 * and 1024kB may be one value (pprof's -tags). Keys are sorted by name.
 */
#ifndef VIEW_LABEL_TABLE_H
#define VIEW_LABEL_TABLE_H

#include "view/view.h"

struct label_value {
	const char *text;
	int64_t sum;
	bool number;         /* some samples have numbers with this text, */
	int64_t least, most; /* which are all in this range, in the unit of the key */
};

struct label_key {
	const char *name;
	const char *unit; /* of numbers; NULL: there are none */
	int64_t total;    /* a sample with two values for this key counts twice */
	const struct label_value *values;
	uint32_t value_count;
};

struct label_table {
	struct arena arena;
	struct strings strings; /* texts of numbers; extends those of the view */
	struct label_key *keys;
	uint32_t key_count;
};

/* unit: for numbers; "auto" and "minimum" scale each one separately. Free with label_table_free. */
struct label_table *label_table_build(const struct view *view, const char *unit);
void label_table_free(struct label_table *table);

#endif
