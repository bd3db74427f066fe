# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/base/alloc.c \
	src/base/alloc.h \
	src/base/arena.c \
	src/base/arena.h \
	src/base/array.h \
	src/base/bitset.h \
	src/base/decimal.c \
	src/base/decimal.h \
	src/base/error.c \
	src/base/error.h \
	src/base/hash.h \
	src/base/intern.c \
	src/base/intern.h \
	src/base/job.c \
	src/base/job.h \
	src/base/new_file.c \
	src/base/new_file.h \
	src/base/pair_map.c \
	src/base/pair_map.h \
	src/base/parallel.c \
	src/base/parallel.h \
	src/base/pattern.c \
	src/base/pattern.h \
	src/base/process.c \
	src/base/process.h \
	src/base/punycode.c \
	src/base/punycode.h \
	src/base/simplify.c \
	src/base/simplify.h \
	src/base/slots.c \
	src/base/slots.h \
	src/base/span.c \
	src/base/span.h \
	src/base/text.c \
	src/base/text.h \
	src/base/url.c \
	src/base/url.h \
	src/base/user_file.c \
	src/base/user_file.h \
	src/base/utf8.c \
	src/base/utf8.h \
	src/base/wrap.h
# end of files
