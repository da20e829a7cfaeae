/** Companies of a paper's head: name in each language, address, tax number. */
import type { FieldReading } from '../../rules/documents/facts.ts';
import type { LabelledValue } from './head.ts';
import { namesOf } from './names.ts';

type PartyName = 'seller' | 'buyer' | 'consignee' | 'notify';
const parties: readonly string[] = ['seller', 'buyer', 'consignee', 'notify'];
const isParty = (name: string): name is PartyName => parties.includes(name);

const COMPANY =
  /公司|集团|厂$|商行|中心$|商店|工作室|\b(co\.?|ltd|limited|inc|llc|gmbh|corp|corporation|company|s\.?a\.?|b\.?v\.?|s\.?r\.?l|ag|oy|plc|pty|kk|trading|factory)\b/i;
const SAME_AS = /^same\s+as|^同/i;
const TAX_ID = /(?=[A-Z-]*\d)[0-9A-Z][0-9A-Z-]{5,38}/;

/** Fields of the companies that the labels name. An address belongs to the company that stands above it, nearest from the left. */
export function partyFields(values: readonly LabelledValue[], kind: string | undefined): FieldReading[] {
  if (kind === 'vat-invoice') return vatInvoiceFields(values);
  const anchors = values.filter(({ name }) => isParty(name));
  return values.flatMap((value): FieldReading[] => {
    if (isParty(value.name)) return [...nameFields(value.name, value), ...numberInLabel(value.name, value)];
    if (value.name !== 'address' && value.name !== 'taxId' && value.name !== 'partyName') return [];
    const anchor = anchorOf(value, anchors);
    if (!anchor || !isParty(anchor.name)) return [];
    if (value.name === 'partyName') return nameFields(anchor.name, value);
    return detailField(anchor.name, value);
  });
}

/** A VAT invoice writes its sides from top to bottom, out of a reader's sight; the buyer always stands first. */
function vatInvoiceFields(values: readonly LabelledValue[]): FieldReading[] {
  const sides: PartyName[] = ['buyer', 'seller'];
  const [names, numbers] = [
    values.filter(({ name }) => name === 'partyName'),
    values.filter(({ name }) => name === 'taxId'),
  ];
  return sides.flatMap((side, index) => [
    ...(names[index] ? nameFields(side, names[index]) : []),
    ...(numbers[index] ? detailField(side, numbers[index]) : []),
  ]);
}

/** `境内发货人(91330200MA0000000X)`: a declaration writes the tax number behind the label. */
function numberInLabel(party: PartyName, { label, place, confidence }: LabelledValue): FieldReading[] {
  const number = /[(]([0-9A-Z]{18})[)]/.exec(label.normalize('NFKC').toUpperCase())?.[1];
  return number ? [{ path: `${party}.taxId`, value: number, confidence, place }] : [];
}

function detailField(party: PartyName, value: LabelledValue): FieldReading[] {
  const text = value.lines.join(' ');
  // Beside a company and under another it may be either's.
  const confidence = 0.85 * value.confidence;
  if (value.name === 'address')
    return [{ path: `${party}.address`, value: text.slice(0, 500), confidence, place: value.place }];
  const number = TAX_ID.exec(text.normalize('NFKC').toUpperCase())?.[0];
  return number ? [{ path: `${party}.taxId`, value: number, confidence, place: value.place }] : [];
}

function nameFields(party: PartyName, { lines, place, confidence }: LabelledValue): FieldReading[] {
  const [first, ...rest] = wholeName(lines.map((line) => line.trim()).filter((line) => line !== ''));
  if (!first || SAME_AS.test(first)) return [];
  const isName = COMPANY.test(first);
  const names = [first];
  const address: string[] = [];
  for (const line of rest) {
    const isOther = names.length === 1 && address.length === 0 && hasHan(line) !== hasHan(first) && COMPANY.test(line);
    (isOther ? names : address).push(line);
  }
  const { zh, en, isCut } = namesOf(names);
  // What looks like no company may be one all the same, or the paper's own words.
  const sure = confidence * (isName ? 1 : 0.75) * (isCut ? 0.8 : 1);
  const fields: FieldReading[] = [];
  if (en) fields.push({ path: `${party}.name`, value: en.slice(0, 300), confidence: sure, place });
  if (zh) fields.push({ path: `${party}.nameZh`, value: zh.slice(0, 300), confidence: sure, place });
  if (address.length > 0)
    fields.push({
      path: `${party}.address`,
      value: address.join(', ').slice(0, 500),
      confidence: 0.7 * confidence,
      place,
    });
  return fields;
}

/** A name that was too long for its line goes on in the next: `Example Export Co.,` and `Ltd.` */
function wholeName([first, second, ...rest]: readonly string[]): string[] {
  if (first === undefined || second === undefined) return first === undefined ? [] : [first];
  if (/^(co\b|ltd\b|limited\b|inc\b|llc\b|corp|company\b|gmbh\b)/i.test(second)) return [`${first} ${second}`, ...rest];
  const goesOn = hasHan(first) && !COMPANY.test(first) && /^\S{1,14}(公司|会社|厂)$/.test(second);
  return goesOn ? [`${first}${second}`, ...rest] : [first, second, ...rest];
}

const hasHan = (text: string) => /\p{Script=Han}/u.test(text);

function anchorOf(value: LabelledValue, anchors: readonly LabelledValue[]): LabelledValue | undefined {
  let best: { anchor: LabelledValue; distance: number } | undefined;
  for (const anchor of anchors) {
    if (anchor.sheet !== value.sheet || anchor.top > value.top || anchor.left > value.left + 1) continue;
    // Columns first, then height: two companies stand beside each other.
    const distance = (value.left - anchor.left) * 1000 + (value.top - anchor.top);
    if (!best || distance < best.distance) best = { anchor, distance };
  }
  return best?.anchor;
}
