import type { Finder } from '../compliance/review-context.ts';
import { fieldPath } from '../field-errors.ts';
import type { Finding } from '../finding.ts';

/** What of an order stands on no paper of ours. */
const notPrinted = new Set([
  ...['endUser', 'payer', 'bank', 'supplier', 'certificates', 'attributes', 'scopeAnswers', 'purchaseContract'],
]);
/** A name in another script is shown whole up to here; an address would hide the characters that matter. */
const SHOWN_AT_MOST = 60;

interface Written {
  where: string;
  text: string;
}

/**
 * Texts of the order that our papers cannot show: a buyer in Korean or Arabic letters is printed as empty boxes. One finding
 * a field. Nothing where nobody could look, because the fonts are not at hand.
 */
export const printingFindings: Finder = ({ order, unprintable }) =>
  unprintable === undefined
    ? []
    : textsOf(order).flatMap(({ where, text }): Finding[] => {
        const characters = unprintable(text);
        return characters.length === 0 ? [] : [findingOf({ where, text }, characters)];
      });

function findingOf({ where, text }: Written, characters: readonly string[]): Finding {
  const shown = [...text].slice(0, SHOWN_AT_MOST).join('');
  return {
    ...{ rule: 'text-not-printable', kind: 'document', severity: 'warn', where, due: 'before-order' },
    title: 'The papers cannot show some characters of the order',
    expected: 'Latin, Greek or Cyrillic letters, Chinese or Japanese',
    found: `${characters.join('')} in “${shown}${shown === text ? '' : '…'}”`,
    remedy:
      'Write it in Latin letters, as its owner does for abroad. Where the shipment runs already, call it off before its papers are locked and send the order anew, or accept with the reason.',
    source: 'fonts of our papers',
  };
}

/** Every text that may be printed, with its path; the names of declaration elements with their values. */
function textsOf(value: unknown, path: readonly PropertyKey[] = []): Written[] {
  if (typeof value === 'string') return [{ where: fieldPath(path), text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (notPrinted.has(key) ? [] : textsOf(item, [...path, key])));
}
