/* SPDX-License-Identifier: MIT */
/*
 * Every number of every row of Top, Peek, Source, Labels, Tree and Sandwich is
 * that of the reports: the explorer is opened by the words of a command line,
 * the report is written by the same words, from a profile of its own, and their
 * cells are compared.
 */
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explorer.h"
#include "base/array.h"
#include "cli/load.h"
#include "cli/write_report.h"

#define COLUMNS 139 /* one pane, as wide as it can be */
#define CELLS 8

/* Real profiles, all their types, what changes numbers: filters, granularity, units, differences. */
static const char *const cases[][EXPLORER_WORDS + 1] = {
	{"web_before.cpu.pb.gz"},
	{"-sample_index=samples", "-ignore=runtime", "web_before.cpu.pb.gz"},
	{"-focus=json", "-relative_percentages", "web_before.cpu.pb.gz"},
	{"-tagfocus=tenant=acme", "-unit=ms", "web_after.cpu.pb.gz"},
	{"-lines", "-hide=reflect", "web_before.cpu.pb.gz"},
	{"-files", "web_before.cpu.pb.gz"},
	{"-noinlines", "-show_from=main", "web_before.cpu.pb.gz"},
	{"-prune_from=mallocgc", "-show=runtime", "web_before.cpu.pb.gz"},
	{"-tagroot=tenant", "-divide_by=1000", "web_before.cpu.pb.gz"},
	{"web_before.heap.pb.gz"},
	{"-sample_index=inuse_objects", "web_before.heap.pb.gz"},
	{"-sample_index=alloc_space", "-ignore=net", "web_before.heap.pb.gz"},
	{"-sample_index=alloc_objects", "-addresses", "web_before.heap.pb.gz"},
	{"web_before.mutex.pb.gz"},
	{"-mean", "web_before.block.pb.gz"},
	{"leak_t130s.pb.gz"},
	{"goroutine/leak_t130s.debug2.txt"},
	{"gperftools_cppdemo.cpu"},
	{"node.wall.pb.gz"},
	{"test_encoding_json.cpu.pb.gz"},
	{"edge/more_negative_values.pb.gz"},
	{"edge/more_labels.pb.gz"},
	{"-signed_percentages", "-diff_base=web_before.cpu.pb.gz", "web_after.cpu.pb.gz"},
	{"-signed_percentages", "-base=series/web_leak.heap_t01s.pb.gz",
	 "series/web_leak.heap_t09s.pb.gz"},
};

/* --- What reports say ------------------------------------------------------- */

/* The report of these words, as text to be freed. */
static char *report_text(const char *const *words, const char *report)
{
	char texts[EXPLORER_WORDS][512], name[64];
	char *arguments[EXPLORER_WORDS + 4] = {"ncprof", "-trim=false", name};
	struct request request;
	struct profile *profile;
	struct error error;
	char *bytes;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);
	int count = 0;

	snprintf(name, sizeof(name), "-%s", report);
	for (; words[count]; count++) {
		explorer_word(words[count], texts[count], sizeof(texts[count]));
		arguments[count + 3] = texts[count];
	}
	if (!request_parse(&request, count + 3, arguments, &error))
		fail_msg("%s", error.message);
	profile = load_profile(&request, NULL, NULL, &error);
	if (!profile || !settings_resolve(&request.settings, profile, &error) ||
	    !render_report(request.report, request.argument, &request.settings, profile, out, NULL,
			   &error))
		fail_msg("%s of %s: %s", report, words[count - 1], error.message);
	fclose(out);
	profile_free(profile);
	request_clear(&request);
	return bytes;
}

/* --- Cells ------------------------------------------------------------------ */

/* The first words of a line; its rest is what stands behind the last one. */
struct cells {
	char words[CELLS][32];
	int count;
	const char *rest;
};

/* Reads up to `most` words that start like a number. A plus sign is the screen's alone. */
static void read_cells(const char *line, int most, struct cells *cells)
{
	cells->count = 0;
	for (;;) {
		size_t length = 0;

		while (*line == ' ')
			line++;
		cells->rest = line;
		while (!strchr(" \n", line[length]))
			length++;
		if (cells->count == most || !length || !strchr("0123456789.-+", *line) ||
		    line[1] == '-')
			return;
		snprintf(cells->words[cells->count], sizeof(cells->words[0]), "%.*s",
			 (int)(*line == '+' ? length - 1 : length), line + (*line == '+'));
		cells->count++;
		line += length;
	}
}

/* By hand, as a sanitizer measures what is left of the text at each call of a string function. */
static const char *next_line(const char *line)
{
	while (*line && *line != '\n')
		line++;
	return *line ? line + 1 : line;
}

/* The first line from `line` on that starts with a number; NULL: there is none. */
static const char *find_numbers(const char *line, struct cells *cells, int most)
{
	for (; *line; line = next_line(line)) {
		read_cells(line, most, cells);
		if (cells->count)
			return line;
	}
	return NULL;
}

static void check_cells(const char *what, uint32_t row, const struct cells *shown,
			const struct cells *reported, int count)
{
	for (int i = 0; i < count; i++)
		if (shown->count < count || reported->count < count ||
		    strcmp(shown->words[i], reported->words[i]) != 0)
			fail_msg("%s, row %u, cell %d: \"%s\" is not \"%s\"; row: %.120s", what,
				 row, i, i < shown->count ? shown->words[i] : "",
				 i < reported->count ? reported->words[i] : "", shown->rest);
}

/* A screen with room for `rows` of them, as text to be freed. */
static char *screen_of(struct app *app, uint32_t rows)
{
	app_resize(app, (int)rows, COLUMNS, CHARSET_UTF8, false);
	return explorer_screen(app, false);
}

/* --- Views ------------------------------------------------------------------ */

/* All rows, in the order of the report. */
static void check_top(struct app *app, const char *const *words)
{
	char *report = report_text(words, "top");
	uint32_t count = app->session.shown.table->row_count;
	char *screen = screen_of(app, count + 6);
	const char *line = next_line(next_line(screen)), *from = strstr(report, "cum%\n");
	struct cells shown, reported;

	assert_non_null(from);
	from = next_line(from);
	for (uint32_t i = 0; i < count; i++) {
		read_cells(line, 5, &shown);
		read_cells(from, 5, &reported);
		check_cells("top", i, &shown, &reported, 5);
		line = next_line(line);
		from = next_line(from);
	}
	assert_int_equal(*from, '\0');
	free(screen);
	free(report);
}

/* Callers, the function, callees, of one section of the report. */
static void check_section(struct app *app, const char *from, uint32_t row)
{
	char *screen = screen_of(app, 300);
	const char *line = next_line(screen);
	struct cells shown, reported;

	for (;; from = next_line(from)) {
		read_cells(from, 5, &reported);
		if (!reported.count)
			break;
		line = find_numbers(line, &shown, 5);
		if (!line)
			fail_msg("peek %u lacks %.100s", row, from);
		/* The function itself has five in the report, without sum% on the screen. */
		if (reported.count == 5) {
			memmove(reported.words[2], reported.words[3], 2 * sizeof(shown.words[0]));
			check_cells("peek", row, &shown, &reported, 4);
		} else {
			check_cells("peek", row, &shown, &reported, 2);
		}
		line = next_line(line);
	}
	/* No more than these, down to the lines of the detail. */
	while ((line = find_numbers(line, &shown, 5))) {
		if (shown.count > 1)
			fail_msg("peek %u has more: %.100s", row, line);
		line = next_line(line);
	}
	free(screen);
}

/* Functions of Top, of many some, by Enter on their rows. */
static void check_peek(struct app *app, const char *const *words)
{
	static const char separator[] = "-+-------------\n";
	char *report = report_text(words, "peek=.");
	const char *from = strstr(report, separator);
	uint32_t count = app->session.shown.table->row_count;

	explorer_press(app, "g");
	for (uint32_t i = 0; i < count; i++, app_key(app, 'j')) {
		from = strstr(from + 1, separator);
		assert_non_null(from);
		if (i % (1 + count / 60))
			continue;
		explorer_press(app, "Enter");
		check_section(app, next_line(from), i);
		explorer_press(app, "Backspace");
	}
	free(report);
}

/* Only the screen marks what has grown. */
static void drop_plus(char *text)
{
	char *end = text;

	for (; *text; text++)
		if (*text != '+')
			*end++ = *text;
	*end = '\0';
}

/* The function's sums stand above its line in the middle. */
static void check_sandwich(struct app *app)
{
	uint32_t count = app->session.shown.table->row_count;
	char *top = screen_of(app, count + 6);
	const char *line = next_line(next_line(top));
	char want[80];

	explorer_press(app, "g");
	for (uint32_t i = 0; i < count; i += 1 + count / 40) {
		struct cells cells;
		char *screen;

		explorer_press(app, "c");
		screen = screen_of(app, 40);
		read_cells(line, 5, &cells);
		snprintf(want, sizeof(want), " %s %s", cells.words[3], cells.words[4]);
		explorer_squeeze(screen);
		drop_plus(screen);
		if (!strstr(screen, want))
			fail_msg("sandwich %u lacks \"%s\":\n%s", i, want, screen);
		free(screen);
		explorer_press(app, "T");
		for (uint32_t skip = 0; skip < 1 + count / 40; skip++) {
			app_key(app, 'j');
			line = next_line(line);
		}
	}
	free(top);
}

/* Keys and values; the report has "5s (1%): text", and "key: Total 5s of 9s (1%)". */
static void read_label(const char *line, struct cells *cells)
{
	const char *total = strstr(line, ": Total "), *end = strchr(line, '\n');

	read_cells(total && total < end ? total + 8 : line, 1, cells);
	line = strchr(line, '(');
	line += 1 + strspn(line + 1, " ");
	snprintf(cells->words[1], sizeof(cells->words[1]), "%.*s", (int)strcspn(line, ")"), line);
	cells->count = 2;
}

static void check_labels(struct app *app, const char *const *words)
{
	char *report = report_text(words, "tags"), *screen;
	const char *line, *from = report;
	struct cells shown, reported;
	uint32_t row = 0;

	explorer_press(app, "7");
	screen = screen_of(app, 2000);
	line = next_line(screen);
	for (; *from; from = next_line(from)) {
		if (*from == '\n' || !memchr(from, '(', strcspn(from, "\n")))
			continue;
		line = find_numbers(line, &shown, 2);
		if (!line)
			fail_msg("labels lack %.100s", from);
		read_label(from, &reported);
		check_cells("labels", row++, &shown, &reported, 2);
		line = next_line(line);
	}
	explorer_press(app, "1");
	free(screen);
	free(report);
}

/* --- The call tree ------------------------------------------------------------ */

/* What a stack that starts like this one costs, by the lines of the folded report. */
static void sum_stacks(const char *report, const struct text *path, int64_t *total, int64_t *self)
{
	*total = *self = 0;
	for (const char *line = report; *line; line = next_line(line)) {
		const char *end = next_line(line) - 1, *number = end;
		char digits[32];
		int64_t value;

		while (number > line && number[-1] != ' ')
			number--;
		snprintf(digits, sizeof(digits), "%.*s", (int)(end - number), number);
		value = strtoll(digits, NULL, 10);
		if ((size_t)(number - 1 - line) < path->length ||
		    memcmp(line, path->bytes, path->length) != 0)
			continue;
		if (line[path->length] == ';')
			*total += value;
		if (line + path->length == number - 1) {
			*total += value;
			*self += value;
		}
	}
}

static void check_frame(struct app *app, const char *line, const struct text *path,
			const char *report)
{
	const struct value_format *format = &app->session.format;
	char total_text[UNIT_LABEL_SIZE], self_text[UNIT_LABEL_SIZE];
	struct cells cells;
	int64_t total, self;

	read_cells(line, 3, &cells);
	sum_stacks(report, path, &total, &self);
	report_value(format, total, total_text);
	report_value(format, self, self_text);
	if (cells.count != 3 || strcmp(cells.words[0], total_text) != 0 ||
	    strcmp(cells.words[2], self_text) != 0)
		fail_msg("%s: %s and %s are not on: %.120s", path->bytes, total_text, self_text,
			 line);
}

/* Every frame, opened, against the sums of folded stacks. */
static void check_tree(struct app *app, const char *const *words)
{
	char *report = report_text(words, "folded"), *screen;
	const struct session *session = &app->session;
	const struct call_tree *tree;
	struct text path = {0};
	const char *line;

	explorer_press(app, "8 E g");
	tree = session->shown.tree;
	screen = screen_of(app, tree->count + 6);
	line = next_line(next_line(next_line(screen)));
	for (uint32_t i = 1; i < tree->count; i++, line = next_line(line)) {
		uint32_t stack[256], depth = 0;

		/* A long report is read for each frame: not for all of many. */
		if (i % (1 + tree->count / 700))
			continue;
		for (uint32_t at = i; at; at = call_tree_parent(tree, at))
			stack[depth++] = at;
		text_reset(&path);
		while (depth-- > 0)
			text_printf(&path, "%s%s", path.length ? ";" : "",
				    session->shown.view->node_names[tree->node[stack[depth]]]);
		check_frame(app, line, &path, report);
	}
	explorer_press(app, "1");
	text_clear(&path);
	free(screen);
	free(report);
}

/* --- Source --------------------------------------------------------------- */

#define LINES 8000 /* of each source file: more than any function is at */

static void make_directories(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *where)
{
	(void)stat;
	(void)type;
	(void)where;
	return remove(path);
}

/* Files of x under `root` for all functions of the profile. */
static void write_sources(const struct profile *profile, const char *root)
{
	char path[1024];

	for (uint32_t i = 0; i < profile->function_count; i++) {
		const char *name = profile_text(profile, profile->functions[i].file);
		FILE *file;

		snprintf(path, sizeof(path), "%s/%s", root, name);
		if (!*name || strstr(name, "..") || access(path, F_OK) == 0)
			continue;
		make_directories(path);
		file = fopen(path, "w");
		assert_non_null(file);
		for (int line = 0; line < LINES; line++)
			fputs("x\n", file);
		fclose(file);
	}
}

/* The number in front of the x at the end of a line, 0 if there is none. */
static long line_number(const char *line)
{
	const char *end = line + strcspn(line, "\n");

	if (end - line < 3 || end[-1] != 'x')
		return 0;
	end--;
	while (end > line && strchr(": ", end[-1]))
		end--;
	while (end > line && end[-1] >= '0' && end[-1] <= '9')
		end--;
	return strtol(end, NULL, 10);
}

/* Lines of the report that cost something, against those of the screen with the same number. */
static int compare_lines(const char *report, const char *screen, const char *function)
{
	int compared = 0;

	for (; *report; report = next_line(report)) {
		struct cells reported, shown;
		long number = line_number(report);

		read_cells(report, 2, &reported);
		if (!number || (!strcmp(reported.words[0], ".") && !strcmp(reported.words[1], ".")))
			continue;
		while (*screen && line_number(screen) != number)
			screen = next_line(screen);
		read_cells(screen, 2, &shown);
		check_cells(function, (uint32_t)number, &shown, &reported, 2);
		compared++;
	}
	return compared;
}

static void check_source(struct app *app, const char *const *words)
{
	const struct function_table *table = app->session.shown.table;
	int compared = 0;

	app_resize(app, LINES + 100, COLUMNS, CHARSET_UTF8, false);
	for (uint32_t i = 0; i < table->row_count && i < 12; i++) {
		const char *name = app->session.shown.view->node_names[table->rows[i].node];
		struct text expression = {0};
		char *report, *screen;

		/* The name as it is, up to its end. */
		text_add_string(&expression, "list=^");
		for (const char *at = name; *at; at++)
			text_printf(&expression, strchr("\\^$.[]|()?*+{}", *at) ? "\\%c" : "%c",
				    *at);
		text_add_char(&expression, '$');
		report = report_text(words, expression.bytes);
		explorer_press(app, "g");
		for (uint32_t row = 0; row < i; row++)
			app_key(app, 'j');
		explorer_press(app, "5");
		screen = explorer_screen(app, false);
		compared += compare_lines(report, screen, name);
		explorer_press(app, "T");
		text_clear(&expression);
		free(screen);
		free(report);
	}
	assert_true(compared > 10);
}

static void lines_are_those_of_the_list_report(void **state)
{
	static const char *const sources[][4] = {
		{"web_before.cpu.pb.gz"},
		{"-focus=deflate", "-unit=ms", "web_after.cpu.pb.gz"},
		{"-sample_index=alloc_space", "web_before.heap.pb.gz"},
		{"-noinlines", "-sample_index=samples", "test_encoding_json.cpu.pb.gz"},
	};
	char root[] = "/tmp/ncprof-source-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "-source_path=%s", root);
	for (size_t i = 0; i < COUNT(sources); i++) {
		const char *words[] = {path, sources[i][0], sources[i][1], sources[i][2], NULL};
		struct explorer explorer;
		struct app *app = explorer_open_words(&explorer, words, 24, COLUMNS, CHARSET_UTF8);

		write_sources(app->session.profile, root);
		check_source(app, words);
		explorer_close(&explorer);
	}
	assert_int_equal(nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* The cells stand on the screen as words of their own, on a terminal of so many columns. */
static void check_words(const char *path, const char *keys, int columns, const char *cells)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, path, 24, columns, CHARSET_UTF8);
	char *screen;

	explorer_press(app, keys);
	screen = explorer_screen(app, false);
	explorer_squeeze(screen);
	if (!strstr(screen, cells))
		fail_msg("%s, %s, %d columns: no \"%s\" in\n%s", path, keys, columns, cells,
			 screen);
	free(screen);
	explorer_close(&explorer);
}

static void long_numbers_are_whole(void **state)
{
	char path[] = "/tmp/ncprof-long-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	(void)state;
	assert_non_null(file);
	fputs("a;b 9000000000000000000\na;c 12\n", file);
	fclose(file);
	check_words(path, "T", 80, "\n9000000000000000000 100% 9000000000000000000 100% b");
	check_words(path, "T", 40, "\n9000000000000000000 b");
	check_words(path, "p", 80, "\n9000000000000000000 100% 9000000000000000000 100% b");
	check_words(path, "p", 40, "\n9000000000000000000 100% b");
	check_words(path, "8", 80, "\n9000000000000000000 100% 9000000000000000000 b");
	check_words(path, "8", 40, "\n9000000000000000000 100% b");
	unlink(path);
}

static void cells_are_those_of_the_reports(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct explorer explorer;
		struct app *app =
			explorer_open_words(&explorer, cases[i], 24, COLUMNS, CHARSET_UTF8);

		print_message("%s %s\n", cases[i][0], cases[i][1] ? cases[i][1] : "");
		check_top(app, cases[i]);
		check_peek(app, cases[i]);
		check_labels(app, cases[i]);
		/* Stacks have no means, folded ones neither differences nor fractions. */
		if (strcmp(cases[i][0], "-mean") != 0) {
			check_sandwich(app);
			if (!session_is_difference(&app->session) && app->session.format.ratio == 1)
				check_tree(app, cases[i]);
		}
		explorer_close(&explorer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_those_of_the_reports),
		cmocka_unit_test(long_numbers_are_whole),
		cmocka_unit_test(lines_are_those_of_the_list_report),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
