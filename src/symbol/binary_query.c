/* SPDX-License-Identifier: MIT */
#include "symbol/binary_query.h"

#include "symbol/isolate.h"
#include "symbol/name_stream.h"

static const struct isolate_limits limits = {.memory = (uint64_t)4 << 30, .seconds = 60};

/* What the process works with; all of it is there when it is forked. */
struct asking {
	const struct binary_query *query;
	struct name_reader reader;
};

static void run_query(void *context, int out)
{
	struct asking *asking = context;
	struct name_writer writer = {.out = out};
	struct symbol_sink sink = name_writer_sink(&writer);

	binary_names(asking->query, &sink);
	name_writer_end(&writer);
}

static bool take_bytes(void *context, const char *bytes, size_t length)
{
	struct asking *asking = context;

	return name_reader_take(&asking->reader, bytes, length);
}

bool binary_query_run(const struct binary_query *query, const struct symbol_sink *sink,
		      const struct progress *progress, struct error *error)
{
	struct asking asking = {query, {.sink = sink, .count = query->count}};
	const struct isolate_work work = {run_query, take_bytes, &asking};
	bool good = !query->count || isolate_run(&work, &limits, progress, error);

	name_reader_clear(&asking.reader);
	return good;
}
