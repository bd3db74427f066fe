/* SPDX-License-Identifier: MIT */
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/wrap.h"
#include "view/filter.h"
#include "view/node.h"

/* pprof's computeTotal: |values|; only those of the diff base if there are any. */
struct total {
	int64_t sum, divisor, base_sum, base_divisor;
};

static void add_to_total(struct total *total, int64_t value, int64_t divisor, bool base)
{
	total->sum = wrap_add(total->sum, value);
	total->divisor = wrap_add(total->divisor, divisor);
	if (base) {
		total->base_sum = wrap_add(total->base_sum, value);
		total->base_divisor = wrap_add(total->base_divisor, divisor);
	}
}

static int64_t result_of(const struct total *total)
{
	int64_t sum = total->base_sum > 0 ? total->base_sum : total->sum;
	int64_t divisor = total->base_sum > 0 ? total->base_divisor : total->divisor;

	return divisor ? wrap_divide(sum, divisor) : sum;
}

static void find_total(struct view *view)
{
	const struct profile *profile = view->profile;
	string_id base_key = strings_find(&profile->strings, "pprof::base", 11);
	string_id base_text = strings_find(&profile->strings, "true", 4);
	struct total total = {0};

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		bool kept = !view->sample_kept || bitset_has(view->sample_kept, i);

		view->kept_samples += kept;
		if (view->spec.relative && !kept)
			continue;
		/* With relative percentages tagshow and taghide come before the total. */
		add_to_total(&total, wrap_absolute(view->values[i]),
			     view->divisors ? view->divisors[i] : 0,
			     profile_has_label(profile, i, base_key, base_text) &&
				     !(view->spec.relative && !view_shows_key(view, base_key)));
	}
	view->total = result_of(&total);
	total.divisor = total.base_divisor = 0;
	view->sum = result_of(&total);
}

int64_t profile_total(const struct profile *profile, uint32_t type)
{
	string_id base_key = strings_find(&profile->strings, "pprof::base", 11);
	string_id base_text = strings_find(&profile->strings, "true", 4);
	struct total total = {0};

	for (uint32_t i = 0; i < profile->sample_count; i++)
		add_to_total(&total, wrap_absolute(profile->values[type][i]), 0,
			     profile_has_label(profile, i, base_key, base_text));
	return result_of(&total);
}

struct view *view_build(const struct profile *profile, const struct view_spec *spec,
			struct error *error)
{
	struct view *view = alloc_zero(1, sizeof(*view));
	struct filter_result filtered;

	if (spec->value_type >= profile->type_count) {
		error_set(error, "the profile has no sample type %u; it has %u", spec->value_type,
			  profile->type_count);
		free(view);
		return NULL;
	}
	view->profile = profile;
	view_spec_copy(&view->spec, spec);
	strings_init(&view->strings, &profile->strings);
	if (!filter_apply(profile, spec, &view->arena, &filtered, error)) {
		view_free(view);
		return NULL;
	}
	view->filters_missed = filtered.missed;
	view->filters_ranges = filtered.ranges;
	view->hidden_keys = filtered.hidden_keys;
	view->location_marks = filtered.location_marks;
	view->sample_kept = filtered.sample_kept;
	view->sample_first = filtered.sample_first;
	view->sample_end = filtered.sample_end;
	view->values = profile->values[spec->value_type];
	view->divisors = spec->mean ? profile->values[0] : NULL;
	node_build(view, filtered.frame_hidden);
	find_total(view);
	return view;
}

void view_free(struct view *view)
{
	if (!view)
		return;
	view_spec_clear(&view->spec);
	strings_clear(&view->strings);
	arena_clear(&view->arena);
	free(view);
}

const char *view_type(const struct view *view)
{
	return profile_text(view->profile, view->profile->types[view->spec.value_type].type);
}

const char *view_unit(const struct view *view)
{
	return profile_text(view->profile, view->profile->types[view->spec.value_type].unit);
}
