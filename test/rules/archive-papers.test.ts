import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { archiveGaps, archivePapersOf } from '../../rules/archive.ts';
import type { Archive, ArchiveMoments } from '../../rules/archive-papers.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { deadlineOf } from '../../rules/deadlines.ts';
import { archive, document, enough, moments } from './archives.ts';
import { reference, settings } from './orders.ts';

const papers = reference.archivePapers;
const statesOf = (of: Archive) => Object.fromEntries(of.papers.map(({ paper, state }) => [paper, state]));
const paperOf = (of: Archive, id: string) => of.papers.find(({ paper }) => paper === id);
const only = ({ orderedOn }: ArchiveMoments, more: Partial<ArchiveMoments> = {}) => ({ orderedOn, ...more });

describe('the papers of the archive, as data', () => {
  it('stand in the order of the catalogue, each in a place of its own', () => {
    expect(papers.map(({ order }) => order)).toEqual(papers.map((_, at) => at + 1));
  });
  it('no kind of document serves as two papers: it would be counted twice', () => {
    const kinds = papers.flatMap(({ satisfiedBy, substitutes }) => [...satisfiedBy, ...substitutes]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
  it('a running shipment waits for those alone that it waited for before', () => {
    expect(archivePapersOf(reference).map(({ paper }) => paper)).toEqual([
      'purchase-contract',
      'export-contract',
      'transport-document',
      'freight-invoice',
      'customs-agency-agreement',
    ]);
  });
});

describe('the archive of a shipment', () => {
  it('on the day of the order owes the contracts, and nothing of what has not happened', () => {
    const then = archive([], { moments: only(moments), asOf: '2026-11-02T06:00:00Z' });
    expect(statesOf(then)).toEqual({
      'purchase-contract': 'missing',
      'export-contract': 'missing',
      'service-contract': 'missing',
      'transport-document': 'not-yet-owed',
      'freight-invoice': 'not-yet-owed',
      'customs-agency-agreement': 'not-yet-owed',
      'broker-fee-invoice': 'not-yet-owed',
    });
    expect(then).toMatchObject({ complete: false });
    expect(then).not.toHaveProperty('dueOn');
  });

  it.each<[string, string, CivilDate]>([
    ['purchase-contract', 'supplier', '2026-11-02' as CivilDate],
    ['customs-agency-agreement', 'broker', '2026-11-05' as CivilDate],
    ['broker-fee-invoice', 'broker', '2026-11-06' as CivilDate],
    ['transport-document', 'carrier', '2026-11-09' as CivilDate],
    ['freight-invoice', 'forwarder', '2026-11-09' as CivilDate],
  ])('without the %s it is owed by the %s since %s, a day in China', (id, owedBy, since) => {
    expect(paperOf(archive([]), id)).toMatchObject({ state: 'missing', owedBy, since, documents: [] });
  });

  it('knows that what was released had been filed, though nobody said when', () => {
    const filedUnknown = archive([], { moments: only(moments, { releasedAt: moments.releasedAt }) });
    expect(paperOf(filedUnknown, 'customs-agency-agreement')).toMatchObject({ state: 'missing', since: '2026-11-06' });
  });

  it('is complete with a document for each paper that is always wanted', () => {
    expect(archive(enough)).toMatchObject({ complete: true, others: [] });
  });

  it.each(enough.map((one) => [one.kind, one.id]))('is not complete without the %s', (_kind, id) => {
    expect(archive(enough.filter((one) => one.id !== id)).complete).toBe(false);
  });

  it('asks for the broker’s fee invoice where a broker is known to have declared', () => {
    const byBroker = archive(enough, { circumstances: { declaredByBroker: true } });
    expect(byBroker.complete).toBe(false);
    expect(paperOf(byBroker, 'broker-fee-invoice')).toMatchObject({ state: 'missing', needed: true });
    const invoiced = [...enough, document('broker-fee-invoice')];
    expect(archive(invoiced, { circumstances: { declaredByBroker: true } }).complete).toBe(true);
  });

  it('asks for no broker’s papers where we declared ourselves', () => {
    const own = archive(
      enough.filter(({ kind }) => kind !== 'customs-agency-agreement'),
      { circumstances: { declaredByBroker: false } },
    );
    expect(own.complete).toBe(true);
    expect(statesOf(own)).toMatchObject({ 'customs-agency-agreement': 'not-owed', 'broker-fee-invoice': 'not-owed' });
    expect(paperOf(own, 'broker-fee-invoice')).not.toHaveProperty('since');
  });

  it('takes a substitute of like content, and says that it is one', () => {
    const substituted = [
      ...enough.filter(({ kind }) => kind !== 'bill-of-lading'),
      document('transport-document-substitute'),
    ];
    const then = archive(substituted);
    expect(then.complete).toBe(true);
    expect(paperOf(then, 'transport-document')).toMatchObject({ state: 'here', substitute: true });
    expect(paperOf(archive([...substituted, document('bill-of-lading')]), 'transport-document')).toMatchObject({
      substitute: false,
    });
  });

  it('takes the word of a person that a paper is kept elsewhere', () => {
    const where = 'Ningbo office, binder 2026-11';
    const then = archive(enough.slice(1), { keptElsewhere: [{ paper: 'purchase-contract', where }] });
    expect(then.complete).toBe(true);
    expect(paperOf(then, 'purchase-contract')).toMatchObject({ state: 'kept-elsewhere', keptElsewhere: where });
  });

  it('keeps a revision that was replaced, behind the one that counts', () => {
    const revisions = [2, 1, 3].map((revision) => document('sales-contract', { revision }));
    expect(
      paperOf(archive(revisions), 'export-contract')?.documents.map((one) => [one.revision, one.supersededBy]),
    ).toEqual([
      [3, undefined],
      [1, 3],
      [2, 3],
    ]);
  });

  it('a paper whose kind was mended no longer serves as what it was taken for', () => {
    const mended = [document('purchase-contract', { id: 'D' }), document('freight-invoice', { id: 'D', revision: 2 })];
    expect(statesOf(archive(mended))).toMatchObject({ 'purchase-contract': 'missing', 'freight-invoice': 'here' });
  });

  it('lists beside them what it does not ask for', () => {
    const invoice = document('commercial-invoice');
    expect(archive([...enough, invoice]).others).toEqual([invoice]);
  });

  it('is due on the day on which the task for it ends, and kept ten years from the claim', () => {
    expect(archive([])).toMatchObject({ dueOn: '2026-12-05', keptUntil: '2036-11-20' });
    const task = deadlineOf({ what: 'archive', startedAt: moments.claimSubmittedAt }, settings);
    expect(task.dueAt.slice(0, 10)).toBe('2026-12-05');
  });
});

describe('whatever documents come', () => {
  const kinds = [...papers.flatMap(({ satisfiedBy, substitutes }) => [...satisfiedBy, ...substitutes]), 'packing-list'];
  const documents = fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), revision: fc.nat(3) }),
    { maxLength: 12 },
  );
  const made = (of: { kind: string; id: string; revision: number }[]) =>
    [...new Map(of.map((one) => [`${one.id}/${one.revision}`, one])).values()].map(({ kind, ...more }) =>
      document(kind, { ...more, id: `${more.id}`, revision: more.revision + 1 }),
    );

  it('their order and that of the papers do not matter', () => {
    fc.assert(
      fc.property(documents, fc.func(fc.integer()), (of, rank) => {
        const all = made(of);
        const shuffled = [...all].sort((one, other) => rank(one) - rank(other));
        expect(archive(shuffled, { papers: [...papers].reverse() })).toEqual(archive(all));
      }),
    );
  });

  it('each is listed once', () => {
    fc.assert(
      fc.property(documents, (of) => {
        const all = made(of);
        const { papers: listed, others } = archive(all);
        const shown = [...listed.flatMap((paper) => paper.documents), ...others];
        expect(shown.map(({ id, revision }) => `${id}/${revision}`).sort()).toEqual(
          all.map(({ id, revision }) => `${id}/${revision}`).sort(),
        );
      }),
    );
  });

  it('it is complete exactly when the task of the running shipment would be, nothing more being known', () => {
    fc.assert(
      fc.property(documents, (of) => {
        const all = made(of).map((one) => ({ ...one, id: `${one.id}/${one.revision}`, revision: 1 }));
        const gaps = archiveGaps({ papers: archivePapersOf(reference), documentKinds: all.map(({ kind }) => kind) });
        expect(archive(all).complete).toBe(gaps.length === 0);
      }),
    );
  });
});
