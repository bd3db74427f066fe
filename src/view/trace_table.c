/* SPDX-License-Identifier: MIT */
#include "view/trace_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "profile/unit.h"

#define TEXT(name)                    \
	{                             \
		name, TRACE_CELL_TEXT \
	}
#define NUMBER(name)                   \
	{                              \
		name, TRACE_CELL_COUNT \
	}
#define TIME(name)                    \
	{                             \
		name, TRACE_CELL_TIME \
	}
#define BYTES(name)                    \
	{                              \
		name, TRACE_CELL_BYTES \
	}
#define SHARE(name)                    \
	{                              \
		name, TRACE_CELL_SHARE \
	}

/* What goroutines did, in the order of enum trace_class. */
#define CLASSES                                                                         \
	TIME("running"), TIME("sched"), TIME("syscall"), TIME("network"), TIME("sync"), \
		TIME("channel"), TIME("select"), TIME("sleep"), TIME("gc_wait"),        \
		TIME("other_wait")

/* Of tasks and regions that have begun and ended in the trace. */
#define LATENCIES \
	TIME("total"), TIME("mean"), TIME("p50"), TIME("p99"), TIME("max"), TEXT("1us_to_10s")

static const char *name_or_none(const struct trace *trace, string_id name)
{
	return name ? trace_text(trace, name) : "(no name)";
}

static void build_goroutine_list(struct trace_table *table)
{
	const struct trace *trace = table->trace;

	for (size_t i = 0; i < trace->goroutine_count; i++) {
		const struct trace_goroutine *goroutine = &trace->goroutines[i];
		int64_t spent[TRACE_CLASS_COUNT];

		if (!goroutine->seen)
			continue;
		trace_goroutine_classes(goroutine, spent);
		trace_table_add_text(table, name_or_none(trace, goroutine->name));
		trace_table_add_number(table, (int64_t)goroutine->id);
		trace_table_add_number(table, goroutine->first);
		trace_table_add_number(table, goroutine->end);
		trace_table_add_classes(table, spent);
		trace_table_add_number(table, goroutine->assist);
		trace_table_add_text(table, trace_text(trace, goroutine->creator));
	}
}

static void build_task_list(struct trace_table *table)
{
	const struct trace *trace = table->trace;

	for (size_t i = 0; i < trace->task_count; i++) {
		const struct trace_task *task = &trace->tasks[i];

		if (!task->id)
			continue;
		trace_table_add_text(table, name_or_none(trace, task->name));
		trace_table_add_number(table, (int64_t)task->id);
		trace_table_add_number(table, task->start);
		trace_table_add_number(
			table, task->start < 0 || task->end < 0 ? -1 : task->end - task->start);
		trace_table_add_classes(table, task->spent);
		trace_table_add_number(table, task->goroutines);
		trace_table_add_number(table, task->regions);
		trace_table_add_number(table, task->logs);
		trace_table_add_number(table, (int64_t)task->parent);
	}
}

static void build_cycles(struct trace_table *table)
{
	const struct trace *trace = table->trace;

	for (size_t i = 0; i < trace->cycle_count; i++) {
		const struct trace_cycle *cycle = &trace->cycles[i];

		trace_table_add_number(table, (int64_t)i + 1);
		trace_table_add_number(table, cycle->begin);
		trace_table_add_number(
			table, cycle->begin < 0 || cycle->end < 0 ? -1 : cycle->end - cycle->begin);
		trace_table_add_number(table, cycle->sweep_pause);
		trace_table_add_number(table, cycle->mark_pause);
		trace_table_add_number(table, cycle->assist);
		trace_table_add_number(table, (int64_t)cycle->heap);
		trace_table_add_number(table, (int64_t)cycle->goal);
	}
}

static void build_pauses(struct trace_table *table)
{
	const struct trace *trace = table->trace;

	for (size_t i = 0; i < trace->pause_count; i++) {
		const struct trace_pause *pause = &trace->pauses[i];
		const struct trace_goroutine *goroutine =
			pause->goroutine == NONE ? NULL : &trace->goroutines[pause->goroutine];

		trace_table_add_text(table, trace_text(trace, pause->kind));
		trace_table_add_number(table, pause->start);
		trace_table_add_number(table, pause->end < 0 ? -1 : pause->end - pause->start);
		trace_table_add_text(table, goroutine ? name_or_none(trace, goroutine->name) : "");
		trace_table_add_text(
			table, trace_text(trace, call_stacks_leaf(&trace->stacks, pause->stack)));
	}
}

static void build_mmu(struct trace_table *table)
{
	static const int64_t windows[] = {1000000, 10000000, 100000000, 1000000000};

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		if (i && windows[i] > table->trace->duration)
			break;
		trace_table_add_number(table, windows[i]);
		for (int what = 0; what < TRACE_UTIL_COUNT; what++)
			trace_table_add_share(
				table,
				trace_mmu(table->trace, (enum trace_utilization)what, windows[i]));
	}
}

static void build_wakers(struct trace_table *table)
{
	const struct trace *trace = table->trace;

	for (uint32_t i = 0; i < trace->wake_count; i++) {
		uint32_t waker = pair_map_first(&trace->wakes, i);

		trace_table_add_text(table, waker == NONE ? "(poller or timer)"
							  : name_or_none(trace, waker));
		trace_table_add_text(table, name_or_none(trace, pair_map_second(&trace->wakes, i)));
		trace_table_add_number(table, (int64_t)trace->wake_counts[i]);
	}
}

static const struct trace_column goroutine_columns[] = {
	TEXT("goroutine"), NUMBER("count"), CLASSES, TIME("assist"), TIME("max_sched"),
};
static const struct trace_column goroutine_list_columns[] = {
	TEXT("goroutine"), NUMBER("id"),   TIME("first"),      TIME("end"),
	CLASSES,           TIME("assist"), TEXT("created_by"),
};
static const struct trace_column task_columns[] = {
	TEXT("task"), NUMBER("count"), NUMBER("done"), LATENCIES, CLASSES,
};
static const struct trace_column task_list_columns[] = {
	TEXT("task"),         NUMBER("id"),      TIME("start"),  TIME("latency"),  CLASSES,
	NUMBER("goroutines"), NUMBER("regions"), NUMBER("logs"), NUMBER("parent"),
};
static const struct trace_column region_columns[] = {
	TEXT("region"), NUMBER("count"), NUMBER("done"), LATENCIES, TEXT("in"),
};
static const struct trace_column cycle_columns[] = {
	NUMBER("cycle"),    TIME("begin"),  TIME("mark"),  TIME("sweep_pause"),
	TIME("mark_pause"), TIME("assist"), BYTES("heap"), BYTES("goal"),
};
static const struct trace_column pause_columns[] = {
	TEXT("pause"), TIME("start"), TIME("length"), TEXT("goroutine"), TEXT("in"),
};
static const struct trace_column mmu_columns[] = {
	TIME("window"),
	SHARE("pauses"),
	SHARE("pauses_work"),
	SHARE("pauses_work_sweep"),
};
static const struct trace_column waker_columns[] = {
	TEXT("waker"),
	TEXT("woken"),
	NUMBER("count"),
};

#define COLUMNS(array) array, sizeof(array) / sizeof(array[0])
#define TASKS_FIRST "the program has no tasks: runtime/trace.NewTask makes them"

const struct trace_table_kind trace_tables[] = {
	{"goroutines", "no goroutines", COLUMNS(goroutine_columns), 0, 2, 0,
	 trace_table_goroutines},
	{"goroutine_list", "no goroutines", COLUMNS(goroutine_list_columns), 0, 4, 40,
	 build_goroutine_list},
	{"tasks", TASKS_FIRST, COLUMNS(task_columns), 0, 3, 0, trace_table_tasks},
	{"task_list", TASKS_FIRST, COLUMNS(task_list_columns), 0, 3, 40, build_task_list},
	{"regions", "the program has no regions: runtime/trace.WithRegion makes them",
	 COLUMNS(region_columns), 0, 3, 0, trace_table_regions},
	{"gc_cycles", "no garbage collection in this trace", COLUMNS(cycle_columns), 0, 0, 0,
	 build_cycles},
	{"pauses", "the world was never stopped", COLUMNS(pause_columns), 0, 2, 40, build_pauses},
	{"mmu", "no Ps", COLUMNS(mmu_columns), 0, 0, 0, build_mmu},
	{"wakers", "nobody woke anybody", COLUMNS(waker_columns), 1, 2, 40, build_wakers},
	{.name = NULL},
};

const struct trace_table_kind *trace_table_find(const char *name)
{
	for (const struct trace_table_kind *kind = trace_tables; kind->name; kind++)
		if (strcmp(kind->name, name) == 0)
			return kind;
	return NULL;
}

/* Drops the rows that the filters leave out. */
static void filter_rows(struct trace_table *table, const struct pattern *focus,
			const struct pattern *ignore)
{
	uint32_t width = table->kind->column_count;
	size_t kept = 0;

	if (table->kind->columns[table->kind->key].kind != TRACE_CELL_TEXT)
		return;
	for (size_t row = 0; row < table->row_count; row++) {
		const char *name = trace_table_cell(table, row, table->kind->key)->text;

		if ((focus && !pattern_matches(focus, name, strlen(name))) ||
		    (ignore && pattern_matches(ignore, name, strlen(name))))
			continue;
		memmove(table->cells + kept++ * width, table->cells + row * width,
			width * sizeof(*table->cells));
	}
	table->row_count = kept;
}

struct sorting {
	const struct trace_table *table;
	uint32_t column;
};

/* Equal rows stay in their order. */
static int compare_rows(const void *a, const void *b, void *context)
{
	const struct sorting *sorting = context;
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	const struct trace_cell *x = trace_table_cell(sorting->table, first, sorting->column);
	const struct trace_cell *y = trace_table_cell(sorting->table, second, sorting->column);
	int order;

	if (sorting->table->kind->columns[sorting->column].kind == TRACE_CELL_TEXT)
		order = strcmp(x->text, y->text);
	else if (sorting->table->kind->columns[sorting->column].kind == TRACE_CELL_SHARE)
		order = (x->share < y->share) - (x->share > y->share);
	else
		order = (x->number < y->number) - (x->number > y->number);
	return order ? order : (first > second) - (first < second);
}

static void sort_rows(struct trace_table *table, uint32_t column)
{
	struct sorting sorting = {table, column};
	uint32_t width = table->kind->column_count;
	size_t *order = alloc_zero(table->row_count + 1, sizeof(*order));
	struct trace_cell *cells = alloc_zero(table->row_count * width + 1, sizeof(*table->cells));

	for (size_t i = 0; i < table->row_count; i++)
		order[i] = i;
	qsort_r(order, table->row_count, sizeof(*order), compare_rows, &sorting);
	for (size_t i = 0; i < table->row_count; i++)
		memcpy(cells + i * width, table->cells + order[i] * width, width * sizeof(*cells));
	free(order);
	free(table->cells);
	table->cells = cells;
}

static bool find_column(const struct trace_table_kind *kind, const char *name, uint32_t *column,
			struct error *error)
{
	struct text names = {0};

	for (*column = 0; *column < kind->column_count; (*column)++) {
		if (strcmp(kind->columns[*column].name, name) == 0) {
			text_clear(&names);
			return true;
		}
		text_printf(&names, "%s%s", *column ? ", " : "", kind->columns[*column].name);
	}
	error_set(error, "-by=%s: the columns of %s are %s", name, kind->name, text_string(&names));
	text_clear(&names);
	return false;
}

struct trace_table *trace_table_build(const struct trace *trace,
				      const struct trace_table_kind *kind,
				      const struct pattern *focus, const struct pattern *ignore,
				      const char *by, struct error *error)
{
	struct trace_table *table;
	uint32_t column = kind->sort;

	if (*by && !find_column(kind, by, &column, error))
		return NULL;
	table = alloc_zero(1, sizeof(*table));
	table->kind = kind;
	table->trace = trace;
	kind->build(table);
	table->row_count = table->cell_count / kind->column_count;
	filter_rows(table, focus, ignore);
	if (*by || kind->sort)
		sort_rows(table, column);
	return table;
}

void trace_table_free(struct trace_table *table)
{
	if (!table)
		return;
	free(table->cells);
	arena_clear(&table->arena);
	free(table);
}

const char *trace_table_text(const struct trace_table *table, size_t row, uint32_t column,
			     char *buffer, size_t size)
{
	const struct trace_cell *cell = trace_table_cell(table, row, column);
	char label[UNIT_LABEL_SIZE];

	switch (table->kind->columns[column].kind) {
	case TRACE_CELL_TEXT:
		return cell->text;
	case TRACE_CELL_COUNT:
		snprintf(buffer, size, "%" PRId64, cell->number);
		break;
	case TRACE_CELL_SHARE:
		snprintf(buffer, size, "%.1f%%", 100 * cell->share);
		break;
	case TRACE_CELL_TIME:
		if (cell->number < 0)
			return "-";
		snprintf(buffer, size, "%s", unit_label(cell->number, "ns", "auto", label));
		break;
	case TRACE_CELL_BYTES:
		snprintf(buffer, size, "%s", unit_label(cell->number, "bytes", "auto", label));
		break;
	}
	return buffer;
}
