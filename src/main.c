/* Options, load, then a report or the explorer. The only place that exits and prints errors. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "load.h"
#include "transform/tag_frames.h"
#include "ui/app.h"

#define STATUS_ERROR 2

/* Messages may quote names of the profile, so nothing raw reaches the terminal. */
static void print_message(const char *message)
{
	struct text line = {0};

	text_add_sanitized(&line, message, strlen(message), false);
	fprintf(stderr, "ncprof: %s\n", text_string(&line));
	text_clear(&line);
}

static int fail(const struct error *error)
{
	print_message(error->message);
	return STATUS_ERROR;
}

/* pprof's words for filters that matched nothing. */
static void print_misses(const struct view *view)
{
	static const char *const names[FILTER_COUNT] = {
		[FILTER_FOCUS] = "Focus",	[FILTER_IGNORE] = "Ignore",	  [FILTER_HIDE] = "Hide",
		[FILTER_SHOW] = "Show",		[FILTER_SHOW_FROM] = "ShowFrom",  [FILTER_TAGFOCUS] = "TagFocus",
		[FILTER_TAGIGNORE] = "TagIgnore", [FILTER_TAGSHOW] = "TagShow", [FILTER_TAGHIDE] = "TagHide",
	};

	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_missed >> i & 1 && names[i])
			fprintf(stderr, "ncprof: %s expression matched no samples\n", names[i]);
	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_ranges >> i & 1)
			fprintf(stderr, "ncprof: %s: taken for a range of numbers, not for a regular expression\n",
				view_filter_names[i]);
}

/* Writes a finished report; names are made safe when it goes to a terminal. */
static bool put_report(const char *bytes, size_t length, const char *output, struct error *error)
{
	FILE *out = *output ? fopen(output, "w") : stdout;
	struct text safe = {0};
	bool good;

	if (!out)
		return error_set(error, "%s: %s; name a file that can be written", output, strerror(errno));
	if (*output)
		fprintf(stderr, "Generating report in %s\n", output);
	if (isatty(fileno(out))) {
		text_add_sanitized(&safe, bytes, length, true);
		bytes = text_string(&safe);
		length = safe.length;
	}
	good = fwrite(bytes, 1, length, out) == length && fflush(out) == 0;
	if (*output && fclose(out) != 0)
		good = false;
	text_clear(&safe);
	return good || error_set(error, "%s: %s; free some room", *output ? output : "standard output", strerror(errno));
}

/* The profile with tagroot and tagleaf as frames; NULL with an error. Frees the old one. */
static struct profile *add_tag_frames(struct profile *profile, const struct settings *settings, struct error *error)
{
	struct tag_frames frames = {.roots = settings->tagroot, .leaves = settings->tagleaf, .unit = settings->report.unit};
	struct profile *made;

	if (!*frames.roots && !*frames.leaves)
		return profile;
	made = tag_frames_add(profile, &frames, error);
	if (made && *frames.roots && !frames.root_matched)
		fputs("ncprof: TagRoot expression matched no samples\n", stderr);
	if (made && *frames.leaves && !frames.leaf_matched)
		fputs("ncprof: TagLeaf expression matched no samples\n", stderr);
	profile_free(profile);
	return made;
}

static bool write_report(const struct request *request, const struct profile *profile, struct error *error)
{
	const struct report *report = request->report ? request->report : report_find("top");
	struct report_input input = {.options = &request->settings.report, .argument = request->argument};
	struct view_spec spec;
	struct view *view;
	char *bytes = NULL;
	size_t length = 0;
	FILE *memory;
	bool good;

	report_view_spec(report, &request->settings.view, &spec);
	view = view_build(profile, &spec, error);
	view_spec_clear(&spec);
	if (!view)
		return false;
	input.view = view;
	memory = open_memstream(&bytes, &length);
	good = memory ? report_write(&input, report, memory, error) : error_set(error, "%s", strerror(errno));
	if (memory && fclose(memory) != 0)
		good = error_set(error, "%s", strerror(errno));
	print_misses(view);
	good = good && put_report(bytes, length, request->settings.output, error);
	free(bytes);
	view_free(view);
	return good;
}

static int run_report(struct request *request)
{
	struct error error;
	struct profile *profile = load_profile(request, NULL, &error);
	bool good;

	if (!profile)
		return fail(&error);
	for (uint32_t i = 0; i < profile->warning_count; i++)
		print_message(profile->warnings[i]);
	profile = add_tag_frames(profile, &request->settings, &error);
	good = profile && settings_resolve(&request->settings, profile, &error);
	if (!good)
		error_wrap(&error, "%s", request->locations[0]);
	good = good && write_report(request, profile, &error);
	profile_free(profile);
	return good ? 0 : fail(&error);
}

static int run(struct request *request)
{
	struct error error;

	if (request->help) {
		request_help(stdout, false);
		return 0;
	}
	if (request->version) {
		puts("ncprof " PACKAGE_VERSION);
		return 0;
	}
	if (request->location_count == 0) {
		error_set(&error, "no profile named; try ncprof cpu.pb.gz, or ncprof --help");
		return fail(&error);
	}
	if (request->report || !isatty(STDOUT_FILENO))
		return run_report(request);
	return app_run(request);
}

int main(int argc, char **argv)
{
	struct request request;
	struct error error;
	int status;

	setlocale(LC_CTYPE, "");
	status = request_parse(&request, argc, argv, &error) ? run(&request) : fail(&error);
	request_clear(&request);
	return status;
}
