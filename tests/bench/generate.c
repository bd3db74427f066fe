/* SPDX-License-Identifier: MIT */
/*
 * Writes a profile of any size for measuring, the same bytes for the same
 * arguments:
 *
 *     generate real|worst SAMPLES [SEED [proto|tables|go [sparse]]] > FILE
 *
 * Stacks are walks over a fixed call graph: every function has a few callees,
 * drawn by popularity (Zipf), and a few call sites, each a location; a walk
 * ends in a chain of hot runtime functions. In the shape `real` walks mostly
 * take the likeliest way, so that stacks share as in a service (some six
 * frames to a node of the tree); in `worst` hardly two stacks are alike. A
 * quarter of the locations carries inlined functions, functions recur, a
 * third of the samples has labels. The order of fields is that of pprof's
 * encoder, of one that writes all tables first, or of the Go runtime, which
 * writes a location before the first sample that needs it. Ids are 1, 2, 3
 * ..., or sparse.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/profile.pb-c.h"
#include "report/profile/proto_writer.h"

#define FUNCTIONS 3000
#define HOT 24 /* the first functions: where stacks end */
#define SITES 3
#define LOCATIONS (FUNCTIONS * SITES)
#define CALLEES 6
#define DEPTH 60
#define REQUESTS 5000

enum {
	FIELD_TYPE = 1,
	FIELD_SAMPLE,
	FIELD_MAPPING,
	FIELD_LOCATION,
	FIELD_FUNCTION,
	FIELD_STRING,
	FIELD_TIME = 9,
	FIELD_DURATION,
	FIELD_PERIOD_TYPE,
	FIELD_PERIOD
};

static const char *const first_strings[] = {
	"",        "samples", "count",     "cpu",    "nanoseconds", "/usr/bin/service", "endpoint",
	"/search", "/render", "/checkout", "tenant", "acme",        "globex",           "request",
};

enum {
	TEXT_SAMPLES = 1,
	TEXT_COUNT,
	TEXT_CPU,
	TEXT_NANOSECONDS,
	TEXT_BINARY,
	TEXT_ENDPOINT,
	TEXT_ENDPOINTS,
	TEXT_TENANT = 10,
	TEXT_TENANTS,
	TEXT_REQUEST = 13,
	TEXT_NAMES
};

struct generator {
	struct proto_writer writer;
	uint64_t state; /* of the random numbers */
	double likely;  /* how often a walk takes the likeliest way */
	bool runtime_order, sparse;
	bool used[LOCATIONS], written[LOCATIONS];
	bool called[FUNCTIONS]; /* functions that a written location names */
};

/* --- Numbers -------------------------------------------------------------- */

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t random_number(struct generator *generator, uint64_t below)
{
	generator->state += 0x9e3779b97f4a7c15u;
	return mix(generator->state) % below;
}

static double random_share(struct generator *generator)
{
	return (double)random_number(generator, (uint64_t)1 << 53) / (double)((uint64_t)1 << 53);
}

/* 0 ... below - 1, about as often as 1 / (number + 1). */
static uint64_t zipf(double share, uint64_t below)
{
	uint64_t rank = (uint64_t)(exp(share * log((double)below + 1)) - 1);

	return rank < below ? rank : below - 1;
}

static uint64_t way(struct generator *generator, uint64_t below)
{
	if (random_share(generator) < generator->likely)
		return 0;
	return zipf(random_share(generator), below);
}

/* --- The program that is "profiled" --------------------------------------- */

/* The likeliest callees and the inlined ones are any functions, the others popular ones. */
static uint64_t callee(uint64_t caller, uint64_t choice)
{
	uint64_t number = mix(caller * 16 + choice + 1);
	double share = (double)(number >> 11) / (double)((uint64_t)1 << 53);

	return HOT + (choice < CALLEES / 2 || choice >= CALLEES ? number % (FUNCTIONS - HOT)
								: zipf(share, FUNCTIONS - HOT));
}

/* Inlined functions at a call site: none at three quarters of them. */
static unsigned inlined_at(uint64_t location)
{
	return mix(location + 7) % 4 ? 0 : 1 + (unsigned)(mix(location + 8) % 2);
}

static uint64_t location_id(const struct generator *generator, uint64_t location)
{
	return generator->sparse ? mix(location + 1) | 1 : location + 1;
}

static uint64_t function_id(const struct generator *generator, uint64_t function)
{
	return generator->sparse ? mix(~function) | 1 : function + 1;
}

static void write_function(struct generator *generator, uint64_t i)
{
	Pprof__Function function = PPROF__FUNCTION__INIT;

	function.id = function_id(generator, i);
	function.name = function.system_name = TEXT_NAMES + (int64_t)i * 2;
	function.filename = function.name + 1;
	function.start_line = 10 + (int64_t)(i % 400);
	proto_write_message(&generator->writer, FIELD_FUNCTION, &function.base);
}

static void write_location(struct generator *generator, uint64_t i)
{
	Pprof__Location location = PPROF__LOCATION__INIT;
	Pprof__Line lines[3] = {PPROF__LINE__INIT, PPROF__LINE__INIT, PPROF__LINE__INIT};
	Pprof__Line *of[3] = {&lines[0], &lines[1], &lines[2]};
	unsigned inlined = inlined_at(i);

	location.id = location_id(generator, i);
	location.mapping_id = 1;
	location.address = 0x400000 + i * 24;
	location.n_line = inlined + 1;
	location.line = of;
	for (unsigned k = 0; k <= inlined; k++) {
		uint64_t function = k == inlined ? i / SITES : callee(i, CALLEES + k);

		lines[k].function_id = function_id(generator, function);
		generator->called[function] = true;
		lines[k].line = 12 + (int64_t)(function % 400) + (int64_t)(i % SITES) * 5;
	}
	proto_write_message(&generator->writer, FIELD_LOCATION, &location.base);
	generator->written[i] = true;
}

/* --- Samples -------------------------------------------------------------- */

static uint64_t walk(struct generator *generator, uint64_t *path)
{
	uint64_t depth = 0, function = HOT + zipf(random_share(generator), 64);
	uint64_t wanted = 8 + random_number(generator, 12) + random_number(generator, 14);
	uint64_t chain = zipf(random_share(generator), HOT), length = 1 + chain % 3;

	/* The collector has short stacks of its own. */
	if (random_number(generator, 12) == 0)
		wanted = 0;
	while (depth < wanted) {
		path[depth++] = function * SITES + way(generator, SITES);
		function = callee(function, way(generator, CALLEES));
	}
	for (uint64_t i = 0; i < length; i++)
		path[depth++] = (chain + i * 5) % HOT * SITES + way(generator, SITES);
	return depth;
}

static void write_sample(struct generator *generator)
{
	Pprof__Sample sample = PPROF__SAMPLE__INIT;
	Pprof__Label labels[3] = {PPROF__LABEL__INIT, PPROF__LABEL__INIT, PPROF__LABEL__INIT};
	Pprof__Label *of[3] = {&labels[0], &labels[1], &labels[2]};
	uint64_t path[DEPTH], stack[DEPTH], depth = walk(generator, path);
	int64_t values[2] = {1 + (int64_t)zipf(random_share(generator), 40), 0};

	for (uint64_t i = 0; i < depth; i++) {
		stack[i] = location_id(generator, path[depth - 1 - i]);
		generator->used[path[i]] = true;
		if (generator->runtime_order && !generator->written[path[i]])
			write_location(generator, path[i]);
	}
	values[1] = values[0] * 10000000;
	sample.n_location_id = depth;
	sample.location_id = stack;
	sample.n_value = 2;
	sample.value = values;
	if (random_number(generator, 3) == 0) {
		labels[0].key = TEXT_ENDPOINT;
		labels[0].str = TEXT_ENDPOINTS + (int64_t)random_number(generator, 3);
		labels[1].key = TEXT_TENANT;
		labels[1].str = TEXT_TENANTS + (int64_t)random_number(generator, 2);
		labels[2].key = TEXT_REQUEST;
		labels[2].num = 1 + (int64_t)random_number(generator, REQUESTS);
		sample.n_label = 3;
		sample.label = of;
	}
	proto_write_message(&generator->writer, FIELD_SAMPLE, &sample.base);
}

/* --- Tables --------------------------------------------------------------- */

static void write_header(struct generator *generator)
{
	static const int64_t types[][2] = {{TEXT_SAMPLES, TEXT_COUNT},
					   {TEXT_CPU, TEXT_NANOSECONDS}};
	Pprof__ValueType type = PPROF__VALUE_TYPE__INIT;

	for (int i = 0; i < 2; i++) {
		type.type = types[i][0];
		type.unit = types[i][1];
		proto_write_message(&generator->writer, FIELD_TYPE, &type.base);
	}
	proto_write_message(&generator->writer, FIELD_PERIOD_TYPE, &type.base);
	proto_write_number(&generator->writer, FIELD_PERIOD, 10000000);
	proto_write_number(&generator->writer, FIELD_TIME, 1700000000000000000);
	proto_write_number(&generator->writer, FIELD_DURATION, 30000000000);
}

/* The locations and functions that samples need, or all. */
static void write_code(struct generator *generator, bool all)
{
	Pprof__Mapping mapping = PPROF__MAPPING__INIT;

	mapping.id = 1;
	mapping.memory_start = 0x400000;
	mapping.memory_limit = 0x800000;
	mapping.filename = TEXT_BINARY;
	mapping.has_functions = mapping.has_filenames = mapping.has_line_numbers = 1;
	proto_write_message(&generator->writer, FIELD_MAPPING, &mapping.base);
	for (uint64_t i = 0; i < LOCATIONS; i++)
		if ((generator->used[i] || all) && !generator->written[i])
			write_location(generator, i);
	for (uint64_t i = 0; i < FUNCTIONS; i++)
		if (generator->called[i])
			write_function(generator, i);
}

static void write_strings(struct generator *generator)
{
	char text[96];

	for (size_t i = 0; i < TEXT_NAMES; i++)
		proto_write_string(&generator->writer, FIELD_STRING, first_strings[i],
				   strlen(first_strings[i]));
	for (uint64_t i = 0; i < FUNCTIONS; i++) {
		unsigned package = (unsigned)(mix(i) % 40);
		int length = snprintf(text, sizeof(text),
				      i < HOT ? "runtime.hot%u%u"
					      : "example.com/shop/part%u.(*worker).step%u",
				      package, (unsigned)i);

		proto_write_string(&generator->writer, FIELD_STRING, text, (size_t)length);
		length = snprintf(text, sizeof(text), "example.com/shop/part%u/file%u.go", package,
				  (unsigned)(i % 7));
		proto_write_string(&generator->writer, FIELD_STRING, text, (size_t)length);
	}
}

static int fail(const char *message)
{
	fprintf(stderr, "generate: %s\n", message);
	return 2;
}

int main(int argc, char **argv)
{
	static struct generator generator;
	const char *order = argc > 4 ? argv[4] : "proto";
	struct error error;

	if (argc < 3 || argc > 6 || (strcmp(argv[1], "real") != 0 && strcmp(argv[1], "worst") != 0))
		return fail(
			"usage: generate real|worst SAMPLES [SEED [proto|tables|go [sparse]]] > FILE");
	generator.likely = strcmp(argv[1], "real") == 0 ? 0.93 : 0;
	generator.state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	generator.runtime_order = strcmp(order, "go") == 0;
	generator.sparse = argc > 5;
	proto_writer_init(&generator.writer, stdout);
	write_header(&generator);
	if (strcmp(order, "tables") == 0) {
		write_strings(&generator);
		write_code(&generator, true);
	}
	for (long i = strtol(argv[2], NULL, 10); i > 0; i--)
		write_sample(&generator);
	if (strcmp(order, "tables") != 0) {
		write_code(&generator, false);
		write_strings(&generator);
	}
	return proto_writer_end(&generator.writer, &error) ? 0 : fail(error.message);
}
