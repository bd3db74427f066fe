/* SPDX-License-Identifier: MIT */
/*
 * Stands in for libFuzzer where the compiler is not clang: gives each file on the command line to
 * the fuzz target it is linked with. A crash or a sanitizer's report is the failure.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The block is exactly as long as the file, so that AddressSanitizer sees a read beyond its end. */
static bool replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	fseek(file, 0, SEEK_END);
	size_t size = ftell(file);
	rewind(file);
	uint8_t *data = malloc(size ? size : 1);
	bool good = data && fread(data, 1, size, file) == size;
	if (good)
		LLVMFuzzerTestOneInput(data, size);
	free(data);
	fclose(file);
	return good;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!replay(argv[i])) {
			perror(argv[i]);
			return 1;
		}
	}
	return 0;
}
