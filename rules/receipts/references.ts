/** What can be named in a payment: a shipment's own reference, and the numbers of its contract and invoices. */
export interface Nameable {
  reference: string;
  paymentReference: readonly string[];
}

/** A shipment that a payment names, and the numbers by which it does. */
export interface NamedShipment {
  reference: string;
  by: string[];
}

/** Which shipments go by a number; numbers in capitals, since banks write them so. */
export type KnownNumbers = ReadonlyMap<string, ReadonlySet<string>>;

/** A known number, found in a text. */
interface Found {
  number: string;
  /** Index of the text, and the characters it covers there. */
  text: number;
  from: number;
  to: number;
}

/**
 * The shipments that fit everything the payment names. Usually one; none when no known number appears; several when
 * the numbers contradict each other, or when one number (a frame contract's) belongs to several shipments and nothing
 * tells them apart. Then a person decides.
 *
 * A number counts where it stands as a word of its own, in any case: between blanks, slashes, brackets, Chinese text or
 * the like. Letters, digits, and dots, hyphens and underscores between them make one word, so `PO-1` is neither in
 * `PO-12` nor in `PO-1-2` nor in `XPO-1`. A number too plain to be one (under three characters, a bare word, up to five
 * digits, which may be a date or a count) counts only when it is the whole text.
 */
export function shipmentsNamedIn(texts: readonly string[], owners: KnownNumbers): NamedShipment[] {
  const found = texts.flatMap((text, index) =>
    [...owners.keys()].flatMap((number) => occurrences(text, index, number)),
  );
  // `HT-9/PO-1` is one contract's number where it is known; that `PO-1` stands inside it names nobody.
  const outermost = found.filter((each) => !found.some((other) => isInside(each, other)));
  const numbers = [...new Set(outermost.map((each) => each.number))];
  const [first, ...rest] = numbers.map((number) => owners.get(number) ?? new Set<string>());
  if (!first) return [];
  const fitting = [...first].filter((reference) => rest.every((others) => others.has(reference)));
  const named = fitting.length > 0 ? fitting : numbers.flatMap((number) => [...(owners.get(number) ?? [])]);
  return [...new Set(named)].sort().map((reference) => ({
    reference,
    by: numbers.filter((number) => owners.get(number)?.has(reference)),
  }));
}

/** All numbers that the shipments go by. */
export function numbersOf(shipments: readonly Nameable[]): KnownNumbers {
  const owners = new Map<string, Set<string>>();
  for (const { reference, paymentReference } of shipments)
    for (const number of [reference, ...paymentReference]) {
      const key = number.trim().toUpperCase();
      if (key === '') continue;
      const set = owners.get(key) ?? new Set();
      owners.set(key, set.add(reference));
    }
  return owners;
}

const isPlain = (number: string) => number.length < 3 || /^\d{1,5}$/.test(number) || /^\p{L}+$/u.test(number);

/** Latin letters and digits make a word, also with dots, hyphens and underscores between; Chinese text around a number does not. */
const wordEndsAt = /[\p{Script=Latin}\p{Nd}][._-]*$/u;
const wordGoesOnAt = /^[._-]*[\p{Script=Latin}\p{Nd}]/u;

function occurrences(raw: string, text: number, number: string): Found[] {
  const haystack = raw.trim().toUpperCase();
  if (isPlain(number)) return haystack === number ? [{ number, text, from: 0, to: number.length }] : [];
  const found: Found[] = [];
  for (let from = haystack.indexOf(number); from >= 0; from = haystack.indexOf(number, from + 1)) {
    const to = from + number.length;
    if (!wordEndsAt.test(haystack.slice(0, from)) && !wordGoesOnAt.test(haystack.slice(to)))
      found.push({ number, text, from, to });
  }
  return found;
}

function isInside(inner: Found, outer: Found): boolean {
  const isLonger = outer.to - outer.from > inner.to - inner.from;
  return isLonger && outer.text === inner.text && outer.from <= inner.from && inner.to <= outer.to;
}
