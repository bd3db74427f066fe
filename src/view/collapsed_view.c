/* SPDX-License-Identifier: MIT */
#include "view/collapsed_view.h"

#include <stdlib.h>

#include "base/array.h"

/* Steps of all locations, those of one without repeats; the second half without the first step. */
static void collapse_locations(struct collapsed_view *collapsed, const struct view *view)
{
	uint32_t count = view->profile->location_count, steps = view->step_start[count], next = 0;
	uint32_t *start = arena_alloc(&collapsed->arena, (2 * (size_t)count + 1) * sizeof(*start));
	struct step *made = arena_alloc(&collapsed->arena, 2 * (size_t)steps * sizeof(*made));

	for (uint32_t half = 0; half < 2; half++) {
		for (location_id location = 0; location < count; location++) {
			uint32_t first = view->step_start[location];

			start[half * count + location] = next;
			for (uint32_t i = first; i < view->step_start[location + 1]; i++)
				if (i > first ? view->steps[i].node != view->steps[i - 1].node
					      : half == 0)
					made[next++] = view->steps[i];
		}
	}
	start[2 * (size_t)count] = next;
	collapsed->profile.location_count = 2 * count;
	collapsed->view.step_start = start;
	collapsed->view.steps = made;
}

struct paths {
	location_id *items;
	size_t count, capacity;
};

/* A location whose first step repeats the last one before it goes by its other name. */
static void collapse_path(const struct view *view, struct path path, struct paths *paths)
{
	uint32_t count = view->profile->location_count;
	node_id last = NONE;

	for (; path.first < path.end; path.first++) {
		location_id location = view_location(view, path.first);
		uint32_t start = view->step_start[location];
		uint32_t end = view->step_start[location + 1];

		if (start == end)
			continue;
		array_push(paths->items, paths->count, paths->capacity,
			   location + (view->steps[start].node == last ? count : 0));
		last = view->steps[end - 1].node;
	}
}

void collapsed_view_init(struct collapsed_view *collapsed, const struct view *view)
{
	const struct profile *profile = view->profile;
	struct paths paths = {0};
	uint32_t *start;

	*collapsed = (struct collapsed_view){.view = *view, .profile = *profile};
	collapse_locations(collapsed, view);
	start = arena_alloc(&collapsed->arena,
			    ((size_t)profile->sample_count + 1) * sizeof(*start));
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct path path;

		start[i] = (uint32_t)paths.count;
		if (view_path(view, i, &path))
			collapse_path(view, path, &paths);
	}
	start[profile->sample_count] = (uint32_t)paths.count;
	collapsed->profile.paths = (struct path_column){.wide = paths.items};
	collapsed->profile.path_start = start;
	collapsed->view.profile = &collapsed->profile;
	/* Already cut. */
	collapsed->view.sample_first = collapsed->view.sample_end = NULL;
}

void collapsed_view_clear(struct collapsed_view *collapsed)
{
	free(collapsed->profile.paths.wide);
	arena_clear(&collapsed->arena);
}
