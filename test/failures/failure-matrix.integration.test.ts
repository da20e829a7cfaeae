import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { type Database, openDatabase } from '../../store/database.ts';
import { engine, running } from '../scenarios/playing.ts';
import { Visitor } from '../scenarios/visitor.ts';
import { Faults } from './faults.ts';
import { type Clean, drawCases, failureInWords, Matrix, storms, unreached } from './matrix.ts';
import { seeded, seedOfToday } from './seeded.ts';

/** Every activity is reached by these two; the others are drawn by lot. */
const covering = ['DOUBT-2606', 'SILENT-2609'];
const CASES = 4;
const seed = seedOfToday();

describe(`a sample of the failure matrix, QUAYSIDE_TEST_SEED=${seed}`, () => {
  let client: Client;
  let database: Database;
  let matrix: Matrix;
  let clean: Clean[];
  beforeAll(async () => {
    client = await engine();
    database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
    const faults = new Faults(join(dirname(process.env.QUAYSIDE_TEST_STACK ?? ''), 'faults'));
    matrix = new Matrix({ visitor: new Visitor(running), client, database }, faults, CASES);
    // The organisation and its lists are shared with the other tests.
    const cases = matrix.cases.filter(({ loadsLists }) => loadsLists === undefined);
    clean = await matrix.clean(drawCases(cases, covering, CASES, seeded(seed)));
  });
  afterAll(async () => {
    await database.close();
    await client.connection.close();
  });

  it('reaches every activity that there is', () => expect(unreached(clean)).toEqual([]));

  it('each case ends as written when each of its steps goes wrong, one way or another', async () => {
    const results = await matrix.playAll(storms(clean, seed), () => undefined);
    expect(results.filter(({ complaints }) => complaints.length > 0).map(failureInWords)).toEqual([]);
    expect(results).toHaveLength(CASES);
  });
});
