# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/trace/trace_report.c
# end of files
