/* SPDX-License-Identifier: MIT */
#include "report/profile/gzip_writer.h"

#include <stdlib.h>

#include "base/alloc.h"

#define PACKED_SIZE ((size_t)1 << 16)

#ifdef HAVE_ISAL

#include <isa-l/igzip_lib.h>

struct gzip_writer {
	FILE *out;
	struct isal_zstream zip;
	uint8_t level[ISAL_DEF_LVL1_DEFAULT];
	uint8_t packed[PACKED_SIZE];
};

struct gzip_writer *gzip_writer_new(FILE *out)
{
	struct gzip_writer *writer = alloc_zero(1, sizeof(*writer));

	writer->out = out;
	isal_deflate_init(&writer->zip);
	writer->zip.gzip_flag = IGZIP_GZIP;
	writer->zip.level = 1;
	writer->zip.level_buf = writer->level;
	writer->zip.level_buf_size = sizeof(writer->level);
	return writer;
}

bool gzip_writer_add(struct gzip_writer *writer, const void *bytes, size_t length, bool last)
{
	struct isal_zstream *zip = &writer->zip;

	zip->next_in = (uint8_t *)bytes;
	zip->avail_in = (uint32_t)length;
	zip->end_of_stream = last;
	do {
		size_t count;

		zip->next_out = writer->packed;
		zip->avail_out = PACKED_SIZE;
		isal_deflate(zip);
		count = PACKED_SIZE - zip->avail_out;
		if (fwrite(writer->packed, 1, count, writer->out) != count)
			return false;
	} while (zip->avail_out == 0);
	return true;
}

void gzip_writer_free(struct gzip_writer *writer)
{
	free(writer);
}

#else

#include <zlib.h>

struct gzip_writer {
	FILE *out;
	z_stream zip;
	unsigned char packed[PACKED_SIZE];
};

struct gzip_writer *gzip_writer_new(FILE *out)
{
	struct gzip_writer *writer = alloc_zero(1, sizeof(*writer));

	writer->out = out;
	/* 15 + 16: the largest window, in a gzip file. */
	if (deflateInit2(&writer->zip, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		alloc_fail(sizeof(*writer));
	return writer;
}

bool gzip_writer_add(struct gzip_writer *writer, const void *bytes, size_t length, bool last)
{
	writer->zip.next_in = (unsigned char *)bytes;
	writer->zip.avail_in = (uInt)length;
	do {
		size_t count;

		writer->zip.next_out = writer->packed;
		writer->zip.avail_out = PACKED_SIZE;
		deflate(&writer->zip, last ? Z_FINISH : Z_NO_FLUSH);
		count = PACKED_SIZE - writer->zip.avail_out;
		if (fwrite(writer->packed, 1, count, writer->out) != count)
			return false;
	} while (writer->zip.avail_out == 0);
	return true;
}

void gzip_writer_free(struct gzip_writer *writer)
{
	deflateEnd(&writer->zip);
	free(writer);
}

#endif
