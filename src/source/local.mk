# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/source/stream.c \
	src/source/stream.h
# end of files
