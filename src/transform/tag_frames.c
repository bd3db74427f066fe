/* SPDX-License-Identifier: MIT */
#include "transform/tag_frames.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pair_map.h"
#include "base/text.h"
#include "profile/unit.h"
#include "transform/copy.h"

/* Label keys of one option, as they were listed. */
struct keys {
	char **names;
	size_t count, capacity;
};

struct adding {
	const struct profile *profile;
	const char *unit;
	struct copy copy;
	struct keys roots, leaves;
	struct pair_map locations; /* (name, key) -> number of the new location */
	struct pair_map names;     /* name -> number */
	bool keyed, mixed;
	location_id first_location;
	uint64_t next_location, next_function; /* ids behind the old ones */
	location_id *stack;
	size_t stack_count, stack_capacity;
	location_id *ends; /* pseudo frames of the present sample */
	size_t end_count, end_capacity;
};

static void split_keys(const char *list, struct keys *keys)
{
	while (*list) {
		size_t length = strcspn(list, ",");

		if (length)
			array_push(keys->names, keys->count, keys->capacity, strndup(list, length));
		list += length + (list[length] == ',');
	}
}

static void clear_keys(struct keys *keys)
{
	for (size_t i = 0; i < keys->count; i++)
		free(keys->names[i]);
	free(keys->names);
}

static bool has_unit(const struct profile *profile, uint32_t sample, string_id key)
{
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		if (profile->labels[i].key == key && profile->labels[i].text == NONE &&
		    profile->labels[i].unit)
			return true;
	return false;
}

/* The values of a key joined by commas: strings, then numbers. False if the sample has none. */
static bool join_values(const struct adding *adding, uint32_t sample, const char *name,
			struct text *values)
{
	const struct profile *profile = adding->profile;
	string_id key = strings_find(&profile->strings, name, strlen(name));
	bool found = false, scaled;

	text_reset(values);
	if (key == NONE || !profile->label_start)
		return false;
	scaled = has_unit(profile, sample, key);
	for (int numbers = 0; numbers < 2; numbers++) {
		for (uint32_t i = profile->label_start[sample];
		     i < profile->label_start[sample + 1]; i++) {
			const struct label *label = &profile->labels[i];
			char number[UNIT_LABEL_SIZE];

			if (label->key != key || (label->text == NONE) != (numbers == 1))
				continue;
			if (found)
				text_add_char(values, ',');
			found = true;
			if (label->text != NONE)
				text_add(values, profile_text(profile, label->text),
					 strings_length(&profile->strings, label->text));
			else
				text_add_string(values,
						unit_label(label->number,
							   profile_text(profile, label->unit),
							   scaled ? adding->unit : "", number));
		}
	}
	return found;
}

/* The location of a pseudo frame: a function named after the values in a file named after the key. */
static location_id find_location(struct adding *adding, const char *name, size_t length,
				 const char *key)
{
	struct builder *to = adding->copy.to;
	string_id function_name = builder_string(to, name, length), file = builder_text(to, key);
	size_t known = adding->locations.count;
	uint32_t number = pair_map_add(&adding->locations, function_name, file);
	struct line line = {0};

	if (number == known) {
		/* The set of names is as large as that of names and keys unless two share one. */
		known = adding->names.count;
		if (pair_map_add(&adding->names, function_name, 0) != known)
			adding->mixed = true;
		line.function = builder_function(
			to, &(struct function){adding->next_function++, function_name, 0, file, 0});
		builder_location(to,
				 &(struct location){.id = adding->next_location++, .mapping = NONE},
				 &line, 1);
	}
	return adding->first_location + number;
}

static void put_key(const char *key, struct text *values)
{
	struct text all = {0};

	text_printf(&all, "%s=", key);
	text_add(&all, values->bytes, values->length);
	text_clear(values);
	*values = all;
}

/* The frames of one option for a sample, the last key first. */
static bool push_frames(struct adding *adding, uint32_t sample, const struct keys *keys)
{
	struct text values = {0};
	bool matched = false;

	for (size_t i = keys->count; i-- > 0;) {
		matched |= join_values(adding, sample, keys->names[i], &values);
		if (adding->keyed)
			put_key(keys->names[i], &values);
		array_push(
			adding->ends, adding->end_count, adding->end_capacity,
			find_location(adding, text_string(&values), values.length, keys->names[i]));
	}
	text_clear(&values);
	return matched;
}

static void push_locations(struct adding *adding, const location_id *locations, size_t count)
{
	for (size_t i = 0; i < count; i++)
		array_push(adding->stack, adding->stack_count, adding->stack_capacity,
			   locations[i]);
}

/* Roots are numbered before leaves, as pprof does it, and stand behind them: stacks are leaf first. */
static void add_sample(struct adding *adding, uint32_t sample, struct tag_frames *frames)
{
	size_t count = copy_stack(&adding->copy, sample), roots;

	adding->stack_count = adding->end_count = 0;
	frames->root_matched |= push_frames(adding, sample, &adding->roots);
	if (frames->groups) {
		const char *name = frames->group_name(frames->groups[sample]);

		array_push(
			adding->ends, adding->end_count, adding->end_capacity,
			find_location(adding, name, strlen(name), frames->group_files ? name : ""));
	}
	roots = adding->end_count;
	frames->leaf_matched |= push_frames(adding, sample, &adding->leaves);
	push_locations(adding, adding->ends + roots, adding->end_count - roots);
	push_locations(adding, adding->copy.stack, count);
	push_locations(adding, adding->ends, roots);
	copy_sample(&adding->copy, sample, adding->stack, adding->stack_count);
}

struct profile *tag_frames_add(const struct profile *profile, struct tag_frames *frames,
			       struct error *error)
{
	struct adding adding = {.profile = profile,
				.unit = frames->unit,
				.first_location = profile->location_count};
	struct profile *made;

	frames->root_matched = frames->leaf_matched = false;
	split_keys(frames->roots, &adding.roots);
	split_keys(frames->leaves, &adding.leaves);
	adding.keyed = frames->keyed && adding.roots.count + adding.leaves.count > 1;
	for (uint32_t i = 0; i < profile->location_count; i++)
		if (profile->locations[i].id >= adding.next_location)
			adding.next_location = profile->locations[i].id + 1;
	for (uint32_t i = 0; i < profile->function_count; i++)
		if (profile->functions[i].id >= adding.next_function)
			adding.next_function = profile->functions[i].id + 1;
	copy_begin(&adding.copy, profile);
	copy_types(&adding.copy);
	copy_locations(&adding.copy);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		add_sample(&adding, i, frames);
	made = copy_finish(&adding.copy, error);
	frames->mixed = adding.mixed;
	clear_keys(&adding.roots);
	clear_keys(&adding.leaves);
	pair_map_clear(&adding.locations);
	pair_map_clear(&adding.names);
	free(adding.stack);
	free(adding.ends);
	return made;
}
