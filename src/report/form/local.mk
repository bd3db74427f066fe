# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/form/csv.c \
	src/report/form/csv.h \
	src/report/form/json.c \
	src/report/form/json.h \
	src/report/form/table_form.c \
	src/report/form/table_form.h \
	src/report/form/xml.c \
	src/report/form/xml.h
# end of files
