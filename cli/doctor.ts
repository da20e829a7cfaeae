/** `npm run doctor`: what is stuck, what to do, and doing it. Exit status: 0 nothing is wrong, 1 something is, 2 Quayside is not reached, 64 the command is not understood. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { mendedSchema, readySchema, troubleListSchema } from '../api/contract.ts';
import { problemSchema } from '../api/problem.ts';
import { checksText, troublesText } from './doctor-report.ts';
import { ask, findQuayside, NotReached, type Place, type Reply } from './quayside.ts';

const USAGE = `npm run doctor
npm run doctor -- retry <id> --reason "<why>"
npm run doctor -- override <id> --reason "<why>" [--to <operator|finance|manager|engineer>]

Where: QUAYSIDE_URL and QUAYSIDE_KEY, or what npm start left in .quayside/start (QUAYSIDE_DATA_DIR: another folder).`;

const say = (...lines: string[]) => console.log(lines.join('\n'));

/** Answers of /readyz that say 503 carry the checks too. */
const notReadySchema = z.object({ detail: z.string(), checks: z.record(z.string(), z.string()).default({}) });

async function examine(place: Place): Promise<number> {
  const ready = await ask(place, '/readyz');
  say(`Quayside at ${place.url}`);
  if (ready.status !== 200) {
    const read = notReadySchema.safeParse(ready.body);
    say(...checksText({ checks: read.data?.checks ?? {} }, place.logs), '', `It does not serve: ${detailOf(ready)}.`);
    return 1;
  }
  const readiness = readySchema.parse(ready.body);
  say(...checksText(readiness, place.logs));
  const listed = await ask(place, '/v1/troubles');
  if (listed.status !== 200) {
    say('', `What is stuck cannot be shown: ${detailOf(listed)}.`);
    return 1;
  }
  const troubles = troubleListSchema.parse(listed.body);
  say(...troublesText(troubles));
  const allWell = troubles.troubles.length === 0 && Object.values(readiness.checks).every((is) => is === 'ok');
  return allWell ? 0 : 1;
}

async function mend(place: Place, action: string, id: string, body: object): Promise<number> {
  const reply = await ask(place, `/v1/troubles/${encodeURIComponent(id)}/${action}`, body);
  if (reply.status !== 200) {
    say(`Not done: ${detailOf(reply)}.`);
    return 1;
  }
  say(`Done: ${mendedSchema.parse(reply.body).words}.`);
  return 0;
}

function detailOf({ status, body }: Reply): string {
  const problem = problemSchema.safeParse(body);
  return problem.success ? problem.data.detail : `the API answered ${status}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { reason: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [action, id, ...rest] = positionals;
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (action === undefined) return examine(findQuayside());
  const understood = (action === 'retry' || action === 'override') && id !== undefined && rest.length === 0;
  if (!understood || !values.reason?.trim()) {
    say(understood ? 'Say why, with --reason: it is recorded.' : `Not understood: ${positionals.join(' ')}`, '', USAGE);
    return 64;
  }
  return mend(findQuayside(), action, id, { reason: values.reason, ...(values.to ? { toRole: values.to } : {}) });
}

try {
  process.exitCode = await main();
} catch (error) {
  const badArguments = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof NotReached) && !badArguments) throw error;
  console.error(badArguments ? `${error.message}\n\n${USAGE}` : error.message);
  process.exitCode = badArguments ? 64 : 2;
}
