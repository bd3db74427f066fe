# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/batch.c \
	src/batch.h \
	src/extra_frames.c \
	src/extra_frames.h \
	src/help.c \
	src/help.h \
	src/load.c \
	src/load.h \
	src/message.c \
	src/message.h \
	src/options.c \
	src/options.h \
	src/output.c \
	src/output.h \
	src/request.c \
	src/request.h \
	src/shell.c \
	src/shell.h \
	src/write_report.c \
	src/write_report.h
# end of files
