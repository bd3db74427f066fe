# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/dump/jstack.c \
	src/format/dump/jstack_line.c \
	src/format/dump/jstack_line.h \
	src/format/dump/pyspy_dump.c \
	src/format/dump/strace.c
# end of files
