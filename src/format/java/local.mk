# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/java/jstat.c \
	src/format/java/jvm_collection.c \
	src/format/java/jvm_collection.h \
	src/format/java/xlog_gc.c
# end of files
