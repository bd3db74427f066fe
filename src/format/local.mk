# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/contention.c \
	src/format/drop_frames.c \
	src/format/drop_frames.h \
	src/format/folded.c \
	src/format/format.c \
	src/format/format.h \
	src/format/go_count.c \
	src/format/gperftools.c \
	src/format/heap.c \
	src/format/id_table.c \
	src/format/id_table.h \
	src/format/java.c \
	src/format/java.h \
	src/format/legacy.c \
	src/format/legacy.h \
	src/format/lines.c \
	src/format/lines.h \
	src/format/list.c \
	src/format/list.h \
	src/format/mapping_line.c \
	src/format/mapping_line.h \
	src/format/memory_map.c \
	src/format/memory_map.h \
	src/format/notes.c \
	src/format/notes.h \
	src/format/perf.c \
	src/format/perf_line.c \
	src/format/perf_line.h \
	src/format/pprof.c \
	src/format/pprof_reader.h \
	src/format/pprof_resolve.c \
	src/format/pprof_sample.c \
	src/format/pprof_sample.h \
	src/format/span.c \
	src/format/span.h \
	src/format/stack_list.c \
	src/format/stack_list.h \
	src/format/symbols.c \
	src/format/symbols.h \
	src/format/threadz.c \
	src/format/wire.c \
	src/format/wire.h
# end of files
