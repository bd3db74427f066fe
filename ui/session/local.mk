# files: written by tests/lint/update-sources
libncprofui_a_SOURCES += \
	ui/session/class_group.c \
	ui/session/class_group.h \
	ui/session/diagnosis.c \
	ui/session/diagnosis.h \
	ui/session/file_selection.c \
	ui/session/file_selection.h \
	ui/session/own_code.c \
	ui/session/own_code.h \
	ui/session/place.c \
	ui/session/place.h \
	ui/session/report_job.c \
	ui/session/report_job.h \
	ui/session/session.c \
	ui/session/session.h \
	ui/session/session_files.c \
	ui/session/session_files.h \
	ui/session/session_message.c \
	ui/session/session_model.c \
	ui/session/session_model.h \
	ui/session/session_settle.c \
	ui/session/session_settle.h \
	ui/session/session_spot.c \
	ui/session/session_spot.h \
	ui/session/session_undo.c \
	ui/session/session_undo.h \
	ui/session/tables.c \
	ui/session/tables.h \
	ui/session/task.c \
	ui/session/task.h \
	ui/session/task_diagnosis.c \
	ui/session/task_diagnosis.h \
	ui/session/task_load.c \
	ui/session/task_load.h \
	ui/session/task_part.c \
	ui/session/task_part.h \
	ui/session/task_report.c \
	ui/session/task_report.h \
	ui/session/tree_index.c \
	ui/session/tree_index.h \
	ui/session/view_change.c \
	ui/session/view_change.h \
	ui/session/visit.h
# end of files
