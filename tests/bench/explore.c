/*
 * Measures the explorer as a person meets it, over a pseudo terminal:
 *
 *     explore PROGRAM FILE [ROWS COLUMNS]
 *
 * Prints a line for each measurement: its name, the median and the 99th
 * percentile in milliseconds, and the mean of the bytes that came. The time of
 * a key runs from writing it to the last byte that it causes. Of a big step
 * ("focus") the first number is when the new view was there, the second when
 * the last byte came before a long silence, which is when all details are
 * known. At the end: the peak memory in kB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tui/child.h"

#define KEYS 200
#define QUIET_KEY 30    /* ms without a byte after which a key is answered */
#define QUIET_STEP 3000 /* the same for work in the background, which may be silent meanwhile */
#define LIMIT 120000

/* A write of so many bytes is a new view, not a detail or a message. */
#define VIEW_BYTES 300

struct trial {
	double milliseconds;
	double shown; /* when the last view came */
	size_t bytes;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* What has come since the last trial began, for words to look for. */
static char seen[1 << 20];
static size_t seen_count;

static void keep(const char *bytes, size_t length)
{
	if (seen_count + length >= sizeof(seen))
		seen_count = 0;
	memcpy(seen + seen_count, bytes, length);
	seen_count += length;
	seen[seen_count] = '\0';
}

/* Reads until `quiet` ms pass without a byte; the time of the last one. */
static struct trial listen_from(struct child *child, double start, int quiet)
{
	struct trial trial = {0};
	char bytes[65536];
	size_t length;

	while (now() - start < LIMIT && child_read(child, bytes, sizeof(bytes), &length, quiet) &&
	       length) {
		trial.milliseconds = now() - start;
		if (length >= VIEW_BYTES)
			trial.shown = trial.milliseconds;
		trial.bytes += length;
		keep(bytes, length);
	}
	return trial;
}

static struct trial press(struct child *child, const char *keys, int quiet)
{
	double start = now();

	seen_count = 0;
	child_write(child, keys, strlen(keys));
	return listen_from(child, start, quiet);
}

static int by_time(const void *a, const void *b)
{
	const struct trial *x = a, *y = b;

	return (x->milliseconds > y->milliseconds) - (x->milliseconds < y->milliseconds);
}

static void print_trials(const char *name, struct trial *trials, int count)
{
	size_t bytes = 0;

	qsort(trials, (size_t)count, sizeof(*trials), by_time);
	for (int i = 0; i < count; i++)
		bytes += trials[i].bytes;
	printf("%-24s %9.1f %9.1f %8zu\n", name, trials[count / 2].milliseconds,
	       trials[(count * 99 - 1) / 100].milliseconds, bytes / (size_t)count);
	fflush(stdout);
}

/* The same keys in turn, many times. */
static void measure_keys(struct child *child, const char *name, const char *keys)
{
	static struct trial trials[KEYS];
	size_t count = strlen(keys);

	for (int i = 0; i < KEYS; i++) {
		char key[2] = {keys[(size_t)i % count], '\0'};

		trials[i] = press(child, key, QUIET_KEY);
	}
	print_trials(name, trials, KEYS);
}

static void measure_step(struct child *child, const char *name, const char *keys)
{
	struct trial trial = press(child, keys, QUIET_STEP);

	printf("%-24s %9.1f %9.1f %8zu\n", name, trial.shown, trial.milliseconds, trial.bytes);
	fflush(stdout);
}

/* From exec to the first byte, to the complete table, and to silence. */
static void measure_start(struct child *child, double start)
{
	struct trial first = {0}, top = {0};
	char bytes[65536];
	size_t length;

	while (!top.bytes && now() - start < LIMIT &&
	       child_read(child, bytes, sizeof(bytes), &length, 1000)) {
		if (!length)
			continue;
		keep(bytes, length);
		if (!first.bytes)
			first = (struct trial){now() - start, 0, length};
		if (strstr(seen, "cum%"))
			top = (struct trial){now() - start, 0, seen_count};
	}
	print_trials("first paint", &first, 1);
	print_trials("Top complete", &top, 1);
	listen_from(child, now(), QUIET_STEP);
}

static void print_memory(const struct child *child)
{
	char name[64], line[256];
	FILE *status;
	long most = 0;

	snprintf(name, sizeof(name), "/proc/%ld/status", (long)child->group);
	status = fopen(name, "r");
	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "VmHWM: %ld", &most) == 1)
			break;
	if (status)
		fclose(status);
	printf("%-24s %9ld\n", "peak memory", most);
}

static const struct {
	const char *name, *keys;
	bool step; /* work in the background is part of it */
} measures[] = {
	{"j k in Top", "jjjjjjjjjjkkkkkkkkkk", false},
	{"pages in Top", " b", false},
	{"Peek", "gjjp", true},
	{"j k in Peek", "jjkk", false},
	{"Icicle ready", "3", true},
	{"j k in Icicle", "jjjjkkkk", false},
	{"l h in Icicle", "jlhlh", false},
	{"zoom in and out", "+-", false},
	{"focus", "1gjjf", true},
	{"undo", "u", true},
	{"ignore", "x", true},
	{"undo", "u", true},
	{"sample type", "m", true},
	{"sample type back", "M", true},
	{"granularity", "L", true},
};

int main(int argc, char **argv)
{
	static char *environment[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
				      "HOME=/nonexistent", NULL};
	int rows = argc > 4 ? (int)strtol(argv[3], NULL, 10) : 24;
	int columns = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 80;
	struct child child;
	char line[4096];
	double start;

	if (argc < 3) {
		fputs("usage: explore PROGRAM FILE [ROWS COLUMNS]\n", stderr);
		return 2;
	}
	snprintf(line, sizeof(line), "exec '%s' '%s'", argv[1], argv[2]);
	start = now();
	if (!child_start(&child, line, environment, "/", rows, columns)) {
		perror("explore");
		return 2;
	}
	measure_start(&child, start);
	for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
		if (measures[i].step)
			measure_step(&child, measures[i].name, measures[i].keys);
		else
			measure_keys(&child, measures[i].name, measures[i].keys);
	}
	print_memory(&child);
	press(&child, "Q", QUIET_KEY);
	child_clear(&child);
	return 0;
}
