import { expect, it } from '@jest/globals';
import { Turnstile } from '../../bench/turnstile.ts';

it('lets in no more than there are places, and everybody in turn', async () => {
  const turnstile = new Turnstile(2);
  const steps: string[] = [];
  let inside = 0;
  let most = 0;
  const drive = async (name: string) => {
    await turnstile.enter();
    most = Math.max(most, ++inside);
    for (const step of [1, 2]) {
      steps.push(`${name}${step}`);
      await Promise.resolve();
      inside -= 1;
      await turnstile.giveWay();
      most = Math.max(most, ++inside);
    }
    inside -= 1;
    turnstile.leave();
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(drive));
  expect(most).toBe(2);
  expect(steps.slice(0, 4).sort()).toEqual(['a1', 'b1', 'c1', 'd1']);
  expect(steps).toHaveLength(8);
});
