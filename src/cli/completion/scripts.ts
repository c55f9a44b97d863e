export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * A script for the shell. It knows no command by itself: `varve __complete` answers what may come,
 * and gives up in time. Candidates may be names that others chose, so no shell ever evaluates them.
 */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return BASH;
    case 'zsh':
      return ZSH;
    case 'fish':
      return FISH;
  }
}

// In the second place, readline breaks words at "=" too. Backslashes and quotes of the word at the
// cursor are the person's own; what is put in their place is quoted by printf.
const BASH = String.raw`# bash completion for varve: source <(varve completion bash)
_varve() {
  local current=${'$'}{COMP_WORDS[COMP_CWORD]} line value quoted
  current=${'$'}{current//[\\\'\"]/}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
    :files)
      compopt -o filenames 2>/dev/null
      mapfile -t -O "${'$'}{#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
      ;;
    :*) ;;
    *)
      value=${'$'}{line%%$'\t'*}
      printf -v quoted %q "$value"
      COMPREPLY+=("$quoted")
      ;;
    esac
  done < <(varve __complete "${'$'}{COMP_WORDS[@]:1:COMP_CWORD-1}" "$current" 2>/dev/null </dev/null)
}
complete -F _varve varve
`;

const ZSH = String.raw`#compdef varve
# zsh completion for varve: put this into a folder of $fpath as _varve, or source it after compinit.
_varve() {
  local line value current=${'$'}{(Q)words[CURRENT]}
  local -a lines values shown before
  before=("${'$'}{(@Q)words[2,CURRENT-1]}")
  lines=("${'$'}{(@f)$(varve __complete "${'$'}{before[@]}" "$current" 2>/dev/null </dev/null)}")
  for line in "${'$'}{lines[@]}"; do
    case $line in
    '') ;;
    :files) _files ;;
    :*) ;;
    *)
      value=${'$'}{line%%$'\t'*}
      values+=("$value")
      if [[ $line == *$'\t'* ]]; then shown+=("$value  -- ${'$'}{line#*$'\t'}"); else shown+=("$value"); fi
      ;;
    esac
  done
  (( ${'$'}{#values} )) && compadd -M 'm:{a-z}={A-Z}' -l -d shown -a values
}
if [[ $funcstack[1] == _varve ]]; then _varve "$@"; else compdef _varve varve; fi
`;

const FISH = String.raw`# fish completion for varve: ~/.config/fish/completions/varve.fish
function __varve_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in (varve __complete $before[2..-1] "$current" 2>/dev/null </dev/null)
        switch $line
            case :files
                __fish_complete_path $current
            case ':*'
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c varve -f -a '(__varve_complete)'
`;
