# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/term/bar.c \
	ui/term/bar.h \
	ui/term/canvas.c \
	ui/term/canvas.h \
	ui/term/clipboard.c \
	ui/term/clipboard.h \
	ui/term/key.c \
	ui/term/key.h \
	ui/term/layout.c \
	ui/term/layout.h \
	ui/term/mouse.c \
	ui/term/mouse.h \
	ui/term/sparkline.c \
	ui/term/sparkline.h \
	ui/term/symbol_name.c \
	ui/term/symbol_name.h \
	ui/term/terminal.c \
	ui/term/terminal.h \
	ui/term/terminal_key.c \
	ui/term/terminal_key.h \
	ui/term/theme.c \
	ui/term/theme.h \
	ui/term/tty.c \
	ui/term/tty.h
# end of files
