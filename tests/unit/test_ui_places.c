/* SPDX-License-Identifier: MIT */
/* Where sources are: what follows from an answer, and how it is kept. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "explorer.h"
#include "base/array.h"
#include "ui/app/app_source.h"
#include "ui/input/complete_path.h"
#include "report/text/source_places.h"

static char root[] = "/tmp/ncprof-places-XXXXXX";

static void make_file(const char *directory, const char *name)
{
	struct text path = {0};
	FILE *file;

	text_printf(&path, "%s/%s", root, directory);
	for (char *at = path.bytes + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(path.bytes, 0700);
		*at = '/';
	}
	mkdir(path.bytes, 0700);
	text_printf(&path, "/%s", name);
	file = fopen(path.bytes, "w");
	assert_non_null(file);
	fputs("a line\n", file);
	fclose(file);
	text_clear(&path);
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	make_file("go/src/compress/flate", "deflate.go");
	make_file("web", "main.go");
	make_file("web/store", "pack.go");
	make_file("co:lon", "main.go");
	return setenv("XDG_STATE_HOME", root, 1);
}

static int tear_down(void **state)
{
	struct text command = {0};

	(void)state;
	text_printf(&command, "%s/ncprof/sources", root);
	unlink(command.bytes);
	text_clear(&command);
	return 0;
}

static void an_answer_tells_which_part_of_the_path_differs(void **state)
{
	static const struct {
		const char *file, *answer, *from, *to;
	} rows[] = {
		{"compress/flate/deflate.go", "go/src", "", "go/src"},
		{"compress/flate/deflate.go", "go/src/compress/flate/deflate.go", "", "go/src"},
		{"/usr/go/src/compress/flate/deflate.go", "go/src", "/usr/go/src", "go/src"},
		{"/usr/go/src/compress/flate/deflate.go", "go/src/compress/flate/deflate.go",
		 "/usr", ""},
		{"/build/7/web/main.go", "web", "/build/7/web", "web"},
		{"/build/7/web/main.go", "web/main.go", "/build/7", ""},
		{"/build/7/web/store/pack.go", "web/store/pack.go", "/build/7", ""},
		{"/build/7/web/store/pack.go", "web", "/build/7/web", "web"},
		{"/build/x/store/pack.go", "web/store/pack.go", "/build/x", "web"},
		{"/main.go", "web", "/", "web"},
		{"main.go", "web", "", "web"},
		{"main.go", "web/main.go", "", "web"},
		{"webload/main.go", "web", "webload", "web"},
		{"a/main.go", "co:lon", "a", "co:lon"},
		{"C:\\proj\\web\\main.go", "web", "C:/proj/web", "web"},
		{"C:/proj/web/main.go", "web", "C:/proj/web", "web"},
		{"file:///C:/proj/web/main.go", "web", "C:/proj/web", "web"},
		{"webpack://web/./store/pack.go?1f", "web", "", "web"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct text answer = {0}, to = {0};
		struct source_place place;
		struct error error;

		text_printf(&answer, "%s/%s", root, rows[i].answer);
		text_printf(&to, "%s%s%s", root, *rows[i].to ? "/" : "", rows[i].to);
		if (!source_place_guess(rows[i].file, answer.bytes, &place, &error))
			fail_msg("%s: %s", rows[i].file, error.message);
		assert_string_equal(place.from, rows[i].from);
		assert_string_equal(place.to, to.bytes);
		source_place_clear(&place);
		text_clear(&answer);
		text_clear(&to);
	}
}

static void a_wrong_answer_is_refused(void **state)
{
	static const struct {
		const char *file, *answer, *why;
	} rows[] = {
		{"a/b.go", "nowhere", "is not there"},
		{"a/b.go", "web", "no end of the path of b.go"},
		{"a/b.go", "web/main.go", "another file"},
		{"a/domain.go", "web/main.go", "another file"},
		{"", "web", "no source file"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct text answer = {0};
		struct source_place place;
		struct error error;

		text_printf(&answer, "%s/%s", root, rows[i].answer);
		assert_false(source_place_guess(rows[i].file, answer.bytes, &place, &error));
		if (!strstr(error.message, rows[i].why))
			fail_msg("%s: %s", rows[i].answer, error.message);
		text_clear(&answer);
	}
}

static void add(struct source_places *places, const char *from, const char *to)
{
	struct source_place place = {alloc_text(from), alloc_text(to)};

	source_places_add(places, &place);
}

static void places_are_kept_the_newest_first(void **state)
{
	struct source_places places = {0}, read = {0};
	struct text path = {0};
	struct error error;

	(void)state;
	add(&places, "/build", "/old");
	add(&places, "", "/go/src");
	add(&places, "/build", "/new");
	add(&places, "bad\tname", "/x");
	text_printf(&path, "%s/kept", root);
	assert_true(source_places_write(path.bytes, &places, &error));
	assert_true(source_places_read(path.bytes, &read, &error));
	assert_int_equal(read.count, 2);
	assert_string_equal(read.list[0].from, "/build");
	assert_string_equal(read.list[0].to, "/new");
	assert_string_equal(read.list[1].from, "");
	unlink(path.bytes);
	source_places_clear(&places);
	source_places_clear(&read);
	text_clear(&path);
}

/* Asked for at Enter; the next run needs to ask no more. */
static void the_explorer_asks_and_remembers(void **state)
{
	struct explorer explorer;
	struct app *app = explorer_open(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80,
					CHARSET_UTF8);
	struct text keys = {0};

	(void)state;
	explorer_press(app, "s");
	explorer_check(app, "compress/flate/deflate.go is not here", true);
	explorer_check(app, "Enter asks where it is", true);
	text_printf(&keys, "Enter %s/web Enter", root);
	explorer_press(app, keys.bytes);
	explorer_check(app, "no end of the path of deflate.go", true);
	text_reset(&keys);
	text_printf(&keys, "^U %s/go/src Enter", root);
	explorer_press(app, keys.bytes);
	explorer_check(app, "now and in later runs this is", true);
	explorer_press(app, "Enter");
	explorer_check(app, "this is /tmp/ncprof-places", true);
	explorer_close(&explorer);

	app = explorer_start(&explorer, fixture_path("web_before.cpu.pb.gz"), 24, 80, CHARSET_UTF8);
	app_read_places(app);
	app_load(app);
	explorer_settle(app);
	explorer_press(app, "s Enter");
	explorer_check(app, "this is /tmp/ncprof-places", true);
	explorer_close(&explorer);

	/* A profile without such files is left alone. */
	app = explorer_start(&explorer, fixture_path("gperftools_cppdemo.cpu"), 24, 80,
			     CHARSET_UTF8);
	app_read_places(app);
	app_load(app);
	explorer_settle(app);
	assert_null(app->session.settings.view.source_path);
	explorer_close(&explorer);
	text_clear(&keys);
}

static void check_paths(const char *line, const char *want)
{
	struct completions offers = {0};
	struct text whole = {0}, all = {0};

	text_printf(&whole, "%s/%s", root, line);
	complete_path(NULL, whole.bytes, whole.length, &offers);
	assert_int_equal(offers.start, strrchr(whole.bytes, '/') + 1 - whole.bytes);
	for (size_t i = 0; i < offers.count; i++)
		text_printf(&all, "%s%s", i ? " " : "", offers.items[i]);
	assert_string_equal(text_string(&all), want);
	completions_clear(&offers);
	text_clear(&whole);
	text_clear(&all);
}

static void paths_are_completed(void **state)
{
	(void)state;
	check_paths("", "co:lon/ go/ ncprof/ web/");
	check_paths("web/", "main.go store/");
	check_paths("web/m", "main.go");
	check_paths("web/x", "");
	check_paths("nowhere/x", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_tells_which_part_of_the_path_differs),
		cmocka_unit_test(a_wrong_answer_is_refused),
		cmocka_unit_test(places_are_kept_the_newest_first),
		cmocka_unit_test(the_explorer_asks_and_remembers),
		cmocka_unit_test(paths_are_completed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
