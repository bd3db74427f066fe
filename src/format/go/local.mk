# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/go/bench.c \
	src/format/go/escape.c \
	src/format/go/gctrace.c \
	src/format/go/gctrace_line.c \
	src/format/go/gctrace_line.h \
	src/format/go/goroutine.c \
	src/format/go/goroutine_line.c \
	src/format/go/goroutine_line.h \
	src/format/go/mem_stats.c \
	src/format/go/mem_stats.h \
	src/format/go/runtime_line.c \
	src/format/go/runtime_line.h
# end of files
