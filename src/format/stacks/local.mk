# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/stacks/bpftrace.c \
	src/format/stacks/dtrace.c \
	src/format/stacks/folded.c \
	src/format/stacks/folded_row.c \
	src/format/stacks/folded_row.h \
	src/format/stacks/frame_name.c \
	src/format/stacks/frame_name.h \
	src/format/stacks/jit_name.c \
	src/format/stacks/jit_name.h \
	src/format/stacks/macos_sample.c \
	src/format/stacks/perf.c \
	src/format/stacks/perf_line.c \
	src/format/stacks/perf_line.h \
	src/format/stacks/perf_stack.c \
	src/format/stacks/perf_stack.h \
	src/format/stacks/perf_stat.c \
	src/format/stacks/perf_stat_line.c \
	src/format/stacks/perf_stat_line.h
# end of files
