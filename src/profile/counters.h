/* SPDX-License-Identifier: MIT */
/*
 * Counters of the processor (perf stat) as a profile: each line is a sample
 * of the value it counted, with one location, whose function is called like
 * the event. What perf gives as a time is in nanoseconds and has the label
 * unit=nanoseconds.
 */
#ifndef PROFILE_COUNTERS_H
#define PROFILE_COUNTERS_H

#define COUNTER_TYPE "counter"

#endif
