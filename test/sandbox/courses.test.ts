import { describe, expect, it } from '@jest/globals';
import { type Delivered, type Play, startPlay, startQuayside } from './play.ts';
import { claim, declaration, doubtAnswer, hoursLater, instruction, keyOf, SENT_AT, subscription } from './requests.ts';

const YEARS_LATER = hoursLater(24 * 900);

async function start() {
  const quayside = await startQuayside();
  return { quayside, play: await startPlay(quayside) };
}

/** One word for an answer, and the hours after {@link SENT_AT} at which it says that it happened. */
function line({ body }: Delivered): string {
  const what = body.channel ?? body.effect ?? body.outcome ?? body.event ?? body.status;
  return `${what} ${(Date.parse(String(body.occurredAt)) - Date.parse(SENT_AT)) / 3_600_000}`;
}

async function customsCourse(
  reference: string,
  revisions: { revision: number; signedAfter: number }[] = [{ revision: 1, signedAfter: 0 }],
) {
  const { quayside, play } = await start();
  for (const { revision, signedAfter } of revisions) {
    await play.deliverDue('customs', reference, hoursLater(signedAfter));
    await play.post('customs', '/declarations', declaration(reference, revision, hoursLater(signedAfter)));
  }
  const report = await play.deliverDue('customs', reference, YEARS_LATER);
  expect(report.body.nextDueAt).toBeNull();
  expect(quayside.refused).toEqual([]);
  return { ...quayside, play, lines: quayside.delivered.map(line) };
}

describe('customs', () => {
  it('reviews, releases and closes a plain declaration, three days after its export date at ten in China', async () => {
    const { delivered, lines } = await customsCourse('A-1');
    expect(lines).toEqual(['J 1', 'P 2.5', 'R 144']);
    expect(delivered[2]?.body).toEqual({
      messageId: 'customs/lamps/A-1/declaration/1/3',
      occurredAt: '2027-03-07T02:00:00.000Z',
      source: 'customs',
      side: 'export',
      clientSequenceNumber: 'lamps/A-1/declaration/1',
      declarationNumber: expect.stringMatching(/^\d{18}$/),
      channel: 'R',
      note: '结关 (closed)',
      noticeTime: '2027-03-07T02:00:00.000Z',
      exportedOn: '2027-03-04',
    });
    expect(delivered[0]?.body).not.toHaveProperty('exportedOn');
  });

  it('never closes before it has released', async () => {
    const { quayside, play } = await start();
    const late = declaration('A-1', 1, '2027-06-01T00:00:00Z');
    await play.post('customs', '/declarations', late);
    await play.deliverDue('customs', 'A-1', YEARS_LATER);
    expect(quayside.delivered.map(({ body }) => [body.channel, body.occurredAt])).toEqual([
      ['J', '2027-06-01T01:00:00.000Z'],
      ['P', '2027-06-01T02:30:00.000Z'],
      ['R', '2027-06-01T02:30:00.000Z'],
    ]);
  });

  it('sends the first declaration of RETURNED- back and takes the next, under the same declaration number', async () => {
    const { delivered, lines } = await customsCourse('returned-7', [
      { revision: 1, signedAfter: 0 },
      { revision: 2, signedAfter: 10 },
    ]);
    expect(lines).toEqual(['Z 1', 'J 11', 'P 12.5', 'R 144']);
    expect(delivered[0]?.body.note).toContain('brand type');
    expect(new Set(delivered.map(({ body }) => body.declarationNumber)).size).toBe(1);
  });

  it('counts declarations, not revisions: corrections before the first filing are not known to it', async () => {
    const { lines } = await customsCourse('RETURNED-1', [{ revision: 3, signedAfter: 0 }]);
    expect(lines).toEqual(['Z 1']);
  });

  it('inspects INSPECT- and releases', async () => {
    const { delivered, lines } = await customsCourse('INSPECT-1');
    expect(lines).toEqual(['J 1', 'C 2.5', 'released 27', 'P 28.5', 'R 144']);
    expect(delivered[2]).toMatchObject({
      door: 'inspection-result',
      body: { side: 'export', kind: 'unpacking', findings: [] },
    });
  });

  it('finds UNDERVALUED- too cheap and releases the amended declaration', async () => {
    const { delivered, lines } = await customsCourse('UNDERVALUED-1', [
      { revision: 1, signedAfter: 0 },
      { revision: 2, signedAfter: 40 },
    ]);
    expect(lines).toEqual(['J 1', 'C 2.5', 'discrepancy 27', 'J 41', 'P 42.5', 'R 144']);
    expect(delivered[1]?.body.note).toContain('60 %');
    expect(delivered[2]?.body.findings).toEqual([{ line: 1, what: 'unit price', declared: '0.9000', found: '1.90' }]);
  });

  it('seizes SEIZED-', async () => {
    const { lines } = await customsCourse('SEIZED-1');
    expect(lines).toEqual(['C 1.5', 'seized 27']);
  });

  it('closes an amended declaration once: what the earlier revision still had to come is withdrawn', async () => {
    const { lines } = await customsCourse('A-1', [
      { revision: 1, signedAfter: 0 },
      { revision: 2, signedAfter: 2 },
    ]);
    expect(lines).toEqual(['J 1', 'J 3', 'P 4.5', 'R 144']);
  });

  it('tells nothing about SILENT- until it is asked', async () => {
    const { delivered, play } = await customsCourse('SILENT-1');
    expect(delivered).toEqual([]);
    expect(await channelsBy(play, 'SILENT-1', hoursLater(0.5))).toEqual([]);
    expect(await channelsBy(play, 'SILENT-1', hoursLater(3))).toEqual(['J', 'P']);
    expect(await channelsBy(play, 'SILENT-1', hoursLater(144))).toEqual(['J', 'P', 'R']);
  });
});

async function channelsBy(play: Play, reference: string, asOf: string): Promise<string[]> {
  const { body } = await play.get(
    'customs',
    `/declarations/${encodeURIComponent(keyOf(reference, 'declaration'))}?asOf=${asOf}`,
  );
  return (body as { receipts: { CHANNEL: string }[] }).receipts.map((receipt) => receipt.CHANNEL);
}

async function carrierCourse(more: Parameters<typeof subscription>[1], reference = 'A-1') {
  const { quayside, play } = await start();
  const answer = await play.post('carrier', '/subscriptions', subscription(reference, more));
  await play.deliverDue('carrier', reference, YEARS_LATER);
  expect(quayside.refused).toEqual([]);
  return {
    answer: answer.body,
    events: quayside.delivered.map(({ body }) => `${body.event} ${body.eventAt} ${body.place ?? ''}`.trim()),
  };
}

describe('carrier', () => {
  it('reports departure, arrival and delivery of a sea shipment', async () => {
    const { answer, events } = await carrierCourse({});
    expect(answer).toMatchObject({
      status: 'active',
      estimatedDeparture: '2027-03-04',
      estimatedArrival: '2027-03-22',
    });
    expect(events).toEqual([
      'DEPA 2027-03-04T12:00:00.000Z CNNGB',
      'ARRI 2027-03-22T12:00:00.000Z USLAX',
      'GTOT 2027-03-26T12:00:00.000Z',
    ]);
  });

  it.each([
    ['sea', 'DE', 30],
    ['sea', 'JP', 4],
    ['sea', 'VN', 7],
    ['sea', 'AU', 14],
    ['sea', 'BR', 25],
    ['air', 'US', 2],
    ['rail', 'DE', 18],
    ['express', 'US', 3],
    ['road', 'VN', 5],
    ['post', 'US', 10],
  ] as const)('by %s to %s takes %i days', async (transportMode, destinationCountry, days) => {
    const { events } = await carrierCourse({ transportMode, destinationCountry });
    const arrival = new Date(Date.parse('2027-03-04T12:00:00Z') + days * 86_400_000).toISOString();
    expect(events[1]).toContain(`ARRI ${arrival}`);
  });

  it('departs six hours after the booking at the earliest, and leaves out a place that is no UN/LOCODE', async () => {
    const { events } = await carrierCourse({ plannedDeparture: '2027-02-20', portOfLoading: 'Ningbo' });
    expect(events[0]).toBe('DEPA 2027-03-01T08:00:00.000Z');
  });

  it('says nothing about LATE-', async () => {
    expect((await carrierCourse({}, 'LATE-1')).events).toEqual([]);
  });
});

async function brokerCourse(reference: string) {
  const { quayside, play } = await start();
  await play.post('broker', '/instructions', instruction(reference, 'clearance-dossier', 'dossier'));
  await play.deliverDue('broker', reference, YEARS_LATER);
  expect(quayside.refused).toEqual([]);
  return { quayside, play, lines: () => quayside.delivered.map(line) };
}

describe('broker', () => {
  it('clears the goods two days after the dossier; a question brings nothing new', async () => {
    const { play, lines } = await brokerCourse('A-1');
    expect(lines()).toEqual(['released 48']);
    const answer = await play.post('broker', '/instructions', instruction('A-1', 'status-request', 'status-release'));
    expect(answer.body).toEqual({ instructionReference: 'lamps/A-1/status-release/1', status: 'taken' });
    expect((await play.deliverDue('broker', 'A-1', YEARS_LATER)).body).toEqual({ delivered: 0, nextDueAt: null });
  });

  it('reports that NOENTRY- may not enter', async () => {
    expect((await brokerCourse('NOENTRY-1')).lines()).toEqual(['entry-refused 48']);
  });

  it('passes on hold, exam and Form 28 for EXAM-, and the release once the case is answered', async () => {
    const { quayside, play, lines } = await brokerCourse('EXAM-1');
    expect(lines()).toEqual(['hold-placed 24', 'exam-ordered 25', 'note 72']);
    expect(quayside.delivered[0]?.body).toMatchObject({ hold: 'CBP', note: 'intensive exam, CES' });
    expect(quayside.delivered[2]?.body.notice).toMatchObject({
      form: 'CBP Form 28',
      datedOn: '2027-03-04',
      dueOn: '2027-04-03',
    });
    for (const step of ['case-CF28', 'case-CF28-again'])
      await play.post('broker', '/instructions', instruction('EXAM-1', 'case-answer', step, hoursLater(240)));
    await play.deliverDue('broker', 'EXAM-1', YEARS_LATER);
    expect(lines().slice(3)).toEqual(['released 336', 'hold-removed 337', 'released 360']);
    expect(quayside.delivered[3]).toMatchObject({
      door: 'inspection-result',
      body: { side: 'destination', kind: 'unpacking' },
    });
    expect(quayside.refused).toEqual([]);
  });
});

async function claimCourse(reference: string) {
  const { quayside, play } = await start();
  await play.post('taxBureau', '/claims', claim(reference));
  await play.deliverDue('taxBureau', reference, YEARS_LATER);
  expect(quayside.refused).toEqual([]);
  return { quayside, play, lines: () => quayside.delivered.map(line) };
}

describe('tax bureau', () => {
  it('pays a plain claim after eleven days', async () => {
    const { quayside, lines } = await claimCourse('A-1');
    expect(lines()).toEqual(['received 1', 'accepted 24', 'under-review 48', 'approved 192', 'paid 264']);
    expect(quayside.delivered[4]?.body).toMatchObject({
      claim: 'lamps/A-1/claim/1',
      amount: '6760.00',
      on: '2027-03-12',
    });
  });

  it('doubts DOUBT-, and pays once, after the first answer', async () => {
    const { quayside, play, lines } = await claimCourse('DOUBT-1');
    expect(lines()).toEqual(['received 1', 'accepted 24', 'doubts 96']);
    expect(quayside.delivered[2]?.body).toMatchObject({
      round: 1,
      dueOn: '2027-03-12',
      doubts: [{ level: 'W', line: 1 }, { level: 'I' }],
    });
    for (const revision of [1, 2])
      await play.post('taxBureau', '/doubt-answers', doubtAnswer('DOUBT-1', hoursLater(120), revision));
    await play.deliverDue('taxBureau', 'DOUBT-1', YEARS_LATER);
    expect(lines().slice(3)).toEqual(['under-review 192', 'approved 264', 'paid 336']);
    expect(quayside.refused).toEqual([]);
  });

  it('refuses REFUSED- with a reason', async () => {
    const { quayside, lines } = await claimCourse('REFUSED-1');
    expect(lines()).toEqual(['received 1', 'accepted 24', 'refused 144']);
    expect(quayside.delivered[2]?.body.reason).toContain('supplier');
  });

  it('tells the steps so far by key, and refuses an answer to a claim that never came', async () => {
    const { play } = await claimCourse('A-1');
    const status = await play.get('taxBureau', `/claims/${keyOf('A-1', 'claim')}?asOf=${hoursLater(25)}`);
    expect(status.body).toMatchObject({
      receipt: { status: 'received' },
      steps: [{ status: 'received', doubts: [] }, { status: 'accepted' }, {}, {}, { status: 'paid' }],
    });
    expect((await play.post('taxBureau', '/doubt-answers', doubtAnswer('B-1', hoursLater(1)))).body).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('lamps/B-1/claim/1'),
    });
  });
});
