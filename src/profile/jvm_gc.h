/* SPDX-License-Identifier: MIT */
/*
 * Collections of a Java virtual machine (-Xlog:gc, jstat -gc) as a profile: a
 * sample is a collection, or all of a kind between two rows of jstat. Its one
 * frame says what it is: "Pause Young (Normal) (G1 Evacuation Pause)".
 */
#ifndef PROFILE_JVM_GC_H
#define PROFILE_JVM_GC_H

enum jvm_gc_column {
	JVM_GC_COLLECTIONS,
	JVM_GC_PAUSE,      /* the program stood still */
	JVM_GC_CONCURRENT, /* while it ran */
	JVM_GC_START,      /* since the machine started */
	JVM_GC_BEFORE,     /* heap in use; 0: not said */
	JVM_GC_AFTER,
	JVM_GC_HEAP, /* its size */
	JVM_GC_COLUMN_COUNT,
};

/* Type and unit of each column in the profile. */
static const struct {
	const char *type, *unit;
} jvm_gc_columns[JVM_GC_COLUMN_COUNT] = {
	[JVM_GC_COLLECTIONS] = {"collections", "count"},
	[JVM_GC_PAUSE] = {"pause", "nanoseconds"},
	[JVM_GC_CONCURRENT] = {"concurrent", "nanoseconds"},
	[JVM_GC_START] = {"start", "nanoseconds"},
	[JVM_GC_BEFORE] = {"heap_before", "bytes"},
	[JVM_GC_AFTER] = {"heap_after", "bytes"},
	[JVM_GC_HEAP] = {"heap_size", "bytes"},
};

#endif
