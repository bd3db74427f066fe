/* SPDX-License-Identifier: MIT */
#include "ui/session/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "profile/strings.h"

/* Functions beyond these are not remembered: the rows of a table that somebody looks at are fewer. */
#define FUNCTION_LIMIT 100000

/* Of a function: flat and cum of the first capture and of the last ones, by their number. */
struct series {
	int64_t first[2];
	int64_t last[HISTORY_LENGTH][2];
};

struct history {
	struct strings names;
	struct series *series; /* by string id */
	size_t count, capacity;
	struct view_spec spec;
	bool has_spec;
	unsigned captures;
};

struct history *history_new(void)
{
	struct history *history = alloc_zero(1, sizeof(*history));

	strings_init(&history->names, NULL);
	return history;
}

static void forget(struct history *history)
{
	strings_clear(&history->names);
	strings_init(&history->names, NULL);
	history->count = 0;
	history->captures = 0;
	if (history->has_spec)
		view_spec_clear(&history->spec);
	history->has_spec = false;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	forget(history);
	strings_clear(&history->names);
	free(history->series);
	free(history);
}

/* The place of a capture in the ring; `back` 0 is the present one. */
static unsigned slot(const struct history *history, unsigned back)
{
	return (history->captures - 1 - back) % HISTORY_LENGTH;
}

static void note_row(struct history *history, const char *name, int64_t flat, int64_t cum)
{
	string_id id = strings_find(&history->names, name, strlen(name));
	unsigned at = slot(history, 0);

	if (id == NONE && history->count >= FUNCTION_LIMIT)
		return;
	if (id == NONE)
		id = strings_add_text(&history->names, name);
	while (history->count <= id) {
		struct series none = {{0, 0}, {{0, 0}}};

		array_push(history->series, history->count, history->capacity, none);
	}
	history->series[id].last[at][0] = flat;
	history->series[id].last[at][1] = cum;
	if (history->captures == 1) {
		history->series[id].first[0] = flat;
		history->series[id].first[1] = cum;
	}
}

void history_note(struct history *history, const struct derived *shown, bool captured)
{
	const struct function_table *table = shown->table;
	bool same = history->has_spec && view_spec_equal(&history->spec, &shown->view->spec);

	if (same && !captured)
		return;
	if (!same) {
		forget(history);
		view_spec_copy(&history->spec, &shown->view->spec);
		history->has_spec = true;
	}
	history->captures++;
	/* What a capture lacks costs nothing there. */
	for (size_t i = 0; i < history->count; i++)
		memset(history->series[i].last[slot(history, 0)], 0,
		       sizeof(history->series[i].last[0]));
	for (uint32_t i = 0; i < table->row_count; i++)
		note_row(history, shown->view->node_names[table->rows[i].node],
			 function_row_flat(&table->rows[i]), function_row_cum(&table->rows[i]));
}

unsigned history_count(const struct history *history)
{
	return history ? history->captures : 0;
}

static const struct series *find(const struct history *history, const char *name)
{
	string_id id = strings_find(&history->names, name, strlen(name));

	return id == NONE || id >= history->count ? NULL : &history->series[id];
}

int64_t history_change(const struct history *history, const char *name, bool first, bool cum,
		       int64_t now)
{
	const struct series *series = find(history, name);

	if (!series || history->captures < 2)
		return 0;
	return now - (first ? series->first[cum] : series->last[slot(history, 1)][cum]);
}

size_t history_numbers(const struct history *history, const char *name, bool cum,
		       double numbers[HISTORY_LENGTH])
{
	const struct series *series = find(history, name);
	unsigned count = history->captures < HISTORY_LENGTH ? history->captures : HISTORY_LENGTH;

	if (!series)
		return 0;
	for (unsigned i = 0; i < count; i++)
		numbers[i] = (double)series->last[slot(history, count - 1 - i)][cum];
	return count;
}
