/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A paint of so many bytes is a view, not a detail or a message. */
#define VIEW_BYTES 300
#define PAUSE 5 /* ms between two paints, at least */

#define LIMIT 120000 /* ms that an answer may take */
#define IDLE 300     /* ms without a byte and without work after which all is done */

static char seen[1 << 20];
static size_t seen_count;

double terminal_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void keep(const char *bytes, size_t length)
{
	if (seen_count + length >= sizeof(seen))
		seen_count = 0;
	memcpy(seen + seen_count, bytes, length);
	seen_count += length;
	seen[seen_count] = '\0';
}

void terminal_start(struct child *child, const char *program, const char *file, int rows,
		    int columns)
{
	static char *environment[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
				      "HOME=/nonexistent", NULL};
	char line[4096];

	snprintf(line, sizeof(line), "exec '%s' '%s'", program, file);
	seen_count = 0;
	seen[0] = '\0';
	if (child_start(child, line, environment, "/", rows, columns))
		return;
	perror(program);
	exit(2);
}

struct answer terminal_listen(struct child *child, double start, int quiet)
{
	struct answer answer = {0};
	char bytes[65536];
	size_t length, paint = 0;
	bool was_shown = false;

	while (terminal_now() - start < LIMIT &&
	       child_read(child, bytes, sizeof(bytes), &length, quiet) && length) {
		double now = terminal_now() - start;

		if (now - answer.milliseconds > PAUSE) {
			was_shown = answer.shown > 0;
			paint = 0;
		}
		paint += length;
		answer.milliseconds = now;
		if (paint >= VIEW_BYTES && !was_shown)
			answer.shown = now;
		answer.bytes += length;
		answer.writes++;
		keep(bytes, length);
	}
	return answer;
}

struct answer terminal_first_paint(struct child *child, double start)
{
	/* Before it come only the modes that a program for the whole screen sets. */
	static const char clear[] = "\033[H\033[2J";
	struct answer answer = {0};

	while (!strstr(seen, clear) && child->state != CHILD_ENDED &&
	       terminal_now() - start < LIMIT)
		answer = terminal_listen(child, start, 1);
	return answer;
}

struct answer terminal_press(struct child *child, const char *keys, int quiet)
{
	double start = terminal_now();

	seen_count = 0;
	child_write(child, keys, strlen(keys));
	return terminal_listen(child, start, quiet);
}

/* Time of its processor in ticks of 10 ms; -1: it has ended. */
static long ticks(const struct child *child)
{
	char path[64], line[1024];
	long user = -1, system = 0;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)child->group);
	status = fopen(path, "r");
	if (!status)
		return -1;
	/* The name in brackets may hold anything; two of the fields behind it are the times. */
	if (fgets(line, sizeof(line), status) && strrchr(line, ')'))
		sscanf(strrchr(line, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld",
		       &user, &system);
	fclose(status);
	return user < 0 ? -1 : user + system;
}

struct answer terminal_finish(struct child *child, const char *keys)
{
	double start = terminal_now();
	struct answer all = {0}, part;
	long before;

	seen_count = 0;
	child_write(child, keys, strlen(keys));
	do {
		before = ticks(child);
		part = terminal_listen(child, start, IDLE);
		if (part.writes)
			all.milliseconds = part.milliseconds;
		if (!all.shown)
			all.shown = part.shown;
		all.bytes += part.bytes;
		all.writes += part.writes;
	} while (child->state != CHILD_ENDED && (part.writes || ticks(child) != before));
	return all;
}

const char *terminal_seen(void)
{
	return seen;
}

long terminal_status(const struct child *child, const char *name)
{
	char path[64], line[256];
	FILE *status;
	long value = -1;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)child->group);
	status = fopen(path, "r");
	if (!status)
		return -1;
	while (value < 0 && fgets(line, sizeof(line), status))
		if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
			value = strtol(line + strlen(name) + 1, NULL, 10);
	fclose(status);
	return value;
}
