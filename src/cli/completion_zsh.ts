import { COMMAND_GROUPS } from "./command_flags.ts";
import type { CompletedCommand, CompletedFlag } from "./completed_command.ts";

/** The script for zsh: a function file, which may also be sourced. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const firsts = commands.filter(({ words }) => words.length === 1);
  const groups = Object.entries(COMMAND_GROUPS);
  const described = [
    ...firsts.map(described1),
    ...groups.map((group) => quoted(group.join(":"))),
    "'help:tell about the program'",
  ];
  return `#compdef lumenlog
_lumenlog() {
  local -a known
  local command=\${words[2]}
  if (( CURRENT == 2 )) && [[ $command != -* ]]; then
    known=(${described.join(" ")})
    _describe command known
    return
  fi
  if [[ $command == -* ]]; then
    command=serve
  else
    shift words
    (( CURRENT-- ))
  fi
${groups.map(([group]) => groupBranch(group, commands)).join("\n")}
  case $command in
${commands.map(branch).join("\n")}
  esac
}
if [[ $funcstack[1] == _lumenlog ]]; then _lumenlog "$@"; else compdef _lumenlog lumenlog; fi
`;
}

/** A word that takes a second one for its command. */
function groupBranch(group: string, commands: readonly CompletedCommand[]): string {
  const seconds = commands.filter(({ words: [first, second] }) => first === group && second !== undefined);
  return `  if [[ $command == ${group} ]]; then
    if (( CURRENT == 2 )); then
      known=(${seconds.map(({ words: [, second = ""], help }) => quoted(`${second}:${help}`)).join(" ")})
      _describe command known
      return
    fi
    command="${group} \${words[2]}"
    shift words
    (( CURRENT-- ))
  fi`;
}

const described1 = ({ words: [first = ""], help }: CompletedCommand) => quoted(`${first}:${help}`);

function branch({ words, flags, operands }: CompletedCommand): string {
  const specs = [...operands.length > 0 ? [quoted(`1:shell:(${operands.join(" ")})`)] : [], ...flags.map(spec)];
  return `    "${words.join(" ")}")\n      _arguments -S \\\n        ${specs.join(" \\\n        ")}\n      ;;`;
}

function spec({ name, help, value, words, repeats }: CompletedFlag): string {
  const text = help.replaceAll(/[\\[\]:]/g, "\\$&");
  if (value === "") return quoted(`${name}[${text}]`);
  const action = words.length > 0 ? `(${words.join(" ")})` : { FILE: "_files", DIR: "_files -/" }[value] ?? " ";
  const what = words.length > 0 ? name.slice(2) : value.replaceAll(":", "\\:");
  return quoted(`${repeats ? "*" : ""}${name}=[${text}]:${what}:${action}`);
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
