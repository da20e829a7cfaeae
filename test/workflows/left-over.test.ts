import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Progress, RecordEntry } from '../../activities/records/contract.ts';
import type { Question, TaskKind } from '../../rules/task.ts';
import type { ShipmentState } from '../../workflows/carried.ts';
import { carryOver, newShipment, takeOver } from '../../workflows/carry-over.ts';
import type * as Shipment from '../../workflows/shipment-file.ts';
import type * as Review from '../../workflows/stages/intake-and-review.ts';
import type * as Misfits from '../../workflows/stages/misfits.ts';
import { endRun, engineInMemory, rest } from './engine-in-memory.ts';

/** What the review finds, and the log that it was written to. */
const outside = {
  finds: [] as string[],
  fails: false,
  log: [] as RecordEntry[],
  waitingOn: [] as Progress['waitingOn'],
};

jest.mock('@temporalio/workflow', () => ({
  ...(jest.requireActual('@temporalio/workflow') as object),
  ...engineInMemory,
}));
jest.mock('../../workflows/parties.ts', () => ({
  summary: (text: string) => text,
  records: {
    reviewCompliance: {
      executeWithOptions: async (_: object, [{ waived }]: [{ waived: string[] }]) => {
        if (outside.fails) throw defect();
        const found = outside.finds.filter((place) => !waived.includes(`party-screening@${place}`));
        return { questions: found.map(questionAbout), findings: [], wanted: [wanted] };
      },
    },
  },
  recording: {
    recordProgress: {
      executeWithOptions: async (_: object, [write]: [{ entries: RecordEntry[]; progress: Progress }]) => {
        outside.log.push(...write.entries);
        outside.waitingOn = write.progress.waitingOn;
        return { deadlines: {} };
      },
    },
  },
}));

// Loaded only now: what they import is what stands above.
const { ShipmentFile } = jest.requireActual<typeof Shipment>('../../workflows/shipment-file.ts');
const { reviewCompliance, settleAsides } = jest.requireActual<typeof Review>(
  '../../workflows/stages/intake-and-review.ts',
);
const { settleMisfits } = jest.requireActual<typeof Misfits>('../../workflows/stages/misfits.ts');

function defect(): Error {
  const { ApplicationFailure } = jest.requireActual<typeof import('@temporalio/common')>('@temporalio/common');
  return ApplicationFailure.create({ type: 'Defect', message: 'a broken row', nonRetryable: true });
}

const questionAbout = (place: string): Question => ({
  key: `review/party-screening/${place}`,
  kind: 'review-finding',
  question: `Is the ${place} the listed party?`,
  evidence: [],
  choices: ['another-party', 'proceed', 'cancel'].map((id) => ({ id, label: id })),
  ownerRole: 'operator',
  covers: [`party-screening@${place}`],
});
const wanted: Question = {
  key: 'paper-wanted/purchase-contract',
  kind: 'paper-wanted',
  question: 'The purchase contract is wanted.',
  evidence: [],
  choices: [{ id: 'without', label: 'compare without it' }],
  ownerRole: 'operator',
};

const now = '2026-11-24T08:00:00.000Z';

/** A shipment under review, that can be moved to a new run whenever it rests. */
class Desk {
  file: Shipment.ShipmentFile;
  private sent = 0;

  constructor() {
    const state = newShipment({ organisation: 'acme', reference: 'L', simulated: false }, now);
    state.order = { lines: 1, channels: {} } as never;
    this.file = new ShipmentFile(state);
    this.begin();
  }

  /** Goes on in a new run. `meanwhile`: what comes before its lanes have resumed. */
  async move(meanwhile: () => void = () => undefined): Promise<void> {
    endRun();
    const carried = JSON.parse(JSON.stringify(carryOver(this.file.state))) as ShipmentState;
    this.file = new ShipmentFile(takeOver(carried, now));
    this.file.carryOn();
    meanwhile();
    this.begin();
    await rest();
  }

  answer(key: string, choice: string) {
    this.sent += 1;
    const envelope = { messageId: `answer-${this.sent}`, occurredAt: now, source: 'test' };
    return this.file.receive('answerTask', { ...envelope, taskId: `L/${key}`, choice, reason: 'compared' });
  }

  junk(): void {
    this.file.receive('taxResponse', { messageId: 'junk' }, false);
  }

  unlock(): void {
    this.sent += 1;
    const envelope = { messageId: `unlock-${this.sent}`, occurredAt: now, source: 'test' };
    this.file.receive('unlockDocuments', { ...envelope, reason: 'the marks change' });
  }

  get open(): string[] {
    return Object.values(this.file.state.tasks)
      .filter(({ answer, moot }) => answer === null && !moot)
      .map(({ id }) => id.slice(2))
      .sort();
  }

  get waits(): string[] {
    return this.file.state.waits.map(({ key }) => key).sort();
  }

  private begin(): void {
    const { file } = this;
    const dies = (error: Error) => {
      if (error.name !== 'CalledOff') throw error;
    };
    void file.keepRecords();
    void settleMisfits(file);
    void settleAsides(file);
    void reviewCompliance(file).catch(dies);
  }
}

const logged = (kind: RecordEntry['kind']) =>
  outside.log.filter((entry) => entry.kind === kind).map(({ data }) => data.taskId);
const buyer = 'review/party-screening/buyer/0';
const contract = 'paper-wanted/purchase-contract';

async function begun(...finds: string[]): Promise<Desk> {
  Object.assign(outside, { finds, fails: false, log: [], waitingOn: [] });
  endRun();
  const desk = new Desk();
  await rest();
  return desk;
}

describe('a question that a run asked, in the next one', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await begun('buyer');
    expect(desk.open).toEqual([contract, buyer]);
  });

  it('is moot once the review does not find any more what it asks of, and its answer is refused', async () => {
    outside.finds = [];
    await desk.move();
    expect({ open: desk.open, waits: desk.waits }).toEqual({ open: [contract], waits: [contract] });
    expect(logged('task-moot')).toEqual([`L/${buyer}`]);
    expect(desk.file.state.review.approvedAt).not.toBeNull();
    expect(desk.answer(buyer, 'cancel')).toMatchObject({ status: 'impossible' });
    expect(outside.waitingOn.map(({ key }) => key)).toEqual([contract]);
  });

  it('is asked on where the review still finds it, once and no more', async () => {
    await desk.move();
    await desk.move();
    expect({ open: desk.open, waits: desk.waits }).toEqual({ open: [contract, buyer], waits: [contract, buyer] });
    expect(logged('task-asked')).toHaveLength(2);
    desk.answer(buyer, 'proceed');
    await rest();
    expect(logged('task-answered')).toEqual([`L/${buyer}`]);
    expect(desk.file.state.review.approvedAt).not.toBeNull();
  });

  it.each([
    ['still found', ['buyer']],
    ['gone', []],
  ])(
    'is answered by `cancel` before its lane resumes, the finding being %s: the order is called off',
    async (_, finds) => {
      outside.finds = finds;
      await desk.move(() => expect(desk.answer(buyer, 'cancel')).toEqual({ status: 'applied' }));
      expect(desk.file.state.cancelled).toMatchObject({ reason: 'compared' });
      expect(logged('task-answered')).toEqual([`L/${buyer}`]);
      expect(desk.waits).not.toContain(buyer);
    },
  );

  it('is heard while the review itself fails', async () => {
    outside.fails = true;
    await desk.move();
    expect(desk.open).toEqual(['defect/reviewCompliance/trunk/1', contract, buyer]);
    desk.answer(buyer, 'proceed');
    await rest();
    expect(logged('task-answered')).toEqual([`L/${buyer}`]);
    // Mended, the review takes the answer for what it is.
    await desk.move();
    outside.fails = false;
    desk.answer('defect/reviewCompliance/trunk/1', 'retry');
    await rest();
    expect({ open: desk.open, waits: desk.waits }).toEqual({ open: [contract], waits: [contract] });
    expect(desk.file.state.review.waived).toEqual(['party-screening@buyer']);
  });

  it('beside the process is noted, too, when its answer comes before it resumes', async () => {
    await desk.move(() => desk.answer(contract, 'without'));
    expect(logged('task-answered')).toEqual([`L/${contract}`]);
    expect(desk.waits).toEqual([buyer]);
  });

  it('of papers that were opened is asked first, while the findings go on being heard', async () => {
    desk.file.state.papers = { revision: 1 } as never;
    desk.unlock();
    await desk.move();
    expect(desk.open).toEqual([contract, 'papers-open/1', buyer]);
    desk.answer(buyer, 'proceed');
    await rest();
    expect(logged('task-answered')).toEqual([`L/${buyer}`]);
    await desk.move(() => desk.answer('papers-open/1', 'lock-again'));
    expect({ open: desk.open, waits: desk.waits }).toEqual({ open: [contract], waits: [contract] });
  });
});

it('papers that were opened hold the review open, whatever a version did that knows no opening', async () => {
  const state = newShipment({ organisation: 'acme', reference: 'L', simulated: false }, now);
  state.unlocks = { items: [{ reason: 'the marks change', source: 'test' }], read: 0 };
  state.review.approvedAt = now;
  expect(takeOver(carryOver(state), now).review.approvedAt).toBeNull();
  state.declaration.filed = 1;
  expect(takeOver(carryOver(state), now)).toMatchObject({ unlocks: { read: 1 }, review: { approvedAt: now } });
});

type Deed = { answer: number; choice: number } | { finds: string[] } | { fails: boolean } | 'move' | 'junk' | 'unlock';
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ answer: fc.nat(9), choice: fc.nat(1) }),
  fc.record({ finds: fc.subarray(['buyer', 'consignee', 'seller', 'notify']) }),
  fc.record({ fails: fc.boolean() }),
  fc.constantFrom('move' as const, 'move' as const, 'junk' as const, 'unlock' as const),
);

/** Answers one of the open questions, by a choice that does not end the order. */
function answerOne(desk: Desk, { answer, choice }: { answer: number; choice: number }): void {
  const { open } = desk;
  const key = open[answer % Math.max(1, open.length)];
  if (key === undefined) return;
  const choices = (desk.file.state.tasks[`L/${key}`]?.choices ?? []).filter((id) => id !== 'cancel');
  expect(desk.answer(key, choices[choice % choices.length] ?? '')).toEqual({ status: 'applied' });
}

async function does(desk: Desk, one: Deed): Promise<void> {
  if (one === 'move') return desk.move();
  if (one === 'junk') desk.junk();
  else if (one === 'unlock') desk.unlock();
  else if ('answer' in one) answerOne(desk, one);
  else Object.assign(outside, one);
  await rest();
}

it('at every rest each open question has its wait, and every answer is noted once, whatever happened and however often it moved', async () => {
  const kindsSeen = new Set<TaskKind>();
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 14 }), async (deeds) => {
      const desk = await begun('buyer', 'seller');
      desk.file.state.papers = { revision: 1 } as never;
      for (const one of [...deeds, 'move' as const]) {
        await does(desk, one);
        expect(desk.waits).toEqual(desk.open);
        for (const { kind } of Object.values(desk.file.state.tasks)) kindsSeen.add(kind);
      }
      // Somebody waits for each that is still open: answered, all of them are noted, and nothing that is asked then is new to the log.
      outside.fails = false;
      outside.finds = [];
      for (let rounds = 0; desk.open.length > 0 && rounds < 20; rounds++) {
        for (const key of desk.open) {
          const [choice = ''] = desk.file.state.tasks[`L/${key}`]?.choices ?? [];
          desk.answer(key, choice);
        }
        await rest();
      }
      expect(desk.waits).toEqual([]);
      const ends = [...logged('task-answered'), ...logged('task-moot')].sort();
      expect(ends).toEqual([...logged('task-asked')].sort());
      expect(desk.file.state.review.approvedAt).not.toBeNull();
    }),
    { numRuns: 150 },
  );
  expect([...kindsSeen].sort()).toEqual(['defect', 'message-misfit', 'paper-wanted', 'papers-open', 'review-finding']);
});
