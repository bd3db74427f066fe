/* SPDX-License-Identifier: MIT */
/* Commands that check something. All but "quiet" wait only until what they expect is there. */
#include "commands.h"

#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* --- The screen ---------------------------------------------------------- */

/* What is looked for: text or an expression, in one row or in any. */
struct search {
	const char *text;
	const regex_t *expression; /* instead of the text */
	bool reversed;             /* only in reversed cells */
	bool one_row;
	int row; /* from the bottom if negative */
	bool absent;
};

static bool row_has(struct driver *driver, int row, const struct search *search)
{
	struct buffer text = {0};
	const char *line;
	bool found;

	screen_row(&driver->screen, row, search->reversed, &text);
	line = buffer_string(&text);
	found = search->expression ? regexec(search->expression, line, 0, NULL, 0) == 0
				   : strstr(line, search->text) != NULL;
	buffer_clear(&text);
	return found;
}

static bool holds(struct driver *driver, void *argument)
{
	const struct search *search = argument;
	int row = search->row < 0 ? driver->screen.rows + search->row : search->row;
	bool found = false;

	if (search->one_row)
		found = row >= 0 && row < driver->screen.rows && row_has(driver, row, search);
	for (row = 0; !search->one_row && row < driver->screen.rows && !found; row++)
		found = row_has(driver, row, search);
	return found != search->absent;
}

static bool look(struct driver *driver, struct search *search)
{
	if (driver_wait(driver, holds, search))
		return true;
	return driver_fail(driver, search->absent ? "it is on the screen" : "not on the screen");
}

static bool expect(struct driver *driver, char *argument)
{
	return look(driver, &(struct search){.text = argument});
}

static bool refuse(struct driver *driver, char *argument)
{
	return look(driver, &(struct search){.text = argument, .absent = true});
}

static bool look_for_expression(struct driver *driver, char *argument, bool absent)
{
	regex_t expression;
	bool good;

	if (regcomp(&expression, argument, REG_EXTENDED | REG_NOSUB) != 0)
		return driver_fail(driver, "not a regular expression");
	good = look(driver, &(struct search){.expression = &expression, .absent = absent});
	regfree(&expression);
	return good;
}

static bool expect_re(struct driver *driver, char *argument)
{
	return look_for_expression(driver, argument, false);
}

static bool refuse_re(struct driver *driver, char *argument)
{
	return look_for_expression(driver, argument, true);
}

static bool expect_line(struct driver *driver, char *argument)
{
	long row;

	if (!parse_number(next_word(&argument), &row))
		return driver_fail(driver, "first the number of a row");
	return look(driver, &(struct search){.text = argument, .one_row = true, .row = (int)row});
}

static bool refuse_line(struct driver *driver, char *argument)
{
	struct search search = {.one_row = true, .absent = true};
	long row;

	if (!parse_number(next_word(&argument), &row))
		return driver_fail(driver, "first the number of a row");
	search.row = (int)row;
	search.text = argument;
	return look(driver, &search);
}

static bool expect_selected(struct driver *driver, char *argument)
{
	return look(driver, &(struct search){.text = argument, .reversed = true});
}

static bool refuse_selected(struct driver *driver, char *argument)
{
	return look(driver, &(struct search){.text = argument, .reversed = true, .absent = true});
}

struct cursor {
	bool shown;
	long row, column;
};

static bool cursor_is(struct driver *driver, void *argument)
{
	const struct cursor *cursor = argument;
	const struct screen *screen = &driver->screen;

	if (cursor->shown != screen->cursor_shown)
		return false;
	return !cursor->shown ||
	       (screen->cursor_row == cursor->row && screen->cursor_column == cursor->column);
}

static bool expect_cursor(struct driver *driver, char *argument)
{
	struct cursor cursor = {.shown = strcmp(argument, "hidden") != 0};

	if (cursor.shown && (!parse_number(next_word(&argument), &cursor.row) ||
			     !parse_number(next_word(&argument), &cursor.column)))
		return driver_fail(driver, "row and column, or \"hidden\"");
	if (cursor.row < 0)
		cursor.row += driver->screen.rows;
	return driver_wait(driver, cursor_is, &cursor) ||
	       driver_fail(driver, "the cursor is somewhere else");
}

struct comparison {
	const struct snapshot *snapshot;
	VTermPos place;
};

static bool looks_like(struct driver *driver, void *argument)
{
	struct comparison *comparison = argument;

	return screen_equals(&driver->screen, comparison->snapshot, &comparison->place);
}

static bool looks_different(struct driver *driver, void *argument)
{
	return !looks_like(driver, argument);
}

static const struct snapshot *find_snapshot(struct driver *driver, const char *name)
{
	for (size_t i = 0; i < DRIVER_SNAPSHOTS; i++)
		if (!strcmp(driver->remembered[i].name, name))
			return &driver->remembered[i].snapshot;
	driver_fail(driver, "no screen was remembered as \"%s\"", name);
	return NULL;
}

static bool expect_same(struct driver *driver, char *argument)
{
	struct comparison comparison = {.snapshot = find_snapshot(driver, argument)};

	if (!comparison.snapshot)
		return false;
	return driver_wait(driver, looks_like, &comparison) ||
	       driver_fail(driver, "row %d is different, from column %d on", comparison.place.row,
			   comparison.place.col);
}

static bool expect_different(struct driver *driver, char *argument)
{
	struct comparison comparison = {.snapshot = find_snapshot(driver, argument)};

	if (!comparison.snapshot)
		return false;
	return driver_wait(driver, looks_different, &comparison) ||
	       driver_fail(driver, "the screen is still the same");
}

/* --- The bytes ----------------------------------------------------------- */

static bool bytes_since_mark(struct driver *driver, char *argument)
{
	size_t count;
	long most;

	if (!strncmp(argument, "<=", 2))
		argument += 2;
	if (!parse_number(argument, &most))
		return driver_fail(driver, "a number of bytes");
	if (!driver_settle(driver))
		return false;
	count = driver->output.log.length - driver->mark;
	if (driver->verbose)
		printf("  %zu bytes since the mark\n", count);
	return count <= (size_t)most || driver_fail(driver, "%zu bytes", count);
}

void add_unescaped(struct buffer *bytes, const char *text)
{
	for (; *text; text++) {
		char byte = *text, digits[3] = {0};

		if (byte == '\\' && text[1] == 'x' && text[2] && text[3]) {
			memcpy(digits, text + 2, 2);
			byte = (char)strtol(digits, NULL, 16);
			text += 3;
		} else if (byte == '\\' && text[1]) {
			text++;
			byte = (char)(*text == 'e' ? 0x1b : *text == 'a' ? 0x07 : *text);
		}
		buffer_add(bytes, &byte, 1);
	}
}

static bool has_output(struct driver *driver, void *argument)
{
	const struct buffer *log = &driver->output.log, *wanted = argument;

	return log->length > driver->mark &&
	       memmem(log->bytes + driver->mark, log->length - driver->mark, wanted->bytes,
		      wanted->length);
}

static bool expect_output(struct driver *driver, char *argument)
{
	struct buffer wanted = {0};
	bool good;

	add_unescaped(&wanted, argument);
	good = driver_wait(driver, has_output, &wanted);
	buffer_clear(&wanted);
	return good || driver_fail(driver, "these bytes did not come");
}

static bool refuse_output(struct driver *driver, char *argument)
{
	struct buffer wanted = {0};
	bool came;

	if (!driver_settle(driver))
		return false;
	add_unescaped(&wanted, argument);
	came = has_output(driver, &wanted);
	buffer_clear(&wanted);
	return !came || driver_fail(driver, "these bytes came");
}

static bool quiet(struct driver *driver, char *argument)
{
	size_t before;
	int64_t end;
	long milliseconds;

	if (!parse_number(argument, &milliseconds))
		return driver_fail(driver, "a number of milliseconds");
	while (driver_read(driver, 0))
		;
	before = driver->output.log.length;
	end = driver_now() + milliseconds;
	while (driver_now() < end && !driver->over)
		driver_read(driver, (int)(end - driver_now()));
	return driver->output.log.length == before ||
	       driver_fail(driver, "%zu bytes came", driver->output.log.length - before);
}

/* The bytes so far have none of these; else fails with the place of the first. */
static bool refuse_bytes(struct driver *driver, size_t count, size_t at, const char *what)
{
	struct buffer text = {0};

	if (!count)
		return true;
	output_quote(&driver->output, at, 40, &text);
	driver_fail(driver, "%zu %s, the first in: %s", count, what, buffer_string(&text));
	buffer_clear(&text);
	return false;
}

static bool expect_only_ascii(struct driver *driver, char *argument)
{
	(void)argument;
	return refuse_bytes(driver, driver->output.odd_count, driver->output.odd_at,
			    "bytes outside 0x20..0x7e");
}

static bool expect_no_color(struct driver *driver, char *argument)
{
	(void)argument;
	return refuse_bytes(driver, driver->output.color_count, driver->output.color_at, "colours");
}

/* The locale says which characters there may be, $NO_COLOR and the terminal whether there are colours. */
static bool expect_fitting(struct driver *driver, char *argument)
{
	bool utf8 = strstr(driver_get(driver, "LC_ALL"), "UTF-8") != NULL;
	bool mono = *driver_get(driver, "NO_COLOR") || !strcmp(driver_get(driver, "TERM"), "vt100");

	if (!utf8 && !expect_only_ascii(driver, argument))
		return false;
	if (mono)
		return expect_no_color(driver, argument);
	return driver->output.color_count || driver_fail(driver, "there is no colour");
}

static bool has_color(struct driver *driver, void *argument)
{
	(void)argument;
	return driver->output.color_count > 0;
}

static bool expect_color(struct driver *driver, char *argument)
{
	(void)argument;
	return driver_wait(driver, has_color, NULL) || driver_fail(driver, "there is no colour");
}

/* --- The end ------------------------------------------------------------- */

static bool is_over(struct driver *driver, void *argument)
{
	(void)argument;
	return driver->over;
}

static void print_status(int status, char text[64])
{
	if (WIFSIGNALED(status))
		snprintf(text, 64, "%s", signal_name(WTERMSIG(status)));
	else
		snprintf(text, 64, "%d", WEXITSTATUS(status));
}

static bool expect_exit(struct driver *driver, char *argument)
{
	char seen[64];

	driver_wait(driver, is_over, NULL);
	if (driver->child.state != CHILD_ENDED)
		return driver_fail(driver, "it still runs");
	print_status(driver->child.status, seen);
	return !strcmp(seen, argument) || driver_fail(driver, "it ended with %s", seen);
}

static bool is_stopped(struct driver *driver, void *argument)
{
	(void)argument;
	return driver->child.state == CHILD_STOPPED;
}

static bool expect_stop(struct driver *driver, char *argument)
{
	(void)argument;
	if (!driver_wait(driver, is_stopped, NULL))
		return driver_fail(driver, "it did not stop");
	/* What it wrote before may still be on its way. */
	while (driver_read(driver, 0))
		;
	return true;
}

struct leftovers {
	const char *what;
};

static bool is_restored(struct driver *driver, void *argument)
{
	struct leftovers *leftovers = argument;

	leftovers->what = child_changed_modes(&driver->child);
	if (!leftovers->what)
		leftovers->what = screen_leftover(&driver->screen);
	return !leftovers->what;
}

static bool expect_tty_restored(struct driver *driver, char *argument)
{
	struct leftovers leftovers;

	(void)argument;
	return driver_wait(driver, is_restored, &leftovers) ||
	       driver_fail(driver, "%s", leftovers.what);
}

/* --- Files --------------------------------------------------------------- */

struct file_search {
	const char *path, *text;
};

static bool file_has(struct driver *driver, void *argument)
{
	const struct file_search *search = argument;
	FILE *file = fopen(search->path, "r");
	struct buffer text = {0};
	char bytes[4096];
	size_t length;
	bool found;

	(void)driver;
	while (file && (length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buffer_add(&text, bytes, length);
	if (file)
		fclose(file);
	found = strstr(buffer_string(&text), search->text) != NULL;
	buffer_clear(&text);
	return found;
}

static bool expect_file(struct driver *driver, char *argument)
{
	char path[512];
	struct file_search search = {.path = path};

	driver_path(driver, next_word(&argument), path);
	search.text = argument;
	return driver_wait(driver, file_has, &search) || driver_fail(driver, "not in the file");
}

const struct command expectation_commands[] = {
	{"expect", "TEXT", expect, "a row of the screen has this text"},
	{"refuse", "TEXT", refuse, "no row has it, or it goes away"},
	{"expect-re", "REGEX", expect_re, "a row matches this extended regular expression"},
	{"refuse-re", "REGEX", refuse_re, "no row matches it, or no longer"},
	{"expect-line", "ROW TEXT", expect_line, "this row has the text; -1 is the last row"},
	{"refuse-line", "ROW TEXT", refuse_line, "this row does not have it, or no longer"},
	{"expect-selected", "TEXT", expect_selected, "the reversed cells of a row have this text"},
	{"refuse-selected", "TEXT", refuse_selected, "those of no row have it, or no longer"},
	{"expect-cursor", "ROW COLUMN", expect_cursor, "the cursor is there; or: \"hidden\""},
	{"expect-same", "NAME", expect_same, "the screen is as remembered, colours included"},
	{"expect-different", "NAME", expect_different, "the screen is not as remembered"},
	{"bytes-since-mark", "<= N", bytes_since_mark, "so much was written at most"},
	{"expect-output", "BYTES", expect_output,
	 "these came since the mark; \\e is Esc, \\a the bell, \\xNN a byte, \\\\ a backslash"},
	{"refuse-output", "BYTES", refuse_output, "these did not come since the mark"},
	{"quiet", "MS", quiet, "no byte comes in this time"},
	{"expect-only-ascii", "", expect_only_ascii, "no text but 0x20..0x7e since the mark"},
	{"expect-no-colour", "", expect_no_color, "no colour was set since the mark"},
	{"expect-colour", "", expect_color, "a colour was set since the mark"},
	{"expect-fitting", "", expect_fitting,
	 "characters and colours are those of the locale, $NO_COLOR and the terminal"},
	{"expect-exit", "STATUS", expect_exit, "the program ends so: a number or SIGTERM"},
	{"expect-stop", "", expect_stop, "the program stops, as ^Z does"},
	{"expect-tty-restored", "", expect_tty_restored,
	 "modes, screen, cursor and colours as before"},
	{"expect-file", "NAME TEXT", expect_file, "a file in the program's directory has the text"},
	{.name = NULL},
};
