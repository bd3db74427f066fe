# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/classify/kind.c \
	src/classify/kind.h \
	src/classify/kind_table.c \
	src/classify/kind_table.h \
	src/classify/owner.c \
	src/classify/owner.h \
	src/classify/package.c \
	src/classify/package.h
# end of files
