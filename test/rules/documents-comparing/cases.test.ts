import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readYaml } from '../../../reference/yaml-file.ts';
import { documentFactsSchema, type StatedDocument } from '../../../rules/documents/facts.ts';
import type { Order } from '../../../rules/order/order.ts';
import { orderOf, reference } from '../orders.ts';
import { differences, paper } from './papers.ts';

const facts = z.record(z.string(), z.unknown());
const saidSchema = z.strictObject({
  facts: facts.optional(),
  line: facts.optional(),
  lines: z.array(facts).optional(),
});
const caseSchema = z.strictObject({
  row: z.string(),
  paper: z.string(),
  order: z.looseObject({ lines: z.array(facts).optional() }).optional(),
  beside: z.strictObject({ kind: z.string(), facts }).optional(),
  agrees: saidSchema,
  differs: saidSchema,
});
type Case = z.infer<typeof caseSchema>;

const file = readYaml(join(__dirname, '../../../reference/document-comparisons/cases.yaml'), 'cases.yaml');
const { cases } = z.strictObject({ cases: z.array(caseSchema) }).parse(file.value);

function orderFor({ order: { lines, ...changes } = {} }: Case): Order {
  return orderOf(
    {
      incoterm: { rule: 'CIF', place: 'Hamburg' },
      freight: '1100',
      insurance: '50',
      marks: 'H&L\nC/NO. 1-250',
      notify: { name: 'Spedition Nord GmbH', country: 'DE' },
      destination: { country: 'DE', port: 'Hamburg' },
      transport: { mode: 'sea', portOfLoading: 'Ningbo', vessel: 'EVER GIVEN', voyage: '012W' },
      ...changes,
    },
    [said({ brand: 'Lumora', purchaseNet: '66000.00', purchaseContract: 'PC-1', ...lines?.[0] })],
  );
}

/** Null in a case: the order does not say. */
const said = (line: object): object => Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null));

/** Dates that YAML reads as such are texts here; goods are named unless the case names them. */
function paperOf({ paper: kind, beside }: Case, says: z.infer<typeof saidSchema>): StatedDocument[] {
  const goods = /^(purchase-contract|supplier-invoice|vat-invoice)$/.test(kind)
    ? { nameZh: 'LED台灯' }
    : { productCode: 'TL-20', nameZh: 'LED台灯', nameEn: 'LED table lamp' };
  const lines = says.lines ?? (says.line ? [{ ...goods, ...says.line }] : []);
  return [
    paper(kind, { ...says.facts, lines }),
    ...(beside
      ? [{ id: 'BESIDE', kind: beside.kind, made: true, facts: documentFactsSchema.parse(beside.facts) }]
      : []),
  ];
}

describe('the table of what must agree', () => {
  it('has a case for every row, and none for another', () =>
    expect(cases.map(({ row }) => row).sort()).toEqual(reference.comparisonRows.map(({ id }) => id).sort()));

  it.each(cases)('$row agrees', (one) => {
    const found = differences(orderFor(one), paperOf(one, one.agrees)).filter(({ of }) => of === one.row);
    expect(found).toEqual([]);
  });

  it.each(cases)('$row differs', (one) => {
    const found = differences(orderFor(one), paperOf(one, one.differs)).filter(({ of }) => of === one.row);
    const row = reference.comparisonRows.find(({ id }) => id === one.row);
    expect(found).toEqual([
      expect.objectContaining({
        rule: row?.rule,
        kind: 'document',
        severity: row?.severity,
        where: expect.stringContaining(`P-${one.paper} `),
        found: expect.stringContaining(`P-${one.paper} `),
      }),
    ]);
    expect(found[0]?.expected).not.toBe('');
    expect(found[0]?.remedy).not.toBe('');
  });

  it('tells for every issuer and stage what costs least', () => {
    const pairs = new Set(reference.comparisonRemedies.map(({ issuer, stage }) => `${issuer} ${stage}`));
    const issuers = new Set([...reference.comparedKinds.map(({ issuer }) => issuer), 'handed-in']);
    expect(pairs.size).toBe(reference.comparisonRemedies.length);
    for (const issuer of issuers)
      for (const stage of ['before-filing', 'filed', 'released', 'claimed'])
        expect([issuer, stage, pairs.has(`${issuer} ${stage}`)]).toEqual([issuer, stage, true]);
  });
});
