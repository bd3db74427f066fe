/* SPDX-License-Identifier: MIT */
/*
 * Our own reader of the Sample message. Samples are nearly all bytes of a
 * profile and the generated code takes twice as long for them (numbers in
 * doc/HACKING.md); a test holds it against the generated code.
 */
#ifndef FORMAT_PPROF_PPROF_SAMPLE_H
#define FORMAT_PPROF_PPROF_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Strings are indices into the file's string table. */
struct pprof_label {
	int64_t key, text, number, unit;
};

/* One sample as it stands in the file; arrays are reused from sample to sample. */
struct pprof_sample {
	uint32_t *locations; /* ids less 1, leaf first: right if `greatest` is below 2^32 */
	uint64_t greatest;   /* of the ids less 1; 0 for no locations */
	uint64_t *ids;       /* of pprof_sample_ids */
	int64_t *values;
	struct pprof_label *labels;
	size_t location_count, value_count, label_count;
	size_t location_capacity, id_capacity, value_capacity, label_capacity;
};

/* False if the bytes are no Sample. */
bool pprof_sample_read(struct pprof_sample *sample, const char *bytes, size_t length);

/* The ids of the locations of the sample that was read last, from the same bytes. */
const uint64_t *pprof_sample_ids(struct pprof_sample *sample, const char *bytes, size_t length);

void pprof_sample_clear(struct pprof_sample *sample);

#endif
