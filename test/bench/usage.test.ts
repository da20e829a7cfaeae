import { expect, it } from '@jest/globals';
import { readRollup, readStat } from '../../bench/usage.ts';

it('a line of /proc is read from behind the name, whatever that holds', () => {
  const line =
    '4711 (postgres: a) b (c) S 4242 4711 4711 0 -1 4194304 900 80 0 0 250 50 30 7 20 0 1 0 8675309 1000 200';
  expect(readStat(line)).toEqual({ pid: 4711, parent: 4242, ticks: 300, ticksOfEnded: 37 });
});

it('a rollup is read in MiB', () => {
  const text = [
    '55d0-7ffc ---p 00000000 00:00 0    [rollup]',
    'Rss:               20480 kB',
    'Pss:    5120 kB',
    'Pss_Anon:  1024 kB',
  ];
  expect(readRollup(text.join('\n'))).toEqual({ rss: 20, pss: 5 });
});
