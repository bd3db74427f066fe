/* SPDX-License-Identifier: MIT */
/*
 * usage: symbol_names FILE <ADDRESSES
 *
 * Prints what ncprof calls addresses of a file, a frame a line: address, function,
 * file, line, column, first line, separated by tabs. tests/symbols/compare compares
 * that with llvm-symbolizer.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "symbol/binary_names.h"

static void print_frames(void *context, uint32_t index, const struct symbol_frame *frames,
			 uint32_t count)
{
	const struct binary_query *query = context;

	for (uint32_t i = 0; i < count; i++)
		printf("%" PRIx64 "\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n",
		       query->addresses[index], frames[i].function, frames[i].file, frames[i].line,
		       frames[i].column, frames[i].start_line);
}

static void print_note(void *context, const char *message)
{
	(void)context;
	fprintf(stderr, "%s\n", message);
}

int main(int argc, char **argv)
{
	struct binary_query query = {.path = argc == 2 ? argv[1] : NULL};
	const struct symbol_sink sink = {print_frames, print_note, &query};
	uint64_t *addresses = NULL, address;
	size_t count = 0, capacity = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: symbol_names FILE <ADDRESSES\n");
		return 2;
	}
	while (scanf("%" SCNx64, &address) == 1)
		array_push(addresses, count, capacity, address);
	query.addresses = addresses;
	query.count = (uint32_t)count;
	binary_names(&query, &sink);
	free(addresses);
	return 0;
}
