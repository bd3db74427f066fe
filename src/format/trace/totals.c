/* SPDX-License-Identifier: MIT */
#include "format/trace/totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "format/trace/account.h"
#include "format/trace/places.h"

void totals_init(struct totals *totals)
{
	*totals = (struct totals){0};
	intern_init(&totals->keys, sizeof(struct totals_key));
}

void totals_clear(struct totals *totals)
{
	intern_clear(&totals->keys);
	free(totals->sums);
}

void totals_add(struct totals *totals, const struct totals_key *key, int64_t count, int64_t time)
{
	uint32_t number = intern_add(&totals->keys, key);

	if (number == totals->count)
		array_push(totals->sums, totals->count, totals->capacity, ((struct totals_sum){0}));
	totals->sums[number].count += count;
	totals->sums[number].time += time;
}

static const char *type_name(int type)
{
	switch (type) {
	case TOTALS_INTERVALS:
		return "intervals";
	case TOTALS_CPU_SAMPLES:
		return "cpu_samples";
	case TOTALS_ASSIST:
		return "gc_assist";
	case TOTALS_STW:
		return "stw";
	case TOTALS_OPEN:
		return "open";
	case TOTALS_DELAY:
		return "delay";
	default:
		return trace_class_names[type - TOTALS_CLASSES];
	}
}

static const char *state_name(const struct totals_key *key)
{
	switch (key->type) {
	case TOTALS_CPU_SAMPLES:
		return "running";
	case TOTALS_ASSIST:
		return "gc assist";
	case TOTALS_STW:
		return "stop the world";
	case TOTALS_CLASSES + TRACE_CLASS_RUNNING:
		return "running";
	case TOTALS_CLASSES + TRACE_CLASS_SCHED:
		return "runnable";
	case TOTALS_CLASSES + TRACE_CLASS_SYSCALL:
		return "syscall";
	default:
		return "waiting";
	}
}

/* The labels of one sample. */
struct labels {
	struct places *places;
	struct label items[6];
	size_t count;
};

static void add_label(struct labels *labels, const char *key, string_id text)
{
	struct builder *builder = labels->places->builder;

	labels->items[labels->count++] =
		(struct label){.key = builder_text(builder, key), .text = text};
}

static void add_labels(const struct account *account, const struct totals_key *key,
		       struct labels *labels)
{
	struct places *places = labels->places;
	string_id name = key->group == NONE ? 0 : account->groups[key->group].name;
	char number[24];

	labels->count = 0;
	add_label(labels, "state", builder_text(places->builder, state_name(key)));
	if (key->reason)
		add_label(labels, "reason", places_text(places, key->reason));
	if (key->group != NONE)
		add_label(labels, "goroutine",
			  name ? places_text(places, name)
			       : builder_text(places->builder, "(no name)"));
	if (key->task)
		add_label(labels, "task", places_text(places, key->task));
	if (key->region)
		add_label(labels, "region", places_text(places, key->region));
	if (key->proc == NONE)
		return;
	snprintf(number, sizeof(number), "%" PRIu64, feed_id(&account->feed->procs, key->proc));
	add_label(labels, "proc", builder_text(places->builder, number));
}

static void add_sample(const struct account *account, const struct totals_key *key,
		       struct totals_sum sum, struct labels *labels)
{
	int64_t values[TOTALS_TYPE_COUNT] = {0};
	uint32_t stack = key->stack;
	const location_id *path;
	size_t length;

	if (key->type == TOTALS_CPU_SAMPLES) {
		values[TOTALS_CPU_SAMPLES] = sum.count;
	} else {
		values[key->open ? TOTALS_OPEN : key->type] = sum.time;
		if (key->type < TOTALS_ASSIST) {
			bool running = key->type == TOTALS_CLASSES + TRACE_CLASS_RUNNING;

			values[TOTALS_INTERVALS] = sum.count;
			values[TOTALS_DELAY] = running || key->open ? 0 : sum.time;
		}
	}
	/* Where a goroutine runs is not told: it runs in its first function. */
	if (!stack && key->type == TOTALS_CLASSES + TRACE_CLASS_RUNNING && key->group != NONE)
		stack = account->groups[key->group].root;
	add_labels(account, key, labels);
	length = places_path(labels->places, stack, &path);
	builder_sample(labels->places->builder, path, length, values, TOTALS_TYPE_COUNT,
		       labels->items, labels->count);
}

void totals_finish(const struct account *account, struct builder *builder)
{
	struct profile *profile = builder_profile(builder);
	struct places places;
	struct labels labels = {.places = &places};

	for (int i = 0; i < TOTALS_TYPE_COUNT; i++)
		builder_type(builder, builder_text(builder, type_name(i)),
			     builder_text(builder, i < TOTALS_CLASSES ? "count" : "nanoseconds"));
	profile->has_period_type = true;
	profile->period_type =
		(struct value_type){builder_text(builder, "trace"), builder_text(builder, "count")};
	profile->period = 1;
	profile->duration_nanos =
		(account->to < account->trace->duration ? account->to : account->trace->duration) -
		account->from;
	if (profile->time_nanos)
		profile->time_nanos += account->from;
	places_init(&places, builder, &account->trace->strings, &account->trace->stacks);
	for (uint32_t i = 0; i < account->totals.count; i++)
		add_sample(account, intern_key(&account->totals.keys, i), account->totals.sums[i],
			   &labels);
	places_clear(&places);
}
