/* SPDX-License-Identifier: MIT */
/*
 * What makes a graph drawn by Graphviz move in a browser: the wheel and + - zoom, dragging and the
 * arrows move, 0 and Escape go back.
 */
#ifndef REPORT_GRAPH_GRAPH_SCRIPT_H
#define REPORT_GRAPH_GRAPH_SCRIPT_H

/* Goes into a CDATA section at the end of an SVG document with a viewBox. */
extern const char graph_script[];

#endif
