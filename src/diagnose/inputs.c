/* SPDX-License-Identifier: MIT */
#include "diagnose/inputs.h"

#include <math.h>
#include <string.h>

#include "diagnose/rules/series.h"
#include "profile/unit.h"

#define SECOND 1e9

/* Totals of one profile, as text and not, are no further apart. */
#define SAME_TOTAL 0.001

enum goroutine_form inputs_form(const struct subject *subject)
{
	if (series_time(subject))
		return FORM_TIMED;
	return strings_find(&subject->view->profile->strings, "state", strlen("state")) == NONE
		       ? FORM_BARE
		       : FORM_STATES;
}

static bool are_near(double a, double b, double slack)
{
	return fabs(a - b) <= slack * fmax(fabs(a), fabs(b));
}

/*
 * Two of one profile: text carries no time. A dump of goroutines with states
 * says what no other form does, so it is nobody's twin; heap and allocs are one
 * profile, written one after the other.
 */
static bool are_twins(const struct subject *a, const struct subject *b)
{
	double slack;

	if (a->kind == SUBJECT_GOROUTINE && b->kind == SUBJECT_GOROUTINE)
		return (inputs_form(a) == FORM_BARE) != (inputs_form(b) == FORM_BARE) &&
		       are_near(a->total, b->total, 0);
	if (a->kind != b->kind || a->kind == SUBJECT_GOROUTINE || a->kind == SUBJECT_GC ||
	    a->kind == SUBJECT_OTHER || a->kind == SUBJECT_BENCH)
		return false;
	if (series_time(a) && series_time(b))
		return a->kind == SUBJECT_HEAP &&
		       fabs((double)series_time(a) - (double)series_time(b)) < SECOND;
	/* Text rounds; two texts of one profile are the same. */
	slack = series_time(a) || series_time(b) ? SAME_TOTAL : 0;
	return are_near(a->total, b->total, slack) &&
	       are_near(a->observations, b->observations, slack);
}

/* True if the other is to be kept of two twins: it says when it was taken, or it is the first. */
static bool is_better(const struct subject *other, const struct subject *subject)
{
	bool timed = subject->view->profile->time_nanos != 0;

	if (subject->kind == SUBJECT_GOROUTINE)
		return inputs_form(subject) == FORM_BARE;
	if (timed != (other->view->profile->time_nanos != 0))
		return !timed;
	return other->number < subject->number;
}

/*
 * Of dumps of goroutines and of heap profiles a later one of the same form says
 * what is the matter now, and all together what grows. A crash stays.
 */
static bool is_later(const struct subject *other, const struct subject *subject)
{
	int64_t time = series_time(subject);

	if ((subject->kind != SUBJECT_GOROUTINE && subject->kind != SUBJECT_HEAP) ||
	    subject->view->profile->comment_count || other->kind != subject->kind ||
	    !time != !series_time(other) ||
	    (subject->kind == SUBJECT_GOROUTINE && inputs_form(subject) != inputs_form(other)))
		return false;
	return time == series_time(other) ? other->number > subject->number
					  : series_time(other) > time;
}

void inputs_mark(struct subject *subjects, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < count; k++)
			if (k != i && are_twins(&subjects[i], &subjects[k]) &&
			    is_better(&subjects[k], &subjects[i]))
				subjects[i].twin = true;
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < count; k++)
			if (k != i && !subjects[i].twin && !subjects[k].twin &&
			    is_later(&subjects[k], &subjects[i]))
				subjects[i].superseded = true;
}

static void add_warnings(const struct subject *subject, struct findings *findings)
{
	const struct profile *profile = subject->view->profile;
	struct finding *finding;

	if (!profile->warning_count)
		return;
	finding = findings_add(
		findings, SEVERITY_UNKNOWN, "input",
		findings_text(findings, "read with a warning: %s", subject->name),
		"what is missing is in no number here: mend it before you rely on sums");
	for (uint32_t i = 0; i < profile->warning_count; i++)
		finding->evidence = findings_text(findings, "%s%s%s", finding->evidence,
						  i ? "; " : "", profile->warnings[i]);
}

static void add_row(const struct subject *subject, struct table *table, struct findings *findings)
{
	const struct profile *profile = subject->view->profile;
	char label[UNIT_LABEL_SIZE], time[UNIT_TIME_SIZE];
	bool counts = subject->kind == SUBJECT_GC || subject->kind == SUBJECT_COUNTERS ||
		      subject->kind == SUBJECT_BENCH;

	if (!series_time(subject) || !unit_time(series_time(subject), time))
		*time = '\0';
	table_add_text(findings, table, subject->name);
	table_add_text(findings, table,
		       subject->kind == SUBJECT_OTHER ? view_type(subject->view)
						      : subject_kind_names[subject->kind]);
	if (counts)
		snprintf(label, sizeof(label), "%u %s", profile->sample_count,
			 subject->kind == SUBJECT_GC ? "cycles" : "values");
	else
		unit_label(unit_truncate(subject->total), subject->unit, "minimum", label);
	table_add_text(findings, table, label);
	unit_label(profile->duration_nanos, "nanoseconds", "minimum", label);
	table_add_text(findings, table, profile->duration_nanos > 0 ? label : "");
	table_add_text(findings, table, time);
}

void inputs_write(const struct subject *subjects, uint32_t count, struct findings *findings)
{
	static const char *const columns[] = {"input", "kind", "total", "over", "taken"};
	struct table *table = findings_add_table(findings, "inputs", "Inputs", columns, 5);

	table->leads = JUMP_FILE;
	for (uint32_t i = 0; i < count; i++)
		add_row(&subjects[i], table, findings);
	for (uint32_t i = 0; i < count; i++)
		add_warnings(&subjects[i], findings);
}
