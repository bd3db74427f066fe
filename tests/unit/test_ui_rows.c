/* SPDX-License-Identifier: MIT */
/* The list widget: selection, scrolling, rows that cannot be selected, search. */
#include <stdio.h>

#include "fixture.h"
#include "ui/widget/rows.h"
#include "ui/term/theme.h"

#define ROWS 100

/* Rows "row 0" .. "row 99"; each tenth cannot be selected if `gaps`. */
struct list {
	char text[ROWS][64];
	bool gaps;
};

static const char *text(const void *owner, uint32_t row)
{
	const struct list *list = owner;

	return list->gaps && row % 10 == 0 ? NULL : list->text[row];
}

static void draw(const void *owner, struct canvas *line, uint32_t row, int left, uint16_t flags)
{
	canvas_string(line, 0, -left, flags, ((const struct list *)owner)->text[row]);
}

static const struct rows_source source = {text, draw};

static void set_up(struct list *list, struct rows *rows, uint32_t count, int height, bool gaps)
{
	struct canvas canvas;

	for (int i = 0; i < ROWS; i++)
		snprintf(list->text[i], sizeof(list->text[i]), "row %d", i);
	list->gaps = gaps;
	rows_init(rows, &source, list);
	rows_set_count(rows, count);
	rows_select(rows, 0);
	canvas_init(&canvas, height, 20, CHARSET_ASCII, false);
	rows_draw(rows, &canvas, true);
	canvas_clear(&canvas);
}

static void columns_scroll_as_far_as_there_is_text(void **state)
{
	struct list list;
	struct rows rows;

	(void)state;
	set_up(&list, &rows, ROWS, 10, false);
	/* Everything is to be seen as it stands. */
	rows_handle(&rows, COMMAND_RIGHT);
	assert_int_equal(rows.left, 0);
	rows_handle(&rows, COMMAND_LINE_END);
	assert_int_equal(rows.left, 0);
	memset(list.text[5], 'x', 60);
	list.text[5][60] = '\0';
	rows_handle(&rows, COMMAND_RIGHT);
	assert_int_equal(rows.left, 8);
	/* At the end its last 24 cells are left. */
	rows_handle(&rows, COMMAND_LINE_END);
	assert_int_equal(rows.left, 60 - 24);
	rows_handle(&rows, COMMAND_RIGHT);
	assert_int_equal(rows.left, 60 - 24);
	rows_handle(&rows, COMMAND_LEFT);
	assert_int_equal(rows.left, 60 - 32);
	rows_handle(&rows, COMMAND_LINE_START);
	assert_int_equal(rows.left, 0);
	rows_clear(&rows);
}

static void moving_stops_at_the_ends(void **state)
{
	struct list list;
	struct rows rows;

	(void)state;
	set_up(&list, &rows, ROWS, 10, false);
	assert_true(rows_handle(&rows, COMMAND_UP));
	assert_int_equal(rows.selected, 0);
	rows_handle(&rows, COMMAND_PAGE_DOWN);
	assert_int_equal(rows.selected, 9);
	rows_handle(&rows, COMMAND_LAST);
	assert_int_equal(rows.selected, ROWS - 1);
	rows_handle(&rows, COMMAND_DOWN);
	assert_int_equal(rows.selected, ROWS - 1);
	rows_handle(&rows, COMMAND_FIRST);
	assert_int_equal(rows.selected, 0);
	assert_false(rows_handle(&rows, COMMAND_ENTER));
	rows_clear(&rows);
}

static void rows_that_cannot_be_selected_are_stepped_over(void **state)
{
	struct list list;
	struct rows rows;

	(void)state;
	set_up(&list, &rows, 31, 10, true);
	assert_int_equal(rows.selected, 1);
	rows_handle(&rows, COMMAND_UP);
	assert_int_equal(rows.selected, 1);
	rows_select(&rows, 9);
	rows_handle(&rows, COMMAND_DOWN);
	assert_int_equal(rows.selected, 11);
	rows_handle(&rows, COMMAND_UP);
	assert_int_equal(rows.selected, 9);
	rows_handle(&rows, COMMAND_LAST);
	assert_int_equal(rows.selected, 29);
	rows_clear(&rows);
}

static void an_empty_list_is_harmless(void **state)
{
	struct list list;
	struct rows rows;

	(void)state;
	set_up(&list, &rows, 0, 5, false);
	for (int command = COMMAND_DOWN; command <= COMMAND_LINE_END; command++)
		rows_handle(&rows, (enum command_id)command);
	rows_search(&rows, NULL);
	assert_false(rows_seek(&rows, 1, true));
	assert_int_equal(rows.selected, NONE);
	rows_clear(&rows);
}

static void the_selection_stays_in_the_window(void **state)
{
	struct list list;
	struct rows rows;
	struct canvas canvas;

	(void)state;
	set_up(&list, &rows, ROWS, 10, false);
	canvas_init(&canvas, 10, 20, CHARSET_ASCII, false);
	for (int i = 0; i < 15; i++)
		rows_handle(&rows, COMMAND_DOWN);
	rows_draw(&rows, &canvas, true);
	assert_int_equal(rows.first, 6);
	assert_int_equal(canvas.cells[9 * 20].style, STYLE_SELECTED);
	rows_handle(&rows, COMMAND_SCROLL_DOWN);
	assert_int_equal(rows.first, 7);
	assert_int_equal(rows.selected, 15);
	for (int i = 0; i < 20; i++)
		rows_handle(&rows, COMMAND_SCROLL_UP);
	assert_int_equal(rows.first, 0);
	assert_int_equal(rows.selected, 9);
	canvas_clear(&canvas);
	rows_clear(&rows);
}

static void a_list_that_follows_does_not_scroll_but_shows_the_row_last(void **state)
{
	struct list list;
	struct rows rows;
	struct canvas canvas;

	(void)state;
	set_up(&list, &rows, ROWS, 10, false);
	canvas_init(&canvas, 10, 20, CHARSET_ASCII, false);
	rows_select(&rows, 77);
	rows_draw(&rows, &canvas, false);
	assert_int_equal(rows.first, 0);
	assert_int_equal(canvas.cells[8 * 20 + 4].runes[0], '8');
	/* The row in front of it is no neighbour: an arrow says where it belongs. */
	assert_int_equal(canvas.cells[9 * 20].runes[0], 'v');
	assert_int_equal(canvas.cells[9 * 20].style, STYLE_KEY);
	assert_int_equal(canvas.cells[9 * 20 + 4].runes[0], '7');
	assert_int_equal(canvas.cells[9 * 20 + 5].runes[0], '7');
	assert_int_equal(canvas.cells[9 * 20 + 1].style, STYLE_FOLLOWED);
	canvas_clear(&canvas);
	rows_clear(&rows);
}

static void a_search_counts_and_goes_round(void **state)
{
	struct list list;
	struct rows rows;
	struct error error;
	struct pattern *pattern = pattern_new("row .5", false, &error);

	(void)state;
	set_up(&list, &rows, ROWS, 10, false);
	rows_search(&rows, pattern);
	assert_int_equal(rows.match_count, 9);
	assert_int_equal(rows_match_number(&rows), 0);
	assert_true(rows_seek(&rows, 1, true));
	assert_int_equal(rows.selected, 15);
	assert_true(rows_seek(&rows, 1, true));
	assert_int_equal(rows.selected, 15);
	assert_int_equal(rows_match_number(&rows), 1);
	assert_true(rows_seek(&rows, -1, false));
	assert_int_equal(rows.selected, 95);
	assert_int_equal(rows_match_number(&rows), 9);
	assert_true(rows_seek(&rows, 1, false));
	assert_int_equal(rows.selected, 15);
	rows_search(&rows, NULL);
	assert_int_equal(rows.match_count, 0);
	rows_clear(&rows);
	pattern_free(pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moving_stops_at_the_ends),
		cmocka_unit_test(columns_scroll_as_far_as_there_is_text),
		cmocka_unit_test(rows_that_cannot_be_selected_are_stepped_over),
		cmocka_unit_test(an_empty_list_is_harmless),
		cmocka_unit_test(the_selection_stays_in_the_window),
		cmocka_unit_test(a_list_that_follows_does_not_scroll_but_shows_the_row_last),
		cmocka_unit_test(a_search_counts_and_goes_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
