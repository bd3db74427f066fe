/* SPDX-License-Identifier: MIT */
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

/* String ids are the new profile's. */
struct merge {
	struct builder *to;
	int64_t time; /* of the parts that have ended; the present part's stands in the profile */
	bool parted;  /* a part has ended */
	bool inside;  /* of a part: something was added to it */
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

static mapping_id map_mapping(struct merge *merge, mapping_id old)
{
	const struct mapping *from = &merge->from->mappings[old];
	struct mapping mapping = *from;
	struct mapping_key key = {.offset = from->offset};
	size_t known = merge->mappings.count;
	mapping_id id;

	if (merge->mapping_map[old] != NONE)
		return merge->mapping_map[old];
	mapping.file = merge->string_map[from->file];
	mapping.build_id = merge->string_map[from->build_id];
	key.size = (from->limit - from->start + 0xfff) & ~(uint64_t)0xfff;
	key.file = mapping.build_id ? mapping.build_id : mapping.file;
	id = intern_add(&merge->mappings, &key);
	if (id == known) {
		mapping.id = id + 1;
		builder_mapping(merge->to, &mapping);
	}
	merge->mapping_map[old] = id;
	return id;
}

static function_id map_function(struct merge *merge, function_id old)
{
	const struct function *from = &merge->from->functions[old];
	struct function_key key = {.start_line = from->start_line};
	size_t known = merge->functions.count;
	function_id id;

	if (merge->function_map[old] != NONE)
		return merge->function_map[old];
	key.name = merge->string_map[from->name];
	key.system_name = merge->string_map[from->system_name];
	key.file = merge->string_map[from->file];
	id = intern_add(&merge->functions, &key);
	if (id == known)
		builder_function(merge->to, &(struct function){id + 1, key.name, key.system_name,
							       key.file, key.start_line});
	merge->function_map[old] = id;
	return id;
}

static void add_key(struct merge *merge, const void *bytes, size_t length)
{
	text_add(&merge->key, bytes, length);
}

/* Fills `key` with what makes two locations one. */
static void make_location_key(struct merge *merge, const struct location *location,
			      uint64_t address, const struct line *lines)
{
	uint32_t flags = location->folded;

	text_reset(&merge->key);
	add_key(merge, &address, sizeof(address));
	add_key(merge, &location->mapping, sizeof(location->mapping));
	add_key(merge, &flags, sizeof(flags));
	for (uint32_t i = 0; i < location->line_count; i++) {
		add_key(merge, &lines[i].function, sizeof(lines[i].function));
		add_key(merge, &lines[i].line, sizeof(lines[i].line));
		add_key(merge, &lines[i].column, sizeof(lines[i].column));
	}
}

static location_id map_location(struct merge *merge, location_id old)
{
	const struct profile *from = merge->from;
	struct location location = from->locations[old];
	struct line *lines;
	uint32_t known;
	uint64_t start = 0;
	location_id id;

	if (merge->location_map[old] != NONE)
		return merge->location_map[old];
	if (location.mapping != NONE) {
		const struct mapping *mapping = &from->mappings[location.mapping];

		location.mapping = map_mapping(merge, location.mapping);
		start = builder_profile(merge->to)->mappings[location.mapping].start;
		location.address += start - mapping->start;
	}
	lines = alloc_zero(location.line_count, sizeof(*lines));
	for (uint32_t i = 0; i < location.line_count; i++) {
		const struct frame *frame = &from->frames[location.first_frame + i];

		lines[i] = (struct line){map_function(merge, frame->function), frame->line,
					 frame->column};
	}
	make_location_key(merge, &location, location.address - start, lines);
	known = strings_count(&merge->locations);
	/* Number 0 of a set of strings is "". */
	id = strings_add(&merge->locations, merge->key.bytes, merge->key.length) - 1;
	if (id + 1 == known) {
		location.id = id + 1;
		builder_location(merge->to, &location, lines, location.line_count);
	}
	free(lines);
	merge->location_map[old] = id;
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
static size_t map_labels(struct merge *merge, uint32_t sample)
{
	const struct profile *from = merge->from;
	size_t first = merge->label_count, count = 0;
	uint32_t start, end;

	if (!from->label_start)
		return first;
	start = from->label_start[sample];
	end = from->label_start[sample + 1];
	if (start == end)
		return first;
	array_reserve(merge->placed, merge->placed_capacity, end - start);
	for (uint32_t i = start; i < end; i++) {
		struct label label = from->labels[i];

		label.key = merge->string_map[label.key];
		label.unit = merge->string_map[label.unit];
		if (label.text != NONE)
			label.text = merge->string_map[label.text];
		merge->placed[count] = (struct placed_label){label, count};
		count++;
	}
	qsort_r(merge->placed, count, sizeof(*merge->placed), compare_labels,
		&builder_profile(merge->to)->strings);
	for (size_t i = 0; i < count; i++)
		array_push(merge->labels, merge->label_count, merge->label_capacity,
			   merge->placed[i].label);
	return first;
}

/* Leaf first, as pprof meets them: the order numbers the new locations. */
static void map_stack(struct merge *merge, uint32_t sample)
{
	const struct profile *from = merge->from;
	uint32_t start = from->path_start[sample], end = from->path_start[sample + 1];
	location_id *to;

	array_reserve(merge->stacks, merge->stack_capacity, merge->stack_count + (end - start));
	to = merge->stacks + merge->stack_count;
	for (uint32_t i = end; i > start; i--) {
		location_id old = profile_location(from, i - 1),
			    location = merge->location_map[old];

		*to++ = location != NONE ? location : map_location(merge, old);
	}
	merge->stack_count += end - start;
}

static void new_sample(struct merge *merge)
{
	if (merge->sample_count == merge->value_capacity) {
		merge->value_capacity = merge->value_capacity * 2 + 1024;
		for (uint32_t i = 0; i < merge->type_count; i++)
			merge->values[i] = alloc_resize(merge->values[i], merge->value_capacity,
							sizeof(**merge->values));
	}
	for (uint32_t i = 0; i < merge->type_count; i++)
		merge->values[i][merge->sample_count] = 0;
	merge->sample_count++;
	array_reserve(merge->stack_start, merge->start_capacity, (size_t)merge->sample_count + 1);
	merge->stack_start[merge->sample_count] = merge->stack_count;
	array_reserve(merge->label_start, merge->label_start_capacity,
		      (size_t)merge->sample_count + 1);
	merge->label_start[merge->sample_count] = merge->label_count;
}

static bool is_zero(const struct profile *profile, uint32_t sample)
{
	for (uint32_t i = 0; i < profile->type_count; i++)
		if (profile->values[i][sample])
			return false;
	return true;
}

/* The stack and labels that were added last. */
static uint32_t hash_sample(const struct merge *merge, uint64_t first_location,
			    uint64_t first_label)
{
	uint64_t hash = hash_bytes(merge->stacks + first_location,
				   (merge->stack_count - first_location) * sizeof(*merge->stacks));

	for (uint64_t i = first_label; i < merge->label_count; i++) {
		const struct label *label = &merge->labels[i];

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
static bool is_sample(const struct merge *merge, uint32_t sample, uint64_t first_location,
		      uint64_t first_label)
{
	uint64_t stack = merge->stack_start[sample], label = merge->label_start[sample];
	uint64_t depth = merge->stack_count - first_location;
	uint64_t labels = merge->label_count - first_label;

	return merge->stack_start[sample + 1] - stack == depth &&
	       merge->label_start[sample + 1] - label == labels &&
	       (!depth || memcmp(merge->stacks + stack, merge->stacks + first_location,
				 depth * sizeof(*merge->stacks)) == 0) &&
	       same_labels(merge->labels + label, merge->labels + first_label, labels);
}

/* The sample of the stack and labels that were added last; they stay if it is new. */
static uint32_t find_sample(struct merge *merge, uint64_t first_location, uint64_t first_label)
{
	uint32_t hash = hash_sample(merge, first_location, first_label);
	size_t at;

	slots_reserve(&merge->slots, merge->sample_count);
	for (at = slots_first(&merge->slots, hash); merge->slots.items[at].number;
	     at = slots_next(&merge->slots, at)) {
		uint32_t sample = merge->slots.items[at].number - 1;

		if (merge->slots.items[at].hash == hash &&
		    is_sample(merge, sample, first_location, first_label)) {
			merge->stack_count = first_location;
			merge->label_count = first_label;
			return sample;
		}
	}
	new_sample(merge);
	merge->slots.items[at] = (struct slot){merge->sample_count, hash};
	return merge->sample_count - 1;
}

static void merge_sample(struct merge *merge, uint32_t sample)
{
	size_t first_location = merge->stack_count, first_label;
	uint32_t at;

	map_stack(merge, sample);
	first_label = map_labels(merge, sample);
	at = find_sample(merge, first_location, first_label);
	for (uint32_t i = 0; i < merge->type_count; i++) {
		int64_t *value = &merge->values[i][at];

		*value = wrap_add(*value, merge->from->values[i][sample]);
	}
}

static void *new_map(uint32_t count)
{
	return memset(alloc((size_t)count * sizeof(uint32_t)), 0xff,
		      (size_t)count * sizeof(uint32_t));
}

static void merge_source(struct merge *merge, const struct profile *from)
{
	uint32_t strings = strings_count(&from->strings);

	merge->from = from;
	merge->string_map = alloc_zero(strings, sizeof(*merge->string_map));
	for (string_id i = 0; i < strings; i++)
		merge->string_map[i] = builder_string(merge->to, strings_text(&from->strings, i),
						      strings_length(&from->strings, i));
	merge->mapping_map = new_map(from->mapping_count);
	merge->function_map = new_map(from->function_count);
	merge->location_map = new_map(from->location_count);
	/* The first mapping is the main binary and stays first. */
	if (!merge->mappings.count && from->mapping_count)
		map_mapping(merge, 0);
	for (uint32_t i = 0; i < from->sample_count; i++)
		if (!is_zero(from, i))
			merge_sample(merge, i);
	free(merge->string_map);
	free(merge->mapping_map);
	free(merge->function_map);
	free(merge->location_map);
}

static void merge_comments(struct merge *merge, const struct profile *from)
{
	const struct profile *to = builder_profile(merge->to);

	for (uint32_t i = 0; i < from->comment_count; i++) {
		string_id comment = builder_text(merge->to, profile_text(from, from->comments[i]));
		bool known = false;

		for (uint32_t k = 0; k < to->comment_count; k++)
			known = known || to->comments[k] == comment;
		if (!known)
			builder_comment(merge->to, comment);
	}
}

/* An unset time is the earliest of all. */
static int64_t earlier(int64_t time, int64_t other)
{
	return time == 0 || other < time ? other : time;
}

/* pprof's combineHeaders, for one profile more. */
static void merge_header(struct merge *merge, const struct profile *from)
{
	struct builder *to = merge->to;
	struct profile *made = builder_profile(to);

	made->time_nanos = earlier(made->time_nanos, from->time_nanos);
	made->duration_nanos = wrap_add(made->duration_nanos, from->duration_nanos);
	if (made->period == 0 || made->period < from->period)
		made->period = from->period;
	if (!made->default_type)
		made->default_type = builder_text(to, profile_text(from, from->default_type));
	if (!made->doc_url)
		made->doc_url = builder_text(to, profile_text(from, from->doc_url));
	merge_comments(merge, from);
	for (uint32_t i = 0; i < from->warning_count; i++)
		builder_warn(to, "%s", from->warnings[i]);
}

/* What only the first profile says. */
static void take_types(struct merge *merge, const struct profile *first)
{
	struct builder *to = merge->to;
	struct profile *made = builder_profile(to);

	for (uint32_t i = 0; i < first->type_count; i++)
		builder_type(to, builder_text(to, profile_text(first, first->types[i].type)),
			     builder_text(to, profile_text(first, first->types[i].unit)));
	made->has_period_type = first->has_period_type;
	made->period_type.type = builder_text(to, profile_text(first, first->period_type.type));
	made->period_type.unit = builder_text(to, profile_text(first, first->period_type.unit));
	made->drop_frames = builder_text(to, profile_text(first, first->drop_frames));
	made->keep_frames = builder_text(to, profile_text(first, first->keep_frames));
}

/* Does some sample add up to nothing? */
static bool any_cancelled(const struct merge *merge)
{
	for (uint32_t i = 0; i < merge->sample_count; i++) {
		bool zero = true;

		for (uint32_t k = 0; zero && k < merge->type_count; k++)
			zero = merge->values[k][i] == 0;
		if (zero)
			return true;
	}
	return false;
}

/* Hands the samples to the builder. */
static void add_samples(struct merge *merge)
{
	int64_t *values = alloc_zero(merge->type_count, sizeof(*values));

	for (uint32_t i = 0; i < merge->sample_count; i++) {
		uint64_t stack = merge->stack_start[i], label = merge->label_start[i];

		for (uint32_t k = 0; k < merge->type_count; k++)
			values[k] = merge->values[k][i];
		builder_sample(merge->to, merge->stacks + stack, merge->stack_start[i + 1] - stack,
			       values, merge->type_count, merge->labels + label,
			       merge->label_start[i + 1] - label);
	}
	free(values);
}

static void clear_merge(struct merge *merge)
{
	intern_clear(&merge->mappings);
	intern_clear(&merge->functions);
	strings_clear(&merge->locations);
	slots_clear(&merge->slots);
	text_clear(&merge->key);
	for (uint32_t i = 0; i < merge->type_count; i++)
		free(merge->values[i]);
	free(merge->values);
	free(merge->stacks);
	free(merge->stack_start);
	free(merge->labels);
	free(merge->placed);
	free(merge->label_start);
	free(merge);
}

struct merge *merge_new(const struct profile *first)
{
	struct merge *merge = alloc_zero(1, sizeof(*merge));

	merge->to = builder_new();
	merge->type_count = first->type_count;
	intern_init(&merge->mappings, sizeof(struct mapping_key));
	intern_init(&merge->functions, sizeof(struct function_key));
	strings_init(&merge->locations, NULL);
	merge->values = alloc_zero(merge->type_count, sizeof(*merge->values));
	/* There is a place even for the first stack if it is empty. */
	array_reserve(merge->stacks, merge->stack_capacity, 1);
	array_reserve(merge->stack_start, merge->start_capacity, 1);
	array_reserve(merge->label_start, merge->label_start_capacity, 1);
	merge->stack_start[0] = merge->label_start[0] = 0;
	take_types(merge, first);
	merge_add(merge, first);
	return merge;
}

void merge_free(struct merge *merge)
{
	if (!merge)
		return;
	builder_free(merge->to);
	clear_merge(merge);
}

bool merge_fits(const struct merge *merge, const struct profile *profile)
{
	return merge_fit_exactly(builder_profile(merge->to), profile);
}

void merge_add(struct merge *merge, const struct profile *profile)
{
	merge->inside = true;
	merge_header(merge, profile);
	merge_source(merge, profile);
}

static struct profile *close_merge(struct merge *merge, struct error *error)
{
	struct profile *merged;

	add_samples(merge);
	merged = builder_finish(merge->to, error);
	clear_merge(merge);
	return merged;
}

/* The time of the present part joins that of the others. */
static void end_time(struct merge *merge)
{
	struct profile *made = builder_profile(merge->to);

	if (!merge->inside)
		return;
	merge->time = merge->parted ? earlier(merge->time, made->time_nanos) : made->time_nanos;
	merge->parted = true;
	merge->inside = false;
	made->time_nanos = 0;
}

bool merge_end_part(struct merge **merge, struct error *error)
{
	struct profile *merged;
	int64_t time;

	end_time(*merge);
	if (!any_cancelled(*merge))
		return true;
	/* A new merge leaves them behind, with what only they used. */
	time = (*merge)->time;
	merged = close_merge(*merge, error);
	*merge = merged ? merge_new(merged) : NULL;
	if (merged) {
		end_time(*merge);
		(*merge)->time = time;
	}
	profile_free(merged);
	return *merge != NULL;
}

struct profile *merge_finish(struct merge *merge, struct error *error)
{
	if (!merge_end_part(&merge, error))
		return NULL;
	builder_profile(merge->to)->time_nanos = merge->time;
	return close_merge(merge, error);
}

struct profile *merge_profiles(const struct profile *const *profiles, size_t count,
			       struct error *error)
{
	struct merge *merge = merge_new(profiles[0]);

	for (size_t i = 1; i < count; i++)
		merge_add(merge, profiles[i]);
	return merge_finish(merge, error);
}
