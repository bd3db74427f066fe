/* SPDX-License-Identifier: MIT */
/*
 * Execution traces of Go against what Go's own reader makes of them: beside
 * each NAME.trace stand oracle/NAME.oracle.tsv (golang.org/x/exp/trace),
 * oracle/NAME.offcpu.folded and the four profiles of go tool trace of Go 1.26.
 * Those of ../shared take part where they lie beside the source tree.
 */
#include "fixture.h"

#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/span.h"
#include "format/format.h"
#include "profile/trace.h"

/* What the issue allows: times within 1 us, the utilization within 0.0005. */
#define TIME_SLACK 1000.0
#define MMU_SLACK 0.0005

static struct {
	double time, mmu;
} largest;

/* Lines that can be sorted. */
struct rows {
	char **items;
	size_t count, capacity;
};

static void add_row(struct rows *rows, struct text *text)
{
	array_push(rows->items, rows->count, rows->capacity, alloc_text(text_string(text)));
	text_reset(text);
}

static int compare_rows(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void clear_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i]);
	free(rows->items);
}

/* The rows of a section "[NAME]..." of an oracle. */
static struct rows section_of(const struct text *oracle, const char *name)
{
	struct span rest = {text_string(oracle), text_string(oracle) + oracle->length}, line;
	struct rows rows = {0};
	struct text head = {0}, row = {0};
	bool inside = false;

	text_printf(&head, "[%s]", name);
	while (span_take_line(&rest, &line)) {
		if (line.at < line.end && *line.at == '[')
			inside = span_starts(line, head.bytes);
		else if (inside && !span_is_empty(line)) {
			text_add(&row, line.at, span_length(line));
			add_row(&rows, &row);
		}
	}
	text_clear(&head);
	text_clear(&row);
	return rows;
}

static bool same_tokens(const char *got, const char *want, double slack, double *worst)
{
	while (*got && *want) {
		size_t a = strcspn(got, "\t=/; "), b = strcspn(want, "\t=/; ");

		if (a != b || memcmp(got, want, a) != 0) {
			char *end[2];
			double difference = fabs(strtod(got, &end[0]) - strtod(want, &end[1]));

			if (end[0] != got + a || end[1] != want + b || difference > slack)
				return false;
			*worst = fmax(*worst, difference);
		}
		got += a;
		want += b;
		if (*got != *want)
			return false;
		if (*got) {
			got++;
			want++;
		}
	}
	return *got == *want;
}

static void check_rows(const char *name, const char *section, struct rows *got, struct rows *want,
		       double slack, double *worst)
{
	if (got->count)
		qsort(got->items, got->count, sizeof(*got->items), compare_rows);
	if (want->count)
		qsort(want->items, want->count, sizeof(*want->items), compare_rows);
	for (size_t i = 0; i < got->count && i < want->count; i++)
		if (!same_tokens(got->items[i], want->items[i], slack, worst))
			fail_msg("%s [%s]:\n got %s\nwant %s", name, section, got->items[i],
				 want->items[i]);
	if (got->count != want->count)
		fail_msg("%s [%s]: %zu rows instead of %zu", name, section, got->count,
			 want->count);
	clear_rows(got);
	clear_rows(want);
}

static void check_section(const char *name, const struct text *oracle, const char *section,
			  struct rows *got)
{
	struct rows want = section_of(oracle, section);
	bool mmu = strcmp(section, "mmu") == 0;

	check_rows(name, section, got, &want, mmu ? MMU_SLACK : TIME_SLACK,
		   mmu ? &largest.mmu : &largest.time);
}

/* The sections, in the order of the oracle's columns. */

static const char *name_of(const struct trace *trace, string_id text)
{
	return trace_text(trace, text);
}

static int64_t id_of(const struct trace *trace, uint32_t goroutine)
{
	return goroutine == NONE ? -1 : (int64_t)trace->goroutines[goroutine].id;
}

static int64_t time_in(const struct trace_goroutine *goroutine, enum trace_status status)
{
	int64_t time = 0;

	for (uint32_t i = 0; i < goroutine->spent_count; i++)
		if (goroutine->spent[i].status == status)
			time += goroutine->spent[i].time;
	return time;
}

static void add_waits(const struct trace *trace, const struct trace_goroutine *goroutine,
		      struct text *row)
{
	struct rows waits = {0};
	struct text wait = {0};

	for (uint32_t i = 0; i < goroutine->spent_count; i++) {
		const struct trace_spent *spent = &goroutine->spent[i];

		if (spent->status != TRACE_WAITING)
			continue;
		text_printf(&wait, "%s=%" PRId64 "/%" PRId64, name_of(trace, spent->reason),
			    spent->time, spent->count);
		add_row(&waits, &wait);
	}
	if (waits.count)
		qsort(waits.items, waits.count, sizeof(*waits.items), compare_rows);
	for (size_t i = 0; i < waits.count; i++)
		text_printf(row, "%s%s", i ? "; " : "", waits.items[i]);
	clear_rows(&waits);
	text_clear(&wait);
}

static void check_goroutines(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows rows = {0};
	struct text row = {0};

	for (size_t i = 0; i < trace->goroutine_count; i++) {
		const struct trace_goroutine *g = &trace->goroutines[i];

		if (!g->seen)
			continue;
		text_printf(&row,
			    "%" PRIu64 "\t%s\t%" PRId64 "\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64
			    "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t",
			    g->id, name_of(trace, g->name), id_of(trace, g->by),
			    name_of(trace, g->creator), g->first, g->start, g->end,
			    time_in(g, TRACE_RUNNING), time_in(g, TRACE_RUNNABLE),
			    time_in(g, TRACE_SYSCALL), g->assist);
		add_waits(trace, g, &row);
		add_row(&rows, &row);
	}
	text_clear(&row);
	check_section(name, oracle, "goroutine", &rows);
}

static void check_procs(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows rows = {0};
	struct text row = {0};

	for (size_t i = 0; i < trace->proc_count; i++) {
		const struct trace_proc *p = &trace->procs[i];

		if (!p->seen)
			continue;
		text_printf(&row, "%" PRIu64 "\t%" PRId64 "\t%" PRId64 "\t%u\t%u", p->id,
			    p->running, p->idle, p->starts, p->goroutine_starts);
		add_row(&rows, &row);
	}
	text_clear(&row);
	check_section(name, oracle, "proc", &rows);
}

static void check_tasks(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows tasks = {0}, regions = {0};
	struct text row = {0};

	for (size_t i = 0; i < trace->task_count; i++) {
		const struct trace_task *t = &trace->tasks[i];

		text_printf(&row,
			    "%" PRIu64 "\t%" PRId64 "\t%s\t%" PRId64 "\t%" PRId64 "\t%u\t%u\t%u",
			    t->id, t->parent ? (int64_t)t->parent : -1, name_of(trace, t->name),
			    t->start, t->end, t->regions, t->logs, t->goroutines);
		add_row(&tasks, &row);
	}
	check_section(name, oracle, "task", &tasks);
	for (size_t i = 0; i < trace->region_count; i++) {
		const struct trace_region *r = &trace->regions[i];

		text_printf(&row, "%" PRId64 "\t%" PRIu64 "\t%s\t%" PRId64 "\t%" PRId64 "\t%s",
			    id_of(trace, r->goroutine), trace->tasks[r->task].id,
			    name_of(trace, r->name), r->start, r->end,
			    name_of(trace, call_stacks_leaf(&trace->stacks, r->stack)));
		add_row(&regions, &row);
	}
	check_section(name, oracle, "region", &regions);
	text_clear(&row);
}

static void check_logs(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows rows = {0}, want = section_of(oracle, "log");
	struct text row = {0};

	for (size_t i = 0; i < trace->log_count; i++) {
		const struct trace_log *l = &trace->logs[i];

		text_printf(&row, "%" PRId64 "\t%" PRId64 "\t%" PRIu64 "\t\"%s\"\t\"%s\"", l->time,
			    id_of(trace, l->goroutine), trace->tasks[l->task].id,
			    name_of(trace, l->category), name_of(trace, l->message));
		add_row(&rows, &row);
	}
	text_clear(&row);
	check_rows(name, "log", &rows, &want, TIME_SLACK, &largest.time);
}

static void check_collector(const char *name, const struct text *oracle, const struct trace *trace)
{
	static const char *const what[] = {"stw", "stw+background+assist",
					   "stw+background+assist+sweep"};
	struct rows cycles = {0}, pauses = {0}, mmu = {0};
	struct text row = {0};

	for (size_t i = 0; i < trace->cycle_count; i++) {
		const struct trace_cycle *c = &trace->cycles[i];

		text_printf(&row,
			    "%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRIu64
			    "\t%" PRIu64,
			    c->begin, c->end, c->mark_pause, c->assist, c->heap, c->goal);
		add_row(&cycles, &row);
	}
	check_section(name, oracle, "gc", &cycles);
	for (size_t i = 0; i < trace->pause_count; i++) {
		const struct trace_pause *p = &trace->pauses[i];

		text_printf(&row, "stop-the-world (%s)\t%" PRId64 "\t%" PRId64 "\t%" PRId64,
			    name_of(trace, p->kind), id_of(trace, p->goroutine), p->start,
			    p->end < 0 ? -1 : p->end - p->start);
		add_row(&pauses, &row);
	}
	check_section(name, oracle, "stw", &pauses);
	for (int i = 0; i < TRACE_UTIL_COUNT; i++) {
		for (int64_t window = 1000000; window <= 100000000; window *= 10) {
			text_printf(&row, "%s\t%" PRId64 "\t%.6f", what[i], window,
				    trace_mmu(trace, (enum trace_utilization)i, window));
			add_row(&mmu, &row);
		}
	}
	check_section(name, oracle, "mmu", &mmu);
	text_clear(&row);
}

static void check_wakes(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows rows = {0};
	struct text row = {0};

	for (uint32_t i = 0; i < trace->wake_count; i++) {
		uint32_t waker = pair_map_first(&trace->wakes, i);

		text_printf(
			&row, "%s\t%s\t%" PRIu64, waker == NONE ? "(none)" : name_of(trace, waker),
			name_of(trace, pair_map_second(&trace->wakes, i)), trace->wake_counts[i]);
		add_row(&rows, &row);
	}
	text_clear(&row);
	check_section(name, oracle, "wakeup", &rows);
}

/* Transitions, and all other events by kind. */
static void check_counts(const char *name, const struct text *oracle, const struct trace *trace)
{
	static const char *const states[] = {"NotExist", "Runnable", "Running",
					     "Syscall",  "Waiting",  "Undetermined"};
	static const char *const procs[] = {"NotExist", "?",    "Running",
					    "?",        "Idle", "Undetermined"};
	const struct trace_counts *counts = &trace->counts;
	struct rows rows = {0}, all = section_of(oracle, "detail"), want = {0};
	struct text row = {0};
	uint64_t others = 0, ours = counts->procs + counts->heap + counts->goal + counts->labels;

	for (int from = 0; from < TRACE_STATUS_COUNT; from++) {
		for (int to = 0; to < TRACE_STATUS_COUNT; to++) {
			if (counts->goroutine[from][to]) {
				text_printf(&row, "G %s to %s\t%" PRIu64, states[from], states[to],
					    counts->goroutine[from][to]);
				add_row(&rows, &row);
			}
			if (counts->proc[from][to]) {
				text_printf(&row, "P %s to %s\t%" PRIu64, procs[from], procs[to],
					    counts->proc[from][to]);
				add_row(&rows, &row);
			}
		}
	}
	for (size_t i = 0; i < all.count; i++) {
		const char *tab = strrchr(all.items[i], '\t');

		if (strncmp(all.items[i], "G ", 2) == 0 || strncmp(all.items[i], "P ", 2) == 0) {
			text_add_string(&row, all.items[i]);
			add_row(&want, &row);
		} else if (tab && strncmp(all.items[i], "experimental", 12) != 0) {
			others += strtoull(tab + 1, NULL, 10);
		}
	}
	for (int i = 0; i < TRACE_RANGE_COUNT; i++)
		for (int phase = 0; phase < 3; phase++)
			ours += counts->range[i][phase];
	if (ours != others)
		fail_msg("%s: %" PRIu64 " ranges, labels and metrics instead of %" PRIu64, name,
			 ours, others);
	clear_rows(&all);
	text_clear(&row);
	check_rows(name, "detail", &rows, &want, 0, &largest.time);
}

static void check_samples(const char *name, const struct text *oracle, const struct trace *trace)
{
	struct rows want = section_of(oracle, "sample");

	if (trace->sample_count != want.count)
		fail_msg("%s: %zu CPU samples instead of %zu", name, trace->sample_count,
			 want.count);
	clear_rows(&want);
}

/* Off-CPU time by stack, out of the samples of the profile. */

static const char *label_of(const struct profile *profile, uint32_t sample, const char *key)
{
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		if (strcmp(profile_text(profile, profile->labels[i].key), key) == 0)
			return profile_text(profile, profile->labels[i].text);
	return "";
}

static void add_stack(const struct profile *profile, uint32_t sample, struct text *row)
{
	size_t before = row->length;

	for (uint32_t at = profile->path_start[sample]; at < profile->path_start[sample + 1];
	     at++) {
		const struct location *location =
			&profile->locations[profile_location(profile, at)];
		function_id function = profile->frames[location->first_frame].function;
		const char *name = profile_text(profile, profile->functions[function].name);

		text_add_char(row, ';');
		for (; *name; name++)
			text_add_char(row, *name == ';' ? ':' : *name);
	}
	if (row->length == before || strcmp(row->bytes + before, ";") == 0) {
		row->length = before;
		text_add_string(row, ";(no stack)");
	}
}

/* Rows "KEY NUMBER": those of one key become one. */
static void join_rows(struct rows *rows)
{
	size_t kept = 0;

	if (rows->count)
		qsort(rows->items, rows->count, sizeof(*rows->items), compare_rows);
	for (size_t i = 0; i < rows->count; i++) {
		char *blank = strrchr(rows->items[i], ' ');
		size_t length = (size_t)(blank - rows->items[i]) + 1;
		struct text joined = {0};

		if (!kept || strncmp(rows->items[kept - 1], rows->items[i], length) != 0 ||
		    strrchr(rows->items[kept - 1], ' ') + 1 != rows->items[kept - 1] + length) {
			rows->items[kept++] = rows->items[i];
			continue;
		}
		text_add(&joined, rows->items[i], length);
		text_printf(&joined, "%lld",
			    strtoll(blank + 1, NULL, 10) +
				    strtoll(rows->items[kept - 1] + length, NULL, 10));
		free(rows->items[kept - 1]);
		free(rows->items[i]);
		rows->items[kept - 1] = joined.bytes;
	}
	rows->count = kept;
}

static struct rows lines_of(const struct text *text)
{
	struct span rest = {text_string(text), text_string(text) + text->length}, line;
	struct rows rows = {0};
	struct text row = {0};

	while (span_take_line(&rest, &line)) {
		text_add(&row, line.at, span_length(line));
		add_row(&rows, &row);
	}
	text_clear(&row);
	return rows;
}

static void check_off_cpu(const char *name, const struct text *folded,
			  const struct profile *profile)
{
	struct rows rows = {0}, want = lines_of(folded);
	struct text row = {0};
	uint32_t delay = profile->type_count - 1;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		const char *reason = label_of(profile, i, "reason");

		if (!profile->values[delay][i])
			continue;
		text_printf(&row, "%s%s%s", label_of(profile, i, "state"), *reason ? ": " : "",
			    reason);
		add_stack(profile, i, &row);
		text_printf(&row, " %" PRId64, profile->values[delay][i]);
		add_row(&rows, &row);
	}
	text_clear(&row);
	join_rows(&rows);
	join_rows(&want);
	check_rows(name, "folded", &rows, &want, TIME_SLACK, &largest.time);
}

/* The four profiles, to the nanosecond. */

static struct rows stacks_of(const struct profile *profile)
{
	struct rows rows = {0};
	struct text row = {0};

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		add_stack(profile, i, &row);
		text_printf(&row, " %" PRId64, profile->values[1][i]);
		add_row(&rows, &row);
		add_stack(profile, i, &row);
		text_printf(&row, "#count %" PRId64, profile->values[0][i]);
		add_row(&rows, &row);
	}
	text_clear(&row);
	join_rows(&rows);
	return rows;
}

static struct profile *load_kind(const char *path, enum trace_kind kind)
{
	const struct load_options how = {.names_from_text = true, .trace = {.kind = kind}};
	struct error error;
	struct profile *profile = format_load_with(path, &how, NULL, &error);

	if (!profile)
		fail_msg("%s: %s", path, error.message);
	return profile;
}

static void check_profiles(const char *path, const char *oracles)
{
	static const char *const kinds[] = {NULL, "net", "sync", "syscall", "sched"};
	double worst = 0;

	for (int i = TRACE_NET; i <= TRACE_SCHED; i++) {
		struct profile *ours = load_kind(path, (enum trace_kind)i), *theirs;
		struct rows got = stacks_of(ours), want;
		char file[8400];

		snprintf(file, sizeof(file), "%s.%s.pb.gz", oracles, kinds[i]);
		theirs = load_kind(file, TRACE_FULL);
		want = stacks_of(theirs);
		check_rows(path, kinds[i], &got, &want, 0, &worst);
		profile_free(ours);
		profile_free(theirs);
	}
}

/* What cannot be compared with Go's reader: it stops where a stack is missing. */
static bool is_cut(const char *name)
{
	return strcmp(name, "killgens_125") == 0 || strcmp(name, "crash_126") == 0 ||
	       strcmp(name, "crashgens_126") == 0 || strcmp(name, "exitgens_126") == 0;
}

static void check_number(const char *name, const struct text *oracle, const char *key,
			 int64_t value, int64_t slack)
{
	struct rows rows = section_of(oracle, "trace");
	size_t length = strlen(key);
	int64_t want = -1;

	for (size_t i = 0; i < rows.count; i++)
		if (strncmp(rows.items[i], key, length) == 0 && rows.items[i][length] == '\t')
			want = strtoll(rows.items[i] + length, NULL, 10);
	if (llabs(want - value) > slack)
		fail_msg("%s: %s is %" PRId64 " instead of %" PRId64, name, key, value, want);
	clear_rows(&rows);
}

static void check_full(const char *name, const char *path, const char *oracles)
{
	struct profile *profile = load_kind(path, TRACE_FULL);
	const struct trace *trace = profile->trace;
	struct text oracle = {0}, folded = {0};
	char file[8400];

	assert_non_null(trace);
	snprintf(file, sizeof(file), "%s.oracle.tsv", oracles);
	oracle.bytes = fixture_read(file, &oracle.length);
	snprintf(file, sizeof(file), "%s.offcpu.folded", oracles);
	folded.bytes = fixture_read(file, &folded.length);
	check_number(name, &oracle, "events", (int64_t)trace->counts.events, 0);
	check_number(name, &oracle, "duration", trace->duration, (int64_t)TIME_SLACK);
	assert_int_equal(trace->counts.forced, 0);
	check_counts(name, &oracle, trace);
	check_goroutines(name, &oracle, trace);
	check_procs(name, &oracle, trace);
	check_tasks(name, &oracle, trace);
	check_logs(name, &oracle, trace);
	check_collector(name, &oracle, trace);
	check_wakes(name, &oracle, trace);
	check_samples(name, &oracle, trace);
	check_off_cpu(name, &folded, profile);
	text_clear(&oracle);
	text_clear(&folded);
	profile_free(profile);
}

/* All NAME.trace of a folder that have an oracle. */
static int each_trace(const char *folder)
{
	char root[4096], path[8192], oracles[8192], file[8400];
	DIR *listing;
	struct dirent *entry;
	int count = 0;

	snprintf(root, sizeof(root), "%s", fixture_path(folder));
	listing = opendir(root);
	while (listing && (entry = readdir(listing))) {
		char name[256];
		const char *end = strrchr(entry->d_name, '.');

		if (!end || strcmp(end, ".trace") != 0)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)(end - entry->d_name), entry->d_name);
		snprintf(path, sizeof(path), "%s/%s", root, entry->d_name);
		snprintf(oracles, sizeof(oracles), "%s/oracle/%s", root, name);
		snprintf(file, sizeof(file), "%s.net.pb.gz", oracles);
		if (access(file, R_OK) != 0)
			continue;
		check_profiles(path, oracles);
		if (!is_cut(name))
			check_full(name, path, oracles);
		count++;
	}
	if (listing)
		closedir(listing);
	return count;
}

static void every_trace_gives_the_numbers_of_go(void **state)
{
	int count = each_trace("trace");

	(void)state;
	assert_true(count >= 10);
	count += each_trace("../../../shared/corpus/trace");
	print_message("%d traces; times are at most %g ns off, the utilization %g\n", count,
		      largest.time, largest.mmu);
}

/* Lanes: what each goroutine did between any two moments adds up to what it did. */

static struct profile *load_lanes(const char *name)
{
	const struct load_options how = {.names_from_text = true, .trace = {.lanes = true}};
	struct error error;
	struct profile *profile = format_load_with(fixture_path(name), &how, NULL, &error);

	if (!profile)
		fail_msg("%s: %s", name, error.message);
	return profile;
}

/* The time in each state of [0, time], step by step. */
static void walk_lane(const struct trace_lane *lane, int64_t time, int64_t sums[LANE_STATE_COUNT])
{
	struct lane_step step = {0};
	int64_t counts[LANE_STATE_COUNT] = {0}, last = 0;
	size_t at = 0;

	memset(sums, 0, LANE_STATE_COUNT * sizeof(*sums));
	while (trace_lane_next(lane, &at, &step) && step.time <= time) {
		for (int i = 1; i < LANE_STATE_COUNT; i++)
			sums[i] += counts[i] * (step.time - last);
		last = step.time;
		counts[step.from]--;
		counts[step.to]++;
	}
	for (int i = 1; i < LANE_STATE_COUNT; i++)
		sums[i] += counts[i] * (time - last);
}

static void check_lane(const struct trace_lane *lane, int64_t time)
{
	int64_t got[LANE_STATE_COUNT], want[LANE_STATE_COUNT];

	trace_lane_sums(lane, time, got);
	walk_lane(lane, time, want);
	for (int i = 1; i < LANE_STATE_COUNT; i++)
		assert_int_equal(got[i], want[i]);
}

static void lanes_add_up(void **state)
{
	struct profile *profile = load_lanes("trace/p16_125.trace");
	const struct trace *trace = profile->trace;
	int64_t groups[LANE_STATE_COUNT] = {0}, all[LANE_STATE_COUNT] = {0};
	int64_t sums[LANE_STATE_COUNT];
	uint32_t most = 0;

	(void)state;
	assert_true(trace->goroutine_lane_count > 10);
	for (uint32_t i = 0; i < trace->goroutine_lane_count; i++) {
		const struct trace_lane *lane = &trace->goroutine_lanes[i];
		int64_t spent[TRACE_CLASS_COUNT];

		most = lane->steps > most ? lane->steps : most;
		for (int part = 0; part <= 7; part++)
			check_lane(lane, trace->duration * part / 7);
		trace_lane_sums(lane, trace->duration, sums);
		trace_goroutine_classes(&trace->goroutines[i], spent);
		for (int class = 0; class < TRACE_CLASS_COUNT; class ++) {
			assert_int_equal(sums[class + 1], spent[class]);
			all[class + 1] += spent[class];
		}
	}
	/* Long enough to have marks. */
	assert_true(most > 500);
	for (uint32_t i = 0; i < trace->group_lane_count; i++) {
		trace_lane_sums(&trace->group_lanes[i], trace->duration, sums);
		for (int k = 1; k < LANE_STATE_COUNT; k++)
			groups[k] += sums[k];
	}
	for (int k = 1; k <= TRACE_CLASS_COUNT; k++)
		assert_int_equal(groups[k], all[k]);
	profile_free(profile);
}

/* A range of time: parts of the delay add up to all of it. */
static int64_t delay_between(int64_t from, int64_t to)
{
	const struct load_options how = {.trace = {.from = from, .to = to}};
	struct error error;
	struct profile *profile =
		format_load_with(fixture_path("trace/tasks_126.trace"), &how, NULL, &error);
	int64_t sum = 0;

	assert_non_null(profile);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		sum += profile->values[profile->type_count - 1][i];
	profile_free(profile);
	return sum;
}

static void ranges_of_time_add_up(void **state)
{
	const int64_t end = 70000000;

	(void)state;
	assert_true(delay_between(0, 0) > 0);
	assert_int_equal(delay_between(0, 20000000) + delay_between(20000000, end),
			 delay_between(0, 0));
}

/* Broken files: what is left, and the sentence that says what is not. */
static void broken_traces_show_what_is_left(void **state)
{
	static const struct {
		const char *file,
			*says; /* says: of a warning, or of the error if there are no samples */
		bool samples;
	} rows[] = {
		{"empty.trace", "empty", false},
		{"header_cut.trace", "first 16 bytes", false},
		{"header_only.trace", "without events", false},
		{"version_107.trace", "Go 1.7", false},
		{"version_128.trace", "Go 1.28", true},
		{"cut_first_126.trace", "cut or broken", true},
		{"cut_first_122.trace", "cut or broken", true},
		{"cut_118.trace", "is missing", false},
		{"cut_tail_118.trace", "cut or unknown", true},
		{"cut_stacks_122.trace", "stacks", true},
		{"no_gen_126.trace", "is lost", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error error = {.message = ""};
		struct profile *profile;
		bool said = false;
		char name[128];

		snprintf(name, sizeof(name), "trace/broken/%s", rows[i].file);
		profile = format_load(fixture_path(name), NULL, &error);
		if ((profile != NULL) != rows[i].samples)
			fail_msg("%s: %s", name, error.message);
		said = strstr(error.message, rows[i].says) != NULL;
		for (uint32_t k = 0; profile && k < profile->warning_count; k++)
			said = said || strstr(profile->warnings[k], rows[i].says);
		if (!said || (profile && !profile->sample_count))
			fail_msg("%s does not say %s: %s", name, rows[i].says, error.message);
		if (profile)
			profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_trace_gives_the_numbers_of_go),
		cmocka_unit_test(lanes_add_up),
		cmocka_unit_test(ranges_of_time_add_up),
		cmocka_unit_test(broken_traces_show_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
