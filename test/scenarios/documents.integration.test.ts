import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import yauzl from 'yauzl';
import type { TaskRow } from '../../store/tasks.ts';
import { workbook } from '../reading/papers.ts';
import { declaredAtOnce, inDays, lamps, ReviewDesk } from './review-desk.ts';

const desk = new ReviewDesk('papers');
const isOf = (kind: string) => (task: TaskRow) => task.kind === kind;
const contracted = { lines: [{ ...lamps, purchaseContract: 'PC-118', purchaseNet: '66000.00' }] };

/** What a supplier's contract says of the lamps, as a person states it. */
const contract = (line: object = {}) => ({
  kind: 'purchase-contract',
  number: 'PC-118',
  facts: {
    number: 'PC-118',
    lines: [{ no: 1, nameZh: lamps.nameZh, quantity: lamps.quantity, unit: lamps.unit, ...line }],
  },
});

/** A packing list of the lamps as the warehouse makes it. */
const packingList = (gross: number, marks = 'N/M') =>
  workbook([
    ['装箱单 PACKING LIST'],
    ['Marks 唛头', marks],
    [],
    ['No.', 'Description 品名', 'Quantity 数量', 'Unit 单位', 'Packages 件数', 'N.W. (KG) 净重', 'G.W. (KG) 毛重'],
    [1, lamps.nameZh, 1000, '个', 125, 1150, gross],
  ]);

const documentsOf = async (reference: string) => (await desk.ask(`/v1/shipments/${reference}/documents`)).json;

/** The catalogue of an export, as CSV. */
async function catalogueIn(zip: Buffer): Promise<string> {
  const file = await yauzl.fromBufferPromise(zip);
  for await (const entry of file.eachEntry())
    if (entry.fileName.endsWith('.csv')) return (await buffer(await file.openReadStreamPromise(entry))).toString();
  return '';
}

beforeAll(() => desk.open());

describe('a file that comes in', () => {
  it('is kept and read, and compared with nothing before a person has confirmed it', async () => {
    const reference = 'FILE-1';
    await desk.start(reference);
    await desk.waitsFor(reference, 'planned-export');
    const added = await desk.addFile(reference, '../../装箱单.xlsx', await packingList(1100));
    expect(added).toMatchObject({
      status: 201,
      json: {
        isNew: true,
        kind: 'packing-list',
        file: { name: '装箱单.xlsx' },
        reading: { outcome: 'read' },
        alsoIn: [],
      },
    });
    const task = await desk.asked(reference, isOf('document-unconfirmed'));
    expect(task.evidence).toContainEqual({ label: 'paper', value: String(added.json.documentId) });
    expect((await desk.tasks(reference)).filter(isOf('review-finding'))).toEqual([]);
    expect((await documentsOf(reference)).unconfirmed).toMatchObject([
      { documentId: added.json.documentId, state: 'to-confirm', receivedFrom: 'the review desk' },
    ]);

    expect(await desk.confirm(reference, String(added.json.documentId))).toMatchObject({
      status: 200,
      json: { status: 'applied' },
    });
    const finding = await desk.asked(reference, isOf('review-finding'));
    expect(finding.finding).toMatchObject({ kind: 'document', document: added.json.documentId });
    expect(JSON.stringify(finding.finding)).toContain('1100');
    const closed = (await desk.tasks(reference)).find(({ id }) => id === task.id);
    expect(closed).toMatchObject({ status: 'answered', answer: { choice: 'supplied' } });

    const again = await desk.addFile(reference, 'corrected.xlsx', await packingList(1400, 'HARBOR HOME'), {
      documentId: String(added.json.documentId),
    });
    expect(again).toMatchObject({ status: 201, json: { documentId: added.json.documentId, isNew: true } });
    await desk.confirm(reference, String(added.json.documentId), { corrections: { marks: null } });
    await desk.waitsFor(reference, 'planned-export');
    const { documents, unconfirmed } = await documentsOf(reference);
    expect(unconfirmed).toEqual([]);
    const handedIn = (documents as unknown as { id: string; supersededBy: number | null; statement: unknown }[]).filter(
      ({ id }) => id === String(added.json.documentId),
    );
    expect(handedIn).toMatchObject([
      { supersededBy: 2, file: { name: '装箱单.xlsx' } },
      { supersededBy: null, file: { name: 'corrected.xlsx' }, statement: { from: 'the review desk', by: 'manager' } },
    ]);
    expect(JSON.stringify(handedIn[1]?.statement)).toContain('HARBOR HOME');
  }, 60_000);

  it('twice is one paper, and in another shipment it is said where else it is', async () => {
    await Promise.all([desk.start('FILE-2'), desk.start('FILE-3')]);
    const bytes = await packingList(1400);
    const [first] = [await desk.addFile('FILE-2', 'a.xlsx', bytes)];
    expect(first).toMatchObject({ status: 201 });
    expect(await desk.addFile('FILE-2', 'b.xlsx', bytes)).toMatchObject({
      status: 200,
      json: { isNew: false, documentId: first?.json.documentId, file: { name: 'a.xlsx' } },
    });
    const asAnother = await desk.addFile('FILE-2', 'b.xlsx', bytes, { kind: 'commercial-invoice', documentId: 'CI-9' });
    expect(asAnother).toMatchObject({ status: 200, json: { isNew: false, kind: 'packing-list' } });
    expect(asAnother.json.notes).toEqual([
      expect.stringMatching(/here as packing-list; the kind commercial-invoice was not taken/),
      expect.stringMatching(/the id CI-9 was not taken/),
    ]);
    expect(await desk.addFile('FILE-3', 'a.xlsx', bytes)).toMatchObject({ status: 201, json: { alsoIn: ['FILE-2'] } });
    expect((await desk.tasks('FILE-2')).filter(isOf('document-unconfirmed'))).toHaveLength(1);
  }, 40_000);

  it('of a kind that nobody knows is kept, and said to be compared with nothing', async () => {
    await desk.start('FILE-9');
    const unknown = { compared: false, known: false, near: ['purchase-contract'] };
    const added = await desk.addFile('FILE-9', 'a.xlsx', await packingList(1400, 'KIND'), {
      kind: 'purchase-contracts',
    });
    expect(added).toMatchObject({ status: 201, json: { kind: 'purchase-contracts', ofKind: unknown } });
    expect(await desk.confirm('FILE-9', String(added.json.documentId), { corrections: { marks: null } })).toMatchObject(
      { json: { kind: 'purchase-contracts', ofKind: unknown } },
    );
    expect(await desk.confirm('FILE-9', String(added.json.documentId), { kind: 'purchase-contract' })).toMatchObject({
      json: { ofKind: { compared: true, known: true, near: [] } },
    });
  }, 40_000);

  it('that is not ours is said to be none of this shipment', async () => {
    await desk.start('FILE-4');
    await desk.addFile('FILE-4', 'other.xlsx', await packingList(1400, 'OTHER'));
    const task = await desk.asked('FILE-4', isOf('document-unconfirmed'));
    await desk.answer(task, 'not-ours', 'of the order before');
    await desk.logged('FILE-4', 'task-answered', ({ data }) => data.taskId === task.id);
    expect((await documentsOf('FILE-4')).unconfirmed).toMatchObject([{ state: 'not-ours' }]);
  }, 40_000);

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['a program', new Uint8Array(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])), 'executable'],
    ['a broken PDF', new Uint8Array(Buffer.from('%PDF-1.7\n1 0 obj\n')), 'corrupt'],
  ])(
    'that is %s is refused with the reason, and nothing of it is kept',
    async (_, bytes, code) => {
      const reference = `REFUSED-${code}`;
      await desk.start(reference);
      const refused = await desk.addFile(reference, 'x.pdf', bytes);
      expect(refused).toMatchObject({ status: 422, type: expect.stringContaining('problem+json') });
      expect(refused.json.type).toContain('document-refused');
      expect(JSON.stringify(refused.json.errors)).toContain(code);
      expect(await documentsOf(reference)).toMatchObject({ unconfirmed: [] });
    },
    40_000,
  );

  it('too large is refused', async () => {
    await desk.start('REFUSED-large');
    const refused = await desk.addFile('REFUSED-large', 'x.pdf', new Uint8Array(21 * 1024 * 1024).fill(37));
    expect(refused).toMatchObject({ status: 413, type: expect.stringContaining('problem+json') });
  }, 40_000);
});

describe('a purchase contract that the order names', () => {
  it('is asked for before the filing, answers by itself, and in sets against pieces holds the shipment until it is re-issued', async () => {
    const reference = 'CONTRACT-1';
    await desk.start(reference, contracted);
    const wanted = await desk.asked(reference, isOf('paper-wanted'));
    expect(wanted).toMatchObject({ wantsDocument: 'purchase-contract', ownerRole: 'operator' });
    await desk.waitsFor(reference, 'planned-export');

    expect(await desk.confirm(reference, 'PC-118', contract({ unit: '套' }))).toMatchObject({ status: 200 });
    const finding = await desk.asked(reference, isOf('review-finding'));
    expect(finding.finding).toMatchObject({
      kind: 'document',
      expected: expect.stringContaining('个'),
      found: expect.stringContaining('套'),
    });
    expect((await desk.tasks(reference)).find(({ id }) => id === wanted.id)).toMatchObject({ status: 'answered' });

    await desk.confirm(reference, 'PC-118', contract());
    await desk.waitsFor(reference, 'planned-export');
    expect((await desk.tasks(reference)).find(({ id }) => id === finding.id)).toMatchObject({
      status: 'answered',
      answer: { choice: 'supplied', evidence: ['PC-118'] },
    });
  }, 60_000);

  it('may be accepted with a manager’s reason, and is not asked about again', async () => {
    const reference = 'CONTRACT-2';
    await desk.start(reference, contracted);
    await desk.confirm(reference, 'PC-118', contract({ unit: '套' }));
    const finding = await desk.asked(reference, isOf('review-finding'));
    await desk.answer(finding, 'not-required', 'one set is one lamp, says the supplier in writing');
    await desk.waitsFor(reference, 'planned-export');
    await desk.confirm(reference, 'BL-1', {
      kind: 'bill-of-lading',
      facts: { number: 'BL-1', grossWeightKg: lamps.grossWeightKg, lines: [] },
    });
    await desk.logged(reference, 'message', ({ data }) => JSON.stringify(data).includes('"BL-1"'));
    await desk.waitsFor(reference, 'planned-export');
    expect((await desk.tasks(reference)).filter(isOf('review-finding'))).toHaveLength(1);
  }, 60_000);

  it('that names no known field is refused with the place', async () => {
    await desk.start('CONTRACT-3');
    const refused = await desk.confirm('CONTRACT-3', 'PC-118', {
      ...contract(),
      corrections: { 'lines[0].colour': 'red' },
    });
    expect(refused).toMatchObject({ status: 422 });
    expect(JSON.stringify(refused.json.errors)).toContain('corrections.lines[0].colour');
    expect(await desk.confirm('CONTRACT-3', 'NOBODYS')).toMatchObject({ status: 404 });
  }, 40_000);
});

describe('a paper that names another of ours', () => {
  it('is told, before and after ours are locked', async () => {
    const other = { number: 'PL-9', invoiceNumber: 'INV-ELSE', date: '2026-10-01' };
    for (const [reference, changes] of [
      ['NAMES-1', {}],
      ['NAMES-2', declaredAtOnce],
    ] as const) {
      await desk.start(reference, changes);
      if (reference === 'NAMES-1') await desk.waitsFor(reference, 'planned-export');
      await desk.confirm(reference, 'PL-9', { kind: 'packing-list', facts: { ...other, lines: [] } });
      for (const row of ['invoice-number', 'packing-after-contract'])
        expect(await desk.logged(reference, 'finding', ({ data }) => data.of === row)).toMatchObject({
          data: { of: row, severity: 'warn', where: expect.stringMatching(/^PL-9 /) },
        });
    }
  }, 60_000);
});

describe('papers that are locked', () => {
  it('are opened with a reason, held until they are locked again, and are the next revision then', async () => {
    const reference = 'UNLOCK-1';
    await desk.start(reference);
    await desk.waitsFor(reference, 'planned-export');
    await desk.tell(reference, 'unlock', { reason: 'the buyer wants other marks' });
    const task = await desk.asked(reference, isOf('papers-open'));
    expect(task.evidence).toContainEqual({ label: 'why', value: 'the buyer wants other marks (the review desk)' });
    await desk.tell(reference, 'declaration-amendment', {
      reason: 'the net weight was typed wrong',
      lines: [{ line: 1, netWeightKg: '1160' }],
    });
    await desk.answer(task, 'lock-again');
    const locked = await desk.logged(reference, 'papers-locked', ({ data }) => data.revision !== 1);
    await desk.waitsFor(reference, 'planned-export');
    const { documents } = await documentsOf(reference);
    const lists = (documents as unknown as { kind: string; revision: number; supersededBy: number | null }[]).filter(
      ({ kind }) => kind === 'packing-list',
    );
    const { revision } = locked.data as { revision: number };
    expect(lists).toMatchObject([
      { revision: 1, supersededBy: revision },
      { revision, supersededBy: null },
    ]);
  }, 60_000);

  it('called off while they are open, the shipment ends', async () => {
    const reference = 'UNLOCK-2';
    await desk.start(reference);
    await desk.waitsFor(reference, 'planned-export');
    await desk.tell(reference, 'unlock', { reason: 'something changes' });
    await desk.asked(reference, isOf('papers-open'));
    await desk.tell(reference, 'cancellation', { reason: 'the buyer withdrew' });
    expect(await desk.logged(reference, 'closed')).toMatchObject({ data: { outcome: 'cancelled' } });
  }, 60_000);
});

describe('what comes after the filing', () => {
  it('is told beside the process, with the FOB as declared and as it turned out', async () => {
    const reference = 'LATE-1';
    await desk.start(reference, {
      ...declaredAtOnce,
      incoterm: { rule: 'CFR', place: 'Long Beach' },
      freight: '500.00',
    });
    await desk.logged(reference, 'declaration-filed');
    await desk.confirm(reference, 'FF-1', {
      kind: 'forwarder-invoice',
      facts: { number: 'FF-1', currency: 'USD', freight: '900.00', lines: [] },
    });
    const task = await desk.asked(reference, (one) => one.kind === 'rule-change' || one.kind === 'review-warnings');
    expect(JSON.stringify(task)).toMatch(/11500/);
    expect(JSON.stringify(task)).toMatch(/11100/);
  }, 60_000);
});

describe('the files of papers', () => {
  it('ours is printed once and is the same ever after; a file of others comes back as it was', async () => {
    const reference = 'FETCH-1';
    await desk.start(reference);
    await desk.waitsFor(reference, 'planned-export');
    const bytes = await packingList(1400, 'FETCHED');
    const { json } = await desk.addFile(reference, 'list.xlsx', bytes);
    await desk.confirm(reference, String(json.documentId));
    const fetched = async (query: string) => {
      const response = await fetch(`${desk.url(`/v1/shipments/${reference}/documents/file?${query}`)}`, {
        headers: { authorization: `Bearer ${desk.key}` },
      });
      return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
    };
    const [one, two] = [
      await fetched(`id=${reference}/commercial-invoice/1`),
      await fetched(`id=${reference}/commercial-invoice/1`),
    ];
    expect(one.response.headers.get('content-type')).toContain('application/pdf');
    expect(Buffer.from(one.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(Buffer.from(two.bytes).equals(Buffer.from(one.bytes))).toBe(true);
    const back = await fetched(`id=${json.documentId}`);
    expect(Buffer.from(back.bytes).equals(Buffer.from(bytes))).toBe(true);
    expect(back.response.headers.get('content-disposition')).toContain('attachment');
    expect(back.response.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetched('id=nobody')).response.status).toBe(404);
  }, 60_000);

  it('the archive is a zip with its catalogue, the papers in the order of the law', async () => {
    const reference = 'EXPORT-1';
    const orderedOn = inDays(-20);
    await desk.start(reference, { ...contracted, orderedOn });
    await desk.waitsFor(reference, 'planned-export');
    await desk.addFile(reference, 'pc.xlsx', await packingList(1400, 'PC'), {
      documentId: 'PC-118',
      kind: 'purchase-contract',
    });
    await desk.confirm(reference, 'PC-118', { corrections: { marks: null } });
    await desk.addFile(reference, 'waiting.xlsx', await packingList(1400, 'WAITS'));
    const response = await fetch(desk.url(`/v1/shipments/${reference}/documents/archive`), {
      headers: { authorization: `Bearer ${desk.key}` },
    });
    expect(response.headers.get('content-type')).toContain('zip');
    const zip = Buffer.from(await response.arrayBuffer());
    const names = [...zip.toString('utf8').matchAll(/\d\d-[^/]+\/[^/]+?\.(?:xlsx|pdf)/g)].map(([name]) => name);
    expect(new Set(names).size).toBeGreaterThanOrEqual(8);
    const csv = await catalogueIn(zip);
    expect(csv.split('\r\n').find((row) => row.startsWith('"2.1"'))).toContain(`"${orderedOn}"`);
    expect(csv).toMatch(/"未\.1",.*waiting\.xlsx.*received, not confirmed/);
    const { archive } = await documentsOf(reference);
    expect(archive).toMatchObject({ complete: false, dueOn: null });
    const papers = archive?.papers as unknown as {
      paper: string;
      state: string;
      owedBy: string;
      since: string | null;
    }[];
    expect(papers.find(({ paper }) => paper === 'purchase-contract')).toMatchObject({
      state: 'here',
      owedBy: 'supplier',
    });
    expect(papers.find(({ paper }) => paper === 'transport-document')).toMatchObject({
      state: 'not-yet-owed',
      since: null,
    });
  }, 60_000);
});
