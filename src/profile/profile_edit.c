/* SPDX-License-Identifier: MIT */
#include "profile/profile_edit.h"

#include <string.h>

#include "base/url.h"

void profile_add_warning(struct profile *profile, const char *message)
{
	char **warnings =
		arena_alloc(&profile->arena, (profile->warning_count + 1) * sizeof(*warnings));

	if (profile->warning_count)
		memcpy(warnings, profile->warnings, profile->warning_count * sizeof(*warnings));
	warnings[profile->warning_count++] = arena_text(&profile->arena, message, strlen(message));
	profile->warnings = warnings;
}

void profile_add_comment(struct profile *profile, const char *comment)
{
	string_id *comments =
		arena_alloc(&profile->arena, (profile->comment_count + 1) * sizeof(*comments));

	if (profile->comment_count)
		memcpy(comments, profile->comments, profile->comment_count * sizeof(*comments));
	comments[profile->comment_count++] = strings_add_text(&profile->strings, comment);
	profile->comments = comments;
}

void profile_forget_urls(struct profile *profile)
{
	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		struct mapping *mapping = &profile->mappings[i];

		if (!mapping->build_id && url_is_absolute(profile_text(profile, mapping->file)))
			mapping->file = 0;
	}
}

void profile_keep_all_frames(struct profile *profile)
{
	profile->drop_frames = profile->keep_frames = 0;
}
