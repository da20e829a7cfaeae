import { describe, expect, it } from '@jest/globals';
import type { TradeRemedyCase } from '../../reference/duty-schema.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { noRecords, type ReviewContext } from '../../rules/compliance/review-context.ts';
import { scopeAnswerFindings } from '../../rules/duties/scope-answers.ts';
import { type RemedySituation, tradeRemedyLeads } from '../../rules/duties/trade-remedies.ts';
import { tradeRemedyFindings } from '../../rules/duties/trade-remedy-findings.ts';
import { compareVariants, variantSchema } from '../../rules/duties/variants.ts';
import type { Order } from '../../rules/order/order.ts';
import { orderOf, reference } from './orders.ts';

const on = '2026-12-20' as CivilDate;
type Line = Parameters<typeof orderOf>[1] extends (infer One)[] | undefined ? One : never;

function situationOf(line: Line = {}, order: Partial<Order> = {}): RemedySituation {
  const whole = orderOf(order as never, [line]);
  const [first] = whole.lines;
  if (!first) throw new Error('an order has a line');
  return { line: first, order: whole, market: 'US', on };
}

const contextOf = (order: Order): ReviewContext => ({
  order,
  documents: [],
  today: '2026-11-24' as CivilDate,
  exportOn: '2026-11-24' as CivilDate,
  entryOn: on,
  reference,
  exporter: null,
  records: noRecords,
});

const goods = (one: TradeRemedyCase, answers: Record<string, boolean> = {}): Line => ({
  nameEn: 'Goods without a telling name',
  nameZh: '货物',
  hsCode: '940320',
  importCode: one.leads[0]?.prefix.padEnd(8, '0'),
  attributes: {},
  scopeAnswers: answers,
});

const kept = (one: TradeRemedyCase) =>
  Object.fromEntries(one.questions.map(({ id, inScopeIf }) => [`${one.id}/${id}`, inScopeIf]));

const bed: Line = {
  nameEn: 'Oak bed frame',
  nameZh: '橡木床架',
  hsCode: '9403509990',
  attributes: { solidWood: true },
};

describe.each(reference.tradeRemedyCases.map((one) => [one.id, one] as const))('case %s', (id, one) => {
  const leadOf = (line: Line) => tradeRemedyLeads(situationOf(line), reference).find((lead) => lead.case === id);

  it('is likely where every answer keeps the goods inside', () =>
    expect(leadOf(goods(one, kept(one)))?.verdict).toBe('likely'));

  it.each(one.questions.map((question) => [question.id, question] as const))('is out by %s', (name, question) => {
    const lead = leadOf(goods(one, { ...kept(one), [`${id}/${name}`]: !question.inScopeIf }));
    expect(lead?.verdict).toBe('out');
    expect(lead?.reason).toContain(`${id}/${name}`);
  });

  it('is possible while a question is open, and asks a person always', () =>
    expect(leadOf(goods(one))).toMatchObject({ verdict: 'possible', needsHumanConfirmation: true }));

  it('does not meet goods of another origin or another market', () => {
    expect(leadOf({ ...goods(one, kept(one)), origin: 'DE' })).toBeUndefined();
    expect(tradeRemedyLeads({ ...situationOf(goods(one)), market: 'JP' }, reference)).toEqual([]);
  });
});

describe('what leads to a case', () => {
  const leadsOf = (line: Line) =>
    tradeRemedyLeads(situationOf(line), reference).map(({ case: number, lead, verdict }) => [number, lead, verdict]);

  it('the six digits of the Chinese code, which say no more', () =>
    expect(leadsOf({ ...bed, nameEn: 'Frame', nameZh: '架' })).toEqual([['A-570-890', 'six-digits', 'possible']]));

  it('the code of the destination', () =>
    expect(leadsOf({ ...bed, importCode: '9403509042' })).toContainEqual(['A-570-890', 'code', 'possible']));

  it('another code under the same six digits, weakly', () =>
    expect(leadsOf({ ...bed, nameEn: 'Crib', nameZh: '婴儿床', importCode: '9403509041' })).toEqual([
      ['A-570-890', 'other-code', 'possible'],
    ]));

  it('the name, whatever the code says', () => {
    expect(leadsOf({ nameEn: 'Memory foam mattresses', nameZh: '垫', hsCode: '940490' })).toEqual([
      ['A-570-092', 'name', 'possible'],
    ]);
    expect(leadsOf({ nameEn: 'Pad', nameZh: '乳胶床垫', hsCode: '400811' })).toEqual([
      ['A-570-092', 'name-elsewhere', 'possible'],
    ]);
  });

  it('attributes answer what they can', () => {
    const lead = tradeRemedyLeads(situationOf(bed), reference).find((one) => one.case === 'A-570-890');
    expect(lead?.questions[0]).toMatchObject({ key: 'A-570-890/wood', answer: 'yes', answeredBy: 'attributes' });
    const steel = tradeRemedyLeads(
      situationOf({ ...bed, attributes: { solidWood: false, woodComposite: false } }),
      reference,
    ).find((one) => one.case === 'A-570-890');
    expect(steel?.verdict).toBe('out');
  });

  it('cabinets of Vietnam are asked for a certification, and never likely', () => {
    const cabinets = reference.tradeRemedyCases.find(({ id }) => id === 'A-570-106');
    if (!cabinets) throw new Error('the case is gone');
    const [lead] = tradeRemedyLeads(situationOf({ ...goods(cabinets, kept(cabinets)), origin: 'VN' }), reference);
    expect(lead).toMatchObject({ verdict: 'possible', reason: expect.stringContaining('certification') });
  });

  it('nothing leads a table lamp anywhere', () => expect(leadsOf({})).toEqual([]));
});

describe('variants', () => {
  const answers = kept(reference.tradeRemedyCases[0] as TradeRemedyCase);
  const situation = situationOf({ ...bed, scopeAnswers: answers });
  const variant = (changes: object) =>
    variantSchema.parse({
      name: 'steel bed',
      design: 'The frame is of welded steel tube, the slats of steel too; no wood is left.',
      reason: 'lighter and flat packed',
      changes,
    });

  it('tells which case a real difference of material leaves, and why', () => {
    const [answer] = compareVariants(
      situation,
      [variant({ attributes: { solidWood: false }, scopeAnswers: { 'A-570-890/wood': false }, hsCode: '9403200000' })],
      reference,
    );
    expect(answer).toMatchObject({ refused: false, leaves: ['A-570-890'], needsHumanConfirmation: true });
    if (answer?.refused === false)
      expect(answer.cases.find((one) => one.case === 'A-570-890')).toMatchObject({
        before: 'likely',
        after: 'out',
        because: [expect.objectContaining({ key: 'A-570-890/wood', before: 'yes', after: 'no' })],
      });
  });

  const compared = (changes: object, line: Line = { ...bed, scopeAnswers: answers }) => {
    const [answer] = compareVariants(situationOf(line), [variant(changes)], reference);
    if (answer?.refused !== false) throw new Error('it was refused');
    return answer;
  };

  it('is judged by the code and name of the line, and says what it left out', () => {
    const named = { nameEn: 'Planter', nameZh: '花盆', hsCode: '6909900000', importCode: '6909900000' };
    const line = { ...bed, importCode: '9403509042' };
    expect(compared({ ...named, attributes: { upholstered: true, originMarked: true } }, line)).toMatchObject({
      leaves: [],
      cases: [{ case: 'A-570-890', before: 'possible', after: 'possible' }],
      ignored: ['hsCode', 'importCode', 'nameZh', 'nameEn', 'attributes.originMarked'],
    });
  });

  it('an answer beside a change that has nothing to do with it takes nothing out: a person decides', () =>
    expect(compared({ attributes: { upholstered: true }, scopeAnswers: { 'A-570-890/bedroom': false } })).toMatchObject(
      {
        leaves: [],
        leavesByAnswersAlone: ['A-570-890'],
      },
    ));

  it('an answer that the attributes contradict is none', () =>
    expect(compared({ attributes: { upholstered: true }, scopeAnswers: { 'A-570-890/wood': false } })).toMatchObject({
      leaves: [],
      leavesByAnswersAlone: [],
    }));

  it('its own code and name may lead to a further case', () => {
    const shelf = { attributes: { solidWood: false, materials: ['steel'] }, nameEn: 'Memory foam mattress' };
    const { cases } = compared(shelf);
    expect(cases.map((one) => [one.case, one.before, one.after])).toEqual([
      ['A-570-890', 'likely', 'likely'],
      ['A-570-092', 'no-lead', 'possible'],
    ]);
  });

  it('attributes of the variant go before what was answered of the line', () =>
    expect(compared({ attributes: { solidWood: false, woodComposite: false } }).leaves).toEqual(['A-570-890']));

  it('leaves a case covered where the difference does not matter', () => {
    const [answer] = compareVariants(situation, [variant({ attributes: { upholstered: true } })], reference);
    expect(answer).toMatchObject({ refused: false, leaves: [] });
  });

  it.each([
    ['another code', { hsCode: '9403890000' }],
    ['another code of the destination', { importCode: '9403899900' }],
    ['another name', { nameEn: 'Sofa', nameZh: '沙发' }],
    ['another origin, design or no design', { origin: 'VN', attributes: { solidWood: false } }],
    ['what was said before', { attributes: { solidWood: true }, hsCode: '9403890000' }],
    ['a mark, with code and name', { attributes: { originMarked: true }, hsCode: '9403890000', nameEn: 'Sofa' }],
    ['another use', { attributes: { consumerProduct: false, mattress: true, intendedAgeMax: 3 } }],
    ['an answer alone', { scopeAnswers: { 'A-570-890/wood': false, 'A-570-890/bedroom': false } }],
    ['not having what nobody spoke of', { attributes: { hasRadio: false, materials: [] } }],
  ])('refuses %s, and names the law', (_name, changes) =>
    expect(compareVariants(situation, [variant(changes)], reference)).toEqual([
      expect.objectContaining({ refused: true, law: expect.stringContaining('EAPA') }),
    ]),
  );

  it('wants the difference and its reason in words', () =>
    expect(variantSchema.safeParse({ name: 'x', design: 'other', reason: 'duty', changes: {} }).success).toBe(false));
});

describe('findings', () => {
  const answers = kept(reference.tradeRemedyCases[0] as TradeRemedyCase);
  const dutiable = { ...bed, scopeAnswers: answers };

  it('warns of a likely case, and blocks under DDP', () => {
    expect(tradeRemedyFindings(contextOf(orderOf({}, [dutiable])))).toEqual([
      expect.objectContaining({ rule: 'trade-remedy-likely', severity: 'warn', where: 'lines[0]' }),
    ]);
    const ddp = orderOf({ incoterm: { rule: 'DDP', place: 'Reno' }, freight: '900' }, [dutiable]);
    expect(tradeRemedyFindings(contextOf(ddp))[0]).toMatchObject({ severity: 'block' });
  });

  it('never speaks of another origin or code as a way', () => {
    const [finding] = tradeRemedyFindings(contextOf(orderOf({}, [dutiable])));
    expect(finding?.remedy).toContain('Origin and code stay as they are');
  });

  it('asks the open questions of a possible case by their keys', () => {
    const [finding] = tradeRemedyFindings(contextOf(orderOf({}, [bed])));
    expect(finding).toMatchObject({ rule: 'trade-remedy-possible', severity: 'warn', where: 'lines[0].scopeAnswers' });
    expect(finding?.expected).toContain('A-570-890/bedroom');
  });

  it('only informs where a neighbouring code leads there', () => {
    const crib = { ...bed, nameEn: 'Crib', nameZh: '婴儿床', importCode: '9403509041' };
    expect(tradeRemedyFindings(contextOf(orderOf({}, [crib])))[0]).toMatchObject({ severity: 'info' });
  });

  it('says nothing of lamps, and says that a market is not covered', () => {
    expect(tradeRemedyFindings(contextOf(orderOf()))).toEqual([]);
    expect(tradeRemedyFindings(contextOf(orderOf({ destination: { country: 'DE' } })))).toEqual([
      expect.objectContaining({
        rule: 'trade-remedy-coverage',
        severity: 'info',
        title: expect.stringContaining('EU'),
      }),
    ]);
  });

  it('warns of an answer that names no question, with the nearest that is asked', () => {
    const found = (scopeAnswers: Record<string, boolean>) =>
      scopeAnswerFindings(contextOf(orderOf({}, [{}, { ...bed, scopeAnswers }])));
    expect(found({ 'A-570-890/bedroomm': true, 'rcep/wholly-obtained': true })).toEqual([
      expect.objectContaining({
        rule: 'scope-answer-unknown',
        kind: 'trade-remedy',
        severity: 'warn',
        where: 'lines[1].scopeAnswers',
        expected: 'A-570-890/bedroom in place of A-570-890/bedroomm',
      }),
    ]);
    expect(found({ zzz: true })[0]?.expected).toContain('none is like zzz');
    expect(found(answers)).toEqual([]);
  });

  it('is silent where the answers take the goods out', () => {
    const out = { ...bed, scopeAnswers: { ...answers, 'A-570-890/bedroom': false } };
    expect(tradeRemedyFindings(contextOf(orderOf({}, [out])))).toEqual([]);
  });
});
