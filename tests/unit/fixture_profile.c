/* SPDX-License-Identifier: MIT */
/* Small profiles from text and random ones; see fixture.h. */
#include <stdio.h>

#include "base/alloc.h"
#include "fixture.h"

/* What the lines have named so far. */
struct making {
	struct builder *builder;
	struct {
		char *name;
		uint32_t id;
	} functions[64], locations[256];
	uint32_t function_count, location_count, type_count;
};

static uint32_t find_function(struct making *making, const char *name)
{
	char file[128];
	string_id id;

	for (uint32_t i = 0; i < making->function_count; i++)
		if (strcmp(making->functions[i].name, name) == 0)
			return making->functions[i].id;
	snprintf(file, sizeof(file), "%s.c", name);
	id = builder_text(making->builder, name);
	making->functions[making->function_count].name = alloc_text(name);
	making->functions[making->function_count].id = builder_function(
		making->builder, &(struct function){.id = making->function_count + 1,
						    .name = id,
						    .system_name = id,
						    .file = builder_text(making->builder, file)});
	return making->functions[making->function_count++].id;
}

/* a:3>b: outermost first, as stacks are written; the profile has the innermost first. */
static uint32_t read_lines(struct making *making, char *word, struct line *lines)
{
	uint32_t count = 0;
	char *name;

	while ((name = strsep(&word, ">"))) {
		char *number = strrchr(name, ':');

		if (number && number[1] >= '0' && number[1] <= '9')
			*number++ = '\0';
		else
			number = NULL;
		for (char *at = name; (at = strchr(at, '~'));)
			*at = ' ';
		memmove(lines + 1, lines, count * sizeof(*lines));
		lines[0] = (struct line){find_function(making, name),
					 number ? strtoll(number, NULL, 10) : 0, 0};
		count++;
	}
	return count;
}

static uint32_t find_location(struct making *making, char *word)
{
	struct location location = {.mapping = 0};
	struct line lines[16];
	uint32_t count = 0, id = making->location_count;

	for (uint32_t i = 0; i < making->location_count; i++)
		if (strcmp(making->locations[i].name, word) == 0)
			return making->locations[i].id;
	making->locations[id].name = alloc_text(word);
	location.id = id + 1;
	location.address = (id + 1) * 0x1000;
	if (*word == '@')
		location.address = strtoull(word + 1, NULL, 16);
	else
		count = read_lines(making, word, lines);
	making->locations[id].id = builder_location(making->builder, &location, lines, count);
	making->location_count++;
	return making->locations[id].id;
}

static struct label read_label(struct making *making, char *word)
{
	size_t length = strcspn(word, strchr(word, '=') ? "=" : ":");
	char kind = word[length], *end = NULL;
	struct label label = {.text = NONE};

	word[length] = '\0';
	label.key = builder_text(making->builder, word);
	if (kind == '=') {
		label.text = builder_text(making->builder, word + length + 1);
	} else {
		label.number = strtoll(word + length + 1, &end, 10);
		label.unit = builder_text(making->builder, end);
	}
	return label;
}

static void read_types(struct making *making, char *line)
{
	char *word;

	while ((word = strsep(&line, " "))) {
		char *unit = strchr(word, '/');

		if (!unit)
			continue;
		*unit++ = '\0';
		builder_type(making->builder, builder_text(making->builder, word),
			     builder_text(making->builder, unit));
		making->type_count++;
	}
}

static void read_sample(struct making *making, char *line)
{
	location_id *stack = alloc_zero(strlen(line) + 1, sizeof(*stack));
	int64_t values[8];
	struct label labels[8];
	uint32_t depth = 0, value_count = 0, label_count = 0;
	bool behind = false; /* the "=" */
	char *word;

	while ((word = strsep(&line, " \t"))) {
		if (!*word)
			continue;
		if (!behind && strcmp(word, "=") == 0) {
			behind = true;
		} else if (!behind) {
			memmove(stack + 1, stack, depth++ * sizeof(*stack));
			stack[0] = find_location(making, word);
		} else if (value_count < making->type_count) {
			values[value_count++] = strtoll(word, NULL, 10);
		} else {
			labels[label_count++] = read_label(making, word);
		}
	}
	assert_int_equal(value_count, making->type_count);
	builder_sample(making->builder, stack, depth, values, value_count, labels, label_count);
	free(stack);
}

struct profile *fixture_profile(const char *text)
{
	struct making making = {.builder = builder_new()};
	char *copy = alloc_text(text), *next = copy, *line;
	char default_types[] = "samples/count";
	struct profile *profile;
	struct error error;

	builder_mapping(making.builder,
			&(struct mapping){.id = 1,
					  .limit = 0x100000,
					  .file = builder_text(making.builder, "/bin/prog")});
	if (strncmp(text, "types ", 6) == 0)
		read_types(&making, strsep(&next, "\n"));
	else
		read_types(&making, default_types);
	while ((line = strsep(&next, "\n")))
		if (line[strspn(line, " \t")])
			read_sample(&making, line);
	for (uint32_t i = 0; i < making.function_count; i++)
		free(making.functions[i].name);
	for (uint32_t i = 0; i < making.location_count; i++)
		free(making.locations[i].name);
	free(copy);
	profile = builder_finish(making.builder, &error);
	if (!profile)
		fail_msg("%s", error.message);
	return profile;
}

static int64_t random_value(struct random *random, bool hostile)
{
	static const int64_t extreme[] = {INT64_MAX, INT64_MIN, INT64_MIN + 1, 1, -1, 0};

	if (!hostile)
		return random_below(random, 10);
	switch (random_below(random, 4)) {
	case 0:
		return extreme[random_below(random, 6)];
	case 1:
		return (int64_t)random_next(random);
	default:
		return (int64_t)random_below(random, 21) - 10;
	}
}

/* Functions that share names and files, some without; two mappings. */
static void random_functions(struct random *random, struct builder *builder, uint32_t count)
{
	char text[32];

	for (uint32_t i = 0; i < 2; i++) {
		snprintf(text, sizeof(text), "/lib/map%u", i);
		builder_mapping(builder, &(struct mapping){.id = i + 1,
							   .file = builder_text(builder, text)});
	}
	for (uint32_t i = 0; i < count; i++) {
		struct function function = {.id = i + 1};

		snprintf(text, sizeof(text), "f%u", random_below(random, count));
		if (random_below(random, 20))
			function.name = builder_text(builder, text);
		snprintf(text, sizeof(text), "dir/./s%u.c", random_below(random, count));
		if (random_below(random, 20))
			function.file = builder_text(builder, text);
		function.system_name = function.name;
		builder_function(builder, &function);
	}
}

static void random_locations(struct random *random, struct builder *builder,
			     const struct random_shape *shape)
{
	for (uint32_t i = 0; i < shape->locations; i++) {
		struct location location = {.id = i + 1,
					    .address = 0x400 + random_below(random, 64)};
		struct line lines[3];
		uint32_t count = random_below(random, 8) ? 1 + random_below(random, 3) : 0;

		location.mapping = random_below(random, 8) ? random_below(random, 2) : NONE;
		for (uint32_t k = 0; k < count; k++)
			lines[k] = (struct line){random_below(random, shape->functions),
						 random_below(random, 4), random_below(random, 3)};
		builder_location(builder, &location, lines, count);
	}
}

struct profile *fixture_random(struct random *random, const struct random_shape *shape)
{
	struct builder *builder = builder_new();
	location_id *stack = alloc_zero(shape->depth + 1, sizeof(*stack));
	uint32_t few = shape->locations < 2 ? shape->locations : 2;
	struct profile *profile;
	struct error error;

	assert_true(shape->functions && shape->locations);
	builder_type(builder, builder_text(builder, "samples"), builder_text(builder, "count"));
	builder_type(builder, builder_text(builder, "cpu"), builder_text(builder, "nanoseconds"));
	random_functions(random, builder, shape->functions);
	random_locations(random, builder, shape);
	for (uint32_t i = 0; i < shape->samples; i++) {
		uint32_t depth =
			random_below(random, 10) ? random_below(random, shape->depth + 1) : 0;
		int64_t values[2] = {random_value(random, shape->hostile),
				     random_value(random, shape->hostile)};

		/* Few locations near the root, so that stacks share prefixes; often the last stack. */
		for (uint32_t k = 0; k < depth; k++)
			if (k + 3 >= depth || random_below(random, 4) == 0)
				stack[k] = random_below(random,
							k + 3 >= depth ? few : shape->locations);
		builder_sample(builder, stack, depth, values, 2, NULL, 0);
	}
	free(stack);
	profile = builder_finish(builder, &error);
	assert_non_null(profile);
	return profile;
}
