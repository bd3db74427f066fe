/* SPDX-License-Identifier: MIT */
/* Function names as graphs show them: the cases are facts of pprof's TestShortenFunctionName and some more. */
#include "fixture.h"
#include "view/short_name.h"

static void check(const char *name, const char *wanted)
{
	struct text text = {0};

	short_name(name, &text);
	assert_string_equal(text_string(&text), wanted);
	text_clear(&text);
}

static void names_without_path_or_class_stay(void **state)
{
	(void)state;
	check("", "");
	check("root", "root");
	check("syscall.Syscall", "syscall.Syscall");
	check("foo/xyz", "foo/xyz");
	check("com.google.perftools.gwp.benchmark.FloatBench.<clinit>",
	      "com.google.perftools.gwp.benchmark.FloatBench.<clinit>");
}

static void go_names_lose_the_path_of_their_package(void **state)
{
	(void)state;
	check("net/http.(*conn).serve", "http.(*conn).serve");
	check("github.com/BlahBlah/foo.Foo[...]", "foo.Foo[...]");
	check("github.com/blah-blah/foo_bar.(*FooBar).Foo", "foo_bar.(*FooBar).Foo");
	check("encoding/json.(*structEncoder).(encoding/json.encode)-fm",
	      "json.(*structEncoder).(encoding/json.encode)-fm");
	check("github.com/b/vendor/gopkg.in/redis.v3.(*c).(github.com/b/redis.v3.process)-fm",
	      "redis.v3.(*c).(github.com/b/redis.v3.process)-fm");
	check("a/b.", "a/b.");
	check("a//b.c", "/b.c");
}

static void versions_of_modules_go_from_two_on(void **state)
{
	(void)state;
	check("github.com/foo/bar/v4.(*Foo).Bar", "bar.(*Foo).Bar");
	check("github.com/foo/bar/v4/baz.Foo.Bar", "baz.Foo.Bar");
	check("github.com/foo/bar/v123.(*Foo).Bar", "bar.(*Foo).Bar");
	check("github.com/foobar/v0.(*Foo).Bar", "v0.(*Foo).Bar");
	check("github.com/foobar/v1.(*Foo).Bar", "v1.(*Foo).Bar");
	check("github.com/foobar/v02.Bar", "v02.Bar");
	check("example.org/v2xyz.Foo", "v2xyz.Foo");
	check("github.com/foo/bar/v4/v4.(*Foo).Bar", "v4.(*Foo).Bar");
	check("github.com/foo/bar/v10.Bar", "bar.Bar");
}

static void java_names_keep_class_and_method(void **state)
{
	(void)state;
	check("java.util.concurrent.ThreadPoolExecutor$Worker.run",
	      "ThreadPoolExecutor$Worker.run");
	check("java.bar.foo.FooBar.run(java.lang.Runnable)", "FooBar.run");
	check("com.example.Foo.<init>", "Foo.<init>");
	check("com.example.Foo.bar$1(int)", "Foo.bar$1");
	check("com.example.Foo.bar baz", "com.example.Foo.bar baz");
	check("foo.Bar", "foo.Bar");
}

static void cpp_names_keep_class_and_method(void **state)
{
	(void)state;
	check("(anonymous namespace)::Bar::Foo", "Bar::Foo");
	check("(anonymous namespace)::foo", "foo");
	check("cpp::namespace::Class::method()::$_100::operator()", "Class::method");
	check("foo_bar::Foo::bar", "Foo::bar");
	check("foo::Foo::~Foo", "Foo::~Foo");
	check("foo::_Foo::bar", "_Foo::bar");
	check("a::B::c::d", "B::c");
	check("a::B::C::d", "C::d");
	check("B::c", "B::c");
	check("cpp::namespace::Class::method<float, long, int>()",
	      "Class::method<float, long, int>");
	check("a::B::c<d", "B::c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_without_path_or_class_stay),
		cmocka_unit_test(go_names_lose_the_path_of_their_package),
		cmocka_unit_test(versions_of_modules_go_from_two_on),
		cmocka_unit_test(java_names_keep_class_and_method),
		cmocka_unit_test(cpp_names_keep_class_and_method),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
