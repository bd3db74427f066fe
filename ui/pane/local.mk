# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/pane/diagnosis.c \
	ui/pane/files.c \
	ui/pane/filters.c \
	ui/pane/gc.c \
	ui/pane/gc_cycles.c \
	ui/pane/gc_cycles.h \
	ui/pane/help.c \
	ui/pane/icicle.c \
	ui/pane/instructions.c \
	ui/pane/labels.c \
	ui/pane/list.c \
	ui/pane/list.h \
	ui/pane/overview.c \
	ui/pane/overview_text.c \
	ui/pane/overview_text.h \
	ui/pane/peek.c \
	ui/pane/report.c \
	ui/pane/sandwich.c \
	ui/pane/source.c \
	ui/pane/source_listing.c \
	ui/pane/source_listing.h \
	ui/pane/timeline.c \
	ui/pane/timeline.h \
	ui/pane/timeline_details.c \
	ui/pane/timeline_draw.c \
	ui/pane/timeline_rows.c \
	ui/pane/top.c \
	ui/pane/tree.c
# end of files
