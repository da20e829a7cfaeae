/** What goes wrong in a shipment's steps: written by the harness, read by the worker, one small file a shipment. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How a step goes wrong, each time that it is run in the shipment. */
export const modes = [
  'fails-once',
  'until-a-person-helps',
  'repeated',
  'answer-lost',
  'cut-after-sending',
  'away-for-hours',
] as const;
export type Mode = (typeof modes)[number];

const faultSchema = z.object({ activity: z.string(), mode: z.enum(modes) });
/** One activity, going wrong in one way. */
export type Fault = z.infer<typeof faultSchema>;

const runSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  activity: z.string(),
  attempt: z.number(),
  /** Where a fault was laid on it. */
  mode: z.enum(modes).optional(),
  /** It will not succeed before a person has mended it. */
  broken: z.boolean(),
});
/** One run of an activity. */
export type Run = z.infer<typeof runSchema>;

const sentSchema = z.object({
  activity: z.string(),
  /** The counterparty has the message, and the step was not answered. */
  isAnswerLost: z.boolean(),
});
/** One message that a counterparty has kept. */
export type Sent = z.infer<typeof sentSchema>;

/** Where the worker finds the folder. */
export const FAULTS_VARIABLE = 'QUAYSIDE_TEST_FAULTS';

/**
 * The recorder is mended for good: what an engineer is asked about it is itself something to record, so that a recorder
 * that broke again with every write would never come to an end. Every other step breaks anew the next time it is run.
 */
const mendedForGood = 'recordProgress';

/** The faults of all shipments, in a folder that the harness and the worker share. */
export class Faults {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Lays these faults on a shipment, before it is started; without any, its runs are only written down. */
  lay(reference: string, faults: readonly Fault[]): void {
    const file = this.file(reference, 'json');
    writeFileSync(`${file}.new`, JSON.stringify(faults));
    renameSync(`${file}.new`, file);
  }

  /** Undefined for a shipment that the harness does not know. */
  of(reference: string): Fault[] | undefined {
    const text = read(this.file(reference, 'json'));
    return text === undefined ? undefined : z.array(faultSchema).parse(JSON.parse(text));
  }

  /** What is broken now: the last run of each activity that did not succeed for want of a person. */
  broken(reference: string): Run[] {
    const last = new Map(this.runs(reference).map((run) => [run.activity, run]));
    return [...last.values()].filter((run) => run.broken);
  }

  /** A person mends what is broken now: each such step succeeds the next time. */
  mend(reference: string): void {
    for (const { activity } of this.broken(reference)) this.mendStep(reference, activity);
  }

  /** This step succeeds the next time. */
  mendStep(reference: string, activity: string): void {
    writeFileSync(this.file(reference, `${activity}.mended`), '');
  }

  isMended(reference: string, activity: string): boolean {
    return existsSync(this.file(reference, `${activity}.mended`));
  }

  /** A mended step has succeeded. */
  succeeded(reference: string, activity: string): void {
    if (activity !== mendedForGood) rmSync(this.file(reference, `${activity}.mended`), { force: true });
  }

  note(reference: string, run: Run): void {
    appendFileSync(this.file(reference, 'runs'), `${JSON.stringify(run)}\n`);
  }

  /** Every run of an activity in the shipment and in its statements so far. */
  runs(reference: string): Run[] {
    return linesOf(this.file(reference, 'runs')).map((line) => runSchema.parse(JSON.parse(line)));
  }

  noteSent(reference: string, sent: Sent): void {
    appendFileSync(this.file(reference, 'sent'), `${JSON.stringify(sent)}\n`);
  }

  /** Every message that the shipment's steps have sent to a counterparty so far. */
  sent(reference: string): Sent[] {
    return linesOf(this.file(reference, 'sent')).map((line) => sentSchema.parse(JSON.parse(line)));
  }

  private file(reference: string, what: string): string {
    return join(this.folder, `${reference}.${what}`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The lines of a file that is being written: the last one may be half there. */
function linesOf(file: string): string[] {
  const text = read(file) ?? '';
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
}

/** A fault in words. */
export function inWords(faults: readonly Fault[]): string {
  return faults.map(({ activity, mode }) => `${activity} ${mode}`).join(', ') || 'nothing goes wrong';
}
