import { pause } from '../simulation/patience.ts';
import { shipmentWorkflowId, updateOf } from '../workflows/messages.ts';
import { BARE_TASK_QUEUE } from './bare/score.ts';
import { median, quantile, shown } from './figures.ts';
import { startCopies } from './orders.ts';
import type { Result } from './result.ts';
import { type Site, withBareWorker } from './site.ts';
import { table } from './table.ts';
import { waitForShipments } from './waiting.ts';

const REFERENCE = 'LATENCY-1';
const MAILBOX_ID = 'bare/mailbox';
const MESSAGES = 200;
/** Sent before and not counted: caches fill, code is compiled. */
const WARM_UP = 20;
const ASK_AGAIN_EVERY_MS = 1;
const GIVEN_UP_AFTER_MS = 10_000;

/** Milliseconds from the sending of a message. */
interface Timing {
  answered: number;
  recorded?: number;
  /** The row was there at the first look after the answer. */
  atFirstLook?: boolean;
}

interface Side {
  name: string;
  send: (nth: number) => Promise<Timing>;
}

/** One message after another to one waiting shipment, in turn with bare workflows on the same engine. */
export async function measureLatency(site: Site): Promise<Result> {
  await startCopies(site, { of: 'LAMPS-2601', references: [REFERENCE], exportInDays: 60 });
  await waitForShipments(site, 'LATENCY-', 1);
  return withBareWorker(site, async () => {
    const mailbox = await site.client.workflow.start('bareMailbox', {
      taskQueue: BARE_TASK_QUEUE,
      workflowId: MAILBOX_ID,
    });
    const sides = [
      { name: 'Quayside: a carrier’s forecast to a shipment', send: (nth: number) => toShipment(site, nth) },
      { name: 'bare: update, one local activity that writes one row', send: (nth: number) => toBareRow(site, nth) },
      {
        name: 'bare: update, one local activity that does nothing',
        send: (nth: number) => toBare(site, 'noteNothing', nth),
      },
    ];
    const timings = await inTurn(site, sides);
    await mailbox.executeUpdate('end');
    return resultOf(sides, timings);
  });
}

/** Each side's messages, in an order that changes from round to round: whoever is second finds the machine awake. */
async function inTurn({ signal }: Site, sides: readonly Side[]): Promise<Timing[][]> {
  const timings = sides.map((): Timing[] => []);
  for (let nth = 0; nth < WARM_UP + MESSAGES; nth++)
    for (let turn = 0; turn < sides.length; turn++) {
      signal.throwIfAborted();
      const at = (nth + turn) % sides.length;
      const timing = await sides[at]?.send(nth);
      if (timing && nth >= WARM_UP) timings[at]?.push(timing);
    }
  return timings;
}

async function toShipment({ client, running, database }: Site, nth: number): Promise<Timing> {
  const messageId = `latency-${nth}`;
  const handle = client.workflow.getHandle(shipmentWorkflowId(running.organisation, REFERENCE));
  const now = new Date();
  const message = {
    ...{ messageId, occurredAt: now.toISOString(), source: 'the benchmark' },
    ...{ classifier: 'PLN' as const, event: 'LOAD' as const, eventAt: now.toISOString(), voyage: String(nth) },
  };
  const began = performance.now();
  const verdict = await handle.executeUpdate(updateOf('logisticsEvent'), { args: [message] });
  const answered = performance.now() - began;
  if (verdict.status !== 'applied')
    throw new Error(`message ${nth} to ${REFERENCE} was not applied: ${JSON.stringify(verdict)}`);
  const row = `select from shipment_event where organisation = $1 and reference = $2 and data->>'messageId' = $3`;
  return recorded(began, answered, async () => {
    const { rowCount } = await database.query(row, [running.organisation, REFERENCE, messageId]);
    return rowCount === 1;
  });
}

async function toBareRow(site: Site, nth: number): Promise<Timing> {
  const what = `latency-${nth}`;
  const { began, answered } = await toBare(site, 'noteRow', nth);
  return recorded(began, answered, async () => {
    const { rowCount } = await site.database.query('select from bare.note where what = $1', [what]);
    return rowCount === 1;
  });
}

async function toBare({ client }: Site, update: 'noteNothing' | 'noteRow', nth: number) {
  const began = performance.now();
  await client.workflow.getHandle(MAILBOX_ID).executeUpdate(update, { args: [`latency-${nth}`] });
  return { began, answered: performance.now() - began };
}

/** Looks after the answer and not before: looking meanwhile would take the time that is measured. */
async function recorded(began: number, answered: number, stands: () => Promise<boolean>): Promise<Timing> {
  for (let looks = 1; ; looks++) {
    if (await stands()) return { answered, recorded: performance.now() - began, atFirstLook: looks === 1 };
    if (performance.now() - began > GIVEN_UP_AFTER_MS) throw new Error('a message that was taken is not recorded');
    await pause(ASK_AGAIN_EVERY_MS);
  }
}

function resultOf(sides: readonly Side[], timings: readonly Timing[][]): Result {
  const figures = sides.map(({ name }, at) => {
    const own = timings[at] ?? [];
    const answered = own.map((timing) => timing.answered);
    const stood = own.flatMap((timing) => timing.recorded ?? []);
    return {
      name,
      messages: own.length,
      answeredMs: { median: median(answered), p99: quantile(answered, 0.99) },
      recordedMs: { median: quantile(stood, 0.5), p99: quantile(stood, 0.99) },
      atFirstLook: stood.length === 0 ? undefined : own.filter((timing) => timing.atFirstLook).length,
    };
  });
  const printed = [
    'From sending an update by the engine’s client to its answer, and until its row is read in PostgreSQL; one at a',
    `time, in turn, after ${WARM_UP} each that do not count. Looked is first when the answer is there, then every millisecond.`,
    '',
    table(
      ['milliseconds', 'n', 'answered: median', 'p99', 'recorded: median', 'p99', 'at first look'],
      figures.map(({ name, messages, answeredMs, recordedMs, atFirstLook }) => [
        name,
        String(messages),
        shown(answeredMs.median),
        shown(answeredMs.p99),
        shown(recordedMs.median),
        shown(recordedMs.p99),
        atFirstLook === undefined ? '–' : `${atFirstLook} of ${messages}`,
      ]),
    ),
  ].join('\n');
  return { printed, figures, complaints: [] };
}
