/* SPDX-License-Identifier: MIT */
/* Classes of functions: their shares are what -focus keeps, and somebody pays for each. */
#include "fixture.h"

#include "base/array.h"
#include "base/bitset.h"
#include "diagnose/class.h"

static double kept_total(const struct view *view, const int64_t *values)
{
	struct path path;
	double sum = 0;

	for (uint32_t i = 0; i < view->profile->sample_count; i++)
		if (view_path(view, i, &path))
			sum += (double)values[i];
	return sum;
}

static void build(const struct profile *profile, struct subject *subject, struct view **view,
		  struct class_shares *shares)
{
	struct class_map map = {0};

	*view = fixture_view(profile, "");
	subject_init(subject, "test", 0, *view);
	class_map_build(profile, &map);
	class_shares_build(subject, &map, shares);
	class_map_clear(&map);
}

static void clear(struct subject *subject, struct view *view, struct class_shares *shares)
{
	class_shares_clear(shares);
	subject_clear(subject);
	view_free(view);
}

static void shares_are_what_focus_keeps(void **state)
{
	static const char *const files[] = {
		"web_before.cpu.pb.gz",         "compile_net_http.cpu.pb.gz",
		"test_encoding_json.cpu.pb.gz", "web_before.block.pb.gz",
		"web_before.mutex.pb.gz",       "leak_t130s.pb.gz",
		"go126/web_before.cpu.pb.gz",   "gperftools_cppdemo.cpu"};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct profile *profile = fixture_load(files[i]);
		struct text pattern = {0};
		struct subject subject;
		struct class_shares shares;
		struct view *view;

		build(profile, &subject, &view, &shares);
		for (uint32_t c = 0; c < CLASS_COUNT; c++) {
			struct view_spec spec;
			struct view *focused;
			struct error error;

			if (shares.anywhere[c] <= 0 ||
			    (classes[c].parked && subject.kind == SUBJECT_CPU))
				continue;
			view_spec_copy(&spec, &view->spec);
			text_reset(&pattern);
			class_pattern(profile, &shares, c, &pattern);
			view_spec_set_filter(&spec, FILTER_FOCUS, text_string(&pattern));
			focused = view_build(profile, &spec, &error);
			assert_non_null(focused);
			assert_true(kept_total(focused, subject.values) == shares.anywhere[c]);
			view_free(focused);
			view_spec_clear(&spec);
		}
		text_clear(&pattern);
		clear(&subject, view, &shares);
		profile_free(profile);
	}
}

static void outermost_classes_do_not_overlap(void **state)
{
	struct profile *profile = fixture_load("web_before.cpu.pb.gz");
	struct class_shares shares;
	struct subject subject;
	struct view *view;
	double sum = 0;

	(void)state;
	build(profile, &subject, &view, &shares);
	for (uint32_t c = 0; c < CLASS_COUNT; c++) {
		assert_true(shares.outermost[c] <= shares.anywhere[c]);
		sum += shares.outermost[c];
	}
	assert_true(sum <= subject.total);
	assert_true(sum > 0.5 * subject.total);
	clear(&subject, view, &shares);
	profile_free(profile);
}

/* A dump as text has no frame of the runtime below a channel; its states say the same. */
static void states_tell_what_a_dump_waits_for(void **state)
{
	static const char *const files[] = {"leak_t130s.pb.gz", "goroutine/leak_t130s.debug2.txt"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct profile *profile = fixture_load(files[i]);
		struct class_shares shares;
		struct subject subject;
		struct view *view;

		build(profile, &subject, &view, &shares);
		assert_true(shares.outermost[KIND_CHANNEL] == 576);
		assert_true(shares.outermost[KIND_LOCK] == 5);
		assert_true(shares.anywhere[KIND_CHANNEL] == (i ? 0 : 576));
		clear(&subject, view, &shares);
		profile_free(profile);
	}
}

/* encoding/json calls runtime.mallocgc, which helps the collector: three classes, one payer. */
static void the_nearest_caller_in_the_application_pays(void **state)
{
	struct profile *profile = fixture_profile(
		"types samples/count cpu/nanoseconds\n"
		"main.main main.serve encoding/json.Marshal runtime.mallocgc runtime.gcAssistAlloc = 1 10\n"
		"main.main runtime.mallocgc = 1 5\n"
		"runtime.gcBgMarkWorker runtime.gcDrain = 1 3\n"
		"main.main sync.(*Mutex).Lock = 1 7\n"
		"main.main sync.(*Mutex).Lock runtime.gopark = 1 2\n");
	struct class_shares shares;
	struct subject subject;
	function_id payer;
	struct view *view;

	(void)state;
	build(profile, &subject, &view, &shares);
	assert_int_equal(subject.kind, SUBJECT_CPU);
	assert_true(shares.anywhere[KIND_GC] == 13 && shares.outermost[KIND_GC] == 3);
	assert_true(shares.anywhere[KIND_ALLOCATION] == 15 &&
		    shares.outermost[KIND_ALLOCATION] == 5);
	assert_true(shares.anywhere[KIND_LIBRARY] == 10 && shares.outermost[KIND_LIBRARY] == 10);
	/* A lock costs CPU only where the goroutine parks. */
	assert_true(shares.anywhere[KIND_LOCK] == 2);
	assert_int_equal(subject_largest(&subject, shares.payments[KIND_GC], 1, &payer), 1);
	assert_string_equal(subject_function(&subject, payer), "main.serve");
	clear(&subject, view, &shares);
	profile_free(profile);
}

static void contention_is_told_apart_by_who_stands_at_the_leaf(void **state)
{
	static const struct {
		const char *file;
		enum subject_kind kind;
	} cases[] = {
		{"web_before.block.pb.gz", SUBJECT_BLOCK},
		{"web_before.mutex.pb.gz", SUBJECT_MUTEX},
		{"web_before.heap.pb.gz", SUBJECT_HEAP},
		{"leak_t130s.pb.gz", SUBJECT_GOROUTINE},
		{"gc/calm.gctrace.log", SUBJECT_GC},
		{"node.wall.pb.gz", SUBJECT_OTHER},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct profile *profile = fixture_load(cases[i].file);
		struct view *view = fixture_view(profile, "");
		struct subject subject;

		subject_init(&subject, cases[i].file, 0, view);
		assert_int_equal(subject.kind, cases[i].kind);
		subject_clear(&subject);
		view_free(view);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_what_focus_keeps),
		cmocka_unit_test(outermost_classes_do_not_overlap),
		cmocka_unit_test(states_tell_what_a_dump_waits_for),
		cmocka_unit_test(the_nearest_caller_in_the_application_pays),
		cmocka_unit_test(contention_is_told_apart_by_who_stands_at_the_leaf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
