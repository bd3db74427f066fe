/* SPDX-License-Identifier: MIT */
/* Reports of a mouse: what is read of them, and what clicks do on the screen. */
#include "explorer.h"
#include "base/array.h"
#include "ui/app/app_mouse.h"

static bool read_text(const char *text, struct mouse *mouse)
{
	struct mouse_reader reader;

	mouse_start(&reader);
	for (; *text; text++) {
		bool done = mouse_read(&reader, (unsigned char)*text, mouse);

		if (done || !reader.reading)
			return done && !text[1];
	}
	return false;
}

static void reports_are_read(void **state)
{
	static const char *const broken[] = {
		"0;1M",    "0;0;1M", "M", ";;M", "0;1;2x", "0;1;2", "0;11111111111111111111;1M",
		"0;1;2;3M"};
	struct mouse mouse;

	(void)state;
	assert_true(read_text("0;12;5M", &mouse));
	assert_int_equal(mouse.button, MOUSE_LEFT);
	assert_int_equal(mouse.column, 11);
	assert_int_equal(mouse.row, 4);
	assert_true(mouse.pressed);
	assert_true(read_text("65;500;200m", &mouse));
	assert_int_equal(mouse.button, MOUSE_WHEEL_DOWN);
	assert_false(mouse.pressed);
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_false(read_text(broken[i], &mouse));
}

static void click_at(struct app *app, int row, int column, int64_t now)
{
	const struct mouse press = {MOUSE_LEFT, row, column, true},
			   release = {MOUSE_LEFT, row, column, false};
	int cursor_row, cursor_column;

	uint32_t key = app_mouse(app, &press, now);

	if (key != NAMED_NONE)
		app_key(app, key);
	assert_int_equal(app_mouse(app, &release, now + 1), NAMED_NONE);
	explorer_settle(app);
	app_draw(app, &cursor_row, &cursor_column);
	explorer_settle(app);
}

static const char *selected(const struct app *app)
{
	node_id node = app->session.spot.node;

	return node == NONE ? "" : app->session.shown.view->node_names[node];
}

static void clicks_select_and_double_clicks_drill(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_ASCII);

	(void)state;
	click_at(app, 4, 50, 1000);
	assert_string_equal(selected(app), "compress/flate.(*compressor).deflate");
	/* Lines around the pane, and its header, are no rows. */
	click_at(app, 0, 5, 2000);
	click_at(app, 1, 5, 3000);
	click_at(app, 23, 5, 4000);
	assert_string_equal(selected(app), "compress/flate.(*compressor).deflate");
	click_at(app, 3, 50, 5000);
	assert_string_equal(selected(app), "runtime/internal/syscall.Syscall6");
	click_at(app, 3, 50, 6000);
	explorer_check(app, "Peek", false);
	click_at(app, 3, 50, 6300);
	explorer_check(app, "Peek", true);
	explorer_press(app, "i g");
	click_at(app, 3, 5, 7000);
	assert_string_equal(selected(app), "net/http.(*conn).serve");
	click_at(app, 3, 5, 7100);
	explorer_check(app, "root > (*conn).serve", true);
	explorer_close(&explorer);
}

static void a_click_goes_to_the_pane_it_is_in(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 40, 160,
					CHARSET_ASCII);

	(void)state;
	explorer_press(app, "Tab g Tab");
	assert_false(app->focus_right);
	click_at(app, 3, 100, 1000);
	assert_true(app->focus_right);
	assert_string_equal(selected(app), "net/http.(*conn).serve");
	click_at(app, 2, 50, 2000);
	assert_false(app->focus_right);
	explorer_close(&explorer);
}

/* The row of the screen that has a text. */
static int row_of(struct app *app, const char *text)
{
	char *screen = explorer_screen(app, false), *found = strstr(screen, text);
	int row = 0;

	assert_non_null(found);
	for (const char *at = screen; at < found; at++)
		row += *at == '\n';
	free(screen);
	return row;
}

static void clicks_select_frames_of_a_sandwich(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_ASCII);
	int row;

	(void)state;
	explorer_press(app, ": peek Space mallocgc$ Enter c");
	row = row_of(app, "2.41s 13.04%");
	click_at(app, row + 1, 3, 1000);
	assert_string_equal(selected(app), "runtime.memclrNoHeapPointers");
	click_at(app, row, 40, 2000);
	assert_string_equal(selected(app), "runtime.mallocgc");
	click_at(app, row - 1, 3, 3000);
	assert_string_equal(selected(app), "runtime.newobject");
	/* Where nothing is the selection stays. */
	click_at(app, 20, 79, 4000);
	assert_string_equal(selected(app), "runtime.newobject");
	click_at(app, row - 1, 3, 5000);
	click_at(app, row - 1, 3, 5100);
	explorer_check(app, "runtime.newobject  ", true);
	assert_string_equal(app->session.shown.view->node_names[app->session.spot.centre],
			    "runtime.newobject");
	explorer_close(&explorer);
}

static void click_twice(struct app *app, int row, int column, int64_t now)
{
	click_at(app, row, column, now);
	click_at(app, row, column, now + 100);
}

/* What is selected elsewhere is not what was clicked at. */
static void double_clicks_beside_everything_do_nothing(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_ASCII);
	char *before, *after;

	(void)state;
	click_twice(app, 1, 50, 1000);
	explorer_check(app, "Peek", false);
	explorer_press(app, "A / findMatch Enter");
	click_twice(app, row_of(app, "Most by itself"), 3, 2000);
	explorer_check(app, "Overview", true);
	explorer_press(app, "Esc : focus=madvise Enter i g j");
	before = explorer_screen(app, true);
	click_twice(app, 18, 70, 3000);
	after = explorer_screen(app, true);
	assert_string_equal(after, before);
	free(before);
	free(after);
	explorer_press(app, ": peek Space madvise$ Enter c k");
	before = explorer_screen(app, true);
	click_twice(app, 18, 79, 4000);
	after = explorer_screen(app, true);
	assert_string_equal(after, before);
	free(before);
	free(after);
	explorer_close(&explorer);
}

static void clicks_select_rows_of_every_list(void **state)
{
	static const char *const words[] = {"web_before.cpu.pb.gz", "web_after.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_ASCII);

	(void)state;
	explorer_press(app, "W");
	click_at(app, 4, 60, 1000);
	click_at(app, 4, 60, 1100);
	assert_int_equal(app->session.asked.alone, 1);
	explorer_press(app, "A");
	click_at(app, row_of(app, "  samples\n"), 10, 2000);
	click_at(app, row_of(app, "  samples\n"), 10, 2100);
	assert_int_equal(app->session.settings.view.value_type, 0);
	explorer_press(app, ": focus=main Enter : ignore=gc Enter F");
	click_at(app, row_of(app, "on  ignore"), 10, 3000);
	explorer_press(app, "x");
	explorer_check(app, "focus=main", true);
	explorer_check(app, "ignore=gc", false);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clicks_select_frames_of_a_sandwich),
		cmocka_unit_test(clicks_select_rows_of_every_list),
		cmocka_unit_test(double_clicks_beside_everything_do_nothing),
		cmocka_unit_test(reports_are_read),
		cmocka_unit_test(clicks_select_and_double_clicks_drill),
		cmocka_unit_test(a_click_goes_to_the_pane_it_is_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
