/* SPDX-License-Identifier: MIT */
/* The whole profile as text after the filters: pprof's -raw. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "report/label_text.h"
#include "report/list.h"
#include "view/filter.h"

static void write_types(const struct profile *profile, FILE *out)
{
	struct text line = {0};
	const char *start, *end;

	for (uint32_t i = 0; i < profile->type_count; i++) {
		const struct value_type *type = &profile->types[i];

		text_printf(&line, "%s/%s%s ", profile_text(profile, type->type),
			    profile_text(profile, type->unit),
			    type->type == profile->default_type ? "[dflt]" : "");
	}
	start = text_string(&line);
	start += strspn(start, " \t\n\v\f\r");
	end = start + strlen(start);
	while (end > start && strchr(" \t\n\v\f\r", end[-1]))
		end--;
	fprintf(out, "%.*s\n", (int)(end - start), start);
	text_clear(&line);
}

/* As Go prints a time.Time: nanoseconds without trailing zeros. */
static void write_time(int64_t nanos, FILE *out)
{
	int64_t fraction = (nanos % 1000000000 + 1000000000) % 1000000000;
	/* Rounded down; nanos - fraction may be too small for a number. */
	time_t seconds = (time_t)(nanos / 1000000000 - (nanos % 1000000000 < 0));
	char date[64], zone[64], digits[16];
	struct tm local;
	int length = 9;

	if (!localtime_r(&seconds, &local) ||
	    !strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &local) ||
	    !strftime(zone, sizeof(zone), "%z %Z", &local))
		return;
	snprintf(digits, sizeof(digits), "%09d", (int)fraction);
	while (length > 0 && digits[length - 1] == '0')
		length--;
	fprintf(out, "Time: %s%s%.*s %s\n", date, length ? "." : "", length, digits, zone);
}

/* A fraction of 10^digits without trailing zeros, with its point. */
static void add_fraction(struct text *text, uint64_t fraction, int digits)
{
	while (digits > 0 && fraction % 10 == 0) {
		fraction /= 10;
		digits--;
	}
	if (digits > 0)
		text_printf(text, ".%0*" PRIu64, digits, fraction);
}

/* As Go prints a time.Duration: 1h30m0.5s, 12.5ms. */
static void add_duration(struct text *text, int64_t nanos)
{
	static const struct {
		uint64_t size;
		int digits;
		const char *name;
	} small[] = {{1, 0, "ns"}, {1000, 3, "\u00b5s"}, {1000000, 6, "ms"}};
	uint64_t left = nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos,
		 seconds = left / 1000000000;

	if (nanos < 0)
		text_add_char(text, '-');
	if (left < 1000000000) {
		int i = left >= 1000000 ? 2 : left >= 1000 ? 1 : 0;

		text_printf(text, "%" PRIu64, left / small[i].size);
		add_fraction(text, left % small[i].size, small[i].digits);
		text_add_string(text, small[i].name);
		return;
	}
	if (seconds >= 3600)
		text_printf(text, "%" PRIu64 "h", seconds / 3600);
	if (seconds >= 60)
		text_printf(text, "%" PRIu64 "m", seconds / 60 % 60);
	text_printf(text, "%" PRIu64, seconds % 60);
	add_fraction(text, left % 1000000000, 9);
	text_add_char(text, 's');
}

/* pprof cuts the duration at four characters. */
static void write_duration(int64_t nanos, FILE *out)
{
	struct text text = {0};
	size_t end = 0;

	add_duration(&text, nanos);
	for (int i = 0; i < 4 && end < text.length; i++) {
		uint32_t rune;

		end += utf8_decode(text.bytes + end, text.length - end, &rune);
	}
	fprintf(out, "Duration: %.*s\n", (int)end, text.bytes);
	text_clear(&text);
}

static void write_head(const struct profile *profile, FILE *out)
{
	const struct value_type *period = &profile->period_type;

	for (uint32_t i = 0; i < profile->comment_count; i++)
		fprintf(out, "Comment: %s\n", profile_text(profile, profile->comments[i]));
	if (profile->doc_url)
		fprintf(out, "Doc: %s\n", profile_text(profile, profile->doc_url));
	fprintf(out, "PeriodType: %s %s\n",
		profile->has_period_type ? profile_text(profile, period->type) : "",
		profile->has_period_type ? profile_text(profile, period->unit) : "");
	fprintf(out, "Period: %" PRId64 "\n", profile->period);
	if (profile->time_nanos)
		write_time(profile->time_nanos, out);
	if (profile->duration_nanos)
		write_duration(profile->duration_nanos, out);
	fputs("Samples:\n", out);
	write_types(profile, out);
}

static void print_strings(const struct view *view, const struct label_group *group,
			  const char **units, struct text *text)
{
	(void)units;
	text_printf(text, "%s:[", view_text(view, group->key));
	for (uint32_t i = 0; i < group->count; i++)
		text_printf(text, "%s%s", i ? " " : "", view_text(view, group->labels[i].text));
	text_add_char(text, ']');
}

/* Units are shown when any value has one. */
static void print_numbers(const struct view *view, const struct label_group *group,
			  const char **units, struct text *text)
{
	bool any = false;

	(void)units;
	for (uint32_t i = 0; i < group->count; i++)
		any = any || group->labels[i].unit;
	text_printf(text, "%s:[", view_text(view, group->key));
	for (uint32_t i = 0; i < group->count; i++)
		text_printf(text, "%s%" PRId64 "%s%s", i ? " " : "", group->labels[i].number,
			    any ? " " : "", view_text(view, group->labels[i].unit));
	text_add_char(text, ']');
}

static void write_sample(const struct view *view, uint32_t sample, struct label_text *labels,
			 FILE *out)
{
	const struct profile *profile = view->profile;
	struct path path;

	if (!view_path(view, sample, &path))
		return;
	for (uint32_t i = 0; i < profile->type_count; i++)
		fprintf(out, " %10" PRId64, profile->values[i][sample]);
	fputs(": ", out);
	for (uint32_t at = path.end; at-- > path.first;) {
		location_id location = view_location(view, at);

		if (!view->location_marks || view->location_marks[location] & MARK_VISIBLE)
			fprintf(out, "%" PRIu64 " ", profile->locations[location].id);
	}
	fputc('\n', out);
	label_text_set(labels, sample);
	for (int numbers = 0; numbers < 2; numbers++) {
		size_t count =
			label_text_pieces(labels, numbers, numbers ? print_numbers : print_strings);

		for (size_t i = 0; i < count; i++)
			fprintf(out, "%s%s", i ? " " : "                ", labels->pieces[i]);
		if (count)
			fputc('\n', out);
	}
}

static void write_line(const struct view *view, const struct frame *frame, FILE *out)
{
	const struct profile *profile = view->profile;
	const struct function *function = &profile->functions[frame->function];

	/* What Aggregate leaves: without inlined lines columns go unless they are asked for. */
	fprintf(out, "%s %s:%" PRId64 ":%" PRId64 " s=%" PRId64,
		profile_text(profile, function->name), profile_text(profile, function->file),
		frame->line, view->spec.no_inlines && !view->spec.show_columns ? 0 : frame->column,
		function->start_line);
	if (function->name != function->system_name)
		fprintf(out, "(%s)", profile_text(profile, function->system_name));
	fputc('\n', out);
}

static void write_location(const struct view *view, const struct location *location, FILE *out)
{
	const struct profile *profile = view->profile;
	bool first = true;

	fprintf(out, "%6" PRIu64 ": 0x%" PRIx64 " ", location->id, location->address);
	if (profile->mapping_count == 0)
		fputs("M=1 ", out);
	else if (location->mapping != NONE)
		fprintf(out, "M=%" PRIu64 " ", profile->mappings[location->mapping].id);
	if (location->folded)
		fputs("[F] ", out);
	for (uint32_t i = 0; i < location->line_count; i++) {
		frame_id frame = location->first_frame + i;

		if (view->frame_node[frame] == NONE)
			continue;
		if (!first)
			fputs("             ", out);
		write_line(view, &profile->frames[frame], out);
		first = false;
	}
	if (first)
		fputc('\n', out);
}

static void write_mapping(const struct view *view, const struct mapping *mapping, FILE *out)
{
	const struct profile *profile = view->profile;

	fprintf(out, "%" PRIu64 ": 0x%" PRIx64 "/0x%" PRIx64 "/0x%" PRIx64 " %s %s %s%s%s%s\n",
		mapping->id, mapping->start, mapping->limit, mapping->offset,
		profile_text(profile, mapping->file), profile_text(profile, mapping->build_id),
		mapping->has_functions ? "[FN]" : "", mapping->has_filenames ? "[FL]" : "",
		mapping->has_line_numbers ? "[LN]" : "",
		mapping->has_inline_frames && !view->spec.no_inlines ? "[IN]" : "");
}

static bool write_raw(const struct report_input *input, const struct report *report, FILE *out,
		      struct error *error)
{
	const struct view *view = input->view;
	const struct profile *profile = view->profile;
	const struct mapping unknown = {.id = 1};
	struct label_text labels = {.view = view};

	(void)report;
	(void)error;
	write_head(profile, out);
	for (uint32_t i = 0; i < profile->sample_count; i++)
		write_sample(view, i, &labels, out);
	fputs("Locations\n", out);
	for (location_id i = 0; i < profile->location_count; i++)
		write_location(view, &profile->locations[i], out);
	fputs("Mappings\n", out);
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		write_mapping(view, &profile->mappings[i], out);
	if (profile->mapping_count == 0)
		write_mapping(view, &unknown, out);
	label_text_clear(&labels);
	return true;
}

const struct report report_raw = {
	.name = "raw",
	.summary = "The whole profile as text, after the filters",
	.untrimmed = true,
	.forces_granularity = true,
	.granularity = GRANULARITY_ADDRESSES,
	.write = write_raw,
};
