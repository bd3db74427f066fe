/* SPDX-License-Identifier: MIT */
#include "transform/adjust.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/wrap.h"
#include "profile/unit.h"
#include "transform/copy.h"

struct adjusting {
	const struct profile *profile;
	const struct adjustment *adjustment;
	struct copy copy;
	uint32_t type_count;
	int64_t *values;
	bool scales;
};

static uint32_t old_type(const struct adjusting *adjusting, uint32_t type)
{
	return adjusting->adjustment->types ? adjusting->adjustment->types[type] : type;
}

static void add_types(struct adjusting *adjusting)
{
	const struct adjustment *adjustment = adjusting->adjustment;
	struct builder *to = adjusting->copy.to;

	for (uint32_t i = 0; i < adjusting->type_count; i++) {
		const struct value_type *type = &adjusting->profile->types[old_type(adjusting, i)];
		string_id unit = adjusting->copy.strings[type->unit];

		if (adjustment->units)
			unit = builder_text(to, adjustment->units[i]);
		builder_type(to, adjusting->copy.strings[type->type], unit);
	}
	if (adjustment->period_unit) {
		struct profile *made = builder_profile(to);
		const char *old = profile_text(adjusting->profile,
					       adjusting->profile->period_type.unit),
			   *ignored;

		made->period = unit_truncate(
			unit_scale(made->period, old, adjustment->period_unit, &ignored));
		made->period_type.unit = builder_text(to, adjustment->period_unit);
	}
	if (adjustment->default_type)
		builder_profile(to)->default_type = builder_text(to, adjustment->default_type);
}

/*
 * The values of a sample in the new types. False if the sample goes: when
 * scaling, only values whose ratio is not 1 are asked whether one is left.
 */
static bool adjust_values(const struct adjusting *adjusting, uint32_t sample)
{
	bool kept = !adjusting->scales;

	for (uint32_t i = 0; i < adjusting->type_count; i++) {
		int64_t value = adjusting->profile->values[old_type(adjusting, i)][sample];
		double ratio = adjusting->scales ? adjusting->adjustment->ratios[i] : 1;

		if (ratio != 1) {
			value = unit_truncate(round((double)value * ratio));
			kept = kept || value != 0;
		}
		adjusting->values[i] = value;
	}
	return kept;
}

static void adjust_samples(struct adjusting *adjusting)
{
	struct copy *copy = &adjusting->copy;
	string_id key = 0, text = 0;

	if (adjusting->adjustment->mark_base) {
		key = builder_text(copy->to, "pprof::base");
		text = builder_text(copy->to, "true");
	}
	for (uint32_t i = 0; i < adjusting->profile->sample_count; i++) {
		size_t labels, count;

		if (!adjust_values(adjusting, i))
			continue;
		labels = copy_labels(copy, i);
		if (key) {
			size_t kept = 0;

			/* The mark takes the place of whatever stood under its key. */
			for (size_t k = 0; k < labels; k++)
				if (copy->labels[k].key != key || copy->labels[k].text == NONE)
					copy->labels[kept++] = copy->labels[k];
			labels = kept;
			array_push(copy->labels, labels, copy->label_capacity,
				   ((struct label){.key = key, .text = text}));
		}
		count = copy_stack(copy, i);
		builder_sample(copy->to, copy->stack, count, adjusting->values,
			       adjusting->type_count, copy->labels, labels);
	}
}

struct profile *adjust_profile(const struct profile *profile, const struct adjustment *adjustment,
			       struct error *error)
{
	struct arena scratch = {0};
	struct adjusting adjusting = {.profile = profile, .adjustment = adjustment};
	struct profile *adjusted;

	adjusting.type_count = adjustment->types ? adjustment->type_count : profile->type_count;
	adjusting.values = arena_zero(&scratch, adjusting.type_count, sizeof(*adjusting.values));
	for (uint32_t i = 0; adjustment->ratios && i < adjusting.type_count; i++)
		adjusting.scales = adjusting.scales || adjustment->ratios[i] != 1;
	copy_begin(&adjusting.copy, profile);
	add_types(&adjusting);
	copy_locations(&adjusting.copy);
	adjust_samples(&adjusting);
	adjusted = copy_finish(&adjusting.copy, error);
	arena_clear(&scratch);
	return adjusted;
}

struct profile *adjust_negate(const struct profile *profile, bool mark_base, struct error *error)
{
	struct arena scratch = {0};
	double *ratios = arena_alloc(&scratch, profile->type_count * sizeof(*ratios));
	struct profile *negated;

	for (uint32_t i = 0; i < profile->type_count; i++)
		ratios[i] = -1;
	negated = adjust_profile(
		profile, &(struct adjustment){.ratios = ratios, .mark_base = mark_base}, error);
	arena_clear(&scratch);
	return negated;
}

static int64_t sum_values(const struct profile *profile, uint32_t type)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < profile->sample_count; i++)
		sum = wrap_add(sum, profile->values[type][i]);
	return sum;
}

struct profile *adjust_normalize(const struct profile *profile, const struct profile *base,
				 struct error *error)
{
	struct arena scratch = {0};
	double *ratios = arena_alloc(&scratch, profile->type_count * sizeof(*ratios));
	struct profile *normalized;

	for (uint32_t i = 0; i < profile->type_count; i++) {
		int64_t own = sum_values(profile, i);

		ratios[i] = own ? (double)sum_values(base, i) / (double)own : 0;
	}
	normalized = adjust_profile(profile, &(struct adjustment){.ratios = ratios}, error);
	arena_clear(&scratch);
	return normalized;
}
