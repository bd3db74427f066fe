/* SPDX-License-Identifier: MIT */
/* Values of labels as the expressions of tagfocus (view/tag_filter.h). */
#ifndef UI_STORE_LABEL_EXPRESSION_H
#define UI_STORE_LABEL_EXPRESSION_H

#include "base/text.h"
#include "view/label_table.h"
#include "view/view_spec.h"

/* Adds the expression that only samples with this value of the key match. */
void label_expression(const struct label_key *key, const struct label_value *value,
		      struct text *expression);

/* The same for a value that is text, by their names. */
void label_expression_of(const char *key, const char *value, struct text *expression);

/*
 * Sets tagfocus to the value, or adds it to the ones that tagignore drops.
 * False: tagignore is of another key, and one expression cannot be of both.
 */
bool label_filter(const struct label_key *key, const struct label_value *value,
		  enum view_filter filter, struct view_spec *spec);

#endif
