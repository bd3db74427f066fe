/* SPDX-License-Identifier: MIT */
#include "text_profile.h"

#include "format/format.h"

struct profile *bytes_profile(const char *bytes, size_t length, bool names)
{
	struct input input = {.head = bytes, .head_length = length, .names_from_text = names};
	struct error error;
	struct profile *profile = format_read(&input, &error);

	if (!profile)
		fail_msg("%s", error.message);
	return profile;
}

struct profile *text_profile(const char *text, bool names)
{
	return bytes_profile(text, strlen(text), names);
}

static void dump_location(const struct profile *profile, const struct location *location,
			  struct text *out)
{
	if (location->address || !location->line_count)
		text_printf(out, " %llx", (unsigned long long)location->address);
	for (uint32_t i = 0; i < location->line_count; i++) {
		const struct frame *frame = &profile->frames[location->first_frame + i];
		const struct function *function = &profile->functions[frame->function];

		text_printf(out, "%s%s", i ? ">" : " ", profile_text(profile, function->name));
		if (function->file)
			text_printf(out, "@%s", profile_text(profile, function->file));
		if (frame->line)
			text_printf(out, ":%lld", (long long)frame->line);
	}
}

static void dump_sample(const struct profile *profile, uint32_t sample, struct text *out)
{
	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(out, "%s%lld", i ? " " : "", (long long)profile->values[i][sample]);
	text_add_string(out, " |");
	for (uint32_t i = profile->path_start[sample + 1]; i-- > profile->path_start[sample];)
		dump_location(profile, &profile->locations[profile_location(profile, i)], out);
	for (uint32_t i = profile->label_start ? profile->label_start[sample] : 0;
	     profile->label_start && i < profile->label_start[sample + 1]; i++) {
		const struct label *label = &profile->labels[i];

		text_printf(out, " %s=", profile_text(profile, label->key));
		if (label->text != NONE)
			text_add_string(out, profile_text(profile, label->text));
		else
			text_printf(out, "%lld", (long long)label->number);
	}
	text_add_char(out, '\n');
}

char *profile_dump(const struct profile *profile)
{
	struct text out = {0};

	text_add_string(&out, "types");
	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(&out, " %s/%s", profile_text(profile, profile->types[i].type),
			    profile_text(profile, profile->types[i].unit));
	if (profile->has_period_type)
		text_printf(&out, "; period %s/%s %lld",
			    profile_text(profile, profile->period_type.type),
			    profile_text(profile, profile->period_type.unit),
			    (long long)profile->period);
	text_add_char(&out, '\n');
	for (uint32_t i = 0; i < profile->sample_count; i++)
		dump_sample(profile, i, &out);
	for (uint32_t i = 0; i < profile->mapping_count; i++) {
		const struct mapping *mapping = &profile->mappings[i];

		text_printf(&out, "mapping %llx-%llx", (unsigned long long)mapping->start,
			    (unsigned long long)mapping->limit);
		if (mapping->offset)
			text_printf(&out, "@%llx", (unsigned long long)mapping->offset);
		if (mapping->file)
			text_printf(&out, " %s", profile_text(profile, mapping->file));
		if (mapping->build_id)
			text_printf(&out, " %s", profile_text(profile, mapping->build_id));
		text_add_char(&out, '\n');
	}
	return out.bytes;
}

void check_dump(const char *text, bool names, const char *want)
{
	struct profile *profile = text_profile(text, names);
	char *dump = profile_dump(profile);

	assert_string_equal(dump, want);
	free(dump);
	profile_free(profile);
}

void check_error(const char *text, const char *want)
{
	struct input input = {.head = text, .head_length = strlen(text), .names_from_text = true};
	struct error error;
	struct profile *profile = format_read(&input, &error);

	if (profile)
		fail_msg("no error, but \"%s\" was expected", want);
	assert_string_equal(error.message, want);
}

const char *claimed_by(const char *text)
{
	const char *name = "";
	int most = 0;

	for (size_t i = 0; formats[i]; i++) {
		int certainty = formats[i]->probe(text, strlen(text));

		if (certainty > most) {
			most = certainty;
			name = formats[i]->name;
		}
	}
	return name;
}
