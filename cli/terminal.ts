/** What a command is given of the world around it, and the ways in which it ends. */

/** Where a command reads and writes. Tests give their own. */
export interface Terminal {
  /** To standard output: what was asked for. */
  say: (...lines: string[]) => void;
  /** To standard error: what the person should know beside it. */
  warn: (...lines: string[]) => void;
  readStandardInput: () => Promise<Buffer>;
  /** Folder that file names are relative to. */
  folder: string;
  environment: NodeJS.ProcessEnv;
}

/** Exit statuses, as `--help` tells them. */
export const exitStatus = {
  done: 0,
  /** Something else went wrong: the API refused, or nobody answers. */
  failed: 1,
  /** A finding blocks the order, or a name is not clear. */
  blocked: 2,
  /** The command or what it was given is not understood. As in sysexits.h. */
  notUnderstood: 64,
} as const;

/** Ends the command with status 64: the lines say what is wrong, where, and how to mend it. */
export class NotUnderstood extends Error {
  override name = 'NotUnderstood';

  constructor(...lines: string[]) {
    super(lines.join('\n'));
  }
}

/** Ends the command with status 1. */
export class NotDone extends Error {
  override name = 'NotDone';
}
