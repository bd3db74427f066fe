/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/jvm.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "profile/jvm_gc.h"

/* What is left after collections tells of a leak from so many of them on. */
#define LEAST_COLLECTIONS 5

struct jvm {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	const int64_t *columns[JVM_GC_COLUMN_COUNT];
	double collections, pause, longest, full, span; /* times in ns */
	const char *longest_name;
	double after, heap; /* of the last collection */
	double fills; /* the least that was left after one of the last collections, of the heap */
};

bool jvm_applies(const struct subject *subject)
{
	for (int i = 0; i < JVM_GC_COLUMN_COUNT; i++)
		if (!subject_column(subject, jvm_gc_columns[i].type))
			return false;
	return true;
}

static const char *name_of(const struct subject *subject, struct path path)
{
	const struct profile *profile = subject->view->profile;
	function_id function = NONE;

	if (path.first < path.end)
		function = profile->frames[profile->locations[profile_location(profile, path.first)]
						   .first_frame]
				   .function;
	return function == NONE ? "" : subject_function(subject, function);
}

static void add_up(struct jvm *jvm)
{
	const struct profile *profile = jvm->subject->view->profile;
	struct path path;

	jvm->fills = 1;
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		double count = (double)jvm->columns[JVM_GC_COLLECTIONS][i], each;
		const char *name;

		if (!view_path(jvm->subject->view, i, &path))
			continue;
		name = name_of(jvm->subject, path);
		each = count > 0 ? (double)jvm->columns[JVM_GC_PAUSE][i] / count : 0;
		jvm->collections += count;
		jvm->pause += (double)jvm->columns[JVM_GC_PAUSE][i];
		if (each > jvm->longest) {
			jvm->longest = each;
			jvm->longest_name = name;
		}
		if (strstr(name, "Full") || strstr(name, "full"))
			jvm->full += count;
		if ((double)jvm->columns[JVM_GC_START][i] > jvm->span)
			jvm->span = (double)jvm->columns[JVM_GC_START][i];
		if (jvm->columns[JVM_GC_HEAP][i] <= 0)
			continue;
		jvm->after = (double)jvm->columns[JVM_GC_AFTER][i];
		jvm->heap = (double)jvm->columns[JVM_GC_HEAP][i];
		if (i + LEAST_COLLECTIONS >= profile->sample_count &&
		    jvm->after / jvm->heap < jvm->fills)
			jvm->fills = jvm->after / jvm->heap;
	}
}

static void add(struct jvm *jvm, enum threshold threshold, double value, enum severity severity,
		const char *rule, const char *title, const char *evidence, const char *advice)
{
	struct finding *finding;

	if (value < jvm->thresholds->values[threshold] || value <= 0)
		return;
	finding = findings_add(jvm->findings, severity, rule, title, advice);
	finding->weight = thresholds_times(jvm->thresholds, threshold, value);
	finding->evidence = findings_text(jvm->findings, "%s: %s", jvm->subject->name, evidence);
}

static void add_findings(struct jvm *jvm)
{
	double share = jvm->span > 0 ? 100 * jvm->pause / jvm->span : 0;

	add(jvm, THRESHOLD_JVM_PAUSE, jvm->longest / 1e6, SEVERITY_WARNING, "jvm-pause",
	    "a collection stops the program for long",
	    findings_text(jvm->findings, "%.0f ms in %s", jvm->longest / 1e6,
			  jvm->longest_name ? jvm->longest_name : "one"),
	    "a collector with short pauses (ZGC, Shenandoah), or -XX:MaxGCPauseMillis; a smaller young "
	    "generation, and fewer objects that live for some time");
	add(jvm, THRESHOLD_JVM_GC, share, SEVERITY_WARNING, "jvm-gc",
	    "the program stands still for collections much of the time",
	    findings_text(jvm->findings, "%.1f %% of %.1f s, in %.0f collections", share,
			  jvm->span / 1e9, jvm->collections),
	    "allocate less where an allocation profile points (asprof -e alloc), or give it a larger "
	    "heap (-Xmx)");
	add(jvm, THRESHOLD_JVM_FULL, jvm->full, SEVERITY_WARNING, "jvm-full",
	    "the whole heap is collected with the program stopped",
	    findings_text(jvm->findings, "%.0f full collections of %.0f", jvm->full,
			  jvm->collections),
	    "the heap is too small for what lives, or somebody calls System.gc(): "
	    "-XX:+DisableExplicitGC tells which");
	if (jvm->heap > 0 && jvm->collections >= LEAST_COLLECTIONS)
		add(jvm, THRESHOLD_JVM_HEAP, 100 * jvm->fills, SEVERITY_WARNING, "jvm-heap",
		    "collections leave the heap nearly full",
		    findings_text(jvm->findings, "%.0f of %.0f MB in use after the last",
				  jvm->after / 0x1p20, jvm->heap / 0x1p20),
		    "look for what is kept: jcmd PID GC.class_histogram twice, some time apart; or raise "
		    "-Xmx");
}

static void add_table(struct jvm *jvm)
{
	static const char *const columns[] = {"figure", "value"};
	struct findings *findings = jvm->findings;
	struct table *table = findings_add_table(
		findings, "collections",
		findings_text(findings, "Collections of %s", jvm->subject->name), columns, 2);

	table_add_text(findings, table, "collections");
	table_add_number(findings, table, jvm->collections, "%.0f", jvm->collections);
	table_add_text(findings, table, "all pauses");
	table_add_number(findings, table, jvm->pause, "%.1f ms", jvm->pause / 1e6);
	table_add_text(findings, table, "longest pause");
	table_add_number(findings, table, jvm->longest, "%.2f ms", jvm->longest / 1e6);
	if (jvm->heap <= 0)
		return;
	table_add_text(findings, table, "heap in use after the last");
	table_add_number(findings, table, jvm->after, "%.1f MB", jvm->after / 0x1p20);
	table_add_text(findings, table, "size of the heap");
	table_add_number(findings, table, jvm->heap, "%.1f MB", jvm->heap / 0x1p20);
}

void jvm_examine(const struct subject *subject, const struct thresholds *thresholds,
		 struct findings *findings)
{
	struct jvm jvm = {.subject = subject, .thresholds = thresholds, .findings = findings};

	for (int i = 0; i < JVM_GC_COLUMN_COUNT; i++)
		jvm.columns[i] = subject_column(subject, jvm_gc_columns[i].type);
	add_up(&jvm);
	add_findings(&jvm);
	add_table(&jvm);
}
