/**
 * What the destination takes on one line of goods, layer by layer, and on the entry. An estimate: a layer whose rate is not
 * known has no amount and says 'look up', and the total is then a lower bound.
 */
import type { DutyLayer, EntryFee } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';
import { compare, divide, inCurrency, type Money, sum, times } from '../money.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { type ExchangeRate, inOtherCurrency } from './exchange.ts';
import { codeAbroad, dutyFreeRow, tariffRow } from './tariff-lookup.ts';

/** One thing that is taken. Amounts in the currency of the customs value; a null amount is not known. */
export interface DutyAmount {
  id: string;
  name: string;
  kind: 'duty' | 'tax' | 'fee';
  /** What the rate is taken of. */
  basis: 'customs-value' | 'customs-value-and-duty' | 'price-and-carriage' | 'tariff-line';
  /** Chapter 99 heading to report, where it is known. */
  heading: string | null;
  ratePercent: string | null;
  amount: string | null;
  /** Where the amount is not known and a benchmark is: how much it would be at its highest. In no total. */
  benchmarkAmount?: string | null;
  note: string;
  source: string;
  needsHumanConfirmation: boolean;
}

/** The layers of a line, their sum as far as known, and what is missing in it. */
export interface DutyStack {
  layers: DutyAmount[];
  /** Sum of the layers with an amount; a lower bound unless `complete`. */
  total: string;
  /** Sum of the rates of those layers. */
  ratePercent: string;
  complete: boolean;
  missing: string[];
  /** Chapter 99 headings in the order of the entry; they come before the line's own code. */
  reporting: string[];
}

export interface DutyGoods {
  line: Pick<OrderLine, 'hsCode' | 'importCode' | 'origin' | 'attributes'>;
  /** Market of the destination, for example US or EU. */
  market: string;
  /** The day on which the goods enter: rates are of that day. */
  entryOn: CivilDate;
  customsValue: Money;
}

/** Duties on one line by the entry day. Taxes and fees on the entry are not in it: {@link entryFees}. */
export function dutyStack(goods: DutyGoods, reference: Reference): DutyStack {
  const layers = reference.dutyLayers
    .filter((layer) => layer.market === goods.market && isInForce(layer, goods.entryOn))
    .filter(({ origins }) => origins === null || origins.includes(goods.line.origin))
    .sort((a, b) => a.reportedAs - b.reportedAs);
  const found = new Map(layers.map((layer) => [layer.id, additional(layer, goods, reference)]));
  const amounts = layers.flatMap((layer) => {
    const amount = found.get(layer.id);
    return amount ? [suppress(layer, amount, found)] : [];
  });
  return stackOf(
    [baseDuty(goods, reference), ...amounts],
    amounts.flatMap(({ heading }) => heading ?? []),
  );
}

/** Adds layers up. @param reporting headings in the order of the entry */
export function stackOf(layers: DutyAmount[], reporting: string[] = []): DutyStack {
  const known = layers.filter(({ amount }) => amount !== null);
  return {
    layers,
    total: sum(known.map(({ amount }) => amount ?? '0')),
    ratePercent: sum(known.map(({ ratePercent }) => ratePercent ?? '0')),
    complete: known.length === layers.length,
    missing: layers.filter(({ amount }) => amount === null).map(({ name, note }) => `${name}: ${note}`),
    reporting,
  };
}

/** So many percent of an amount of money, half-up at its currency's decimals. */
export function percentOf({ amount, currency }: Money, ratePercent: string): string {
  return inCurrency(times(amount, divide(ratePercent, '100')), currency);
}

function baseDuty({ line, market, entryOn, customsValue }: DutyGoods, reference: Reference): DutyAmount {
  const code = codeAbroad(line);
  const rows = reference.baseDuties.filter((one) => one.market === market);
  const row = tariffRow(rows, code, entryOn);
  const free = row === null ? dutyFreeRow(market, code, entryOn, reference) : undefined;
  const duty = (
    ratePercent: string | null,
    note: string,
    of: Pick<DutyAmount, 'source' | 'needsHumanConfirmation'>,
  ): DutyAmount => ({
    id: 'base',
    name: 'Customs duty, base rate',
    kind: 'duty',
    basis: 'customs-value',
    heading: null,
    ratePercent,
    amount: ratePercent === null ? null : percentOf(customsValue, ratePercent),
    note,
    source: of.source,
    needsHumanConfirmation: of.needsHumanConfirmation,
  });
  if (free) return duty('0', `free from anywhere: ${free.name}`, free);
  if (row !== null && row !== 'too-short') return duty(row.ratePercent, row.goods, row);
  const fullCode = line.importCode ? '' : ', state the full code of the destination,';
  return duty(null, `look up ${code}${fullCode} in the tariff of ${market} for goods of ${line.origin}`, {
    source: 'not covered: no rate of this code is in the reference data',
    needsHumanConfirmation: true,
  });
}

function additional(layer: DutyLayer, { line, entryOn, customsValue }: DutyGoods, reference: Reference): DutyAmount {
  const code = codeAbroad(line);
  const amount = (ratePercent: string | null, note: string, heading = layer.heading): DutyAmount => ({
    id: layer.id,
    name: layer.name,
    kind: 'duty',
    basis: 'customs-value',
    heading: ratePercent === null || compare(ratePercent, '0') === 0 ? null : heading,
    ratePercent,
    amount: ratePercent === null ? null : percentOf(customsValue, ratePercent),
    note,
    source: layer.source,
    needsHumanConfirmation: layer.needsHumanConfirmation,
  });
  const { metalWeightPercent } = line.attributes;
  if (
    layer.outUpToMetalPercent !== null &&
    metalWeightPercent !== undefined &&
    metalWeightPercent <= layer.outUpToMetalPercent
  )
    return amount(
      '0',
      `outside: ${metalWeightPercent} % of the weight is metal, up to ${layer.outUpToMetalPercent} % none is taken`,
    );
  const row = tariffRow(
    reference.layerRates.filter((rate) => rate.layer === layer.id),
    code,
    entryOn,
  );
  if (row === 'too-short')
    return amount(null, `look up: ${code} is too short to tell, state the full code of the destination`);
  if (row) return { ...amount(row.ratePercent, row.goods, row.heading ?? layer.heading), source: row.source };
  if (layer.otherwise === 'look-up' || layer.lookUpPrefixes.some((prefix) => code.startsWith(prefix)))
    return amount(null, `look up ${code}${layer.note ? `; ${layer.note}` : ''}`);
  return layer.otherwise === 'none'
    ? amount('0', `${code} is not on its list`)
    : amount(layer.otherwise, layer.note ?? 'falls on every code');
}

/** A layer that another takes off the line is nothing; while the other is not known, neither is this one. */
function suppress(layer: DutyLayer, own: DutyAmount, found: ReadonlyMap<string, DutyAmount>): DutyAmount {
  const { suppressedBy } = layer;
  const others = (suppressedBy?.layers ?? []).flatMap((id) => found.get(id) ?? []);
  const by = others.find(({ ratePercent }) => ratePercent !== null && compare(ratePercent, '0') > 0);
  if (suppressedBy && by)
    return {
      ...own,
      heading: suppressedBy.heading,
      ratePercent: '0',
      amount: '0',
      note: `not taken beside: ${by.name}`,
    };
  const open = others.find(({ amount }) => amount === null);
  if (!open || own.amount === null) return own;
  return {
    ...own,
    heading: null,
    amount: null,
    note: `${own.ratePercent} %, unless ${open.name} falls on the line: look that up first`,
  };
}

/** What an entry is, for its fees. */
export interface Entry {
  market: string;
  entryOn: CivilDate;
  transport: Order['transport']['mode'];
  /** Of all lines together. */
  customsValue: Money;
  exchangeRates: readonly ExchangeRate[];
}

/**
 * Fees on the entry as a whole. Where the bounds of the day are not known, the last known ones stand in: bounds have only
 * risen, so that the fee is a lower bound, and it says so.
 */
export function entryFees(entry: Entry, reference: Reference): { fees: DutyAmount[]; missing: string[] } {
  const rows = reference.entryFees.filter(
    (fee) =>
      fee.market === entry.market && isInForce(fee, entry.entryOn) && (!fee.seaOnly || entry.transport === 'sea'),
  );
  const read = rows.map((fee) => entryFee(fee, entry, reference));
  return { fees: read.map(({ fee }) => fee), missing: read.flatMap(({ missing }) => missing) };
}

function entryFee(row: EntryFee, entry: Entry, reference: Reference): { fee: DutyAmount; missing: string[] } {
  const fee = (amount: string | null, note: string): DutyAmount => ({
    id: row.id,
    name: row.name,
    kind: 'fee',
    basis: 'customs-value',
    heading: null,
    ratePercent: row.ratePercent,
    amount,
    note,
    source: row.source,
    needsHumanConfirmation: row.needsHumanConfirmation,
  });
  const { customsValue } = entry;
  const informal = belowUsual(row, entry);
  if (informal)
    return { fee: { ...fee(null, informal), needsHumanConfirmation: true }, missing: [`${row.name}: ${informal}`] };
  const plain = percentOf(customsValue, row.ratePercent);
  if (!row.bounded) return { fee: fee(plain, `${row.ratePercent} % of the customs value`), missing: [] };
  const known = row.minimum === null || row.maximum === null ? lastBounded(row, entry.entryOn, reference) : row;
  const [least, most] = [known?.minimum, known?.maximum].map((bound) =>
    bound
      ? inOtherCurrency({ amount: bound, currency: row.currency }, customsValue.currency, entry.exchangeRates)
      : null,
  );
  if (!least || !most) {
    const why = `its bounds are in ${row.currency}: give the rate to ${customsValue.currency}`;
    return { fee: fee(null, why), missing: [`${row.name}: ${why}`] };
  }
  const amount = compare(plain, least) < 0 ? least : compare(plain, most) > 0 ? most : plain;
  if (known === row) return { fee: fee(amount, `at least ${least}, at most ${most}`), missing: [] };
  const why = `the bounds of this day were not found; those to ${known?.effectiveTo} stand in: ${least} to ${most}`;
  return { fee: fee(amount, why), missing: [`${row.name}: ${why}`] };
}

/** Why the fee is likely not taken: the entry is too small for it. Null where it is not, or no rate tells. */
function belowUsual({ usualFromValue, currency }: EntryFee, { customsValue, exchangeRates }: Entry): string | null {
  if (usualFromValue === null) return null;
  const from = inOtherCurrency({ amount: usualFromValue, currency }, customsValue.currency, exchangeRates);
  if (from === null || compare(customsValue.amount, from) >= 0) return null;
  const written = usualFromValue.replace(/\B(?=(\d{3})+$)/g, ',');
  return `below ${written} ${currency} an entry is usually informal, with another fee: look up`;
}

function lastBounded({ id, market }: EntryFee, on: CivilDate, reference: Reference): EntryFee | undefined {
  return reference.entryFees
    .filter((one) => one.id === id && one.market === market && one.minimum !== null && one.effectiveFrom <= on)
    .sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom))[0];
}
