# fish completion for ncprof; the words come from the program itself.
complete -c ncprof -n 'string match -q -- "-*" (commandline -ct)' -f -a '(ncprof --help=words 2>/dev/null)'
