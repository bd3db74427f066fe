/* SPDX-License-Identifier: MIT */
#include "profile/trace_lane.h"

#include <stdlib.h>

#include "base/array.h"

/* Steps between two marks: what a sum has to go through at most. */
#define MARK_STEPS 128
#define STEP_SIZE 32

void trace_lane_clear(struct trace_lane *lane)
{
	free(lane->bytes);
	free(lane->marks);
	*lane = (struct trace_lane){0};
}

static unsigned char *put(unsigned char *at, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (unsigned char)(number | 0x80);
	*at++ = (unsigned char)number;
	return at;
}

static uint64_t take(const unsigned char **at)
{
	uint64_t number = 0;

	for (unsigned shift = 0;; shift += 7) {
		unsigned char byte = *(*at)++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return number;
	}
}

/* A moment on the way through a lane. */
struct walk {
	const unsigned char *at, *end;
	struct lane_mark now;  /* sums and counts up to now.time */
	struct lane_step step; /* the one that led here */
	bool moved;
};

static void begin_walk(const struct trace_lane *lane, size_t mark, struct walk *walk)
{
	*walk = (struct walk){.end = lane->bytes + lane->length};
	if (mark)
		walk->now = lane->marks[mark - 1];
	walk->at = lane->bytes + walk->now.at;
}

static void advance_sums(struct lane_mark *now, int64_t time)
{
	for (int i = 0; i < LANE_STATE_COUNT; i++)
		now->sums[i] += now->counts[i] * (time - now->time);
	now->time = time;
}

/* Reads the step at `at` that comes behind a moment; returns what follows it. */
static const unsigned char *read_step(const unsigned char *at, int64_t now, struct lane_step *step)
{
	unsigned char states;

	step->time = now + (int64_t)take(&at);
	states = *at++;
	step->from = states >> 4;
	step->to = states & 15;
	step->stack = (uint32_t)take(&at);
	step->other = (uint32_t)take(&at) - 1;
	return at;
}

bool trace_lane_next(const struct trace_lane *lane, size_t *at, struct lane_step *step)
{
	if (*at == lane->length)
		return false;
	*at = (size_t)(read_step(lane->bytes + *at, step->time, step) - lane->bytes);
	return true;
}

/* Reads the next step without taking it; false at the end. */
static bool peek_step(const struct walk *walk, struct lane_step *step, const unsigned char **behind)
{
	if (walk->at == walk->end)
		return false;
	*behind = read_step(walk->at, walk->now.time, step);
	return true;
}

static void take_step(struct walk *walk, const struct lane_step *step, const unsigned char *behind)
{
	advance_sums(&walk->now, step->time);
	walk->now.counts[step->from] -= step->from != LANE_NONE;
	walk->now.counts[step->to] += step->to != LANE_NONE;
	walk->step = *step;
	walk->moved = true;
	walk->at = behind;
}

/* A mark behind what is there. */
static void add_mark(struct trace_lane *lane)
{
	struct walk walk;
	struct lane_step step;
	const unsigned char *behind;

	begin_walk(lane, lane->mark_count, &walk);
	while (peek_step(&walk, &step, &behind))
		take_step(&walk, &step, behind);
	walk.now.at = lane->length;
	array_push(lane->marks, lane->mark_count, lane->mark_capacity, walk.now);
}

void trace_lane_add(struct trace_lane *lane, const struct lane_step *step)
{
	unsigned char bytes[STEP_SIZE], *end = bytes;

	if (lane->steps && lane->steps % MARK_STEPS == 0)
		add_mark(lane);
	end = put(end, (uint64_t)(step->time - lane->last));
	*end++ = (unsigned char)(step->from << 4 | step->to);
	end = put(end, step->stack);
	end = put(end, (uint32_t)(step->other + 1));
	array_reserve(lane->bytes, lane->capacity, lane->length + (size_t)(end - bytes));
	for (const unsigned char *byte = bytes; byte < end; byte++)
		lane->bytes[lane->length++] = *byte;
	lane->last = step->time;
	lane->steps++;
}

/* How many marks are at or before a moment. */
static size_t find_mark(const struct trace_lane *lane, int64_t time)
{
	size_t low = 0, high = lane->mark_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lane->marks[middle].time <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void trace_lane_sums(const struct trace_lane *lane, int64_t time, int64_t sums[LANE_STATE_COUNT])
{
	struct walk walk;
	struct lane_step step;
	const unsigned char *behind;

	begin_walk(lane, find_mark(lane, time), &walk);
	while (peek_step(&walk, &step, &behind) && step.time <= time)
		take_step(&walk, &step, behind);
	advance_sums(&walk.now, time);
	for (int i = 0; i < LANE_STATE_COUNT; i++)
		sums[i] = walk.now.sums[i];
}

bool trace_lane_find(const struct trace_lane *lane, int64_t time, struct lane_step *before,
		     bool *has_next, struct lane_step *next)
{
	size_t mark = find_mark(lane, time);
	const unsigned char *behind;
	struct walk walk;

	/* The step itself may stand before the mark. */
	begin_walk(lane, mark ? mark - 1 : 0, &walk);
	while ((*has_next = peek_step(&walk, next, &behind)) && next->time <= time)
		take_step(&walk, next, behind);
	*before = walk.step;
	return walk.moved;
}
