/* SPDX-License-Identifier: MIT */
/*
 * Processor counters (perf stat) as a profile: each line is a sample with the
 * counted value and one location, whose function is named after the event.
 * Times are in nanoseconds and have the label unit=nanoseconds.
 */
#ifndef PROFILE_COUNTERS_H
#define PROFILE_COUNTERS_H

#define COUNTER_TYPE "counter"

#endif
