#include "view/label_unit.h"

#include <string.h>

#include "base/bitset.h"
#include "base/pair_map.h"

static const char *guess_unit(const char *key)
{
	return strcmp(key, "alignment") == 0 || strcmp(key, "request") == 0 ? "bytes" : key;
}

static void note_mixed(const struct profile *profile, const struct label *label, const char *used,
		       struct pair_map *noted, struct text *mixed)
{
	size_t known = noted->count;

	pair_map_add(noted, label->key, label->unit);
	if (noted->count > known)
		text_printf(mixed, "For tag %s used unit %s, also encountered unit(s) %s\n",
			    profile_text(profile, label->key), used,
			    profile_text(profile, label->unit));
}

const char **label_units_build(const struct profile *profile, struct arena *arena,
			       struct text *mixed)
{
	const char **units = arena_zero(arena, strings_count(&profile->strings), sizeof(*units));
	struct pair_map noted = {0};

	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];
		const char *unit = profile_text(profile, label->unit);

		if (label->text != NONE || !*unit)
			continue;
		if (!units[label->key])
			units[label->key] = unit;
		else if (mixed && units[label->key] != unit)
			note_mixed(profile, label, units[label->key], &noted, mixed);
	}
	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		if (label->text == NONE && !units[label->key])
			units[label->key] = guess_unit(profile_text(profile, label->key));
	}
	pair_map_clear(&noted);
	return units;
}
