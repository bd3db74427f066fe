/* SPDX-License-Identifier: MIT */
/* Commands for keys without a plan: raw bytes, and whether the program still answers and lets go. */
#include "commands.h"

#include <string.h>
#include <sys/wait.h>

#define LEVELS 20 /* so many q at most lead out of everything */

static bool bytes(struct driver *driver, char *argument)
{
	add_unescaped(&driver->screen.input, argument);
	return driver_send(driver);
}

static bool listen(struct driver *driver, char *argument)
{
	int64_t end;
	long left;

	if (!parse_number(argument, &left))
		return driver_fail(driver, "a number of milliseconds");
	end = driver_now() + left;
	/* The time may be over before it was waited for: less than none would be for ever. */
	do {
		driver_read(driver, left > 0 ? (int)left : 0);
		left = (long)(end - driver_now());
	} while (left > 0 && !driver->over);
	return true;
}

/* Until it has nothing to do; goes on after a stop. */
static bool wait_for_rest(struct driver *driver)
{
	bool good = driver_settle(driver);

	while (good && driver->child.state == CHILD_STOPPED) {
		child_continue(&driver->child);
		good = driver_settle(driver);
	}
	return good;
}

static bool settle(struct driver *driver, char *argument)
{
	(void)argument;
	return wait_for_rest(driver);
}

static bool press(struct driver *driver, const char *keys)
{
	buffer_add(&driver->screen.input, keys, strlen(keys));
	return driver_send(driver) && wait_for_rest(driver);
}

static bool has_answered(struct driver *driver, void *argument)
{
	return driver->output.log.length > *(const size_t *)argument || driver->over;
}

/* Presses a key that must change something on the screen. */
static bool press_and_see(struct driver *driver, const char *key)
{
	size_t before = driver->output.log.length;

	buffer_add(&driver->screen.input, key, strlen(key));
	driver_send(driver);
	return driver_wait(driver, has_answered, &before) && wait_for_rest(driver);
}

/* An open paste ends, whatever asks for something is cancelled. */
static bool calm_down(struct driver *driver)
{
	return press(driver, "\033[201~") && press(driver, "\033") && press(driver, "\033");
}

/* The row as it was, in ASCII, and as it is. */
static void tell_difference(struct driver *driver, const struct snapshot *before, VTermPos place)
{
	struct buffer old = {0}, now = {0};

	for (int column = 0; column < before->columns && column < 300; column++) {
		uint32_t rune = before->cells[place.row * before->columns + column].chars[0];

		buffer_printf(&old, "%c", !rune ? ' ' : rune < 0x7f ? (char)rune : '?');
	}
	screen_row(&driver->screen, place.row, false, &now);
	driver_fail(driver, "row %d, column %d: not as it is when drawn anew:\n  %s\n  %s",
		    place.row, place.col, buffer_string(&old), buffer_string(&now));
	buffer_clear(&old);
	buffer_clear(&now);
}

static bool expect_answer(struct driver *driver, char *argument)
{
	struct snapshot before = {0};
	VTermPos place = {0};
	bool same;

	(void)argument;
	if (!calm_down(driver))
		return false;
	if (driver->over)
		return true;
	screen_take(&driver->screen, &before);
	if (!press_and_see(driver, "\014")) {
		snapshot_clear(&before);
		return driver_fail(driver, "^L is not answered");
	}
	/* The status line may have had a message. */
	same = driver->over || screen_equals(&driver->screen, &before, &place) ||
	       place.row == driver->screen.rows - 1;
	if (!same)
		tell_difference(driver, &before, place);
	snapshot_clear(&before);
	return same;
}

static bool expect_way_out(struct driver *driver, char *argument)
{
	const char *what;

	(void)argument;
	if (!calm_down(driver))
		return false;
	for (int i = 0; i < LEVELS && !driver->over; i++)
		if (!press_and_see(driver, "q"))
			return driver_fail(driver, "q is not answered");
	if (!driver->over)
		return driver_fail(driver, "%d q did not lead out", LEVELS);
	what = child_changed_modes(&driver->child);
	if (!what)
		what = screen_leftover(&driver->screen);
	if (what)
		return driver_fail(driver, "%s", what);
	return true;
}

static bool expect_no_report(struct driver *driver, char *argument)
{
	(void)argument;
	return !output_report(&driver->output) || driver_fail(driver, "a sanitizer reports");
}

const struct command endurance_commands[] = {
	{"bytes", "BYTES", bytes, "sends these, spelled as for expect-output"},
	{"listen", "MS", listen, "reads for so long what comes"},
	{"settle", "", settle, "waits until the program has nothing to do"},
	{"expect-answer", "", expect_answer,
	 "cancels what is asked; ^L paints what was on the screen"},
	{"expect-way-out", "", expect_way_out, "some q end it, the terminal is as before"},
	{"expect-no-report", "", expect_no_report, "no sanitizer has found anything"},
	{.name = NULL},
};
