/* SPDX-License-Identifier: MIT */
#include "report/stacks/flame_color.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "classify/kind.h"
#include "classify/package.h"

/* Hues of the kinds of work; 0: as the package has it. */
static const int kind_hues[KIND_COUNT] = {
	/* Garbage collection and allocation: violet. */
	[KIND_GC] = 285,
	[KIND_ALLOCATION] = 285,
	/* The kernel and the way there: teal. */
	[KIND_SYSCALL] = 175,
	/* The rest of the runtime: blue. */
	[KIND_LOCK] = 215,
	[KIND_CHANNEL] = 215,
	[KIND_SCHEDULER] = 215,
	[KIND_MEMORY] = 215,
	[KIND_MAP] = 215,
	[KIND_INTERFACE] = 215,
	[KIND_RUNTIME] = 215,
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
	size_t package = package_length(name), length = strlen(name);
	/* Functions of one package differ a little in brightness, so that neighbours can be told apart. */
	int hue = (int)(hash(name, package ? package : length) % (FIRST_HUES + MORE_HUES));
	int kind_hue = kind_hues[kind_of_frame(name)];
	double lightness = 0.68 + 0.01 * (hash(name, length) % 9);

	if (kind_hue)
		return from_hsl(kind_hue, 0.45, lightness, color);
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
