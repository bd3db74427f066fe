#include "ui/table.h"

#include <string.h>

#include "ui/name.h"
#include "ui/theme.h"

#define LEAST_COLUMNS 8
#define MOST_COLUMNS 16

int table_value_columns(const struct session *session)
{
	char label[UNIT_LABEL_SIZE];
	int width;

	report_value(&session->format, session->shown.view->total, label);
	width = (int)strlen(label) + (strchr(label, '.') ? 0 : 3);
	return width < LEAST_COLUMNS ? LEAST_COLUMNS : width > MOST_COLUMNS ? MOST_COLUMNS : width;
}

void table_number(struct canvas *line, int end, uint16_t style, const char *text)
{
	canvas_string(line, 0, end - (int)strlen(text), style, text);
}

void table_name(const struct session *session, struct canvas *line, int column, int left,
	uint16_t style, node_id node, const char *label)
{
	const char *name = session->shown.view->node_names[node], *fitting = name;
	int label_columns = *label ? (int)strlen(label) + 1 : 0;
	struct canvas rest;
	int end;

	rest = canvas_part(line, 0, column, 1, line->columns - column - label_columns);
	if (left == 0)
		fitting = name_fit(name, line->charset, rest.columns);
	end = canvas_matches(&rest, 0, -left, style, fitting, strlen(fitting), session->search);
	canvas_clip(&rest, 0, left, style, fitting);
	end = end < 0 ? 0 : end > rest.columns ? rest.columns : end;
	if (*label)
		canvas_string(line, 0, column + end + 1, STYLE_PLAIN, label);
}

double table_share(int64_t value, int64_t total)
{
	double share = total ? (double)value / (double)total : 0;

	return share < 0 ? -share : share;
}
