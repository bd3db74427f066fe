/* SPDX-License-Identifier: MIT */
/* Names of the linker; facts of pprof's internal/symbolizer/symbolizer_test.go. */
#include "fixture.h"
#include "base/array.h"
#include "transform/demangle.h"

static struct profile *one_function(const char *name, const char *system_name)
{
	struct profile *profile = fixture_profile("f = 1");

	profile->functions[0].name = strings_add_text(&profile->strings, name);
	profile->functions[0].system_name = strings_add_text(&profile->strings, system_name);
	return profile;
}

static void check(const char *words, const char *name, const char *system_name, const char *want)
{
	struct profile *profile = one_function(name, system_name);
	struct demangle_mode mode;

	demangle_parse(words, &mode, NULL);
	demangle_functions(profile, &mode);
	assert_string_equal(profile_text(profile, profile->functions[0].name), want);
	profile_free(profile);
}

static void names_become_readable_and_simple(void **state)
{
	static const char *const cases[][2] = {
		{"printf", "printf"},
		{"_ZN3foo3barEi", "foo::bar"},
		{"foo::bar(int)", "foo::bar"},
		{"_ZN3foo3bazIdEEiT", "foo::baz"},
		{"foo::baz<double>(double)", "foo::baz"},
		{"_ZdaPv", "operator delete[]"},
		{"__ZdaPv", "operator delete[]"},
		{"__some_special_name", "__some_special_name"},
		{"operator delete[](void*)", "operator delete[]"},
		{"_Z3barPA5_i", "bar"},
		{"bar(int (*) [5])", "bar"},
		{"java.lang.Float.parseFloat", "java.lang.Float.parseFloat"},
		{"java.lang.Float.<init>", "java.lang.Float.<init>"},
		{"example.com/foo.Bar", "example.com/foo.Bar"},
		{"example.com/foo.(*Bar).Bat", "example.com/foo.(*Bar).Bat"},
		{"example.com/foo.(*Bar[...]).Bat", "example.com/foo.(*Bar[...]).Bat"},
		{"example.com/foo.(*Bar[go.shape.string_0,go.shape.int_1]).Bat",
		 "example.com/foo.(*Bar[go.shape.string_0,go.shape.int_1]).Bat"},
		{"example.com/foo.Bar[...]", "example.com/foo.Bar[...]"},
		{"example.com/foo.Bar[go.shape.string_0,go.shape.int_1]",
		 "example.com/foo.Bar[go.shape.string_0,go.shape.int_1]"},
		/* Not of pprof's test. */
		{"a::b)(", "a::b)("},
		{"(anonymous namespace)::Bar::Foo", "::Bar::Foo"},
		{"_ZZNK1CI1DIcSt1EIcESaIcEEJEE1FEvE1F", "C::F() const::F"},
		{"_ZZ1fiE1g", "f()::g"},
		{"_ZlsIiEvT_S0_", "operator<<"},
		{"_ZltIiEvT_S0_", "operator<"},
		{"_ZN3foo3barEi.isra.0", "foo::bar"},
		{"_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write"},
		{"_RNvC3foo3bar", "foo::bar"},
		{"_RINvC3foo3barlE", "foo::bar::<>"},
	};
	(void)state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		check("", "", cases[i][0], cases[i][1]);
		check("local", cases[i][0], cases[i][0], cases[i][1]);
	}
	check("", "given", "_ZN3foo3barEi", "given");
	check("", "given", "", "given");
}

static void words_choose_what_is_done(void **state)
{
	const char *name = "_ZN3foo3bazIdEEiT_";
	(void)state;

	check("none", name, name, name);
	check("none", "", name, "");
	check("local:NO", name, name, name);
	check("demangle=none", "given", name, name);
	check("demangle=default", "given", name, "given");
	check("force", "given", name, "foo::baz");
	check("fastlocal:demangle=templates", "given", name, "foo::baz<double>");
	check("Demangle=Full", "given", name, "int foo::baz<double>(double)");
	check("demangle=full", "", "_ZN3foo3barEi.isra.0", "foo::bar(int)");
	check("demangle=full", "", "foo::bar(int)", "foo::bar(int)");
	check("demangle=templates", "", "foo::baz<int>(int)", "foo::baz<int>");
}

static void templates_keep_types_of_results_and_part_their_brackets(void **state)
{
	(void)state;
	check("demangle=templates", "", "_ZN1AIFviEE1fEv", "A<void (int)>::f");
	check("demangle=templates", "", "_ZN1AI1BI1CJEEE1fEv", "A<B<C> >::f");
	check("demangle=templates", "", "_ZN1AI1BI1CEE1fEv", "A<B<C> >::f");
	check("demangle=templates", "", "_ZrsI1AI1BEEvT_", "operator>><A<B> >");
}

static void names_of_some_kilobytes_become_readable(void **state)
{
	struct text name = {0};

	(void)state;
	text_add_string(&name, "_Z1fIJ");
	while (name.length < 3000)
		text_add_string(&name, "3abcI3defE");
	text_add_string(&name, "EEvv");
	check("", "", name.bytes, "f");
	text_clear(&name);
}

static void an_unknown_word_is_told_of_and_skipped(void **state)
{
	struct demangle_mode mode;
	struct text messages = {0};
	(void)state;

	demangle_parse("fastlocal:demangle=most:FULL", &mode, &messages);
	assert_string_equal(
		text_string(&messages),
		"ignoring unrecognized symbolization option: fastlocal:demangle=most:FULL\n"
		"expecting -symbolize=[local|fastlocal|remote|none][:force]"
		"[:demangle=[none|full|templates|default]\n");
	assert_true(mode.symbolize && mode.local && mode.fast && mode.force && !mode.remote);
	assert_int_equal(mode.style, DEMANGLE_FULL);
	text_clear(&messages);
}

static void modes_say_who_is_asked(void **state)
{
	struct demangle_mode mode;
	(void)state;

	demangle_parse("", &mode, NULL);
	assert_true(mode.local && mode.remote && !mode.fast && !mode.force);
	demangle_parse("Local", &mode, NULL);
	assert_true(mode.local && !mode.remote && !mode.fast);
	demangle_parse("remote:force", &mode, NULL);
	assert_true(!mode.local && mode.remote && mode.force);
	demangle_parse("force:no:local", &mode, NULL);
	assert_true(!mode.symbolize && !mode.local && !mode.remote && !mode.force);
}

/* Each template holds the one before it twice: written out, there would be 2^34 of them. */
static void hostile_names_stay(void **state)
{
	const char *digits = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct text name = {0};
	(void)state;

	text_add_string(&name, "_Z1fI1aIiiE");
	for (int i = 0; digits[i]; i++)
		text_printf(&name, "S0_IS%c_S%c_E", digits[i], digits[i]);
	text_add_string(&name, "Evv");
	check("", "", name.bytes, name.bytes);
	check("demangle=full", "", name.bytes, name.bytes);
	text_reset(&name);
	text_add_string(&name, "a::");
	for (int i = 0; i < 70000; i++)
		text_add_string(&name, "()");
	check("", "", name.bytes, name.bytes);
	text_clear(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_readable_and_simple),
		cmocka_unit_test(words_choose_what_is_done),
		cmocka_unit_test(templates_keep_types_of_results_and_part_their_brackets),
		cmocka_unit_test(names_of_some_kilobytes_become_readable),
		cmocka_unit_test(an_unknown_word_is_told_of_and_skipped),
		cmocka_unit_test(modes_say_who_is_asked),
		cmocka_unit_test(hostile_names_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
