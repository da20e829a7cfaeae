import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRuleBook } from '../../reference/rule-book.ts';

const file = `
id: eu-laptops
markets: [EU]
title: A rule
kind: packaging
per: order
when: { attribute: hasRadio, is: true }
suggestedBy: ["8517"]
severity: warn
due: before-export
law: A law
remedy: Do it
page: { wants: it, why: so, how: thus, days: null, cost: Not known. }
source: A source
verifiedOn: 2026-11-24
needsHumanConfirmation: true
versions:
  - { effectiveFrom: 2024-12-28, effectiveTo: 2026-04-27 }
  - { effectiveFrom: 2026-04-28, effectiveTo: null, suggestedBy: ["8471", "8517"] }
`;

describe('a rule that changes on a day', () => {
  it('keeps in every version what the file says and the version does not', () => {
    const directory = mkdtempSync(join(tmpdir(), 'rule-book-'));
    mkdirSync(join(directory, 'rules/eu'), { recursive: true });
    writeFileSync(join(directory, 'rules/eu/eu-laptops.yaml'), file);
    expect(
      readRuleBook(directory).map(({ kind, per, suggestedBy, effectiveFrom }) => ({
        kind,
        per,
        suggestedBy,
        effectiveFrom,
      })),
    ).toEqual([
      { kind: 'packaging', per: 'order', suggestedBy: ['8517'], effectiveFrom: '2024-12-28' },
      { kind: 'packaging', per: 'order', suggestedBy: ['8471', '8517'], effectiveFrom: '2026-04-28' },
    ]);
  });
});
