/* SPDX-License-Identifier: MIT */
/* The filters of pprof as they edit one sample, written without a thought for speed; see fixture.h. */
#include "base/pattern.h"
#include "base/simplify.h"
#include "fixture.h"

static bool matches(const struct view_spec *spec, enum view_filter filter, const char *text,
		    size_t length)
{
	struct error error;
	struct pattern *pattern = pattern_new(spec->filters[filter], false, &error);
	bool matched;

	if (!pattern)
		fail_msg("%s", error.message);
	matched = pattern_matches(pattern, text, length);
	pattern_free(pattern);
	return matched;
}

static bool string_matches(const struct profile *profile, const struct view_spec *spec,
			   enum view_filter filter, string_id id)
{
	return matches(spec, filter, profile_text(profile, id),
		       strings_length(&profile->strings, id));
}

static bool frame_matches(const struct profile *profile, const struct view_spec *spec,
			  enum view_filter filter, frame_id frame)
{
	function_id id = profile->frames[frame].function;

	return id != NONE && (string_matches(profile, spec, filter, profile->functions[id].name) ||
			      string_matches(profile, spec, filter, profile->functions[id].file));
}

static bool simplified_matches(const struct profile *profile, const struct view_spec *spec,
			       enum view_filter filter, frame_id frame)
{
	function_id id = profile->frames[frame].function;
	const char *name = id == NONE ? "" : profile_text(profile, profile->functions[id].name);
	size_t length =
		id == NONE ? 0 : strings_length(&profile->strings, profile->functions[id].name);

	if (!length)
		return false;
	length = simplify_name(&name, length);
	return matches(spec, filter, name, length);
}

static bool mapping_matches(const struct profile *profile, const struct view_spec *spec,
			    enum view_filter filter, const struct location *location)
{
	return location->mapping != NONE &&
	       string_matches(profile, spec, filter, profile->mappings[location->mapping].file);
}

static bool location_matches(const struct profile *profile, const struct view_spec *spec,
			     enum view_filter filter, const struct location *location)
{
	for (uint32_t i = 0; i < location->line_count; i++)
		if (frame_matches(profile, spec, filter, location->first_frame + i))
			return true;
	return mapping_matches(profile, spec, filter, location);
}

/* The lines of one location that are left: `count` frame ids, innermost first. */
struct rest {
	const struct location *location;
	frame_id frames[16];
	uint32_t count;
	bool gone;
};

static void take_out(const struct profile *profile, const struct view_spec *spec,
		     enum view_filter filter, struct rest *rest)
{
	bool hide = filter == FILTER_HIDE, mapping, without_lines = rest->location->line_count == 0;
	uint32_t kept = 0;

	if (!spec->filters[filter] ||
	    (hide && !location_matches(profile, spec, filter, rest->location)))
		return;
	mapping = mapping_matches(profile, spec, filter, rest->location);
	for (uint32_t i = 0; i < rest->count && !without_lines; i++)
		if ((mapping || frame_matches(profile, spec, filter, rest->frames[i])) != hide)
			rest->frames[kept++] = rest->frames[i];
	rest->count = kept;
	rest->gone = rest->gone || kept == 0;
}

static bool begins_at(const struct profile *profile, const struct view_spec *spec,
		      struct rest *rest)
{
	if (mapping_matches(profile, spec, FILTER_SHOW_FROM, rest->location))
		return true;
	for (uint32_t i = rest->location->line_count ? rest->count : 0; i > 0; i--) {
		if (frame_matches(profile, spec, FILTER_SHOW_FROM, rest->frames[i - 1])) {
			rest->count = i;
			return true;
		}
	}
	return false;
}

/* prune_from takes lines off every location that it meets, wherever the stack is cut. */
static bool prunes_at(const struct profile *profile, const struct view_spec *spec,
		      struct rest *rest)
{
	for (uint32_t i = 0; i < rest->count && rest->location->line_count; i++) {
		if (simplified_matches(profile, spec, FILTER_PRUNE_FROM, rest->frames[i])) {
			rest->count -= i;
			memmove(rest->frames, rest->frames + i,
				rest->count * sizeof(*rest->frames));
			return true;
		}
	}
	return false;
}

static bool focused(const struct profile *profile, const struct view_spec *spec, uint32_t sample)
{
	bool found = false;

	for (uint32_t i = profile->path_start[sample]; i < profile->path_start[sample + 1]; i++) {
		const struct location *location = &profile->locations[profile_location(profile, i)];

		if (spec->filters[FILTER_IGNORE] &&
		    location_matches(profile, spec, FILTER_IGNORE, location))
			return false;
		if (!spec->filters[FILTER_FOCUS] ||
		    location_matches(profile, spec, FILTER_FOCUS, location))
			found = true;
	}
	return found;
}

static int emit(const struct rest *stack, size_t count, bool no_inlines,
		struct reference_frame *frames, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		for (uint32_t k = stack[i].count; k-- > 0;) {
			if (no_inlines && k + 1 < stack[i].count)
				continue;
			assert_true(n < room);
			frames[n++] = (struct reference_frame){stack[i].frames[k],
							       k + 1 < stack[i].count};
		}
	}
	return (int)n;
}

int reference_path(const struct profile *profile, const struct view_spec *spec, uint32_t sample,
		   struct reference_frame *frames, size_t room)
{
	uint32_t first = profile->path_start[sample], end = profile->path_start[sample + 1];
	struct rest *stack = test_calloc(end - first + 1, sizeof(*stack));
	bool names = spec->filters[FILTER_FOCUS] || spec->filters[FILTER_IGNORE] ||
		     spec->filters[FILTER_HIDE] || spec->filters[FILTER_SHOW];
	size_t start = 0, count = 0;
	bool kept = !names || focused(profile, spec, sample);
	int result;

	for (uint64_t i = first; i < end; i++) {
		struct rest *rest = &stack[count];

		*rest = (struct rest){.location =
					      &profile->locations[profile_location(profile, i)]};
		rest->count = rest->location->line_count ? rest->location->line_count : 1;
		for (uint32_t k = 0; k < rest->count; k++)
			rest->frames[k] = rest->location->first_frame + k;
		take_out(profile, spec, FILTER_HIDE, rest);
		take_out(profile, spec, FILTER_SHOW, rest);
		count += !rest->gone;
	}
	kept = kept && (!names || count);
	if (spec->filters[FILTER_SHOW_FROM]) {
		size_t found = count;

		/* Every location loses its outer lines, also those below the first match. */
		for (size_t i = count; i-- > 0;)
			if (begins_at(profile, spec, &stack[i]))
				found = i;
		start = found;
		kept = kept && found < count;
	}
	if (spec->filters[FILTER_PRUNE_FROM]) {
		size_t cut = count;

		for (size_t i = start; i < count; i++)
			if (prunes_at(profile, spec, &stack[i]))
				cut = i + 1;
		count = cut;
	}
	result = kept ? emit(stack + start, count - start, spec->no_inlines, frames, room) : -1;
	test_free(stack);
	return result;
}
