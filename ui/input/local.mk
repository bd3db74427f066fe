# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/input/command.c \
	ui/input/command.h \
	ui/input/complete_path.c \
	ui/input/complete_path.h \
	ui/input/help_line.c \
	ui/input/help_line.h \
	ui/input/key_map.c \
	ui/input/key_map.h \
	ui/input/prompt.c \
	ui/input/prompt.h \
	ui/input/prompt_history.c \
	ui/input/prompt_history.h
# end of files
