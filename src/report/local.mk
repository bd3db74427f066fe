# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/csv.c \
	src/report/csv.h \
	src/report/header.c \
	src/report/json.c \
	src/report/json.h \
	src/report/label_text.c \
	src/report/label_text.h \
	src/report/list.c \
	src/report/list.h \
	src/report/report.h \
	src/report/table_form.c \
	src/report/table_form.h \
	src/report/xml.c \
	src/report/xml.h
# end of files
