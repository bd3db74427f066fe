/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((uintptr_t)4096)
#define HUGE_SIZE ((size_t)1 * 1024 * 1024) /* worth huge pages */

_Noreturn void alloc_fail(size_t size)
{
	fprintf(stderr,
		"ncprof: out of memory (%zu bytes wanted); close other programs or use a smaller profile\n",
		size);
	exit(2);
}

/*
 * Columns of a big profile are tens of megabytes: asking for huge pages saves
 * half of the load time in page faults. The whole mapping is advised, up to
 * the last page: advice for a part would split it in the kernel's books, and
 * then it can grow only by copying. A hint, so failure does not matter.
 */
static void *advise(void *memory, size_t size)
{
	uintptr_t start = (uintptr_t)memory & ~(PAGE - 1);
	uintptr_t end = ((uintptr_t)memory + size + PAGE - 1) & ~(PAGE - 1);

	if (size >= HUGE_SIZE)
		madvise((void *)start, end - start, MADV_HUGEPAGE);
	return memory;
}

void *alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		alloc_fail(size);
	return advise(memory, size);
}

void *alloc_zero(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		alloc_fail(count * size);
	return memory;
}

void *alloc_resize(void *old, size_t count, size_t size)
{
	void *memory;

	if (size && count > SIZE_MAX / size)
		alloc_fail(SIZE_MAX);
	memory = realloc(old, count && size ? count * size : 1);
	if (!memory)
		alloc_fail(count * size);
	return advise(memory, count * size);
}

char *alloc_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(alloc(size), text, size);
}
