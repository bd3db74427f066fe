/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/hotspot.h"

#include <math.h>
#include <stdlib.h>

#include "profile/unit.h"

/* Payers below this part of what a class costs are not worth naming. */
#define LEAST_PAYER 0.05

bool hotspot_applies(const struct subject *subject)
{
	return subject->kind == SUBJECT_CPU || subject->kind == SUBJECT_BLOCK ||
	       subject->kind == SUBJECT_MUTEX || subject->kind == SUBJECT_GOROUTINE;
}

bool hotspot_lacks_shares(const struct subject *subject)
{
	/* Where goroutines pile up those that went are few, and what came is what is looked for. */
	return subject->negative && (subject->kind != SUBJECT_GOROUTINE || subject->total <= 0);
}

/* Two standard errors of a share of n observations; a dump of goroutines is no sample but all of them. */
static double share_error(const struct subject *subject, double share)
{
	if (subject->kind == SUBJECT_GOROUTINE || subject->observations <= 0)
		return 0;
	return 2 * sqrt(share * (1 - share) / subject->observations);
}

/* "12.3 % (+-0.4) of 18.48s" */
static const char *share_text(struct findings *findings, const struct subject *subject,
			      double value)
{
	char total[UNIT_LABEL_SIZE];
	double share = value / subject->total, error = share_error(subject, share);

	unit_label(unit_truncate(subject->total), subject->unit, "minimum", total);
	if (error > 0)
		return findings_text(findings, "%.1f %% (+-%.1f) of %s", 100 * share, 100 * error,
				     total);
	return findings_text(findings, "%.1f %% of %s", 100 * share, total);
}

/* The largest payers, without those that pay next to nothing; their number. */
static uint32_t find_payers(const struct subject *subject, const double *payments, double cost,
			    function_id payers[CLASS_PAYERS])
{
	uint32_t count = subject_largest(subject, payments, CLASS_PAYERS, payers);

	while (count && payments[payers[count - 1]] < LEAST_PAYER * cost)
		count--;
	return count;
}

/* "f 12.3 %, g 4.5 %" */
static const char *functions_text(struct findings *findings, const struct subject *subject,
				  const double *costs, const function_id *functions, uint32_t count)
{
	const char *text = "";

	for (uint32_t i = 0; i < count; i++)
		text = findings_text(findings, "%s%s%s %.1f %%", text, i ? ", " : "",
				     subject_function(subject, functions[i]),
				     100 * costs[functions[i]] / subject->total);
	return text;
}

static void add_jumps(struct findings *findings, struct finding *finding,
		      const struct subject *subject, const function_id *functions, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		finding_add_jump(findings, finding, JUMP_FUNCTION, subject->number,
				 subject_function(subject, functions[i]));
}

static void add_finding(const struct subject *subject, const struct class_shares *shares,
			uint32_t number, enum severity severity, double weight,
			struct findings *findings)
{
	const struct class *class = &classes[number];
	const double *payments = shares->payments[number], *entries = shares->entries[number];
	double cost = shares->anywhere[number];
	function_id payers[CLASS_PAYERS], through[CLASS_PAYERS];
	uint32_t count = find_payers(subject, payments, cost, payers);
	uint32_t entry_count = find_payers(subject, entries, cost, through);
	struct text pattern = {0};
	struct finding *finding =
		findings_add(findings, severity, kind_name((enum kind)number),
			     findings_text(findings, "%.1f %% of the %s profile: %s",
					   100 * cost / subject->total,
					   subject_kind_names[subject->kind], class->brief),
			     class->advice);

	finding->weight = weight;
	finding->evidence =
		findings_text(findings, "%s: %s; %s%s; through %s", subject->name,
			      share_text(findings, subject, cost),
			      count ? "paid by " : "no application function above it",
			      functions_text(findings, subject, payments, payers, count),
			      functions_text(findings, subject, entries, through, entry_count));
	class_pattern(subject->view->profile, shares, number, &pattern);
	finding_add_jump(findings, finding, JUMP_STACKS, subject->number, text_string(&pattern));
	text_clear(&pattern);
	add_jumps(findings, finding, subject, payers, count);
	add_jumps(findings, finding, subject, through, entry_count);
}

/* Who holds the locks that others wait for. */
static void examine_holders(const struct subject *subject, struct findings *findings)
{
	double *payments = subject_payments(subject, subject->values);
	function_id payers[CLASS_PAYERS];
	uint32_t count = find_payers(subject, payments, subject->total, payers);
	char total[UNIT_LABEL_SIZE];
	struct finding *finding;

	if (count) {
		unit_label(unit_truncate(subject->total), subject->unit, "minimum", total);
		finding = findings_add(
			findings, SEVERITY_NOTE, "lock-holder",
			findings_text(findings, "%s is what others wait for most",
				      subject_function(subject, payers[0])),
			"shorten what these functions do between Lock and Unlock, or give them locks of "
			"their own");
		finding->weight = payments[payers[0]] / subject->total;
		finding->evidence = findings_text(
			findings, "%s: %s of waiting for locks, held in %s", subject->name, total,
			functions_text(findings, subject, payments, payers, count));
		add_jumps(findings, finding, subject, payers, count);
	}
	free(payments);
}

static const uint32_t *inputs_of(const struct subject *subject, struct findings *findings)
{
	uint32_t *inputs = arena_zero(&findings->arena, 3, sizeof(*inputs));

	inputs[1] = inputs[2] = subject->number;
	return inputs;
}

/* A mutex profile consists of locks; who holds them is told by examine_holders. */
static bool goes_without_saying(const struct subject *subject, uint32_t class)
{
	return subject->kind == SUBJECT_MUTEX && class == KIND_LOCK;
}

static void add_table(const struct subject *subject, const struct class_shares *shares,
		      struct findings *findings)
{
	static const char *const columns[] = {"class", "share", "outermost"};
	struct table *table = NULL;

	for (uint32_t c = 0; c < CLASS_COUNT; c++) {
		double anywhere = 100 * shares->anywhere[c] / subject->total;
		double outermost = 100 * shares->outermost[c] / subject->total;

		if ((shares->anywhere[c] <= 0 && shares->outermost[c] <= 0) ||
		    goes_without_saying(subject, c))
			continue;
		if (!table) {
			table = findings_add_table(
				findings, "classes",
				findings_text(
					findings,
					"Classes of %s: share as -focus has it, outermost each sample once",
					subject->name),
				columns, 3);
			table->inputs = inputs_of(subject, findings);
			table->leads = JUMP_CLASS;
		}
		table_add_text(findings, table, class_title(c));
		table_add_number(findings, table, anywhere, "%.2f%%", anywhere);
		table_add_number(findings, table, outermost, "%.2f%%", outermost);
	}
}

static void add_difference(const struct subject *subject, struct findings *findings)
{
	struct finding *finding = findings_add(
		findings, SEVERITY_UNKNOWN, "difference",
		findings_text(findings, "a difference of %s profiles has no shares",
			      subject_kind_names[subject->kind]),
		"diagnose each profile by itself; -compare names the functions that changed");

	finding->evidence =
		findings_text(findings, "%s: part of its values is below zero", subject->name);
}

static void add_few(const struct subject *subject, double least, struct findings *findings)
{
	struct finding *finding =
		findings_add(findings, SEVERITY_UNKNOWN, "samples",
			     findings_text(findings, "not enough samples in the %s profile",
					   subject_kind_names[subject->kind]),
			     "record for longer, or under load");

	finding->evidence = findings_text(findings, "%s has %.0f, shares need %.0f", subject->name,
					  subject->observations, least);
}

void hotspot_examine(const struct subject *subject, const struct class_shares *shares,
		     const struct thresholds *thresholds, struct findings *findings)
{
	const double *limits = thresholds->values;

	if (hotspot_lacks_shares(subject)) {
		add_difference(subject, findings);
		return;
	}
	if (subject->total <= 0 || (subject->kind != SUBJECT_GOROUTINE &&
				    subject->observations < limits[THRESHOLD_SAMPLES])) {
		add_few(subject, limits[THRESHOLD_SAMPLES], findings);
		return;
	}
	for (uint32_t c = 0; c < CLASS_COUNT; c++) {
		double share = shares->anywhere[c] / subject->total;
		double sure = 100 * (share - share_error(subject, share));
		enum severity severity = SEVERITY_WARNING;

		if (sure < limits[classes[c].limit] || goes_without_saying(subject, c))
			continue;
		/* What waits in a profile of waiting, or stands in a dump, is no trouble by itself. */
		if (subject->kind != SUBJECT_CPU)
			severity = SEVERITY_NOTE;
		else if (classes[c].critical != THRESHOLD_COUNT &&
			 sure >= limits[classes[c].critical])
			severity = SEVERITY_CRITICAL;
		add_finding(subject, shares, c, severity,
			    thresholds_times(thresholds, classes[c].limit, 100 * share), findings);
	}
	if (subject->kind == SUBJECT_MUTEX)
		examine_holders(subject, findings);
	add_table(subject, shares, findings);
}
