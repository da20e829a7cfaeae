/**
 * `npm run reading:mutations`: 2,000 spoilt uploads through the doors, counted by what became of them.
 *
 *   -- --count 500 --from 0    so many, from that seed on
 */
import { parseArgs } from 'node:util';
import { stopReader } from '../../reading/in-worker.ts';
import { fateOf, fixtures, mutated, wordFor } from './mutations.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '2000' }, from: { type: 'string', default: '0' } },
});
const all = await fixtures();
const counts = new Map<string, number>();
const broken: string[] = [];
let slowest = { ms: 0, seed: -1 };
const began = performance.now();
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.count); seed++) {
  const started = performance.now();
  try {
    const fate = await fateOf(await mutated(all, seed));
    counts.set(wordFor(fate), (counts.get(wordFor(fate)) ?? 0) + 1);
    const note = fate.reading?.notes[0] ?? '';
    if (/longer than|the reader|may hold/.test(note)) console.log(`seed ${seed}: ${note}`);
  } catch (error) {
    broken.push(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { ms, seed };
}
await stopReader();
for (const [word, count] of [...counts].sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(6)}  ${word}`);
console.log(
  `${values.count} uploads in ${((performance.now() - began) / 1000).toFixed(1)} s; slowest ${Math.round(slowest.ms)} ms (seed ${slowest.seed})`,
);
for (const line of broken.slice(0, 10)) console.error(line);
if (broken.length > 0) console.error(`${broken.length} uploads broke the doors.`);
process.exitCode = broken.length === 0 ? 0 : 1;
