/* SPDX-License-Identifier: MIT */
#define NCURSES_WIDECHAR 1

#include "ui/term/terminal.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/array.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ui/term/key.h"
#include "ui/term/terminal_key.h"
#include "ui/term/tty.h"

/* Last, because it defines words such as "columns" as macros. */
#include <term.h>
#undef columns

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define PASTE_LIMIT 65536
#define LARGEST_SIDE 2000

/* Far behind KEY_MAX: from there on curses numbers the keys of extended descriptions (kDC3, kUP5). */
enum { PASTE_START = KEY_MAX + 0x2000, PASTE_END, MOUSE_REPORT };

/* The pair and the attributes of one style, made when it is first drawn. */
struct paint {
	bool made;
	short pair;
	attr_t attributes;
};

static struct {
	bool open;
	SCREEN *screen;
	WINDOW *keys; /* never drawn on, so that reading a key paints nothing */
	FILE *input;
	int input_descriptor;
	enum charset charset;
	struct theme theme;
	bool pastes; /* and has what else xterm has */
	bool mouse;
	struct mouse_reader reader;
	char notice[160];
	struct canvas shown;
	struct paint paints[STYLE_END];
	bool cursor_shown;
	bool pasting;
	struct text pasted;
} terminal;

/* --- Opening and closing ------------------------------------------------- */

/* 1: usable, 0: unknown here, -1: cannot address cells. */
static int check_type(const char *type)
{
	int status, found;

	if (setupterm(type, STDOUT_FILENO, &status) != OK)
		return status == 1 ? -1 : 0;
	found = cursor_address || (cursor_up && cursor_left && clear_screen) ? 1 : -1;
	del_curterm(cur_term);
	return found;
}

/* The type to use: $TERM or, where its description is missing, a common relative. */
static const char *choose_type(struct error *error)
{
	static const char *const relatives[] = {"xterm-256color", "xterm", "vt100"};
	const char *type = getenv("TERM");
	int found;

	if (!type || !*type)
		type = "unknown";
	found = check_type(type);
	if (found > 0)
		return type;
	for (size_t i = 0; found == 0 && i < COUNT(relatives); i++) {
		if (check_type(relatives[i]) <= 0)
			continue;
		snprintf(terminal.notice, sizeof(terminal.notice),
			 "terminal type %.60s is not described here, using %s", type, relatives[i]);
		return relatives[i];
	}
	error_set(error, "a terminal of type \"%s\" cannot show the explorer; this is -top", type);
	return NULL;
}

/* The locale decides unless the person did; C.UTF-8 where the own one is not UTF-8. */
static enum charset choose_charset(const struct terminal_options *options)
{
	if (options->ascii) {
		setlocale(LC_CTYPE, "C");
		return CHARSET_ASCII;
	}
	setlocale(LC_CTYPE, "");
	if (!strcmp(nl_langinfo(CODESET), "UTF-8"))
		return CHARSET_UTF8;
	if (options->utf8 && setlocale(LC_CTYPE, "C.UTF-8"))
		return CHARSET_UTF8;
	return CHARSET_ACS;
}

static enum palette choose_palette(bool no_color)
{
	if (no_color || !has_colors() || start_color() != OK || COLORS < 8)
		return PALETTE_MONO;
	use_default_colors();
	/* More than 256 are no palette but red, green and blue in one number. */
	return COLORS == 256 ? PALETTE_256 : PALETTE_8;
}

static void choose_looks(const struct terminal_options *options)
{
	terminal.charset = choose_charset(options);
	if (terminal.charset == CHARSET_ACS && !acs_chars)
		terminal.charset = CHARSET_ASCII;
	terminal.theme = (struct theme){.palette = choose_palette(options->no_color),
					.light = options->light,
					.blind = options->blind};
}

static bool open_input(struct error *error)
{
	terminal.input =
		isatty(STDIN_FILENO) ? fdopen(dup(STDIN_FILENO), "r") : fopen("/dev/tty", "re");
	if (!terminal.input)
		return error_set(error, "no terminal to read keys from; this is -top");
	terminal.input_descriptor = fileno(terminal.input);
	return true;
}

static struct tty_restore *collecting;

static int collect(int byte)
{
	if (collecting->length < sizeof(collecting->bytes))
		collecting->bytes[collecting->length++] = (char)byte;
	return byte;
}

static void collect_string(const char *capability)
{
	if (capability)
		tputs(capability, 1, collect);
}

/* What must be written when there is no time for curses to do it. */
static void prepare_restore(struct tty_restore *restore)
{
	collecting = restore;
	restore->descriptor = STDOUT_FILENO;
	if (terminal.pastes)
		collect_string(MOUSE_OFF PASTE_OFF);
	collect_string(exit_alt_charset_mode);
	collect_string(exit_attribute_mode);
	if (max_colors >= 8) /* colours may be switched on later */
		collect_string(orig_pair);
	collect_string(keypad_local);
	collect_string(exit_ca_mode ? exit_ca_mode : "\r\n");
	collect_string(cursor_normal);
}

void terminal_send(const char *bytes, size_t length)
{
	while (terminal.open && length > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);

		if (written < 0 && errno != EINTR)
			return;
		bytes += written > 0 ? written : 0;
		length -= written > 0 ? (size_t)written : 0;
	}
}

static void write_out(const char *text)
{
	if (write(STDOUT_FILENO, text, strlen(text)) < 0)
		return;
}

/* What curses knows nothing of. */
static void switch_modes(bool on)
{
	if (terminal.pastes)
		write_out(on ? PASTE_ON : PASTE_OFF);
	if (terminal.pastes && terminal.mouse)
		write_out(on ? MOUSE_ON : MOUSE_OFF);
}

/* Some terminals keep with the alternate screen whether the cursor was hidden there. */
static void leave_screen(void)
{
	endwin();
	switch_modes(false);
	if (cursor_normal)
		putp(cursor_normal);
	fflush(stdout);
}

static void set_modes(void)
{
	/* cbreak leaves ^C and ^Z to the terminal, which sends signals even while we are busy. */
	cbreak();
	noqiflush(); /* nor may ^C drop what is on its way to the screen */
	noecho();
	nonl();
	curs_set(0);
	terminal.keys = newpad(1, 1);
	keypad(terminal.keys, TRUE);
	nodelay(terminal.keys, TRUE);
	if (!getenv("ESCDELAY"))
		set_escdelay(25);
	terminal.pastes = terminal.theme.palette != PALETTE_MONO || max_colors >= 8;
	if (terminal.pastes) {
		define_key("\033[200~", PASTE_START);
		define_key("\033[201~", PASTE_END);
		define_key("\033[<", MOUSE_REPORT);
	}
	terminal_key_define();
	switch_modes(true);
}

void terminal_change(const struct terminal_options *options)
{
	if (!terminal.open)
		return;
	choose_looks(options);
	switch_modes(false);
	terminal.mouse = options->mouse;
	switch_modes(true);
	memset(terminal.paints, 0, sizeof(terminal.paints));
	canvas_clear(&terminal.shown);
	terminal_redraw();
}

static void fit_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col)
		return;
	size.ws_row = size.ws_row > LARGEST_SIDE ? LARGEST_SIDE : size.ws_row;
	size.ws_col = size.ws_col > LARGEST_SIDE ? LARGEST_SIDE : size.ws_col;
	if (size.ws_row != LINES || size.ws_col != COLS)
		resizeterm(size.ws_row, size.ws_col);
}

bool terminal_open(const struct terminal_options *options, struct error *error)
{
	static bool registered;
	struct tty_restore restore = {0};
	const char *type = choose_type(error);

	if (!type || !open_input(error))
		return false;
	choose_charset(options); /* curses looks at the locale when it starts */
	tcgetattr(terminal.input_descriptor, &restore.modes);
	terminal.screen = newterm(type, stdout, terminal.input);
	if (!terminal.screen) {
		fclose(terminal.input);
		return error_set(error, "the terminal of type \"%s\" does not start", type);
	}
	choose_looks(options);
	terminal.mouse = options->mouse;
	set_modes();
	fit_size();
	terminal.open = true;
	prepare_restore(&restore);
	tty_guard(&restore);
	if (!registered)
		atexit(terminal_close);
	registered = true;
	return true;
}

void terminal_close(void)
{
	if (!terminal.open)
		return;
	terminal.open = false;
	leave_screen();
	tty_release();
	delwin(terminal.keys);
	delscreen(terminal.screen);
	fclose(terminal.input);
	canvas_clear(&terminal.shown);
	text_clear(&terminal.pasted);
	memset(terminal.paints, 0, sizeof(terminal.paints));
}

const char *terminal_notice(void)
{
	return terminal.notice;
}

enum charset terminal_charset(void)
{
	return terminal.charset;
}

enum palette terminal_palette(void)
{
	return terminal.theme.palette;
}

void terminal_size(int *rows, int *columns)
{
	*rows = LINES;
	*columns = COLS;
}

/* --- Painting ------------------------------------------------------------ */

static const struct paint *find_paint(uint16_t style)
{
	static const struct {
		uint8_t look;
		attr_t attribute;
	} attributes[] = {
		{LOOK_BOLD, A_BOLD},
		{LOOK_REVERSE, A_REVERSE},
		{LOOK_UNDERLINE, A_UNDERLINE},
		{LOOK_DIM, A_DIM},
	};
	struct paint *paint = &terminal.paints[style % STYLE_END];
	struct look look;

	if (paint->made)
		return paint;
	look = theme_look(&terminal.theme, style);
	paint->made = true;
	for (size_t i = 0; i < COUNT(attributes); i++)
		if (look.attributes & attributes[i].look)
			paint->attributes |= attributes[i].attribute;
	if (look.foreground >= 0 || look.background >= 0)
		paint->pair = (short)alloc_pair(look.foreground, look.background);
	return paint;
}

static void draw_cell(int row, int column, const struct cell *cell)
{
	const struct paint *paint = find_paint(cell->style);
	wchar_t text[CELL_RUNES + 1] = {0};
	cchar_t drawn;

	if (!cell->runes[0])
		return; /* the wide character before it covers this cell */
	if (terminal.charset == CHARSET_ACS &&
	    (cell->runes[0] == 0x2500 || cell->runes[0] == 0x2502)) {
		chtype line = cell->runes[0] == 0x2500 ? ACS_HLINE : ACS_VLINE;

		mvaddch(row, column, line | paint->attributes | (chtype)COLOR_PAIR(paint->pair));
		return;
	}
	for (int i = 0; i < CELL_RUNES; i++)
		text[i] = (wchar_t)cell->runes[i];
	setcchar(&drawn, text, paint->attributes, paint->pair, NULL);
	mvadd_wch(row, column, &drawn);
}

/* Hands over only what changed, so that a paint costs what is new. */
static void draw_row(const struct canvas *canvas, int row)
{
	const struct cell *cells = canvas->cells + (ptrdiff_t)row * canvas->stride;
	struct cell *shown = terminal.shown.cells + (ptrdiff_t)row * terminal.shown.stride;

	if (!memcmp(cells, shown, (size_t)canvas->columns * sizeof(*cells)))
		return;
	for (int column = 0; column < canvas->columns; column++)
		if (memcmp(&cells[column], &shown[column], sizeof(*cells)))
			draw_cell(row, column, &cells[column]);
	memcpy(shown, cells, (size_t)canvas->columns * sizeof(*cells));
}

static void show_cursor(int row, int column)
{
	bool visible = row >= 0;

	if (visible != terminal.cursor_shown)
		curs_set(visible);
	terminal.cursor_shown = visible;
	leaveok(stdscr, !visible);
	if (visible)
		move(row, column);
}

void terminal_paint(const struct canvas *canvas, int cursor_row, int cursor_column)
{
	sigset_t stop, old;

	if (terminal.shown.rows != canvas->rows || terminal.shown.columns != canvas->columns) {
		canvas_clear(&terminal.shown);
		canvas_init(&terminal.shown, canvas->rows, canvas->columns, canvas->charset, false);
		erase();
	}
	for (int row = 0; row < canvas->rows; row++)
		draw_row(canvas, row);
	show_cursor(cursor_row, cursor_column);
	/* curses ignores SIGTSTP while it writes: blocked, a ^Z of then is not lost. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	pthread_sigmask(SIG_BLOCK, &stop, &old);
	refresh();
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void terminal_redraw(void)
{
	clearok(curscr, TRUE);
}

/* --- Events -------------------------------------------------------------- */

static void add_pasted(uint32_t key)
{
	char bytes[4];

	if (terminal.pasted.length >= PASTE_LIMIT)
		return;
	if (key == NAMED_ENTER || key == NAMED_TAB)
		text_add_char(&terminal.pasted, ' ');
	else if (key_is_text(key))
		text_add(&terminal.pasted, bytes, utf8_encode(key, bytes));
}

static bool end_paste(struct event *event)
{
	terminal.pasting = false;
	event->kind = EVENT_PASTE;
	event->text = text_string(&terminal.pasted);
	event->length = terminal.pasted.length;
	return true;
}

/* Gives back what was read too much. */
static void unread(int kind, wint_t value)
{
	if (kind != ERR)
		kind == OK ? unget_wch((wchar_t)value) : ungetch((int)value);
}

/* Behind Esc: "[15~" and the like are one key that curses does not know, and no keys of ours. */
static bool skip_sequence(void)
{
	wint_t bracket, value;
	int kind = wget_wch(terminal.keys, &bracket), next;

	if (kind != OK || bracket != '[') {
		unread(kind, bracket);
		return false;
	}
	next = wget_wch(terminal.keys, &value);
	if (next != OK || ((value < '0' || value > '9') && value != '?')) {
		unread(next, value);
		unread(kind, bracket);
		return false;
	}
	while ((value < '@' || value > '~') && (next = wget_wch(terminal.keys, &value)) == OK)
		;
	unread(next == OK ? ERR : next, value);
	return true;
}

/* One key or one whole paste; false if there is no more to read. */
static bool read_key(struct event *event)
{
	wint_t value;
	int kind;

	while ((kind = wget_wch(terminal.keys, &value)) != ERR) {
		if (kind == KEY_CODE_YES && value == PASTE_START) {
			terminal.pasting = true;
			text_reset(&terminal.pasted);
			continue;
		}
		if (kind == KEY_CODE_YES && value == PASTE_END) {
			if (terminal.pasting)
				return end_paste(event);
			continue;
		}
		if (kind == KEY_CODE_YES && value == MOUSE_REPORT) {
			mouse_start(&terminal.reader);
			continue;
		}
		if (terminal.reader.reading) {
			event->kind = EVENT_MOUSE;
			if (mouse_read(&terminal.reader, value, &event->mouse) && !terminal.pasting)
				return true;
			continue;
		}
		event->key = terminal_key_translate(kind == KEY_CODE_YES, value);
		if (event->key == NAMED_ESCAPE && skip_sequence())
			continue;
		if (terminal.pasting) {
			add_pasted(event->key);
		} else if (event->key != NAMED_NONE) {
			event->kind = EVENT_KEY;
			return true;
		}
	}
	return false;
}

static void suspend(void)
{
	leave_screen();
	tty_stop();
	tty_take(TTY_CONTINUED);
	switch_modes(true);
}

static void take_back(void)
{
	reset_prog_mode();
	terminal_redraw();
	fit_size();
}

bool terminal_run(const char *const *argv, int *status, struct error *error)
{
	bool good;

	if (!terminal.open)
		return error_set(error, "%s needs a terminal", argv[0]);
	leave_screen();
	good = tty_run(argv, terminal.input_descriptor, STDOUT_FILENO, status, error);
	/* Stops and size changes of that time are over. */
	tty_take(TTY_CONTINUED);
	tty_take(TTY_INTERRUPTED);
	switch_modes(true);
	take_back();
	return good;
}

static bool take_signal(struct event *event)
{
	tty_drain();
	if (tty_take(TTY_INTERRUPTED)) {
		terminal.pasting = terminal.reader.reading = false;
		event->kind = EVENT_KEY;
		event->key = key_control('C');
		return true;
	}
	event->kind = EVENT_RESIZE;
	if (tty_take(TTY_SUSPENDED)) {
		suspend();
		take_back();
		return true;
	}
	if (tty_take(TTY_CONTINUED)) {
		take_back();
		return true;
	}
	if (tty_take(TTY_RESIZED)) {
		fit_size();
		terminal_redraw();
		return true;
	}
	return false;
}

void terminal_next(struct event *event, const int descriptors[2], int timeout)
{
	struct pollfd files[] = {
		{.fd = terminal.input_descriptor, .events = POLLIN},
		{.fd = tty_descriptor(), .events = POLLIN},
		{.fd = descriptors[0], .events = POLLIN},
		{.fd = descriptors[1], .events = POLLIN},
	};

	*event = (struct event){0};
	for (;;) {
		int ready;

		if (take_signal(event) || read_key(event))
			return;
		ready = poll(files, COUNT(files), timeout);
		event->kind = EVENT_NONE;
		if (ready == 0)
			return;
		if (ready < 0)
			continue; /* a signal: its flag is set */
		if (files[0].revents & (POLLHUP | POLLERR | POLLNVAL))
			event->kind = EVENT_CLOSED;
		else if (files[2].revents || files[3].revents)
			event->kind = EVENT_WAKE;
		if (event->kind != EVENT_NONE)
			return;
	}
}
