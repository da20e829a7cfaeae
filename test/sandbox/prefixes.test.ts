import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parties } from '../../sandbox/sandboxes.ts';

describe('docs/sandbox.md', () => {
  it('lists each prefix with the party that knows it, and no other', () => {
    const page = readFileSync('docs/sandbox.md', 'utf8');
    const documented = [...page.matchAll(/^\| `([A-Z]+)-` \| ([a-z ]+) \|/gm)].map(
      ([, prefix, party]) => `${party?.replace(' ', '-')} ${prefix}`,
    );
    const known = Object.values(parties).flatMap((party) =>
      Object.values(party.courses).flatMap((byPrefix) =>
        Object.keys(byPrefix).map((prefix) => `${party.name} ${prefix}`),
      ),
    );
    expect(documented.sort()).toEqual([...new Set(known)].filter((each) => !each.endsWith(' plain')).sort());
  });
});
