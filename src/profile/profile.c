/* SPDX-License-Identifier: MIT */
#include "profile/profile.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "profile/trace.h"

void profile_free(struct profile *profile)
{
	if (!profile)
		return;
	trace_release(profile->trace);
	strings_clear(&profile->strings);
	arena_clear(&profile->arena);
	free(profile);
}

static bool find_by_name(const struct profile *profile, const char *name, uint32_t *type)
{
	for (uint32_t i = 0; i < profile->type_count; i++) {
		if (strcmp(profile_text(profile, profile->types[i].type), name) == 0) {
			*type = i;
			return true;
		}
	}
	return false;
}

/* pprof's profile.SampleIndexByName: the newest name, a number, or the name without "inuse_". */
bool profile_find_type(const struct profile *profile, const char *name, uint32_t *type,
		       struct error *error)
{
	struct text known = {0};
	const char *plain;
	char *end;
	long long number;

	if (profile->type_count == 0)
		return error_set(error, "the profile has no sample types; capture it again");
	if (!*name) {
		if (!profile->default_type ||
		    !find_by_name(profile, profile_text(profile, profile->default_type), type))
			*type = profile->type_count - 1;
		return true;
	}
	errno = 0;
	number = strtoll(name, &end, 10);
	if (!isspace((unsigned char)*name) && *end == '\0' && errno == 0) {
		if (number < 0 || number >= profile->type_count)
			return error_set(error, "sample_index %s is outside the range [0..%u]",
					 name, profile->type_count - 1);
		*type = (uint32_t)number;
		return true;
	}
	plain = strncmp(name, "inuse_", 6) == 0 ? name + 6 : name;
	for (uint32_t i = 0; i < profile->type_count; i++) {
		const char *known_name = profile_text(profile, profile->types[i].type);

		if (strcmp(known_name, name) == 0 || strcmp(known_name, plain) == 0) {
			*type = i;
			return true;
		}
	}
	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(&known, "%s%s", i ? " " : "",
			    profile_text(profile, profile->types[i].type));
	error_set(error, "sample_index \"%s\" must be one of: %s", name, text_string(&known));
	text_clear(&known);
	return false;
}
