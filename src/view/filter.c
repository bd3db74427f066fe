/* SPDX-License-Identifier: MIT */
#include "view/filter.h"

#include <string.h>

#include "base/arena.h"
#include "base/bitset.h"
#include "base/pattern.h"
#include "base/simplify.h"
#include "view/label_unit.h"
#include "view/tag_filter.h"

/* A pattern with what it said about each string so far. */
struct matcher {
	struct pattern *pattern; /* NULL: not set */
	uint8_t *known;          /* by string id: 0 not asked, 1 no, 2 yes */
	bool simplify;           /* match the name without arguments, never the file */
	bool whole;              /* and the whole name as well */
};

struct filtering {
	const struct profile *profile;
	struct arena *arena;
	struct filter_result *result;
	struct matcher matchers[FILTER_COUNT];
	struct tag_filter *tagfocus, *tagignore;
	bool names; /* focus, ignore, hide or show is set */
};

static bool matches_string(const struct filtering *filtering, struct matcher *matcher, string_id id)
{
	const struct strings *strings = &filtering->profile->strings;

	if (!matcher->known[id]) {
		const char *text = strings_text(strings, id), *name = text;
		size_t length = strings_length(strings, id), rest = length;
		bool matches;

		if (matcher->simplify)
			rest = simplify_name(&name, length);
		matches = pattern_matches(matcher->pattern, name, rest) ||
			  (matcher->whole && pattern_matches(matcher->pattern, text, length));
		matcher->known[id] = matches ? 2 : 1;
	}
	return matcher->known[id] == 2;
}

static bool matches_frame(const struct filtering *filtering, struct matcher *matcher,
			  frame_id frame)
{
	function_id id = filtering->profile->frames[frame].function;
	const struct function *function = &filtering->profile->functions[id];

	if (id == NONE)
		return false;
	if (matcher->simplify)
		return function->name && matches_string(filtering, matcher, function->name);
	return matches_string(filtering, matcher, function->name) ||
	       matches_string(filtering, matcher, function->file);
}

static bool matches_mapping(const struct filtering *filtering, struct matcher *matcher,
			    const struct location *location)
{
	return location->mapping != NONE &&
	       matches_string(filtering, matcher,
			      filtering->profile->mappings[location->mapping].file);
}

static bool matches_location(const struct filtering *filtering, struct matcher *matcher,
			     const struct location *location)
{
	for (uint32_t i = 0; i < location->line_count; i++)
		if (matches_frame(filtering, matcher, location->first_frame + i))
			return true;
	return matches_mapping(filtering, matcher, location);
}

static bool is_hidden(const struct filtering *filtering, frame_id frame)
{
	return bitset_has(filtering->result->frame_hidden, frame);
}

static void hide_frame(const struct filtering *filtering, frame_id frame)
{
	bitset_add(filtering->result->frame_hidden, frame);
}

static uint32_t frame_count_of(const struct location *location)
{
	return location->line_count ? location->line_count : 1;
}

static bool any_visible(const struct filtering *filtering, const struct location *location)
{
	for (uint32_t i = 0; i < frame_count_of(location); i++)
		if (!is_hidden(filtering, location->first_frame + i))
			return true;
	return false;
}

static void found(const struct filtering *filtering, enum view_filter filter)
{
	filtering->result->missed &= ~(1u << filter);
}

static uint8_t mark_focus(struct filtering *filtering, const struct location *location)
{
	struct matcher *focus = &filtering->matchers[FILTER_FOCUS],
		       *ignore = &filtering->matchers[FILTER_IGNORE];

	if (ignore->pattern && matches_location(filtering, ignore, location)) {
		found(filtering, FILTER_IGNORE);
		return MARK_IGNORE;
	}
	if (!focus->pattern || matches_location(filtering, focus, location)) {
		found(filtering, FILTER_FOCUS);
		return MARK_FOCUS;
	}
	return 0;
}

/* Lines that match go; all of them if the mapping matches. */
static void apply_hide(struct filtering *filtering, const struct location *location)
{
	struct matcher *hide = &filtering->matchers[FILTER_HIDE];
	bool all;

	if (!hide->pattern || !matches_location(filtering, hide, location))
		return;
	found(filtering, FILTER_HIDE);
	all = matches_mapping(filtering, hide, location);
	for (uint32_t i = 0; i < frame_count_of(location); i++)
		if (all || matches_frame(filtering, hide, location->first_frame + i))
			hide_frame(filtering, location->first_frame + i);
}

/* Lines that do not match go; a location without lines goes even if its mapping matches. */
static void apply_show(struct filtering *filtering, const struct location *location)
{
	struct matcher *show = &filtering->matchers[FILTER_SHOW];
	bool all;

	if (!show->pattern)
		return;
	all = location->line_count && matches_mapping(filtering, show, location);
	for (uint32_t i = 0; i < frame_count_of(location); i++)
		if (!all && !matches_frame(filtering, show, location->first_frame + i))
			hide_frame(filtering, location->first_frame + i);
	if (any_visible(filtering, location))
		found(filtering, FILTER_SHOW);
}

/* The outermost match stays and what is inside it; lines further out go, unless the mapping matched. */
static uint8_t apply_show_from(struct filtering *filtering, const struct location *location)
{
	struct matcher *show_from = &filtering->matchers[FILTER_SHOW_FROM];
	uint32_t last = location->line_count;

	if (!show_from->pattern)
		return 0;
	if (matches_mapping(filtering, show_from, location)) {
		found(filtering, FILTER_SHOW_FROM);
		return MARK_SHOW_FROM;
	}
	while (last > 0 && (is_hidden(filtering, location->first_frame + last - 1) ||
			    !matches_frame(filtering, show_from, location->first_frame + last - 1)))
		last--;
	if (!last)
		return 0;
	for (uint32_t i = last; i < location->line_count; i++)
		hide_frame(filtering, location->first_frame + i);
	found(filtering, FILTER_SHOW_FROM);
	return MARK_SHOW_FROM;
}

/* The innermost match stays; lines inlined below it go. */
static uint8_t apply_prune_from(struct filtering *filtering, const struct location *location)
{
	struct matcher *prune_from = &filtering->matchers[FILTER_PRUNE_FROM];
	uint32_t first = 0;

	if (!prune_from->pattern)
		return 0;
	while (first < location->line_count &&
	       (is_hidden(filtering, location->first_frame + first) ||
		!matches_frame(filtering, prune_from, location->first_frame + first)))
		first++;
	if (first == location->line_count)
		return 0;
	for (uint32_t i = 0; i < first; i++)
		hide_frame(filtering, location->first_frame + i);
	found(filtering, FILTER_PRUNE_FROM);
	return MARK_PRUNE;
}

static void mark_locations(struct filtering *filtering)
{
	const struct profile *profile = filtering->profile;

	for (location_id i = 0; i < profile->location_count; i++) {
		const struct location *location = &profile->locations[i];
		uint8_t marks = 0;

		if (filtering->names)
			marks |= mark_focus(filtering, location);
		apply_hide(filtering, location);
		apply_show(filtering, location);
		/* show_from and prune_from see only what hide and show left. */
		if (any_visible(filtering, location)) {
			marks |= MARK_VISIBLE;
			marks |= apply_show_from(filtering, location);
			marks |= apply_prune_from(filtering, location);
		}
		filtering->result->location_marks[i] = marks;
	}
}

/* Does the sample stay? Then its part of the path. An empty stack meets nothing, so any filter on names drops it. */
static bool filter_sample(const struct filtering *filtering, uint32_t sample, uint32_t *first,
			  uint32_t *end)
{
	const struct profile *profile = filtering->profile;
	const uint8_t *marks = filtering->result->location_marks;
	uint32_t start = profile->path_start[sample], stop = profile->path_start[sample + 1];
	uint8_t met = 0;

	for (uint32_t i = start; i < stop; i++)
		met |= marks[profile_location(profile, i)];
	if (filtering->names &&
	    (met & (MARK_FOCUS | MARK_IGNORE | MARK_VISIBLE)) != (MARK_FOCUS | MARK_VISIBLE))
		return false;
	if (filtering->matchers[FILTER_SHOW_FROM].pattern) {
		while (start < stop && !(marks[profile_location(profile, start)] & MARK_SHOW_FROM))
			start++;
		if (start == stop)
			return false;
	}
	*first = start;
	*end = stop;
	/* The innermost match of prune_from is the new leaf. */
	for (uint32_t i = stop; (met & MARK_PRUNE) && i > start; i--) {
		if (marks[profile_location(profile, i - 1)] & MARK_PRUNE) {
			*end = i;
			break;
		}
	}
	return true;
}

static bool filter_labels(const struct filtering *filtering, uint32_t sample)
{
	bool focused = !filtering->tagfocus || tag_filter_matches(filtering->tagfocus, sample);
	bool ignored = filtering->tagignore && tag_filter_matches(filtering->tagignore, sample);

	if (focused)
		found(filtering, FILTER_TAGFOCUS);
	if (ignored)
		found(filtering, FILTER_TAGIGNORE);
	return focused && !ignored;
}

static void filter_samples(struct filtering *filtering, struct arena *arena)
{
	struct filter_result *result = filtering->result;
	uint32_t count = filtering->profile->sample_count;
	bool cuts = filtering->matchers[FILTER_SHOW_FROM].pattern ||
		    filtering->matchers[FILTER_PRUNE_FROM].pattern;

	result->sample_kept = arena_zero(arena, bitset_words(count), sizeof(uint64_t));
	if (cuts) {
		result->sample_first = arena_alloc(arena, count * sizeof(uint32_t));
		result->sample_end = arena_alloc(arena, count * sizeof(uint32_t));
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t first, end;

		if (!filter_sample(filtering, i, &first, &end) || !filter_labels(filtering, i))
			continue;
		bitset_add(result->sample_kept, i);
		if (cuts) {
			result->sample_first[i] = first;
			result->sample_end[i] = end;
		}
	}
}

/* tagshow and taghide: which keys of the kept samples go. */
static void hide_keys(struct filtering *filtering, struct arena *arena)
{
	const struct profile *profile = filtering->profile;
	struct filter_result *result = filtering->result;
	struct matcher *show = &filtering->matchers[FILTER_TAGSHOW],
		       *hide = &filtering->matchers[FILTER_TAGHIDE];

	if (!show->pattern && !hide->pattern)
		return;
	result->hidden_keys =
		arena_zero(arena, bitset_words(strings_count(&profile->strings)), sizeof(uint64_t));
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		if (!bitset_has(result->sample_kept, i) || !profile->label_start)
			continue;
		for (uint32_t k = profile->label_start[i]; k < profile->label_start[i + 1]; k++) {
			string_id key = profile->labels[k].key;
			bool shown = !show->pattern || matches_string(filtering, show, key);
			bool hidden = hide->pattern && matches_string(filtering, hide, key);

			if (shown)
				found(filtering, FILTER_TAGSHOW);
			if (hidden)
				found(filtering, FILTER_TAGHIDE);
			if (!shown || hidden)
				bitset_add(result->hidden_keys, key);
		}
	}
}

static bool compile_tags(struct filtering *filtering, const struct view_spec *spec,
			 struct error *error)
{
	static const enum view_filter of_tags[] = {FILTER_TAGFOCUS, FILTER_TAGIGNORE};
	struct tag_filter **made[] = {&filtering->tagfocus, &filtering->tagignore};
	const char **units = NULL;

	for (int i = 0; i < 2; i++) {
		enum view_filter filter = of_tags[i];

		if (!spec->filters[filter])
			continue;
		if (!units)
			units = label_units_build(filtering->profile, filtering->arena);
		*made[i] = tag_filter_new(filtering->profile, spec->filters[filter], units,
					  spec->string_ranges, error);
		if (!*made[i])
			return error_wrap(error, "%s", view_filter_names[filter]);
		filtering->result->missed |= 1u << filter;
		if (tag_filter_is_range(*made[i]))
			filtering->result->ranges |= 1u << filter;
	}
	return true;
}

/*
 * From ^ to $ with a bracket it is meant for one method. pprof, which cuts
 * names at "(*T).method", finds nothing then; we find the method.
 */
static bool is_whole(const char *expression)
{
	size_t length = strlen(expression);

	return length > 2 && expression[0] == '^' && expression[length - 1] == '$' &&
	       strstr(expression, "\\(") && !strchr(expression, '|');
}

static bool compile(struct filtering *filtering, const struct view_spec *spec, struct error *error)
{
	for (enum view_filter filter = 0; filter < FILTER_COUNT; filter++) {
		struct matcher *matcher = &filtering->matchers[filter];

		if (!spec->filters[filter] || filter == FILTER_TAGFOCUS ||
		    filter == FILTER_TAGIGNORE)
			continue;
		matcher->pattern = pattern_new(spec->filters[filter], false, error);
		if (!matcher->pattern)
			return error_wrap(error, "%s", view_filter_names[filter]);
		matcher->known = arena_zero(filtering->arena,
					    strings_count(&filtering->profile->strings), 1);
		matcher->simplify = filter == FILTER_PRUNE_FROM;
		matcher->whole = matcher->simplify && is_whole(spec->filters[filter]);
		filtering->result->missed |= 1u << filter;
		filtering->names = filtering->names || filter <= FILTER_SHOW;
	}
	return compile_tags(filtering, spec, error);
}

bool filter_apply(const struct profile *profile, const struct view_spec *spec, struct arena *arena,
		  struct filter_result *result, struct error *error)
{
	struct arena scratch = {0};
	struct filtering filtering = {.profile = profile, .arena = &scratch, .result = result};
	bool good;

	*result = (struct filter_result){0};
	good = compile(&filtering, spec, error);
	if (good && result->missed) {
		result->location_marks = arena_zero(arena, profile->location_count, 1);
		result->frame_hidden =
			arena_zero(arena, bitset_words(profile->frame_count), sizeof(uint64_t));
		mark_locations(&filtering);
		filter_samples(&filtering, arena);
		hide_keys(&filtering, arena);
	}
	for (int i = 0; i < FILTER_COUNT; i++)
		pattern_free(filtering.matchers[i].pattern);
	tag_filter_free(filtering.tagfocus);
	tag_filter_free(filtering.tagignore);
	arena_clear(&scratch);
	return good;
}
