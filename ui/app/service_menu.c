/* SPDX-License-Identifier: MIT */
#include "ui/app/service_menu.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/service.h"
#include "profile/unit.h"
#include "source/source.h"
#include "ui/app/app_config.h"
#include "ui/session/session_settle.h"
#include "ui/term/key.h"
#include "ui/term/terminal.h"
#include "ui/term/theme.h"

#define TICK 250 /* ms between two paints while something runs */
#define NAME_AT 12
#define ABOUT_AT 28
#define FIRST_ROW 3

/* What + and - go through. */
static const int64_t lengths[] = {1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 21600, 86400, 604800};

/* The work of a thread: reading the list, or the first of two captures. */
struct menu_work {
	struct job *job; /* NULL: nothing runs */
	struct progress progress;
	char *location; /* of the capture; NULL: the list is read */
	bool good;
	struct error error;
};

struct menu {
	struct request *request;
	const char *location;
	struct service service, found; /* shown; read by the job */
	size_t selected;
	int64_t seconds;
	struct menu_work work;
	int64_t second_at; /* when the second capture of a difference begins, in ms; 0: there is none */
	size_t difference; /* of which profile */
	struct text message;
	bool failed; /* the message is an error */
	bool quit, chosen;
	struct canvas canvas;
	int rows, columns;
};

static const struct service_profile *selected(const struct menu *menu)
{
	return menu->selected < menu->service.count ? &menu->service.profiles[menu->selected]
						    : NULL;
}

static void say(struct menu *menu, bool failed, const char *text)
{
	text_reset(&menu->message);
	text_add_string(&menu->message, text);
	menu->failed = failed;
}

/* --- Work ----------------------------------------------------------------- */

/* Reads a source to its end; what it is kept in is the fetch options' affair. */
static bool capture(const char *location, const struct fetch_options *how,
		    struct progress *progress, struct error *error)
{
	struct stream *stream = source_open(location, how, progress, error);
	const char *bytes;
	size_t length = 1;
	bool good = stream != NULL;

	while (good && length)
		good = stream_next(stream, &bytes, &length, error);
	stream_close(stream);
	return good || error_wrap(error, "%s", location);
}

static void *run_work(void *argument, struct progress *progress)
{
	struct menu *menu = argument;
	struct menu_work *work = &menu->work;

	if (work->location)
		work->good = capture(work->location, &menu->request->fetch, progress, &work->error);
	else
		work->good = service_read(menu->location, &menu->request->fetch, progress,
					  &menu->found, &work->error);
	return NULL;
}

static void start(struct menu *menu, char *location)
{
	free(menu->work.location);
	menu->work.location = location;
	atomic_store(&menu->work.progress.cancelled, false);
	atomic_store(&menu->work.progress.done, 0);
	atomic_store(&menu->work.progress.total, 0);
	menu->work.job = job_start(run_work, menu, &menu->work.progress);
}

static void take_list(struct menu *menu)
{
	service_clear(&menu->service);
	menu->service = menu->found;
	menu->found = (struct service){0};
	if (menu->selected >= menu->service.count)
		menu->selected = 0;
	if (!menu->failed)
		text_reset(&menu->message);
}

/* The job is done. */
static void end_work(struct menu *menu)
{
	struct menu_work *work = &menu->work;
	bool cancelled = atomic_load(&work->progress.cancelled);

	job_join(work->job);
	work->job = NULL;
	if (!work->good)
		say(menu, true, cancelled ? "cancelled" : work->error.message);
	else if (!work->location)
		take_list(menu);
	else
		menu->second_at =
			session_clock() +
			(menu->service.profiles[menu->difference].timed ? 1 : menu->seconds * 1000);
}

/* --- Choices -------------------------------------------------------------- */

/* Where a capture of the selected profile is; snapshots have no length. */
static char *place(const struct menu *menu, size_t index, enum service_capture which)
{
	const struct service_profile *profile = &menu->service.profiles[index];
	struct text location = {0};

	bool long_one = profile->timed || menu->service.is_store;

	service_location(&menu->service, profile, long_one ? menu->seconds : 0, which, &location);
	return location.bytes;
}

static bool check_choice(struct menu *menu)
{
	const struct service_profile *profile = selected(menu);

	if (!profile)
		return false;
	if (profile->text)
		say(menu, true, "this is no profile; it is shown above");
	else if (profile->off)
		say(menu, true, profile->off);
	return !profile->text && !profile->off;
}

static void choose(struct menu *menu, size_t index, bool difference)
{
	struct request *request = menu->request;

	free(request->chosen);
	free(request->diff_base);
	request->chosen = place(menu, index, difference ? CAPTURE_AFTER : CAPTURE_ONLY);
	request->diff_base = difference ? place(menu, index, CAPTURE_BEFORE) : alloc_text("");
	request->locations[0] = request->chosen;
	request->location_count = 1;
	menu->chosen = true;
}

static void begin_difference(struct menu *menu)
{
	if (!check_choice(menu))
		return;
	menu->difference = menu->selected;
	if (menu->service.is_store)
		choose(menu, menu->selected, true);
	else
		start(menu, place(menu, menu->selected, CAPTURE_BEFORE));
}

static void change_length(struct menu *menu, int direction)
{
	size_t count = sizeof(lengths) / sizeof(lengths[0]), at = 0;

	while (at + 1 < count && lengths[at] < menu->seconds)
		at++;
	if (direction < 0 && at > 0)
		at--;
	else if (direction > 0 && at + 1 < count)
		at++;
	menu->seconds = lengths[at];
}

static void stop(struct menu *menu)
{
	if (menu->work.job)
		atomic_store(&menu->work.progress.cancelled, true);
	else if (menu->second_at)
		say(menu, false, "cancelled");
	else
		menu->quit = true;
	menu->second_at = 0;
}

static void move(struct menu *menu, uint32_t key)
{
	size_t count = menu->service.count;

	if ((key == 'j' || key == NAMED_DOWN) && menu->selected + 1 < count)
		menu->selected++;
	else if ((key == 'k' || key == NAMED_UP) && menu->selected > 0)
		menu->selected--;
	else if (key == 'g' || key == NAMED_HOME)
		menu->selected = 0;
	else if ((key == 'G' || key == NAMED_END) && count)
		menu->selected = count - 1;
}

static void take_key(struct menu *menu, uint32_t key)
{
	bool idle = !menu->work.job && !menu->second_at;

	if (key == 'q' || key == 'Q' || key == NAMED_ESCAPE || key == key_control('C')) {
		stop(menu);
		return;
	}
	if (!idle)
		return;
	text_reset(&menu->message);
	menu->failed = false;
	if (key == NAMED_ENTER && check_choice(menu))
		choose(menu, menu->selected, false);
	else if (key == 'd')
		begin_difference(menu);
	else if (key == '+' || key == '-')
		change_length(menu, key == '+' ? 1 : -1);
	else if (key == 'R')
		start(menu, NULL);
	else
		move(menu, key);
}

/* --- Picture -------------------------------------------------------------- */

static void draw_row(struct menu *menu, int at, size_t index)
{
	const struct service_profile *profile = &menu->service.profiles[index];
	struct canvas line = canvas_part(&menu->canvas, at, 0, 1, menu->columns);
	uint16_t mark = index == menu->selected ? STYLE_SELECTED : 0;
	uint16_t style = (profile->off || profile->text ? STYLE_MUTED : STYLE_PLAIN) | mark;
	char count[32];

	canvas_fill(&line, 0, 0, line.columns, STYLE_PLAIN | mark);
	if (profile->count >= 0) {
		snprintf(count, sizeof(count), "%lld", (long long)profile->count);
		canvas_string(&line, 0, NAME_AT - 2 - (int)strlen(count), style, count);
	}
	canvas_string(&line, 0, NAME_AT, style, profile->name);
	canvas_string(&line, 0, ABOUT_AT, style,
		      profile->off ? profile->off
		      : strcmp(profile->name, "cmdline") == 0 && *menu->service.command_line
			      ? menu->service.command_line
			      : profile->about);
}

static void draw_list(struct menu *menu)
{
	int room = menu->rows - FIRST_ROW - 3;
	size_t first = 0;

	canvas_fill(&menu->canvas, FIRST_ROW - 1, 0, menu->columns, STYLE_HEADER);
	canvas_string(&menu->canvas, FIRST_ROW - 1, NAME_AT - 9, STYLE_HEADER, "records");
	canvas_string(&menu->canvas, FIRST_ROW - 1, NAME_AT, STYLE_HEADER, "profile");
	canvas_string(&menu->canvas, FIRST_ROW - 1, ABOUT_AT, STYLE_HEADER, "what it is");
	if (room > 0 && menu->selected >= (size_t)room)
		first = menu->selected - (size_t)room + 1;
	for (int i = 0; i < room && first + (size_t)i < menu->service.count; i++)
		draw_row(menu, FIRST_ROW + i, first + (size_t)i);
}

/* What runs: how long and how much. */
static void print_work(const struct menu *menu, struct text *text)
{
	const struct progress *progress = &menu->work.progress;
	char bytes[UNIT_LABEL_SIZE];

	if (menu->second_at) {
		text_printf(text, "the second capture begins in %lld s; ^C cancels",
			    (long long)(menu->second_at - session_clock() + 999) / 1000);
		return;
	}
	text_add_string(text, menu->work.location ? "capturing the first of two: " : "asking: ");
	fetch_print_progress(progress, text);
	unit_label((int64_t)atomic_load(&progress->done), "bytes", "auto", bytes);
	text_printf(text, "%s; ^C cancels", bytes);
}

static void draw_foot(struct menu *menu)
{
	struct text text = {0};
	int row = menu->rows - 2;

	if (menu->work.job || menu->second_at)
		print_work(menu, &text);
	else
		text_add(&text, text_string(&menu->message), menu->message.length);
	canvas_fit(&menu->canvas, row, 0, menu->columns,
		   menu->failed && !menu->work.job ? STYLE_ERROR : STYLE_PLAIN, text_string(&text),
		   text.length);
	text_reset(&text);
	text_printf(&text,
		    "Enter captures%s  d two of them and what changed between  + - %lld s  R list "
		    "again  q leaves",
		    selected(menu) && selected(menu)->timed ? "" : " now",
		    (long long)menu->seconds);
	canvas_fit(&menu->canvas, row + 1, 0, menu->columns, STYLE_MUTED, text.bytes, text.length);
	text_clear(&text);
}

static void paint(struct menu *menu)
{
	struct text title = {0};
	int rows, columns;

	terminal_size(&rows, &columns);
	canvas_clear(&menu->canvas);
	canvas_init(&menu->canvas, rows, columns, terminal_charset(),
		    terminal_palette() == PALETTE_256);
	menu->rows = rows;
	menu->columns = columns;
	canvas_fill(&menu->canvas, 0, 0, columns, STYLE_TITLE);
	text_printf(&title, "%s  %s", menu->location,
		    menu->service.command_line ? menu->service.command_line : "");
	canvas_fit(&menu->canvas, 0, 0, columns, STYLE_TITLE, title.bytes, title.length);
	text_clear(&title);
	if (menu->service.count && rows > FIRST_ROW + 3)
		draw_list(menu);
	draw_foot(menu);
	terminal_paint(&menu->canvas, -1, 0);
}

static void advance(struct menu *menu)
{
	struct pollfd file = {.events = POLLIN};

	if (menu->second_at && session_clock() >= menu->second_at)
		choose(menu, menu->difference, true);
	if (!menu->work.job)
		return;
	file.fd = job_descriptor(menu->work.job);
	if (poll(&file, 1, 0) > 0)
		end_work(menu);
}

static void show(struct menu *menu)
{
	struct event event;

	start(menu, NULL);
	while (!menu->quit && !menu->chosen) {
		const int descriptors[] = {menu->work.job ? job_descriptor(menu->work.job) : -1,
					   -1};
		bool busy = menu->work.job || menu->second_at;

		paint(menu);
		terminal_next(&event, descriptors, busy ? TICK : -1);
		if (event.kind == EVENT_KEY)
			take_key(menu, event.key);
		else if (event.kind == EVENT_CLOSED)
			menu->quit = true;
		advance(menu);
	}
	if (menu->work.job) {
		atomic_store(&menu->work.progress.cancelled, true);
		job_join(menu->work.job);
		service_clear(&menu->found);
	}
}

enum menu_end service_menu_run(struct request *request, const char *location, const char *message,
			       struct error *error)
{
	struct menu *menu = alloc_zero(1, sizeof(*menu));
	struct terminal_options how = {.ascii = request->ascii, .utf8 = request->utf8};
	enum menu_end end;

	if (!terminal_open(&how, error)) {
		free(menu);
		return MENU_FAILED;
	}
	menu->request = request;
	menu->location = location;
	menu->seconds = request->fetch.seconds > 0 ? request->fetch.seconds : SERVICE_SECONDS;
	say(menu, *message != '\0', message);
	show(menu);
	terminal_close();
	end = menu->chosen ? MENU_CHOSEN : MENU_LEFT;
	service_clear(&menu->service);
	canvas_clear(&menu->canvas);
	text_clear(&menu->message);
	free(menu->work.location);
	free(menu);
	return end;
}
