/* SPDX-License-Identifier: MIT */
/*
 * One report from settings to its output: what the command line, the shell and
 * the explorer's prompt do with a report.
 */
#ifndef CLI_WRITE_REPORT_H
#define CLI_WRITE_REPORT_H

#include "setting/options.h"

/*
 * Writes the report to settings->output or standard output; names are made
 * safe when that is a terminal, and a report that is not for terminals goes to
 * a new file instead. Filters that matched nothing and labels of several units are
 * said on standard error. An error leaves files as they were. argument: of
 * reports that take one, else NULL. numbered: a report that is not for
 * terminals goes to a new file even if standard output is none.
 */
bool write_report(const struct report *report, const struct pattern *argument,
		  const struct settings *settings, const struct profile *profile, bool numbered,
		  struct error *error);

/*
 * The same for a report that takes several profiles, each by itself. names: of
 * the profiles. *status: the exit status, if the report judges.
 */
bool write_report_of(const struct report *report, const struct settings *settings,
		     struct profile *const *profiles, char *const *names, uint32_t count,
		     int *status, struct error *error);

/*
 * The views that it is given: inputs[count], named as `names` has it, whose
 * views are to be freed even if the result is false.
 */
bool build_inputs(const struct report *report, const struct settings *settings,
		  const struct profile *const *profiles, char *const *names, uint32_t count,
		  struct diagnose_input *inputs, struct error *error);

/*
 * The same into a stream of the caller, raw: for who shows the text otherwise.
 * notes: what filters matched nothing and which labels have several units, a line
 * each; NULL if nobody asks.
 */
bool render_report(const struct report *report, const struct pattern *argument,
		   const struct settings *settings, const struct profile *profile, FILE *out,
		   struct text *notes, struct error *error);

/* render_report for a report that takes several profiles: see write_report_of. */
bool render_report_of(const struct report *report, const struct settings *settings,
		      struct profile *const *profiles, char *const *names, uint32_t count,
		      FILE *out, int *status, struct error *error);

#endif
