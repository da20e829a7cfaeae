import { expect, it } from '@jest/globals';
import type { CustomsReceipt, ShipmentState } from '../../workflows/carried.ts';
import { carryOver, newShipment, takeOver } from '../../workflows/carry-over.ts';

const openedAt = '2026-11-24T08:00:00.000Z';
const now = '2027-03-01T08:00:00.000Z';
const start = { organisation: 'acme', reference: 'LAMPS-1', simulated: false };
const receipt = (channel: string, note: string) =>
  ({
    side: 'export',
    channel,
    note,
    meaning: 'reviewed',
    messageId: channel,
    occurredAt: openedAt,
    source: 'customs',
  }) as CustomsReceipt;

it('what a stage has dealt with is carried without its words, what it has not is carried whole', () => {
  const state = newShipment(start, openedAt);
  state.customs = { items: [receipt('L', 'long ago'), receipt('J', 'to be read')], read: 1 };
  const carried = carryOver(state);
  expect(carried.customs.items.map(({ channel, note }) => [channel, note])).toEqual([
    ['L', undefined],
    ['J', 'to be read'],
  ]);
  expect(carried.customs.read).toBe(1);
  expect(state.customs.items[0]?.note).toBe('long ago');
});

it('carried over again, it changes no more', () => {
  const state = newShipment(start, openedAt);
  state.customs = { items: [receipt('L', 'long ago')], read: 1 };
  const once = JSON.parse(JSON.stringify(carryOver(state))) as ShipmentState;
  const twice = JSON.parse(JSON.stringify(carryOver(takeOver(once, now)))) as ShipmentState;
  expect({ ...twice, messages: null }).toEqual({ ...once, messages: null });
});

it('a first start begins a shipment now; a carried one goes on from when it was opened', () => {
  expect(takeOver(start, now).openedAt).toBe(now);
  expect(takeOver(newShipment(start, openedAt), now).openedAt).toBe(openedAt);
});

it('what an older version did not know has the value of a shipment that has just begun', () => {
  const { misfits: _, defects: __, ...older } = newShipment(start, openedAt);
  const { coming: ___, ...transport } = older.transport;
  const carried = { ...older, transport: { ...transport, departedAt: now } } as ShipmentState;
  const taken = takeOver(carried, now);
  expect(taken.misfits).toEqual({ waiting: [], inQuestion: 0, asked: 0 });
  expect(taken.defects).toEqual({});
  expect(taken.transport).toMatchObject({ coming: null, departedAt: now });
});

it('records that hold names from outside keep exactly theirs', () => {
  const state = newShipment(start, openedAt);
  state.messages.seen = { abc: 'def' };
  state.waitRounds = { 'customs-answer/1': 3 };
  const taken = takeOver(JSON.parse(JSON.stringify(state)) as ShipmentState, now);
  expect(taken.messages.seen).toEqual({ abc: 'def' });
  expect(taken.waitRounds).toEqual({ 'customs-answer/1': 3 });
});
