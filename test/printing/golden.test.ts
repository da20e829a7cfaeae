import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { printDocument } from '../../printing/print-document.ts';
import type { PreparedDocument } from '../../rules/documents/prepared.ts';
import { type Currency, currencyDigits } from '../../rules/money.ts';
import { goldenCases, papersOf } from './cases.ts';
import { type PageReadBack, type ReadBack, readBack, textLayer } from './reading-back.ts';

const folder = join(__dirname, 'golden');
const papers = goldenCases.flatMap((golden) =>
  papersOf(golden).map((paper) => ({ name: `${golden.name}/${paper.kind}`, paper, logo: golden.logo })),
);
const table = papers.map(({ name, paper }) => [name, paper] as const);
const read = new Map<string, ReadBack>();
const readOf = (name: string) => read.get(name) ?? { pages: [], info: {} };

beforeAll(async () => {
  const pdfs = await Promise.all(papers.map(({ paper, logo }) => printDocument(paper, { logo })));
  const answers = await readBack(pdfs);
  for (const [index, { name }] of papers.entries()) read.set(name, answers[index] ?? { pages: [], info: {} });
});

describe('golden documents: after a change that is meant, npm run golden, and look at what has changed', () => {
  it.each(table)('%s is as stored, as data and as text', (name, paper) => {
    expect(JSON.parse(JSON.stringify(paper))).toEqual(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
    expect(`${textLayer(readOf(name))}\n`).toBe(readFileSync(join(folder, `${name}.txt`), 'utf8'));
  });

  it('are these and no others, each page with its picture', () => {
    const wanted = papers.flatMap(({ name }) => [
      `${name}.json`,
      `${name}.txt`,
      ...readOf(name).pages.map((_, index) => `${name}-${index + 1}.png`),
    ]);
    const stored = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
    expect(stored.sort()).toEqual(wanted.sort());
  });
});

describe('a printed paper says all that its data says', () => {
  it.each(table)('%s: every figure, as often as the data states it', (name, paper) => {
    const printed = counted(
      textLayer(readOf(name))
        .split(/\s+/)
        .map((word) => word.replace(/[:;,)]+$/, '')),
    );
    const stated = counted(figuresOf(paper));
    expect(stated.size).toBeGreaterThan(0);
    expect([...stated].filter(([figure, times]) => (printed.get(figure) ?? 0) < times)).toEqual([]);
  });

  it.each(table)('%s: every name, number and date', (name, paper) => {
    const printed = squeezed(textLayer(readOf(name)));
    const missing = namesOf(paper).filter(([, text]) => !printed.includes(squeezed(text)));
    expect(missing).toEqual([]);
  });
});

describe('nothing on a page is cut off or printed over', () => {
  it.each(table)('%s', (name) => {
    for (const page of readOf(name).pages) {
      expect(page.texts.filter(({ x, y, width }) => x < 39.5 || x + width > page.width - 39.5 || y < 18)).toEqual([]);
      expect(overlapsOn(page)).toEqual([]);
    }
  });
});

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Leaves of the data by path, list positions as `[]`. */
function leavesOf(value: unknown, path = ''): [path: string, value: string][] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, `${path}[]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key));
  return value === undefined ? [] : [[path, String(value)]];
}

const moneyFields = /(^|\.)(unitPrice|total|freight|insurance|fob|amount)$/;
const figureFields = /(^|\.)(quantity|netWeightKg|grossWeightKg|volumeCbm|packages)$/;

/** Figures in the form of print, by the platform's own formatter and not by the code under test. */
function figuresOf({ kind, content }: PreparedDocument): string[] {
  const currency = 'currency' in content ? (content.currency as Currency) : 'USD';
  const leaves = leavesOf(content).filter(
    ([path]) => kind !== 'declaration-elements' && !/^(seller|letterhead)/.test(path),
  );
  return leaves
    .flatMap(([path, value]) => {
      const least = moneyFields.test(path) ? currencyDigits[currency] : (/\.(\d+)$/.exec(value)?.[1]?.length ?? 0);
      if (!moneyFields.test(path) && !figureFields.test(path)) return [];
      const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: 20 });
      return [format.format(value as `${number}`)];
    })
    .concat(kind === 'declaration-elements' ? [String(content.missingCount)] : []);
}

/** What is said in other words, or is not for the reader of the paper. */
const notPrinted: Record<string, RegExp> = {
  all: /^(shipment|letterhead\.logoHash|seller\.(customsCode|taxId)|route\.mode|transportMode|freightTerm|notifyIsConsignee|payment\[\]\.(trigger|days))$|(headingKnown|originCriterion)$/,
  'declaration-draft': /^(letterhead|signatory|seller\.address)|elements\[\]\.name$|destinationPort$/,
  'declaration-elements': /^(buyer|consignee\.(address|country|taxId))|missing\[\]$/,
  'origin-application': /^buyer/,
  'letter-of-instruction': /^buyer\.(address|country|taxId)|^notify\.(address|country|taxId)/,
  'commercial-invoice': /^route\.destination\.address/,
  'sales-contract': /^destination\.address/,
  'packing-list': /^route\.destination\.address/,
};

function namesOf({ kind, content }: PreparedDocument): [string, string][] {
  return leavesOf(content).filter(
    ([path, value]) =>
      value !== '' &&
      !moneyFields.test(path) &&
      !figureFields.test(path) &&
      !notPrinted.all?.test(path) &&
      !notPrinted[kind]?.test(path),
  );
}

/** Without blanks, which a line break may have replaced, and with the apostrophe that is printed. */
function squeezed(text: string): string {
  return text.replace(/[\s\f]+/g, '').replace(/(?<=\p{Script=Latin})’/gu, "'");
}

/** Pairs of texts that stand on one another: side by side in one another's width, or less than their own height apart. */
function overlapsOn({ texts }: PageReadBack): string[] {
  const inked = texts.filter(({ text }) => text.trim() !== '').map((each) => ({ ...each, right: each.x + each.width }));
  return inked.flatMap((one, index) =>
    inked
      .slice(index + 1)
      .filter(
        (other) =>
          Math.abs(one.y - other.y) < 0.9 * Math.min(one.size, other.size) &&
          one.x < other.right - 0.6 &&
          other.x < one.right - 0.6,
      )
      .map((other) => `${one.text} / ${other.text}`),
  );
}
