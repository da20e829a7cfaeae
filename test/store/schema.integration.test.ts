import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { dumpSchema } from '../../store/schema-dump.ts';

it('store/schema.sql is what the migrations build; otherwise run npm run schema', async () => {
  const written = readFileSync('store/schema.sql', 'utf8');
  expect(await dumpSchema(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '')).toBe(written);
});
