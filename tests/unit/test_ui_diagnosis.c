/* SPDX-License-Identifier: MIT */
/* The Diagnosis pane: it says what -diagnose says, and its findings lead to their evidence. */
#include <locale.h>
#include <unistd.h>

#include "explorer.h"
#include "base/array.h"
#include "cli/load.h"
#include "ui/pane/list.h"
#include "cli/write_report.h"

/* One run of a program, all that was kept of it. */
static const char *const run[] = {
	"web_before.cpu.pb.gz",  "web_before.heap.pb.gz",           "web_before.block.pb.gz",
	"gc/thrash.gctrace.log", "goroutine/leak_t130s.debug2.txt", NULL};
static const char *const one[] = {"web_before.cpu.pb.gz", NULL};

static const struct explorer_picture pictures[] = {
	{.name = "diagnosis_80x24", .keys = "9", .rows = 24, .columns = 80},
	{.name = "diagnosis_120x40", .keys = "9 ] ]", .rows = 40, .columns = 120, .styles = true},
	{.name = "diagnosis_ascii", .keys = "9 G", .rows = 24, .columns = 60, .ascii = true},
};

static const char *const series[] = {"series/web_leak.heap_t01s.pb.gz", "web_before.heap.pb.gz",
				     "series/web_leak.heap_t09s.pb.gz", NULL};
static const struct explorer_picture of_series[] = {
	{.name = "diagnosis_series", .keys = "9 G", .rows = 24, .columns = 100},
	{.name = "diagnosis_series_ascii", .keys = "9 G", .rows = 12, .columns = 80, .ascii = true},
};

static void screens_look_as_they_did(void **state)
{
	(void)state;
	explorer_check_pictures(pictures, COUNT(pictures), NULL);
	explorer_check_pictures(of_series, COUNT(of_series), series);
}

/* What -diagnose prints for the files of a request, called as the pane calls them. */
static char *print_diagnosis(struct request *request)
{
	char path[] = "/tmp/test_ui_diagnosis.XXXXXX", *text;
	uint32_t count = (uint32_t)request->location_count;
	struct profile **profiles = calloc(count, sizeof(*profiles));
	struct settings settings;
	struct error error;
	size_t length;
	struct text *names = calloc(count, sizeof(*names));
	char **bytes = calloc(count, sizeof(*bytes));
	int status;

	close(mkstemp(path));
	settings_copy(&settings, &request->settings);
	free(settings.output);
	settings.output = strdup(path);
	assert_true(load_each(request, profiles, NULL, &error));
	for (uint32_t i = 0; i < count; i++) {
		file_selection_add_file(&names[i], request->locations[i]);
		bytes[i] = names[i].bytes;
	}
	assert_true(write_report_of(report_find("diagnose"), &settings, profiles, bytes, count,
				    &status, &error));
	text = fixture_read(path, &length);
	text = realloc(text, length + 1);
	text[length] = '\0';
	unlink(path);
	for (uint32_t i = 0; i < count; i++) {
		profile_free(profiles[i]);
		text_clear(&names[i]);
	}
	free(names);
	free(bytes);
	free(profiles);
	settings_clear(&settings);
	return text;
}

static void the_pane_says_what_the_report_says(void **state)
{
	static const char *const *const lines[] = {run, one, one};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct explorer explorer;
		struct app *app = explorer_open_words(&explorer, lines[i], 24, 80, CHARSET_UTF8);
		struct text got = {0};
		struct pane *pane;
		char *want;

		/* Those of the command line are. */
		if (i == 2)
			view_spec_set_filter(&explorer.request.settings.view, FILTER_FOCUS, "pack");
		want = print_diagnosis(&explorer.request);
		/* Filters of the explorer are about what is shown, not about the run. */
		explorer_press(app, ": hide=runtime Enter 9");
		pane = app_pane(app, &pane_diagnosis);
		assert_non_null(pane);
		pane_copy(pane, &got);
		assert_string_equal(text_string(&got), want);
		text_clear(&got);
		free(want);
		explorer_close(&explorer);
	}
}

static void files_of_different_kinds_stand_side_by_side(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, run, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_check(app, "web_before.cpu (1 of 5)", true);
	explorer_check(app, "W lists them, 9 diagnoses all", true);
	/* Each has the type that it has by itself. */
	explorer_press(app, "W j Enter");
	explorer_check(app, "web_before.heap (2 of 5)  inuse_space", true);
	explorer_press(app, "W j j Enter");
	explorer_check(app, "thrash.gctrace.log (4 of 5)  pause", true);
	explorer_press(app, "Backspace Backspace");
	explorer_check(app, "web_before.heap (2 of 5)  inuse_space", true);
	/* What cannot be merged leaves what is shown. */
	explorer_press(app, "W g Enter");
	explorer_check(app, "no sample type in common", true);
	explorer_check(app, "web_before.heap (2 of 5)", true);
	explorer_close(&explorer);
}

static void undo_does_not_reach_into_a_file_of_another_kind(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, run, 24, 120, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": focus=main Enter m 9 / label.state=chan.send Enter Enter");
	explorer_check(app, "goroutine  510 of 591", true);
	explorer_press(app, "u");
	explorer_check(app, "nothing to undo", true);
	/* The way back is, with all that held there. */
	explorer_press(app, "Backspace Backspace");
	explorer_check(app, "web_before.cpu (1 of 5)  samples", true);
	explorer_check(app, "focus=main", true);
	explorer_close(&explorer);
}

static void names_of_files_are_redacted(void **state)
{
	static const char *const words[] = {"-redact", "web_before.cpu.pb.gz",
					    "secrets/token=hunter2.pb.gz", NULL};
	struct explorer explorer;
	/* Wide, for the directory of the tests may have a long name. */
	struct app *app = explorer_open_words(&explorer, words, 24, 480, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "9");
	explorer_check(app, "No such file", true);
	explorer_check(app, "hunter2", false);
	explorer_close(&explorer);
}

static void a_finding_leads_to_its_evidence_and_back(void **state)
{
	static const struct {
		const char *keys; /* from the top of the page */
		const char *title, *shows;
	} jumps[] = {
		{"/ thrashes Enter Enter", "thrash.gctrace.log (4 of 5)", "GC CPU 38.5 %"},
		{"/ ^..web_before.heap Enter Enter", "web_before.heap (2 of 5)", "inuse_space"},
		{"/ stuck Enter Enter", "leak_t130s.debug2.txt (5", "main.handle.func1"},
		{"/ label.state=chan.send Enter Enter", "510 of 591 (86.29%)", "main.handle.func1"},
		{"/ stacks.with Enter Enter", "14.03s of 18.48s (75.92%)", "focus="},
		{"/ pack\\s\\s+[0-9] Enter Enter", "web_before.heap (2 of 5)",
		 "main.(*store).pack"},
	};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, run, 24, 140, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": hide=sync Enter z 9");
	for (size_t i = 0; i < COUNT(jumps); i++) {
		explorer_press(app, "g");
		explorer_press(app, jumps[i].keys);
		explorer_check(app, jumps[i].title, true);
		explorer_check(app, jumps[i].shows, true);
		explorer_check(app, "hide=sync", false);
		explorer_press(app, "Backspace");
		assert_ptr_equal(app_focus(app), &pane_diagnosis);
		explorer_check(app, "web_before.cpu (1 of 5)", true);
		explorer_check(app, "hide=sync", true);
	}
	explorer_close(&explorer);
}

static void limits_and_reloading_make_it_anew(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, one, 40, 100, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "9");
	explorer_check(app, "not enough samples", false);
	explorer_press(app, ": threshold=samples=100000 Enter");
	explorer_check(app, "not enough samples in the cpu profile", true);
	explorer_check(app, "record for longer, or under load", true);
	explorer_press(app, "R");
	explorer_check(app, "not enough samples in the cpu profile", true);
	explorer_press(app, ": threshold= Enter 1 : diagnose Enter");
	assert_ptr_equal(app_focus(app), &pane_diagnosis);
	explorer_check(app, "not enough samples", false);
	explorer_close(&explorer);
}

static void nothing_to_find_is_said(void **state)
{
	static const char *const words[] = {"web_before.heap.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "9 g j Enter");
	explorer_check(app, "this line leads nowhere else", true);
	explorer_press(app, "Y");
	explorer_check(app, "copied: nothing here reaches a limit", true);
	explorer_close(&explorer);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
	static const char *const words[] = {"web_before.cpu.pb.gz", "nowhere.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, words, 24, 480, CHARSET_UTF8);

	(void)state;
	explorer_press(app, "9");
	explorer_check(app, "nowhere.pb.gz: No such file", true);
	explorer_check(app, "R   reads the files again", true);
	explorer_press(app, "Enter ] j G w");
	explorer_close(&explorer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_did),
		cmocka_unit_test(the_pane_says_what_the_report_says),
		cmocka_unit_test(files_of_different_kinds_stand_side_by_side),
		cmocka_unit_test(a_finding_leads_to_its_evidence_and_back),
		cmocka_unit_test(undo_does_not_reach_into_a_file_of_another_kind),
		cmocka_unit_test(names_of_files_are_redacted),
		cmocka_unit_test(limits_and_reloading_make_it_anew),
		cmocka_unit_test(nothing_to_find_is_said),
		cmocka_unit_test(a_file_that_cannot_be_read_is_named),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
