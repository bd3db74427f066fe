/* SPDX-License-Identifier: MIT */
/*
 * Measures how fast the explorer answers, over a pseudo terminal:
 *
 *     explore PROGRAM FILE [ROWS COLUMNS]
 *
 * Prints a line for each measurement: its name, the median and the 99th
 * percentile in milliseconds, and the mean of the bytes that came. The time of
 * a key runs from writing it to the last byte that it causes. Of a big step
 * ("focus") the first number is when the new view was there, the second when
 * the last byte came before nothing was left to do, which is when all details
 * are known. At the end: the peak memory in kB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "terminal.h"

#define KEYS 200
#define QUIET_KEY 30 /* ms without a byte after which a key is answered */

static int by_time(const void *a, const void *b)
{
	const struct answer *x = a, *y = b;

	return (x->milliseconds > y->milliseconds) - (x->milliseconds < y->milliseconds);
}

static void print_row(const char *name, double first, double second, size_t bytes)
{
	printf("%-24s %9.1f %9.1f %8zu\n", name, first, second, bytes);
	fflush(stdout);
}

/* The same keys in turn, many times. */
static void measure_keys(struct child *child, const char *name, const char *keys)
{
	static struct answer answers[KEYS];
	size_t count = strlen(keys), bytes = 0;

	for (int i = 0; i < KEYS; i++) {
		char key[2] = {keys[(size_t)i % count], '\0'};

		answers[i] = terminal_press(child, key, QUIET_KEY);
		bytes += answers[i].bytes;
	}
	qsort(answers, KEYS, sizeof(*answers), by_time);
	print_row(name, answers[KEYS / 2].milliseconds, answers[(KEYS * 99 - 1) / 100].milliseconds,
		  bytes / KEYS);
}

static void measure_step(struct child *child, const char *name, const char *keys)
{
	struct answer answer = terminal_finish(child, keys);

	print_row(name, answer.shown, answer.milliseconds, answer.bytes);
}

/* From exec to the first paint and to the complete table; goes on when nothing is left to do. */
static void measure_start(struct child *child, const char *program, const char *file, int rows,
			  int columns)
{
	double start = terminal_now(), top;
	struct answer answer;

	terminal_start(child, program, file, rows, columns);
	answer = terminal_first_paint(child, start);
	print_row("first paint", answer.milliseconds, answer.milliseconds, answer.bytes);
	while (!strstr(terminal_seen(), "cum%") && child->state != CHILD_ENDED)
		answer = terminal_listen(child, start, 1);
	if (child->state == CHILD_ENDED) {
		fprintf(stderr, "%s ended; name it and the profile from the root on\n", program);
		exit(2);
	}
	top = answer.milliseconds;
	print_row("Top complete", top, top, strlen(terminal_seen()));
	terminal_finish(child, "");
}

static const struct {
	const char *name, *keys;
	bool step; /* work in the background is part of it */
} measures[] = {
	{"j k in Top", "jjjjjjjjjjkkkkkkkkkk", false},
	{"pages in Top", " b", false},
	{"Peek", "gjjp", true},
	{"j k in Peek", "jjkk", false},
	{"Icicle", "3", true},
	{"j k in Icicle", "jjjjkkkk", false},
	{"l h in Icicle", "jlhlh", false},
	{"zoom in and out", "+-", false},
	{"Sandwich", "1gc", true},
	{"Labels", "t", true},
	{"focus", "1gjjf", true},
	{"undo", "u", true},
	{"ignore", "x", true},
	{"undo ignore", "u", true},
	{"sample type", "m", true},
	{"sample type back", "M", true},
	{"granularity", "L", true},
};

int main(int argc, char **argv)
{
	int rows = argc > 4 ? (int)strtol(argv[3], NULL, 10) : 24;
	int columns = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 80;
	struct child child;

	if (argc < 3) {
		fputs("usage: explore PROGRAM FILE [ROWS COLUMNS]\n", stderr);
		return 2;
	}
	measure_start(&child, argv[1], argv[2], rows, columns);
	for (size_t i = 0; i < COUNT(measures); i++) {
		if (measures[i].step)
			measure_step(&child, measures[i].name, measures[i].keys);
		else
			measure_keys(&child, measures[i].name, measures[i].keys);
	}
	printf("%-24s %9ld\n", "peak memory", terminal_status(&child, "VmHWM"));
	terminal_press(&child, "Q", QUIET_KEY);
	child_clear(&child);
	return 0;
}
