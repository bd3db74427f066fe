/* SPDX-License-Identifier: MIT */
/* Profiles in JSON: V8's, speedscope's and Chrome's. */
#include "text_profile.h"

#include "format/json/json_stream.h"

#ifdef HAVE_JSON_C

#define NO_MAP "mapping 0-0\n"

static void v8_samples_stand_for_the_time_up_to_the_next(void **state)
{
	(void)state;
	check_dump(
		"{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"(root)\",\"lineNumber\":-1},"
		"\"hitCount\":0,\"children\":[2,9]},{\"id\":2,\"callFrame\":{\"functionName\":\"\","
		"\"url\":\"file:///a b.js\",\"lineNumber\":0},\"hitCount\":1},"
		"{\"id\":9,\"callFrame\":{\"functionName\":\"g\\u00e9\",\"url\":\"\",\"lineNumber\":-1}}],"
		"\"startTime\":100,\"endTime\":190,\"samples\":[2,9,2],\"timeDeltas\":[10,20,30]}",
		false,
		"types samples/count wall/microseconds\n"
		"2 50 | (anonymous)@/a b.js:1\n"
		"1 30 | g\xc3\xa9\n" NO_MAP);
}

static void v8_counts_hits_where_there_are_no_samples(void **state)
{
	(void)state;
	check_dump(
		"{\"nodes\":[{\"id\":1,\"hitCount\":0,\"callFrame\":{\"functionName\":\"(root)\"},\"children\":[2]},"
		"{\"id\":2,\"hitCount\":7,\"callFrame\":{\"functionName\":\"f\"}}]}",
		false, "types samples/count wall/microseconds\n7 0 | f\n" NO_MAP);
}

static void v8_nodes_that_call_themselves_are_refused(void **state)
{
	(void)state;
	check_error(
		"{\"nodes\":[{\"id\":1,\"hitCount\":1,\"callFrame\":{\"functionName\":\"f\"},\"children\":[1]}]}",
		"a node is its own caller; capture the profile again");
}

static void a_heap_of_v8_is_a_tree_of_any_depth(void **state)
{
	struct text text = {0};
	struct profile *profile;

	(void)state;
	text_add_string(&text, "{\"head\":");
	for (int i = 0; i < 5000; i++)
		text_add_string(&text, "{\"callFrame\":{\"functionName\":\"f\",\"lineNumber\":4},"
				       "\"selfSize\":0,\"children\":[");
	text_add_string(
		&text,
		"{\"callFrame\":{\"functionName\":\"leaf\"},\"selfSize\":64,\"children\":[]},"
		"{\"selfSize\":8,\"callFrame\":{\"functionName\":\"other\"}}");
	for (int i = 0; i < 5000; i++)
		text_add_string(&text, "]}");
	text_add_string(&text, ",\"samples\":[{\"size\":64}]}");
	profile = bytes_profile(text.bytes, text.length, false);
	assert_int_equal(profile->sample_count, 2);
	assert_int_equal(profile->values[0][0], 64);
	assert_int_equal(profile->values[0][1], 8);
	assert_int_equal(profile->path_start[1], 5001);
	profile_free(profile);
	text_clear(&text);
}

static void speedscope_reads_frames_that_come_last(void **state)
{
	(void)state;
	check_dump(
		"{\"profiles\":[{\"type\":\"sampled\",\"name\":\"one\",\"unit\":\"seconds\","
		"\"samples\":[[0,1],[0]],\"weights\":[0.01,1]},"
		"{\"type\":\"evented\",\"name\":\"two\",\"unit\":\"milliseconds\",\"startValue\":5,\"endValue\":9,"
		"\"events\":[{\"type\":\"O\",\"frame\":0,\"at\":5},{\"type\":\"O\",\"frame\":1,\"at\":6},"
		"{\"type\":\"C\",\"frame\":1,\"at\":8}]}],"
		"\"shared\":{\"frames\":[{\"name\":\"main\"},{\"name\":\"f\",\"file\":\"a.py\",\"line\":3}]},"
		"\"$schema\":\"https://www.speedscope.app/file-format-schema.json\"}",
		false,
		"types wall/nanoseconds\n"
		"10000000 | f@a.py:3 main thread=one\n"
		"1000000000 | main thread=one\n"
		"1000000 | main thread=two\n"
		"2000000 | f@a.py:3 main thread=two\n"
		"1000000 | main thread=two\n" NO_MAP);
}

static void speedscope_units_are_types(void **state)
{
	struct profile *profile;
	static const char text[] =
		"{\"shared\":{\"frames\":[{\"name\":\"f\"}]},\"activeProfileIndex\":1,\"profiles\":["
		"{\"type\":\"sampled\",\"name\":\"Allocations\",\"unit\":\"none\",\"samples\":[[0]],\"weights\":[3]},"
		"{\"type\":\"sampled\",\"name\":\"Memory\",\"unit\":\"bytes\",\"samples\":[[0]],\"weights\":[512]}]}";

	(void)state;
	check_dump(text, false,
		   "types Allocations/count Memory/bytes\n3 0 | f\n0 512 | f\n" NO_MAP);
	profile = text_profile(text, false);
	assert_string_equal(profile_text(profile, profile->default_type), "Memory");
	profile_free(profile);
	check_error(
		"{\"shared\":{\"frames\":[]},\"profiles\":[{\"samples\":[[7]],\"weights\":[1]}]}",
		"a stack names frame 7, of which there are 0; capture the profile again");
}

static void chrome_events_are_nested_by_time(void **state)
{
	(void)state;
	check_dump(
		"{\"traceEvents\":[{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":2,\"args\":{\"name\":\"io\"}},"
		"{\"ph\":\"X\",\"name\":\"inner\",\"pid\":1,\"tid\":2,\"ts\":20,\"dur\":5.5},"
		"{\"ph\":\"X\",\"name\":\"outer\",\"pid\":1,\"tid\":2,\"ts\":10,\"dur\":30}]}",
		false,
		"types wall/nanoseconds\n"
		"10000 | outer pid=1 tid=2 thread=io\n"
		"5500 | inner outer pid=1 tid=2 thread=io\n"
		"14500 | outer pid=1 tid=2 thread=io\n" NO_MAP);
	/* The array may be open, and calls may not end. */
	check_dump(
		"[{\"ph\":\"B\",\"name\":\"f\",\"pid\":1,\"tid\":2,\"ts\":1,\"args\":{\"filename\":\"a.py\",\"line\":9}},\n"
		"{\"ph\":\"E\",\"name\":\"f\",\"pid\":1,\"tid\":2,\"ts\":3,\"args\":{\"filename\":\"a.py\",\"line\":9}},\n"
		"{\"ph\":\"B\",\"name\":\"g\",\"pid\":1,\"tid\":2,\"ts\":4},\n",
		false, "types wall/nanoseconds\n2000 | f@a.py:9 pid=1 tid=2\n" NO_MAP);
}

static void chrome_traces_carry_samples_of_v8(void **state)
{
	(void)state;
	check_dump(
		"[{\"ph\":\"X\",\"name\":\"RunTask\",\"pid\":1,\"tid\":2,\"ts\":1,\"dur\":9},"
		"{\"ph\":\"P\",\"name\":\"ProfileChunk\",\"id\":\"0x1\",\"pid\":1,\"tid\":2,\"ts\":1,\"args\":{\"data\":{"
		"\"cpuProfile\":{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"(root)\"}},"
		"{\"id\":2,\"parent\":1,\"callFrame\":{\"functionName\":\"f\"}}],\"samples\":[2,1]},"
		"\"timeDeltas\":[5,7]}}},"
		"{\"ph\":\"P\",\"name\":\"ProfileChunk\",\"id\":\"0x1\",\"pid\":1,\"tid\":2,\"ts\":2,\"args\":{\"data\":{"
		"\"cpuProfile\":{\"samples\":[2]},\"timeDeltas\":[9]}}}]",
		false, "types samples/count wall/microseconds\n1 9 |\n2 7 | f\n" NO_MAP);
}

static void broken_json_is_named(void **state)
{
	(void)state;
	check_error(
		"{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionNa",
		"the JSON ends too early, at byte 42 of the unpacked data; copy or capture it again");
	check_error(
		"{\"nodes\":[{\"id\":1,\"callFrame\":{}},],\"samples\" 12}",
		"broken JSON at byte 34 of the unpacked data (unexpected character); copy or capture it again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(v8_samples_stand_for_the_time_up_to_the_next),
		cmocka_unit_test(v8_counts_hits_where_there_are_no_samples),
		cmocka_unit_test(v8_nodes_that_call_themselves_are_refused),
		cmocka_unit_test(a_heap_of_v8_is_a_tree_of_any_depth),
		cmocka_unit_test(speedscope_reads_frames_that_come_last),
		cmocka_unit_test(speedscope_units_are_types),
		cmocka_unit_test(chrome_events_are_nested_by_time),
		cmocka_unit_test(chrome_traces_carry_samples_of_v8),
		cmocka_unit_test(broken_json_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void without_the_library_it_is_named(void **state)
{
	(void)state;
	check_error(
		"{\"nodes\":[{\"id\":1,\"callFrame\":{}}]}",
		"this is a profile in JSON, which this program was built without json-c to read; "
		"install libjson-c-dev and build it again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(without_the_library_it_is_named)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
