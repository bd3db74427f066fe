# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/setting/options.c \
	src/setting/options.h \
	src/setting/setting.c \
	src/setting/setting.h
# end of files
