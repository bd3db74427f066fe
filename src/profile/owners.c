/* SPDX-License-Identifier: MIT */
#include "profile/owners.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "classify/owner.h"

/* By function: the file of a mapping it lies in, "" if none is known; to be freed. */
static const char **find_libraries(const struct profile *profile)
{
	const char **libraries =
		alloc_zero((size_t)profile->function_count + 1, sizeof(*libraries));

	for (function_id i = 0; i < profile->function_count; i++)
		libraries[i] = "";
	for (frame_id i = 0; i < profile->frame_count; i++) {
		const struct frame *frame = &profile->frames[i];
		mapping_id mapping = profile->locations[frame->location].mapping;

		if (frame->function != NONE && mapping != NONE)
			libraries[frame->function] =
				profile_text(profile, profile->mappings[mapping].file);
	}
	return libraries;
}

uint8_t *owners_build(const struct profile *profile)
{
	uint8_t *owners = alloc_zero((size_t)profile->function_count + 1, sizeof(*owners));
	const char **libraries = find_libraries(profile);
	struct owner_survey survey = {0};

	for (function_id i = 0; i < profile->function_count; i++)
		owner_survey_add(&survey, profile_text(profile, profile->functions[i].name),
				 profile_text(profile, profile->functions[i].file));
	for (function_id i = 0; i < profile->function_count; i++)
		owners[i] = (uint8_t)owner_of(
			&survey, profile_text(profile, profile->functions[i].name),
			profile_text(profile, profile->functions[i].file), libraries[i]);
	free(libraries);
	return owners;
}
