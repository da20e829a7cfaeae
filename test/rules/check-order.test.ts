import { describe, expect, it } from '@jest/globals';
import { addDays, type CivilDate } from '../../rules/civil-date.ts';
import { checkOrder, complianceCheckSchema } from '../../rules/compliance/check.ts';
import { judgeRules } from '../../rules/compliance/judge-rules.ts';
import { dayOf, papersWanted } from '../../rules/compliance/papers-wanted.ts';
import { planOf } from '../../rules/compliance/plan.ts';
import type { Order } from '../../rules/order/order.ts';
import { asOf, orderOf, reference } from './orders.ts';
import { contextOf, found, paper, today } from './review-contexts.ts';

const exportOn = '2027-01-20' as CivilDate;
const toy = {
  nameZh: '木制拼图玩具',
  nameEn: 'Wooden jigsaw puzzles for children',
  hsCode: '9503006000',
  attributes: { toy: true, intendedAgeMax: 8, hasRadio: false, hasBattery: false, woodComposite: false },
  certificates: [],
};
const check = (order: Order, more: object = {}) => checkOrder({ order, documents: [], asOf, reference, ...more });
const byRule = <One extends { rule: string }>(all: readonly One[], rule: string) =>
  all.find((one) => one.rule === rule);
const cpc = 'us-childrens-product-certificate';

describe('the check of a whole order', () => {
  const blocked = check(orderOf({ plannedExportOn: exportOn }, [toy, toy]));

  it('is what the API answers', () => expect(complianceCheckSchema.parse(blocked)).toEqual(blocked));

  it('says that it blocks, and that nobody was screened', () => {
    expect(blocked).toMatchObject({ reference: 'LAMPS-1', asOf: today, blocked: true, screenedBy: null });
    expect(found(blocked.findings, 'party-screening')).toMatchObject({ title: 'The parties were not screened' });
  });

  it('names a paper once for all lines, with who gets it, by when, and when to begin', () => {
    expect(blocked.documents.filter(({ rule }) => rule === cpc)).toEqual([
      expect.objectContaining({
        kinds: ['certificate-cpc'],
        lines: [1, 2],
        state: 'missing',
        due: 'before-export',
        by: exportOn,
        days: { least: 10, most: 25 },
        startBy: addDays(exportOn, -25),
      }),
    ]);
  });

  it('plans its way: the paper is a step, in time, and the steps go by their days', () => {
    const { plan } = blocked;
    expect(plan).toMatchObject({
      channel: { supervisionMode: '0110', refund: 'yes', transport: 'sea' },
      exportOn,
      entryOn: addDays(exportOn, 30),
      refundBetween: { earliest: addDays(exportOn, -3 + 45), latest: addDays(exportOn, -3 + 120) },
    });
    expect(byRule(plan.steps.filter((step) => step.rule !== null) as { rule: string }[], cpc)).toMatchObject({
      by: exportOn,
      startBy: addDays(exportOn, -25),
      late: false,
    });
    const days = plan.steps.map(({ startBy, by }) => startBy ?? by ?? '9999');
    expect(days).toEqual([...days].sort());
  });

  it('says that a step is late when its paper takes longer than there is time', () => {
    const soon = check(orderOf({ plannedExportOn: addDays(today, 5) }, [toy]));
    const step = soon.plan.steps.find(({ rule }) => rule === cpc);
    expect(step).toMatchObject({ late: true, startBy: addDays(today, 5 - 25) });
  });

  it('of an order of which the rules know nothing says that it is not covered, and does not call it clear', () => {
    const { findings, blocked: blocks, documents } = check(orderOf({ destination: { country: 'BR' } }));
    expect(blocks).toBe(false);
    expect(found(findings, 'coverage')).toMatchObject({
      title: expect.stringContaining('Not covered'),
      remedy: expect.stringContaining('no clearance'),
    });
    expect(documents.filter(({ rule }) => rule.startsWith('us-'))).toEqual([]);
    expect(JSON.stringify(findings).toLowerCase()).not.toContain('"clear"');
  });

  it('knows a paper that is here, and one that ran out', () => {
    const order = orderOf({ plannedExportOn: exportOn }, [toy]);
    const states = (expiresOn: string) =>
      byRule(
        check(order, { documents: [paper('certificate-cpc', { expiresOn: expiresOn as CivilDate })] }).documents,
        cpc,
      )?.state;
    expect(states('2028-01-01')).toBe('here');
    // It must hold at entry, a month after the export.
    expect(states('2027-02-10')).toBe('expired');
  });

  it('of an undecided rule says that its paper may be wanted, and that it must be said before', () => {
    const { attributes, ...rest } = toy;
    const { documents, plan, findings } = check(
      orderOf({ plannedExportOn: exportOn }, [{ ...rest, attributes: { hasRadio: false, hasBattery: false } }]),
    );
    expect(attributes.toy).toBe(true);
    expect(byRule(documents, cpc)).toMatchObject({ state: 'maybe', lines: [1] });
    expect(found(findings, cpc)).toMatchObject({ undecided: true, severity: 'block' });
    expect(plan.steps.filter(({ rule }) => rule === cpc)).toMatchObject([{ by: today, who: 'exporter' }]);
  });
});

describe('the plan', () => {
  const planFor = (order: Order) => planOf(contextOf(order), [], []);

  it('promises no refund where the mode gives none', () => {
    const plan = planFor(orderOf({ supervisionMode: '1039' }));
    expect(plan).toMatchObject({ channel: { supervisionMode: '1039' }, refundBetween: null });
    expect(plan.steps.some(({ what }) => what.includes('VAT special invoices'))).toBe(false);
  });

  it('declares today what leaves tomorrow', () => {
    const step = planFor(orderOf()).steps.find(({ what }) => what === 'export declaration');
    expect(step?.by).toBe(today);
  });

  it('names each payment with its day', () => {
    const instalments = [
      { share: '0.3', trigger: 'order' as const, days: 7 },
      { share: '0.7', trigger: 'arrival' as const, days: 10 },
    ];
    const { steps, entryOn } = planFor(orderOf({ orderedOn: today, payment: { instalments } }));
    expect(steps.filter(({ who }) => who === 'buyer')).toMatchObject([
      { what: 'payment 1: 3600.00 USD', by: addDays(today, 7) },
      { what: 'payment 2: 8400.00 USD', by: addDays(entryOn, 10) },
    ]);
  });
});

describe('the papers wanted', () => {
  it.each([
    ['before-order', today],
    ['before-export', addDays(today, 1)],
    ['at-entry', addDays(today, 30)],
    ['on-request', null],
  ] as const)('what is due %s has its day', (due, day) => expect(dayOf(due, contextOf(orderOf()))).toBe(day));

  it('a paper of one line and none of the other are two entries', () => {
    const context = contextOf(orderOf({}, [toy, toy]), { documents: [paper('certificate-cpc', { lines: [2] })] });
    const papers = papersWanted(judgeRules(context, { confirmed: [] }), context).filter(({ rule }) => rule === cpc);
    expect(papers.map(({ state, lines }) => [state, lines])).toEqual(
      expect.arrayContaining([
        ['missing', [1]],
        ['here', [2]],
      ]),
    );
  });

  it('come by the day on which somebody must begin; what only an authority asks for comes last', () => {
    const context = contextOf(orderOf({}, [toy]));
    const begins = papersWanted(judgeRules(context, { confirmed: [] }), context).map(
      ({ startBy }) => startBy ?? '9999',
    );
    expect(begins).toEqual([...begins].sort());
  });
});

describe('what stands on a paper that nobody stated', () => {
  const bareNumber = { kind: 'certificate-cpc', number: 'C-1' };
  const unstated = check(orderOf({ plannedExportOn: exportOn }, [{ ...toy, certificates: [bareNumber] }, toy]));

  it('is named once for the order, and holds nothing up', () => {
    const told = unstated.findings.filter(({ rule }) => rule === 'papers-unread');
    expect(told).toMatchObject([
      {
        severity: 'info',
        kind: 'certificate',
        where: 'lines[0].certificates',
        title: 'What stands on 1 paper was not stated',
      },
    ]);
    expect(told[0]?.found).toMatch(/^Children's Product Certificate.*: .*importer/);
  });

  it('stands with the paper, which is here all the same', () =>
    expect(unstated.documents.filter(({ rule }) => rule === cpc)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'here', lines: [1], unread: expect.arrayContaining(['importer']) }),
        expect.objectContaining({ state: 'missing', lines: [2], unread: [] }),
      ]),
    ));

  it('is nothing where all of it is stated', () => {
    const rule = reference.rules.find(({ id }) => id === cpc);
    const fields = Object.fromEntries(
      (rule?.evidence?.verify ?? []).map(({ field }) => [field, 'Hearth & Lantern Inc.']),
    );
    const line = { ...toy, productCode: 'Hearth & Lantern Inc.', certificates: [{ ...bareNumber, fields }] };
    const context = contextOf(orderOf({ plannedExportOn: exportOn }, [line]));
    const [judged] = judgeRules(context, { confirmed: [] }).filter((one) => one.rule.id === cpc);
    expect(judged).toMatchObject({ state: 'held', unread: [] });
    const [bare] = judgeRules(contextOf(orderOf({}, [{ ...line, certificates: [bareNumber] }])), {
      confirmed: [],
    }).filter((one) => one.rule.id === cpc);
    expect(bare).toMatchObject({ state: 'held', unread: Object.keys(fields) });
  });
});
