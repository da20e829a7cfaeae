import { Command, CommanderError } from 'commander';
import { ReferenceNotRead } from '../reference/load.ts';
import { checkCommand } from './commands/check.ts';
import { documentCommand } from './commands/document.ts';
import { hsCommand } from './commands/hs.ts';
import { referenceCommand } from './commands/reference.ts';
import { screenCommand } from './commands/screen.ts';
import { settingsCommand } from './commands/settings.ts';
import { variantsCommand } from './commands/variants.ts';
import { NotReached } from './quayside.ts';
import { exitStatus, NotDone, NotUnderstood, type Terminal } from './terminal.ts';

/** Adds a group of commands; `end` says with which status the command ends, where it is not 0. */
export type CommandGroup = (program: Command, terminal: Terminal, end: (status: number) => void) => void;

const groups: readonly CommandGroup[] = [
  checkCommand,
  variantsCommand,
  screenCommand,
  hsCommand,
  referenceCommand,
  documentCommand,
  settingsCommand,
];

const HELP = `
Where: QUAYSIDE_URL and QUAYSIDE_KEY, or what npm start left in .quayside/start (QUAYSIDE_DATA_DIR: another folder).
Exit status: 0 done, 2 a finding blocks (check) or a name is not clear (screen), 64 the command or a file is not
understood, 1 anything else. What is stuck in shipments under way: npm run doctor.`;

/** Runs one command line and returns its exit status; what goes wrong is told to the terminal. */
export async function runQuayside(words: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = exitStatus.done;
  const program = new Command('quayside')
    .description('Compliance, papers and settings of export shipments, from the command line.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.say(text.trimEnd()),
      writeErr: (text) => terminal.warn(text.trimEnd()),
    })
    .showHelpAfterError('(quayside --help tells the commands)')
    .addHelpText('after', HELP);
  for (const add of groups)
    add(program, terminal, (ended) => {
      status = ended;
    });
  try {
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, terminal);
  }
}

/** Tells the terminal what went wrong and gives the exit status. @throws what is a fault of ours, as it came */
export function statusOf(error: unknown, terminal: Terminal): number {
  // Commander has told the person already; its own status is 0 for help and 1 for what it does not understand.
  if (error instanceof CommanderError)
    return error.exitCode === 0 || error.code === 'commander.help' ? exitStatus.done : exitStatus.notUnderstood;
  if (error instanceof NotUnderstood) {
    terminal.warn(error.message);
    return exitStatus.notUnderstood;
  }
  if (error instanceof NotDone || error instanceof NotReached || error instanceof ReferenceNotRead) {
    terminal.warn(error.message);
    return exitStatus.failed;
  }
  throw error;
}
