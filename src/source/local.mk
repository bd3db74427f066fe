# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/source/gzip.c \
	src/source/igzip.c \
	src/source/layers.c \
	src/source/layers.h \
	src/source/stream.c \
	src/source/stream.h \
	src/source/unpacker.c \
	src/source/unpacker.h \
	src/source/zstd.c
# end of files
