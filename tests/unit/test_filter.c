/* SPDX-License-Identifier: MIT */
/*
 * focus, ignore, hide, show, show_from and prune_from as pprof's profile
 * package has them, seen through views. Expected stacks are written leaf
 * first, one sample a line.
 */
#include "fixture.h"

#include "base/array.h"

/* Functions fun0 .. fun10 in file0 .. file10; the last location belongs to map1. */
static function_id add_functions(struct builder *builder, int count)
{
	char name[16], file[16];

	for (int i = 0; i < 2; i++) {
		snprintf(file, sizeof(file), "map%d", i);
		builder_mapping(builder, &(struct mapping){.id = i + 1,
							   .file = builder_text(builder, file)});
	}
	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "fun%d", i);
		snprintf(file, sizeof(file), "file%d", i);
		builder_function(builder,
				 &(struct function){.id = i + 1,
						    .name = builder_text(builder, name),
						    .system_name = builder_text(builder, name),
						    .file = builder_text(builder, file)});
	}
	builder_type(builder, builder_text(builder, "samples"), builder_text(builder, "count"));
	return 0;
}

static location_id add_location(struct builder *builder, mapping_id mapping, function_id first,
				uint32_t count)
{
	struct line lines[4];

	for (uint32_t i = 0; i < count; i++)
		lines[i] = (struct line){first + i, 1, 0};
	return builder_location(builder, &(struct location){.id = 1, .mapping = mapping}, lines,
				count);
}

static void add_sample(struct builder *builder, int64_t value, const char *locations)
{
	location_id stack[8];
	size_t depth = 0;

	for (; *locations; locations++)
		stack[depth++] = (location_id)(*locations - 'a');
	builder_sample(builder, stack, depth, &value, 1, NULL, 0);
}

/* One line a location. */
static void make_flat(struct builder *builder)
{
	for (function_id i = 0; i < 11; i++)
		add_location(builder, i == 10, i, 1);
	add_sample(builder, 1, "abcd");
	add_sample(builder, 2, "efbg");
	add_sample(builder, 3, "hi");
	add_sample(builder, 4, "jekh");
}

/* fun0 inlined into fun1; fun2 into fun3; fun4 into fun5 into fun6. */
static void make_inlined(struct builder *builder)
{
	add_location(builder, 0, 0, 2);
	add_location(builder, 0, 2, 2);
	add_location(builder, 0, 4, 3);
	add_sample(builder, 1, "ab");
	add_sample(builder, 2, "c");
}

/* Locations without lines in both mappings and an empty stack. */
static void make_bare(struct builder *builder)
{
	add_location(builder, 0, 0, 2);
	add_location(builder, 0, 0, 0);
	add_location(builder, 1, 0, 0);
	add_sample(builder, 1, "ab");
	add_sample(builder, 2, "c");
	add_sample(builder, 3, "");
}

enum shape { FLAT, INLINED, BARE };

static struct profile *make(enum shape shape)
{
	static void (*const makers[])(struct builder *) = {make_flat, make_inlined, make_bare};
	struct builder *builder = builder_new();
	struct error error;

	add_functions(builder, 11);
	makers[shape](builder);
	return builder_finish(builder, &error);
}

/* "fun0 fun1: 1" for each sample that is left. */
static char *print_samples(const struct view *view)
{
	const struct profile *profile = view->profile;
	struct text text = {0};
	struct path path;

	text_add(&text, "", 0);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		bool any = false;

		if (!view_path(view, i, &path))
			continue;
		for (; path.end > path.first; path.end--) {
			location_id location = view_location(view, path.end - 1);
			uint32_t first = view->step_start[location];

			for (uint32_t k = view->step_start[location + 1]; k-- > first; any = true)
				text_printf(&text, "%s%s", any ? " " : "",
					    view->node_names[view->steps[k].node]);
		}
		text_printf(&text, ": %lld\n", (long long)view->values[i]);
	}
	return text.bytes;
}

struct filtering {
	const char *name;
	enum shape shape;
	const char *choices;
	const char *missed; /* names of filters that matched nothing */
	const char *want;
};

#define ALL_FLAT                   \
	"fun0 fun1 fun2 fun3: 1\n" \
	"fun4 fun5 fun1 fun6: 2\n" \
	"fun7 fun8: 3\n"           \
	"fun9 fun4 fun10 fun7: 4\n"
#define ALL_INLINED                \
	"fun0 fun1 fun2 fun3: 1\n" \
	"fun4 fun5 fun6: 2\n"

static const struct filtering filterings[] = {
	{"no filter keeps all", FLAT, "", "", ALL_FLAT},
	{"focus without a match drops all", FLAT, "focus=unknown", "focus", ""},
	{"focus matches names of functions", FLAT, "focus=fun1", "",
	 "fun0 fun1 fun2 fun3: 1\nfun4 fun5 fun1 fun6: 2\nfun9 fun4 fun10 fun7: 4\n"},
	{"focus matches names of files", FLAT, "focus=file1", "",
	 "fun0 fun1 fun2 fun3: 1\nfun4 fun5 fun1 fun6: 2\nfun9 fun4 fun10 fun7: 4\n"},
	{"focus matches names of mappings", FLAT, "focus=map1", "", "fun9 fun4 fun10 fun7: 4\n"},
	{"focus matches inlined functions", INLINED, "focus=fun5", "", "fun4 fun5 fun6: 2\n"},
	{"focus drops empty stacks even if it matches everything", BARE, "focus=.", "",
	 "fun0 fun1 [map0]: 1\n[map1]: 2\n"},
	{"ignore without a match keeps all", FLAT, "ignore=unknown", "ignore", ALL_FLAT},
	{"ignore matches names of functions", FLAT, "ignore=fun1", "", "fun7 fun8: 3\n"},
	{"ignore matches names of files", FLAT, "ignore=file1", "", "fun7 fun8: 3\n"},
	{"ignore matches names of mappings", FLAT, "ignore=map1", "",
	 "fun0 fun1 fun2 fun3: 1\nfun4 fun5 fun1 fun6: 2\nfun7 fun8: 3\n"},
	{"ignore matches inlined functions", INLINED, "ignore=fun5", "",
	 "fun0 fun1 fun2 fun3: 1\n"},
	{"ignore drops empty stacks", BARE, "ignore=unknown", "ignore",
	 "fun0 fun1 [map0]: 1\n[map1]: 2\n"},
	{"show without a match drops all", FLAT, "show=unknown", "show", ""},
	{"show matches names of functions", FLAT, "show=fun1|fun2", "",
	 "fun1 fun2: 1\nfun1: 2\nfun10: 4\n"},
	{"show matches names of files", FLAT, "show=file1|file3", "",
	 "fun1 fun3: 1\nfun1: 2\nfun10: 4\n"},
	{"show matches names of mappings", FLAT, "show=map1", "", "fun10: 4\n"},
	{"show matches inlined functions", INLINED, "show=fun[03]", "", "fun0 fun3: 1\n"},
	{"show keeps all lines if the mapping matches too", INLINED, "show=map0|fun5", "",
	 ALL_INLINED},
	{"show drops a location without lines though its mapping matches", BARE, "show=map", "",
	 "fun0 fun1: 1\n"},
	{"hide without a match keeps all", FLAT, "hide=unknown", "hide", ALL_FLAT},
	{"hide matches names of functions", FLAT, "hide=fun1|fun2", "",
	 "fun0 fun3: 1\nfun4 fun5 fun6: 2\nfun7 fun8: 3\nfun9 fun4 fun7: 4\n"},
	{"hide matches names of files", FLAT, "hide=file1|file3", "",
	 "fun0 fun2: 1\nfun4 fun5 fun6: 2\nfun7 fun8: 3\nfun9 fun4 fun7: 4\n"},
	{"hide matches names of mappings", FLAT, "hide=map1", "",
	 "fun0 fun1 fun2 fun3: 1\nfun4 fun5 fun1 fun6: 2\nfun7 fun8: 3\nfun9 fun4 fun7: 4\n"},
	{"hide matches inlined functions", INLINED, "hide=fun[125]", "",
	 "fun0 fun3: 1\nfun4 fun6: 2\n"},
	{"hide drops all lines if the mapping matches too", INLINED, "hide=map0|fun5", "", ""},
	{"hide drops a location without lines by its mapping", BARE, "hide=map1", "",
	 "fun0 fun1 [map0]: 1\n"},
	{"hide drops empty stacks", BARE, "hide=unknown", "hide",
	 "fun0 fun1 [map0]: 1\n[map1]: 2\n"},
	{"ignore wins over focus", FLAT, "focus=fun1|fun7 ignore=fun1", "", "fun7 fun8: 3\n"},
	{"hide wins over show", FLAT, "show=fun1 hide=fun10", "", "fun1: 1\nfun1: 2\n"},
	{"focus sees what hide takes out", FLAT, "focus=fun10 hide=fun10", "",
	 "fun9 fun4 fun7: 4\n"},
	{"show_from without a match drops all", FLAT, "show_from=unknown", "show_from", ""},
	{"show_from matches names of functions", FLAT, "show_from=fun1", "",
	 "fun0 fun1: 1\nfun4 fun5 fun1: 2\nfun9 fun4 fun10: 4\n"},
	{"show_from matches names of files", FLAT, "show_from=file1", "",
	 "fun0 fun1: 1\nfun4 fun5 fun1: 2\nfun9 fun4 fun10: 4\n"},
	{"show_from matches names of mappings", FLAT, "show_from=map1", "", "fun9 fun4 fun10: 4\n"},
	{"show_from begins at the match nearest the root", FLAT, "show_from=fun[12]", "",
	 "fun0 fun1 fun2: 1\nfun4 fun5 fun1: 2\nfun9 fun4 fun10: 4\n"},
	{"show_from matches inlined functions", INLINED, "show_from=fun0|fun5", "",
	 "fun0: 1\nfun4 fun5: 2\n"},
	{"show_from begins at the outermost inlined match", INLINED, "show_from=fun[1245]", "",
	 "fun0 fun1 fun2: 1\nfun4 fun5: 2\n"},
	{"show_from keeps all lines if the mapping matches too", INLINED, "show_from=map0|fun5", "",
	 ALL_INLINED},
	{"show_from finds a location without lines by its mapping", BARE, "show_from=map1", "",
	 "[map1]: 2\n"},
	{"show_from does not see what hide took out", FLAT, "show_from=fun[12] hide=fun2", "",
	 "fun0 fun1: 1\nfun4 fun5 fun1: 2\nfun9 fun4 fun10: 4\n"},
	{"prune_from without a match keeps all", FLAT, "prune_from=unknown", "prune_from",
	 ALL_FLAT},
	{"prune_from keeps the match and cuts what it calls", FLAT, "prune_from=fun1$", "",
	 "fun1 fun2 fun3: 1\nfun1 fun6: 2\nfun7 fun8: 3\nfun9 fun4 fun10 fun7: 4\n"},
	{"prune_from cuts below the match nearest the leaf", FLAT, "prune_from=fun[12]$", "",
	 "fun1 fun2 fun3: 1\nfun1 fun6: 2\nfun7 fun8: 3\nfun9 fun4 fun10 fun7: 4\n"},
	{"prune_from never looks at files", FLAT, "prune_from=file", "prune_from", ALL_FLAT},
	{"prune_from cuts the lines inlined into the match", INLINED, "prune_from=fun[35]", "",
	 "fun3: 1\nfun5 fun6: 2\n"},
	{"prune_from keeps empty stacks", BARE, "prune_from=fun1", "",
	 "fun1 [map0]: 1\n[map1]: 2\n: 3\n"},
	{"prune_from comes after show_from", FLAT, "show_from=fun1 prune_from=fun[06]", "",
	 "fun0 fun1: 1\nfun4 fun5 fun1: 2\nfun9 fun4 fun10: 4\n"},
	{"noinlines keeps the outermost line that is left", INLINED, "noinlines hide=fun6", "",
	 "fun1 fun3: 1\nfun5: 2\n"},
	{"all filters work together", FLAT,
	 "focus=fun ignore=fun8 hide=fun5 show=fun[0-69] show_from=fun[16] prune_from=fun4", "",
	 "fun0 fun1: 1\nfun4 fun1 fun6: 2\nfun4 fun10: 4\n"},
};

#define FILTERING_COUNT COUNT(filterings)

static void check_filtering(void **state)
{
	const struct filtering *filtering = *state;
	struct profile *profile = make(filtering->shape);
	struct view *view = fixture_view(profile, filtering->choices);
	char *got = print_samples(view);
	struct text missed = {0};

	assert_string_equal(got, filtering->want);
	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_missed >> i & 1)
			text_add_string(&missed, view_filter_names[i]);
	assert_string_equal(text_string(&missed), filtering->missed);
	text_clear(&missed);
	free(got);
	view_free(view);
	profile_free(profile);
}

static void a_pattern_that_does_not_compile_names_its_filter(void **state)
{
	struct profile *profile = make(FLAT);

	(void)state;
	for (int i = 0; i <= FILTER_SHOW_FROM; i++) {
		struct error error;
		char choices[64];

		snprintf(choices, sizeof(choices), "%s=f(", view_filter_names[i]);
		assert_null(fixture_view_or(profile, choices, &error));
		assert_int_equal(
			strncmp(error.message, view_filter_names[i], strlen(view_filter_names[i])),
			0);
	}
	profile_free(profile);
}

static void the_total_is_of_all_samples_or_of_the_kept_ones(void **state)
{
	struct profile *profile = make(FLAT);
	struct view *view = fixture_view(profile, "focus=fun10");

	(void)state;
	assert_int_equal(view->total, 10);
	assert_int_equal(view->kept_samples, 1);
	view_free(view);
	view = fixture_view(profile, "focus=fun10 relative_percentages");
	assert_int_equal(view->total, 4);
	view_free(view);
	profile_free(profile);
}

static void ranges_meet_text_only_if_asked(void **state)
{
	struct profile *profile = fixture_profile("main = 1 shard=1 size=5kb\n"
						  "main = 2 shard=10 size=70\n"
						  "main = 4 shard=one size=x5kb\n"
						  "main = 8 size:5000bytes\n");
	static const struct {
		const char *choices;
		uint32_t kept;
	} rows[] = {
		{"tagfocus=shard=1", 0},
		{"string_ranges tagfocus=shard=1", 1},
		{"string_ranges tagfocus=shard=1:10", 2},
		{"string_ranges tagignore=shard=2:", 3},
		{"string_ranges tagfocus=1", 1},
		{"string_ranges tagfocus=size=4kb:6kb", 2},
		{"string_ranges tagfocus=size=5120b", 1},
		{"string_ranges tagfocus=shard=1kb", 0},
		{"string_ranges tagfocus=shard=^1", 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct view *view = fixture_view(profile, rows[i].choices);

		assert_int_equal(view->kept_samples, rows[i].kept);
		view_free(view);
	}
	profile_free(profile);
}

static void patterns_see_the_name_without_its_arguments_only_in_prune_from(void **state)
{
	struct profile *profile = fixture_profile("main ns::f(int) g = 1\n");
	static const struct {
		const char *choices, *want;
	} rows[] = {
		{"prune_from=f$", "ns::f(int) main: 1\n"},
		{"prune_from=int", "g ns::f(int) main: 1\n"},
		/* From ^ to $ with a bracket it is of one name, which no cut name can be. */
		{"prune_from=^ns::f\\(int\\)$", "ns::f(int) main: 1\n"},
		{"prune_from=^ns::f.int.$", "g ns::f(int) main: 1\n"},
		{"show=int", "ns::f(int): 1\n"},
		{"hide=f.int", "g main: 1\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct view *view = fixture_view(profile, rows[i].choices);
		char *got = print_samples(view);

		assert_string_equal(got, rows[i].want);
		free(got);
		view_free(view);
	}
	profile_free(profile);
}

/* Random filters on random profiles: the paths are those of a filter written for one sample. */
static void compare_paths(const struct view *view)
{
	const struct profile *profile = view->profile;

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct reference_frame frames[256];
		int want = reference_path(profile, &view->spec, i, frames, 256), n = 0;
		struct path path = {0};

		assert_int_equal(view_path(view, i, &path), want >= 0);
		for (; want >= 0 && path.first < path.end; path.first++) {
			location_id location = view_location(view, path.first);

			for (uint32_t k = view->step_start[location];
			     k < view->step_start[location + 1]; k++, n++) {
				assert_true(n < want);
				assert_int_equal(view->steps[k].node,
						 view->frame_node[frames[n].frame]);
				assert_int_equal(view->steps[k].inlined, frames[n].inlined);
			}
		}
		assert_int_equal(n, want < 0 ? 0 : want);
	}
}

static void random_filters_leave_what_the_reference_leaves(void **state)
{
	static const char *const patterns[] = {"f1", "f[0-3]", "s2",   "map0",
					       "f",  "zzz",    "^f5$", "map1|f2"};
	struct random random = {fixture_seed()};
	struct random_shape shape = {.functions = 9, .locations = 12, .samples = 25, .depth = 8};

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct profile *profile = fixture_random(&random, &shape);
		struct text choices = {0};
		struct view *view;

		for (int filter = 0; filter < FILTER_COUNT; filter++)
			if ((filter <= FILTER_SHOW_FROM || filter == FILTER_PRUNE_FROM) &&
			    random_below(&random, 3) == 0)
				text_printf(&choices, "%s=%s ", view_filter_names[filter],
					    patterns[random_below(&random, 8)]);
		text_add_string(&choices, random_below(&random, 4) ? "" : "noinlines");
		view = fixture_view(profile, text_string(&choices));
		compare_paths(view);
		view_free(view);
		text_clear(&choices);
		profile_free(profile);
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_pattern_that_does_not_compile_names_its_filter),
		cmocka_unit_test(the_total_is_of_all_samples_or_of_the_kept_ones),
		cmocka_unit_test(ranges_meet_text_only_if_asked),
		cmocka_unit_test(patterns_see_the_name_without_its_arguments_only_in_prune_from),
		cmocka_unit_test(random_filters_leave_what_the_reference_leaves),
	};
	struct CMUnitTest tests[FILTERING_COUNT];
	int failed;

	for (size_t i = 0; i < FILTERING_COUNT; i++)
		tests[i] = (struct CMUnitTest){filterings[i].name, check_filtering, NULL, NULL,
					       (void *)(uintptr_t)&filterings[i]};
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return failed + cmocka_run_group_tests(others, NULL, NULL);
}
