import type { z } from 'zod';
import type { readySchema, troubleListSchema, troubleSchema } from '../api/contract.ts';

type Ready = Pick<z.infer<typeof readySchema>, 'checks'>;
type Troubles = z.infer<typeof troubleListSchema>;
type Trouble = z.infer<typeof troubleSchema>;

/** What to look at when a check is not `ok`: the process, and its log under `npm start`. */
const culprits: Record<string, { process: string; log: string }> = {
  database: { process: 'PostgreSQL', log: 'postgres.log' },
  engine: { process: 'the Temporal server', log: 'temporal.log' },
  worker: { process: 'the worker', log: 'worker.log' },
  files: { process: 'the file store: its volume or bucket (docs/production.md)', log: 'api.log' },
};

/** A line for each check, and for each that is not `ok` what to look at. */
export function checksText({ checks }: Ready, logs?: string): string[] {
  return Object.entries(checks).flatMap(([name, is]) => {
    const culprit = culprits[name];
    const look = culprit && `look at ${culprit.process}${logs ? ` (${logs}/${culprit.log})` : ''}`;
    return [`  ${name.padEnd(18)}${is}`, ...(is !== 'ok' && look ? [`  ${''.padEnd(18)}→ ${look}`] : [])];
  });
}

/** So long, in the unit that a person would say it in. */
export function lasting(since: string, until: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(until) - Date.parse(since)) / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}

/** The command that does it, to be copied; the words in angle brackets are the person's own. */
function commandsOf({ id, kind, actions }: Trouble): string[] {
  return actions.map((action) => {
    const to = kind === 'task-unowned' && action === 'override' ? ' --to <role>' : '';
    return `      npm run doctor -- ${action} ${id} --reason "<why>"${to}`;
  });
}

/** What is stuck, each with what to do, and what was done lately. */
export function troublesText({ readAt, workers, troubles, actions }: Troubles): string[] {
  const heading =
    troubles.length === 0
      ? 'Nothing is stuck.'
      : `${troubles.length} ${troubles.length === 1 ? 'trouble' : 'troubles'}:`;
  return [
    `  ${'workers'.padEnd(18)}${workers} asking for work`,
    '',
    heading,
    ...troubles.flatMap((trouble) => [
      '',
      `  ${trouble.kind} ${trouble.id}${trouble.reference === null ? '' : `, shipment ${trouble.reference}`}, for ${lasting(trouble.since, readAt)} (since ${trouble.since})`,
      `    ${trouble.what}`,
      `    What to do: ${trouble.remedy}`,
      ...commandsOf(trouble),
    ]),
    ...(actions.length === 0 ? [] : ['', 'Done lately:']),
    ...actions
      .slice(0, 5)
      .map(
        ({ at, action, troubleId, reference, keyRole, keyId, reason, outcome, words }) =>
          `  ${at} ${action} ${troubleId}${reference === null ? '' : ` (${reference})`} by ${keyRole}, key ${keyId}: ${reason} → ${outcome}${words === null ? '' : `: ${words}`}`,
      ),
  ];
}
