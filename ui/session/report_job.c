/* SPDX-License-Identifier: MIT */
#include "ui/session/report_job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/new_file.h"
#include "cli/load.h"
#include "cli/request.h"
#include "cli/write_report.h"

/* What a pager can hold. */
#define MOST_BYTES ((size_t)128 * 1024 * 1024)

struct report_job *report_job_new(const char *line, const struct shell_command *command)
{
	struct report_job *job = alloc_zero(1, sizeof(*job));

	job->line = alloc_text(line);
	settings_copy(&job->settings, &command->settings);
	job->report = command->report;
	job->argument = command->argument ? alloc_text(command->argument) : NULL;
	return job;
}

void report_job_free(struct report_job *job)
{
	if (!job)
		return;
	free(job->line);
	settings_clear(&job->settings);
	free(job->argument);
	free(job->text);
	free(job);
}

/* The text while it is written. */
struct growing {
	struct text text;
	const struct progress *progress;
	bool too_long;
};

/* Takes no more bytes once the job is cancelled or the text too long for a pager. */
static ssize_t grow(void *cookie, const char *bytes, size_t length)
{
	struct growing *growing = cookie;

	growing->too_long = growing->too_long || length > MOST_BYTES - growing->text.length;
	if (growing->too_long || atomic_load(&growing->progress->cancelled))
		return 0;
	text_add(&growing->text, bytes, length);
	return (ssize_t)length;
}

/* What one side of a difference is called: its file, or how many there are. */
static char *name_side(const struct report_job *job, int file, int count)
{
	struct text name = {0};

	if (file == COMPARISON_ALL)
		text_printf(&name, "%d files", count);
	else
		file_selection_add_file(&name, job->files[file]);
	return name.bytes;
}

/* The two sides of what is shown, each read by itself. */
static bool render_sides(struct report_job *job, FILE *out, struct progress *progress)
{
	struct file_selection side = job->selection;
	struct profile *profiles[2] = {NULL, NULL};
	char *names[2] = {NULL, NULL};
	bool good = true;
	int status;

	for (int i = 0; i < 2; i++) {
		struct request read;

		side.display = i ? DISPLAY_NEW : DISPLAY_BASE;
		file_selection_request(&side, job->request, &read);
		names[i] = name_side(job, i ? side.alone : side.base, read.location_count);
		if (good)
			profiles[i] = load_profile(&read, NULL, progress, &job->error);
		good = profiles[i] != NULL;
	}
	good = good && render_report_of(job->report, &job->settings, profiles, names, 2, out,
					&status, &job->error);
	for (int i = 0; i < 2; i++) {
		if (profiles[i])
			profile_free(profiles[i]);
		free(names[i]);
	}
	return good;
}

void report_job_run(struct report_job *job, struct progress *progress)
{
	struct growing growing = {.progress = progress};
	struct pattern *argument = NULL;
	FILE *memory = fopencookie(&growing, "w", (cookie_io_functions_t){.write = grow});
	bool good = memory || error_set(&job->error, "%s", strerror(errno));

	if (good && job->argument)
		good = (argument = pattern_new(job->argument, false, &job->error)) != NULL;
	if (good && job->request)
		good = render_sides(job, memory, progress);
	else if (good)
		good = render_report(job->report, argument, &job->settings, job->profile, memory,
				     NULL, &job->error);
	if (memory)
		fclose(memory);
	if (good && growing.too_long)
		good = error_set(&job->error,
				 "longer than 128 MB; write it with ncprof -%s -output=FILE",
				 job->report->name);
	pattern_free(argument);
	if (!good) {
		text_clear(&growing.text);
		return;
	}
	text_add(&growing.text, "", 0); /* an empty report is a text too */
	job->text = growing.text.bytes;
	job->length = growing.text.length;
}

bool report_write_file(const char *path, const char *bytes, size_t length, bool only_new,
		       struct error *error)
{
	return new_file_write(path, 0666, only_new, bytes, length) ||
	       error_set(error, "%s: %s", path, strerror(errno));
}

/* Into the next numbered file, whose name becomes that of settings.output. */
static bool save_numbered(struct report_job *job, struct error *error)
{
	char *name = NULL;
	struct new_file file;
	bool good = new_file_open_numbered(&file, job->report->extension);

	if (good && fwrite(job->text, 1, job->length, file.stream) == job->length) {
		good = new_file_finish(&file, &name);
	} else if (good) {
		new_file_abandon(&file);
		good = false;
	}
	if (!good)
		return error_set(error, "profile*.%s: %s", job->report->extension, strerror(errno));
	free(job->settings.output);
	job->settings.output = name;
	return true;
}

bool report_job_save(struct report_job *job, struct error *error)
{
	if (!*job->settings.output)
		return save_numbered(job, error);
	return report_write_file(job->settings.output, job->text, job->length, job->only_new,
				 error);
}
