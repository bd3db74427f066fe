/* SPDX-License-Identifier: MIT */
/* Sample types and units of profiles made equal before they are merged. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "profile/unit.h"
#include "transform/adjust.h"
#include "transform/merge.h"

struct fitting {
	const struct profile *const *profiles;
	size_t count;
	struct arena scratch;
	const char **names; /* of the types that all profiles have, in the order of the first */
	const char **units; /* the finest unit of each */
	uint32_t type_count;
	const char *period_unit; /* the finest */
};

static const char *type_name(const struct profile *profile, uint32_t type)
{
	return profile_text(profile, profile->types[type].type);
}

static const char *type_unit(const struct profile *profile, uint32_t type)
{
	return profile_text(profile, profile->types[type].unit);
}

static uint32_t find_type(const struct profile *profile, const char *name)
{
	for (uint32_t i = 0; i < profile->type_count; i++)
		if (strcmp(type_name(profile, i), name) == 0)
			return i;
	return NONE;
}

static bool find_common_types(struct fitting *fitting, struct error *error)
{
	const struct profile *first = fitting->profiles[0];

	fitting->names = arena_zero(&fitting->scratch, first->type_count, sizeof(*fitting->names));
	fitting->units = arena_zero(&fitting->scratch, first->type_count, sizeof(*fitting->units));
	for (uint32_t i = 0; i < first->type_count; i++) {
		bool common = true;

		for (size_t k = 1; k < fitting->count; k++)
			common = common &&
				 find_type(fitting->profiles[k], type_name(first, i)) != NONE;
		if (common)
			fitting->names[fitting->type_count++] = type_name(first, i);
	}
	return fitting->type_count ||
	       error_set(error,
			 "the profiles have no sample type in common; merge profiles of one kind");
}

/* pprof's CommonValueType for units: the finest, if they are of one family. */
static bool find_finest_unit(struct fitting *fitting, uint32_t type, struct error *error)
{
	for (size_t i = 0; i < fitting->count; i++) {
		const struct profile *profile = fitting->profiles[i];
		const char *unit = type_unit(profile, find_type(profile, fitting->names[type])),
			   *ignored;

		if (!fitting->units[type]) {
			fitting->units[type] = unit;
			continue;
		}
		if (!unit_compatible(fitting->units[type], unit))
			return error_set(
				error,
				"sample type %s is in %s and in %s; merge profiles of one kind",
				fitting->names[type], fitting->units[type], unit);
		if (unit_scale(1, unit, fitting->units[type], &ignored) < 1)
			fitting->units[type] = unit;
	}
	return true;
}

static const char *period_unit(const struct profile *profile)
{
	return profile_text(profile, profile->period_type.unit);
}

/* "cpu nanoseconds", or "none". */
static void describe_period(const struct profile *profile, struct text *text)
{
	const char *type = profile_text(profile, profile->period_type.type);

	if (!*type && !*period_unit(profile))
		text_add_string(text, "none");
	else
		text_printf(text, "%s%s%s", type, *type && *period_unit(profile) ? " " : "",
			    period_unit(profile));
}

static bool refuse_periods(const struct profile *a, const struct profile *b, size_t number,
			   struct error *error)
{
	struct text first = {0}, second = {0};

	describe_period(a, &first);
	describe_period(b, &second);
	error_set(error, "incompatible period types: %s and %s; merge profiles of one kind",
		  text_string(&first), text_string(&second));
	error->at = number;
	text_clear(&first);
	text_clear(&second);
	return false;
}

static bool find_period_unit(struct fitting *fitting, struct error *error)
{
	const struct profile *first = fitting->profiles[0];
	const char *ignored;

	fitting->period_unit = period_unit(first);
	for (size_t i = 1; i < fitting->count; i++) {
		const struct profile *other = fitting->profiles[i];
		const char *a = profile_text(first, first->period_type.type);
		const char *b = profile_text(other, other->period_type.type);

		if (strcmp(a, b) != 0 || !unit_compatible(period_unit(first), period_unit(other)))
			return refuse_periods(first, other, i, error);
		if (unit_scale(1, period_unit(other), fitting->period_unit, &ignored) < 1)
			fitting->period_unit = period_unit(other);
	}
	return true;
}

/* The profile with the common types only, in the finest units; *made stays NULL if it is so already. */
static bool fit_profile(struct fitting *fitting, const struct profile *profile,
			struct profile **made, struct error *error)
{
	uint32_t *types = arena_alloc(&fitting->scratch, fitting->type_count * sizeof(*types));
	double *ratios = arena_alloc(&fitting->scratch, fitting->type_count * sizeof(*ratios));
	const char *default_type = fitting->names[0], *ignored;
	bool reorders = fitting->type_count != profile->type_count, scales = false;

	for (uint32_t i = 0; i < fitting->type_count; i++) {
		types[i] = find_type(profile, fitting->names[i]);
		ratios[i] =
			unit_scale(1, type_unit(profile, types[i]), fitting->units[i], &ignored);
		reorders = reorders || types[i] != i;
		scales = scales || strcmp(period_unit(profile), fitting->period_unit) != 0 ||
			 strcmp(type_unit(profile, types[i]), fitting->units[i]) != 0;
		if (strcmp(fitting->names[i], profile_text(profile, profile->default_type)) == 0)
			default_type = fitting->names[i];
	}
	if (!reorders && !scales)
		return true;
	*made = adjust_profile(profile,
			       &(struct adjustment){.types = types,
						    .type_count = fitting->type_count,
						    .units = fitting->units,
						    .ratios = ratios,
						    .period_unit = fitting->period_unit,
						    .default_type = reorders ? default_type : NULL},
			       error);
	return *made != NULL;
}

bool merge_fit(const struct profile *const *profiles, size_t count, struct profile **made,
	       struct error *error)
{
	struct fitting fitting = {.profiles = profiles, .count = count};
	bool good = find_common_types(&fitting, error) && find_period_unit(&fitting, error);

	memset(made, 0, count * sizeof(*made));
	for (uint32_t i = 0; good && i < fitting.type_count; i++)
		good = find_finest_unit(&fitting, i, error);
	for (size_t i = 0; good && i < count; i++)
		good = fit_profile(&fitting, profiles[i], &made[i], error);
	for (size_t i = 0; !good && i < count; i++) {
		profile_free(made[i]);
		made[i] = NULL;
	}
	arena_clear(&fitting.scratch);
	return good;
}

bool merge_fit_exactly(const struct profile *a, const struct profile *b)
{
	bool same = a->type_count == b->type_count &&
		    strcmp(profile_text(a, a->period_type.type),
			   profile_text(b, b->period_type.type)) == 0 &&
		    strcmp(period_unit(a), period_unit(b)) == 0;

	for (uint32_t i = 0; same && i < a->type_count; i++)
		same = strcmp(type_name(a, i), type_name(b, i)) == 0 &&
		       strcmp(type_unit(a, i), type_unit(b, i)) == 0;
	return same;
}
