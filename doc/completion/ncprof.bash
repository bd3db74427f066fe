# bash completion for ncprof; the words come from the program itself.
_ncprof()
{
	local current=${COMP_WORDS[COMP_CWORD]}

	COMPREPLY=()
	if [[ $current == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(ncprof --help=words 2>/dev/null | cut -f1)" -- "$current")
		[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
	fi
}
complete -o default -F _ncprof ncprof
