/* SPDX-License-Identifier: MIT */
/*
 * A report being written as text in the background: everything that it needs,
 * copied, and what came of it. The profile must stay until it has run.
 */
#ifndef UI_SESSION_REPORT_JOB_H
#define UI_SESSION_REPORT_JOB_H

#include "base/job.h"
#include "cli/shell.h"
#include "ui/session/file_selection.h"

struct request;

struct report_job {
	char *line; /* as typed */
	struct settings settings;
	const struct report *report;
	char *argument; /* NULL: none */
	const struct profile *profile;
	/* Of a report that takes two profiles: what they are read from. NULL: the report has one. */
	const struct request *request;
	char *const *files; /* what they are called */
	struct file_selection selection;
	bool only_new; /* never replaces a file */

	char *text; /* NULL after an error */
	size_t length;
	struct error error;
};

struct report_job *report_job_new(const char *line, const struct shell_command *command);
void report_job_free(struct report_job *job); /* NULL is allowed */

/* Writes the text; on any thread. Once progress is cancelled the text is of no use. */
void report_job_run(struct report_job *job, struct progress *progress);

/* Writes bytes to a file, which changes in one step; only_new: not to one that is there. */
bool report_write_file(const char *path, const char *bytes, size_t length, bool only_new,
		       struct error *error);

/* Writes the text to the file of settings.output, which gets a name of its own if it has none. */
bool report_job_save(struct report_job *job, struct error *error);

#endif
