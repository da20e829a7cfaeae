/** Looks words of the trade up in the code tables. `undefined` means that the table does not know: the caller says so, nobody guesses. */
import type { Reference } from '../../reference/load.ts';
import type { SupervisionMode, Unit } from '../../reference/schema.ts';
import type { CivilDate } from '../civil-date.ts';
import type { Order } from '../order/order.ts';

/** Whether a dated item is in force on that day; both its ends count. */
export function isInForce(item: { effectiveFrom: string; effectiveTo: string | null }, on: CivilDate): boolean {
  return item.effectiveFrom <= on && (item.effectiveTo === null || on <= item.effectiveTo);
}

/** Letters as one writes them, whatever their width, case and spacing: `ＫＧ` and `kg` are one word. */
export function plain(text: string): string {
  // Most texts are plain already but for their case: a check of fifty lines asks for some ten thousand.
  if (/^[!-~]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

interface Named {
  code: string;
  nameZh: string;
  names: string[];
}

/** A table by all its names, made once: a check of fifty lines looks hundreds of units up. */
const tables = new WeakMap<readonly Named[], ReadonlyMap<string, Named>>();

function tableOf(items: readonly Named[]): ReadonlyMap<string, Named> {
  const known = tables.get(items);
  if (known) return known;
  const table = new Map(
    items
      .toReversed()
      .flatMap((item) => [item.code, item.nameZh, ...item.names].map((name) => [plain(name), item] as const)),
  );
  tables.set(items, table);
  return table;
}

function named<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  return tableOf(items).get(plain(name)) as Item | undefined;
}

/**
 * The customs unit behind a Chinese name, an international one or the code itself: 千克, kg and 035 are one. Written as papers
 * write it: `PCS.`, `SET(S)`, 个/PCS, 件(PCS). Of two names the Chinese one counts; names of different units are none.
 */
export function unitOf(name: string, { units }: Reference): Unit | undefined {
  let known = knownUnits.get(units);
  if (!known) {
    known = new Map();
    knownUnits.set(units, known);
  }
  if (known.has(name)) return known.get(name);
  const unit = named(units, name) ?? spelledUnit(units, plain(name));
  // Whatever strangers write as a unit is not remembered for ever.
  if (known.size < mostNames) known.set(name, unit);
  return unit;
}

/** Every unit is asked for again and again: fifty lines on ten papers, some ten thousand times. */
const knownUnits = new WeakMap<Reference['units'], Map<string, Unit | undefined>>();
const mostNames = 5000;

function spelledUnit(units: Reference['units'], name: string): Unit | undefined {
  const alone = (text: string) =>
    [text, text.replace(/\((e?s)\)/g, '$1'), text.replace(/\(e?s\)/g, '')]
      .map((one) => named(units, one.replace(/[.,:;]/g, '').trim()))
      .find((unit) => unit !== undefined);
  const whole = alone(name);
  if (whole) return whole;
  const parts = name
    .replace(/\((e?s)\)/g, '$1')
    .split(/[/()[\]]+/)
    .filter((part) => part.trim() !== '');
  const found = parts.map((part) => ({ isChinese: /\p{Script=Han}/u.test(part), unit: alone(part) }));
  const known = found.flatMap(({ unit }) => unit ?? []);
  const chinese = found.flatMap(({ isChinese, unit }) => (isChinese && unit ? [unit] : []));
  const isOne = (some: readonly (string | undefined)[]) => new Set(some).size === 1;
  // Kilograms per carton, or pieces per set, are no unit of a quantity.
  if (!isOne(known.map(({ kind }) => kind))) return undefined;
  if (chinese.length > 0) return isOne(chinese.map(({ code }) => code)) ? chinese[0] : undefined;
  const inLetters = found.filter(({ isChinese }) => !isChinese);
  return isOne(inLetters.map(({ unit }) => unit?.code)) ? inLetters[0]?.unit : undefined;
}

/** Whether two names mean one unit: by the table, or letter by letter where the table knows neither. */
export function isSameUnit(a: string, b: string, reference: Reference): boolean {
  const [one, other] = [unitOf(a, reference), unitOf(b, reference)];
  return one || other ? one?.code === other?.code : plain(a) === plain(b);
}

/** Code of a kind of packing (包装种类). A bare 'pallet' has none: natural or reconstituted wood decides. */
export function wrapCodeOf(kind: string, reference: Reference): string | undefined {
  return named(reference.wrapKinds, kind)?.code;
}

/** ISO alpha-3 of an alpha-2 country, as the newer customs tables write it. */
export function alpha3Of(country: string, reference: Reference): string | undefined {
  return reference.countries.find(({ alpha2 }) => alpha2 === country)?.alpha3;
}

/** The market whose rules a destination follows: EU for its members, else the country itself. */
export function marketOf(country: string, on: CivilDate, reference: Reference): string {
  return reference.euMembers.some((member) => member.country === country && isInForce(member, on)) ? 'EU' : country;
}

/** The markets whose rules a destination follows. Northern Ireland is a market of its own: it follows the EU for goods. */
export function marketsOf({ country, region }: Order['destination'], on: CivilDate, reference: Reference): string[] {
  return [region === 'northern-ireland' ? 'NI' : marketOf(country, on, reference)];
}

/** Code of the supervision mode: the order's own, else the one chosen for its model. */
export function supervisionCodeOf(order: Pick<Order, 'model' | 'supervisionMode'>, reference: Reference): string {
  const chosen = reference.supervisionModes.find(({ chosenFor }) => chosenFor === order.model);
  return order.supervisionMode ?? chosen?.code ?? '';
}

/** What the table says of the order's supervision mode. */
export function supervisionModeOf(
  order: Pick<Order, 'model' | 'supervisionMode'>,
  reference: Reference,
): SupervisionMode | undefined {
  const code = supervisionCodeOf(order, reference);
  return reference.supervisionModes.find((mode) => mode.code === code);
}
