/* SPDX-License-Identifier: MIT */
#include "report/stacks/flame_color.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Names that begin with one of these have a hue of their own; the first that fits counts. */
static const struct {
	const char *prefix;
	int hue;
} special[] = {
	/* Garbage collection and allocation: violet. */
	{"runtime.gc", 285},
	{"runtime.bgscavenge", 285},
	{"runtime.bgsweep", 285},
	{"runtime.greyobject", 285},
	{"runtime.malloc", 285},
	{"runtime.mark", 285},
	{"runtime.scan", 285},
	{"runtime.sweep", 285},
	{"runtime.wbBuf", 285},
	{"runtime.(*gc", 285},
	{"runtime.(*mcache)", 285},
	{"runtime.(*mcentral)", 285},
	{"runtime.(*mheap)", 285},
	{"runtime.(*mspan)", 285},
	{"runtime.(*sweep", 285},
	/* The kernel and the way there: teal. */
	{"syscall.", 175},
	{"internal/runtime/syscall.", 175},
	{"runtime/internal/syscall.", 175},
	{"internal/syscall/", 175},
	{"runtime.futex", 175},
	{"runtime.epoll", 175},
	{"runtime.netpoll", 175},
	{"runtime.usleep", 175},
	{"runtime.write1", 175},
	{"[kernel", 175},
	{"__x64_sys_", 175},
	{"do_syscall_", 175},
	{"entry_SYSCALL_", 175},
	/* The rest of the runtime: blue. */
	{"runtime.", 215},
	{"runtime/internal/", 215},
	{"internal/runtime/", 215},
};

/* Everything else: red to green, then pink to red. */
#define FIRST_HUES 150
#define MORE_HUES 40
#define MORE_HUES_START 315

/* FNV-1a: pictures of different runs and versions must agree, so the hash is part of the format. */
static uint32_t hash(const char *bytes, size_t length)
{
	uint32_t sum = 2166136261u;

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * 16777619u;
	return sum ^ sum >> 15;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

/* ((.*)/)?\w+ before the first "." or "::" behind the last slash. */
size_t flame_package(const char *name)
{
	const char *slash, *at, *bracket = strpbrk(name, "([<");
	const char *end = bracket ? bracket : name + strlen(name);

	/* Slashes of receivers and type arguments are not the package's. */
	slash = memrchr(name, '/', (size_t)(end - name));
	at = slash ? slash + 1 : name;
	while (is_word(*at) || *at == '-')
		at++;
	return *at == '.' || strncmp(at, "::", 2) == 0 ? (size_t)(at - name) : 0;
}

/* Hue in degrees, the others 0..1. */
static const char *from_hsl(int hue, double saturation, double lightness,
			    char color[FLAME_COLOR_SIZE])
{
	double spread = saturation * fmin(lightness, 1 - lightness);
	unsigned channels[3];
	static const int shifts[3] = {0, 8, 4};

	for (int i = 0; i < 3; i++) {
		double turn = fmod(shifts[i] + hue / 30.0, 12);
		double part = lightness - spread * fmax(-1, fmin(fmin(turn - 3, 9 - turn), 1));

		channels[i] = (unsigned)(part * 255 + 0.5) & 0xff;
	}
	snprintf(color, FLAME_COLOR_SIZE, "#%02x%02x%02x", channels[0], channels[1], channels[2]);
	return color;
}

const char *flame_color(const char *name, char color[FLAME_COLOR_SIZE])
{
	size_t package = flame_package(name), length = strlen(name);
	/* Functions of one package differ a little in brightness, so that neighbours can be told apart. */
	int hue = (int)(hash(name, package ? package : length) % (FIRST_HUES + MORE_HUES));
	double lightness = 0.68 + 0.01 * (hash(name, length) % 9);

	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (strncmp(name, special[i].prefix, strlen(special[i].prefix)) == 0)
			return from_hsl(special[i].hue, 0.45, lightness, color);
	if (hue >= FIRST_HUES)
		hue += MORE_HUES_START - FIRST_HUES;
	return from_hsl(hue, 0.65, lightness, color);
}

const char *flame_change_color(double change, char color[FLAME_COLOR_SIZE])
{
	/* From light grey; the root makes small changes visible. */
	double strength = sqrt(fmin(fabs(change), 1));

	return change < 0 ? from_hsl(140, 0.55 * strength, 0.88 - 0.3 * strength, color)
			  : from_hsl(4, 0.85 * strength, 0.88 - 0.25 * strength, color);
}
