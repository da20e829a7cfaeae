import { type Verdict, verdictSchema } from '../workflows/messages.ts';
import { answer, problemsOf } from './openapi.ts';
import { Problem } from './problem.ts';

/** How a door that tells a shipment something may say no. */
export const verdictProblems = [
  'bad-request',
  'invalid-parameters',
  'not-found',
  'conflict',
  'too-large',
  'unsupported-media-type',
  'invalid-content',
  'impossible',
] as const;

/** The answers of a door that passes a verdict on. */
export const verdictAnswers = {
  200: answer(verdictSchema, '`applied`, or `duplicate`: received before, and counted once.'),
  202: answer(
    verdictSchema,
    '`held`: it came before its time and is applied when the shipment gets there; or after its end, and a person looks at it.',
  ),
  ...problemsOf(...verdictProblems),
};

/** The status of a verdict that is no error. @throws Problem `conflict` or `impossible`, with the verdict in it. */
export function statusOf(verdict: Verdict): 200 | 202 {
  switch (verdict.status) {
    case 'applied':
    case 'duplicate':
      return 200;
    case 'held':
      return 202;
    case 'conflict':
      throw new Problem('conflict', verdict.reason ?? 'the messageId was used before with other content', { verdict });
    case 'impossible':
      throw new Problem('impossible', verdict.reason ?? 'it does not fit where the shipment stands', { verdict });
  }
}
