# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/legacy/address_names.c \
	src/format/legacy/address_names.h \
	src/format/legacy/contention.c \
	src/format/legacy/drop_frames.c \
	src/format/legacy/drop_frames.h \
	src/format/legacy/go_count.c \
	src/format/legacy/gperftools.c \
	src/format/legacy/heap.c \
	src/format/legacy/java.c \
	src/format/legacy/java.h \
	src/format/legacy/jemalloc.c \
	src/format/legacy/legacy.c \
	src/format/legacy/legacy.h \
	src/format/legacy/mapping_line.c \
	src/format/legacy/mapping_line.h \
	src/format/legacy/memory_map.c \
	src/format/legacy/memory_map.h \
	src/format/legacy/notes.c \
	src/format/legacy/notes.h \
	src/format/legacy/symbolized.c \
	src/format/legacy/threadz.c
# end of files
