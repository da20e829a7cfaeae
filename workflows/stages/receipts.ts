import { addDays, type CivilDate, chinaDate } from '../../rules/civil-date.ts';
import { compare, minus, sum } from '../../rules/money.ts';
import type { Instalment } from '../../rules/order/figures.ts';
import type { OpenWait } from '../carried.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { claimIsMoot } from './claim-is-moot.ts';

const lane = 'money';

/**
 * Collects the foreign currency: every instalment with its own due date, all of them under the one term that the law
 * sets (30 April of the year after the export, or the contract's later date). Resolves when settled, taken as collected
 * with proof, written off by a person, or when the right to claim has ended.
 */
export async function collectReceipts(file: ShipmentFile): Promise<void> {
  const { money, claim } = file.state;
  const endedWithoutRefund = () => claim.end !== null && claim.end.kind !== 'refunded';
  const over = () =>
    isSettled(file) || money.deemedCollected !== null || claimIsMoot(file) !== undefined || endedWithoutRefund();
  if (!over())
    await Promise.all([
      collectByTerm(file, over),
      ...instalmentsOf(file).map((instalment) => collectInstalment(file, instalment.no, over)),
    ]);
  file.layAside(({ what }) => collected.includes(what));
}

/** What is waited for and asked until the money is in. */
const collected: readonly OpenWait['what'][] = [
  'fx-instalment',
  'instalment-overdue',
  'fx-collection',
  'fx-deadline-near',
  'fx-not-collected',
  'right-to-claim',
];

/** Received and stated charges together reach what the contract asks for. */
export function isSettled(file: ShipmentFile): boolean {
  return instalmentsOf(file).every((instalment) => isPaid(file, instalment));
}

function instalmentsOf(file: ShipmentFile): Instalment[] {
  return file.state.papers?.instalments ?? file.state.order?.instalments ?? [];
}

/**
 * What is open of each instalment when all that came in fills them in order: after an amended total a receipt may have
 * been booked on another instalment than it pays now.
 */
function openAmounts(file: ShipmentFile): Map<number, string> {
  const { receipts, shortfallsAccepted } = file.state.money;
  let left = sum(receipts.flatMap(({ amount, charges }) => [amount, charges]));
  const open = new Map<number, string>();
  for (const { no, amount } of instalmentsOf(file)) {
    const accepted = sum(shortfallsAccepted.filter(({ instalment }) => instalment === no).map((one) => one.amount));
    const owed = minus(amount, accepted);
    const paid = compare(left, owed) < 0 ? left : owed;
    left = minus(left, paid);
    open.set(no, minus(owed, paid));
  }
  return open;
}

function openAmount(file: ShipmentFile, { no }: Instalment): string {
  return openAmounts(file).get(no) ?? '0';
}

function isPaid(file: ShipmentFile, instalment: Instalment): boolean {
  return compare(openAmount(file, instalment), '0') <= 0;
}

function openInWords(file: ShipmentFile): string {
  return instalmentsOf(file)
    .filter((instalment) => !isPaid(file, instalment))
    .map((instalment) => `instalment ${instalment.no}: ${openAmount(file, instalment)} ${instalment.currency}`)
    .join(', ');
}

/** One instalment: a week after its due date finance reminds the buyer, and again for as long as it is open. */
async function collectInstalment(file: ShipmentFile, no: number, over: () => boolean): Promise<void> {
  const instalment = () => instalmentsOf(file).find((one) => one.no === no);
  const done = () => {
    const one = instalment();
    return one === undefined || isPaid(file, one) || over() || file.state.money.termPassed;
  };
  // Not due before the event that the contract names; until then the term of the law alone runs.
  await file.when(() => done() || dueOn(file, instalment()) !== undefined);
  const wait = {
    what: 'fx-instalment',
    key: String(no),
    lane,
    fromWhom: 'buyer',
    on: dueOn(file, instalment()),
  } as const;
  await file.expect(wait, () => (done() ? (true as const) : undefined), {
    question: (round) => questions.instalmentOverdue(no, openInWords(file), round),
    ends: ({ choice }) => {
      if (choice === 'charges')
        file.state.money.shortfallsAccepted.push({ instalment: no, amount: openAmounts(file).get(no) ?? '0' });
      return choice === 'charges';
    },
  });
}

function dueOn(file: ShipmentFile, instalment: Instalment | undefined): CivilDate | undefined {
  if (!instalment) return undefined;
  const { transport, declaration, order } = file.state;
  const triggered = {
    date: instalment.on,
    order: order?.orderedOn,
    shipment: declaration.exportedOn ?? undefined,
    arrival: transport.arrivedAt ? chinaDate(transport.arrivedAt) : undefined,
  }[instalment.trigger];
  return triggered && addDays(triggered, instalment.days);
}

/** The term of the law: warnings as it nears; past it finance has the question, and late money is still welcome until the right to claim ends. */
async function collectByTerm(file: ShipmentFile, over: () => boolean): Promise<void> {
  const { money, declaration, order } = file.state;
  // The export date may be corrected by customs' receipt: the term is reckoned again then.
  for (let exportedOn = declaration.exportedOn; !over() && !money.termPassed; exportedOn = declaration.exportedOn) {
    const wait = {
      what: 'fx-collection',
      key: exportedOn ?? 'export',
      lane,
      fromWhom: 'buyer',
      on: exportedOn ?? undefined,
      lastContractualDate: order?.lastContractualDate,
    } as const;
    // Of another export date, from an earlier run.
    file.layAside(({ what, key }) => what === 'fx-collection' && key !== wait.key);
    const warned = warnFinance(file, `fx-collection/${wait.key}`, over);
    const news = await file.until(wait, () => (over() || declaration.exportedOn !== exportedOn ? true : undefined));
    money.termPassed = news === undefined;
    await warned;
  }
  if (over()) return;
  const wait = {
    what: 'right-to-claim',
    key: 'claim',
    lane,
    fromWhom: 'finance',
    on: declaration.exportedOn ?? undefined,
  } as const;
  const asked = file
    .ask(questions.fxNotCollected(openInWords(file), file.asOf), lane, () => over())
    .then((answer) => {
      if (answer?.choice === 'write-off') money.writtenOff = answer.reason || 'written off: the buyer does not pay';
      if (answer?.choice === 'deemed-collected')
        money.deemedCollected = answer.reason || 'taken as collected by the law';
    });
  if ((await file.until(wait, () => (over() ? true : undefined))) === undefined) money.rightToClaimEnded = true;
  await asked;
}

/** Each warning of the term is told to finance; the question goes away by itself when the money is in. */
async function warnFinance(file: ShipmentFile, waitId: string, over: () => boolean): Promise<void> {
  const open = () => file.state.waits.find((wait) => wait.id === waitId);
  await file.when(() => open() !== undefined || over());
  for (let told = 0; ; told++) {
    await file.when(() => open() === undefined || (open()?.warned ?? 0) > told);
    const wait = open();
    if (!wait?.deadline) return;
    void file.ask(
      questions.fxDeadlineNear(wait.deadline.dueAt, told + 1),
      lane,
      () => over() || file.state.money.termPassed,
    );
  }
}
