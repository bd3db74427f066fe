/* SPDX-License-Identifier: MIT */
#include "profile/unit.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/utf8.h"

struct unit {
	const char *name;
	const char *aliases[4];
	double factor;
};

struct family {
	struct unit units[10]; /* ascending, the first without a name ends the list */
	const char *default_name;
	double default_factor;
};

/* pprof knows these and only these (no minutes, no days). */
static const struct family families[] = {
	{
		.units =
			{
				{"B", {"b", "byte"}, 1},
				{"kB", {"kb", "kbyte", "kilobyte"}, 0x1p10},
				{"MB", {"mb", "mbyte", "megabyte"}, 0x1p20},
				{"GB", {"gb", "gbyte", "gigabyte"}, 0x1p30},
				{"TB", {"tb", "tbyte", "terabyte"}, 0x1p40},
				{"PB", {"pb", "pbyte", "petabyte"}, 0x1p50},
			},
		.default_name = "B",
		.default_factor = 1,
	},
	{
		.units =
			{
				{"ns", {"ns", "nanosecond"}, 1},
				{"us", {"\u03bcs", "us", "microsecond", "\u00b5s"}, 1e3},
				{"ms", {"ms", "millisecond"}, 1e6},
				{"s", {"s", "sec", "second"}, 1e9},
				{"hrs", {"hour", "hr"}, 3600e9},
			},
		.default_name = "s",
		.default_factor = 1e9,
	},
	{
		.units =
			{
				{"n*GCU", {"nanogcu"}, 1e-9},
				{"u*GCU", {"microgcu"}, 1e-6},
				{"m*GCU", {"milligcu"}, 1e-3},
				{"GCU", {"gcu"}, 1},
				{"k*GCU", {"kilogcu"}, 1e3},
				{"M*GCU", {"megagcu"}, 1e6},
				{"G*GCU", {"gigagcu"}, 1e9},
				{"T*GCU", {"teragcu"}, 1e12},
				{"P*GCU", {"petagcu"}, 1e15},
			},
		.default_name = "GCU",
		.default_factor = 1,
	},
};

#define FAMILY_COUNT COUNT(families)
#define UNITS_OF(family) (sizeof((family)->units) / sizeof((family)->units[0]))

/* Lower case and, beyond two characters, without one trailing s. */
static const struct unit *find_unit(const struct family *family, const char *name)
{
	char plain[16];
	size_t length = strlen(name);

	if (length >= sizeof(plain))
		return NULL;
	for (size_t i = 0; i <= length; i++)
		plain[i] = (char)tolower((unsigned char)name[i]);
	if (utf8_count(plain) > 2 && plain[length - 1] == 's')
		plain[length - 1] = '\0';
	for (size_t i = 0; i < UNITS_OF(family) && family->units[i].name; i++)
		for (size_t k = 0; k < 4 && family->units[i].aliases[k]; k++)
			if (strcmp(family->units[i].aliases[k], plain) == 0)
				return &family->units[i];
	return NULL;
}

static double convert(const struct family *family, double value, const char *to, const char **name)
{
	const struct unit *unit = NULL;

	if (strcmp(to, "minimum") == 0 || strcmp(to, "auto") == 0) {
		for (size_t i = 0; i < UNITS_OF(family) && family->units[i].name; i++)
			if (value / family->units[i].factor >= 1)
				unit = &family->units[i];
	} else {
		unit = find_unit(family, to);
	}
	*name = unit ? unit->name : family->default_name;
	return value / (unit ? unit->factor : family->default_factor);
}

double unit_scale(int64_t value, const char *from, const char *to, const char **unit)
{
	static const char *const silent[] = {"count", "sample", "unit", "minimum", "auto"};

	/* INT64_MIN has no positive counterpart and goes on as it is. */
	if (value < 0 && value != INT64_MIN)
		return -unit_scale(-value, from, to, unit);
	for (size_t i = 0; i < FAMILY_COUNT; i++) {
		const struct unit *known = find_unit(&families[i], from);

		if (known)
			return convert(&families[i], (double)value * known->factor, to, unit);
	}
	*unit = to;
	for (size_t i = 0; i < COUNT(silent); i++)
		if (strcmp(to, silent[i]) == 0)
			*unit = "";
	return (double)value;
}

const char *unit_label(int64_t value, const char *from, const char *to, char label[UNIT_LABEL_SIZE])
{
	const char *unit;
	double scaled = unit_scale(value, from, to, &unit);
	int length = snprintf(label, UNIT_LABEL_SIZE, "%.2f", scaled);

	if (length > 3 && strcmp(label + length - 3, ".00") == 0)
		label[length -= 3] = '\0';
	if (strcmp(label, "0") == 0 || strcmp(label, "-0") == 0)
		return memcpy(label, "0", 2);
	snprintf(label + length, UNIT_LABEL_SIZE - (size_t)length, "%s", unit);
	return label;
}

/* A ratio in percent, right-aligned; about 100 needs no decimals. */
static const char *print_ratio(double ratio, int width, char text[PERCENTAGE_SIZE])
{
	double size = fabs(ratio);

	if (size >= 99.95 && size <= 100.05)
		snprintf(text, PERCENTAGE_SIZE, "%*d%%", width - 1, ratio < 0 ? -100 : 100);
	else
		snprintf(text, PERCENTAGE_SIZE, size >= 1 ? "%*.2f%%" : "%*.2g%%", width - 1,
			 ratio);
	return text;
}

static double size_in_percent(int64_t value, int64_t total)
{
	return total ? fabs((double)value / (double)total) * 100 : 0;
}

const char *unit_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE])
{
	return print_ratio(size_in_percent(value, total), 6, text);
}

const char *unit_signed_percentage(int64_t value, int64_t total, char text[PERCENTAGE_SIZE])
{
	double size = size_in_percent(value, total);

	return print_ratio(value < 0 && total ? -size : size, 7, text);
}

bool unit_time(int64_t nanos, char text[UNIT_TIME_SIZE])
{
	time_t seconds = (time_t)(nanos / 1000000000 - (nanos % 1000000000 < 0));
	struct tm local;

	return localtime_r(&seconds, &local) &&
	       strftime(text, UNIT_TIME_SIZE, "%Y-%m-%d %H:%M:%S %Z", &local);
}

int64_t unit_truncate(double value)
{
	if (value >= 0x1p63 || value < -0x1p63 || isnan(value))
		return INT64_MIN;
	return (int64_t)value;
}

bool unit_compatible(const char *a, const char *b)
{
	for (size_t i = 0; i < FAMILY_COUNT; i++)
		if (find_unit(&families[i], a) && find_unit(&families[i], b))
			return true;
	return strcmp(a, b) == 0;
}

static const struct family *find_family(const char *unit)
{
	for (size_t i = 0; i < FAMILY_COUNT; i++)
		if (find_unit(&families[i], unit))
			return &families[i];
	return NULL;
}

bool unit_fits(const char *from, const char *to)
{
	const struct family *family = find_family(from);

	if (strcmp(to, "minimum") == 0 || strcmp(to, "auto") == 0 || strcmp(from, to) == 0)
		return true;
	return family && find_unit(family, to);
}

const char *unit_next(const char *unit, const char *from, int64_t total)
{
	const struct family *family = find_family(from);
	const struct unit *here = family ? find_unit(family, unit) : NULL;
	double size = fabs((double)total);

	if (!family)
		return NULL;
	if (!strcmp(unit, "minimum"))
		return "auto";
	if (!here && strcmp(unit, "auto") != 0)
		return "minimum"; /* of another family */
	here = here ? here + 1 : family->units;
	if (here == family->units + UNITS_OF(family) || !here->name)
		return "minimum";
	if (size * find_unit(family, from)->factor < here->factor)
		return "minimum";
	/* What is printed is not always what is read. */
	return find_unit(family, here->name) ? here->name : here->aliases[0];
}
