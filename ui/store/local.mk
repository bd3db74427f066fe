# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/store/columns.c \
	ui/store/columns.h \
	ui/store/config.c \
	ui/store/config.h \
	ui/store/editor.c \
	ui/store/editor.h \
	ui/store/file_watch.c \
	ui/store/file_watch.h \
	ui/store/label_expression.c \
	ui/store/label_expression.h \
	ui/store/preferences.c \
	ui/store/preferences.h \
	ui/store/saved_config.c \
	ui/store/saved_config.h
# end of files
