/* SPDX-License-Identifier: MIT */
/*
 * Reads the bytes as a file, gzip or not, and makes everything of the profile that can be made of
 * it: stacks, views with filters, tables, graphs and all reports.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/array.h"
#include "format/format.h"
#include "setting/options.h"
#include "report/report.h"
#include "transform/prune.h"
#include "view/call_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct profile *load(const uint8_t *data, size_t size)
{
	int descriptor = memfd_create("input", MFD_CLOEXEC);
	struct profile *profile = NULL;
	struct error error;
	char path[64];

	if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
	profile = format_load(path, NULL, &error);
	close(descriptor);
	return profile;
}

/* Images are made by another program from what the report dot writes. */
static bool is_image(const struct report *report)
{
	static const char *const images[] = {"svg", "png", "gif", "ps", "pdf"};

	for (size_t i = 0; i < COUNT(images); i++)
		if (strcmp(report->name, images[i]) == 0)
			return true;
	return false;
}

/* Every report of this view, written to nowhere. */
static void write_reports(const struct profile *profile, const struct settings *settings)
{
	struct error error;
	struct pattern *any = pattern_new(".", false, &error);

	for (size_t i = 0; reports[i]; i++) {
		struct report_input input = {.options = &settings->report};
		struct view_spec spec;
		struct view *view;
		FILE *out;

		if (is_image(reports[i]))
			continue;
		out = fopen("/dev/null", "w");
		input.argument = reports[i]->argument ? any : NULL;
		report_view_spec(reports[i], &settings->view, &spec);
		view = view_build(profile, &spec, &error);
		input.view = view;
		if (view && out)
			report_write(&input, reports[i], out, &error);
		view_free(view);
		view_spec_clear(&spec);
		if (out)
			fclose(out);
	}
	pattern_free(any);
}

static void use(struct profile *profile, const char *const (*choices)[2], size_t count)
{
	struct settings settings;
	struct call_tree *tree;
	struct view *view;
	struct error error;

	settings_init(&settings);
	for (size_t i = 0; i < count && choices[i][0]; i++)
		if (!option_set(&settings, option_find(choices[i][0]), choices[i][1], &error))
			abort();
	if (settings_resolve(&settings, profile, &error)) {
		write_reports(profile, &settings);
		view = view_build(profile, &settings.view, &error);
		tree = view ? call_tree_build(view, CALL_TREE_WHOLE, &error) : NULL;
		call_tree_free(tree);
		view_free(view);
	}
	settings_clear(&settings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const choices[][5][2] = {
		{{NULL, NULL}},
		{{"cum", ""}, {"lines", ""}, {"hide", "main|a"}, {"nodecount", "5"}, {"trim", ""}},
		{{"mean", ""},
		 {"addresses", ""},
		 {"show_from", "m"},
		 {"drop_negative", ""},
		 {"call_tree", ""}},
		{{"files", ""},
		 {"prune_from", "n"},
		 {"focus", "."},
		 {"unit", "auto"},
		 {"json", ""}},
		{{"noinlines", ""},
		 {"sample_index", "0"},
		 {"relative_percentages", ""},
		 {"ignore", "x"},
		 {"csv", ""}},
	};
	struct profile *profile = load(data, size), *pruned;
	size_t chosen = size % COUNT(choices);
	struct error error;

	if (!profile)
		return 0;
	use(profile, choices[0], 5);
	use(profile, choices[chosen], 5);
	pruned = prune_wanted(profile) ? prune_drop_frames(profile, &error) : NULL;
	profile_free(pruned);
	profile_free(profile);
	return 0;
}
