/* SPDX-License-Identifier: MIT */
/* Where nothing is left to see: every pane says what emptied it and what helps. */
#include <locale.h>

#include "base/array.h"

#include "explorer.h"

static const char *const panes[] = {"T", "p", "i", "c", "s", "t", "8"};

static void every_pane_names_the_filter(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app, "p : hide=memclr Enter : focus=no_such_name Enter");
	for (size_t i = 0; i < COUNT(panes); i++) {
		explorer_press(app, panes[i]);
		explorer_check(app, "focus=no_such_name matched nothing", true);
		explorer_check(app, ":focus=   and Enter clears focus", true);
		explorer_check(app, ":hide=", false);
		explorer_check(app, "u   undoes the last change", true);
		explorer_check(app, "F   lists the filters", true);
	}
	/* What it offers helps. */
	explorer_press(app, ": focus= Enter T");
	explorer_check(app, "matched nothing", false);
	explorer_check(app, "findMatch", true);
	explorer_close(&explorer);
}

static void filters_that_empty_together_are_all_named(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_press(app,
		       ": focus=findMatch Enter : ignore=^main Enter : hide=no_such_name Enter");
	explorer_check(app, "focus=findMatch, ignore=^main leave nothing", true);
	explorer_check(app, ":focus=   and Enter clears focus", true);
	explorer_check(app, ":ignore=   and Enter clears ignore", true);
	explorer_check(app, "clears hide", false);
	explorer_press(app, "A G");
	explorer_check(app, "focus=findMatch, ignore=^main leave nothing", true);
	explorer_press(app, "T : ignore= Enter");
	explorer_check(app, "findMatch", true);
	explorer_close(&explorer);
}

static void a_type_with_values_is_offered(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("zero_default.heap.pb.gz"), 24, 80,
					CHARSET_UTF8);

	(void)state;
	explorer_check(app, "inuse_space sums to zero; :alloc_objects shows alloc_objects", true);
	for (size_t i = 0; i < COUNT(panes); i++) {
		explorer_press(app, panes[i]);
		explorer_check(app, "no samples with a value of type inuse_space", true);
		explorer_check(app, ":alloc_objects   and Enter shows a type that has values",
			       true);
	}
	explorer_press(app, "T : alloc_objects Enter");
	explorer_check(app, "encoding/json", true);
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pane_names_the_filter),
		cmocka_unit_test(filters_that_empty_together_are_all_named),
		cmocka_unit_test(a_type_with_values_is_offered),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
