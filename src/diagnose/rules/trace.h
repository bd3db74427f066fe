/* SPDX-License-Identifier: MIT */
/* What an execution trace of Go says of a run: pauses, waits for a processor, convoys, slow tasks. */
#ifndef DIAGNOSE_RULES_TRACE_H
#define DIAGNOSE_RULES_TRACE_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

void trace_examine(const struct subject *subject, const struct thresholds *thresholds,
		   struct findings *findings);

#endif
