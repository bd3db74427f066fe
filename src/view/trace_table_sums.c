/* SPDX-License-Identifier: MIT */
/* The tables of a trace that add up what has the same name. */
#include <stdlib.h>

#include "base/array.h"
#include "view/trace_table.h"

/* All goroutines, tasks or regions of one name. */
struct sum {
	string_id name;
	string_id in; /* of regions: the function */
	int64_t count, assist, most_sched;
	int64_t spent[TRACE_CLASS_COUNT];
	int64_t *latencies; /* of those that began and ended in the trace */
	size_t latency_count, latency_capacity;
	int64_t total;
};

struct sums {
	struct sum *items;
	size_t count, capacity;
	struct pair_map names;
};

static struct sum *sum_of(struct sums *sums, string_id name, string_id in)
{
	uint32_t number = pair_map_add(&sums->names, name, in);

	if (number == sums->count)
		array_push(sums->items, sums->count, sums->capacity,
			   ((struct sum){.name = name, .in = in}));
	return &sums->items[number];
}

static void clear_sums(struct sums *sums)
{
	for (size_t i = 0; i < sums->count; i++)
		free(sums->items[i].latencies);
	free(sums->items);
	pair_map_clear(&sums->names);
}

static void add_latency(struct sum *sum, int64_t start, int64_t end)
{
	sum->count++;
	if (start < 0 || end < 0)
		return;
	sum->total += end - start;
	array_push(sum->latencies, sum->latency_count, sum->latency_capacity, end - start);
}

static const char *name_of(const struct trace_table *table, string_id name)
{
	return name ? trace_text(table->trace, name) : "(no name)";
}

void trace_table_goroutines(struct trace_table *table)
{
	const struct trace *trace = table->trace;
	struct sums sums = {0};

	for (size_t i = 0; i < trace->goroutine_count; i++) {
		const struct trace_goroutine *goroutine = &trace->goroutines[i];
		int64_t spent[TRACE_CLASS_COUNT];
		struct sum *sum;

		if (!goroutine->seen)
			continue;
		sum = sum_of(&sums, goroutine->name, 0);
		trace_goroutine_classes(goroutine, spent);
		for (int class = 0; class < TRACE_CLASS_COUNT; class ++)
			sum->spent[class] += spent[class];
		sum->count++;
		sum->assist += goroutine->assist;
		if (spent[TRACE_CLASS_SCHED] > sum->most_sched)
			sum->most_sched = spent[TRACE_CLASS_SCHED];
	}
	for (size_t i = 0; i < sums.count; i++) {
		const struct sum *sum = &sums.items[i];

		trace_table_add_text(table, name_of(table, sum->name));
		trace_table_add_number(table, sum->count);
		trace_table_add_classes(table, sum->spent);
		trace_table_add_number(table, sum->assist);
		trace_table_add_number(table, sum->most_sched);
	}
	clear_sums(&sums);
}

static int compare_latencies(const void *a, const void *b)
{
	int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

	return (first > second) - (first < second);
}

/* The least latency that so many of a hundred do not exceed. */
static int64_t percentile(const struct sum *sum, size_t percent)
{
	size_t rank = (sum->latency_count * percent + 99) / 100;

	return sum->latencies[rank ? rank - 1 : 0];
}

/* From 1 us to 10 s in steps of 10 to the half, the ends open: a picture that rows can be compared by. */
#define BUCKETS 14

static const char *draw_histogram(struct trace_table *table, const struct sum *sum)
{
	static const char shades[] = ".:-=+*#%@";
	size_t counts[BUCKETS] = {0}, most = 1;
	char picture[BUCKETS + 1];
	size_t bucket = 0;
	double limit = 3162;

	for (size_t i = 0; i < sum->latency_count; i++) {
		for (; bucket < BUCKETS - 1 && (double)sum->latencies[i] >= limit; bucket++)
			limit *= bucket % 2 ? 3.162 : 3.1626;
		if (++counts[bucket] > most)
			most = counts[bucket];
	}
	for (size_t i = 0; i < BUCKETS; i++)
		picture[i] = counts[i] ? shades[counts[i] * (sizeof(shades) - 2) / most] : ' ';
	picture[BUCKETS] = '\0';
	return arena_text(&table->arena, picture, BUCKETS);
}

static void add_latencies(struct trace_table *table, struct sum *sum)
{
	size_t count = sum->latency_count;

	trace_table_add_number(table, sum->count);
	trace_table_add_number(table, (int64_t)count);
	trace_table_add_number(table, sum->total);
	if (count)
		qsort(sum->latencies, count, sizeof(*sum->latencies), compare_latencies);
	trace_table_add_number(table, count ? sum->total / (int64_t)count : -1);
	trace_table_add_number(table, count ? percentile(sum, 50) : -1);
	trace_table_add_number(table, count ? percentile(sum, 99) : -1);
	trace_table_add_number(table, count ? sum->latencies[count - 1] : -1);
	trace_table_add_text(table, draw_histogram(table, sum));
}

void trace_table_tasks(struct trace_table *table)
{
	const struct trace *trace = table->trace;
	struct sums sums = {0};

	for (size_t i = 0; i < trace->task_count; i++) {
		const struct trace_task *task = &trace->tasks[i];
		struct sum *sum;

		/* Task 0 is what regions and logs without a task belong to. */
		if (!task->id)
			continue;
		sum = sum_of(&sums, task->name, 0);
		add_latency(sum, task->start, task->end);
		for (int class = 0; class < TRACE_CLASS_COUNT; class ++)
			sum->spent[class] += task->spent[class];
	}
	for (size_t i = 0; i < sums.count; i++) {
		trace_table_add_text(table, name_of(table, sums.items[i].name));
		add_latencies(table, &sums.items[i]);
		trace_table_add_classes(table, sums.items[i].spent);
	}
	clear_sums(&sums);
}

void trace_table_regions(struct trace_table *table)
{
	const struct trace *trace = table->trace;
	struct sums sums = {0};

	for (size_t i = 0; i < trace->region_count; i++) {
		const struct trace_region *region = &trace->regions[i];

		add_latency(sum_of(&sums, region->name,
				   call_stacks_leaf(&trace->stacks, region->stack)),
			    region->start, region->end);
	}
	for (size_t i = 0; i < sums.count; i++) {
		trace_table_add_text(table, name_of(table, sums.items[i].name));
		add_latencies(table, &sums.items[i]);
		trace_table_add_text(table, trace_text(trace, sums.items[i].in));
	}
	clear_sums(&sums);
}
