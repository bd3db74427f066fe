# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/format.c \
	src/format/format.h \
	src/format/id_table.c \
	src/format/id_table.h \
	src/format/list.c \
	src/format/list.h \
	src/format/pprof.c \
	src/format/pprof_reader.h \
	src/format/pprof_resolve.c \
	src/format/pprof_sample.c \
	src/format/pprof_sample.h \
	src/format/wire.c \
	src/format/wire.h
# end of files
