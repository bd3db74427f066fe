/* SPDX-License-Identifier: MIT */
/* Which names are URLs: answers of Go's url.Parse(name) with IsAbs(). */
#include "base/array.h"
#include "base/url.h"
#include "fixture.h"

static const struct {
	const char *text;
	bool absolute;
} rows[] = {
	{"http://example.com", true},
	{"http://example.com/debug/pprof/profile?seconds=5", true},
	{"https+insecure://localhost:8080/x", true},
	{"http://user:word@host:80/x#y", true},
	{"http://[::1]:80/x", true},
	{"file:/x", true},
	{"file:///x", true},
	{"memfd:doublemapper", true},
	{"C:\\example.exe", true},
	{"a:", true},
	{"", false},
	{"/usr/bin/binary", false},
	{"/usr/bin/a:b", false},
	{"binary", false},
	{"[vdso]", false},
	{"anon_inode:[perf_event]", false},
	{"//anon", false},
	{":x", false},
	{"1a://x", false},
	{"http://exam ple.com", false},
	{"http://host:port/", false},
	{"http://a:1:2/", false},
	{"redis://a:1:2/", true},
	{"http://host/%zz", false},
	{"http://host/%2f", true},
	{"http://ho%41st/", false},
	{"http://host/x#%", false},
	{"http://host/x\x01", false},
	{"http://[::1/", false},
	{"http://a[::1]/", false},
	{"http://[::1]x/", false},
	{"x:%zz", true},
};

static void a_url_has_a_scheme_and_a_good_host(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (url_is_absolute(rows[i].text) != rows[i].absolute)
			fail_msg("\"%s\": want %d", rows[i].text, rows[i].absolute);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_has_a_scheme_and_a_good_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
