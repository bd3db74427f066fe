/* SPDX-License-Identifier: MIT */
#include "view/typed_pattern.h"

#include <string.h>

#include "base/pattern.h"

/* True if the pattern matches a function, its file or a mapping. */
static bool matches_name(const struct profile *profile, const struct pattern *pattern)
{
	for (uint32_t i = 0; i < profile->function_count; i++) {
		const struct function *function = &profile->functions[i];
		const char *name = profile_text(profile, function->name);
		const char *file = profile_text(profile, function->file);

		if (pattern_matches(pattern, name, strlen(name)) ||
		    pattern_matches(pattern, file, strlen(file)))
			return true;
	}
	for (uint32_t i = 0; i < profile->mapping_count; i++) {
		const char *file = profile_text(profile, profile->mappings[i].file);

		if (pattern_matches(pattern, file, strlen(file)))
			return true;
	}
	return false;
}

const char *typed_pattern(const struct profile *profile, const char *expression, bool ignore_case,
			  struct text *quoted)
{
	struct error ignored;
	struct pattern *pattern;
	bool found;

	text_reset(quoted);
	pattern_quote(quoted, expression);
	if (quoted->length == strlen(expression))
		return expression;
	pattern = pattern_new(expression, ignore_case, &ignored);
	found = pattern && matches_name(profile, pattern);
	pattern_free(pattern);
	if (found)
		return expression;
	pattern = pattern_new(text_string(quoted), ignore_case, &ignored);
	found = pattern && matches_name(profile, pattern);
	pattern_free(pattern);
	return found ? text_string(quoted) : expression;
}
