import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { scenarios as firstCases } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import type { Played } from '../../simulation/play.ts';
import { api, closing, engine, events, orders, playAll, received, tasks } from './playing.ts';
import type { ListedTask } from './visitor.ts';

const scenarios = [...firstCases, ...scenariosOfPapers];
const [A, B, C, D, E, F, G, H] = firstCases.map((scenario) => scenario.reference) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

const [M, N, O, P] = scenariosOfPapers.map((scenario) => scenario.reference) as [string, string, string, string];

interface Listed {
  id: string;
  kind: string;
  revision: number;
  supersededBy: number | null;
  file: { name: string } | null;
  statement: { from: string; corrected: object[] } | null;
}

/** Papers that came as a file, as the list has them. */
async function filesOf(reference: string): Promise<Listed[]> {
  const { documents } = (await api(`/v1/shipments/${reference}/documents`)) as { documents: Listed[] };
  return documents.filter(({ file }) => file !== null);
}

describe('the cases of the demo that can be played again, from the order to their end', () => {
  let client: Client;
  let played: Played[];
  beforeAll(async () => {
    client = await engine();
    played = await playAll(
      client,
      orders(Object.fromEntries(scenarios.map(({ reference }) => [reference, reference]))),
      scenarios,
    );
  }, 240_000);
  afterAll(() => client.connection.close());

  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))(
    '%s',
    async (_, { reference, expected, refund }) => {
      expect(played.find((one) => one.reference === reference)).toEqual({ reference, outcome: expected });
      const record = await closing(client, reference);
      expect(record.outcome).toBe(expected);
      expect((record.refund as { amount: string } | null)?.amount ?? null).toBe(refund);
      expect(await api(`/v1/shipments/${reference}`)).toMatchObject({
        outcome: expected,
        waitingOn: [],
        stage: 'closed',
        openHolds: [],
      });
    },
  );

  it.each(scenarios.map(({ reference }) => reference))(
    '%s: no task stays open, every counterparty got everything once',
    async (reference) => {
      expect((await tasks(reference)).filter((task) => task.status === 'open')).toEqual([]);
      for (const party of ['customs', 'carrier', 'broker', 'bank', 'taxBureau'] as const)
        expect((await received(party, reference)).filter((one) => one.times !== 1)).toEqual([]);
    },
  );

  it.each(scenarios.map(({ reference }) => reference))('%s: its event log is whole and in order', async (reference) => {
    const log = await events(reference);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map((event) => event.at)).toEqual([...log.map((event) => event.at)].sort());
    expect(log.at(-1)?.kind).toBe('closed');
    const opened = log.filter((event) => event.kind === 'wait-opened').length;
    expect(log.filter((event) => event.kind === 'wait-ended')).toHaveLength(opened);
  });

  it('(a) asks nobody, declares once and claims once', async () => {
    expect(await tasks(A)).toEqual([]);
    expect((await received('customs', A)).map(({ kind, key }) => [kind, key])).toEqual([
      ['declaration', `tests/${A}/declaration/1`],
    ]);
    expect((await received('taxBureau', A)).map(({ key }) => key)).toEqual([`tests/${A}/claim/1`]);
  });

  it('(b) the operator is asked for the certificate; handing it in answers the task and approves the review', async () => {
    expect(await tasks(B)).toMatchObject([
      { kind: 'review-finding', status: 'answered', ownerRole: 'operator', answer: { choice: 'supplied' } },
    ]);
    const log = await events(B);
    const [answered, approved] = ['task-answered', 'approved'].map(
      (kind) => log.find((event) => event.kind === kind)?.seq ?? 0,
    ) as [number, number];
    expect(answered).toBeLessThan(approved);
  });

  it('(c) files the corrected declaration as the second revision, for 9,500.00 USD', async () => {
    expect((await received('customs', C)).map(({ kind, key }) => [kind, key])).toEqual([
      ['declaration', `tests/${C}/declaration/1`],
      ['declaration', `tests/${C}/declaration/2`],
    ]);
    expect(await api(`/v1/shipments/${C}`)).toMatchObject({ total: { amount: '9500.00', currency: 'USD' } });
    const { documents } = (await api(`/v1/shipments/${C}/documents`)) as {
      documents: { kind: string; revision: number }[];
    };
    expect(documents.filter(({ kind }) => kind === 'commercial-invoice').map(({ revision }) => revision)).toEqual([
      1, 2,
    ]);
  });

  it('(d) the hold shows while it stands, and the Form 28 is answered by the broker’s hand', async () => {
    expect(await tasks(D)).toMatchObject([{ kind: 'authority-case', status: 'answered' }]);
    expect((await received('broker', D)).map(({ key }) => key)).toEqual(
      expect.arrayContaining([`tests/${D}/dossier/1`, `tests/${D}/case-1/1`]),
    );
    const response = ((await api(`/v1/shipments/${D}`)).headline as { inspectionResponseDays: number })
      .inspectionResponseDays;
    expect(response).toBeCloseTo(3, 1);
  });

  it('(e) 6,000.00 in full and 13,975.00 with 25.00 charges settle 20,000.00', async () => {
    const receipts = (await events(E))
      .filter((event) => event.kind === 'message' && event.data.name === 'fxReceipt')
      .map((event) => event.data.content as Record<string, string>);
    expect(receipts).toMatchObject([
      { instalment: 1, amount: '6000.00', charges: '0.00' },
      { instalment: 2, amount: '13975.00', charges: '25.00' },
    ]);
    expect(await tasks(E)).toEqual([]);
  });

  it('(f) finance is asked about the unit, then about the doubts; the claim stands on the re-issued invoice', async () => {
    expect((await tasks(F)).map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['tax-doubts', 'answered'],
      ['vat-invoice-differs', 'answered'],
    ]);
    const claim = (await received('taxBureau', F)) as { kind: string; key: string }[];
    expect(claim.map(({ key }) => key)).toEqual([`tests/${F}/claim/1`, `tests/${F}/doubts-1-1/1`]);
  });

  it('(g) nothing was declared, nothing was sent to anybody', async () => {
    for (const party of ['customs', 'carrier', 'broker', 'taxBureau'] as const)
      expect(await received(party, G)).toEqual([]);
  });

  it('(h) people are told as the clock runs, the term passes, no claim is filed', async () => {
    const kinds = (await tasks(H)).map((task) => task.kind);
    expect(kinds.filter((kind) => kind === 'instalment-overdue').length).toBeGreaterThan(1);
    expect(kinds).toEqual(expect.arrayContaining(['fx-deadline-near', 'fx-not-collected']));
    expect(await received('taxBureau', H)).toEqual([]);
    const closed = (await events(H)).at(-1);
    expect(closed?.data.reasons).toEqual(['the buyer is insolvent and nothing is insured']);
  });

  it('(m) the packing list that weighs less gross than net holds the filing; the one handed in anew takes its place', async () => {
    const found = (await tasks(M)).filter(({ kind }) => kind === 'review-finding');
    expect(found.map(({ status, answer }) => [status, answer?.choice])).toEqual([
      ['answered', 'supplied'],
      ['answered', 'supplied'],
    ]);
    expect(await filesOf(M)).toMatchObject([
      { revision: 1, supersededBy: 2, file: { name: 'packing-list.xlsx' } },
      { revision: 2, supersededBy: null, file: { name: 'packing-list-corrected.xlsx' } },
    ]);
    const log = await events(M);
    const at = (kind: string) => log.findLast((event) => event.kind === kind)?.seq ?? 0;
    expect(at('task-answered')).toBeGreaterThan(0);
    expect(at('task-answered')).toBeLessThan(at('declaration-filed'));
  });

  it('(n) 套 against 个 is mended by the supplier before filing, and finance is asked nothing after', async () => {
    expect((await tasks(N)).map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['document-unconfirmed', 'answered'],
      ['document-unconfirmed', 'answered'],
      ['review-finding', 'answered'],
    ]);
    expect((await received('customs', N)).map(({ key }) => key)).toEqual([`tests/${N}/declaration/1`]);
  });

  it('(o) what was read and what the person said stand side by side, and nothing differs', async () => {
    expect(await filesOf(O)).toMatchObject([
      { statement: { from: 'Li Wei', corrected: [{ path: 'lines[0].quantity', read: '50' }] } },
    ]);
    const query = new URLSearchParams({ id: `${O}-supplier-invoice` });
    expect(await api(`/v1/shipments/${O}/documents/content?${query}`)).toMatchObject({
      facts: { lines: [{ quantity: '2000', unit: '个' }] },
    });
    expect((await tasks(O)).map(({ kind }) => kind)).toEqual(['document-unconfirmed']);
  });

  it('(p) beside the process a person sees FOB before and after in money, and explains it; nothing is declared anew', async () => {
    const asked = (await tasks(P)).filter(({ kind }) => kind === 'review-warnings') as (ListedTask & {
      evidence: { value: string }[];
    })[];
    expect(asked).toMatchObject([{ status: 'answered', answer: { choice: 'accepted' } }]);
    expect(asked[0]?.evidence[0]?.value).toMatch(/FOB 11020\.00 USD.*FOB would be 10700\.00 USD, -320\.00 USD/);
    expect((await received('customs', P)).map(({ key }) => key)).toEqual([`tests/${P}/declaration/1`]);
  });
});
