/* SPDX-License-Identifier: MIT */
/* The call graph as a picture that Graphviz draws: pprof's -svg, -png, -pdf, -ps and -gif. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "report/graph/dot.h"
#include "report/graph/graph_script.h"
#include "report/list.h"

/* Writes the image; into an SVG goes the script that lets it be zoomed and moved. */
static void write_drawn(const struct report *report, const struct text *image, FILE *out)
{
	static const char end[] = "</svg>";
	const char *at = strcmp(report->name, "svg") == 0 ? text_string(image) : NULL, *last = NULL;

	while (at && (at = strstr(at, end)) != NULL)
		last = at++;
	if (!last) {
		fwrite(text_string(image), 1, image->length, out);
		return;
	}
	fwrite(image->bytes, 1, (size_t)(last - image->bytes), out);
	fprintf(out, "<script type=\"text/javascript\"><![CDATA[\n%s]]></script>\n%s", graph_script,
		last);
}

/* Graphviz has every format under the name that the report has. */
static bool draw(const struct report *report, const char *graph, size_t length, FILE *out,
		 struct error *error)
{
	char format[16];
	const char *const argv[] = {"dot", format, NULL};
	struct text image = {0};
	bool good;

	snprintf(format, sizeof(format), "-T%s", report->name);
	switch (process_run(argv, graph, length, &image, error)) {
	case PROCESS_GOOD:
		good = image.length || error_set(error, "-%s: dot drew nothing; try dot -T%s",
						 report->name, report->name);
		if (good)
			write_drawn(report, &image, out);
		break;
	case PROCESS_MISSING:
		good = error_set(
			error,
			"-%s needs the program \"dot\"; install Graphviz, or use -flamegraph",
			report->name);
		break;
	default:
		good = error_wrap(error, "-%s", report->name);
		break;
	}
	text_clear(&image);
	return good;
}

static bool write_image(const struct report_input *input, const struct report *report, FILE *out,
			struct error *error)
{
	char *graph = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&graph, &length);
	bool good;

	if (!memory)
		return error_set(error, "%s", strerror(errno));
	good = dot_write(input, report, false, memory, error);
	if (fclose(memory) != 0)
		good = error_set(error, "%s", strerror(errno));
	good = good && draw(report, graph, length, out, error);
	free(graph);
	return good;
}

#define IMAGE(format, what)                                              \
	const struct report report_##format = {                          \
		.name = #format,                                         \
		.summary = "The call graph as " what "; needs Graphviz", \
		.node_count = 80,                                        \
		.shell_node_count = 80,                                  \
		.extension = #format,                                    \
		.write = write_image,                                    \
	}

IMAGE(svg, "an SVG image");
IMAGE(png, "a PNG image");
IMAGE(pdf, "a PDF document");
IMAGE(ps, "a PostScript document");
IMAGE(gif, "a GIF image");
