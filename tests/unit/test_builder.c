/* SPDX-License-Identifier: MIT */
/* The columns that a builder makes. */
#include "fixture.h"

static struct profile *finish(struct builder *builder)
{
	struct error error;
	struct profile *profile = builder_finish(builder, &error);

	if (!profile)
		fail_msg("%s", error.message);
	return profile;
}

static void an_empty_profile_has_empty_columns(void **state)
{
	struct profile *profile = finish(builder_new());
	struct error error;
	uint32_t type;

	(void)state;
	assert_int_equal(profile->sample_count, 0);
	assert_int_equal(profile->path_start[0], 0);
	assert_null(profile->label_start);
	assert_false(profile_find_type(profile, "", &type, &error));
	profile_free(profile);
}

static void a_builder_can_be_thrown_away_at_any_time(void **state)
{
	struct builder *builder = builder_new();
	int64_t value = 1;

	(void)state;
	builder_free(NULL);
	builder_free(builder);
	builder = builder_new();
	builder_type(builder, builder_text(builder, "a"), 0);
	builder_sample(builder, NULL, 0, &value, 1, NULL, 0);
	builder_warn(builder, "careful with %s", "this");
	builder_free(builder);
}

static void paths_stand_root_first_and_values_by_type(void **state)
{
	struct profile *profile = fixture_profile("types a/count b/bytes\n"
						  "main run copy = 1 10\n"
						  "main = 2 20\n"
						  "= 3 30\n"
						  "main run = 4 40\n");
	static const uint32_t starts[] = {0, 3, 4, 4, 6};
	static const int64_t values[2][4] = {{1, 2, 3, 4}, {10, 20, 30, 40}};

	(void)state;
	assert_int_equal(profile->sample_count, 4);
	assert_memory_equal(profile->path_start, starts, sizeof(starts));
	assert_memory_equal(profile->values[0], values[0], sizeof(values[0]));
	assert_memory_equal(profile->values[1], values[1], sizeof(values[1]));
	assert_int_equal(profile->location_count, 3);
	assert_int_equal(profile_location(profile, 0), profile_location(profile, 3));
	assert_int_equal(profile_location(profile, 1), profile_location(profile, 5));
	assert_string_equal(
		profile_text(
			profile,
			profile->functions[profile->frames[profile_location(profile, 0)].function]
				.name),
		"main");
	profile_free(profile);
}

static void frames_of_a_location_stand_together_innermost_first(void **state)
{
	struct profile *profile = fixture_profile("@10 a:1>b:2>c:3 @20 d = 1\n");

	(void)state;
	assert_int_equal(profile->frame_count, 6);
	for (location_id i = 0; i < profile->location_count; i++) {
		const struct location *location = &profile->locations[i];
		uint32_t count = location->line_count ? location->line_count : 1;

		for (uint32_t k = 0; k < count; k++) {
			frame_id frame = location->first_frame + k;

			assert_int_equal(profile->frames[frame].location, i);
			assert_int_equal(frame_is_outermost(profile, frame), k + 1 == count);
			assert_int_equal(profile->frames[frame].function == NONE,
					 location->line_count == 0);
		}
		if (location->line_count == 3) {
			assert_int_equal(profile->frames[location->first_frame].line, 3);
			assert_int_equal(profile->frames[location->first_frame + 2].line, 1);
		}
	}
	profile_free(profile);
}

static void samples_before_the_first_label_have_none(void **state)
{
	struct profile *profile = fixture_profile("a = 1\n"
						  "a = 2\n"
						  "a = 3 k=v size:64bytes\n"
						  "a = 4\n"
						  "a = 5 k=\n");
	static const uint32_t starts[] = {0, 0, 0, 2, 2, 3};

	(void)state;
	assert_int_equal(profile->label_count, 3);
	assert_memory_equal(profile->label_start, starts, sizeof(starts));
	assert_string_equal(profile_text(profile, profile->labels[0].text), "v");
	assert_int_equal(profile->labels[1].text, NONE);
	assert_int_equal(profile->labels[1].number, 64);
	assert_string_equal(profile_text(profile, profile->labels[1].unit), "bytes");
	assert_int_equal(profile->labels[2].text, 0);
	profile_free(profile);
}

static void many_samples_keep_their_values_and_labels(void **state)
{
	struct builder *builder = builder_new();
	string_id key = builder_text(builder, "key");
	struct profile *profile;

	(void)state;
	builder_type(builder, key, key);
	builder_type(builder, key, key);
	for (uint32_t i = 0; i < 20000; i++) {
		int64_t values[2] = {i, -(int64_t)i};
		struct label label = {.key = key, .text = NONE, .number = i};

		builder_sample(builder, NULL, 0, values, 2, &label, i % 3 == 2);
	}
	profile = finish(builder);
	for (uint32_t i = 0; i < 20000; i++) {
		assert_int_equal(profile->values[0][i], i);
		assert_int_equal(profile->values[1][i], -(int64_t)i);
		assert_int_equal(profile->label_start[i + 1] - profile->label_start[i], i % 3 == 2);
		if (i % 3 == 2)
			assert_int_equal(profile->labels[profile->label_start[i]].number, i);
	}
	profile_free(profile);
}

static void locations_may_be_defined_behind_the_samples_and_renumbered(void **state)
{
	struct builder *builder = builder_new();
	location_id mentioned[] = {0, 1, 2, 1}, map[] = {2, 0, 1};
	static const location_id want[] = {0, 1, 0, 2};
	int64_t value = 1;
	struct profile *profile;

	(void)state;
	builder_type(builder, 0, 0);
	builder_sample(builder, mentioned, 4, &value, 1, NULL, 0);
	for (uint64_t id = 1; id <= 3; id++)
		builder_location(builder, &(struct location){.id = id, .mapping = NONE}, NULL, 0);
	builder_map_locations(builder, map, 3);
	profile = finish(builder);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(profile_location(profile, i), want[i]);
	profile_free(profile);
}

/* 65,536 locations fit into 16 bits; one more widens what there is. */
static void paths_grow_wider_with_the_number_of_locations(void **state)
{
	struct builder *builder = builder_new();
	location_id narrow[] = {0, UINT16_MAX}, wide[] = {UINT16_MAX + 1, 7};
	int64_t value = 1;
	struct profile *profile;

	(void)state;
	builder_type(builder, 0, 0);
	for (uint64_t id = 1; id <= UINT16_MAX + 2; id++)
		builder_location(builder, &(struct location){.id = id, .mapping = NONE}, NULL, 0);
	builder_sample(builder, narrow, 2, &value, 1, NULL, 0);
	assert_null(builder_profile(builder)->paths.wide);
	builder_sample(builder, wide, 2, &value, 1, NULL, 0);
	profile = finish(builder);
	assert_non_null(profile->paths.wide);
	assert_int_equal(profile_location(profile, 0), UINT16_MAX);
	assert_int_equal(profile_location(profile, 1), 0);
	assert_int_equal(profile_location(profile, 2), 7);
	assert_int_equal(profile_location(profile, 3), UINT16_MAX + 1);
	profile_free(profile);
}

static void paths_grow_wider_when_locations_are_renumbered(void **state)
{
	struct builder *builder = builder_new();
	location_id mentioned[] = {0, 1}, map[] = {UINT16_MAX + 1, 3};
	int64_t value = 1;
	struct profile *profile;

	(void)state;
	builder_type(builder, 0, 0);
	builder_sample(builder, mentioned, 2, &value, 1, NULL, 0);
	for (uint64_t id = 1; id <= UINT16_MAX + 2; id++)
		builder_location(builder, &(struct location){.id = id, .mapping = NONE}, NULL, 0);
	builder_map_locations(builder, map, 2);
	profile = finish(builder);
	assert_int_equal(profile_location(profile, 0), 3);
	assert_int_equal(profile_location(profile, 1), UINT16_MAX + 1);
	profile_free(profile);
}

static void warnings_and_comments_are_kept_in_order(void **state)
{
	struct builder *builder = builder_new();
	struct profile *profile;

	(void)state;
	builder_warn(builder, "%d lines skipped", 5);
	builder_warn(builder, "%s", "100%");
	builder_comment(builder, builder_text(builder, "first"));
	builder_comment(builder, builder_text(builder, "#second"));
	profile = finish(builder);
	assert_int_equal(profile->warning_count, 2);
	assert_string_equal(profile->warnings[0], "5 lines skipped");
	assert_string_equal(profile->warnings[1], "100%");
	assert_int_equal(profile->comment_count, 2);
	assert_string_equal(profile_text(profile, profile->comments[1]), "#second");
	profile_free(profile);
}

static uint32_t type_by(const struct profile *profile, const char *name)
{
	struct error error;
	uint32_t type;

	return profile_find_type(profile, name, &type, &error) ? type : NONE;
}

static void a_sample_type_is_found_by_name_number_or_default(void **state)
{
	struct profile *profile =
		fixture_profile("types space/bytes objects/count 7/count alloc_space/bytes\n");
	struct error error;
	uint32_t type;

	(void)state;
	assert_int_equal(type_by(profile, ""), 3);
	assert_int_equal(type_by(profile, "objects"), 1);
	assert_int_equal(type_by(profile, "inuse_space"), 0);
	assert_int_equal(type_by(profile, "inuse_objects"), 1);
	assert_int_equal(type_by(profile, "2"), 2);
	assert_int_equal(type_by(profile, "alloc"), NONE);
	assert_int_equal(type_by(profile, "inuse_"), NONE);
	assert_int_equal(type_by(profile, "4"), NONE);
	assert_int_equal(type_by(profile, "-1"), NONE);
	assert_int_equal(type_by(profile, "99999999999999999999"), NONE);
	assert_false(profile_find_type(profile, "9", &type, &error));
	assert_string_equal(error.message, "sample_index 9 is outside the range [0..3]");
	profile->default_type = strings_find(&profile->strings, "objects", 7);
	assert_int_equal(type_by(profile, ""), 1);
	profile->default_type = strings_find(&profile->strings, "bytes", 5);
	assert_int_equal(type_by(profile, ""), 3);
	profile_free(profile);
}

static void an_unknown_sample_type_is_an_error_that_lists_the_types(void **state)
{
	struct profile *profile = fixture_profile("types samples/count cpu/nanoseconds\n");
	struct error error;
	uint32_t type = 77;

	(void)state;
	assert_false(profile_find_type(profile, "heap", &type, &error));
	assert_non_null(strstr(error.message, "heap"));
	assert_non_null(strstr(error.message, "samples"));
	assert_non_null(strstr(error.message, "cpu"));
	assert_int_equal(type, 77);
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_profile_has_empty_columns),
		cmocka_unit_test(a_builder_can_be_thrown_away_at_any_time),
		cmocka_unit_test(paths_stand_root_first_and_values_by_type),
		cmocka_unit_test(frames_of_a_location_stand_together_innermost_first),
		cmocka_unit_test(samples_before_the_first_label_have_none),
		cmocka_unit_test(many_samples_keep_their_values_and_labels),
		cmocka_unit_test(locations_may_be_defined_behind_the_samples_and_renumbered),
		cmocka_unit_test(paths_grow_wider_with_the_number_of_locations),
		cmocka_unit_test(paths_grow_wider_when_locations_are_renumbered),
		cmocka_unit_test(warnings_and_comments_are_kept_in_order),
		cmocka_unit_test(a_sample_type_is_found_by_name_number_or_default),
		cmocka_unit_test(an_unknown_sample_type_is_an_error_that_lists_the_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
