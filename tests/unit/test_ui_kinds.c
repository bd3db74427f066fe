/* SPDX-License-Identifier: MIT */
/* Every row of the table of kinds has one kind on all surfaces: Top, icicle, flame graph, -by_class, -diagnose, own code. */
#include "fixture.h"

#include "classify/kind_table.h"
#include "diagnose/class.h"
#include "classify/owner.h"
#include "profile/owners.h"
#include "report/stacks/flame_color.h"
#include "ui/term/theme.h"

/* What surfaces show of a function. */
struct shown {
	uint16_t text, frame; /* styles */
	char letter;
	int hue; /* of the flame graph, in degrees */
};

/* Hue in degrees, rounded: flame colours of one hue differ in lightness alone. */
static int hue_of(const char *name)
{
	char color[FLAME_COLOR_SIZE];
	unsigned long rgb = strtoul(flame_color(name, color) + 1, NULL, 16);
	int red = rgb >> 16 & 0xff, green = rgb >> 8 & 0xff, blue = rgb & 0xff;
	int most = red > green ? (red > blue ? red : blue) : (green > blue ? green : blue);
	int least = red < green ? (red < blue ? red : blue) : (green < blue ? green : blue);
	double spread = most - least;

	if (most == blue)
		return (int)(240 + 60 * (red - green) / spread + 0.5);
	if (most == green)
		return (int)(120 + 60 * (blue - red) / spread + 0.5);
	return (int)(360 + 60 * (green - blue) / spread + 0.5) % 360;
}

static struct shown show(const char *name)
{
	struct shown shown = {.frame = theme_frame(name), .hue = hue_of(name)};

	shown.text = theme_kind(kind_of_frame(name), &shown.letter);
	return shown;
}

static bool has_own_look(enum kind kind)
{
	return kind != KIND_LIBRARY && kind != KIND_OTHER;
}

static void screens_and_flame_graphs_show_the_kind(void **state)
{
	struct shown kinds[KIND_COUNT] = {{0}};

	(void)state;
	for (size_t i = 0; i < kind_row_count; i++) {
		const char *name = kind_rows[i].start;
		enum kind kind = kind_rows[i].kind;
		struct shown shown = show(name), *first = &kinds[kind];

		assert_int_equal(kind_of_frame(name), kind);
		if (!first->letter)
			*first = shown;
		if (shown.letter != first->letter || shown.text != first->text)
			fail_msg("%s has letter %c, its kind %c", name, shown.letter,
				 first->letter);
		if (has_own_look(kind) &&
		    (shown.frame != first->frame || abs(shown.hue - first->hue) > 2))
			fail_msg("%s: style %d, hue %d; its kind: %d, %d", name, shown.frame,
				 shown.hue, first->frame, first->hue);
	}
	/* The frame of a class looks like what it consists of. */
	for (int kind = 0; kind < KIND_WORK_COUNT; kind++) {
		struct shown shown = show(class_title((uint32_t)kind));

		assert_int_equal(shown.letter, kinds[kind].letter);
		if (has_own_look((enum kind)kind))
			assert_int_equal(shown.frame, kinds[kind].frame);
	}
}

#define BATCH 20 /* rows in one profile of the fixture */

/* One sample for each row: a goroutine dump, so that locks count without parking. */
static struct profile *profile_of_rows(size_t first)
{
	struct text text = {0};
	struct profile *profile;

	text_add_string(&text, "types goroutine/count\n");
	for (size_t i = first; i < first + BATCH && i < kind_row_count; i++)
		if (!strpbrk(kind_rows[i].start, " \\"))
			text_printf(&text, "%s = 1\n", kind_rows[i].start);
	profile = fixture_profile(text.bytes);
	text_clear(&text);
	return profile;
}

static void check_sample(const struct subject *subject, const struct class_shares *shares,
			 uint32_t sample, uint8_t group, uint32_t counts[KIND_COUNT])
{
	const struct profile *profile = subject->view->profile;
	location_id leaf = profile_location(profile, profile->path_start[sample]);
	function_id function = profile->frames[profile->locations[leaf].first_frame].function;
	const char *name = subject_function(subject, function);
	uint32_t kind = kind_of(name);

	counts[kind]++;
	if (group != (kind < CLASS_COUNT ? kind : CLASS_COUNT))
		fail_msg("-by_class shows %s as %s", name, class_title(group));
	if (kind < CLASS_COUNT && shares->entries[kind][function] != 1)
		fail_msg("-diagnose does not count %s as %s", name, class_title(kind));
}

static void check_profile(const struct profile *profile)
{
	struct view *view = fixture_view(profile, "");
	uint8_t *owners = owners_build(profile);
	struct class_shares shares;
	struct class_map map = {0};
	struct subject subject;
	struct error error;
	uint8_t *groups = class_samples(profile, &error);
	uint32_t counts[KIND_COUNT] = {0};

	assert_non_null(groups);
	subject_init(&subject, "rows", 0, view);
	class_map_build(profile, &map);
	class_shares_build(&subject, &map, &shares);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		check_sample(&subject, &shares, i, groups[i], counts);
	for (function_id i = 0; i < profile->function_count; i++)
		if (owners[i] == OWNER_PROGRAM)
			fail_msg("%s is the program's own", subject_function(&subject, i));
	for (uint32_t c = 0; c < CLASS_COUNT; c++)
		assert_true(shares.anywhere[c] == counts[c]);
	free(groups);
	free(owners);
	class_map_clear(&map);
	class_shares_clear(&shares);
	subject_clear(&subject);
	view_free(view);
}

static void diagnosis_and_own_code_agree_on_the_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < kind_row_count; i += BATCH) {
		struct profile *profile = profile_of_rows(i);

		check_profile(profile);
		profile_free(profile);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_and_flame_graphs_show_the_kind),
		cmocka_unit_test(diagnosis_and_own_code_agree_on_the_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
