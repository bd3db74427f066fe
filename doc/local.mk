# Manual and shell completions. (The tarball gets the whole directory, see tests/local.mk.)

dist_man_MANS = doc/ncprof.1

bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
dist_zshcompletion_DATA = doc/completion/_ncprof
dist_fishcompletion_DATA = doc/completion/ncprof.fish
EXTRA_DIST += doc/completion/ncprof.bash

# bash looks for a file with the name of the program.
install-data-local:
	$(MKDIR_P) "$(DESTDIR)$(bashcompletiondir)"
	$(INSTALL_DATA) $(srcdir)/doc/completion/ncprof.bash "$(DESTDIR)$(bashcompletiondir)/ncprof"

uninstall-local:
	rm -f "$(DESTDIR)$(bashcompletiondir)/ncprof"
