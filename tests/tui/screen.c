/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Rows of a dump, more only tire the reader. */
#define DUMP_TOP 44
#define DUMP_BOTTOM 6

/* --- Life ---------------------------------------------------------------- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct screen *screen = user;

	if (property == VTERM_PROP_ALTSCREEN)
		screen->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		screen->cursor_shown = value->boolean;
	return 1;
}

static int on_cursor(VTermPos position, VTermPos old, int visible, void *user)
{
	struct screen *screen = user;

	(void)old;
	(void)visible;
	screen->cursor_row = position.row;
	screen->cursor_column = position.col;
	return 1;
}

static void on_input(const char *bytes, size_t length, void *user)
{
	struct screen *screen = user;

	buffer_add(&screen->input, bytes, length);
}

void screen_init(struct screen *screen, int rows, int columns)
{
	static const VTermScreenCallbacks callbacks = {.settermprop = on_property,
						       .movecursor = on_cursor};

	*screen = (struct screen){.rows = rows, .columns = columns, .cursor_shown = true};
	screen->terminal = vterm_new(rows, columns);
	vterm_set_utf8(screen->terminal, 1);
	vterm_output_set_callback(screen->terminal, on_input, screen);
	screen->cells = vterm_obtain_screen(screen->terminal);
	vterm_screen_set_callbacks(screen->cells, &callbacks, screen);
	vterm_screen_enable_altscreen(screen->cells, 1);
	vterm_screen_reset(screen->cells, 1);
}

void screen_clear(struct screen *screen)
{
	if (screen->terminal)
		vterm_free(screen->terminal);
	buffer_clear(&screen->input);
	*screen = (struct screen){0};
}

void screen_resize(struct screen *screen, int rows, int columns)
{
	VTermPos cursor;

	screen->rows = rows;
	screen->columns = columns;
	vterm_set_size(screen->terminal, rows, columns);
	/* libvterm may leave the cursor above the screen, and then writes there. */
	vterm_state_get_cursorpos(vterm_obtain_state(screen->terminal), &cursor);
	if (cursor.row < 0 || cursor.row >= rows || cursor.col >= columns)
		vterm_input_write(screen->terminal, "\033[H", 3);
}

/*
 * What libvterm cannot be given: behind "ESC [ 5 b", which repeats a character, it wraps a column
 * too early; "ESC [ 30 ; 40 r", a region that is below a screen made smaller, breaks its memory.
 */
static void end_sequence(struct screen *screen)
{
	char last = screen->held[screen->held_length - 1];
	long number;

	screen->held[screen->held_length] = '\0';
	number = screen->held_length > 2 ? strtol(screen->held + 2, NULL, 10) : 0;
	if (screen->held[1] == '[' && last == 'b')
		for (number = number ? number : 1; number > 0; number--)
			vterm_input_write(screen->terminal, screen->last, screen->last_length);
	else if (screen->held[1] != '[' || last != 'r' || number <= screen->rows)
		vterm_input_write(screen->terminal, screen->held, screen->held_length);
	screen->held_length = 0;
}

/*
 * Whole characters only: what is typed while no program listens is echoed by the kernel, and
 * libvterm would go on with half a character of that much later.
 */
static void add_text(struct screen *screen, unsigned char byte)
{
	if ((byte & 0xc0) != 0x80) {
		screen->last_length = 0;
		screen->last_wanted = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
	} else if (screen->last_length == screen->last_wanted) {
		return;
	}
	screen->last[screen->last_length++] = (char)byte;
	/* On one column libvterm puts the right half of a wide character beside the screen. */
	if (screen->columns == 1 && screen->last_length > 2) {
		screen->last[0] = '?';
		screen->last_length = screen->last_wanted = 1;
	}
	if (screen->last_length == screen->last_wanted)
		vterm_input_write(screen->terminal, screen->last, screen->last_length);
}

static void add_byte(struct screen *screen, char byte)
{
	if (byte != '\033' && !screen->held_length) {
		add_text(screen, (unsigned char)byte);
		return;
	}
	if (screen->last_length < screen->last_wanted)
		screen->last_length = screen->last_wanted = 0;
	screen->held[screen->held_length++] = byte;
	/* Behind the bracket stand digits and the like, and then one letter. */
	if (screen->held_length == 1 || (screen->held_length == 2 && byte == '['))
		return;
	if (screen->held[1] != '[' || byte >= '@' ||
	    screen->held_length + 1 == sizeof(screen->held))
		end_sequence(screen);
}

void screen_add(struct screen *screen, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		add_byte(screen, bytes[i]);
}

/* --- Reading ------------------------------------------------------------- */

static void get_cell(const struct screen *screen, int row, int column, VTermScreenCell *cell)
{
	memset(cell, 0, sizeof(*cell));
	vterm_screen_get_cell(screen->cells, (VTermPos){.row = row, .col = column}, cell);
}

static void add_rune(struct buffer *text, uint32_t rune)
{
	char bytes[4];
	size_t length = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;

	if (length == 1) {
		bytes[0] = (char)rune;
	} else {
		for (size_t i = length; --i > 0; rune >>= 6)
			bytes[i] = (char)(0x80 | (rune & 0x3f));
		bytes[0] = (char)((0xf00 >> length & 0xff) | rune);
	}
	buffer_add(text, bytes, length);
}

void screen_row(const struct screen *screen, int row, bool reversed, struct buffer *text)
{
	size_t end = text->length;

	for (int column = 0; column < screen->columns; column++) {
		VTermScreenCell cell;

		get_cell(screen, row, column, &cell);
		if (cell.chars[0] == UINT32_MAX || (reversed && !cell.attrs.reverse))
			continue; /* the right half of a wide character, or not wanted */
		if (!cell.chars[0])
			buffer_add(text, " ", 1);
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			add_rune(text, cell.chars[i]);
		if (text->bytes[text->length - 1] != ' ')
			end = text->length;
	}
	if (text->length > end) {
		text->length = end;
		text->bytes[end] = '\0';
	}
}

static bool cells_equal(const VTermScreenCell *a, const VTermScreenCell *b)
{
	/* An empty cell and a blank look alike. */
	uint32_t first = a->chars[0] ? a->chars[0] : ' ', other = b->chars[0] ? b->chars[0] : ' ';

	/* The right half of a wide character looks as its left one. */
	if (first == UINT32_MAX && other == UINT32_MAX)
		return true;
	return first == other &&
	       !memcmp(a->chars + 1, b->chars + 1, sizeof(a->chars) - sizeof(a->chars[0])) &&
	       a->attrs.bold == b->attrs.bold && a->attrs.reverse == b->attrs.reverse &&
	       a->attrs.underline == b->attrs.underline && vterm_color_is_equal(&a->fg, &b->fg) &&
	       vterm_color_is_equal(&a->bg, &b->bg);
}

void screen_take(const struct screen *screen, struct snapshot *snapshot)
{
	size_t count = (size_t)screen->rows * (size_t)screen->columns;

	snapshot_clear(snapshot);
	snapshot->rows = screen->rows;
	snapshot->columns = screen->columns;
	snapshot->cells = calloc(count, sizeof(*snapshot->cells));
	for (size_t i = 0; i < count; i++)
		get_cell(screen, (int)i / screen->columns, (int)i % screen->columns,
			 &snapshot->cells[i]);
}

void snapshot_clear(struct snapshot *snapshot)
{
	free(snapshot->cells);
	*snapshot = (struct snapshot){0};
}

bool screen_equals(const struct screen *screen, const struct snapshot *snapshot, VTermPos *place)
{
	*place = (VTermPos){0};
	if (snapshot->rows != screen->rows || snapshot->columns != screen->columns)
		return false;
	for (; place->row < screen->rows; place->row++) {
		const VTermScreenCell *line = snapshot->cells + place->row * snapshot->columns;

		for (place->col = 0; place->col < screen->columns; place->col++) {
			VTermScreenCell cell;

			get_cell(screen, place->row, place->col, &cell);
			if (!cells_equal(&cell, &line[place->col]))
				return false;
		}
	}
	return true;
}

/* A line of ^ under reversed cells, nothing if there are none. */
static void dump_marks(const struct screen *screen, int row, struct buffer *text)
{
	struct buffer marks = {0};
	bool any = false;

	for (int column = 0; column < screen->columns; column++) {
		VTermScreenCell cell;

		get_cell(screen, row, column, &cell);
		any |= cell.attrs.reverse;
		buffer_add(&marks, cell.attrs.reverse ? "^" : " ", 1);
	}
	if (any)
		buffer_printf(text, "     %s\n", buffer_string(&marks));
	buffer_clear(&marks);
}

void screen_dump(const struct screen *screen, struct buffer *text)
{
	buffer_printf(text, "   +--- %d x %d, %s screen, cursor ", screen->rows, screen->columns,
		      screen->alternate ? "alternate" : "normal");
	if (screen->cursor_shown)
		buffer_printf(text, "at %d %d\n", screen->cursor_row, screen->cursor_column);
	else
		buffer_printf(text, "hidden\n");
	for (int row = 0; row < screen->rows; row++) {
		if (row >= DUMP_TOP && row < screen->rows - DUMP_BOTTOM)
			continue;
		buffer_printf(text, "%3d| ", row);
		screen_row(screen, row, false, text);
		buffer_printf(text, "\n");
		dump_marks(screen, row, text);
	}
	buffer_printf(text, "   +---\n");
}

/* --- Writing ------------------------------------------------------------- */

static const struct {
	const char *name;
	VTermKey key;
	VTermModifier modifier;
} keys[] = {
	{"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},
	{"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
	{"S-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},
	{"Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
	{"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
	{"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
	{"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},
	{"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
	{"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},
	{"Del", VTERM_KEY_DEL, VTERM_MOD_NONE},
	{"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
	{"End", VTERM_KEY_END, VTERM_MOD_NONE},
	{"PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
	{"PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
	{"F1", VTERM_KEY_FUNCTION(1), VTERM_MOD_NONE},
};

bool screen_key(struct screen *screen, const char *name)
{
	size_t length = strlen(name);
	char byte;

	for (size_t i = 0; i < COUNT(keys); i++) {
		if (!strcmp(keys[i].name, name)) {
			vterm_keyboard_key(screen->terminal, keys[i].key, keys[i].modifier);
			return true;
		}
	}
	if (!strcmp(name, "Space"))
		name = " ";
	if (length == 2 && name[0] == '^' && name[1] >= '@' && name[1] <= '_') {
		byte = (char)(name[1] - '@');
		buffer_add(&screen->input, &byte, 1);
		return true;
	}
	length = strlen(name);
	if (length == 0 || (length > 1 && (unsigned char)name[0] < 0xc0))
		return false;
	buffer_add(&screen->input, name, length);
	return true;
}

void screen_paste(struct screen *screen, const char *bytes, size_t length)
{
	vterm_keyboard_start_paste(screen->terminal);
	buffer_add(&screen->input, bytes, length);
	vterm_keyboard_end_paste(screen->terminal);
}

/* What this key or mark sends now, which tells in what mode the terminal is. */
static bool sends(struct screen *screen, bool paste, const char *bytes)
{
	size_t old = screen->input.length;
	bool same;

	if (paste)
		vterm_keyboard_start_paste(screen->terminal);
	else
		vterm_keyboard_key(screen->terminal, VTERM_KEY_UP, VTERM_MOD_NONE);
	same = screen->input.length - old == strlen(bytes) &&
	       (!*bytes || !memcmp(screen->input.bytes + old, bytes, strlen(bytes)));
	if (screen->input.bytes)
		screen->input.bytes[screen->input.length = old] = '\0';
	return same;
}

const char *screen_leftover(struct screen *screen)
{
	static const VTermAttr attributes[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE,
					       VTERM_ATTR_REVERSE, VTERM_ATTR_BLINK};
	VTermState *state = vterm_obtain_state(screen->terminal);
	VTermValue value;

	if (screen->alternate)
		return "the alternate screen is still shown";
	if (!screen->cursor_shown)
		return "the cursor is hidden";
	for (size_t i = 0; i < COUNT(attributes); i++) {
		vterm_state_get_penattr(state, attributes[i], &value);
		if (value.boolean)
			return "text is still bold, underlined, reversed or blinking";
	}
	vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value);
	if (!VTERM_COLOR_IS_DEFAULT_FG(&value.color))
		return "text still has a colour";
	vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value);
	if (!VTERM_COLOR_IS_DEFAULT_BG(&value.color))
		return "text still has a background colour";
	if (!sends(screen, false, "\033[A"))
		return "cursor keys are still in application mode";
	if (!sends(screen, true, ""))
		return "pastes are still bracketed";
	return NULL;
}
