import { COMMAND_GROUPS, type CommandGroup, wordsOf } from "./command_flags.ts";
import type { CompletedCommand, CompletedFlag } from "./completed_command.ts";

/** The script for bash 3.2 and newer. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const flags = new Map(commands.flatMap((command) => command.flags.map((flag) => [flag.name, flag] as const)));
  // Object.keys forgets the type of a closed Record; this restores it.
  const groups = Object.keys(COMMAND_GROUPS) as readonly CommandGroup[];
  const firsts = new Set(commands.map(({ words }) => words[0]!));
  return `# bash completion for lumenlog
_lumenlog() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words="" IFS=$' \\t\\n'
  COMPREPLY=()
  # For bash the "=" of --flag=value is a word of its own.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $before == "=" ]]; then
    before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "$command" in
    ${groups.join("|")}) if [[ $COMP_CWORD -gt 2 ]]; then command="$command \${COMP_WORDS[2]}"; fi ;;
  esac
  case "$before" in
${[...flags.values()].map(valueCase).filter((line) => line !== "").join("\n")}
    *)
      if [[ $COMP_CWORD -eq 1 && $current != -* ]]; then command=""; fi
      case "$command" in
        "") words="${[...firsts, "help"].join(" ")}" ;;
${groups.map((group) => `        ${group}) words="${wordsOf(group).join(" ")}" ;;`).join("\n")}
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _lumenlog lumenlog
`;
}

function valueCase({ name, value, words }: CompletedFlag): string {
  if (value === "") return "";
  if (words.length > 0) return `    ${name}) words="${words.join(" ")}" ;;`;
  const option = { FILE: "-f", DIR: "-d" }[value];
  if (option === undefined) return `    ${name}) return ;;`;
  const found = `IFS=$'\\n'; COMPREPLY=($(compgen ${option} -- "$current"))`;
  return `    ${name}) compopt -o filenames 2>/dev/null; ${found}; return ;;`;
}

/** Without a command the program serves: then the first word is a flag. */
function commandCase({ words, flags, operands }: CompletedCommand): string {
  const name = words.join(" ");
  const pattern = name === "serve" ? "serve|-*" : `"${name}"`;
  return `        ${pattern}) words="${[...operands, ...flags.map((flag) => flag.name)].join(" ")}" ;;`;
}
