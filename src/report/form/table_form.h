/* SPDX-License-Identifier: MIT */
/*
 * top, text, tree, peek and tags for programs: -json and -csv. The rows are
 * those of the text, in its order. Names of fields and columns stay; new ones
 * may be added behind. Values are whole numbers in the unit of the profile,
 * after -mean and -divide_by; -unit only tells numeric labels apart.
 *
 * JSON, all: {"report", "type", "unit", "total": the 100 %, ...}
 *     top, text    "nodes": [{"name", "flat", "cum", "inline": "", "(inline)"
 *                  or "(partial-inline)"}]
 *     tree, peek   "nodes": [{"name", "flat", "cum",
 *                    "callers": [{"name", "value", "inline": bool}],
 *                    "callees": the same}]
 *     tags         "keys": [{"key", "total", "values": [{"value", "total"}]}]
 * CSV, with these columns in the first line:
 *     top, text    name,flat,cum,inline
 *     tree, peek   node,relation,name,flat,cum,value,inline    relation: node
 *                  (flat and cum), caller or callee (value and inline)
 *     tags         key,value,total
 */
#ifndef REPORT_FORM_TABLE_FORM_H
#define REPORT_FORM_TABLE_FORM_H

#include "report/form/json.h"
#include "report/report.h"

/* Forms of top and text. */
bool table_form_top_json(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error);
bool table_form_top_csv(const struct report_input *input, const struct report *report, FILE *out,
			struct error *error);

/* Forms of tree and peek. */
bool table_form_tree_json(const struct report_input *input, const struct report *report, FILE *out,
			  struct error *error);
bool table_form_tree_csv(const struct report_input *input, const struct report *report, FILE *out,
			 struct error *error);

/* Opens the object of any JSON form and writes what all have. */
void table_form_open(const struct report_input *input, const struct report *report,
		     struct json *json);

/* A value as these forms have it. */
int64_t table_form_value(const struct report_input *input, int64_t value);

#endif
