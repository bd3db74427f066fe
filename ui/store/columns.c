/* SPDX-License-Identifier: MIT */
#include "ui/store/columns.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CELLS 200

static const char *const names[COLUMN_COUNT] = {
	[COLUMN_FLAT] = "flat",   [COLUMN_FLAT_SHARE] = "flat%", [COLUMN_SUM_SHARE] = "sum%",
	[COLUMN_CUM] = "cum",     [COLUMN_CUM_SHARE] = "cum%",   [COLUMN_BAR] = "bar",
	[COLUMN_CLASS] = "class", [COLUMN_LAST] = "last",        [COLUMN_FIRST] = "first",
	[COLUMN_TREND] = "trend",
};

const char *column_name(enum column column)
{
	return names[column];
}

/* One column, "bar:30"; false with an error, whose `at` counts in the word. */
static bool take_column(struct columns *columns, const char *word, size_t length,
			struct error *error)
{
	const char *colon = memchr(word, ':', length);
	size_t name = colon ? (size_t)(colon - word) : length;
	int column = 0, cells = 0;
	char *end;

	while (column < COLUMN_COUNT &&
	       (strlen(names[column]) != name || memcmp(word, names[column], name)))
		column++;
	if (column == COLUMN_COUNT)
		return error_set(error,
				 "no column \"%.*s\": flat, flat%%, sum%%, cum, cum%%, bar, class, "
				 "last, first, trend",
				 (int)name, word);
	if (colon) {
		cells = (int)strtol(colon + 1, &end, 10);
		if (end != word + length || cells < 1 || cells > MOST_CELLS) {
			error_set(error, "a width is 1 to %d cells: \"%.*s\"", MOST_CELLS,
				  (int)length, word);
			error->at = name + 1;
			return false;
		}
	}
	for (int i = 0; i < columns->count; i++)
		if (columns->list[i].column == (enum column)column)
			return error_set(error, "%s stands there twice", names[column]);
	columns->list[columns->count].column = (enum column)column;
	columns->list[columns->count++].cells = cells;
	return true;
}

bool columns_parse(const char *words, struct columns *columns, struct error *error)
{
	struct columns taken = {.count = 0};

	for (const char *word = words; *word;) {
		size_t length = strcspn(word, ", ");

		if (length && !take_column(&taken, word, length, error)) {
			error->at += (size_t)(word - words);
			return false;
		}
		word += length + (word[length] != '\0');
	}
	*columns = taken;
	return true;
}

void columns_print(const struct columns *columns, struct text *text)
{
	for (int i = 0; i < columns->count; i++) {
		text_printf(text, "%s%s", i ? "," : "", names[columns->list[i].column]);
		if (columns->list[i].cells)
			text_printf(text, ":%d", columns->list[i].cells);
	}
}
