import { assertNever } from '../../rules/assert-never.ts';
import { type DestinationNews, dealWithNext, type LogisticsEnd, type ShipmentState, unread } from '../carried.ts';
import type { InspectionResult, Notice } from '../messages.ts';
import { broker, carrier } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { carrierReport, destinationNews, waitForDestination } from '../waits.ts';
import { answerCase, casesAreAnswered } from './cases.ts';
import { sendUntilTaken } from './send-until-taken.ts';

const lane = 'logistics';

/** Follows the goods from the port to the consignee: departure, arrival, the destination's clearance with its holds and cases, delivery. */
export async function deliver(file: ShipmentFile): Promise<LogisticsEnd> {
  const { transport } = file.state;
  if (transport.end) return transport.end;
  transport.coming ??= await followToTheEnd(file);
  // A notice still wants its answer after the goods are through.
  await file.when(() => casesAreAnswered(file));
  transport.end = transport.coming;
  file.leave(lane);
  return transport.end;
}

async function followToTheEnd(file: ShipmentFile): Promise<LogisticsEnd> {
  await followGoods(file);
  return (await departAndArrive(file)) ?? (await clearDestination(file)) ?? (await handOver(file));
}

async function followGoods(file: ShipmentFile): Promise<void> {
  const { transport, order } = file.state;
  if (transport.followed) return;
  file.enter(lane, 'departure');
  const { answer } = await sendUntilTaken(file, lane, 'carrier', 'tracking', (key) =>
    carrier.followShipment.executeWithOptions({ summary: 'subscribe to the carrier’s events' }, [
      { ...file.name, key, asOf: file.asOf, plannedExportOn: order?.plannedExportOn },
    ]),
  );
  transport.followed = true;
  transport.plannedDeparture ??= answer.estimatedDeparture ?? null;
  transport.plannedArrival ??= answer.estimatedArrival ?? null;
}

async function departAndArrive(file: ShipmentFile): Promise<LogisticsEnd | undefined> {
  const { transport, declaration } = file.state;
  const departed = await report(file, 'departure', () => transport.departedAt ?? declaration.withdrawnAt);
  if (departed) return departed;
  if (transport.departedAt === null)
    return { kind: 'withdrawn', because: 'the declaration was withdrawn after release' };
  if (transport.arrivedAt !== null) return undefined;
  file.enter(lane, 'arrival');
  return report(file, 'arrival', () => transport.arrivedAt);
}

async function clearDestination(file: ShipmentFile): Promise<LogisticsEnd | undefined> {
  const { destination } = file.state;
  // Carried over in the hand-over, it was through here.
  if (file.state.stages.logistics === 'delivery') return undefined;
  file.enter(lane, 'destination-clearance');
  if (!destination.dossierSent) {
    await sendDossier(file);
    destination.dossierSent = true;
  }
  let end: LogisticsEnd | undefined;
  while (!end && (destination.releasedAt === null || hasUnread(destination))) {
    // While our answer to an authority is owed, nobody can expect the broker to have the goods released.
    await file.when(() => casesAreAnswered(file) || hasUnread(destination));
    await destinationNews(
      file,
      (round) => askBrokerForStatus(file, round),
      (choice) => (end = broughtToEnd(choice)),
    );
    end ??= await readDestination(file);
  }
  return end;
}

async function sendDossier(file: ShipmentFile): Promise<void> {
  const { destination, papers } = file.state;
  const send = (key: string) =>
    broker.instructBroker.executeWithOptions({ summary: 'clearance dossier to the broker' }, [
      {
        ...file.name,
        key,
        asOf: file.asOf,
        kind: 'clearance-dossier',
        subject: 'Clearance at the destination',
        body: 'Please clear the goods by the papers named.',
        documentIds: papers?.documents.map((document) => document.id) ?? [],
      },
    ]);
  const owed = destination.releasedAt === null ? waitForDestination : undefined;
  await sendUntilTaken(file, lane, 'broker', 'dossier', send, { owed });
}

/** The goods are free; until they are handed over an authority can still take them. */
async function handOver(file: ShipmentFile): Promise<LogisticsEnd> {
  const { transport, destination } = file.state;
  file.enter(lane, 'delivery');
  for (;;) {
    const end = await report(
      file,
      'delivery',
      () => transport.deliveredAt ?? (hasUnread(destination) ? file.asOf : null),
    );
    const taken = end ?? (await readDestination(file));
    if (taken) return taken;
    if (transport.deliveredAt !== null) return { kind: 'delivered', at: transport.deliveredAt };
  }
}

/** Reads what the destination said next, if anything. */
async function readDestination(file: ShipmentFile): Promise<LogisticsEnd | undefined> {
  const { news, inspections } = file.state.destination;
  const end = await dealWithNext(news, (item, n) => readNews(file, item, n));
  return end ?? (await dealWithNext(inspections, (result, n) => readInspection(file, result, n)));
}

/** Undefined once the carrier reported it; an end when a person says that it never will. A moved forecast moves the deadline. */
async function report(
  file: ShipmentFile,
  what: 'departure' | 'arrival' | 'delivery',
  fact: () => string | null,
): Promise<LogisticsEnd | undefined> {
  const { transport } = file.state;
  const forecast = () =>
    ({ departure: transport.plannedDeparture, arrival: transport.plannedArrival, delivery: null })[what];
  const happened = ({ departure: 'departedAt', arrival: 'arrivedAt', delivery: 'deliveredAt' } as const)[what];
  let end: LogisticsEnd | undefined;
  while (!end && fact() === null) {
    const on = forecast();
    await carrierReport(
      file,
      what,
      on ?? undefined,
      () => (fact() === null && forecast() === on ? undefined : true),
      (choice) => {
        if (choice === 'happened') transport[happened] ??= file.asOf;
        end = broughtToEnd(choice);
      },
    );
  }
  // Carried over while it was late, it may be here before this run waited for it.
  file.layAside(({ what: wait, key }) => wait === what || key.startsWith(`carrier-silent/${what}/`));
  return end;
}

async function readNews(file: ShipmentFile, news: DestinationNews, n: number): Promise<LogisticsEnd | undefined> {
  switch (news.effect) {
    case 'released':
    case 'hold-placed':
    case 'hold-removed':
    case 'exam-ordered':
    case 'note':
      return undefined;
    case 'entry-refused': {
      const answer = await file.ask(questions.entryRefused(news.note ?? '', n), lane);
      return answer ? broughtToEnd(answer.choice) : undefined;
    }
    default:
      return assertNever(news.effect);
  }
}

async function readInspection(
  file: ShipmentFile,
  result: InspectionResult,
  n: number,
): Promise<LogisticsEnd | undefined> {
  switch (result.outcome) {
    case 'released':
      return undefined;
    case 'seized':
      return {
        kind: 'seized',
        because: result.findings.map((finding) => finding.what).join('; ') || 'seized at the destination',
      };
    case 'discrepancy': {
      await answerCase(
        file,
        {
          form: 'inspection',
          number: `inspection ${n}`,
          datedOn: result.occurredAt.slice(0, 10) as Notice['datedOn'],
          questions: result.findings.map((finding) => finding.what),
        },
        1000 + n,
      );
      return undefined;
    }
    case 'detained': {
      const answer = await file.ask(questions.goodsDetained(result, 1000 + n), lane);
      return answer ? broughtToEnd(answer.choice) : undefined;
    }
    default:
      return assertNever(result.outcome);
  }
}

function hasUnread({ news, inspections }: ShipmentState['destination']): boolean {
  return unread(news) !== undefined || unread(inspections) !== undefined;
}

async function askBrokerForStatus(file: ShipmentFile, round: number): Promise<'will-answer'> {
  await sendUntilTaken(file, lane, 'broker', `status-${round}`, (key) =>
    broker.instructBroker.executeWithOptions({ summary: 'ask the broker how it stands' }, [
      {
        ...file.name,
        key,
        asOf: file.asOf,
        kind: 'status-request',
        subject: 'Status of the clearance',
        body: 'Please say how the clearance stands and what is missing.',
        documentIds: [],
      },
    ]),
  );
  return 'will-answer';
}

function broughtToEnd(choice: string): LogisticsEnd | undefined {
  if (choice === 'lost') return { kind: 'lost', because: 'a person found the goods lost or given up' };
  if (choice === 'returned') return { kind: 'returned', because: 'a person brings the goods back' };
  return undefined;
}

/** After the handover an authority may still want the goods back, or have a question: a person must know. */
export async function readNewsAfterDelivery(file: ShipmentFile): Promise<never> {
  const { transport, destination } = file.state;
  for (;;) {
    await file.when(() => transport.end !== null && unread(destination.news) !== undefined);
    await dealWithNext(destination.news, async ({ effect, note }, n) => {
      if (effect === 'released' || effect === 'hold-removed' || (effect === 'note' && !note)) return;
      await file.ask(questions.afterDelivery(effect, note ?? '', n), lane);
    });
  }
}
