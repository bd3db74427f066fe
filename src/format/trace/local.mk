# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/format/trace/account.c \
	src/format/trace/account.h \
	src/format/trace/account_base.c \
	src/format/trace/account_lane.c \
	src/format/trace/account_range.c \
	src/format/trace/account_user.c \
	src/format/trace/event.h \
	src/format/trace/exact.c \
	src/format/trace/exact.h \
	src/format/trace/feed.c \
	src/format/trace/feed.h \
	src/format/trace/generation.c \
	src/format/trace/generation.h \
	src/format/trace/order.c \
	src/format/trace/order.h \
	src/format/trace/order_state.c \
	src/format/trace/order_state.h \
	src/format/trace/places.c \
	src/format/trace/places.h \
	src/format/trace/totals.c \
	src/format/trace/totals.h \
	src/format/trace/trace.c \
	src/format/trace/version1.c \
	src/format/trace/version1.h \
	src/format/trace/version1_emit.c \
	src/format/trace/version1_parse.c \
	src/format/trace/version1_parse.h \
	src/format/trace/wire.c \
	src/format/trace/wire.h
# end of files
