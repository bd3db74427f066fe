/* SPDX-License-Identifier: MIT */
/* The source pane: its numbers are those of the list report, with a source at hand and without. */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "explorer.h"
#include "base/array.h"
#include "report/list.h"
#include "ui/store/editor.h"
#include "ui/pane/list.h"
#include "ui/pane/source_listing.h"
#include "cli/write_report.h"

/* Selects a function by name and shows its source. */
static bool show_source(struct app *app, const char *function)
{
	node_id node = derived_find_node(&app->session.shown, function, "", "");

	if (node == NONE)
		return false;
	session_select_node(&app->session, node);
	if (app_focus(app) != &pane_source)
		explorer_press(app, "s");
	return true;
}

static void set_source_path(struct app *app)
{
	char keys[600];

	snprintf(keys, sizeof(keys), ": source_path=%s Enter", fixture_path("source/corpus"));
	explorer_press(app, keys);
}

static char *list_report(const struct app *app, const char *expression)
{
	struct pattern *pattern = pattern_new(expression, false, &(struct error){.at = 0});
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	assert_true(render_report(&report_list, pattern, &app->session.settings,
				  app->session.profile, out, NULL, &(struct error){.at = 0}));
	fclose(out);
	pattern_free(pattern);
	return bytes;
}

/* A row of the screen with these numbers and this text. */
static void check_line(const char *screen, const char *flat, const char *cum, const char *line)
{
	char without[200], with[200];
	const char *at = screen;

	snprintf(without, sizeof(without), "%s %s %s", flat, cum, line);
	for (; at; at = strchr(at + 1, '\n')) {
		const char *row = at + (*at == '\n'), *rest = row + strlen(flat) + strlen(cum) + 2;
		const char *end = strchr(row, '\n');

		snprintf(with, sizeof(with), "%s %s ", flat, cum);
		if (!end || strncmp(row, with, strlen(with)) != 0 || rest > end)
			continue;
		/* Between cum and the line stands the percentage where there is a cost. */
		if (strcmp(cum, ".") != 0)
			rest += strcspn(rest, " ") + 1;
		if (!strncmp(rest, line, strlen(line)) && rest[strlen(line)] == ' ')
			return;
	}
	fail_msg("no row with %s in:\n%s", without, screen);
}

static void every_line_has_the_numbers_of_the_list_report(void **state)
{
	struct explorer explorer;
	struct app *app =
		explorer_open(&explorer, fixture_path("leak_t130s.pb.gz"), 400, 80, CHARSET_UTF8);
	char *report, *routine, *next;
	int compared = 0;

	(void)state;
	set_source_path(app);
	report = list_report(app, "main\\.");
	for (routine = strstr(report, "ROUTINE"); routine; routine = next) {
		char name[200], *screen, *line;

		next = strstr(routine + 1, "\nROUTINE");
		if (next)
			*next++ = '\0';
		assert_int_equal(sscanf(routine, "ROUTINE ======================== %199s", name),
				 1);
		if (!show_source(app, name))
			continue;
		screen = explorer_screen(app, false);
		explorer_squeeze(screen);
		line = strchr(strchr(routine, '\n') + 1, '\n');
		for (; line; line = strchr(line + 1, '\n')) {
			char flat[32], cum[32], number[32];

			if (sscanf(line, " %31s %31s %31[0-9]:", flat, cum, number) != 3)
				continue;
			check_line(screen, flat, cum, number);
			compared++;
		}
		free(screen);
	}
	assert_true(compared > 100);
	free(report);
	explorer_close(&explorer);
}

/* Without a source all lines with a cost are there, and each adds up to its function. */
static void lines_are_known_without_a_source(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 200, 80,
					CHARSET_UTF8);
	const struct line_table *lines;
	char *screen;

	(void)state;
	explorer_press(app, ": source_path=nowhere Enter s");
	lines = app->session.shown.lines;
	screen = explorer_screen(app, false);
	explorer_squeeze(screen);
	for (uint32_t i = 0; i < lines->group_count; i++) {
		const struct line_group *group = &lines->groups[i];

		if (strcmp(group->function, "compress/flate.(*compressor).findMatch") != 0)
			continue;
		for (uint32_t k = 0; k < group->line_count; k++) {
			struct report_input input = {
				.view = app->session.shown.line_view,
				.options = &app->session.settings.report,
			};
			struct value_format format;
			char flat[UNIT_LABEL_SIZE] = ".", cum[UNIT_LABEL_SIZE], number[24];

			report_own_unit(&input, &format);
			if (group->lines[k].flat)
				report_value(&format, group->lines[k].flat, flat);
			report_value(&format, group->lines[k].cum, cum);
			snprintf(number, sizeof(number), "%" PRId64, group->lines[k].line);
			check_line(screen, flat, cum, number);
		}
	}
	assert_non_null(strstr(screen, "nowhere/compress/flate/deflate.go"));
	assert_non_null(strstr(screen, ":source_path=DIRECTORY"));
	free(screen);
	explorer_close(&explorer);
}

static void a_source_path_updates_the_pane(void **state)
{
	struct explorer explorer;
	struct app *app =
		explorer_open(&explorer, fixture_path("leak_t130s.pb.gz"), 24, 80, CHARSET_UTF8);

	(void)state;
	explorer_press(app, ": source_path=nowhere Enter");
	assert_true(show_source(app, "main.descend"));
	explorer_check(app, "is not here; looked for:", true);
	set_source_path(app);
	explorer_check(app, "is not here", false);
	explorer_check(app, "81  // line 81 of the source", true);
	explorer_press(app, "u");
	explorer_check(app, "is not here; looked for:", true);
	explorer_close(&explorer);
}

static int64_t selected_line(struct app *app)
{
	struct pane *pane = app_pane(app, &pane_source);
	const char *file;
	int64_t line = 0;

	pane_source.locate(pane, &file, &line);
	return line;
}

static void brackets_jump_between_hot_lines(void **state)
{
	struct explorer explorer;
	struct app *app =
		explorer_open(&explorer, fixture_path("leak_t130s.pb.gz"), 24, 80, CHARSET_UTF8);

	(void)state;
	set_source_path(app);
	assert_true(show_source(app, "main.descend"));
	explorer_press(app, "]");
	assert_int_equal(selected_line(app), 83);
	explorer_press(app, "]");
	assert_int_equal(selected_line(app), 81);
	explorer_press(app, "[");
	assert_int_equal(selected_line(app), 83);
	/* The line stays when the view changes, and a search finds the text of lines. */
	explorer_press(app, "%");
	assert_int_equal(selected_line(app), 83);
	explorer_press(app, "/ line Space 90 Enter");
	assert_int_equal(selected_line(app), 90);
	explorer_close(&explorer);
}

static void source_screens_look_as_they_did(void **state)
{
	static const struct {
		const char *name;
		int rows, columns;
		enum charset charset;
		bool sources;
		const char *file, *function, *keys;
	} pictures[] = {
		{"source_80x24", 24, 80, CHARSET_UTF8, true, "leak_t130s.pb.gz", "main.descend",
		 ""},
		{"source_120x40", 40, 120, CHARSET_UTF8, true, "leak_t130s.pb.gz", "main.descend",
		 "]"},
		{"source_200x60", 60, 200, CHARSET_UTF8, true, "leak_t130s.pb.gz",
		 "main.(*pool).lockWaiter", ""},
		{"source_missing", 40, 80, CHARSET_ASCII, false, "web_before.cpu.pb.gz",
		 "compress/flate.(*compressor).findMatch", "j"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pictures); i++) {
		struct explorer explorer;
		struct app *app =
			explorer_open(&explorer, fixture_path(pictures[i].file), pictures[i].rows,
				      pictures[i].columns, pictures[i].charset);
		char *got;

		if (pictures[i].sources)
			set_source_path(app);
		else
			explorer_press(app, ": source_path=nowhere Enter");
		assert_true(show_source(app, pictures[i].function));
		explorer_press(app, pictures[i].keys);
		got = explorer_screen(app, pictures[i].columns == 80);
		explorer_golden(pictures[i].name, got);
		free(got);
		explorer_close(&explorer);
	}
}

static void check_words(const char *editor, const char *path, int64_t line, const char *want)
{
	char **words = editor_words(editor, path, line);
	struct text got = {0};

	for (char **word = words; *word; word++)
		text_printf(&got, "%s|", *word);
	assert_string_equal(text_string(&got), want);
	text_clear(&got);
	editor_free_words(words);
}

static void an_editor_gets_words_and_no_shell(void **state)
{
	(void)state;
	check_words("vim", "/a b/c.go", 7, "vim|+7|/a b/c.go|");
	check_words("  emacs\t-nw ", "/c.go", 7, "emacs|-nw|+7|/c.go|");
	check_words("", "/c.go", 0, "vi|/c.go|");
	check_words("ed; rm", "-c.go", 1, "ed;|rm|+1|./-c.go|");
	check_words("/usr/bin/code --wait", "/c.go", 3, "/usr/bin/code|--wait|--goto|/c.go:3|");
	check_words("hx", "c.go", 3, "hx|./c.go:3|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_has_the_numbers_of_the_list_report),
		cmocka_unit_test(lines_are_known_without_a_source),
		cmocka_unit_test(a_source_path_updates_the_pane),
		cmocka_unit_test(brackets_jump_between_hot_lines),
		cmocka_unit_test(source_screens_look_as_they_did),
		cmocka_unit_test(an_editor_gets_words_and_no_shell),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
