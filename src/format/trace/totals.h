/* SPDX-License-Identifier: MIT */
/*
 * How long goroutines were where and why: one sum for each stack, state,
 * reason, group of goroutines, task, region and P. They become the samples of
 * the profile of a trace.
 */
#ifndef FORMAT_TRACE_TOTALS_H
#define FORMAT_TRACE_TOTALS_H

#include "base/intern.h"
#include "profile/builder.h"
#include "profile/trace.h"

/* The sample types, in the order of the profile. The classes of trace.h stand amid them. */
enum totals_type {
	TOTALS_INTERVALS,
	TOTALS_CPU_SAMPLES,
	TOTALS_CLASSES,
	TOTALS_ASSIST = TOTALS_CLASSES + TRACE_CLASS_COUNT,
	TOTALS_STW,
	TOTALS_OPEN,  /* intervals that outlast the trace */
	TOTALS_DELAY, /* all that end within it, but running */
	TOTALS_TYPE_COUNT,
};

struct totals_key {
	uint32_t stack, group;
	string_id reason, task, region; /* of the strings of the trace; 0: none */
	uint32_t proc;                  /* NONE: none or of no interest */
	uint16_t type;                  /* the one of the time: a class, TOTALS_ASSIST, ... */
	uint16_t open;                  /* 1: an interval that outlasts the trace */
};

struct totals_sum {
	int64_t count, time;
};

struct totals {
	struct intern keys;
	struct totals_sum *sums;
	size_t count, capacity;
};

void totals_init(struct totals *totals);
void totals_clear(struct totals *totals);
void totals_add(struct totals *totals, const struct totals_key *key, int64_t count, int64_t time);

struct account;

/* Puts types and samples into the builder. */
void totals_finish(const struct account *account, struct builder *builder);

#endif
