# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/source/address.c \
	src/source/address.h \
	src/source/bzip2.c \
	src/source/captures.c \
	src/source/captures.h \
	src/source/fetch.c \
	src/source/fetch.h \
	src/source/gzip.c \
	src/source/http.c \
	src/source/http.h \
	src/source/http_error.c \
	src/source/http_error.h \
	src/source/igzip.c \
	src/source/layers.c \
	src/source/layers.h \
	src/source/passwords.c \
	src/source/passwords.h \
	src/source/query.c \
	src/source/query.h \
	src/source/source.c \
	src/source/source.h \
	src/source/store.c \
	src/source/store.h \
	src/source/stream.c \
	src/source/stream.h \
	src/source/unpacker.c \
	src/source/unpacker.h \
	src/source/unwrap.c \
	src/source/unwrap.h \
	src/source/utf16.c \
	src/source/xz.c \
	src/source/zstd.c
# end of files
