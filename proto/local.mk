# profile.proto -> C, at build time. Generated code is compiled without our warnings.

noinst_LIBRARIES += libproto.a
libproto_a_CFLAGS = $(NCPROF_CFLAGS)
nodist_libproto_a_SOURCES = proto/profile.pb-c.c proto/profile.pb-c.h

EXTRA_DIST += proto/profile.proto
BUILT_SOURCES += proto/profile.pb-c.h
CLEANFILES += proto/profile.pb-c.c proto/profile.pb-c.h

proto/profile.pb-c.c: $(top_srcdir)/proto/profile.proto
	$(AM_V_GEN)$(MKDIR_P) proto && \
	$(PROTOC_C) --c_out=. -I$(top_srcdir) $(top_srcdir)/proto/profile.proto
proto/profile.pb-c.h: proto/profile.pb-c.c
	@test -f $@ || { rm -f proto/profile.pb-c.c; $(MAKE) $(AM_MAKEFLAGS) proto/profile.pb-c.c; }
