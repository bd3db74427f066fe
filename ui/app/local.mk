# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/app/app.c \
	ui/app/app.h \
	ui/app/app_command.c \
	ui/app/app_config.c \
	ui/app/app_config.h \
	ui/app/app_copy.c \
	ui/app/app_copy.h \
	ui/app/app_draw.c \
	ui/app/app_files.c \
	ui/app/app_line.c \
	ui/app/app_mouse.c \
	ui/app/app_mouse.h \
	ui/app/app_panes.c \
	ui/app/app_prompt.c \
	ui/app/app_prompt.h \
	ui/app/app_ready.c \
	ui/app/app_report.c \
	ui/app/app_settings.c \
	ui/app/app_source.c \
	ui/app/app_source.h \
	ui/app/app_visit.c \
	ui/app/app_visit.h \
	ui/app/app_word.c \
	ui/app/app_word.h \
	ui/app/app_write.c \
	ui/app/app_write.h \
	ui/app/command_table.c \
	ui/app/command_table.h \
	ui/app/complete.c \
	ui/app/complete.h \
	ui/app/help_page.c \
	ui/app/help_page.h \
	ui/app/help_topic.c \
	ui/app/help_topic.h \
	ui/app/manual.c \
	ui/app/manual.h \
	ui/app/prompt_table.c \
	ui/app/prompt_table.h \
	ui/app/run_pane.c \
	ui/app/run_pane.h \
	ui/app/run_search.c \
	ui/app/run_search.h \
	ui/app/run_view.c \
	ui/app/run_view.h
# end of files
