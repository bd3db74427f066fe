#include "transform/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/slots.h"
#include "base/text.h"
#include "base/wrap.h"
#include "profile/builder.h"

/*
 * What makes two mappings one: addresses are relative, so only the size
 * (rounded up to pages), the offset and the file count.
 */
struct mapping_key {
	uint64_t size, offset;
	string_id file;
	uint32_t padding;
};

struct function_key {
	int64_t start_line;
	string_id name, system_name, file;
	uint32_t padding;
};

struct placed_label;

/* One merge under way; string ids are the new profile's. */
struct merging {
	struct builder *to;
	struct intern mappings, functions;
	struct strings locations; /* keys of any length, as bytes */
	struct text key;
	int64_t **values; /* [type][sample] */
	size_t value_capacity;
	uint32_t type_count;
	location_id *stacks; /* of all new samples, leaf first */
	uint64_t *stack_start;
	struct label *labels;
	uint64_t *label_start;
	size_t stack_count, stack_capacity, start_capacity, label_count, label_capacity,
		label_start_capacity;
	uint32_t sample_count;
	struct slots slots;          /* finds samples by stack and labels */
	struct placed_label *placed; /* of the present sample */
	size_t placed_capacity;
	/* Of the present source: by old index, NONE: not met yet. */
	const struct profile *from;
	string_id *string_map;
	mapping_id *mapping_map;
	function_id *function_map;
	location_id *location_map;
};

static mapping_id map_mapping(struct merging *merging, mapping_id old)
{
	const struct mapping *from = &merging->from->mappings[old];
	struct mapping mapping = *from;
	struct mapping_key key = {.offset = from->offset};
	size_t known = merging->mappings.count;
	mapping_id id;

	if (merging->mapping_map[old] != NONE)
		return merging->mapping_map[old];
	mapping.file = merging->string_map[from->file];
	mapping.build_id = merging->string_map[from->build_id];
	key.size = (from->limit - from->start + 0xfff) & ~(uint64_t)0xfff;
	key.file = mapping.build_id ? mapping.build_id : mapping.file;
	id = intern_add(&merging->mappings, &key);
	if (id == known) {
		mapping.id = id + 1;
		builder_mapping(merging->to, &mapping);
	}
	merging->mapping_map[old] = id;
	return id;
}

static function_id map_function(struct merging *merging, function_id old)
{
	const struct function *from = &merging->from->functions[old];
	struct function_key key = {.start_line = from->start_line};
	size_t known = merging->functions.count;
	function_id id;

	if (merging->function_map[old] != NONE)
		return merging->function_map[old];
	key.name = merging->string_map[from->name];
	key.system_name = merging->string_map[from->system_name];
	key.file = merging->string_map[from->file];
	id = intern_add(&merging->functions, &key);
	if (id == known)
		builder_function(merging->to, &(struct function){id + 1, key.name, key.system_name,
								 key.file, key.start_line});
	merging->function_map[old] = id;
	return id;
}

static void add_key(struct merging *merging, const void *bytes, size_t length)
{
	text_add(&merging->key, bytes, length);
}

/* Fills `key` with what makes two locations one. Of the columns only the last line's counts, as in pprof. */
static void make_location_key(struct merging *merging, const struct location *location,
			      uint64_t address, const struct line *lines)
{
	uint32_t flags = location->folded;

	text_reset(&merging->key);
	add_key(merging, &address, sizeof(address));
	add_key(merging, &location->mapping, sizeof(location->mapping));
	add_key(merging, &flags, sizeof(flags));
	for (uint32_t i = 0; i < location->line_count; i++) {
		add_key(merging, &lines[i].function, sizeof(lines[i].function));
		add_key(merging, &lines[i].line, sizeof(lines[i].line));
	}
	if (location->line_count)
		add_key(merging, &lines[location->line_count - 1].column, sizeof(lines->column));
}

static location_id map_location(struct merging *merging, location_id old)
{
	const struct profile *from = merging->from;
	struct location location = from->locations[old];
	struct line *lines;
	uint32_t known;
	uint64_t start = 0;
	location_id id;

	if (merging->location_map[old] != NONE)
		return merging->location_map[old];
	if (location.mapping != NONE) {
		const struct mapping *mapping = &from->mappings[location.mapping];

		location.mapping = map_mapping(merging, location.mapping);
		start = builder_profile(merging->to)->mappings[location.mapping].start;
		location.address += start - mapping->start;
	}
	lines = alloc_zero(location.line_count, sizeof(*lines));
	for (uint32_t i = 0; i < location.line_count; i++) {
		const struct frame *frame = &from->frames[location.first_frame + i];

		lines[i] = (struct line){map_function(merging, frame->function), frame->line,
					 frame->column};
	}
	make_location_key(merging, &location, location.address - start, lines);
	known = strings_count(&merging->locations);
	/* Number 0 of a set of strings is "". */
	id = strings_add(&merging->locations, merging->key.bytes, merging->key.length) - 1;
	if (id + 1 == known) {
		location.id = id + 1;
		builder_location(merging->to, &location, lines, location.line_count);
	}
	free(lines);
	merging->location_map[old] = id;
	return id;
}

/* A label with its place in the sample: values of one key keep their order. */
struct placed_label {
	struct label label;
	size_t place;
};

static int compare_labels(const void *a, const void *b, void *context)
{
	const struct strings *strings = context;
	const struct placed_label *x = a, *y = b;
	int order;

	if ((x->label.text == NONE) != (y->label.text == NONE))
		return x->label.text == NONE ? 1 : -1;
	order = strcmp(strings_text(strings, x->label.key), strings_text(strings, y->label.key));
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The labels of a sample: strings before numbers, each by key. */
static size_t map_labels(struct merging *merging, uint32_t sample)
{
	const struct profile *from = merging->from;
	size_t first = merging->label_count, count = 0;
	uint32_t start, end;

	if (!from->label_start)
		return first;
	start = from->label_start[sample];
	end = from->label_start[sample + 1];
	if (start == end)
		return first;
	array_reserve(merging->placed, merging->placed_capacity, end - start);
	for (uint32_t i = start; i < end; i++) {
		struct label label = from->labels[i];

		label.key = merging->string_map[label.key];
		label.unit = merging->string_map[label.unit];
		if (label.text != NONE)
			label.text = merging->string_map[label.text];
		merging->placed[count] = (struct placed_label){label, count};
		count++;
	}
	qsort_r(merging->placed, count, sizeof(*merging->placed), compare_labels,
		&builder_profile(merging->to)->strings);
	for (size_t i = 0; i < count; i++)
		array_push(merging->labels, merging->label_count, merging->label_capacity,
			   merging->placed[i].label);
	return first;
}

/* Leaf first, as pprof meets them: the order numbers the new locations. */
static void map_stack(struct merging *merging, uint32_t sample)
{
	const struct profile *from = merging->from;
	uint32_t start = from->path_start[sample], end = from->path_start[sample + 1];
	location_id *to;

	array_reserve(merging->stacks, merging->stack_capacity,
		      merging->stack_count + (end - start));
	to = merging->stacks + merging->stack_count;
	for (uint32_t i = end; i > start; i--) {
		location_id old = profile_location(from, i - 1),
			    location = merging->location_map[old];

		*to++ = location != NONE ? location : map_location(merging, old);
	}
	merging->stack_count += end - start;
}

static void new_sample(struct merging *merging)
{
	if (merging->sample_count == merging->value_capacity) {
		merging->value_capacity = merging->value_capacity * 2 + 1024;
		for (uint32_t i = 0; i < merging->type_count; i++)
			merging->values[i] =
				alloc_resize(merging->values[i], merging->value_capacity,
					     sizeof(**merging->values));
	}
	for (uint32_t i = 0; i < merging->type_count; i++)
		merging->values[i][merging->sample_count] = 0;
	merging->sample_count++;
	array_reserve(merging->stack_start, merging->start_capacity,
		      (size_t)merging->sample_count + 1);
	merging->stack_start[merging->sample_count] = merging->stack_count;
	array_reserve(merging->label_start, merging->label_start_capacity,
		      (size_t)merging->sample_count + 1);
	merging->label_start[merging->sample_count] = merging->label_count;
}

static bool is_zero(const struct profile *profile, uint32_t sample)
{
	for (uint32_t i = 0; i < profile->type_count; i++)
		if (profile->values[i][sample])
			return false;
	return true;
}

/* The stack and labels that were added last. */
static uint32_t hash_sample(const struct merging *merging, uint64_t first_location,
			    uint64_t first_label)
{
	uint64_t hash =
		hash_bytes(merging->stacks + first_location,
			   (merging->stack_count - first_location) * sizeof(*merging->stacks));

	for (uint64_t i = first_label; i < merging->label_count; i++) {
		const struct label *label = &merging->labels[i];

		hash = hash_mix(hash ^ ((uint64_t)label->key << 32 | label->text));
		hash = hash_mix(hash ^ label->unit) ^ (uint64_t)label->number;
	}
	return (uint32_t)hash_mix(hash);
}

static bool same_labels(const struct label *a, const struct label *b, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++)
		if (a[i].key != b[i].key || a[i].text != b[i].text || a[i].unit != b[i].unit ||
		    a[i].number != b[i].number)
			return false;
	return true;
}

/* Has a sample the stack and labels that were added last? */
static bool is_sample(const struct merging *merging, uint32_t sample, uint64_t first_location,
		      uint64_t first_label)
{
	uint64_t stack = merging->stack_start[sample], label = merging->label_start[sample];
	uint64_t depth = merging->stack_count - first_location;
	uint64_t labels = merging->label_count - first_label;

	return merging->stack_start[sample + 1] - stack == depth &&
	       merging->label_start[sample + 1] - label == labels &&
	       (!depth || memcmp(merging->stacks + stack, merging->stacks + first_location,
				 depth * sizeof(*merging->stacks)) == 0) &&
	       same_labels(merging->labels + label, merging->labels + first_label, labels);
}

/* The sample of the stack and labels that were added last; they stay if it is new. */
static uint32_t find_sample(struct merging *merging, uint64_t first_location, uint64_t first_label)
{
	uint32_t hash = hash_sample(merging, first_location, first_label);
	size_t at;

	slots_reserve(&merging->slots, merging->sample_count);
	for (at = slots_first(&merging->slots, hash); merging->slots.items[at].number;
	     at = slots_next(&merging->slots, at)) {
		uint32_t sample = merging->slots.items[at].number - 1;

		if (merging->slots.items[at].hash == hash &&
		    is_sample(merging, sample, first_location, first_label)) {
			merging->stack_count = first_location;
			merging->label_count = first_label;
			return sample;
		}
	}
	new_sample(merging);
	merging->slots.items[at] = (struct slot){merging->sample_count, hash};
	return merging->sample_count - 1;
}

static void merge_sample(struct merging *merging, uint32_t sample)
{
	size_t first_location = merging->stack_count, first_label;
	uint32_t at;

	map_stack(merging, sample);
	first_label = map_labels(merging, sample);
	at = find_sample(merging, first_location, first_label);
	for (uint32_t i = 0; i < merging->type_count; i++) {
		int64_t *value = &merging->values[i][at];

		*value = wrap_add(*value, merging->from->values[i][sample]);
	}
}

static void *new_map(uint32_t count)
{
	return memset(alloc((size_t)count * sizeof(uint32_t)), 0xff,
		      (size_t)count * sizeof(uint32_t));
}

static void merge_source(struct merging *merging, const struct profile *from)
{
	uint32_t strings = strings_count(&from->strings);

	merging->from = from;
	merging->string_map = alloc_zero(strings, sizeof(*merging->string_map));
	for (string_id i = 0; i < strings; i++)
		merging->string_map[i] =
			builder_string(merging->to, strings_text(&from->strings, i),
				       strings_length(&from->strings, i));
	merging->mapping_map = new_map(from->mapping_count);
	merging->function_map = new_map(from->function_count);
	merging->location_map = new_map(from->location_count);
	/* The first mapping is the main binary and stays first. */
	if (!merging->mappings.count && from->mapping_count)
		map_mapping(merging, 0);
	for (uint32_t i = 0; i < from->sample_count; i++)
		if (!is_zero(from, i))
			merge_sample(merging, i);
	free(merging->string_map);
	free(merging->mapping_map);
	free(merging->function_map);
	free(merging->location_map);
}

static void merge_comments(struct merging *merging, const struct profile *from)
{
	const struct profile *to = builder_profile(merging->to);

	for (uint32_t i = 0; i < from->comment_count; i++) {
		string_id comment =
			builder_text(merging->to, profile_text(from, from->comments[i]));
		bool known = false;

		for (uint32_t k = 0; k < to->comment_count; k++)
			known = known || to->comments[k] == comment;
		if (!known)
			builder_comment(merging->to, comment);
	}
}

/* pprof's combineHeaders. */
static void merge_headers(struct merging *merging, const struct profile *const *profiles,
			  size_t count)
{
	const struct profile *first = profiles[0];
	struct builder *to = merging->to;
	struct profile *made = builder_profile(to);

	for (uint32_t i = 0; i < first->type_count; i++)
		builder_type(to, builder_text(to, profile_text(first, first->types[i].type)),
			     builder_text(to, profile_text(first, first->types[i].unit)));
	made->has_period_type = first->has_period_type;
	made->period_type.type = builder_text(to, profile_text(first, first->period_type.type));
	made->period_type.unit = builder_text(to, profile_text(first, first->period_type.unit));
	made->drop_frames = builder_text(to, profile_text(first, first->drop_frames));
	made->keep_frames = builder_text(to, profile_text(first, first->keep_frames));
	for (size_t i = 0; i < count; i++) {
		const struct profile *from = profiles[i];

		/* An unset time is the earliest of all. */
		if (made->time_nanos == 0 || from->time_nanos < made->time_nanos)
			made->time_nanos = from->time_nanos;
		made->duration_nanos = wrap_add(made->duration_nanos, from->duration_nanos);
		if (made->period == 0 || made->period < from->period)
			made->period = from->period;
		if (!made->default_type)
			made->default_type =
				builder_text(to, profile_text(from, from->default_type));
		if (!made->doc_url)
			made->doc_url = builder_text(to, profile_text(from, from->doc_url));
		merge_comments(merging, from);
		for (uint32_t k = 0; k < from->warning_count; k++)
			builder_warn(to, "%s", from->warnings[k]);
	}
}

/* Hands the samples to the builder; tells whether some add up to nothing. */
static bool add_samples(struct merging *merging)
{
	int64_t *values = alloc_zero(merging->type_count, sizeof(*values));
	bool any_zero = false;

	for (uint32_t i = 0; i < merging->sample_count; i++) {
		uint64_t stack = merging->stack_start[i], label = merging->label_start[i];
		bool zero = true;

		for (uint32_t k = 0; k < merging->type_count; k++) {
			values[k] = merging->values[k][i];
			zero = zero && values[k] == 0;
		}
		any_zero = any_zero || zero;
		builder_sample(merging->to, merging->stacks + stack,
			       merging->stack_start[i + 1] - stack, values, merging->type_count,
			       merging->labels + label, merging->label_start[i + 1] - label);
	}
	free(values);
	return any_zero;
}

static void clear_merging(struct merging *merging)
{
	intern_clear(&merging->mappings);
	intern_clear(&merging->functions);
	strings_clear(&merging->locations);
	slots_clear(&merging->slots);
	text_clear(&merging->key);
	for (uint32_t i = 0; i < merging->type_count; i++)
		free(merging->values[i]);
	free(merging->values);
	free(merging->stacks);
	free(merging->stack_start);
	free(merging->labels);
	free(merging->placed);
	free(merging->label_start);
}

struct profile *merge_profiles(const struct profile *const *profiles, size_t count,
			       struct error *error)
{
	struct merging merging = {.to = builder_new(), .type_count = profiles[0]->type_count};
	struct profile *merged, *compact;
	bool any_zero;

	intern_init(&merging.mappings, sizeof(struct mapping_key));
	intern_init(&merging.functions, sizeof(struct function_key));
	strings_init(&merging.locations, NULL);
	merging.values = alloc_zero(merging.type_count, sizeof(*merging.values));
	array_reserve(merging.stack_start, merging.start_capacity, 1);
	array_reserve(merging.label_start, merging.label_start_capacity, 1);
	merging.stack_start[0] = merging.label_start[0] = 0;
	merge_headers(&merging, profiles, count);
	for (size_t i = 0; i < count; i++)
		merge_source(&merging, profiles[i]);
	any_zero = add_samples(&merging);
	merged = builder_finish(merging.to, error);
	clear_merging(&merging);
	if (!merged || !any_zero)
		return merged;
	/* Samples that cancelled out are left behind, with what only they used. */
	compact = merge_profiles((const struct profile *const *)&merged, 1, error);
	profile_free(merged);
	return compact;
}
