/* SPDX-License-Identifier: MIT */
#include "ui/term/sparkline.h"

#include <math.h>

/* NAN if all are. */
static double largest(const double *numbers, size_t count)
{
	double most = NAN;

	for (size_t i = 0; i < count; i++)
		if (!isnan(numbers[i]) && !(numbers[i] <= most))
			most = numbers[i];
	return most;
}

void sparkline_draw(struct canvas *canvas, int row, int column, int columns, uint16_t style,
		    const double *numbers, size_t count)
{
	double most = largest(numbers, count);
	size_t cells = columns < 0 ? 0 : (size_t)columns;

	if (cells > count)
		cells = count;
	for (size_t i = 0; i < cells; i++) {
		size_t first = i * count / cells, end = (i + 1) * count / cells;
		double number = largest(numbers + first, end - first);
		int level = number > 0 ? (int)ceil(8 * number / most) : 1;

		if (!isnan(number))
			canvas_glyph(canvas, row, column + (int)i, 1, style,
				     (enum glyph)(GLYPH_LEVEL_1 + level - 1));
	}
}
