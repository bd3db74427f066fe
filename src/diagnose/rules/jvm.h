/* SPDX-License-Identifier: MIT */
/* Findings of the collections of a Java virtual machine: pauses, full collections, a heap that fills. */
#ifndef DIAGNOSE_RULES_JVM_H
#define DIAGNOSE_RULES_JVM_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/* True for a profile of collections. */
bool jvm_applies(const struct subject *subject);

void jvm_examine(const struct subject *subject, const struct thresholds *thresholds,
		 struct findings *findings);

#endif
