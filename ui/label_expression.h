/* Values of labels as the expressions of tagfocus (view/tag_filter.h). */
#ifndef UI_LABEL_EXPRESSION_H
#define UI_LABEL_EXPRESSION_H

#include "base/text.h"
#include "view/label_table.h"

/* Adds the expression that only samples with this value of the key match. */
void label_expression(const struct label_key *key, const struct label_value *value,
		      struct text *expression);

#endif
