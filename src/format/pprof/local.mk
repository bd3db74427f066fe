# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/pprof/pprof.c \
	src/format/pprof/pprof_reader.h \
	src/format/pprof/pprof_resolve.c \
	src/format/pprof/pprof_sample.c \
	src/format/pprof/pprof_sample.h \
	src/format/pprof/raw_text.c \
	src/format/pprof/wire.c \
	src/format/pprof/wire.h
# end of files
