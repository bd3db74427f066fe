/* SPDX-License-Identifier: MIT */
/* Commands that do something: run the program, press keys, resize, feed a pipe. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "picture.h"

/* --- Words --------------------------------------------------------------- */

char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t"), *end = word + strcspn(word, " \t");

	*rest = end + strspn(end, " \t");
	*end = '\0';
	return word;
}

bool parse_number(const char *word, long *number)
{
	char *end;

	*number = strtol(word, &end, 10);
	return *word && !*end;
}

static const struct {
	const char *name;
	int number;
} signals[] = {
	{"SIGHUP", SIGHUP},   {"SIGINT", SIGINT},   {"SIGQUIT", SIGQUIT},     {"SIGTERM", SIGTERM},
	{"SIGSEGV", SIGSEGV}, {"SIGABRT", SIGABRT}, {"SIGKILL", SIGKILL},     {"SIGPIPE", SIGPIPE},
	{"SIGTSTP", SIGTSTP}, {"SIGCONT", SIGCONT}, {"SIGWINCH", SIGWINCH},   {"SIGXFSZ", SIGXFSZ},
	{"SIGXCPU", SIGXCPU}, {"SIGUSR1", SIGUSR1}, {"SIGUSR2", SIGUSR2},     {"SIGALRM", SIGALRM},
	{"SIGBUS", SIGBUS},   {"SIGFPE", SIGFPE},   {"SIGILL", SIGILL},       {"SIGSYS", SIGSYS},
	{"SIGTRAP", SIGTRAP}, {"SIGPROF", SIGPROF}, {"SIGVTALRM", SIGVTALRM}, {"SIGPWR", SIGPWR},
};

int signal_number(const char *name)
{
	for (size_t i = 0; i < COUNT(signals); i++)
		if (!strcmp(signals[i].name, name) || !strcmp(signals[i].name + 3, name))
			return signals[i].number;
	return 0;
}

const char *signal_name(int number)
{
	for (size_t i = 0; i < COUNT(signals); i++)
		if (signals[i].number == number)
			return signals[i].name;
	return "another signal";
}

/* --- The program --------------------------------------------------------- */

static bool run(struct driver *driver, char *argument)
{
	struct buffer line = {0};
	bool good;

	buffer_printf(&line, "exec ");
	buffer_add(&line, argument, strlen(argument));
	good = driver_start(driver, buffer_string(&line));
	buffer_clear(&line);
	return good;
}

static bool shell(struct driver *driver, char *argument)
{
	return driver_start(driver, argument);
}

static bool prepare(struct driver *driver, char *argument)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (chdir(driver->directory) == 0)
			execle("/bin/sh", "sh", "-c", argument, (char *)NULL, driver->environment);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return driver_fail(driver, "no process: %s", strerror(errno));
	return status == 0 || driver_fail(driver, "the command did not succeed");
}

static bool env(struct driver *driver, char *argument)
{
	char *equals = strchr(argument, '=');

	if (equals)
		*equals = '\0';
	driver_set(driver, argument, equals ? equals + 1 : NULL);
	return true;
}

/* Two numbers, rows and columns. */
static bool parse_size(struct driver *driver, char *argument, int *rows, int *columns)
{
	long first, second;

	if (!parse_number(next_word(&argument), &first) ||
	    !parse_number(next_word(&argument), &second) || first < 1 || second < 1)
		return driver_fail(driver, "two numbers: rows and columns");
	*rows = (int)first;
	*columns = (int)second;
	return true;
}

static bool size(struct driver *driver, char *argument)
{
	return parse_size(driver, argument, &driver->rows, &driver->columns);
}

static void resize_to(struct driver *driver, int rows, int columns)
{
	while (driver_read(driver, 0))
		;
	screen_resize(&driver->screen, rows, columns);
	child_resize(&driver->child, rows, columns);
}

static bool resize(struct driver *driver, char *argument)
{
	int rows, columns;

	if (!parse_size(driver, argument, &rows, &columns))
		return false;
	resize_to(driver, rows, columns);
	return true;
}

static bool resize_storm(struct driver *driver, char *argument)
{
	uint32_t random = 1;
	long count;

	if (!parse_number(argument, &count))
		return driver_fail(driver, "a number of sizes");
	while (count-- > 0) {
		random = random * 1664525 + 1013904223;
		resize_to(driver, 1 + (int)(random >> 8) % 200, 1 + (int)(random >> 16) % 500);
		driver_read(driver, 10);
	}
	return true;
}

static bool send_signal(struct driver *driver, char *argument)
{
	int number = signal_number(argument);

	if (!number)
		return driver_fail(driver, "no such signal");
	child_signal(&driver->child, number);
	return true;
}

static bool foreground(struct driver *driver, char *argument)
{
	(void)argument;
	child_continue(&driver->child);
	return true;
}

static bool hang_up(struct driver *driver, char *argument)
{
	(void)argument;
	child_hang_up(&driver->child);
	return true;
}

/* --- Keys ---------------------------------------------------------------- */

static bool type(struct driver *driver, char *argument)
{
	buffer_add(&driver->screen.input, argument, strlen(argument));
	return driver_send(driver);
}

/* Adds one key or, as "20*j", several; *count is how many. */
static bool add_keys(struct driver *driver, char *word, long *count)
{
	char *star = strchr(word, '*');

	*count = 1;
	if (star && star != word) {
		*star = '\0';
		if (!parse_number(word, count))
			return driver_fail(driver, "%s is no number", word);
		word = star + 1;
	}
	for (long i = 0; i < *count; i++)
		if (!screen_key(&driver->screen, word))
			return driver_fail(driver, "there is no key \"%s\"", word);
	return true;
}

static bool key(struct driver *driver, char *argument)
{
	long count;

	while (*argument)
		if (!add_keys(driver, next_word(&argument), &count))
			return false;
	return driver_send(driver);
}

static bool output_grew(struct driver *driver, void *argument)
{
	return driver->output.log.length > *(const size_t *)argument;
}

/* One key of "40*j" after the other, each when what the one before printed is complete. */
static bool press_slowly(struct driver *driver, char *word, long *count)
{
	struct buffer *input = &driver->screen.input, keys;
	size_t length;

	if (!add_keys(driver, word, count))
		return false;
	keys = *input;
	*input = (struct buffer){0};
	length = *count > 0 ? keys.length / (size_t)*count : 0;
	for (long i = 0; i < *count; i++) {
		size_t before = driver->output.log.length;

		buffer_add(input, keys.bytes + (size_t)i * length, length);
		driver_send(driver);
		if (!driver_wait(driver, output_grew, &before)) {
			buffer_clear(&keys);
			return driver_fail(driver, "nothing came after key %ld", i + 1);
		}
		if (!driver_settle(driver)) {
			buffer_clear(&keys);
			return false;
		}
	}
	buffer_clear(&keys);
	return true;
}

static bool cost(struct driver *driver, char *argument)
{
	long most, count, total = 0;
	double mean;

	if (!parse_number(next_word(&argument), &most))
		return driver_fail(driver, "first a number of bytes, then keys");
	if (!driver_settle(driver))
		return false;
	driver->mark = driver->output.log.length;
	while (*argument) {
		if (!press_slowly(driver, next_word(&argument), &count))
			return false;
		total += count;
	}
	mean = (double)(driver->output.log.length - driver->mark) / (double)(total ? total : 1);
	if (driver->verbose)
		printf("  %.0f bytes per key\n", mean);
	return mean <= (double)most || driver_fail(driver, "%.0f bytes per key", mean);
}

/* Sends a button of the mouse at "ROW COLUMN", in the SGR form that the program asked for. */
static bool press_button(struct driver *driver, char *argument, int button, bool release)
{
	struct buffer *input = &driver->screen.input;
	long row, column;

	if (!parse_number(next_word(&argument), &row) ||
	    !parse_number(next_word(&argument), &column))
		return driver_fail(driver, "a row and a column");
	buffer_printf(input, "\033[<%d;%ld;%ldM", button, column + 1, row + 1);
	if (release)
		buffer_printf(input, "\033[<%d;%ld;%ldm", button, column + 1, row + 1);
	return driver_send(driver);
}

static bool click(struct driver *driver, char *argument)
{
	return press_button(driver, argument, 0, true);
}

static bool wheel_up(struct driver *driver, char *argument)
{
	return press_button(driver, argument, 64, false);
}

static bool wheel_down(struct driver *driver, char *argument)
{
	return press_button(driver, argument, 65, false);
}

static bool paste(struct driver *driver, char *argument)
{
	size_t before = driver->screen.input.length;

	screen_paste(&driver->screen, argument, strlen(argument));
	if (driver->screen.input.length - before == strlen(argument))
		return driver_fail(driver, "the program did not ask for bracketed pastes");
	return driver_send(driver);
}

/* --- A slow pipe --------------------------------------------------------- */

static bool fifo(struct driver *driver, char *argument)
{
	char path[512];

	driver_path(driver, argument, path);
	if (driver->fifo >= 0)
		close(driver->fifo);
	if (mkfifo(path, 0600) != 0)
		return driver_fail(driver, "%s", strerror(errno));
	/* Open for both, or else this would wait for a reader. */
	driver->fifo = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return driver->fifo >= 0 || driver_fail(driver, "%s", strerror(errno));
}

static bool feed_from(struct driver *driver, char *argument)
{
	char path[512], bytes[65536];
	FILE *file = fopen(driver_path(driver, argument, path), "rb");
	size_t length;

	if (!file)
		return driver_fail(driver, "%s", strerror(errno));
	buffer_clear(&driver->feed);
	driver->fed = 0;
	while ((length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buffer_add(&driver->feed, bytes, length);
	fclose(file);
	return true;
}

static bool feed(struct driver *driver, char *argument)
{
	size_t left = driver->feed.length - driver->fed;
	int64_t end = driver_now() + driver->deadline;
	long wanted;

	if (strcmp(argument, "all") != 0) {
		if (!parse_number(argument, &wanted))
			return driver_fail(driver, "a number of bytes, or \"all\"");
		if ((size_t)wanted < left)
			left = (size_t)wanted;
	}
	while (left > 0 && driver_now() < end) {
		ssize_t written = write(driver->fifo, driver->feed.bytes + driver->fed, left);

		if (written > 0) {
			driver->fed += (size_t)written;
			left -= (size_t)written;
		} else {
			driver_read(driver, 10);
		}
	}
	return left == 0 || driver_fail(driver, "the program reads no more");
}

static bool feed_end(struct driver *driver, char *argument)
{
	(void)argument;
	close(driver->fifo);
	driver->fifo = -1;
	return true;
}

/* --- The rest ------------------------------------------------------------ */

static bool mark(struct driver *driver, char *argument)
{
	(void)argument;
	if (!driver_settle(driver))
		return false;
	driver->mark = driver->output.log.length;
	output_restart(&driver->output);
	return true;
}

static bool remember(struct driver *driver, char *argument)
{
	/* What was expected may have come with the first half of a screen. */
	if (!driver_settle(driver))
		return false;
	for (size_t i = 0; i < DRIVER_SNAPSHOTS; i++) {
		char *name = driver->remembered[i].name;

		if (*name && strcmp(name, argument) != 0)
			continue;
		snprintf(name, sizeof(driver->remembered[i].name), "%s", argument);
		screen_take(&driver->screen, &driver->remembered[i].snapshot);
		return true;
	}
	return driver_fail(driver, "no room for more than %d", DRIVER_SNAPSHOTS);
}

static bool deadline(struct driver *driver, char *argument)
{
	long milliseconds;

	if (!parse_number(argument, &milliseconds))
		return driver_fail(driver, "a number of milliseconds");
	driver->deadline = (int)milliseconds;
	return true;
}

static bool not_sanitized(struct driver *driver, char *argument)
{
#ifdef __SANITIZE_ADDRESS__
	driver->skipped = true;
	return driver_fail(driver, "%s", argument);
#else
	(void)driver;
	(void)argument;
	return true;
#endif
}

static bool not_on(struct driver *driver, char *argument)
{
	if (strcmp(next_word(&argument), driver_get(driver, "TERM")) != 0)
		return true;
	driver->skipped = true;
	return driver_fail(driver, "%s", argument);
}

static bool dump(struct driver *driver, char *argument)
{
	struct buffer text = {0};

	(void)argument;
	screen_dump(&driver->screen, &text);
	printf("%s", buffer_string(&text));
	buffer_clear(&text);
	return true;
}

/* Writes text to $TUI_SHOW/NAME.EXTENSION. */
static bool show_file(struct driver *driver, const char *name, const char *extension,
		      const struct buffer *text)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.%s", getenv("TUI_SHOW"), name, extension);
	file = fopen(path, "w");
	if (!file)
		return driver_fail(driver, "%s: %s", path, strerror(errno));
	fwrite(buffer_string(text), 1, text->length, file);
	fclose(file);
	return true;
}

/* The screen as plain text, for doc/update-tour. */
static bool show(struct driver *driver, char *argument)
{
	struct buffer text = {0}, line = {0};
	bool good;

	if (!getenv("TUI_SHOW"))
		return true;
	if (!driver_settle(driver))
		return false;
	for (int row = 0; row < driver->screen.rows; row++) {
		buffer_clear(&line);
		screen_row(&driver->screen, row, false, &line);
		buffer_printf(&text, "%s\n", buffer_string(&line));
	}
	good = show_file(driver, next_word(&argument), "txt", &text);
	buffer_clear(&text);
	buffer_clear(&line);
	return good;
}

/* The screen as an image, for doc/update-pictures. */
static bool picture(struct driver *driver, char *argument)
{
	struct buffer svg = {0};
	bool good;

	if (!driver_settle(driver))
		return false;
	picture_draw(&driver->screen, &svg);
	good = !getenv("TUI_SHOW") || show_file(driver, next_word(&argument), "svg", &svg);
	buffer_clear(&svg);
	return good;
}

const struct command action_commands[] = {
	{"size", "ROWS COLUMNS", size, "the terminal of the next run; 24 80 at first"},
	{"env", "NAME=VALUE", env, "an environment variable of the next run; NAME alone unsets it"},
	{"run", "LINE", run,
	 "starts a program in a directory of its own, tests/data is data/ there"},
	{"shell", "LINE", shell, "the same for a line with pipes and redirections"},
	{"prepare", "LINE", prepare, "a shell command without terminal that makes files there"},
	{"type", "TEXT", type, "as if typed; {500*j} repeats, also in all other lines"},
	{"key", "NAME...", key,
	 "keys by name, as 500*j repeated; Enter Esc Up PgDn ^C S-Tab F1 ..."},
	{"cost", "BYTES KEY...", cost, "keys one by one; output must be at most BYTES a key"},
	{"click", "ROW COLUMN", click, "the left button of the mouse there"},
	{"wheel-up", "ROW COLUMN", wheel_up, "one step of its wheel"},
	{"wheel-down", "ROW COLUMN", wheel_down, "one step of its wheel"},
	{"paste", "TEXT", paste, "a bracketed paste"},
	{"resize", "ROWS COLUMNS", resize, "another size of the terminal"},
	{"resize-storm", "N", resize_storm,
	 "N sizes from 1 1 to 200 500, one soon after the other"},
	{"signal", "NAME", send_signal, "to all processes of the program"},
	{"fg", "", foreground, "goes on after a stop"},
	{"hang-up", "", hang_up, "closes the terminal"},
	{"fifo", "NAME", fifo, "makes a named pipe"},
	{"feed-from", "FILE", feed_from, "what is fed into it"},
	{"feed", "N", feed, "the next N bytes, or \"all\" that are left"},
	{"feed-end", "", feed_end, "closes it"},
	{"mark", "", mark, "bytes, colours and characters count from here"},
	{"remember", "NAME", remember, "the screen as it is now"},
	{"deadline", "MS", deadline, "how long the next lines wait at most"},
	{"not-sanitized", "WHY", not_sanitized, "skips the scenario in builds with sanitizers"},
	{"not-on", "TERM WHY", not_on, "skips the scenario on this type of terminal"},
	{"show", "NAME", show, "the screen goes into $TUI_SHOW/NAME.txt, if that is set"},
	{"picture", "NAME", picture, "the same as an image in colours, into $TUI_SHOW/NAME.svg"},
	{"dump", "", dump, "prints the screen, for whoever writes a scenario"},
	{.name = NULL},
};
