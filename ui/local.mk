# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/app.c \
	ui/app.h \
	ui/app_command.c \
	ui/app_line.c \
	ui/app_prompt.c \
	ui/bar.c \
	ui/bar.h \
	ui/canvas.c \
	ui/canvas.h \
	ui/chrome.c \
	ui/chrome.h \
	ui/command.c \
	ui/command.h \
	ui/complete.c \
	ui/complete.h \
	ui/derived.c \
	ui/derived.h \
	ui/icicle_layout.c \
	ui/icicle_layout.h \
	ui/key.c \
	ui/key.h \
	ui/layout.c \
	ui/layout.h \
	ui/name.c \
	ui/name.h \
	ui/pane.c \
	ui/pane.h \
	ui/place.c \
	ui/place.h \
	ui/prompt.c \
	ui/prompt.h \
	ui/rows.c \
	ui/rows.h \
	ui/session.c \
	ui/session.h \
	ui/table.c \
	ui/table.h \
	ui/terminal.c \
	ui/terminal.h \
	ui/text_pane.c \
	ui/text_pane.h \
	ui/theme.c \
	ui/theme.h \
	ui/tty.c \
	ui/tty.h
# end of files
