/* SPDX-License-Identifier: MIT */
/*
 * What jstat -gc prints of a Java virtual machine, a row for each interval;
 * with -t the time stands first. Numbers of collections and seconds are sums
 * since it started, sizes are kilobytes:
 *
 *        S0C   S1C  S0U  S1U  EC   EU   OC   OU   ...  YGC  YGCT  FGC  FGCT  CGC  CGCT  GCT
 *
 * The first row tells of all that was before, each other one of its interval.
 */
#include <string.h>

#include "format/java/jvm_collection.h"
#include "format/lines.h"
#include "format/list.h"

#define COLUMN_LIMIT 40

/* Kinds of collections: the column of their number, which that of their time follows. */
static const struct {
	const char *column, *name;
	bool concurrent;
} kinds[] = {
	{"YGC", "young collections", false},
	{"FGC", "full collections", false},
	{"CGC", "concurrent collections", true},
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

struct jstat {
	struct lines lines;
	struct stack_writer writer;
	char names[COLUMN_LIMIT][12];
	size_t column_count;
	double before[COLUMN_LIMIT]; /* the row above */
	uint64_t rows, collections;
};

static int find_column(const struct jstat *jstat, const char *name)
{
	for (size_t i = 0; i < jstat->column_count; i++)
		if (strcmp(jstat->names[i], name) == 0)
			return (int)i;
	return -1;
}

/* The names of columns; false if the line is another. */
static bool read_names(struct jstat *jstat, struct span line)
{
	struct jstat found = {0};

	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		struct span word = span_take_word(&line);

		/* "Timestamp" of -t; names are short. */
		if (found.column_count == COLUMN_LIMIT || span_length(word) > 11)
			return false;
		memcpy(found.names[found.column_count++], word.at, span_length(word));
	}
	if (find_column(&found, "YGC") < 0 || find_column(&found, "GCT") < 0)
		return false;
	memcpy(jstat->names, found.names, sizeof(found.names));
	jstat->column_count = found.column_count;
	return true;
}

/* "-" stands for what the collector does not have. */
static bool read_numbers(const struct jstat *jstat, struct span line, double *numbers)
{
	size_t count = 0;

	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		struct span word = span_take_word(&line);
		int64_t value = 0;

		if (count == jstat->column_count ||
		    (!span_equals(word, "-") && !jvm_collection_number(word, 1e6, &value)))
			return false;
		numbers[count++] = (double)value / 1e6;
	}
	return count == jstat->column_count;
}

static double number_of(const struct jstat *jstat, const double *numbers, const char *name)
{
	int column = find_column(jstat, name);

	return column < 0 ? 0 : numbers[column];
}

static int64_t bytes(const struct jstat *jstat, const double *numbers, const char *const *names)
{
	double sum = 0;

	for (; *names; names++)
		sum += number_of(jstat, numbers, *names);
	return (int64_t)(sum * 1024);
}

static void add_row(struct jstat *jstat, const double *numbers)
{
	static const char *const used[] = {"S0U", "S1U", "EU", "OU", NULL};
	static const char *const sizes[] = {"S0C", "S1C", "EC", "OC", NULL};

	for (size_t i = 0; i < KIND_COUNT; i++) {
		int column = find_column(jstat, kinds[i].column);
		int64_t values[JVM_GC_COLUMN_COUNT] = {0};

		if (column < 0 || (size_t)column + 1 >= jstat->column_count)
			continue;
		values[JVM_GC_COLLECTIONS] = (int64_t)(numbers[column] - jstat->before[column]);
		values[kinds[i].concurrent ? JVM_GC_CONCURRENT : JVM_GC_PAUSE] =
			(int64_t)((numbers[column + 1] - jstat->before[column + 1]) * 1e9 + 0.5);
		values[JVM_GC_START] = (int64_t)(number_of(jstat, numbers, "Timestamp") * 1e9);
		values[JVM_GC_AFTER] = bytes(jstat, numbers, used);
		values[JVM_GC_HEAP] = bytes(jstat, numbers, sizes);
		/* A row without collections tells of the heap all the same, once. */
		if (values[JVM_GC_COLLECTIONS] <= 0 && i > 0)
			continue;
		stack_writer_push(&jstat->writer, span_of(kinds[i].name), span_of(""), 0);
		stack_writer_end(&jstat->writer, values, JVM_GC_COLUMN_COUNT);
	}
	memcpy(jstat->before, numbers, sizeof(jstat->before));
	jstat->rows++;
}

static bool read_lines(struct jstat *jstat, struct error *error)
{
	double numbers[COLUMN_LIMIT] = {0};
	struct span line;
	bool more;

	jvm_collection_types(&jstat->writer);
	for (;;) {
		if (!lines_next(&jstat->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (!read_names(jstat, line) && jstat->column_count &&
		    read_numbers(jstat, line, numbers))
			add_row(jstat, numbers);
	}
	if (jstat->lines.open)
		lines_warn_cut(&jstat->lines, jstat->writer.builder, "table");
	return jstat->rows ||
	       error_set(error, "the table of jstat has no row; run it again: jstat -gc -t PID 1s");
}

static bool read_jstat(struct input *input, struct builder *builder, struct error *error)
{
	struct jstat jstat = {0};
	bool good;

	lines_init(&jstat.lines, input);
	stack_writer_init(&jstat.writer, builder);
	good = read_lines(&jstat, error);
	lines_clear(&jstat.lines);
	stack_writer_clear(&jstat.writer);
	return good;
}

static int probe_jstat(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct jstat jstat = {0};

	while (span_take_line(&head, &line))
		if (read_names(&jstat, line))
			return 88;
	return 0;
}

const struct format format_jstat = {
	.name = "jstat",
	.summary = "collections of Java by time: jstat -gc PID INTERVAL",
	.probe = probe_jstat,
	.embedded = true,
	.prefixed = true,
	.read = read_jstat,
};
