/* SPDX-License-Identifier: MIT */
/* Findings of the system calls that strace saw: what takes the time, what fails, what waits. */
#ifndef DIAGNOSE_RULES_SYSTEM_CALLS_H
#define DIAGNOSE_RULES_SYSTEM_CALLS_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/* True for a profile of system calls. */
bool system_calls_apply(const struct subject *subject);

void system_calls_examine(const struct subject *subject, const struct thresholds *thresholds,
			  struct findings *findings);

#endif
