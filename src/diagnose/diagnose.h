/* SPDX-License-Identifier: MIT */
/*
 * The diagnosis of one run of a program from one or several inputs of any
 * kinds: what the classes of each profile cost, the garbage collector, what
 * goroutines wait for, what grows between inputs of one kind, and what all of
 * them say together. Reports and panes show the findings.
 */
#ifndef DIAGNOSE_DIAGNOSE_H
#define DIAGNOSE_DIAGNOSE_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

struct diagnose_input {
	const char *name;
	const struct view *view;
};

/*
 * Adds the findings, the worst first, and the tables. The inputs must outlive
 * the findings' jumps only in number.
 */
void diagnose(const struct diagnose_input *inputs, uint32_t count,
	      const struct thresholds *thresholds, struct findings *findings);

#endif
