/* SPDX-License-Identifier: MIT */
#include "symbol/debug_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"

#define DEBUG_ROOT "/usr/lib/debug"

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* debuginfod's clients keep what they have fetched; nothing is fetched here. */
static bool find_cached(const char *build_id, struct text *found)
{
	static const struct {
		const char *variable, *below;
	} caches[] = {
		{"DEBUGINFOD_CACHE_PATH", ""},
		{"XDG_CACHE_HOME", "/debuginfod_client"},
		{"HOME", "/.cache/debuginfod_client"},
		{"HOME", "/.debuginfod_client_cache"},
	};

	for (size_t i = 0; i < sizeof(caches) / sizeof(caches[0]); i++) {
		const char *root = getenv(caches[i].variable);

		if (!root || *root != '/')
			continue;
		text_reset(found);
		text_printf(found, "%s%s/%s/debuginfo", root, caches[i].below, build_id);
		if (is_file(found->bytes))
			return true;
	}
	return false;
}

static bool find_by_build_id(const struct elf_file *elf, struct text *found)
{
	if (strlen(elf->build_id) <= 2)
		return false;
	text_reset(found);
	text_printf(found, DEBUG_ROOT "/.build-id/%.2s/%s.debug", elf->build_id, elf->build_id + 2);
	return is_file(found->bytes) || find_cached(elf->build_id, found);
}

static bool has_checksum(const char *path, uint32_t wanted)
{
	enum { STEP = 1 << 16 };
	uLong sum = crc32(0, Z_NULL, 0);
	unsigned char *bytes;
	int descriptor;
	ssize_t count;

	if (!is_file(path))
		return false;
	descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (descriptor < 0)
		return false;
	bytes = alloc(STEP);
	while ((count = read(descriptor, bytes, STEP)) > 0)
		sum = crc32(sum, bytes, (uInt)count);
	free(bytes);
	close(descriptor);
	return count == 0 && sum == wanted;
}

/* The name of .gnu_debuglink and the checksum of that file; NULL if there is none. */
static char *read_link(const struct elf_file *elf, uint32_t *checksum)
{
	const struct elf_section *section = elf_find_section(elf, ".gnu_debuglink");
	char *bytes = section ? elf_read_section(elf, section) : NULL;
	size_t at = bytes ? (strlen(bytes) + 4) / 4 * 4 : 0;

	if (bytes && *bytes && !strchr(bytes, '/') && at + 4 <= section->size) {
		*checksum = (uint32_t)elf_number(elf, bytes + at, 4);
		return bytes;
	}
	free(bytes);
	return NULL;
}

static bool find_by_link(const struct elf_file *elf, const char *path, struct text *found)
{
	static const char *const places[][2] = {{"", "/"}, {"", "/.debug/"}, {DEBUG_ROOT, "/"}};
	const char *slash = strrchr(path, '/');
	uint32_t checksum;
	char *name = read_link(elf, &checksum);
	bool good = false;

	for (size_t i = 0; name && !good && i < sizeof(places) / sizeof(places[0]); i++) {
		text_reset(found);
		text_printf(found, "%s%.*s%s%s", places[i][0], slash ? (int)(slash - path) : 1,
			    slash ? path : ".", places[i][1], name);
		good = has_checksum(found->bytes, checksum);
	}
	free(name);
	return good;
}

void debug_file_find(const struct elf_file *elf, const char *path, struct text *found)
{
	if (find_by_build_id(elf, found) || find_by_link(elf, path, found))
		return;
	text_reset(found);
	text_add_string(found, path);
}
