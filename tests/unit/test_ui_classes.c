/* SPDX-License-Identifier: MIT */
/* Grouping by hotspot class: each sample in one, with the shares that -diagnose has. */
#include <locale.h>

#include "base/array.h"
#include "diagnose/class.h"
#include "explorer.h"
#include "ui/pane/list.h"

static const struct explorer_picture pictures[] = {
	{.name = "classes_80x24", .keys = "J", .rows = 24, .columns = 80, .styles = true},
	{.name = "classes_icicle", .keys = "J i", .rows = 16, .columns = 80},
	{.name = "classes_open", .keys = "J j Enter", .rows = 12, .columns = 80},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
}

/* What -diagnose says of the file, before anything is grouped. */
static void diagnose_classes(const struct view *view, struct class_shares *shares, double *total)
{
	struct class_map map = {0};
	struct subject subject;

	subject_init(&subject, "", 0, view);
	class_map_build(view->profile, &map);
	class_shares_build(&subject, &map, shares);
	*total = subject.total;
	class_map_clear(&map);
	subject_clear(&subject);
}

static void check_file(const char *file)
{
	const char *const words[] = {file, NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);
	const struct derived *shown = &app->session.shown;
	struct class_shares shares;
	double total, sum = 0;

	diagnose_classes(shown->view, &shares, &total);
	explorer_press(app, "J");
	assert_true(shown->view->spec.by_class);
	assert_true((double)shown->view->total == total);
	for (uint32_t c = 0; c <= CLASS_COUNT; c++) {
		node_id node = derived_find_node(shown, class_title(c), class_title(c), "");
		uint32_t row = node == NONE ? NONE : shown->table->row_of_node[node];
		double cum = row == NONE ? 0 : (double)function_row_cum(&shown->table->rows[row]);

		if (c < CLASS_COUNT && cum != shares.outermost[c])
			fail_msg("%s: %s is %f, not %f", file, class_title(c), cum,
				 shares.outermost[c]);
		sum += cum;
	}
	assert_true(sum == total);
	class_shares_clear(&shares);
	explorer_close(&explorer);
}

static void shares_are_those_of_the_diagnosis(void **state)
{
	static const char *const files[] = {
		"web_before.cpu.pb.gz",         "compile_net_http.cpu.pb.gz",
		"test_encoding_json.cpu.pb.gz", "web_before.block.pb.gz",
		"web_before.mutex.pb.gz",       "goroutine/leak_t130s.debug2.txt"};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++)
		check_file(files[i]);
}

/* Frames of classes have names of their own where nodes are files, and cost the same. */
static void classes_are_listed_at_every_granularity(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "J");
	for (int i = GRANULARITY_FUNCTIONS; i <= GRANULARITY_ADDRESSES; i++) {
		explorer_check(app, "1.46s  7.90%", true);
		explorer_check(app, "garbage collection", true);
		explorer_press(app, "L");
	}
	explorer_press(app, ": files Enter / garbage Enter Enter");
	explorer_check(app, "1.46s of 18.48s (7.90%)", true);
	explorer_check(app, "runtime/mgcmark.go", true);
	explorer_check(app, "system calls", false);
	explorer_close(&explorer);
}

static void enter_opens_a_class_and_back_closes_it(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 100,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "J / garbage Enter Enter");
	explorer_check(app, "1.46s of 18.48s (7.90%)", true);
	explorer_check(app, "runtime.scanobject", true);
	explorer_check(app, "system calls", false);
	explorer_press(app, "Backspace");
	explorer_check(app, "system calls", true);
	explorer_check(app, "runtime.scanobject", false);
	/* Whoever leaves the classes leaves the one that was open, and no other focus. */
	explorer_press(app, "Enter J");
	explorer_check(app, "18.48s in 10.18s", true);
	explorer_check(app, "focus=", false);
	explorer_press(app, ": focus=main Enter J J");
	explorer_check(app, "focus=main", true);
	explorer_close(&explorer);
}

static void a_row_of_the_diagnosis_opens_its_class(void **state)
{
	static const char *const words[] = {"web_before.heap.pb.gz", "web_before.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "9 / system.calls\\s+8 Enter Enter");
	explorer_check(app, "web_before.cpu (2 of 2)  cpu  1.35s of 18.48s (7.31%)", true);
	explorer_press(app, "Backspace");
	assert_ptr_equal(app_focus(app), &pane_diagnosis);
	explorer_check(app, "web_before.heap (1 of 2)", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(shares_are_those_of_the_diagnosis),
		cmocka_unit_test(classes_are_listed_at_every_granularity),
		cmocka_unit_test(enter_opens_a_class_and_back_closes_it),
		cmocka_unit_test(a_row_of_the_diagnosis_opens_its_class),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
