/* SPDX-License-Identifier: MIT */
#include "profile/tool_table.h"

#include <string.h>

#include "profile/jvm_gc.h"
#include "profile/system_calls.h"

static bool has_type(const struct profile *profile, const char *type)
{
	for (uint32_t i = 0; i < profile->type_count; i++)
		if (strcmp(profile_text(profile, profile->types[i].type), type) == 0)
			return true;
	return false;
}

bool tool_table_find(const struct profile *profile)
{
	bool known = (has_type(profile, jvm_gc_columns[JVM_GC_COLLECTIONS].type) &&
		      has_type(profile, jvm_gc_columns[JVM_GC_AFTER].type)) ||
		     (has_type(profile, SYSTEM_CALL_TYPE) && has_type(profile, SYSTEM_CALL_ERRORS));

	for (uint32_t i = 0; known && i < profile->sample_count; i++)
		known = profile->path_start[i + 1] - profile->path_start[i] <= 1;
	return known;
}
