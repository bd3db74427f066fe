/* SPDX-License-Identifier: MIT */
/* Files that are no profile, or two of them: each is told what it is and what to do. */
#include <unistd.h>

#include "fixture.h"
#include "base/array.h"
#include "format/foreign.h"
#include "format/format.h"

/* Reading these bytes fails, and the message says both. */
static void check_bytes(const char *bytes, size_t length, const char *what, const char *remedy)
{
	const char *path = fixture_write(bytes, length);
	struct error error = {.at = 0};
	struct profile *profile = format_load(path, NULL, &error);

	unlink(path);
	assert_null(profile);
	if (!strstr(error.message, what) || !strstr(error.message, remedy))
		fail_msg("\"%s\" does not say \"%s\" and \"%s\"", error.message, what, remedy);
	assert_null(strchr(error.message, '\n'));
}

#define CHECK(bytes, what, remedy) check_bytes(bytes, sizeof(bytes) - 1, what, remedy)

static void files_are_told_what_they_are(void **state)
{
	static const char *const rows[][3] = {
		{"404.txt", "answer of a server", "curl"},
		{"b64.txt", "a profile in base64", "base64 -d FILE | ncprof -"},
		{"bundle.tar.gz", "a tar archive", "tar -xOf FILE NAME | ncprof -"},
		{"bundle.zip", "a ZIP archive", "unzip -p FILE NAME | ncprof -"},
		{"cover.out", "a coverage profile of Go", "go test -cpuprofile"},
		{"err.json", "a message in JSON", "curl"},
		{"login.html", "an HTML page", "curl"},
		{"perf.data", "perf.data", "perf script -i FILE | ncprof -"},
		{"top.txt", "a report of pprof", "pprof -proto"},
		{"appended_gz.pb.gz", "the second begins at byte 428", "tail -c +429 >2.pb"},
		{"appended_plain.pb", "the second begins at byte 428", "head -c 428 >1.pb"},
		{"appended_heap_pb.bin", "the second begins at line 5", "tail -n +5 FILE"},
		{"heap_overflow.txt", "line 1 has a negative sum", "overflowed"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error error = {.at = 0};
		char name[64];

		snprintf(name, sizeof(name), "odd/%s", rows[i][0]);
		assert_null(format_load(fixture_path(name), NULL, &error));
		if (!strstr(error.message, rows[i][1]) || !strstr(error.message, rows[i][2]))
			fail_msg("%s", error.message);
	}
}

static void so_are_others_of_their_kinds(void **state)
{
	(void)state;
	CHECK("\n\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD\">\n<title>x</title>", "HTML", "curl");
	CHECK("<HTML><HEAD></HEAD></HTML>", "HTML", "curl");
	CHECK("<?xml version=\"1.0\"?>\n<svg width=\"1\"></svg>", "SVG", "pprof -proto");
	CHECK("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>", "XML", "name");
	CHECK("[{\"name\": \"x\"}]", "JSON", "name");
	CHECK("{\"profile\":\"H4sIAAAAAAAA/1zQIU/DQBQH8\"}", "base64 in it", "jq");
	CHECK("mode: atomic\n", "coverage", "go test");
	CHECK("CgQIARACCgQIAxAEEgQKAQESAQE=", "base64", "base64 -d");
	CHECK("data:application/octet-stream;base64,H4sIAAAAAAAA/1zQIU/DQBQH8N1d", "base64", "-d");
	CHECK("\0\0\0\0\0\0\0\0\0\0", "zero bytes", "copy");
	CHECK("\x7f"
	      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0",
	      "a program (ELF)", "ncprof FILE PROFILE");
	CHECK("\x7f"
	      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\4\0\x3e\0",
	      "a core dump", "gdb");
	CHECK("HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n", "HTTP response", "curl");
	CHECK("digraph \"app\" {\n", "DOT", "pprof");
	CHECK("hello, who are you?\n", "text that begins \"hello, who are you?\"", "name");
	CHECK("SQLite format 3\0\x10\0", "SQLite", "nsys");
	CHECK("00000000: 1f8b 0800 0000 0000 00ff\n", "hex dump", "xxd -r");
	CHECK("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "LFS", "git lfs pull");
	CHECK("Could not enable CPU profiling: cpu profiling already in use\n", "server", "curl");
}

static void second_profiles_in_text_are_told(void **state)
{
	(void)state;
	CHECK("heap profile: 1: 8 [1: 8] @ heap/2\n1: 8 [1: 8] @ 0x1\n"
	      "heap profile: 1: 8 [1: 8] @ heap/2\n1: 8 [1: 8] @ 0x1\n",
	      "the second begins at line 3", "head -n 2 FILE");
	CHECK("goroutine profile: total 1\n1 @ 0x1\n\nthreadcreate profile: total 1\n1 @ 0x2\n\n",
	      "the second begins at line 4", "tail -n +4 FILE");
	CHECK("--- mutex:\ncycles/second=1\n1 1 @ 0x1\n--- contention:\ncycles/second=1\n",
	      "the second begins at line 4", "part them");
	CHECK("goroutine profile: total 1\n1 @ 0x1\n\n\x1f\x8b\x08\0\0\0\0\0",
	      "the second begins at line 4", "part them");
}

static void broken_headers_of_text_tell_the_line(void **state)
{
	(void)state;
	CHECK("heap profile: x\n1: 8 [1: 8] @ 0x1\n", "line 1 is no header", "heap/1048576");
	CHECK("heap profile: 1: 8 [1: -8] @ heap/2\n1: 8 [1: 8] @ 0x1\n", "line 1", "negative");
	CHECK("heap profile: 1: 5 [1: 5] @ elsewhere\n", "line 1 is no header", "heap/1048576");
	CHECK("goroutine profile: total -1\n1 @ 0x1\n", "line 1", "NAME profile: total N");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_told_what_they_are),
		cmocka_unit_test(so_are_others_of_their_kinds),
		cmocka_unit_test(second_profiles_in_text_are_told),
		cmocka_unit_test(broken_headers_of_text_tell_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
