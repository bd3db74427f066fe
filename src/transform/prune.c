/* SPDX-License-Identifier: MIT */
#include "transform/prune.h"

#include <string.h>

#include "profile/profile_edit.h"
#include "base/arena.h"
#include "base/pattern.h"
#include "base/simplify.h"
#include "base/text.h"
#include "transform/copy.h"

/* What a location means: it stays, goes whole, or loses its inner lines; both last end the stack. */
enum fate { STAYS, GOES, LOSES_LINES };

struct pruning {
	const struct profile *profile;
	struct pattern *drop, *keep; /* keep may be NULL */
	uint8_t *fate;               /* by location */
	uint8_t *known;              /* by string id: 0 not asked, 1 stays, 2 goes */
};

bool prune_wanted(const struct profile *profile)
{
	return profile->drop_frames != 0;
}

/* Frame patterns match whole names. */
static struct pattern *compile(const struct profile *profile, string_id expression,
			       const char *what, struct error *error)
{
	struct text anchored = {0};
	struct pattern *pattern;

	text_printf(&anchored, "^(%s)$", profile_text(profile, expression));
	pattern = pattern_new(anchored.bytes, false, error);
	if (!pattern)
		error_wrap(error, "%s of the profile", what);
	text_clear(&anchored);
	return pattern;
}

static bool drops(struct pruning *pruning, string_id id)
{
	if (!pruning->known[id]) {
		const char *name = profile_text(pruning->profile, id);
		size_t length =
			simplify_name(&name, strings_length(&pruning->profile->strings, id));
		bool dropped = pattern_matches(pruning->drop, name, length) &&
			       !(pruning->keep && pattern_matches(pruning->keep, name, length));

		pruning->known[id] = dropped ? 2 : 1;
	}
	return pruning->known[id] == 2;
}

/* The lines of a location from the outermost in, up to the first that is dropped. */
static void copy_pruned_location(struct pruning *pruning, struct copy *copy, location_id id)
{
	const struct profile *profile = pruning->profile;
	const struct location *location = &profile->locations[id];
	uint32_t first = location->line_count;

	while (first > 0) {
		const struct frame *frame = &profile->frames[location->first_frame + first - 1];
		string_id name = profile->functions[frame->function].name;

		if (name && drops(pruning, name))
			break;
		first--;
	}
	pruning->fate[id] = first == 0 ? STAYS : first == location->line_count ? GOES : LOSES_LINES;
	if (pruning->fate[id] != LOSES_LINES)
		first = 0;
	copy_location(copy, id, first, location->line_count - first);
}

/* Where the kept part of a stack (leaf first) begins. */
static size_t find_cut(const struct pruning *pruning, const location_id *stack, size_t count)
{
	bool found_user = false;

	/* Frames before the first that stays are kept, or nothing would be left of some stacks. */
	for (size_t i = count; i-- > 0;) {
		enum fate fate = pruning->fate[stack[i]];

		if (fate == STAYS)
			found_user = true;
		else if (found_user)
			return fate == GOES ? i + 1 : i;
	}
	return 0;
}

static struct profile *prune(struct pruning *pruning, struct error *error)
{
	const struct profile *profile = pruning->profile;
	struct copy copy;

	copy_begin(&copy, profile);
	copy_types(&copy);
	for (location_id i = 0; i < profile->location_count; i++)
		copy_pruned_location(pruning, &copy, i);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		size_t count = copy_stack(&copy, i), cut = find_cut(pruning, copy.stack, count);

		copy_sample(&copy, i, cut ? copy.stack + cut : copy.stack, count - cut);
	}
	return copy_finish(&copy, error);
}

bool prune_check(const struct profile *profile, struct error *error)
{
	static const char shown[] = "all frames are shown";
	struct pattern *drop = compile(profile, profile->drop_frames, "drop_frames", error);
	struct pattern *keep = drop && profile->keep_frames ? compile(profile, profile->keep_frames,
								      "keep_frames", error)
							    : NULL;
	bool good = drop && (keep || !profile->keep_frames);

	pattern_free(drop);
	pattern_free(keep);
	return good || error_wrap(error, "%s", shown);
}

struct profile *prune_drop_frames(const struct profile *profile, struct error *error)
{
	struct arena scratch = {0};
	struct pruning pruning = {.profile = profile};
	struct profile *pruned = NULL;
	bool good;

	pruning.fate = arena_zero(&scratch, profile->location_count, 1);
	pruning.known = arena_zero(&scratch, strings_count(&profile->strings), 1);
	pruning.drop = compile(profile, profile->drop_frames, "drop_frames", error);
	good = pruning.drop != NULL;
	if (good && profile->keep_frames) {
		pruning.keep = compile(profile, profile->keep_frames, "keep_frames", error);
		good = pruning.keep != NULL;
	}
	if (good)
		pruned = prune(&pruning, error);
	pattern_free(pruning.drop);
	pattern_free(pruning.keep);
	arena_clear(&scratch);
	return pruned;
}

struct profile *prune_frames(struct profile *profile, struct error *error)
{
	struct profile *pruned;
	struct error problem;

	if (!prune_check(profile, &problem)) {
		profile_add_warning(profile, problem.message);
		return profile;
	}
	pruned = prune_drop_frames(profile, error);
	profile_free(profile);
	return pruned;
}
