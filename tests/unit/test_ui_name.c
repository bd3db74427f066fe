/* SPDX-License-Identifier: MIT */
/* Long names of Go, C++ and Rust: what gives way first, and what always stays. */
#include "fixture.h"
#include "base/array.h"
#include "ui/term/symbol_name.h"

static const struct {
	const char *name;
	int columns;
	const char *fitting;
} fits[] = {
	/* Go: directories, then type arguments. */
	{"example.com/shop/cart.(*Set[go.shape.int]).Add", 80,
	 "example.com/shop/cart.(*Set[go.shape.int]).Add"},
	{"example.com/shop/cart.(*Set[go.shape.int]).Add", 40,
	 "shop/cart.(*Set[go.shape.int]).Add"},
	{"example.com/shop/cart.(*Set[go.shape.int]).Add", 30, "cart.(*Set[go.shape.int]).Add"},
	{"example.com/shop/cart.(*Set[go.shape.int]).Add", 25, "cart.(*Set[...]).Add"},
	{"slices.SortFunc[go.shape.[]example.com/a.T,go.shape.int].func1", 30,
	 "slices.SortFunc[...].func1"},
	{"main.Map[example.com/x.A]", 14, "main.Map[...]"},
	/* C++: the type that is returned, namespaces, then templates and parameters. */
	{"void ns::io::Reader<char>::read<int>(int, char const*)", 60,
	 "void ns::io::Reader<char>::read<int>(int, char const*)"},
	{"void ns::io::Reader<char>::read<int>(int, char const*)", 50,
	 "ns::io::Reader<char>::read<int>(int, char const*)"},
	{"void ns::io::Reader<char>::read<int>(int, char const*)", 43,
	 "Reader<char>::read<int>(int, char const*)"},
	{"void ns::io::Reader<char>::read<int>(int, char const*)", 30,
	 "Reader<...>::read<int>(...)"},
	{"std::vector<std::map<int, std::string>>::push_back(int&&)", 40,
	 "vector<...>::push_back(...)"},
	{"a::(anonymous namespace)::Worker::run() const", 20, "Worker::run() const"},
	{"std::function<void (int)>::operator()(int) const", 40,
	 "function<...>::operator()(int) const"},
	{"ns::Value::operator<<(ns::Stream<char>&)", 36, "Value::operator<<(ns::Stream<char>&)"},
	{"unsigned long ns::f(int)", 12, "ns::f(int)"},
	/* Rust: paths; the type and the trait of an implementation stay. */
	{"tokio::runtime::task::harness::Harness<T,S>::poll", 20, "Harness<T,S>::poll"},
	{"<alloc::vec::Vec<example::Item> as core::iter::Extend>::extend", 60,
	 "<alloc::vec::Vec<...> as core::iter::Extend>::extend"},
	/* Lines and addresses: what is behind the colon stays. */
	{"compress/flate.(*compressor).deflate compress/flate/deflate.go:436", 80,
	 "compress/flate.(*compressor).deflate compress/flate/deflate.go:436"},
	{"compress/flate.(*compressor).deflate compress/flate/deflate.go:436", 50,
	 "flate.(*compressor).deflate deflate.go:436"},
	{"compress/flate.(*compressor).deflate compress/flate/deflate.go:436", 40,
	 "(*compressor).deflate deflate.go:436"},
	{"compress/flate.(*compressor).deflate compress/flate/deflate.go:436", 26,
	 "deflate deflate.go:436"},
	{"compress/flate.(*compressor).deflate compress/flate/deflate.go:436:7", 30,
	 "deflate deflate.go:436:7"},
	{"00000000004cc717 compress/flate.(*compressor).deflate compress/flate/deflate.go:436", 45,
	 "4cc717 (*compressor).deflate deflate.go:436"},
	{"00000000004cc717 compress/flate/deflate.go:436", 30, "4cc717 deflate.go:436"},
	{"main.f a:b", 4, "main.f a:b"},
	/* Neither: nothing is known that could go. */
	{"a name with blanks (and brackets) in it", 10, "a name with blanks (and brackets) in it"},
	{"x < y", 2, "x < y"},
	{"unclosed<int::f", 5, "unclosed<int::f"},
	{"", 1, ""},
};

static void paths_go_first_then_arguments_are_folded(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fits); i++) {
		struct text scratch = {0};

		assert_string_equal(name_fit(fits[i].name, CHARSET_UTF8, fits[i].columns, &scratch),
				    fits[i].fitting);
		text_clear(&scratch);
	}
}

static const struct {
	const char *name;
	int columns;
	const char *squeezed;
} squeezes[] = {
	{"example.com/cart.(*Set[go.shape.int]).Add", 16, "(*Set[...]).Add"},
	{"example.com/cart.(*Set[go.shape.int]).Add", 4, "Add"},
	{"void ns::io::Reader<char>::read<int>(int)", 12, "read<int>(int)"},
	{"tokio::runtime::task::Harness<T,S>::poll", 5, "poll"},
	{"ns::Value::operator<<(int)", 8, "operator<<(int)"},
};

static void small_boxes_keep_the_function(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(squeezes); i++) {
		struct text scratch = {0};

		assert_string_equal(
			name_squeeze(squeezes[i].name, CHARSET_UTF8, squeezes[i].columns, &scratch),
			squeezes[i].squeezed);
		text_clear(&scratch);
	}
}

/* Whatever brackets a hostile name has: it ends, and the form is no wider than the name and ends in bounds. */
static void any_brackets_end(void **state)
{
	static const char letters[] = "<>()[]:: a.-/operator";
	uint32_t random = 1;

	(void)state;
	for (int turn = 0; turn < 20000; turn++) {
		struct text name = {0}, scratch = {0};

		for (int i = 0; i < 24; i++) {
			random = random * 1664525 + 1013904223;
			text_add_char(&name, letters[(random >> 16) % (sizeof(letters) - 1)]);
		}
		for (int columns = 1; columns < 24; columns += 5)
			assert_true(strlen(name_squeeze(name.bytes, CHARSET_UTF8, columns,
							&scratch)) <= name.length);
		text_clear(&name);
		text_clear(&scratch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_go_first_then_arguments_are_folded),
		cmocka_unit_test(small_boxes_keep_the_function),
		cmocka_unit_test(any_brackets_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
