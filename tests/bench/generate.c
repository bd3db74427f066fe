/*
 * Writes a profile of any size for measuring, the same bytes for the same
 * arguments:
 *
 *     generate real|worst SAMPLES > FILE
 *
 * Every function calls a few others again and again (real: stacks share long
 * prefixes, about as in a service) or any of many (worst: almost no two stacks
 * alike). Some locations carry an inlined function, some samples labels;
 * recursion happens. Fields stand in the order in which Go writes them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/profile.pb-c.h"
#include "report/proto_writer.h"

#define FUNCTIONS 3000
#define LINES 4 /* locations of each function */
#define DEPTH 40
#define STRINGS_BEFORE 10

enum {
	FIELD_TYPE = 1,
	FIELD_SAMPLE,
	FIELD_MAPPING,
	FIELD_LOCATION,
	FIELD_FUNCTION,
	FIELD_STRING,
	FIELD_TIME = 9
};

static const char *const first_strings[STRINGS_BEFORE] = {
	"",         "samples", "count",   "cpu",        "nanoseconds", "/usr/bin/service",
	"endpoint", "/search", "/render", "service.go",
};

struct generator {
	struct proto_writer writer;
	uint64_t state; /* of the random numbers */
	bool worst;
};

static uint64_t random_number(struct generator *generator, uint64_t below)
{
	generator->state ^= generator->state << 13;
	generator->state ^= generator->state >> 7;
	generator->state ^= generator->state << 17;
	return generator->state % below;
}

/* The function that `caller` calls: few likely ones, or any of many. */
static uint64_t pick_callee(struct generator *generator, uint64_t caller)
{
	uint64_t choice = 0;

	if (generator->worst) {
		choice = random_number(generator, 64);
	} else {
		while (choice < 12 && random_number(generator, 100) < 35)
			choice++;
	}
	return (caller * 31 + choice * choice * 7 + choice + 1) % FUNCTIONS;
}

static void write_types(struct generator *generator)
{
	Pprof__ValueType type = PPROF__VALUE_TYPE__INIT;

	for (int i = 0; i < 2; i++) {
		type.type = 1 + i * 2;
		type.unit = 2 + i * 2;
		proto_write_message(&generator->writer, FIELD_TYPE, &type.base);
	}
}

static void write_sample(struct generator *generator)
{
	Pprof__Sample sample = PPROF__SAMPLE__INIT;
	Pprof__Label label = PPROF__LABEL__INIT, *labels[] = {&label};
	uint64_t path[DEPTH], stack[DEPTH], function = 0, depth = 0;
	int64_t values[2] = {1 + (int64_t)random_number(generator, 5), 0};

	do {
		path[depth++] = function * LINES +
				random_number(generator, generator->worst ? LINES : 2) + 1;
		function = pick_callee(generator, function);
	} while (depth < DEPTH && random_number(generator, 24) != 0);
	for (uint64_t i = 0; i < depth; i++)
		stack[i] = path[depth - 1 - i];
	values[1] = values[0] * 10000000;
	sample.n_location_id = depth;
	sample.location_id = stack;
	sample.n_value = 2;
	sample.value = values;
	if (random_number(generator, 4) == 0) {
		label.key = 6;
		label.str = 7 + (int64_t)random_number(generator, 2);
		sample.n_label = 1;
		sample.label = labels;
	}
	proto_write_message(&generator->writer, FIELD_SAMPLE, &sample.base);
}

static void write_code(struct generator *generator)
{
	for (uint64_t i = 0; i < FUNCTIONS; i++) {
		Pprof__Function function = PPROF__FUNCTION__INIT;

		function.id = i + 1;
		function.name = function.system_name = STRINGS_BEFORE + (int64_t)i;
		function.filename = 9;
		proto_write_message(&generator->writer, FIELD_FUNCTION, &function.base);
		for (uint64_t line = 0; line < LINES; line++) {
			Pprof__Location location = PPROF__LOCATION__INIT;
			Pprof__Line lines[2] = {PPROF__LINE__INIT, PPROF__LINE__INIT},
				    *of[2] = {&lines[0], &lines[1]};

			location.id = i * LINES + line + 1;
			location.mapping_id = 1;
			location.address = 0x400000 + location.id * 16;
			location.n_line = i % 10 == 0 ? 2 : 1;
			location.line = of;
			lines[0].function_id = i % 10 == 0 ? (i + 1) % FUNCTIONS + 1 : i + 1;
			lines[1].function_id = i + 1;
			lines[0].line = lines[1].line = (int64_t)line * 10 + 7;
			proto_write_message(&generator->writer, FIELD_LOCATION, &location.base);
		}
	}
}

static void write_strings(struct generator *generator)
{
	char name[64];

	for (int i = 0; i < STRINGS_BEFORE; i++)
		proto_write_string(&generator->writer, FIELD_STRING, first_strings[i],
				   strlen(first_strings[i]));
	for (int i = 0; i < FUNCTIONS; i++) {
		int length = snprintf(name, sizeof(name),
				      "example.com/service/part%d.(*worker).step%d", i % 40, i);

		proto_write_string(&generator->writer, FIELD_STRING, name, (size_t)length);
	}
}

int main(int argc, char **argv)
{
	struct generator generator = {.state = 88172645463325252u};
	Pprof__Mapping mapping = PPROF__MAPPING__INIT;
	struct error error;

	if (argc != 3 || (strcmp(argv[1], "real") != 0 && strcmp(argv[1], "worst") != 0)) {
		fputs("usage: generate real|worst SAMPLES > FILE\n", stderr);
		return 2;
	}
	generator.worst = strcmp(argv[1], "worst") == 0;
	proto_writer_init(&generator.writer, stdout);
	write_types(&generator);
	proto_write_number(&generator.writer, FIELD_TIME, 1700000000000000000);
	for (long i = strtol(argv[2], NULL, 10); i > 0; i--)
		write_sample(&generator);
	write_code(&generator);
	mapping.id = 1;
	mapping.memory_start = 0x400000;
	mapping.memory_limit = 0x800000;
	mapping.filename = 5;
	proto_write_message(&generator.writer, FIELD_MAPPING, &mapping.base);
	write_strings(&generator);
	if (!proto_writer_end(&generator.writer, &error)) {
		fprintf(stderr, "generate: %s\n", error.message);
		return 2;
	}
	return 0;
}
