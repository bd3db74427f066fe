/* SPDX-License-Identifier: MIT */
/* What is an address and what is asked for it: answers of Go's net/url, as pprof uses it. */
#include "fixture.h"
#include "source/address.h"
#include "source/passwords.h"

static const struct {
	const char *text, *shown, *asked; /* NULL: it is the name of a file */
} rows[] = {
	{"http://h:1/debug/pprof/heap", "http://h:1/debug/pprof/heap",
	 "http://h:1/debug/pprof/heap"},
	{"h:1/x", "http://h:1/x", "http://h:1/x"},
	{"localhost:6060", "http://localhost:6060", "http://localhost:6060"},
	{":6060/x", "http://:6060/x", "http://localhost:6060/x"},
	{"1.2.3.4:80/x", "http://1.2.3.4:80/x", "http://1.2.3.4:80/x"},
	{"[::1]:6060/x", "http://[::1]:6060/x", "http://[::1]:6060/x"},
	{"HTTP://h/x", "http://h/x", "http://h/x"},
	{"https+insecure://h/x", "https+insecure://h/x", "https://h/x"},
	{"http://h/x?gc=1#y", "http://h/x?gc=1#y", "http://h/x?gc=1"},
	{"http://h/x?b=2&a=b c&a=1&x", "http://h/x?a=b+c&a=1&b=2&x=", NULL},
	{"http://h/x?a;b=1&c=%zz&d", "http://h/x?d=", NULL},
	{"http://h/a%2Fb/c d", "http://h/a%2Fb/c%20d", NULL},
	{"http://me:s%3Acret@h/x", "http://me:xxxxx@h/x", "http://h/x"},
	{"http://me@h/x", "http://me@h/x", "http://h/x"},
	{"me:pw@h:1/x", "http://me:xxxxx@h:1/x", "http://h:1/x"},
	{"ftp://h/x", "ftp://h/x", NULL},
	{"unix:/run/a.sock:/debug/pprof/heap?gc=1", "unix:/run/a.sock:/debug/pprof/heap?gc=1",
	 "http://localhost/debug/pprof/heap?gc=1"},
	{"unix:/run/a.sock", "unix:/run/a.sock", "http://localhost"},
	{"nosuch.pb.gz", NULL, NULL},
	{"./no/such:1.pb.gz", NULL, NULL},
	{"file:///x", NULL, NULL},
	{"a:b", NULL, NULL},
	{"//host/x", NULL, NULL},
	{"", NULL, NULL},
	{"-", NULL, NULL},
};

static void addresses_are_told_from_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text shown = {0}, asked = {0};
		struct address address;
		bool found = address_parse(rows[i].text, &address);

		if (found != (rows[i].shown != NULL))
			fail_msg("%s: %d", rows[i].text, found);
		if (!found)
			continue;
		address_print(&address, &shown);
		address_print_request(&address, &asked);
		assert_string_equal(shown.bytes, rows[i].shown);
		if (rows[i].asked)
			assert_string_equal(asked.bytes, rows[i].asked);
		address_clear(&address);
		text_clear(&shown);
		text_clear(&asked);
	}
}

static void symbols_are_asked_for_beside_the_profile(void **state)
{
	static const char *const pairs[][2] = {
		{"http://h/debug/pprof/heap?gc=1", "http://h/debug/pprof/symbol"},
		{"http://h/a/debug/pprof/x/y", "http://h/a/debug/pprof/x/symbol"},
		{"http://h/pprof/profile", "http://h/pprof/symbol"},
		{"http://h/pprof/contention", "http://h/pprof/symbol"},
		{"http://h/other/profilez", "http://h/other/symbolz"},
		{"http://h", "http://h/symbolz"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct text shown = {0};
		struct address address;

		assert_true(address_parse(pairs[i][0], &address));
		address_to_symbols(&address);
		address_print(&address, &shown);
		assert_string_equal(shown.bytes, pairs[i][1]);
		address_clear(&address);
		text_clear(&shown);
	}
}

static void seconds_replace_those_of_the_query(void **state)
{
	struct text shown = {0};
	struct address address;

	(void)state;
	assert_true(address_parse("h:1/x?seconds=9&a=1&seconds=8", &address));
	assert_int_equal(address_seconds(&address), 9);
	address_set_seconds(&address, 30);
	assert_int_equal(address_seconds(&address), 30);
	address_print(&address, &shown);
	assert_string_equal(shown.bytes, "http://h:1/x?a=1&seconds=30");
	address_clear(&address);
	text_clear(&shown);
}

static void passwords_are_kept_apart(void **state)
{
	struct passwords *passwords = passwords_new();
	char *shown = passwords_hide(passwords, "http://me:s%3Acret@h:1/x?y=1"), *again, *plain;
	struct address address;

	(void)state;
	assert_string_equal(shown, "http://me:xxxxx@h:1/x?y=1");
	/* What is shown may be typed again, with another path. */
	again = passwords_hide(passwords, "http://me:xxxxx@h:1/z");
	assert_true(address_parse(again, &address));
	passwords_fill(passwords, &address);
	assert_string_equal(address.password, "s:cret");
	address_clear(&address);
	/* Another user has another one. */
	assert_true(address_parse("http://you:xxxxx@h:1/x", &address));
	passwords_fill(passwords, &address);
	assert_string_equal(address.password, "xxxxx");
	address_clear(&address);
	plain = passwords_hide(passwords, "dir/a@b:c.pb.gz");
	assert_string_equal(plain, "dir/a@b:c.pb.gz");
	free(shown);
	free(again);
	free(plain);
	passwords_free(passwords);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_told_from_files),
		cmocka_unit_test(symbols_are_asked_for_beside_the_profile),
		cmocka_unit_test(seconds_replace_those_of_the_query),
		cmocka_unit_test(passwords_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
