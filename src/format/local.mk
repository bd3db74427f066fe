# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/bench.c \
	src/format/format.c \
	src/format/format.h \
	src/format/gctrace.c \
	src/format/gctrace_line.c \
	src/format/gctrace_line.h \
	src/format/goroutine.c \
	src/format/goroutine_line.c \
	src/format/goroutine_line.h \
	src/format/id_table.c \
	src/format/id_table.h \
	src/format/lines.c \
	src/format/lines.h \
	src/format/list.c \
	src/format/list.h \
	src/format/mem_stats.c \
	src/format/mem_stats.h \
	src/format/quoted.c \
	src/format/quoted.h \
	src/format/span.c \
	src/format/span.h \
	src/format/stack_list.c \
	src/format/stack_list.h \
	src/format/symbols.c \
	src/format/symbols.h
# end of files
