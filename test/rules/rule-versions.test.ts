import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRuleBook } from '../../reference/rule-book.ts';

const file = `id: cn-example
markets: [CN]
title: Example
kind: export-control
per: order
when: { always: true }
suggestedBy: ["8505"]
severity: warn
due: before-order
law: Example law
remedy: Do it.
source: Example
verifiedOn: 2026-11-24
needsHumanConfirmation: true
page: { wants: A paper, why: Because, how: So, days: null, cost: not known }
versions:
  - { effectiveFrom: 2025-01-01, effectiveTo: 2025-12-31 }
  - { effectiveFrom: 2026-01-01, effectiveTo: null, severity: block, law: Another law }
`;

describe('a rule in versions', () => {
  it('says in each version what its file says, save for what the version says itself', () => {
    const directory = mkdtempSync(join(tmpdir(), 'rule-versions-'));
    mkdirSync(join(directory, 'rules/cn'), { recursive: true });
    writeFileSync(join(directory, 'rules/cn/cn-example.yaml'), file);
    const own = { kind: 'export-control', per: 'order', suggestedBy: ['8505'] };
    expect(readRuleBook(directory)).toMatchObject([
      { ...own, effectiveTo: '2025-12-31', severity: 'warn', law: 'Example law' },
      { ...own, effectiveFrom: '2026-01-01', severity: 'block', law: 'Another law' },
    ]);
  });
});
