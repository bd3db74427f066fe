/* SPDX-License-Identifier: MIT */
/* What each value of each label costs: pprof's -tags. */
#include "report/form/csv.h"
#include "report/list.h"
#include "report/text/tab_table.h"
#include "report/form/table_form.h"
#include "view/label_table.h"

/* " (P)"; without a total there is no share. */
static void add_share(struct text *text, const struct report_input *input, int64_t value)
{
	char share[PERCENTAGE_SIZE];

	if (input->view->total > 0)
		text_printf(text, " (%s)",
			    report_share(input->options, value, input->view->total, share));
}

static void add_key(struct text *text, const struct label_key *key,
		    const struct report_input *input)
{
	char sum[UNIT_LABEL_SIZE], all[UNIT_LABEL_SIZE];
	struct value_format format;

	report_own_unit(input, &format);
	text_printf(text, "%s:\t Total %s of %s", key->name, report_value(&format, key->total, sum),
		    report_value(&format, input->view->total, all));
	add_share(text, input, key->total);
	text_add_char(text, '\n');
	for (uint32_t i = 0; i < key->value_count; i++) {
		text_printf(text, " \t%s", report_value(&format, key->values[i].sum, sum));
		add_share(text, input, key->values[i].sum);
		text_printf(text, ":\t %s\n", key->values[i].text);
	}
	text_add_char(text, '\n');
}

static bool write_tags(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct label_table *table = label_table_build(input->view, input->options->unit);
	struct text text = {0};

	(void)report;
	(void)error;
	for (uint32_t i = 0; i < table->key_count; i++)
		add_key(&text, &table->keys[i], input);
	tab_table_write(text_string(&text), text.length, out);
	text_clear(&text);
	label_table_free(table);
	return true;
}

static bool write_json(const struct report_input *input, const struct report *report, FILE *out,
		       struct error *error)
{
	struct label_table *table = label_table_build(input->view, input->options->unit);
	struct json json = {.out = out};

	(void)error;
	table_form_open(input, report, &json);
	json_open(&json, "keys", '[');
	for (uint32_t i = 0; i < table->key_count; i++) {
		const struct label_key *key = &table->keys[i];

		json_open(&json, NULL, '{');
		json_text(&json, "key", key->name);
		json_integer(&json, "total", table_form_value(input, key->total));
		json_open(&json, "values", '[');
		for (uint32_t k = 0; k < key->value_count; k++) {
			json_open(&json, NULL, '{');
			json_text(&json, "value", key->values[k].text);
			json_integer(&json, "total", table_form_value(input, key->values[k].sum));
			json_close(&json, '}');
		}
		json_close(&json, ']');
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
	label_table_free(table);
	return true;
}

static bool write_csv(const struct report_input *input, const struct report *report, FILE *out,
		      struct error *error)
{
	struct label_table *table = label_table_build(input->view, input->options->unit);

	(void)report;
	(void)error;
	fputs("key,value,total\n", out);
	for (uint32_t i = 0; i < table->key_count; i++) {
		for (uint32_t k = 0; k < table->keys[i].value_count; k++) {
			const struct label_value *value = &table->keys[i].values[k];

			csv_text(table->keys[i].name, ',', out);
			csv_text(value->text, ',', out);
			csv_integer(table_form_value(input, value->sum), '\n', out);
		}
	}
	label_table_free(table);
	return true;
}

const struct report report_tags = {
	.name = "tags",
	.summary = "The values of each label and what they cost",
	.filters_labels = true,
	.write = write_tags,
	.write_json = write_json,
	.write_csv = write_csv,
};
