# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/view/call_graph.c \
	src/view/call_graph.h \
	src/view/call_tree.c \
	src/view/call_tree.h \
	src/view/context_view.c \
	src/view/context_view.h \
	src/view/edge_sums.c \
	src/view/edge_sums.h \
	src/view/entropy.c \
	src/view/entropy.h \
	src/view/filter.c \
	src/view/filter.h \
	src/view/function_table.c \
	src/view/function_table.h \
	src/view/inline_label.c \
	src/view/inline_label.h \
	src/view/label_groups.c \
	src/view/label_groups.h \
	src/view/label_table.c \
	src/view/label_table.h \
	src/view/label_unit.c \
	src/view/label_unit.h \
	src/view/line_table.c \
	src/view/line_table.h \
	src/view/node.c \
	src/view/node.h \
	src/view/node_label.c \
	src/view/node_label.h \
	src/view/path.c \
	src/view/path.h \
	src/view/short_name.c \
	src/view/short_name.h \
	src/view/stack_table.c \
	src/view/stack_table.h \
	src/view/tag_filter.c \
	src/view/tag_filter.h \
	src/view/trim.c \
	src/view/trim.h \
	src/view/view.c \
	src/view/view.h \
	src/view/view_spec.c \
	src/view/view_spec.h \
	src/view/visual_graph.c \
	src/view/visual_graph.h
# end of files
