# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/header.c \
	src/report/list.c \
	src/report/list.h \
	src/report/report.h \
	src/report/top.c \
	src/report/tree.c
# end of files
