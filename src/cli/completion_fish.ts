import { COMMAND_GROUPS } from "./command_flags.ts";
import type { CompletedCommand, CompletedFlag } from "./completed_command.ts";

/** The script for fish. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const firsts = commands.filter(({ words }) => words.length === 1);
  const seconds = commands.filter(({ words }) => words.length === 2);
  const offers = [
    ...firsts.map(({ words: [first = ""], help }) => offer("", first, help)),
    ...Object.entries(COMMAND_GROUPS).map(([group, help]) => offer("", group, help)),
    offer("", "help", "tell about the program"),
    ...seconds.map(({ words: [first = "", second = ""], help }) => offer(first, second, help)),
  ];
  return `# fish completion for lumenlog
function __lumenlog_is --description 'Whether the command line so far is this command'
  set -l said
  for word in (commandline -opc)[2..]
    string match -q -- '-*' $word; and break
    set -a said $word
  end
  if contains -- "$said[1]" ${Object.keys(COMMAND_GROUPS).join(" ")}
    set said $said[1..2]
  else
    set said $said[1]
  end
  test "$said" = "$argv"
end
complete -c lumenlog -f
${offers.join("\n")}
${commands.flatMap(linesOf).join("\n")}
`;
}

const offer = (command: string, word: string, help: string) =>
  `complete -c lumenlog -n '__lumenlog_is ${command}' -a ${word} -d ${quoted(help)}`;

function linesOf({ words, flags, operands }: CompletedCommand): readonly string[] {
  const name = words.join(" ");
  const condition = name === "serve" ? "__lumenlog_is; or __lumenlog_is serve" : `__lumenlog_is ${name}`;
  const start = `complete -c lumenlog -n '${condition}'`;
  return [
    ...operands.length > 0 ? [`${start} -a ${quoted(operands.join(" "))}`] : [],
    ...flags.map((flag) => `${start} ${flagWords(flag)}`),
  ];
}

function flagWords({ name, help, value, words }: CompletedFlag): string {
  const taken = words.length > 0
    ? `-x -a ${quoted(words.join(" "))}`
    : value === "FILE" || value === "DIR"
    ? "-rF"
    : "-x";
  return `-l ${name.slice(2)} ${value === "" ? "" : `${taken} `}-d ${quoted(help)}`;
}

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
