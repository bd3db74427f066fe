/* SPDX-License-Identifier: MIT */
#include "diagnose/class.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/bitset.h"

const struct class classes[CLASS_COUNT] = {
	[KIND_LOCK] = {"blocked on locks", true, THRESHOLD_LOCK, THRESHOLD_COUNT,
		       "hold the lock for less (no I/O, no allocation under it), split it by key, "
		       "or read without it (read-write locks, atomic values); a mutex profile "
		       "names who holds it"},
	[KIND_CHANNEL] = {"blocked on channels and select", true, THRESHOLD_CHANNEL,
			  THRESHOLD_COUNT,
			  "check who serves the other side: more workers, a buffer for bursts, or "
			  "a context that ends the wait"},
	[KIND_GC] = {"garbage collection", false, THRESHOLD_GC, THRESHOLD_GC_CRITICAL,
		     "allocate less at the functions named (reuse buffers, sync.Pool, sized "
		     "slices); then raise GOGC or set GOMEMLIMIT if memory allows"},
	[KIND_SYSCALL] = {"system calls", false, THRESHOLD_SYSCALL, THRESHOLD_COUNT,
			  "make fewer and larger calls: buffer reads and writes (bufio), batch "
			  "messages, keep connections open"},
	[KIND_ALLOCATION] = {"allocation", false, THRESHOLD_ALLOCATION, THRESHOLD_COUNT,
			     "look at the allocs profile for the lines (-list), size slices and "
			     "maps when they are made, reuse buffers"},
	[KIND_SCHEDULER] = {"the scheduler", false, THRESHOLD_SCHEDULER, THRESHOLD_COUNT,
			    "hand over larger pieces of work: batch what goes through channels, "
			    "use fewer goroutines; check GOMAXPROCS against the CPU quota"},
	[KIND_MEMORY] = {"copying and clearing memory", false, THRESHOLD_MEMORY, THRESHOLD_COUNT,
			 "pass large values by pointer, reuse buffers instead of making new ones, "
			 "append to slices of the right capacity"},
	[KIND_MAP] = {"maps and hashes", false, THRESHOLD_MAP, THRESHOLD_COUNT,
		      "use integer or short keys, a slice where keys are dense, or keep the "
		      "result of a look-up"},
	[KIND_LIBRARY] = {"library code (encoding, compression, regexp, ...)", false,
			  THRESHOLD_LIBRARY, THRESHOLD_COUNT,
			  "compile regexps once, keep encoders and compressors for reuse, choose a "
			  "lower compression level, leave out log lines that nobody reads"},
	[KIND_INTERFACE] = {"interfaces and defer", false, THRESHOLD_INTERFACE, THRESHOLD_COUNT,
			    "keep concrete types and plain calls in the hot loop"},
};

const char *class_title(uint32_t number)
{
	return number < CLASS_COUNT ? kind_title((enum kind)number) : kind_title(KIND_OTHER);
}

void class_map_build(const struct profile *profile, struct class_map *map)
{
	map->functions = alloc_zero((size_t)profile->function_count + 1, sizeof(*map->functions));
	map->parks = alloc_zero(bitset_words(profile->function_count) + 1, sizeof(*map->parks));
	for (function_id i = 0; i < profile->function_count; i++) {
		const char *name = profile_text(profile, profile->functions[i].name);

		map->functions[i] = (uint8_t)kind_of(name);
		if (strcmp(name, "runtime.gopark") == 0)
			bitset_add(map->parks, i);
	}
}

void class_map_clear(struct class_map *map)
{
	free(map->functions);
	free(map->parks);
}

/* What one sample shows, from its root to its leaf. */
struct walk {
	unsigned seen, pending; /* classes; pending: if the goroutine parks further on */
	unsigned outermost;     /* of all frames of classes, 0: none yet */
	function_id payer[CLASS_COUNT], entry[CLASS_COUNT], caller;
};

static void take_frame(const struct class_map *map, const struct subject *subject,
		       function_id function, unsigned parked, struct walk *walk)
{
	uint32_t kind = map->functions[function];
	unsigned fresh = kind < CLASS_COUNT ? 1u << kind & ~(walk->seen | walk->pending) : 0;

	if (fresh) {
		walk->payer[kind] = walk->caller;
		walk->entry[kind] = function;
	}
	walk->pending |= fresh & parked;
	walk->seen |= fresh & ~parked;
	if (bitset_has(map->parks, function)) {
		walk->seen |= walk->pending;
		walk->pending = 0;
	}
	if (!walk->outermost)
		walk->outermost = walk->seen;
	if (bitset_has(subject->application, function))
		walk->caller = function;
}

static void walk_path(const struct subject *subject, const struct class_map *map, struct path path,
		      unsigned parked, struct walk *walk)
{
	const struct view *view = subject->view;
	const struct profile *profile = view->profile;

	*walk = (struct walk){.caller = NONE};
	for (; path.first < path.end; path.first++) {
		const struct location *location =
			&profile->locations[view_location(view, path.first)];

		for (uint32_t i = location->line_count; i-- > 0;) {
			frame_id frame = location->first_frame + i;
			function_id function = profile->frames[frame].function;

			if (function != NONE && view->frame_node[frame] != NONE)
				take_frame(map, subject, function, parked, walk);
		}
	}
}

/*
 * Dumps in text form leave out the frames of the runtime below a channel, but
 * not those of sync below a lock; there the state says it.
 */
static bool waits_on_channel(const struct profile *profile, uint32_t sample)
{
	static const char *const states[] = {"chan receive", "chan send", "select"};
	const char *state = subject_label(profile, sample, "state");

	for (size_t i = 0; i < COUNT(states); i++)
		if (strncmp(state, states[i], strlen(states[i])) == 0)
			return true;
	return false;
}

/* Those that count only where the goroutine stops. */
static unsigned parked_classes(const struct subject *subject)
{
	unsigned parked = 0;

	for (uint32_t c = 0; c < CLASS_COUNT; c++)
		if (classes[c].parked && subject->kind == SUBJECT_CPU)
			parked |= 1u << c;
	return parked;
}

static uint32_t outermost_class(const struct subject *subject, uint32_t sample,
				const struct walk *walk)
{
	if (walk->outermost)
		return (uint32_t)__builtin_ctz(walk->outermost);
	return subject->kind == SUBJECT_GOROUTINE &&
			       waits_on_channel(subject->view->profile, sample)
		       ? (uint32_t)KIND_CHANNEL
		       : (uint32_t)CLASS_COUNT;
}

void class_shares_build(const struct subject *subject, const struct class_map *map,
			struct class_shares *shares)
{
	const struct profile *profile = subject->view->profile;
	unsigned parked = parked_classes(subject);
	struct path path;
	struct walk walk;
	uint32_t outermost;

	*shares = (struct class_shares){0};
	for (uint32_t c = 0; c < CLASS_COUNT; c++) {
		shares->payments[c] =
			alloc_zero((size_t)profile->function_count + 1, sizeof(double));
		shares->entries[c] =
			alloc_zero((size_t)profile->function_count + 1, sizeof(double));
	}
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		double value = (double)subject->values[i];

		if (!view_path(subject->view, i, &path))
			continue;
		walk_path(subject, map, path, parked, &walk);
		for (uint32_t c = 0; c < CLASS_COUNT; c++) {
			if (!(walk.seen >> c & 1))
				continue;
			shares->anywhere[c] += value;
			shares->entries[c][walk.entry[c]] += value;
			if (walk.payer[c] != NONE)
				shares->payments[c][walk.payer[c]] += value;
		}
		outermost = outermost_class(subject, i, &walk);
		if (outermost < CLASS_COUNT)
			shares->outermost[outermost] += value;
	}
}

void class_shares_clear(struct class_shares *shares)
{
	for (uint32_t c = 0; c < CLASS_COUNT; c++) {
		free(shares->payments[c]);
		free(shares->entries[c]);
	}
}

static uint8_t *find_samples(const struct subject *subject)
{
	uint32_t count = subject->view->profile->sample_count;
	uint8_t *found = alloc_zero((size_t)count + 1, sizeof(*found));
	unsigned parked = parked_classes(subject);
	struct class_map map = {0};
	struct path path;
	struct walk walk;

	class_map_build(subject->view->profile, &map);
	for (uint32_t i = 0; i < count; i++) {
		view_path(subject->view, i, &path);
		walk_path(subject, &map, path, parked, &walk);
		found[i] = (uint8_t)outermost_class(subject, i, &walk);
	}
	class_map_clear(&map);
	return found;
}

uint8_t *class_samples(const struct profile *profile, struct error *error)
{
	struct view_spec all = {0};
	struct view *view = view_build(profile, &all, error);
	struct subject subject;
	uint8_t *found;

	if (!view)
		return NULL;
	subject_init(&subject, "", 0, view);
	found = find_samples(&subject);
	subject_clear(&subject);
	view_free(view);
	return found;
}

void class_pattern(const struct profile *profile, const struct class_shares *shares,
		   uint32_t number, struct text *pattern)
{
	const char **names = alloc_zero((size_t)profile->function_count + 1, sizeof(*names));
	size_t count = 0;

	for (function_id i = 0; i < profile->function_count; i++)
		if (shares->entries[number][i] != 0)
			names[count++] = profile_text(profile, profile->functions[i].name);
	kind_pattern(names, count, pattern);
	free(names);
}
