/* SPDX-License-Identifier: MIT */
/* Several profiles of one kind, taken one after the other from one program. */
#ifndef DIAGNOSE_RULES_SERIES_H
#define DIAGNOSE_RULES_SERIES_H

#include "diagnose/finding.h"
#include "diagnose/subject.h"
#include "diagnose/threshold.h"

/*
 * When a profile was taken, in nanoseconds since 1970: as it says, or else, of a
 * heap in text, when the last collection was. 0: nobody knows.
 */
int64_t series_time(const struct subject *subject);

/* Sorts by the time that the profiles carry; those without one stay in the order given. */
void series_sort(const struct subject **subjects, uint32_t count);

/* Seconds from the first to the last; 0 if neither the profiles nor THRESHOLD_INTERVAL say. */
double series_seconds(const struct subject *const *subjects, uint32_t count,
		      const struct thresholds *thresholds);

/*
 * Adds a table of the functions that changed most, with what each has in the
 * first and the last profile, its curve and its growth. The oldest first.
 */
void series_write(const struct subject *const *subjects, uint32_t count,
		  const struct thresholds *thresholds, struct findings *findings);

/* Heap profiles, the oldest first: functions whose memory in use grows steadily are leak candidates. */
void series_compare_heaps(const struct subject *const *subjects, uint32_t count,
			  const struct thresholds *thresholds, struct findings *findings);

#endif
