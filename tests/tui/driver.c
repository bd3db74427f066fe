/* SPDX-License-Identifier: MIT */
#include "driver.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"

/*
 * Only what never comes is waited for so long. No scenario is about how fast the program is: the
 * machine may be busy with anything else.
 */
#define DEADLINE 180000
#define SETTLED 30 /* milliseconds in which a sleeping program says nothing more */

/* --- Life ---------------------------------------------------------------- */

static const char *value_or(const char *name, const char *standard)
{
	const char *value = getenv(name);

	return value ? value : standard;
}

/* The environment is ours, so that a scenario is the same everywhere; these come from outside. */
static void set_environment(struct driver *driver)
{
	static const char *const kept[] = {"PATH",          "NCPROF",       "ASAN_OPTIONS",
					   "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH",
					   "TERMINFO",      "TERMINFO_DIRS"};

	for (size_t i = 0; i < COUNT(kept); i++)
		driver_set(driver, kept[i], getenv(kept[i]));
	driver_set(driver, "HOME", driver->directory);
	driver_set(driver, "TERM", value_or("TUI_TERM", "xterm-256color"));
	driver_set(driver, "LC_ALL", value_or("TUI_LOCALE", "C.UTF-8"));
	if (*value_or("TUI_NO_COLOR", ""))
		driver_set(driver, "NO_COLOR", "1");
	driver_set(driver, "TZ", "UTC");
	/* Sources are those of the tests, whatever Go is installed. */
	driver_set(driver, "GOROOT", "/nowhere");
	driver_set(driver, "GOMODCACHE", "/nowhere");
}

bool driver_init(struct driver *driver, const char *data)
{
	const char *parent = getenv("TMPDIR");
	char link[512], target[PATH_MAX];

	*driver = (struct driver){.rows = 24, .columns = 80, .deadline = DEADLINE, .fifo = -1};
	driver->child.terminal = -1;
	snprintf(driver->directory, sizeof(driver->directory), "%s/ncprof-tui-XXXXXX",
		 parent && *parent ? parent : "/tmp");
	if (!mkdtemp(driver->directory)) {
		driver->directory[0] = '\0';
		return driver_fail(driver, "no directory for the scenario: %s", strerror(errno));
	}
	if (!realpath(data, target) || symlink(target, driver_path(driver, "data", link)) != 0)
		return driver_fail(driver, "%s: %s", data, strerror(errno));
	set_environment(driver);
	return true;
}

/* The directory is flat: what programs write there are files. */
static void remove_directory(const char *directory)
{
	DIR *entries = *directory ? opendir(directory) : NULL;
	struct dirent *entry;
	char path[512 + NAME_MAX];

	if (!entries)
		return;
	while ((entry = readdir(entries))) {
		snprintf(path, sizeof(path), "%s/%s", directory, entry->d_name);
		unlink(path);
	}
	closedir(entries);
	rmdir(directory);
}

static void end_program(struct driver *driver)
{
	child_clear(&driver->child);
	screen_clear(&driver->screen);
	output_clear(&driver->output);
}

void driver_clear(struct driver *driver)
{
	end_program(driver);
	for (size_t i = 0; i < DRIVER_SNAPSHOTS; i++)
		snapshot_clear(&driver->remembered[i].snapshot);
	for (size_t i = 0; i < driver->variable_count; i++)
		free(driver->environment[i]);
	if (driver->fifo >= 0)
		close(driver->fifo);
	buffer_clear(&driver->feed);
	buffer_clear(&driver->failure);
	remove_directory(driver->directory);
}

bool driver_fail(struct driver *driver, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	buffer_add(&driver->failure, text, strlen(text));
	return false;
}

/* --- Surroundings -------------------------------------------------------- */

static size_t find_variable(const struct driver *driver, const char *name)
{
	size_t i = 0, length = strlen(name);

	while (i < driver->variable_count && (strncmp(driver->environment[i], name, length) != 0 ||
					      driver->environment[i][length] != '='))
		i++;
	return i;
}

void driver_set(struct driver *driver, const char *name, const char *value)
{
	size_t at = find_variable(driver, name);
	struct buffer text = {0};

	if (at < driver->variable_count) {
		free(driver->environment[at]);
		driver->environment[at] = driver->environment[--driver->variable_count];
		driver->environment[driver->variable_count] = NULL;
	}
	if (!value || driver->variable_count + 1 == DRIVER_VARIABLES)
		return;
	buffer_add(&text, name, strlen(name));
	buffer_add(&text, "=", 1);
	buffer_add(&text, value, strlen(value));
	driver->environment[driver->variable_count++] = text.bytes;
}

const char *driver_get(const struct driver *driver, const char *name)
{
	size_t at = find_variable(driver, name);

	return at < driver->variable_count ? driver->environment[at] + strlen(name) + 1 : "";
}

const char *driver_path(const struct driver *driver, const char *name, char path[512])
{
	snprintf(path, 512, "%s/%s", driver->directory, name);
	return path;
}

int64_t driver_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* --- The program --------------------------------------------------------- */

bool driver_start(struct driver *driver, const char *line)
{
	end_program(driver);
	driver->over = false;
	driver->mark = 0;
	screen_init(&driver->screen, driver->rows, driver->columns);
	return child_start(&driver->child, line, driver->environment, driver->directory,
			   driver->rows, driver->columns) ||
	       driver_fail(driver, "no terminal for the program: %s", strerror(errno));
}

bool driver_read(struct driver *driver, int milliseconds)
{
	char bytes[16384];
	size_t length;

	if (driver->over)
		return false;
	driver->over = !child_read(&driver->child, bytes, sizeof(bytes), &length, milliseconds);
	if (!length)
		return false;
	output_add(&driver->output, bytes, length);
	screen_add(&driver->screen, bytes, length);
	return driver_send(driver);
}

bool driver_wait(struct driver *driver, driver_condition *condition, void *argument)
{
	int64_t end = driver_now() + driver->deadline, left;

	/* What is there already, so that nothing is judged by an old screen. */
	while (driver_read(driver, 0))
		;
	while (!condition(driver, argument)) {
		left = end - driver_now();
		if (left <= 0 || driver->over)
			return false;
		driver_read(driver, (int)left);
	}
	return true;
}

bool driver_settle(struct driver *driver)
{
	int64_t end = driver_now() + driver->deadline;
	long waits;

	while (driver_now() < end) {
		if (driver->over ||
		    (driver->child.state == CHILD_STOPPED && !driver_read(driver, 0)))
			return true;
		/* Its threads are asked one after the other, so they may take turns meanwhile. */
		waits = child_waits(&driver->child);
		if (!driver_read(driver, SETTLED) && child_sleeps(&driver->child) &&
		    child_waits(&driver->child) == waits)
			return true;
	}
	return driver_fail(driver, "it does not come to rest");
}

bool driver_send(struct driver *driver)
{
	struct buffer *input = &driver->screen.input;
	int64_t end = driver_now() + driver->deadline;
	struct buffer sent = *input;
	size_t at = 0;

	/* Output that is read meanwhile may add answers. */
	*input = (struct buffer){0};
	while (at < sent.length && driver->child.terminal >= 0 && !driver->over) {
		size_t written = child_write(&driver->child, sent.bytes + at, sent.length - at);

		at += written;
		if (!written && driver_now() > end)
			break;
		if (!written)
			driver_read(driver, 10);
	}
	buffer_clear(&sent);
	return true;
}
