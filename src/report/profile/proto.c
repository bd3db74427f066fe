/* SPDX-License-Identifier: MIT */
/* The profile as the filters leave it, in pprof's own format: pprof's -proto. */
#include "report/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "proto/profile.pb-c.h"
#include "report/profile/proto_writer.h"
#include "view/label_groups.h"

struct writing {
	bool keep_type;
	const struct view *view;
	const struct profile *profile;
	const struct value_format *format; /* for divide_by */
	struct proto_writer out;
	int64_t *index;     /* by string id: where it stands in the new table; 0: not used, or "" */
	string_id *strings; /* the new table but for "" */
	size_t string_count, string_capacity;
	struct label_groups groups;
	struct arena arena;
	/* Ids as the file had them, or else counted from 1. */
	bool mapping_ids, function_ids, location_ids;
	/* Of the present message. */
	uint8_t *sample;
	size_t sample_length, sample_capacity;
	Pprof__Line *lines;
	Pprof__Line **line_list;
	size_t line_capacity, line_list_capacity;
};

/* Strings are numbered in the order in which the file refers to them; what nothing refers to is left out. */
static void use_string(struct writing *writing, string_id id)
{
	if (!id || writing->index[id])
		return;
	array_push(writing->strings, writing->string_count, writing->string_capacity, id);
	writing->index[id] = (int64_t)writing->string_count;
}

static bool sample_stays(const struct writing *writing, uint32_t sample)
{
	struct path path;

	return view_path(writing->view, sample, &path);
}

static void use_labels(struct writing *writing)
{
	const struct profile *profile = writing->profile;

	for (uint32_t i = 0; profile->label_start && i < profile->sample_count; i++) {
		if (!sample_stays(writing, i))
			continue;
		label_groups_set(&writing->groups, writing->view, i);
		for (uint32_t k = 0; k < writing->groups.count; k++) {
			const struct label_group *group = &writing->groups.groups[k];

			use_string(writing, group->key);
			for (uint32_t n = 0; n < group->count; n++)
				use_string(writing, group->number ? group->labels[n].unit
								  : group->labels[n].text);
		}
	}
}

/* Whoever opens the new profile sees what this view shows. */
static string_id selected_type(const struct writing *writing)
{
	return writing->keep_type ? writing->profile->default_type
				  : writing->profile->types[writing->view->spec.value_type].type;
}

static void use_strings(struct writing *writing)
{
	const struct profile *profile = writing->profile;

	for (uint32_t i = 0; i < profile->type_count; i++) {
		use_string(writing, profile->types[i].type);
		use_string(writing, profile->types[i].unit);
	}
	use_labels(writing);
	for (uint32_t i = 0; i < profile->mapping_count; i++) {
		use_string(writing, profile->mappings[i].file);
		use_string(writing, profile->mappings[i].build_id);
	}
	for (uint32_t i = 0; i < profile->function_count; i++) {
		use_string(writing, profile->functions[i].name);
		use_string(writing, profile->functions[i].system_name);
		use_string(writing, profile->functions[i].file);
	}
	use_string(writing, profile->drop_frames);
	use_string(writing, profile->keep_frames);
	use_string(writing, profile->period_type.type);
	use_string(writing, profile->period_type.unit);
	for (uint32_t i = 0; i < profile->comment_count; i++)
		use_string(writing, profile->comments[i]);
	use_string(writing, selected_type(writing));
	use_string(writing, profile->doc_url);
}

static void find_ids(struct writing *writing)
{
	const struct profile *profile = writing->profile;

	writing->mapping_ids = writing->function_ids = writing->location_ids = true;
	for (uint32_t i = 0; i < profile->mapping_count; i++)
		writing->mapping_ids = writing->mapping_ids && profile->mappings[i].id;
	for (uint32_t i = 0; i < profile->function_count; i++)
		writing->function_ids = writing->function_ids && profile->functions[i].id;
	for (uint32_t i = 0; i < profile->location_count; i++)
		writing->location_ids = writing->location_ids && profile->locations[i].id;
}

static uint64_t id_of_mapping(const struct writing *writing, mapping_id i)
{
	return i == NONE              ? 0
	       : writing->mapping_ids ? writing->profile->mappings[i].id
				      : (uint64_t)i + 1;
}

static uint64_t id_of_function(const struct writing *writing, function_id i)
{
	return i == NONE               ? 0
	       : writing->function_ids ? writing->profile->functions[i].id
				       : (uint64_t)i + 1;
}

static uint64_t id_of_location(const struct writing *writing, location_id i)
{
	return writing->location_ids ? writing->profile->locations[i].id : (uint64_t)i + 1;
}

static void write_type(struct writing *writing, uint32_t field, struct value_type type)
{
	Pprof__ValueType message = PPROF__VALUE_TYPE__INIT;

	message.type = writing->index[type.type];
	message.unit = writing->index[type.unit];
	proto_write_message(&writing->out, field, &message.base);
}

/* Room for so many more numbers behind the present sample. */
static void reserve_numbers(struct writing *writing, size_t count)
{
	array_reserve(writing->sample, writing->sample_capacity,
		      writing->sample_length + (count + 2) * PROTO_VARINT_SIZE);
}

static void put_number(struct writing *writing, uint64_t number)
{
	uint8_t *end = proto_put_varint(writing->sample + writing->sample_length, number);

	writing->sample_length = (size_t)(end - writing->sample);
}

/* A field whose value is 0 is left out. */
static void put_field(struct writing *writing, unsigned field, int64_t number)
{
	if (!number)
		return;
	put_number(writing, PROTO_NUMBER_TAG(field));
	put_number(writing, (uint64_t)number);
}

/* What was put behind `start` becomes a field of bytes; its length comes in front of it. */
static void end_bytes(struct writing *writing, size_t start, unsigned field)
{
	uint8_t head[2 * PROTO_VARINT_SIZE], *end = proto_put_varint(head, PROTO_BYTES_TAG(field));
	size_t length = writing->sample_length - start, size;

	end = proto_put_varint(end, length);
	size = (size_t)(end - head);
	memmove(writing->sample + start + size, writing->sample + start, length);
	memcpy(writing->sample + start, head, size);
	writing->sample_length += size;
}

/* The same for `count` numbers. As pprof packs them: up to two of them are fields of their own. */
static void end_numbers(struct writing *writing, size_t start, unsigned field, size_t count)
{
	uint8_t numbers[2 * PROTO_VARINT_SIZE];
	size_t length = writing->sample_length - start;

	if (count > 2) {
		end_bytes(writing, start, field);
		return;
	}
	memcpy(numbers, writing->sample + start, length);
	writing->sample_length = start;
	for (size_t i = 0; i < length; i++) {
		/* The top bit of a byte says that the number goes on. */
		if (i == 0 || numbers[i - 1] < 0x80)
			writing->sample[writing->sample_length++] =
				(uint8_t)PROTO_NUMBER_TAG(field);
		writing->sample[writing->sample_length++] = numbers[i];
	}
}

static void put_labels(struct writing *writing, uint32_t sample)
{
	label_groups_set(&writing->groups, writing->view, sample);
	for (uint32_t i = 0; i < writing->groups.count; i++) {
		const struct label_group *group = &writing->groups.groups[i];

		for (uint32_t k = 0; k < group->count; k++) {
			const struct label *label = &group->labels[k];
			size_t start = writing->sample_length;

			reserve_numbers(writing, 8);
			put_field(writing, 1, writing->index[label->key]);
			put_field(writing, 2, group->number ? 0 : writing->index[label->text]);
			put_field(writing, 3, group->number ? label->number : 0);
			put_field(writing, 4, group->number ? writing->index[label->unit] : 0);
			end_bytes(writing, start, 3);
		}
	}
}

/* Leaf first; locations of which nothing is left are out of the stack. */
static void put_locations(struct writing *writing, struct path path)
{
	const struct view *view = writing->view;
	size_t start = writing->sample_length, count = 0;

	reserve_numbers(writing, path.end - path.first);
	while (path.end-- > path.first) {
		location_id location = view_location(view, path.end);

		if (view->step_start[location] == view->step_start[location + 1])
			continue;
		put_number(writing, id_of_location(writing, location));
		count++;
	}
	end_numbers(writing, start, 1, count);
}

/* Samples are nearly all of a profile: they are packed here, byte for byte as pprof does. */
static void write_sample(struct writing *writing, uint32_t sample)
{
	const struct profile *profile = writing->profile;
	struct path path;
	size_t start;

	if (!view_path(writing->view, sample, &path))
		return;
	writing->sample_length = 0;
	put_locations(writing, path);
	start = writing->sample_length;
	reserve_numbers(writing, profile->type_count);
	for (uint32_t i = 0; i < profile->type_count; i++)
		put_number(writing,
			   (uint64_t)report_divided(writing->format, profile->values[i][sample]));
	end_numbers(writing, start, 2, profile->type_count);
	put_labels(writing, sample);
	proto_write_string(&writing->out, 2, (const char *)writing->sample, writing->sample_length);
}

static void write_mapping(struct writing *writing, mapping_id i)
{
	const struct mapping *mapping = &writing->profile->mappings[i];
	Pprof__Mapping message = PPROF__MAPPING__INIT;

	message.id = id_of_mapping(writing, i);
	message.memory_start = mapping->start;
	message.memory_limit = mapping->limit;
	message.file_offset = mapping->offset;
	message.filename = writing->index[mapping->file];
	message.build_id = writing->index[mapping->build_id];
	message.has_functions = mapping->has_functions;
	message.has_filenames = mapping->has_filenames;
	message.has_line_numbers = mapping->has_line_numbers;
	message.has_inline_frames = mapping->has_inline_frames && !writing->view->spec.no_inlines;
	proto_write_message(&writing->out, 3, &message.base);
}

/* The lines of a location that the filters leave. */
static void write_location(struct writing *writing, location_id i)
{
	const struct profile *profile = writing->profile;
	const struct view_spec *spec = &writing->view->spec;
	const struct location *location = &profile->locations[i];
	Pprof__Location message = PPROF__LOCATION__INIT;
	size_t count = 0;

	for (uint32_t k = 0; k < location->line_count; k++) {
		const struct frame *frame = &profile->frames[location->first_frame + k];
		Pprof__Line line = PPROF__LINE__INIT;

		if (writing->view->frame_node[location->first_frame + k] == NONE)
			continue;
		line.function_id = id_of_function(writing, frame->function);
		line.line = frame->line;
		line.column = spec->no_inlines && !spec->show_columns ? 0 : frame->column;
		array_push(writing->lines, count, writing->line_capacity, line);
	}
	array_reserve(writing->line_list, writing->line_list_capacity, count);
	for (size_t k = 0; k < count; k++)
		writing->line_list[k] = &writing->lines[k];
	message.id = id_of_location(writing, i);
	message.mapping_id = id_of_mapping(writing, location->mapping);
	message.address = location->address;
	message.n_line = count;
	message.line = writing->line_list;
	message.is_folded = location->folded;
	proto_write_message(&writing->out, 4, &message.base);
}

static void write_function(struct writing *writing, function_id i)
{
	const struct function *function = &writing->profile->functions[i];
	Pprof__Function message = PPROF__FUNCTION__INIT;

	message.id = id_of_function(writing, i);
	message.name = writing->index[function->name];
	message.system_name = writing->index[function->system_name];
	message.filename = writing->index[function->file];
	message.start_line = function->start_line;
	proto_write_message(&writing->out, 5, &message.base);
}

static void write_table(struct writing *writing)
{
	const struct strings *strings = &writing->profile->strings;

	proto_write_string(&writing->out, 6, "", 0);
	for (size_t i = 0; i < writing->string_count; i++)
		proto_write_string(&writing->out, 6, strings_text(strings, writing->strings[i]),
				   strings_length(strings, writing->strings[i]));
}

static void write_profile(struct writing *writing)
{
	const struct profile *profile = writing->profile;

	for (uint32_t i = 0; i < profile->type_count; i++)
		write_type(writing, 1, profile->types[i]);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		write_sample(writing, i);
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		write_mapping(writing, i);
	for (location_id i = 0; i < profile->location_count; i++)
		write_location(writing, i);
	for (function_id i = 0; i < profile->function_count; i++)
		write_function(writing, i);
	write_table(writing);
	proto_write_number(&writing->out, 7, writing->index[profile->drop_frames]);
	proto_write_number(&writing->out, 8, writing->index[profile->keep_frames]);
	proto_write_number(&writing->out, 9, profile->time_nanos);
	proto_write_number(&writing->out, 10, profile->duration_nanos);
	if (profile->has_period_type)
		write_type(writing, 11, profile->period_type);
	proto_write_number(&writing->out, 12, profile->period);
	for (uint32_t i = 0; i < profile->comment_count; i++)
		proto_write_number(&writing->out, 13, writing->index[profile->comments[i]]);
	proto_write_any_number(&writing->out, 14, writing->index[selected_type(writing)]);
	proto_write_number(&writing->out, 15, writing->index[profile->doc_url]);
}

static bool write_proto(const struct report_input *input, const struct report *report, FILE *out,
			struct error *error)
{
	struct value_format format;
	struct writing writing = {.keep_type = input->options->keep_type,
				  .view = input->view,
				  .profile = input->view->profile,
				  .format = &format};
	bool good;

	(void)report;
	report_own_unit(input, &format);
	writing.index = arena_zero(&writing.arena, strings_count(&writing.profile->strings),
				   sizeof(*writing.index));
	find_ids(&writing);
	use_strings(&writing);
	proto_writer_init(&writing.out, out);
	write_profile(&writing);
	good = proto_writer_end(&writing.out, error);
	label_groups_clear(&writing.groups);
	free(writing.strings);
	free(writing.sample);
	free(writing.lines);
	free(writing.line_list);
	arena_clear(&writing.arena);
	return good;
}

const struct report report_proto = {
	.name = "proto",
	.raw_names = true,
	.summary = "The profile as the filters leave it, as a profile of its own",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_ADDRESSES,
	.extension = "pb.gz",
	.write = write_proto,
};
