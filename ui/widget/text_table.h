/* SPDX-License-Identifier: MIT */
/* Cells that tables of functions have in common: numbers, and names as far as they fit. */
#ifndef UI_WIDGET_TEXT_TABLE_H
#define UI_WIDGET_TEXT_TABLE_H

#include "ui/term/canvas.h"
#include "ui/session/session.h"

/* The smallest and the largest of some values, as absolute ones, 0 aside. */
struct table_span {
	uint64_t least, most;
};

/* The span of what functions cost, and of the total. */
void table_span_init(struct table_span *span, const struct session *session);
void table_span_add(struct table_span *span, int64_t value);

/* Cells of the longest value, however long: a pane leaves other columns out, but cuts no number. */
int table_value_columns(const struct session *session, const struct table_span *span);

/* The same in another format, for values up to about `total`; at least `least`. */
int table_format_columns(const struct session *session, const struct value_format *format,
			 int64_t total, int least);

/* Cells of the longest percentage: small ones have more digits. */
int table_share_columns(const struct session *session, const struct table_span *span);

/* A number that ends before column `end`. */
void table_number(struct canvas *line, int end, uint16_t style, const char *text);

/* A value and a share of the total that end before column `end`, as figure.h has them. */
void table_amount(const struct session *session, const struct value_format *format,
		  struct canvas *line, int end, uint16_t style, int64_t value);
void table_percent(const struct session *session, struct canvas *line, int end, uint16_t style,
		   int64_t value, int64_t total);

/*
 * The name of a node from `column` to the end of the line, `left` cells of it
 * scrolled away, matches of the search marked, the label ("(inline)") behind.
 * It is the name that carries the flags of a selection: reversing whole rows
 * would cost twice the bytes at each key.
 */
void table_name(const struct session *session, struct canvas *line, int column, int left,
		uint16_t style, node_id node, const char *label);

/* |value / total|, 0 if there is no total: for bars. */
double table_share(int64_t value, int64_t total);

/*
 * A name of the view as it fits into `columns` cells: of a file without folders
 * in front, of a function as name_fit or, with `squeeze`, name_squeeze has it.
 */
const char *table_fit_name(const struct session *session, const char *name, enum charset charset,
			   int columns, bool squeeze, struct text *scratch);

#endif
