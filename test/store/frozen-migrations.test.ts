import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { sha256Of } from '../../store/sha256.ts';

const folder = 'store/migrations';
const frozen: Record<string, string> = JSON.parse(readFileSync('store/frozen-migrations.json', 'utf8'));
const files = readdirSync(folder).sort();
const snapshots = readdirSync('test/store/populated').sort();
const sums = Object.fromEntries(files.map((file) => [file, sha256Of(readFileSync(`${folder}/${file}`))]));

it('a migration that has landed never changes: some databases have run it as it was', () => {
  const wrong = Object.entries(frozen)
    .filter(([file, sum]) => sums[file] !== sum)
    .map(([file]) => `${file} is not what landed: bring it back (git checkout) and write a new migration`);
  expect(wrong).toEqual([]);
});

it('every migration is listed', () => {
  const wrong = files
    .filter((file) => !(file in frozen))
    .map((file) => `add "${file}": "${sums[file]}" to store/frozen-migrations.json once it is as it shall land`);
  expect(wrong).toEqual([]);
});

it('they are numbered without a gap', () => {
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, at) => at + 1));
});

it('the newest rows to run forward are of the newest migration or the one before; otherwise run npm run populated', () => {
  expect(Number(snapshots.at(-1)?.slice(0, 4))).toBeGreaterThanOrEqual(files.length - 1);
});
