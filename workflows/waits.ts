/**
 * Every wait of a shipment: what for, what breaks if it were shorter, what bounds it. The days and hours themselves are
 * rules/deadlines.ts, computed by the recorder and carried with the wait, so that a corrected rule breaks no history.
 */
import type { CivilDate } from '../rules/civil-date.ts';
import { type TaskAnswer, unread } from './carried.ts';
import type { TaxResponse } from './messages.ts';
import { customs, taxBureau } from './parties.ts';
import { questions } from './questions.ts';
import type { ShipmentFile } from './shipment-file.ts';
import type { Wait } from './wait.ts';

/**
 * The days before filing in which an order can still be cancelled at no cost: the declaration goes out shortly before
 * the planned export (a setting of the organisation; customs wants it 24 hours before loading). Filing earlier would
 * declare goods that are still being changed. Bounded by the planned date itself.
 */
export async function filingWindow(file: ShipmentFile): Promise<void> {
  const on = file.state.order?.plannedExportOn;
  if (on)
    await file.until(
      { what: 'planned-export', key: 'window', lane: 'trunk', fromWhom: 'exporter-client', on },
      // Opened again, the review comes first: what it finds is mended while there is time.
      () => (file.state.review.approvedAt === null ? true : undefined),
    );
}

/** Whoever sends a declaration waits for customs from then on, even while it cannot be reached. */
export function waitForCustoms({ state }: ShipmentFile): Wait {
  return { what: 'customs-answer', key: String(state.declaration.revision), lane: 'trunk', fromWhom: 'customs' };
}

/**
 * Customs' next word on the filed declaration. Two hours on working days (domain/process.md); shorter would telephone
 * an office that is at work. Silence is not an answer: at each deadline we ask by key, then a person, and never file
 * twice to find out. About 80 % pass the electronic review within minutes.
 */
export function customsAnswer(file: ShipmentFile, key: string): Promise<true | undefined> {
  return file.expect(
    waitForCustoms(file),
    () => (unread(file.state.customs) || unread(file.state.exportInspections) ? true : undefined),
    {
      enquire: () => askCustoms(file, key, 'trunk'),
      question: (round) => questions.customsSilent(key, round),
    },
  );
}

/** Until an export inspection has a result, or customs moved without one. Warn after two working days, at five customs is asked by key. */
export async function exportInspectionResult(file: ShipmentFile, key: string): Promise<void> {
  const { exportInspections, customs: receipts } = file.state;
  // The receipt that ordered the inspection is still being dealt with: only one after it counts.
  const customsMoved = () => receipts.items.length > receipts.read + 1;
  await file.expect(
    { what: 'export-inspection', key: String(file.state.declaration.revision), lane: 'trunk', fromWhom: 'customs' },
    () => (unread(exportInspections) || customsMoved() ? true : undefined),
    {
      enquire: () => askCustoms(file, key, 'trunk'),
      question: (round) => questions.inspectionSilent(key, round),
    },
  );
}

/** Every choice but `keep-waiting` ends the wait, and says how. */
function unlessKeptWaiting(ends: (choice: string) => void): (answer: TaskAnswer) => boolean {
  return ({ choice }) => {
    if (choice === 'keep-waiting') return false;
    ends(choice);
    return true;
  };
}

/** A carrier's report: three days after the forecast somebody must look where the goods are. Ends by a person when they are lost or come back. */
export function carrierReport(
  file: ShipmentFile,
  what: 'departure' | 'arrival' | 'delivery',
  on: CivilDate | undefined,
  fact: () => true | undefined,
  ends: (choice: string) => void,
): Promise<true | undefined> {
  return file.expect({ what, key: 'goods', lane: 'logistics', fromWhom: 'carrier', on }, fact, {
    question: (round) => questions.carrierSilent(what, round),
    ends: unlessKeptWaiting(ends),
  });
}

/** Whoever sends the dossier waits for the broker from then on. */
export const waitForDestination: Wait = {
  what: 'destination-release',
  key: 'goods',
  lane: 'logistics',
  fromWhom: 'broker',
};

/** The destination's next word: release, hold, exam. Three working days after arrival the broker is asked, after as many again a person. */
export async function destinationNews(
  file: ShipmentFile,
  askBroker: (round: number) => Promise<'asked' | 'will-answer'>,
  ends: (choice: string) => void,
): Promise<void> {
  const { news, inspections } = file.state.destination;
  await file.expect(waitForDestination, () => (unread(news) || unread(inspections) ? true : undefined), {
    enquire: askBroker,
    question: (round) => questions.brokerSilent(round),
    ends: unlessKeptWaiting(ends),
  });
}

/**
 * The declaration closed by the carrier's clearance manifest (channel R): before it the bureau has no electronic data
 * and refuses the claim. Ten days after the export, then customs is asked by key.
 */
export function declarationClosed(file: ShipmentFile, moot: () => true | undefined): Promise<true | undefined> {
  const { declaration } = file.state;
  const wait = {
    what: 'declaration-closed',
    key: 'declaration',
    lane: 'money',
    fromWhom: 'customs',
    on: declaration.exportedOn ?? undefined,
  } as const;
  return file.expect(wait, () => (declaration.closedAt === null ? moot() : true), {
    enquire: () => askCustoms(file, file.key('declaration', declaration.filed), 'money'),
    question: (round) => questions.declarationNotClosed(round),
  });
}

const decisiveSteps: readonly TaxResponse['status'][] = [
  'doubts',
  'inquiry-letter',
  'paid',
  'self-check-failed',
  'refused',
  'withdrawn',
];

/** Whether somebody must do something after that step of the bureau; the others are only recorded. */
export function isDecisive(status: TaxResponse['status']): boolean {
  return decisiveSteps.includes(status);
}

/**
 * The bureau's next decisive step on a claim: twice the working days of the exporter's category, one clock for the
 * steps between, then it is asked by key, then by finance. Doubts and letters of inquiry start the clock again.
 */
export async function taxBureauStep(file: ShipmentFile, key: string): Promise<void> {
  const { steps } = file.state.claim;
  const decisive = () => steps.items.findIndex((step, index) => index >= steps.read && isDecisive(step.status));
  await file.expect(
    { what: 'tax-bureau-answer', key: String(file.state.claim.revision), lane: 'money', fromWhom: 'tax-bureau' },
    () => (decisive() < 0 ? undefined : true),
    {
      enquire: () => askTaxBureau(file, key),
      question: (round) => questions.taxBureauSilent(key, round),
    },
  );
  steps.read = decisive();
}

async function askCustoms(file: ShipmentFile, key: string, lane: 'trunk' | 'money'): Promise<'asked'> {
  const { messages } = await file.attempt('findCustomsAnswers', lane, () =>
    customs.findCustomsAnswers({ ...file.name, key, asOf: file.asOf }),
  );
  for (const message of messages) file.receive('customsResponse', message);
  return 'asked';
}

async function askTaxBureau(file: ShipmentFile, key: string): Promise<'asked'> {
  const { messages } = await file.attempt('findClaimSteps', 'money', () =>
    taxBureau.findClaimSteps({ ...file.name, key, asOf: file.asOf }),
  );
  for (const message of messages) file.receive('taxResponse', message);
  return 'asked';
}
