import { expect, it } from '@jest/globals';
import { ownNumbers } from '../../reading/fields/head-values.ts';
import { titledKinds } from '../../reading/fields/paper-kind.ts';
import { reference } from '../rules/orders.ts';

const compared = reference.comparedKinds.map(({ kind }) => kind);
const archived = reference.archivePapers.flatMap(({ satisfiedBy }) => satisfiedBy);

it('a paper is never taken for a kind that nobody compares or keeps: it would be confirmed and forgotten', () => {
  expect(titledKinds.length).toBeGreaterThan(10);
  expect(titledKinds.filter((kind) => !compared.includes(kind) && !archived.includes(kind))).toEqual([]);
});

it('every kind whose own number has its label is one that a title says, or that is compared where its sender names it', () => {
  const known = [...titledKinds, ...compared];
  expect(Object.keys(ownNumbers).filter((kind) => !known.includes(kind))).toEqual([]);
});
