/* SPDX-License-Identifier: MIT */
#include "view/node_label.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pair_map.h"
#include "base/text.h"
#include "base/wrap.h"
#include "profile/unit.h"
#include "view/label_unit.h"

/* A set, or a number within a set, on one sample. */
struct tag_use {
	uint32_t tag;
	int64_t value; /* of the number */
};

struct walk {
	struct node_labels *result;
	const struct view *view;
	const uint64_t *kept;
	const char *unit; /* to write numbers in */
	string_id bytes,
		base; /* keys: the one whose numbers count, the one that marks a diff's base */
	struct pair_map tags; /* (set, number) -> tag */
	int64_t *weights; /* by tag: the sum of |value| of its samples, no more than INT64_MAX */
	struct tag_use *uses;  /* of all samples */
	uint32_t *use_start;   /* by sample: uses[use_start[i] .. use_start[i + 1]) */
	struct pair_map pairs; /* (node, tag) -> label */
	struct node_label *labels;
	uint32_t *seen; /* by node: the last sample (from 1) */
	size_t weight_capacity, use_count, use_capacity, label_count, label_capacity;
	/* The present sample. */
	uint32_t sample;
	struct text *lines;
	size_t line_capacity;
	int64_t value, divisor;
};

static int compare_lines(const void *a, const void *b)
{
	return strcmp(text_string(a), text_string(b));
}

/* The string labels of the sample, sorted, joined by "\n" as it is written in a graph. */
static string_id read_set(struct walk *walk)
{
	const struct profile *profile = walk->view->profile;
	struct text joined = {0};
	size_t count = 0;
	string_id set;

	for (uint32_t i = profile->label_start[walk->sample];
	     i < profile->label_start[walk->sample + 1]; i++) {
		const struct label *label = &profile->labels[i];

		if (label->text == NONE || label->key == walk->base ||
		    !view_shows_key(walk->view, label->key))
			continue;
		array_reserve(walk->lines, walk->line_capacity, count + 1);
		walk->lines[count] = (struct text){0};
		text_printf(&walk->lines[count++], "%s:%s", profile_text(profile, label->key),
			    profile_text(profile, label->text));
	}
	if (count)
		qsort(walk->lines, count, sizeof(*walk->lines), compare_lines);
	for (size_t i = 0; i < count; i++) {
		text_printf(&joined, "%s%s", i ? "\\n" : "", text_string(&walk->lines[i]));
		text_clear(&walk->lines[i]);
	}
	set = strings_add_text(&walk->result->strings, text_string(&joined));
	text_clear(&joined);
	return set;
}

static void use_tag(struct walk *walk, string_id set, string_id number, int64_t value)
{
	size_t known = walk->tags.count;
	uint32_t tag = pair_map_add(&walk->tags, set, number);
	int64_t weight = wrap_absolute(walk->value);

	if (tag == known) {
		array_reserve(walk->weights, walk->weight_capacity, known + 1);
		walk->weights[tag] = 0;
	}
	if (weight < 0 || walk->weights[tag] > INT64_MAX - weight)
		walk->weights[tag] = INT64_MAX;
	else
		walk->weights[tag] += weight;
	array_push(walk->uses, walk->use_count, walk->use_capacity, ((struct tag_use){tag, value}));
}

/* The set of the sample and the numbers within it. */
static void read_labels(struct walk *walk)
{
	const struct profile *profile = walk->view->profile;
	string_id set = read_set(walk);

	if (set)
		use_tag(walk, set, NONE, 0);
	if (walk->bytes == NONE || !view_shows_key(walk->view, walk->bytes))
		return;
	for (uint32_t i = profile->label_start[walk->sample];
	     i < profile->label_start[walk->sample + 1]; i++) {
		const struct label *label = &profile->labels[i];
		char text[UNIT_LABEL_SIZE];

		if (label->text != NONE || label->key != walk->bytes)
			continue;
		unit_label(label->number, walk->result->unit, walk->unit, text);
		use_tag(walk, set, strings_add_text(&walk->result->strings, text), label->number);
	}
}

static void add_to_node(struct walk *walk, node_id node, const struct tag_use *use, bool leaf)
{
	uint32_t pair = pair_map_add(&walk->pairs, node, use->tag);
	struct node_label *label;

	if (pair == walk->label_count)
		array_push(walk->labels, walk->label_count, walk->label_capacity,
			   ((struct node_label){
				   .node = node,
				   .set = pair_map_first(&walk->tags, use->tag),
				   .number = pair_map_second(&walk->tags, use->tag),
				   .value = use->value,
			   }));
	label = &walk->labels[pair];
	if (leaf) {
		label->flat = wrap_add(label->flat, walk->value);
		label->flat_divisor = wrap_add(label->flat_divisor, walk->divisor);
	} else {
		label->cum = wrap_add(label->cum, walk->value);
		label->cum_divisor = wrap_add(label->cum_divisor, walk->divisor);
	}
}

static void add_uses(struct walk *walk, node_id node, bool leaf)
{
	for (uint32_t i = walk->use_start[walk->sample]; i < walk->use_start[walk->sample + 1]; i++)
		add_to_node(walk, node, &walk->uses[i], leaf);
}

static void add_path(struct walk *walk, struct path path)
{
	const struct view *view = walk->view;
	node_id leaf = NONE;

	for (; path.first < path.end; path.first++) {
		location_id location = view_location(view, path.first);
		const struct step *step = &view->steps[view->step_start[location]];
		const struct step *end = &view->steps[view->step_start[location + 1]];

		for (; step < end; step++) {
			leaf = step->node;
			if (!bitset_has(walk->kept, leaf) || walk->seen[leaf] == walk->sample + 1)
				continue;
			walk->seen[leaf] = walk->sample + 1;
			add_uses(walk, leaf, false);
		}
	}
	if (leaf != NONE && bitset_has(walk->kept, leaf))
		add_uses(walk, leaf, true);
}

/* False for samples that weigh nothing or are filtered out. */
static bool take_sample(struct walk *walk, uint32_t sample, struct path *path)
{
	const struct view *view = walk->view;

	walk->sample = sample;
	walk->value = view->values[sample];
	walk->divisor = view->divisors ? view->divisors[sample] : 0;
	return (walk->value || walk->divisor) && view_path(view, sample, path);
}

static void read_samples(struct walk *walk)
{
	const uint32_t *start = walk->view->profile->label_start;
	struct path path;

	for (uint32_t i = 0; i < walk->view->profile->sample_count; i++) {
		walk->use_start[i] = (uint32_t)walk->use_count;
		if (start[i] < start[i + 1] && take_sample(walk, i, &path))
			read_labels(walk);
	}
	walk->use_start[walk->view->profile->sample_count] = (uint32_t)walk->use_count;
}

/* What weighs less than the cutoff in all samples together does so in every node. */
static void drop_light_uses(struct walk *walk, int64_t cutoff)
{
	uint32_t kept = 0, next = 0;

	for (uint32_t i = 0; i < walk->view->profile->sample_count; i++) {
		uint32_t first = next;

		next = walk->use_start[i + 1];
		walk->use_start[i] = kept;
		for (uint32_t k = first; k < next; k++)
			if (walk->weights[walk->uses[k].tag] >= cutoff)
				walk->uses[kept++] = walk->uses[k];
	}
	walk->use_start[walk->view->profile->sample_count] = kept;
}

static void walk_samples(struct walk *walk)
{
	struct path path;

	for (uint32_t i = 0; i < walk->view->profile->sample_count; i++)
		if (walk->use_start[i] < walk->use_start[i + 1] && take_sample(walk, i, &path))
			add_path(walk, path);
}

static bool is_heavy(const struct node_label *label, int64_t cutoff)
{
	return wrap_absolute(label->flat) >= cutoff || wrap_absolute(label->cum) >= cutoff;
}

/* Groups the heavy labels by node; those of one node stay in order of first use. */
static void group(struct node_labels *result, const struct walk *walk, int64_t cutoff)
{
	uint32_t nodes = walk->view->node_count, *next;

	result->labels = arena_alloc(&result->arena, walk->label_count * sizeof(*result->labels));
	result->start = arena_zero(&result->arena, (size_t)nodes + 2, sizeof(*result->start));
	next = result->start + 1; /* while filling, next[n] is where the next label of n goes */
	for (size_t i = 0; i < walk->label_count; i++)
		if (is_heavy(&walk->labels[i], cutoff))
			next[walk->labels[i].node + 1]++;
	for (node_id i = 0; i < nodes; i++)
		next[i + 1] += next[i];
	for (size_t i = 0; i < walk->label_count; i++)
		if (is_heavy(&walk->labels[i], cutoff))
			result->labels[next[walk->labels[i].node]++] = walk->labels[i];
}

static const char *unit_of_key(const struct profile *profile, string_id key, struct arena *scratch)
{
	const char *unit = key == NONE ? NULL : label_units_build(profile, scratch)[key];

	return unit ? unit : "";
}

struct node_labels *node_labels_build(const struct view *view, const uint64_t *kept,
				      const char *unit, int64_t cutoff)
{
	const struct profile *profile = view->profile;
	struct node_labels *result = alloc_zero(1, sizeof(*result));
	struct arena scratch = {0};
	struct walk walk = {.result = result, .view = view, .kept = kept, .unit = unit};

	strings_init(&result->strings, NULL);
	walk.bytes = strings_find(&profile->strings, "bytes", 5);
	walk.base = strings_find(&profile->strings, "pprof::base", 11);
	result->unit = unit_of_key(profile, walk.bytes, &scratch);
	walk.seen = arena_zero(&scratch, view->node_count, sizeof(*walk.seen));
	walk.use_start =
		arena_zero(&scratch, (size_t)profile->sample_count + 1, sizeof(*walk.use_start));
	if (profile->label_start) {
		read_samples(&walk);
		drop_light_uses(&walk, cutoff);
		walk_samples(&walk);
	}
	group(result, &walk, cutoff);
	pair_map_clear(&walk.tags);
	pair_map_clear(&walk.pairs);
	free(walk.labels);
	free(walk.weights);
	free(walk.uses);
	free(walk.lines);
	arena_clear(&scratch);
	return result;
}

void node_labels_free(struct node_labels *labels)
{
	if (!labels)
		return;
	strings_clear(&labels->strings);
	arena_clear(&labels->arena);
	free(labels);
}
