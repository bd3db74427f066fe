/* SPDX-License-Identifier: MIT */
/*
 * Measures what the explorer costs over a slow line, and whether it behaves on
 * one:
 *
 *     wire PROGRAM FILE LARGE [SECONDS]
 *
 * A line for each goal: what was measured, the goal, and "met" or "MISSED".
 * LARGE: a profile that takes its time to read. SECONDS: how long it is left
 * alone (10). The exit status is 1 if a goal is missed.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

#define QUIET 60
#define PAUSE 30

static int missed;

static void print_goal(const char *what, double measured, double goal, const char *unit)
{
	bool met = measured >= 0 && measured <= goal;

	missed += !met;
	printf("%-46s %9.1f  <= %-7g %-6s %s\n", what, measured, goal, unit,
	       met ? "met" : "MISSED");
	fflush(stdout);
}

/* Mean bytes of a key that is pressed many times. */
static double mean_bytes(struct child *child, const char *key, int count)
{
	size_t bytes = 0;

	for (int i = 0; i < count; i++)
		bytes += terminal_press(child, key, QUIET).bytes;
	return (double)bytes / count;
}

/* Frames that move: on the way down to a leaf and up again, as long as it goes. */
static double mean_bytes_of_icicle(struct child *child)
{
	size_t bytes = 0;
	int count = 0;

	for (int i = 0; i < 40; i++) {
		struct answer answer = terminal_press(child, i % 16 < 8 ? "j" : "k", QUIET);

		bytes += answer.bytes;
		count += answer.bytes > 0;
	}
	return count ? (double)bytes / count : -1;
}

static void measure_bytes(const char *program, const char *file, int rows, int columns, int key,
			  int view)
{
	struct child child;
	char what[64];

	terminal_start(&child, program, file, rows, columns);
	terminal_listen(&child, terminal_now(), 1500);
	snprintf(what, sizeof(what), "bytes of j in Top, %dx%d", columns, rows);
	print_goal(what, mean_bytes(&child, "j", 40), key, "bytes");
	snprintf(what, sizeof(what), "bytes of a view switch, %dx%d", columns, rows);
	print_goal(what, (double)terminal_press(&child, "3", 1500).bytes, view, "bytes");
	snprintf(what, sizeof(what), "bytes of j k in Icicle, %dx%d", columns, rows);
	print_goal(what, mean_bytes_of_icicle(&child), key, "bytes");
	terminal_press(&child, "Q", QUIET);
	child_clear(&child);
}

/* Nothing happens when nobody does anything. */
static void measure_idle(struct child *child, int seconds)
{
	long before = terminal_status(child, "voluntary_ctxt_switches");
	struct answer answer = terminal_listen(child, terminal_now(), seconds * 1000);

	print_goal("bytes while idle", (double)answer.bytes, 0, "bytes");
	print_goal("wake-ups while idle",
		   (double)(terminal_status(child, "voluntary_ctxt_switches") - before), 0, "");
}

static void measure_burst(struct child *child)
{
	char keys[501];
	struct answer answer;

	memset(keys, 'j', 500);
	keys[500] = '\0';
	answer = terminal_press(child, keys, 300);
	/* curses needs many writes for a paint, but two paints would be more than one view. */
	print_goal("bytes of 500 j at once", (double)answer.bytes, 6000, "bytes");
	print_goal("500 j at once to the last byte", answer.milliseconds, 100, "ms");
}

/* A paste outside the prompt that holds keys to quit, between the marks of bracketed paste. */
static void measure_paste(struct child *child)
{
	static const char begin[] = "\033[200~", end[] = "\033[201~";
	static char paste[10240];
	size_t length = sizeof(paste) - sizeof(end);

	for (size_t i = 0; i < length; i++)
		paste[i] = "q:Q\r"[i % 4];
	memcpy(paste, begin, sizeof(begin) - 1);
	memcpy(paste + length, end, sizeof(end));
	terminal_press(child, paste, 300);
	print_goal("paste of 10 kB with q:Q in it: ended", child->state == CHILD_ENDED, 0, "");
}

static void measure_resizes(struct child *child)
{
	double start = terminal_now();
	unsigned state = 12345;

	for (int i = 0; i < 200; i++) {
		state = state * 1103515245 + 12345;
		child_resize(child, 1 + (int)(state >> 8) % 200, 1 + (int)(state >> 16) % 500);
		terminal_listen(child, terminal_now(), 8);
	}
	child_resize(child, 24, 80);
	terminal_listen(child, start, 300);
	print_goal("200 sizes: ended", child->state == CHILD_ENDED, 0, "");
}

/* From the signal to the end of the program, with the terminal as it was. */
static void measure_signal(const char *program, const char *file, int number, const char *what)
{
	struct child child;
	double start;

	terminal_start(&child, program, file, 24, 80);
	terminal_listen(&child, terminal_now(), 800);
	start = terminal_now();
	if (number)
		child_signal(&child, number);
	else
		child_hang_up(&child);
	while (child.state != CHILD_ENDED && terminal_now() - start < 5000)
		terminal_listen(&child, start, 5);
	print_goal(what, child.state == CHILD_ENDED ? terminal_now() - start : -1, 1000, "ms");
	if (number)
		print_goal("  terminal modes that are not back",
			   child_changed_modes(&child) != NULL, 0, "");
	child_clear(&child);
}

/* The rows of the table and what calls the first of them. */
static bool is_complete(void)
{
	return strstr(terminal_seen(), "functi") && strstr(terminal_seen(), "callee");
}

/*
 * Milliseconds until all of the first screen is there; *paints: how many it took, being what
 * comes after a pause.
 */
static double complete(struct child *child, double start, int *paints)
{
	double last = 0;

	*paints = 0;
	while (!is_complete() && terminal_now() - start < 60000) {
		if (!terminal_listen(child, terminal_now(), 1).writes)
			continue;
		*paints += terminal_now() - last > PAUSE;
		last = terminal_now();
	}
	return terminal_now() - start;
}

static void measure_first_screen(const char *program, const char *file)
{
	struct child child;
	double start = terminal_now();
	int paints;

	terminal_start(&child, program, file, 24, 80);
	print_goal("exec to the whole first screen", complete(&child, start, &paints), 50, "ms");
	terminal_press(&child, "Q", QUIET);
	child_clear(&child);
}

static void measure_reading(const char *program, const char *file)
{
	struct child child;
	double start = terminal_now(), time;
	int paints;

	terminal_start(&child, program, file, 24, 80);
	time = complete(&child, start, &paints);
	/* But for the first one and the two that bring the table and then the callees. */
	print_goal("paints a second while reading", paints > 3 ? (paints - 3) * 1e3 / time : 0, 4,
		   "");
	terminal_press(&child, "Q", QUIET);
	child_clear(&child);
	start = terminal_now();
	terminal_start(&child, program, file, 24, 80);
	print_goal("exec to first paint while reading",
		   terminal_first_paint(&child, start).milliseconds, 50, "ms");
	terminal_listen(&child, terminal_now(), 100);
	start = terminal_now();
	child_signal(&child, SIGINT);
	while (child.state != CHILD_ENDED && terminal_now() - start < 5000)
		terminal_listen(&child, start, 1);
	print_goal("^C while reading to the end", terminal_now() - start, 100, "ms");
	child_clear(&child);
}

/* Keys in a large profile, and a pane that takes its time and is not waited for. */
static void measure_large(const char *program, const char *file)
{
	struct child child;
	double start = terminal_now(), worst = 0;
	int paints;

	terminal_start(&child, program, file, 24, 80);
	complete(&child, start, &paints);
	terminal_listen(&child, terminal_now(), 1000);
	for (int i = 0; i < 100; i++) {
		double time =
			terminal_press(&child, i % 20 < 10 ? "j" : "\004", QUIET).milliseconds;

		worst = time > worst ? time : worst;
	}
	print_goal("key to last byte in a million samples, worst", worst, 16, "ms");
	terminal_press(&child, "3", 200);
	print_goal("^C while an icicle is made to the last byte",
		   terminal_press(&child, "\003", QUIET).milliseconds, 100, "ms");
	print_goal("  the screen before it is not back",
		   !strstr(terminal_seen(), "stopped") || child.state == CHILD_ENDED, 0, "");
	terminal_press(&child, "Q", QUIET);
	child_clear(&child);
}

int main(int argc, char **argv)
{
	struct child child;
	double start;

	if (argc < 4) {
		fputs("usage: wire PROGRAM FILE LARGE [SECONDS]\n", stderr);
		return 2;
	}
	measure_bytes(argv[1], argv[2], 24, 80, 220, 6000);
	measure_bytes(argv[1], argv[2], 50, 160, 360, 10000);
	measure_first_screen(argv[1], argv[2]);
	measure_reading(argv[1], argv[3]);
	measure_large(argv[1], argv[3]);
	start = terminal_now();
	terminal_start(&child, argv[1], argv[2], 24, 80);
	print_goal("exec to first paint", terminal_first_paint(&child, start).milliseconds, 50,
		   "ms");
	terminal_listen(&child, terminal_now(), 1500);
	measure_idle(&child, argc > 4 ? (int)strtol(argv[4], NULL, 10) : 10);
	measure_burst(&child);
	measure_paste(&child);
	measure_resizes(&child);
	terminal_press(&child, "Q", QUIET);
	child_clear(&child);
	measure_signal(argv[1], argv[2], SIGTERM, "SIGTERM to the end");
	measure_signal(argv[1], argv[2], SIGHUP, "SIGHUP to the end");
	measure_signal(argv[1], argv[2], 0, "closed line to the end");
	return missed > 0;
}
