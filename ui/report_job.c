#include "ui/report_job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "write_report.h"

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

void report_job_run(struct report_job *job)
{
	struct pattern *argument = NULL;
	FILE *memory = open_memstream(&job->text, &job->length);
	bool good = memory || error_set(&job->error, "%s", strerror(errno));

	if (good && job->argument)
		good = (argument = pattern_new(job->argument, false, &job->error)) != NULL;
	good = good && render_report(job->report, argument, &job->settings, job->profile, memory,
				     NULL, &job->error);
	if (memory && fclose(memory) != 0 && good)
		good = error_set(&job->error, "%s", strerror(errno));
	if (!good) {
		free(job->text);
		job->text = NULL;
	}
	pattern_free(argument);
}

bool report_job_save(const struct report_job *job, struct error *error)
{
	const char *path = job->settings.output;
	FILE *file = fopen(path, "w");
	bool good = file && fwrite(job->text, 1, job->length, file) == job->length;

	if (file && fclose(file) != 0)
		good = false;
	return good || error_set(error, "%s: %s", path, strerror(errno));
}
