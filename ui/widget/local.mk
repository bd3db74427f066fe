# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/widget/empty_view.c \
	ui/widget/empty_view.h \
	ui/widget/icicle_layout.c \
	ui/widget/icicle_layout.h \
	ui/widget/icicle_paint.c \
	ui/widget/icicle_paint.h \
	ui/widget/list_pane.c \
	ui/widget/list_pane.h \
	ui/widget/number.c \
	ui/widget/number.h \
	ui/widget/page_view.c \
	ui/widget/page_view.h \
	ui/widget/pane.c \
	ui/widget/pane.h \
	ui/widget/pane_result.c \
	ui/widget/pane_result.h \
	ui/widget/rows.c \
	ui/widget/rows.h \
	ui/widget/status.c \
	ui/widget/status.h \
	ui/widget/text_pane.c \
	ui/widget/text_pane.h \
	ui/widget/text_table.c \
	ui/widget/text_table.h \
	ui/widget/tree_search.c \
	ui/widget/tree_search.h \
	ui/widget/tree_traces.c \
	ui/widget/tree_traces.h
# end of files
