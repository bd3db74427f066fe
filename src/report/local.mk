# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/header.c \
	src/report/label_text.c \
	src/report/label_text.h \
	src/report/list.c \
	src/report/list.h \
	src/report/report.h
# end of files
