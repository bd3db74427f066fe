/* SPDX-License-Identifier: MIT */
/* The columns of Top that somebody chose, with their widths: "flat:12,cum%,bar:30". */
#ifndef UI_STORE_COLUMNS_H
#define UI_STORE_COLUMNS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* From left to right where nobody chose. */
enum column {
	COLUMN_FLAT,
	COLUMN_FLAT_SHARE,
	COLUMN_SUM_SHARE,
	COLUMN_CUM,
	COLUMN_CUM_SHARE,
	COLUMN_BAR,
	COLUMN_CLASS,
	/* Of a live source. */
	COLUMN_LAST,  /* what changed since the last capture */
	COLUMN_FIRST, /* and since the first one */
	COLUMN_TREND, /* over the captures */
	COLUMN_COUNT,
};

/* Columns as they stand, with their cells; 0 in a choice: as many as it needs. */
struct columns {
	struct {
		enum column column;
		int cells;
	} list[COLUMN_COUNT];
	int count; /* 0 in a choice: there is none */
};

/* The word for a column. */
const char *column_name(enum column column);

/* Takes a list; "" is no choice. False with an error at what is wrong, `columns` is then unchanged. */
bool columns_parse(const char *words, struct columns *columns, struct error *error);

/* Adds them as columns_parse takes them. */
void columns_print(const struct columns *columns, struct text *text);

#endif
