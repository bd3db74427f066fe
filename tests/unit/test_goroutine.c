/* SPDX-License-Identifier: MIT */
/* Goroutine dumps: headers of all releases, stacks, prefixes, and what is left of a cut one. */
#include "text_profile.h"

#include "base/array.h"
#include "diagnose/rules/goroutine.h"
#include "diagnose/goroutine_groups.h"

#include "format/go/goroutine_line.h"

#define TYPES "types goroutine/count; period goroutine/count 1\n"
#define MAP "mapping 0-0\n"
#define MAIN "goroutine 1 [running]:\nmain.main()\n\tmain.go:12 +0x1d\n"

static const char *const files[] = {
	"leak_t005s.debug2.txt",  "leak_t130s.debug2.txt", "cgo_traceback.debug2.txt",
	"panic_deadlock.txt",     "panic_deep.txt",        "panic_error.system.txt",
	"panic_string.txt",       "sigabrt.crash.txt",     "sigquit.txt",
	"new_headers.debug2.txt",
};
static const uint32_t counts[] = {53, 591, 2, 2, 1, 5, 1, 11, 8, 12};

#define FILE_COUNT COUNT(files)

static struct text read_file(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "goroutine/%s", name);
	return fixture_text(path);
}

static void every_goroutine_of_a_dump_is_a_sample(void **state)
{
	(void)state;
	for (size_t i = 0; i < FILE_COUNT; i++) {
		struct text text = read_file(files[i]);
		struct profile *profile = bytes_profile(text.bytes, text.length, true);

		assert_int_equal(profile->sample_count, counts[i]);
		assert_int_equal(profile->warning_count, 0);
		profile_free(profile);
		text_clear(&text);
	}
}

static void check_same(const struct text *a, const struct text *b)
{
	struct profile *one = bytes_profile(a->bytes, a->length, true);
	struct profile *two = bytes_profile(b->bytes, b->length, true);
	char *first = profile_dump(one), *second = profile_dump(two);

	assert_string_equal(first, second);
	assert_int_equal(one->comment_count, two->comment_count);
	free(first);
	free(second);
	profile_free(one);
	profile_free(two);
}

static void prefixes_line_ends_and_other_output_change_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < FILE_COUNT; i++) {
		struct text plain = read_file(files[i]);
		struct text prefixed =
			fixture_dress(&plain, "2026-11-23T13:22:22.66Z app[1]: ", "");
		struct text windows = fixture_dress(&plain, "", "\r");
		struct text mixed = {0};

		for (int k = 0; k < 500; k++)
			text_printf(&mixed, "13:22:22.%d level=info msg=\"goroutine %d [busy\"\n",
				    k, k);
		text_add(&mixed, plain.bytes, plain.length);
		check_same(&plain, &prefixed);
		check_same(&plain, &windows);
		check_same(&plain, &mixed);
		text_clear(&plain);
		text_clear(&prefixed);
		text_clear(&windows);
		text_clear(&mixed);
	}
}

/* Wherever it ends, a dump is read, and says so. */
static void a_cut_dump_is_a_partial_result_that_says_so(void **state)
{
	struct text text = read_file("leak_t005s.debug2.txt");
	size_t from = (size_t)(strstr(text.bytes, "goroutine 20 [") - text.bytes);
	size_t end = (size_t)(strstr(text.bytes, "goroutine 21 [") - text.bytes);

	(void)state;
	for (size_t length = from + 10; length < end - 2; length++) {
		struct profile *profile = bytes_profile(text.bytes, length, true);

		assert_in_range(profile->sample_count, 2, 3);
		assert_int_equal(profile->warning_count, 1);
		assert_non_null(strstr(profile->warnings[0], "partial dump"));
		profile_free(profile);
	}
	text_clear(&text);
}

static void headers_of_all_releases_are_understood(void **state)
{
	static const struct {
		const char *line, *state, *bubble, *labels;
		int64_t id, minutes;
		bool locked, leaked;
	} cases[] = {
		{"goroutine 1 [running]:", "running", "", "", 1, 0, false, false},
		{"goroutine 18 gp=0xc000102000 m=3 mp=0xc000180008 [syscall, 3 minutes, locked to "
		 "thread]:",
		 "syscall", "", "", 18, 3, true, false},
		{"goroutine 19 gp=0xc0 m=nil [chan receive (nil chan)]:", "chan receive (nil chan)",
		 "", "", 19, 0, false, false},
		{"goroutine 33 [chan send (leaked) (scan), 2 minutes]:", "chan send", "", "", 33, 2,
		 false, true},
		{"goroutine 41 [sleep (durable), 1 minutes, synctest bubble 2]:", "sleep (durable)",
		 "2", "", 41, 1, false, false},
		{"goroutine 50 [select, 2 minutes] {a: \"x y\", b: }:", "select", "",
		 "a: \"x y\", b: ", 50, 2, false, false},
		{"goroutine 51 [select labels:{\"a\": \"b]:, c}\"}]:", "select", "",
		 "\"a\": \"b]:, c}\"", 51, 0, false, false},
		{"app: goroutine 7 [IO wait]: ", "IO wait", "", "", 7, 0, false, false},
	};
	static const char *const others[] = {
		"goroutine 7 [select", "goroutine 7 []:", "goroutine x [select]:",
		"goroutine 7 [select] what:", "goroutine profile: total 7"};
	struct goroutine_header header;
	size_t prefix;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(goroutine_line_header(span_of(cases[i].line), &header, &prefix));
		assert_true(span_equals(header.state, cases[i].state));
		assert_true(span_equals(header.bubble, cases[i].bubble));
		assert_true(span_equals(header.labels, cases[i].labels));
		assert_int_equal(header.id, cases[i].id);
		assert_int_equal(header.minutes, cases[i].minutes);
		assert_int_equal(header.locked, cases[i].locked);
		assert_int_equal(header.leaked, cases[i].leaked);
	}
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(goroutine_line_header(span_of(others[i]), &header, &prefix));
}

static void what_a_header_says_becomes_labels(void **state)
{
	(void)state;
	check_dump(
		"goroutine 5 [select, 2 minutes, locked to thread] {path: /a.b, q: \"x \\\"y\\\"\""
		", none: }:\nmain.f(0x1)\n\tC:/a b/f.go:3 +0x1\n"
		"created by main.g[...] in goroutine 1\n\tg.go:9 +0x2\n",
		true,
		TYPES "1 | main.f@C:/a b/f.go:3 state=select wait=120 locked=thread path=/a.b "
		      "q=x \"y\" created_by=main.g[...]\n" MAP);
}

static void inlined_functions_share_the_location_of_their_caller(void **state)
{
	(void)state;
	check_dump("goroutine 1 [running]:\nmain.c(...)\n\ta.go:3\nmain.b(...)\n\ta.go:2\n"
		   "main.a({0x1, 0x2, ...}, 0x3?)\n\ta.go:1 +0x1d\n",
		   true, TYPES "1 | main.c@a.go:3>main.b@a.go:2>main.a@a.go:1 state=running\n" MAP);
}

static void a_waiting_goroutine_names_its_lock(void **state)
{
	(void)state;
	check_dump("goroutine 1 [sync.Mutex.Lock]:\nsync.runtime_SemacquireMutex(0x9?)\n\ts.go:1 "
		   "+0x1\nsync.(*Mutex).lockSlow(0xc0a0)\n\tm.go:2 +0x1\n",
		   true,
		   TYPES "1 | sync.runtime_SemacquireMutex@s.go:1 sync.(*Mutex).lockSlow@m.go:2 "
			 "state=sync.Mutex.Lock waits_for=0xc0a0\n" MAP);
}

static void frames_of_c_and_gaps_are_shown(void **state)
{
	(void)state;
	check_dump("goroutine 1 [running]:\nnon-Go function at pc=0x10\nc_f\n\ta.c:4 pc=0x20\n"
		   "c_g\n\tpc=0x30\n...7 frames elided...\nmain.main()\n\ta.go:1 +0x1\n"
		   "[originating from goroutine 1]:\nmain.x(...)\n\ta.go:2 +0x1\n\n"
		   "goroutine 2 [running]:\n\tgoroutine running on other thread; stack "
		   "unavailable\ncreated by main.g\n\ta.go:3 +0x1\n",
		   true,
		   TYPES "1 | 10 non-Go function 20 c_f@a.c:4 30 c_g [frames elided] "
			 "main.main@a.go:1 state=running\n"
			 "1 | [stack unavailable] state=running created_by=main.g\n" MAP);
}

static void lines_of_other_output_in_a_stack_are_passed_over(void **state)
{
	(void)state;
	check_dump("goroutine 1 [running]:\nmain.f()\n13:00 request done (id 4)\n\tnonsense\n"
		   "main.g()\n\ta.go:1 +0x1\n",
		   true, TYPES "1 | main.g@a.go:1 state=running\n" MAP);
}

static void a_panic_message_is_a_comment(void **state)
{
	struct profile *profile =
		text_profile("13:00 up\npanic: first\n\tsecond\n\n" MAIN "\n", true);

	(void)state;
	assert_int_equal(profile->comment_count, 2);
	assert_string_equal(profile_text(profile, profile->comments[0]), "panic: first");
	assert_string_equal(profile_text(profile, profile->comments[1]), "\tsecond");
	profile_free(profile);
}

static void a_crash_shows_a_goroutine_once(void **state)
{
	(void)state;
	check_dump(
		"SIGQUIT: quit\n\n" MAIN "\ngoroutine 7 [running]:\n\tgoroutine running on other "
		"thread; stack unavailable\n\n-----\n\ngoroutine 7 [running]:\nmain.f()\n\ta.go:1 "
		"+0x1\nmain.g()\n\ta.go:2 +0x1\ncreated by main.main\n\ta.go:3 +0x1\n\n",
		true,
		TYPES "1 | main.main@main.go:12 state=running\n1 | main.f@a.go:1 main.g@a.go:2 "
		      "state=running created_by=main.main\n" MAP);
}

static void cycles_amid_a_dump_are_said(void **state)
{
	static const char cycle[] = "gc 1 @0.1s 1%: 0.1+1+0.1 ms clock, 0.1+0/1/0+0.1 ms cpu, "
				    "4->4->0 MB, 5 MB goal, 2 P\n";
	struct profile *profile;
	struct text text = {0};

	(void)state;
	text_printf(&text, "goroutine 1 [running]:\nmain.f()\n%s\ta.go:1 +0x1\n\n%s", cycle, cycle);
	profile = text_profile(text.bytes, true);
	assert_int_equal(profile->sample_count, 1);
	assert_int_equal(profile->path_start[1], 1);
	assert_int_equal(profile->warning_count, 1);
	assert_non_null(strstr(profile->warnings[0], "2 lines of gctrace"));
	profile_free(profile);
	text_clear(&text);
}

static void several_dumps_in_one_text_are_said(void **state)
{
	struct profile *profile = text_profile(MAIN "\n" MAIN, true);

	(void)state;
	assert_int_equal(profile->sample_count, 2);
	assert_int_equal(profile->warning_count, 1);
	assert_non_null(strstr(profile->warnings[0], "several dumps"));
	profile_free(profile);
}

static void a_panic_without_goroutines_says_how_to_get_them(void **state)
{
	(void)state;
	check_error("panic: code 1: boom\n",
		    "the text names no goroutine: it is cut before the first, or written with "
		    "GOTRACEBACK=none; run the program with GOTRACEBACK=all");
}

#define BLOCKED(number, state, function)                                                          \
	"goroutine " number " [" state ", 20 minutes]:\nmain." function "(0x1)\n\t/a.go:5 +0x1\n" \
	"created by main.start in goroutine 1\n\t/a.go:9 +0x1\n\n"

/* The state of the partner of the first group; "" without one. */
static void check_partner(const char *dump, const char *want)
{
	struct profile *profile = text_profile(dump, true);
	struct view_spec spec = {0};
	struct goroutine_groups groups;
	const struct goroutine_group *partner;
	struct subject subject;
	struct error error;
	struct view *view = view_build(profile, &spec, &error);

	assert_non_null(view);
	subject_init(&subject, "dump", 0, view);
	goroutine_groups_build(&subject, &groups);
	partner = goroutine_groups_partner(&subject, &groups, &groups.items[0]);
	assert_string_equal(partner ? partner->state : "", want);
	goroutine_groups_clear(&groups);
	subject_clear(&subject);
	view_free(view);
	profile_free(profile);
}

static void who_may_end_a_wait_is_found(void **state)
{
	(void)state;
	check_partner(BLOCKED("7", "chan receive", "take") BLOCKED("8", "chan receive", "other"),
		      "");
	check_partner(BLOCKED("7", "chan receive", "take") BLOCKED("8", "chan send", "give"),
		      "chan send");
	check_partner(BLOCKED("7", "chan send", "give") BLOCKED("8", "select", "loop"), "select");
	check_partner(BLOCKED("7", "sync.Mutex.Lock", "a") BLOCKED("8", "sync.Mutex.Lock", "b"),
		      "");
	check_partner(BLOCKED("7", "sync.Mutex.Lock", "a") BLOCKED("8", "running", "b"), "running");
	check_partner(BLOCKED("7", "chan send", "give") BLOCKED("8", "select (no cases)", "b"), "");
	check_partner(BLOCKED("7", "chan receive",
			      "take") "goroutine 9 [running]:\nother.run()\n\t/b.go:1 +0x1\n",
		      "");
}

/* However many groups a dump has, the report stays one that a person can read, and is quick. */
static void thousands_of_groups_give_a_few_findings(void **state)
{
	struct thresholds thresholds;
	struct findings findings = {0};
	struct text text = {0};
	struct subject subject;
	struct profile *profile;
	struct error error;
	struct view *view;

	(void)state;
	for (int i = 1; i <= 20000; i++)
		text_printf(
			&text,
			"goroutine %d [%s, 20 minutes]:\nsync.(*Mutex).lockSlow(0x%x)\n\ts.go:1 +0x1\n"
			"main.f%d(0x1)\n\ta.go:2 +0x1\ncreated by main.start\n\ta.go:9 +0x1\n\n",
			i, i % 2 ? "semacquire" : "chan receive (nil chan)", i, i);
	profile = bytes_profile(text.bytes, text.length, true);
	view = fixture_view(profile, "");
	subject_init(&subject, "dump", 0, view);
	assert_true(thresholds_parse(&thresholds, "", &error));
	goroutine_examine(&subject, &thresholds, &findings);
	assert_in_range(findings.count, 20, 60);
	findings_sort(&findings);
	for (size_t i = 0; i < findings.count; i++)
		assert_true(*findings.items[i].title && strlen(findings.items[i].evidence) < 1000);
	findings_clear(&findings);
	subject_clear(&subject);
	view_free(view);
	profile_free(profile);
	text_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_goroutine_of_a_dump_is_a_sample),
		cmocka_unit_test(prefixes_line_ends_and_other_output_change_nothing),
		cmocka_unit_test(a_cut_dump_is_a_partial_result_that_says_so),
		cmocka_unit_test(cycles_amid_a_dump_are_said),
		cmocka_unit_test(headers_of_all_releases_are_understood),
		cmocka_unit_test(what_a_header_says_becomes_labels),
		cmocka_unit_test(inlined_functions_share_the_location_of_their_caller),
		cmocka_unit_test(a_waiting_goroutine_names_its_lock),
		cmocka_unit_test(who_may_end_a_wait_is_found),
		cmocka_unit_test(frames_of_c_and_gaps_are_shown),
		cmocka_unit_test(lines_of_other_output_in_a_stack_are_passed_over),
		cmocka_unit_test(a_panic_message_is_a_comment),
		cmocka_unit_test(a_crash_shows_a_goroutine_once),
		cmocka_unit_test(several_dumps_in_one_text_are_said),
		cmocka_unit_test(a_panic_without_goroutines_says_how_to_get_them),
		cmocka_unit_test(thousands_of_groups_give_a_few_findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
