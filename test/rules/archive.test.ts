import { describe, expect, it } from '@jest/globals';
import { archiveGaps, archivePapersOf } from '../../rules/archive.ts';
import { reference } from './orders.ts';

const papers = archivePapersOf(reference);
const complete = [
  'purchase-contract',
  'sales-contract',
  'transport-document',
  'freight-invoice',
  'customs-agency-agreement',
];

describe('the document archive', () => {
  it('is complete with a document for each paper, our own contract included', () => {
    expect(archiveGaps({ papers, documentKinds: complete })).toEqual([]);
  });
  it.each([
    ['sales-contract', 'export-contract'],
    ['transport-document', 'transport-document'],
    ['customs-agency-agreement', 'customs-agency-agreement'],
  ])('without %s lacks the %s', (kind, paper) => {
    expect(archiveGaps({ papers, documentKinds: complete.filter((one) => one !== kind) })).toEqual([paper]);
  });
  it('takes an air waybill as the transport document', () => {
    expect(
      archiveGaps({
        papers,
        documentKinds: [...complete.filter((kind) => kind !== 'transport-document'), 'air-waybill'],
      }),
    ).toEqual([]);
  });
  it('lacks everything at the start', () => {
    expect(archiveGaps({ papers, documentKinds: [] })).toEqual(papers.map(({ paper }) => paper));
  });
});
