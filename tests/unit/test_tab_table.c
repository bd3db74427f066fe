/* SPDX-License-Identifier: MIT */
/* Columns by the rules of Go's text/tabwriter; the answers are Go's. */
#include "fixture.h"

#include <stdio.h>

#include "report/text/tab_table.h"

static void check(const char *text, const char *want)
{
	char *bytes;
	size_t length;
	FILE *file = open_memstream(&bytes, &length);

	tab_table_write(text, strlen(text), file);
	fclose(file);
	assert_string_equal(bytes, want);
	free(bytes);
}

static void a_column_is_as_wide_as_its_widest_cell(void **state)
{
	(void)state;
	check("key:\t Total 3\n \t1:\t a\n \t12:\t b\n\n",
	      " key: Total 3\n       1: a\n      12: b\n\n");
}

static void a_line_without_the_column_ends_it(void **state)
{
	(void)state;
	check("a\tx\nlong\ty\nno tab\nb\tz\n", "    ax\n longy\nno tab\n bz\n");
	check("a\tb\tc\nd\te\nlong\tf\tg\n", "    a bc\n    de\n long fg\n");
}

static void widths_count_characters(void **state)
{
	(void)state;
	check("\u00e9\u4e16\tx\nabc\ty\n\xff\tz\n", "  \u00e9\u4e16x\n abcy\n   \xffz\n");
}

static void empty_cells_and_other_separators_work(void **state)
{
	(void)state;
	check("", "");
	check("\t\t\n", "  \n");
	check("a\vb\nlong\vc\n", "    ab\n longc\n");
	check("long\ta\fb\tc\n", " longa\n bc\n");
	check("no newline", "no newline");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_is_as_wide_as_its_widest_cell),
		cmocka_unit_test(a_line_without_the_column_ends_it),
		cmocka_unit_test(widths_count_characters),
		cmocka_unit_test(empty_cells_and_other_separators_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
