/* SPDX-License-Identifier: MIT */
/* Goroutines that Go's collector has found to be leaked: nothing that lives can ever wake them. */
#ifndef DIAGNOSE_RULES_LEAKED_H
#define DIAGNOSE_RULES_LEAKED_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"

/* Of a goroutineleak profile all, of a dump those marked "(leaked)"; one finding that names the places. */
void leaked_examine(const struct subject *subject, struct findings *findings);

#endif
