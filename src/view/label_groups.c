/* SPDX-License-Identifier: MIT */
#include "view/label_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* What the labels are sorted by; `at` keeps the order of the file. */
struct label_place {
	uint32_t number, key, at;
};

static int compare_places(const void *a, const void *b, void *profile)
{
	const struct label_place *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->key != y->key)
		return strcmp(profile_text(profile, x->key), profile_text(profile, y->key));
	return x->at < y->at ? -1 : 1;
}

static uint32_t find_places(struct label_groups *groups, const struct view *view, uint32_t sample)
{
	const struct profile *profile = view->profile;
	uint32_t count = 0;

	if (!profile->label_start)
		return 0;
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++) {
		const struct label *label = &profile->labels[i];

		if (!view_shows_key(view, label->key))
			continue;
		array_reserve(groups->places, groups->place_capacity, count + 1);
		groups->places[count++] = (struct label_place){label->text == NONE, label->key, i};
	}
	if (count > 1)
		qsort_r(groups->places, count, sizeof(*groups->places), compare_places,
			(void *)profile);
	return count;
}

void label_groups_set(struct label_groups *groups, const struct view *view, uint32_t sample)
{
	uint32_t count = find_places(groups, view, sample);

	groups->count = 0;
	array_reserve(groups->labels, groups->label_capacity, count);
	array_reserve(groups->groups, groups->group_capacity, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct label_place *place = &groups->places[i];
		struct label_group *last =
			groups->count ? &groups->groups[groups->count - 1] : NULL;

		groups->labels[i] = view->profile->labels[place->at];
		if (last && last->key == place->key && last->number == (bool)place->number)
			last->count++;
		else
			groups->groups[groups->count++] = (struct label_group){
				place->key, place->number, &groups->labels[i], 1};
	}
}

void label_groups_clear(struct label_groups *groups)
{
	free(groups->groups);
	free(groups->labels);
	free(groups->places);
	*groups = (struct label_groups){0};
}
