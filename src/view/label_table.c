/* SPDX-License-Identifier: MIT */
#include "view/label_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/intern.h"
#include "base/pair_map.h"
#include "base/wrap.h"
#include "profile/unit.h"
#include "view/label_unit.h"

/* A label's value as it stands in the profile; no padding. */
struct raw_value {
	int64_t number;
	string_id key, text;
};

struct sums {
	int64_t *items;
	size_t count, capacity;
};

static void add_sum(struct sums *sums, uint32_t i, int64_t value)
{
	if (i == sums->count)
		array_push(sums->items, sums->count, sums->capacity, 0);
	sums->items[i] = wrap_add(sums->items[i], value);
}

/* Sums by value as it stands: one look-up a label, no text is made. */
static void sum_raw_values(const struct view *view, struct intern *values, struct sums *sums)
{
	const struct profile *profile = view->profile;
	struct path path;

	if (!profile->label_start)
		return;
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		if (!view_path(view, i, &path))
			continue;
		for (uint32_t k = profile->label_start[i]; k < profile->label_start[i + 1]; k++) {
			const struct label *label = &profile->labels[k];
			struct raw_value value = {label->text == NONE ? label->number : 0,
						  label->key, label->text};

			if (view_shows_key(view, label->key))
				add_sum(sums, intern_add(values, &value), view->values[i]);
		}
	}
}

/* The numbers that became one text. */
struct span {
	bool used;
	int64_t least, most;
};

struct merged {
	struct pair_map pairs; /* (key, text) */
	struct sums sums;
	struct span *spans; /* by number of the pair */
	size_t span_count, span_capacity;
};

static void add_number(struct merged *merged, uint32_t i, const struct raw_value *value)
{
	struct span *span;

	while (merged->span_count <= i)
		array_push(merged->spans, merged->span_count, merged->span_capacity,
			   (struct span){0});
	span = &merged->spans[i];
	if (value->text != NONE)
		return;
	if (!span->used || value->number < span->least)
		span->least = value->number;
	if (!span->used || value->number > span->most)
		span->most = value->number;
	span->used = true;
}

/* Gives numbers their text; what reads the same becomes one. */
static void merge_by_text(struct label_table *table, const struct intern *values,
			  const struct sums *sums, const char **units, const char *unit,
			  struct merged *merged)
{
	char text[UNIT_LABEL_SIZE];

	for (uint32_t i = 0; i < values->count; i++) {
		const struct raw_value *value = intern_key(values, i);
		string_id id = value->text;
		uint32_t number;

		if (id == NONE)
			id = strings_add_text(
				&table->strings,
				unit_label(value->number, units[value->key], unit, text));
		number = pair_map_add(&merged->pairs, value->key, id);
		add_sum(&merged->sums, number, sums->items[i]);
		add_number(merged, number, value);
	}
}

/* A row while it is sorted. */
struct row {
	const char *key, *text, *unit;
	int64_t sum;
	struct span span;
};

static int compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	uint64_t x_size = (uint64_t)wrap_absolute(x->sum), y_size = (uint64_t)wrap_absolute(y->sum);
	int order = x->key == y->key ? 0 : strcmp(x->key, y->key);

	if (order)
		return order;
	if (x_size != y_size)
		return x_size > y_size ? -1 : 1;
	return strcmp(x->text, y->text);
}

static void list_keys(struct label_table *table, const struct merged *merged, const char **units)
{
	const struct pair_map *pairs = &merged->pairs;
	struct row *rows = alloc_zero(pairs->count, sizeof(*rows));
	struct label_value *values = arena_alloc(&table->arena, pairs->count * sizeof(*values));

	for (uint32_t i = 0; i < pairs->count; i++)
		rows[i] = (struct row){
			.key = strings_text(&table->strings, pair_map_first(pairs, i)),
			.text = strings_text(&table->strings, pair_map_second(pairs, i)),
			.unit = units[pair_map_first(pairs, i)],
			.sum = merged->sums.items[i],
			.span = merged->spans[i],
		};
	if (pairs->count)
		qsort(rows, pairs->count, sizeof(*rows), compare_rows);
	table->keys = arena_alloc(&table->arena, pairs->count * sizeof(*table->keys));
	for (uint32_t i = 0; i < pairs->count; i++) {
		const struct row *row = &rows[i];
		struct label_key *key;

		if (i == 0 || row->key != rows[i - 1].key)
			table->keys[table->key_count++] = (struct label_key){
				.name = row->key,
				.unit = row->unit ? arena_text(&table->arena, row->unit,
							       strlen(row->unit))
						  : NULL,
				.values = &values[i],
			};
		key = &table->keys[table->key_count - 1];
		values[i] = (struct label_value){row->text, row->sum, row->span.used,
						 row->span.least, row->span.most};
		key->value_count++;
		key->total = wrap_add(key->total, row->sum);
	}
	free(rows);
}

struct label_table *label_table_build(const struct view *view, const char *unit)
{
	struct label_table *table = alloc_zero(1, sizeof(*table));
	struct sums sums = {0};
	struct merged merged = {0};
	struct arena scratch = {0};
	struct intern values;
	const char **units = label_units_build(view->profile, &scratch);

	strings_init(&table->strings, &view->strings);
	intern_init(&values, sizeof(struct raw_value));
	sum_raw_values(view, &values, &sums);
	merge_by_text(table, &values, &sums, units, unit, &merged);
	list_keys(table, &merged, units);
	free(sums.items);
	free(merged.sums.items);
	free(merged.spans);
	pair_map_clear(&merged.pairs);
	intern_clear(&values);
	arena_clear(&scratch);
	return table;
}

void label_table_free(struct label_table *table)
{
	if (!table)
		return;
	strings_clear(&table->strings);
	arena_clear(&table->arena);
	free(table);
}
