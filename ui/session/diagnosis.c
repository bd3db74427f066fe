/* SPDX-License-Identifier: MIT */
#include "ui/session/diagnosis.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/load.h"
#include "diagnose/diagnose.h"
#include "profile/gc_log.h"
#include "cli/request.h"
#include "ui/session/file_selection.h"
#include "cli/write_report.h"

static bool find_findings(const struct diagnosis_wish *wish, const struct diagnose_input *inputs,
			  uint32_t count, struct findings *findings, struct error *error)
{
	struct thresholds thresholds;

	if (!thresholds_parse(&thresholds, wish->thresholds, error))
		return false;
	diagnose(inputs, count, &thresholds, findings);
	return true;
}

static bool examine(struct diagnosis *diagnosis, const struct diagnosis_wish *wish,
		    const struct profile *const *profiles, struct progress *progress)
{
	uint32_t count = diagnosis->count;
	struct error *error = &diagnosis->error;
	struct diagnose_input *inputs = alloc_zero(count, sizeof(*inputs));
	struct gc_log log;
	bool good = build_inputs(report_find("diagnose"), &wish->request->settings, profiles,
				 diagnosis->names, count, inputs, error);

	for (uint32_t i = 0; i < count; i++)
		diagnosis->logs[i] = gc_log_find(profiles[i], &log);
	if (good && atomic_load(&progress->cancelled))
		good = false;
	good = good && find_findings(wish, inputs, count, &diagnosis->findings, error);
	for (uint32_t i = 0; i < count; i++)
		view_free((struct view *)inputs[i].view);
	free(inputs);
	return good;
}

static bool reads_input(const struct request *request)
{
	for (int i = 0; i < request->location_count; i++)
		if (!strcmp(request->locations[i], "-"))
			return true;
	return false;
}

/* Each file by itself, as -diagnose reads them. */
static bool examine_files(struct diagnosis *diagnosis, const struct diagnosis_wish *wish,
			  struct progress *progress)
{
	struct profile **profiles;
	bool good;

	if (reads_input(wish->request))
		return error_set(&diagnosis->error,
				 "standard input cannot be read again; save it to a file first");
	profiles = alloc_zero(diagnosis->count, sizeof(*profiles));
	good = load_each(wish->request, profiles, progress, &diagnosis->error);
	if (good) {
		good = examine(diagnosis, wish, (const struct profile *const *)profiles, progress);
		for (uint32_t i = 0; i < diagnosis->count; i++)
			profile_free(profiles[i]);
	}
	free(profiles);
	return good;
}

static void name_files(struct diagnosis *diagnosis, const struct diagnosis_wish *wish)
{
	diagnosis->count = (uint32_t)wish->request->location_count;
	diagnosis->names = alloc_zero(diagnosis->count, sizeof(*diagnosis->names));
	diagnosis->logs = alloc_zero(diagnosis->count, sizeof(*diagnosis->logs));
	for (uint32_t i = 0; i < diagnosis->count; i++) {
		struct text name = {0};

		file_selection_add_file(&name, wish->files[i]);
		diagnosis->names[i] = alloc_text(text_string(&name));
		text_clear(&name);
	}
}

struct diagnosis *diagnosis_new(const struct diagnosis_wish *wish, struct progress *progress)
{
	struct diagnosis *diagnosis = alloc_zero(1, sizeof(*diagnosis));

	name_files(diagnosis, wish);
	if (file_selection_file_count(wish->request) == 1)
		diagnosis->failed = !examine(diagnosis, wish, &wish->only, progress);
	else
		diagnosis->failed = !examine_files(diagnosis, wish, progress);
	if (diagnosis->failed && atomic_load(&progress->cancelled))
		error_set(&diagnosis->error, "stopped");
	return diagnosis;
}

void diagnosis_free(struct diagnosis *diagnosis)
{
	if (!diagnosis)
		return;
	for (uint32_t i = 0; i < diagnosis->count; i++)
		free(diagnosis->names[i]);
	free(diagnosis->names);
	free(diagnosis->logs);
	findings_clear(&diagnosis->findings);
	free(diagnosis);
}
