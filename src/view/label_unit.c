/* SPDX-License-Identifier: MIT */
#include "view/label_unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/pair_map.h"

static const char *guess_unit(const char *key)
{
	return strcmp(key, "alignment") == 0 || strcmp(key, "request") == 0 ? "bytes" : key;
}

static bool has_unit(const struct profile *profile, const struct label *label)
{
	return label->text == NONE && *profile_text(profile, label->unit);
}

const char **label_units_build(const struct profile *profile, struct arena *arena)
{
	const char **units = arena_zero(arena, strings_count(&profile->strings), sizeof(*units));

	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		if (has_unit(profile, label) && !units[label->key])
			units[label->key] = profile_text(profile, label->unit);
	}
	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		if (label->text == NONE && !units[label->key])
			units[label->key] = guess_unit(profile_text(profile, label->key));
	}
	return units;
}

/* A key with a unit that is not the one in use. */
struct other_unit {
	uint32_t rank; /* of the key, by first use */
	string_id key;
	const char *unit;
};

static int compare_units(const void *a, const void *b)
{
	const struct other_unit *x = a, *y = b;

	return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank)
				  : strcmp(x->unit, y->unit);
}

/* The lines of the keys; `others` stands key by key. */
static void print_mixed(const struct profile *profile, const char **units,
			const struct other_unit *others, size_t count, struct text *notes)
{
	for (size_t i = 0; i < count; i++) {
		bool first = i == 0 || others[i].key != others[i - 1].key;

		if (first)
			text_printf(notes, "For tag %s used unit %s, also encountered unit(s) ",
				    profile_text(profile, others[i].key), units[others[i].key]);
		text_printf(notes, "%s%s", first ? "" : ", ", others[i].unit);
		if (i + 1 == count || others[i + 1].key != others[i].key)
			text_add_char(notes, '\n');
	}
}

void label_units_note_mixed(const struct profile *profile, struct text *notes)
{
	struct arena scratch = {0};
	const char **units = label_units_build(profile, &scratch);
	struct pair_map keys = {0}, pairs = {0};
	struct other_unit *others;

	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		if (has_unit(profile, label) &&
		    strcmp(units[label->key], profile_text(profile, label->unit)) != 0)
			pair_map_add(&pairs, label->key, label->unit);
	}
	others = arena_alloc(&scratch, pairs.count * sizeof(*others));
	for (uint32_t i = 0; i < pairs.count; i++) {
		string_id key = pair_map_first(&pairs, i);

		others[i] = (struct other_unit){pair_map_add(&keys, key, 0), key,
						profile_text(profile, pair_map_second(&pairs, i))};
	}
	if (pairs.count > 1)
		qsort(others, pairs.count, sizeof(*others), compare_units);
	print_mixed(profile, units, others, pairs.count, notes);
	pair_map_clear(&keys);
	pair_map_clear(&pairs);
	arena_clear(&scratch);
}
