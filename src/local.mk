# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/load.c \
	src/load.h \
	src/options.c \
	src/options.h \
	src/request.c \
	src/request.h \
	src/shell.c \
	src/shell.h
# end of files
