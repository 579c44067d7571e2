import { bashCompletion } from "./completion_bash.ts";
import { fishCompletion } from "./completion_fish.ts";
import { zshCompletion } from "./completion_zsh.ts";
import {
  COMMAND_FLAGS,
  COMMAND_HELP,
  DEMO_FLAGS,
  FLAG_HELP,
  type FlaggedCommand,
  flagsOf,
  GENERAL_FLAGS,
} from "./command_flags.ts";
import type { Shell } from "./commands.ts";
import type { CompletedCommand, CompletedFlag } from "./completed_command.ts";

const WRITERS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

// Object.keys forgets the type of a closed Record; this restores it.
export const SHELLS = Object.keys(WRITERS) as readonly Shell[];

export const isShell = (text: string): text is Shell => Object.hasOwn(WRITERS, text);

/** The script that makes the shell complete the program's commands, flags and their values. */
export const completionText = (shell: Shell): string => WRITERS[shell](completedCommands());

function completedCommands(): readonly CompletedCommand[] {
  // Object.keys forgets the type of a closed Record; this restores it.
  const flagged = (Object.keys(COMMAND_FLAGS) as FlaggedCommand[]).map((name) => ({
    words: name.split(" "),
    help: COMMAND_HELP[name],
    flags: completedFlags(flagsOf(name)),
    operands: [],
  }));
  const completion = { words: ["completion"], help: COMMAND_HELP.completion, flags: completedFlags(GENERAL_FLAGS) };
  const demo = { words: ["demo"], help: COMMAND_HELP.demo, flags: completedFlags(DEMO_FLAGS), operands: [] };
  return [...flagged, demo, { ...completion, operands: SHELLS }];
}

const completedFlags = (flags: ReturnType<typeof flagsOf>): readonly CompletedFlag[] =>
  Object.entries(flags).map(([flag, kind]) => {
    const { value = "", help = "", words = [] } = FLAG_HELP[flag] ?? {};
    return { name: `--${flag}`, help, value, words, repeats: kind === "list" };
  });
