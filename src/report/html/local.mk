# files: written by tests/lint/update-sources
libncprof_a_SOURCES += \
	src/report/html/html.c \
	src/report/html/html_data.c \
	src/report/html/html_findings.c \
	src/report/html/html_page.h \
	src/report/html/html_source.c \
	src/report/html/html_table.c
# end of files

# The page's style and scripts as C.
html_assets = \
	src/report/html/page.css \
	src/report/html/page.js \
	src/report/html/peek.js \
	src/report/html/flame.js \
	src/report/html/graph.js
nodist_libncprof_a_SOURCES = src/report/html/html_assets.c
EXTRA_DIST += src/report/html/assets.awk $(html_assets)
CLEANFILES += src/report/html/html_assets.c

src/report/html/html_assets.c: src/report/html/assets.awk $(html_assets)
	$(AM_V_GEN)$(MKDIR_P) src/report/html && cd $(srcdir)/src/report/html && \
	$(AWK) -f assets.awk html_style page.css html_script page.js peek.js flame.js graph.js \
		>$(abs_builddir)/src/report/html/html_assets.c
