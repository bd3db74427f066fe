/* SPDX-License-Identifier: MIT */
/* Sources where Go's tools and others put them, in folders made for the test. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "fixture.h"
#include "report/text/source_files.h"

static char root[] = "/tmp/ncprof-search-XXXXXX";

/* Makes ROOT/path with all folders above it. */
static void make_file(const char *path, const char *content)
{
	struct text whole = {0};
	FILE *file;

	text_printf(&whole, "%s/%s", root, path);
	for (char *at = whole.bytes + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(whole.bytes, 0700);
		*at = '/';
	}
	file = fopen(whole.bytes, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
	text_clear(&whole);
}

static void set_variable(const char *name, const char *folder)
{
	struct text whole = {0};

	text_printf(&whole, "%s/%s", root, folder);
	setenv(name, whole.bytes, 1);
	text_clear(&whole);
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	make_file("goroot/src/runtime/proc.go", "package runtime\n\nfunc schedule() {\n");
	make_file("goroot/src/net/http/server.go", "package http\n");
	make_file("cache/github.com/!burnt!sushi/toml@v1.6.0/lex.go", "package toml\n");
	make_file("cache/golang.org/x/net@v0.1.0/http2/frame.go", "package http2\n");
	make_file("app/go.mod", "// the shop\nmodule example.com/shop\n\ngo 1.26\n");
	make_file("app/main.go", "package main\n");
	make_file("app/cart/cart.go", "package cart\n");
	make_file("app/vendor/github.com/vend/ored/x.go", "package ored\n");
	make_file("app/web/src/a b.ts", "let a\n");
	make_file("co:lon/main.go", "package main\n");
	set_variable("GOROOT", "goroot");
	set_variable("GOMODCACHE", "cache");
	setenv("HOME", "/nowhere", 1);
	unsetenv("GOPATH");
	return 0;
}

/* The name is found at ROOT/want from ROOT/from; want NULL: it is not found. */
static void check(const char *name, const char *from, const struct source_places *places,
		  const char *want)
{
	struct text folder = {0}, path = {0};
	struct source_files *files;
	const char *found;

	text_printf(&folder, "%s/%s", root, from);
	text_printf(&path, "%s/%s", root, want ? want : "");
	files = source_files_new(folder.bytes, NULL, places);
	found = source_files_location(files, name);
	if (!found && want)
		fail_msg("%s is not found; tried %s", name, source_files_tried(files, name));
	if (want)
		assert_string_equal(found, path.bytes);
	else
		assert_null(found);
	source_files_free(files);
	text_clear(&folder);
	text_clear(&path);
}

static void the_standard_library_is_in_goroot(void **state)
{
	static const char *const names[] = {
		"runtime/proc.go",
		"/opt/hostedtoolcache/go/1.26.8/x64/src/runtime/proc.go",
		"/root/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64/src/runtime/proc.go",
		"C:/Program Files/Go/src/runtime/proc.go",
		"C:\\Program Files\\Go\\src\\runtime\\proc.go",
		"file:///opt/go1/src/runtime/proc.go",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		check(names[i], "app/cart", NULL, "goroot/src/runtime/proc.go");
	check("runtime/gone.go", "app", NULL, NULL);
}

static void modules_are_in_the_cache_or_in_vendor(void **state)
{
	static const char lex[] = "cache/github.com/!burnt!sushi/toml@v1.6.0/lex.go";

	(void)state;
	check("github.com/BurntSushi/toml@v1.6.0/lex.go", "app", NULL, lex);
	check("/build/go/pkg/mod/github.com/!burnt!sushi/toml@v1.6.0/lex.go", "app", NULL, lex);
	check("/build/go/pkg/mod/github.com/BurntSushi/toml@v1.6.0/lex.go", "app", NULL, lex);
	check("C:/build/go/pkg/mod/github.com/!burnt!sushi/toml@v1.6.0/lex.go", "app", NULL, lex);
	check("golang.org/x/net@v0.1.0/http2/frame.go", "app", NULL,
	      "cache/golang.org/x/net@v0.1.0/http2/frame.go");
	check("github.com/vend/ored@v2.0.0/x.go", "app/cart", NULL,
	      "app/vendor/github.com/vend/ored/x.go");
	check("github.com/vend/ored/x.go", "app", NULL, "app/vendor/github.com/vend/ored/x.go");
	/* The cache itself may be the folder with the sources. */
	setenv("GOMODCACHE", "/nowhere", 1);
	check("github.com/BurntSushi/toml@v1.6.0/lex.go", "cache", NULL, lex);
	set_variable("GOMODCACHE", "cache");
	check("github.com/BurntSushi/toml@v9.9.9/lex.go", "app", NULL, NULL);
}

static void a_module_has_its_files_below_its_go_mod(void **state)
{
	(void)state;
	check("example.com/shop/cart/cart.go", "app", NULL, "app/cart/cart.go");
	check("example.com/shop/cart/cart.go", "app/cart", NULL, "app/cart/cart.go");
	check("example.com/shop@v1.2.3/main.go", "app/cart", NULL, "app/main.go");
	check("/build/src/example.com/shop/cart/cart.go", "app", NULL, "app/cart/cart.go");
	check("command-line-arguments/main.go", "app", NULL, "app/main.go");
	check("example.com/shopping/main.go", "app/cart", NULL, NULL);
}

static void other_tools_name_files_in_other_ways(void **state)
{
	(void)state;
	check("webpack://web/./src/a%20b.ts?1f2e", "app/web", NULL, "app/web/src/a b.ts");
	check("webpack:///./src/a%20b.ts", "app/web", NULL, "app/web/src/a b.ts");
	check("https://shop.example.com/src/a%20b.ts", "app/web", NULL, "app/web/src/a b.ts");
	check("D:\\work\\app\\cart\\cart.go", "app", NULL, "app/cart/cart.go");
	check("\\\\server\\share\\cart\\cart.go", "app", NULL, "app/cart/cart.go");
}

static void what_a_person_said_may_have_colons(void **state)
{
	struct text to = {0};
	struct source_places places = {0};
	struct source_place place;

	(void)state;
	text_printf(&to, "%s/co:lon", root);
	place = (struct source_place){alloc_text("C:/proj/proj"), alloc_text(to.bytes)};
	source_places_add(&places, &place);
	check("C:\\proj\\proj\\main.go", "goroot", &places, "co:lon/main.go");
	check("C:/proj/project/main.go", "goroot", &places, NULL);
	source_places_clear(&places);
	text_clear(&to);
}

static void a_file_of_another_version_is_told(void **state)
{
	struct source_files *files = source_files_new(root, NULL, NULL);
	struct text why = {0};

	(void)state;
	assert_false(source_files_misfit(files, "runtime/proc.go", "runtime.schedule", 3, 3, &why));
	assert_false(source_files_misfit(files, "runtime/proc.go", "runtime.x.func1", 1, 2, &why));
	assert_true(source_files_misfit(files, "runtime/proc.go", "runtime.schedule", 2, 3, &why));
	assert_non_null(strstr(why.bytes, "schedule does not begin at line 2"));
	text_reset(&why);
	assert_true(source_files_misfit(files, "runtime/proc.go", "runtime.goexit0", 0, 70, &why));
	assert_non_null(strstr(why.bytes, "has 3 lines and the profile names line 70"));
	source_files_free(files);
	text_clear(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_standard_library_is_in_goroot),
		cmocka_unit_test(modules_are_in_the_cache_or_in_vendor),
		cmocka_unit_test(a_module_has_its_files_below_its_go_mod),
		cmocka_unit_test(other_tools_name_files_in_other_ways),
		cmocka_unit_test(what_a_person_said_may_have_colons),
		cmocka_unit_test(a_file_of_another_version_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
