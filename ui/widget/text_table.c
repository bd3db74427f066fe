/* SPDX-License-Identifier: MIT */
#include "ui/widget/text_table.h"

#include <math.h>
#include <string.h>

#include "base/wrap.h"
#include "ui/widget/number.h"
#include "ui/term/symbol_name.h"
#include "ui/term/theme.h"

#define LEAST_COLUMNS 8
#define OWN_UNIT_COLUMNS 9 /* "1023.99MB" */
#define SHARE_COLUMNS 6

void table_span_add(struct table_span *span, int64_t value)
{
	uint64_t absolute = (uint64_t)wrap_absolute(value);

	if (absolute && absolute < span->least)
		span->least = absolute;
	if (absolute > span->most)
		span->most = absolute;
}

void table_span_init(struct table_span *span, const struct session *session)
{
	const struct function_table *table = session->shown.table;

	*span = (struct table_span){
		.least = UINT64_MAX,
		.most = (uint64_t)wrap_absolute(session->shown.view->total),
	};
	for (uint32_t i = 0; i < table->row_count; i++) {
		table_span_add(span, function_row_flat(&table->rows[i]));
		table_span_add(span, function_row_cum(&table->rows[i]));
	}
}

int table_format_columns(const struct session *session, const struct value_format *format,
			 int64_t most, int least)
{
	bool whole = format->ratio == 1 && !strcmp(format->from, format->to);
	char label[UNIT_LABEL_SIZE];
	int width;

	report_value(format, most, label);
	width = (int)strlen(label) + (whole || strchr(label, '.') ? 0 : 3) +
		session_is_difference(session);
	return width < least ? least : width;
}

int table_value_columns(const struct session *session, const struct table_span *span)
{
	/* Where each value has a unit of its own the largest is not the longest. */
	int least = !strcmp(session->format.to, "auto") || !strcmp(session->format.to, "minimum")
			    ? OWN_UNIT_COLUMNS + session_is_difference(session)
			    : LEAST_COLUMNS;

	return table_format_columns(session, &session->format, (int64_t)span->most, least);
}

int table_share_columns(const struct session *session, const struct table_span *span)
{
	double total = fabs((double)session->shown.view->total), share;
	char text[PERCENTAGE_SIZE];
	int width, longest;

	if (total == 0)
		return SHARE_COLUMNS + session_is_difference(session);
	/* Two digits that count: 0.012%, 0.0012%, 0.00012%, 1.2e-05%. */
	share = (double)span->least / total;
	width = share >= 1e-4   ? SHARE_COLUMNS
		: share >= 1e-5 ? SHARE_COLUMNS + 1
				: SHARE_COLUMNS + 2;
	unit_percentage((int64_t)span->most, session->shown.view->total, text);
	longest = (int)strlen(text);
	return (width > longest ? width : longest) + session_is_difference(session);
}

void table_number(struct canvas *line, int end, uint16_t style, const char *text)
{
	int start = end - (int)strlen(text);

	/* Digits stand in front of the unit: that may be cut, if it shows. */
	if (end > line->columns && start >= 0 && start < line->columns)
		canvas_fit(line, 0, start, line->columns - start, style, text, strlen(text));
	else
		canvas_string(line, 0, start, style, text);
}

void table_amount(const struct session *session, const struct value_format *format,
		  struct canvas *line, int end, uint16_t style, int64_t value)
{
	char label[UNIT_LABEL_SIZE];

	table_number(line, end, figure_style(session, value, style),
		     figure_value(session, format, value, label));
}

void table_percent(const struct session *session, struct canvas *line, int end, uint16_t style,
		   int64_t value, int64_t total)
{
	char share[PERCENTAGE_SIZE];

	table_number(line, end, figure_style(session, value, style),
		     figure_share(session, value, total, share));
}

const char *table_fit_name(const struct session *session, const char *name, enum charset charset,
			   int columns, bool squeeze, struct text *scratch)
{
	if (session->shown.view->spec.granularity == GRANULARITY_FILES)
		return name_fit_path(name, charset, columns);
	return (squeeze ? name_squeeze : name_fit)(name, charset, columns, scratch);
}

void table_name(const struct session *session, struct canvas *line, int column, int left,
		uint16_t style, node_id node, const char *label)
{
	const char *name = session->shown.view->node_names[node], *fitting = name;
	int label_columns = *label ? (int)strlen(label) + 1 : 0;
	struct text scratch = {0};
	struct canvas rest;
	int end;

	rest = canvas_part(line, 0, column, 1, line->columns - column - label_columns);
	if (left == 0)
		fitting =
			table_fit_name(session, name, line->charset, rest.columns, false, &scratch);
	end = canvas_matches(&rest, 0, -left, style, fitting, strlen(fitting), session->search);
	canvas_clip(&rest, 0, left, style, fitting);
	end = end < 0 ? 0 : end > rest.columns ? rest.columns : end;
	if (*label)
		canvas_string(line, 0, column + end + 1, STYLE_PLAIN, label);
	text_clear(&scratch);
}

double table_share(int64_t value, int64_t total)
{
	double share = total ? (double)value / (double)total : 0;

	return share < 0 ? -share : share;
}
