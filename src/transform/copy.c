/* SPDX-License-Identifier: MIT */
#include "transform/copy.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "profile/trace.h"

/* ids: the string of each old one in `names`; NULL: the same. */
static void copy_strings(struct copy *copy, const struct strings *names, const string_id *ids)
{
	uint32_t count = strings_count(&copy->from->strings);

	copy->strings = alloc_zero(count, sizeof(*copy->strings));
	for (string_id i = 0; i < count; i++) {
		string_id name = ids ? ids[i] : i;

		copy->strings[i] = builder_string(copy->to, strings_text(names, name),
						  strings_length(names, name));
	}
}

static void copy_header(struct copy *copy, bool renamed)
{
	const struct profile *from = copy->from;
	struct profile *to = builder_profile(copy->to);
	const string_id *strings = copy->strings;

	to->default_type = strings[from->default_type];
	to->has_period_type = from->has_period_type;
	to->period_type = (struct value_type){strings[from->period_type.type],
					      strings[from->period_type.unit]};
	to->period = from->period;
	to->time_nanos = from->time_nanos;
	to->duration_nanos = from->duration_nanos;
	to->drop_frames = strings[from->drop_frames];
	to->keep_frames = strings[from->keep_frames];
	to->doc_url = strings[from->doc_url];
	if (from->mem_stats) {
		to->mem_stats = arena_alloc(&to->arena, sizeof(*to->mem_stats));
		*to->mem_stats = *from->mem_stats;
	}
	if (from->runtime_log) {
		to->runtime_log = arena_alloc(&to->arena, sizeof(*to->runtime_log));
		*to->runtime_log = *from->runtime_log;
	}
	/* The texts of a trace are its own: a copy with other strings does not show them. */
	if (from->trace && !renamed)
		to->trace = trace_share(from->trace);
	for (uint32_t i = 0; i < from->comment_count; i++)
		builder_comment(copy->to, strings[from->comments[i]]);
	for (uint32_t i = 0; i < from->warning_count; i++)
		builder_warn(copy->to, "%s", from->warnings[i]);
}

static void copy_tables(struct copy *copy)
{
	const struct profile *from = copy->from;

	for (mapping_id i = 0; i < from->mapping_count; i++) {
		struct mapping mapping = from->mappings[i];

		mapping.file = copy->strings[mapping.file];
		mapping.build_id = copy->strings[mapping.build_id];
		builder_mapping(copy->to, &mapping);
	}
	for (function_id i = 0; i < from->function_count; i++) {
		struct function function = from->functions[i];

		function.name = copy->strings[function.name];
		function.system_name = copy->strings[function.system_name];
		function.file = copy->strings[function.file];
		builder_function(copy->to, &function);
	}
}

void copy_begin(struct copy *copy, const struct profile *from)
{
	copy_begin_renamed(copy, from, &from->strings, NULL);
}

void copy_begin_renamed(struct copy *copy, const struct profile *from, const struct strings *names,
			const string_id *ids)
{
	*copy = (struct copy){.from = from, .to = builder_new()};
	copy->values = alloc_zero(from->type_count, sizeof(*copy->values));
	copy_strings(copy, names, ids);
	copy_header(copy, ids != NULL);
	copy_tables(copy);
}

void copy_types(struct copy *copy)
{
	for (uint32_t i = 0; i < copy->from->type_count; i++) {
		const struct value_type *type = &copy->from->types[i];

		builder_type(copy->to, copy->strings[type->type], copy->strings[type->unit]);
	}
}

void copy_location(struct copy *copy, location_id id, uint32_t first, uint32_t count)
{
	const struct profile *from = copy->from;
	const struct location *location = &from->locations[id];
	struct line *lines = alloc_zero(count, sizeof(*lines));

	for (uint32_t i = 0; i < count; i++) {
		const struct frame *frame = &from->frames[location->first_frame + first + i];

		lines[i] = (struct line){frame->function, frame->line, frame->column};
	}
	builder_location(copy->to, location, lines, count);
	free(lines);
}

void copy_locations(struct copy *copy)
{
	for (location_id i = 0; i < copy->from->location_count; i++)
		copy_location(copy, i, 0, copy->from->locations[i].line_count);
}

size_t copy_stack(struct copy *copy, uint32_t sample)
{
	const struct profile *from = copy->from;
	uint32_t start = from->path_start[sample], end = from->path_start[sample + 1];
	size_t count = 0;

	array_reserve(copy->stack, copy->stack_capacity, end - start);
	while (end > start)
		copy->stack[count++] = profile_location(from, --end);
	return count;
}

size_t copy_labels(struct copy *copy, uint32_t sample)
{
	const struct profile *from = copy->from;
	size_t count = 0;

	if (!from->label_start)
		return 0;
	for (uint32_t i = from->label_start[sample]; i < from->label_start[sample + 1]; i++) {
		struct label label = from->labels[i];

		label.key = copy->strings[label.key];
		label.unit = copy->strings[label.unit];
		if (label.text != NONE)
			label.text = copy->strings[label.text];
		array_push(copy->labels, count, copy->label_capacity, label);
	}
	return count;
}

void copy_sample(struct copy *copy, uint32_t sample, const location_id *stack, size_t count)
{
	const struct profile *from = copy->from;
	size_t labels = copy_labels(copy, sample);

	for (uint32_t i = 0; i < from->type_count; i++)
		copy->values[i] = from->values[i][sample];
	builder_sample(copy->to, stack, count, copy->values, from->type_count, copy->labels,
		       labels);
}

struct profile *copy_finish(struct copy *copy, struct error *error)
{
	struct profile *profile = builder_finish(copy->to, error);

	free(copy->strings);
	free(copy->stack);
	free(copy->values);
	free(copy->labels);
	*copy = (struct copy){0};
	return profile;
}
