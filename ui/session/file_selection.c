/* SPDX-License-Identifier: MIT */
#include "ui/session/file_selection.h"

#include <string.h>

#include "cli/request.h"

static const char *base_of(const struct request *request)
{
	return *request->base ? request->base : request->diff_base;
}

int file_selection_file_count(const struct request *request)
{
	return request->location_count + (*base_of(request) ? 1 : 0);
}

int file_selection_location_count(const struct request *request)
{
	return request->location_count;
}

const char *file_selection_file(const struct request *request, int index)
{
	return index < request->location_count ? request->locations[index] : base_of(request);
}

void file_selection_init(struct file_selection *comparison, const struct request *request)
{
	bool has_base = *base_of(request) != '\0';

	*comparison = (struct file_selection){
		.alone = COMPARISON_ALL,
		.base = has_base ? request->location_count : COMPARISON_ALL,
		.display = has_base && request->settings.normalize ? DISPLAY_NORMALISED
								   : DISPLAY_DELTA,
	};
}

bool file_selection_equal(const struct file_selection *a, const struct file_selection *b)
{
	return a->alone == b->alone && a->base == b->base &&
	       (a->base == COMPARISON_ALL || a->display == b->display);
}

bool file_selection_is_difference(const struct file_selection *comparison)
{
	return comparison->base != COMPARISON_ALL &&
	       (comparison->display == DISPLAY_DELTA || comparison->display == DISPLAY_NORMALISED);
}

void file_selection_request(const struct file_selection *comparison, const struct request *from,
			    struct request *to)
{
	bool own_base = comparison->base == from->location_count;
	bool difference = file_selection_is_difference(comparison);
	int alone = comparison->alone;

	*to = *from;
	if (comparison->base != COMPARISON_ALL && comparison->display == DISPLAY_BASE)
		alone = comparison->base;
	if (alone != COMPARISON_ALL) {
		to->location_count = 1;
		to->locations = alone < from->location_count
					? from->locations + alone
					: (char **)(*from->base ? &from->base : &from->diff_base);
	}
	to->settings.normalize = difference && comparison->display == DISPLAY_NORMALISED;
	if (difference && own_base)
		return;
	to->base = "";
	to->diff_base = difference ? from->locations[comparison->base] : "";
}

bool file_selection_has_file(const struct file_selection *comparison, const struct request *request,
			     int index)
{
	if (index == comparison->base)
		return comparison->display != DISPLAY_NEW;
	if (comparison->base != COMPARISON_ALL && comparison->display == DISPLAY_BASE)
		return false;
	return comparison->alone == index ||
	       (comparison->alone == COMPARISON_ALL && index < request->location_count);
}

int file_selection_file_read(const struct file_selection *comparison, const struct request *request,
			     int n)
{
	struct request read;

	file_selection_request(comparison, request, &read);
	if (n >= read.location_count)
		return comparison->base;
	if (read.location_count == request->location_count && read.locations == request->locations)
		return n;
	return comparison->base != COMPARISON_ALL && comparison->display == DISPLAY_BASE
		       ? comparison->base
		       : comparison->alone;
}

bool file_selection_reads_input(const struct file_selection *comparison,
				const struct request *request)
{
	struct request read;

	file_selection_request(comparison, request, &read);
	for (int i = 0; i < read.location_count; i++)
		if (!strcmp(read.locations[i], "-"))
			return true;
	return !strcmp(base_of(&read), "-");
}

const char *comparison_display_name(enum comparison_display display)
{
	static const char *const names[DISPLAY_COUNT] = {"delta", "base", "new", "normalised"};

	return names[display];
}

void file_selection_add_file(struct text *text, const char *location)
{
	const char *slash = strrchr(location, '/');
	const char *name = slash && slash[1] ? slash + 1 : location;
	size_t length = strlen(name), ending = strlen(".pb.gz");

	if (length > ending && !strcmp(name + length - ending, ".pb.gz"))
		length -= ending;
	text_add(text, name, length);
}

void file_selection_print(const struct file_selection *comparison, const struct request *request,
			  char *const *names, struct text *text)
{
	struct request read;

	file_selection_request(comparison, request, &read);
	if (comparison->base != COMPARISON_ALL)
		text_printf(text, "%s: ", comparison_display_name(comparison->display));
	file_selection_add_file(text, names[file_selection_file_read(comparison, request, 0)]);
	if (read.location_count > 1)
		text_printf(text, " +%d", read.location_count - 1);
	else if (comparison->base == COMPARISON_ALL && file_selection_file_count(request) > 1)
		text_printf(text, " (%d of %d)", comparison->alone + 1,
			    file_selection_file_count(request));
	if (!file_selection_is_difference(comparison))
		return;
	text_add_string(text, " - ");
	file_selection_add_file(
		text, names[file_selection_file_read(comparison, request, read.location_count)]);
}
