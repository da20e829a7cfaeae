/** Checks of what will be declared, without any paper: do the figures agree, and does customs know the words? */
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { unitOf, wrapCodeOf } from '../classification/codes.ts';
import { elementsOf } from '../declaration/elements.ts';
import type { Finding } from '../finding.ts';
import { compare, currencyDigits, minus, sum, times } from '../money.ts';
import { chargesInPrice, fobTotal, instalmentsOf, orderTotal } from '../order/figures.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { isGenericName } from './generic-name.ts';
import { supervisionFindings } from './supervision-mode.ts';

const declared = 'GACC Announcement 67/2018, declaration message';
const practice = 'China export notes of 24 Nov 2026; needs confirmation';

type Said = Omit<Finding, 'due' | 'source'> & Partial<Pick<Finding, 'due' | 'source'>>;
const finding = (said: Said): Finding => ({ due: 'before-export', source: declared, ...said });

/** Findings about the order as a whole and each of its lines. */
export function declaredDataFindings(order: Order, orderedOn: CivilDate, reference: Reference): Finding[] {
  return [
    ...order.lines.flatMap((line, index) => lineFindings(line, index, order, reference)),
    ...chargesFindings(order),
    ...instalmentFindings(order, orderedOn),
    ...supervisionFindings(order, reference),
    ...exWorksFindings(order),
  ];
}

function lineFindings(line: OrderLine, index: number, order: Order, reference: Reference): Finding[] {
  const at = `lines[${index}]`;
  return [
    ...totalFindings(line, at, order),
    ...weightFindings(line, at),
    ...nameFindings(line, at, reference),
    ...codeFindings(line, at, reference),
    ...elementFindings(line, at, reference),
  ];
}

function totalFindings(line: OrderLine, at: string, { currency }: Order): Finding[] {
  if (line.lineTotal === undefined) return [];
  const product = times(line.quantity, line.unitPrice);
  const difference = minus(line.lineTotal, product).replace('-', '');
  // Less than one smallest unit is somebody's rounding; more is a mistake in price, quantity or total.
  const tolerance = currencyDigits[currency] === 0 ? '1' : `0.${'0'.repeat(currencyDigits[currency] - 1)}1`;
  if (compare(difference, tolerance) < 0) return [];
  return [
    finding({
      rule: 'line-total',
      kind: 'total',
      severity: 'block',
      title: 'The line total is not quantity times unit price',
      where: `${at}.lineTotal`,
      expected: `${line.quantity} × ${line.unitPrice} = ${product} ${currency}`,
      found: `${line.lineTotal} ${currency}`,
      remedy: 'Correct quantity, unit price or total: customs compares them, and so does the refund.',
    }),
  ];
}

function weightFindings(line: OrderLine, at: string): Finding[] {
  if (compare(line.netWeightKg, line.grossWeightKg) <= 0) return [];
  return [
    finding({
      rule: 'net-above-gross',
      kind: 'weight',
      severity: 'block',
      title: 'Net weight above gross weight',
      where: `${at}.netWeightKg`,
      expected: `at most the gross weight, ${line.grossWeightKg} kg`,
      found: `${line.netWeightKg} kg`,
      remedy: 'Weigh again, or exchange the two figures.',
    }),
  ];
}

function nameFindings(line: OrderLine, at: string, reference: Reference): Finding[] {
  return (['nameZh', 'nameEn'] as const)
    .filter((field) => isGenericName(line[field], reference))
    .map((field) =>
      finding({
        rule: 'generic-name',
        kind: 'field',
        severity: 'warn',
        title: 'The name does not say what the goods are',
        where: `${at}.${field}`,
        expected: 'a specific name, for example cotton T-shirt',
        found: line[field],
        remedy: 'Name kind and material; customs returns general names or opens the boxes.',
        source: practice,
      }),
    );
}

function codeFindings(line: OrderLine, at: string, reference: Reference): Finding[] {
  const unit: Finding[] = unitOf(line.unit, reference)
    ? []
    : [
        finding({
          rule: 'unit-code',
          kind: 'field',
          severity: 'block',
          title: 'Customs has no code for this unit',
          where: `${at}.unit`,
          expected: 'a unit of the customs table, for example 个, 千克, pcs, kg',
          found: line.unit,
          remedy: 'Write the unit by its customs name.',
        }),
      ];
  const packages: Finding[] = wrapCodeOf(line.packages.kind, reference)
    ? []
    : [
        finding({
          rule: 'packing-code',
          kind: 'field',
          severity: 'warn',
          title: 'Customs has no code for this kind of packing: it is declared as other packing (99)',
          where: `${at}.packages.kind`,
          expected: 'for example carton, wooden case, pallet of natural wood',
          found: line.packages.kind,
          remedy:
            'Write the kind of packing; for pallets say whether the wood is natural (needs a treatment mark) or reconstituted.',
        }),
      ];
  return [...unit, ...packages, ...hsFindings(line, at)];
}

function hsFindings({ hsCode }: OrderLine, at: string): Finding[] {
  if (hsCode.length === 10) return [];
  return [
    finding({
      rule: 'hs-code-length',
      kind: 'classification',
      severity: 'warn',
      title: 'The declaration needs 10 digits of the HS code',
      where: `${at}.hsCode`,
      expected: '10 digits of the Chinese tariff',
      found: `${hsCode} (${hsCode.length} digits)`,
      remedy:
        'Classify to the end: the last digits decide rebate and supervision. They are never filled with zeros here.',
    }),
  ];
}

function elementFindings(line: OrderLine, at: string, reference: Reference): Finding[] {
  const missing = elementsOf(line, reference).filter(({ value }) => value === '');
  if (missing.length === 0) return [];
  return [
    finding({
      rule: 'declaration-elements',
      kind: 'field',
      severity: 'warn',
      title: 'Declaration elements are missing',
      where: `${at}.elements`,
      expected: missing.map(({ name }) => name).join(', '),
      found: 'not stated',
      remedy: 'State them: customs returns a declaration whose elements have gaps.',
      source: practice,
    }),
  ];
}

function chargesFindings(order: Order): Finding[] {
  const fob = fobTotal(order);
  const { freight, insurance } = chargesInPrice(order);
  const strip: Finding[] =
    compare(fob.amount, '0') > 0
      ? []
      : [
          finding({
            rule: 'charges-above-total',
            kind: 'total',
            severity: 'block',
            title: 'Freight and insurance leave nothing of the price',
            where: 'freight',
            expected: `less than the total, ${orderTotal(order).amount} ${order.currency}`,
            found: `${sum([freight, insurance])} ${order.currency}`,
            remedy: 'Correct freight, insurance or prices: the refund is on FOB.',
          }),
        ];
  const stated = order.insurance !== undefined && compare(order.insurance, insurance) !== 0;
  const term: Finding[] = stated
    ? [
        finding({
          rule: 'insurance-term',
          kind: 'total',
          severity: 'warn',
          title: `${order.incoterm.rule} does not include insurance: the amount stated is not stripped from the price`,
          where: 'insurance',
          expected: 'CIF, CIP, DAP, DPU or DDP, or no insurance',
          found: `${order.insurance} ${order.currency}`,
          remedy: 'Check the term, or leave the insurance out.',
          source: 'Incoterms 2020',
        }),
      ]
    : [];
  return [...strip, ...term];
}

function instalmentFindings(order: Order, orderedOn: CivilDate): Finding[] {
  if (order.payment.instalments.every((term) => term.share !== undefined)) return [];
  const total = orderTotal(order).amount;
  const asked = sum(instalmentsOf(order, orderedOn).map(({ amount }) => amount));
  if (compare(asked, total) === 0) return [];
  return [
    finding({
      rule: 'instalments-total',
      kind: 'total',
      severity: 'block',
      title: 'The instalments do not add up to the order total',
      where: 'payment.instalments',
      expected: `${total} ${order.currency}`,
      found: `${asked} ${order.currency}`,
      remedy: 'Correct the instalments or the prices: what is received must equal what is invoiced.',
      source: 'STA Announcement 2026 No. 5; needs confirmation',
    }),
  ];
}

function exWorksFindings({ incoterm }: Order): Finding[] {
  if (incoterm.rule !== 'EXW') return [];
  return [
    finding({
      rule: 'ex-works',
      kind: 'field',
      severity: 'warn',
      title: 'Under EXW the buyer exports: the refund belongs to whoever is consignor on the declaration',
      where: 'incoterm.rule',
      expected: 'FCA or FOB, where the seller declares and claims',
      found: 'EXW',
      remedy: 'Agree on FCA, or make sure that the declaration names us as the domestic consignor.',
      source: 'Incoterms 2020',
    }),
  ];
}
