import { describe, expect, it } from '@jest/globals';
import { sourceFiles, textOf } from '../house/source-files.ts';
import { reference } from './orders.ts';

/** Rooms whose findings are told in reference/rules/checks.yaml. */
const rooms =
  /^rules\/(value|intellectual-property|packaging|duties|classification|documents\/comparing)\/|^rules\/documents\/printing-findings\.ts$|^rules\/compliance\/(declared-data|supervision-mode|rule-findings|unread-papers)\.ts$|^rules\/refund\/rate-change/;
/** Ids that are put together of two parts, or told by a row of data. */
const composed = [
  'party-screening',
  'value-below-own-history',
  'value-above-own-history',
  ...reference.comparisonRows.map(({ rule }) => rule),
  ...['brand-authorisation', 'design-licence'].flatMap((id) => [`${id}-contradicted`, `${id}-unclear`]),
];

describe('built-in checks', () => {
  const bearing = sourceFiles()
    .filter((file) => rooms.test(file))
    .flatMap((file) => [...textOf(file).matchAll(/rule: '([a-z0-9-]+)'/g)].map(([, id]) => id ?? ''));

  it('are told, every one that a finding bears, and no other', () =>
    expect(reference.checks.map(({ id }) => id).sort()).toEqual([...new Set([...bearing, ...composed])].sort()));
});
