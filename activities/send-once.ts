import type { Instant } from '../rules/civil-date.ts';
import type { Database } from '../store/database.ts';
import { markAttempt, prepareOutbound, storeAnswer } from '../store/outbound-messages.ts';

/** An outward effect and the two ways to talk about it. */
export interface Outward<Body, Answer> {
  organisation: string;
  reference: string;
  /** `<organisation>/<reference>/<step>/<revision>`: to the counterparty, one key is one effect. */
  key: string;
  party: string;
  kind: string;
  asOf: Instant;
  /** Built once; a repetition sends what the first try wrote. */
  body: () => Promise<Body>;
  send: (body: Body) => Promise<Answer>;
  /** Asks the counterparty what it has under the key; undefined when it never came. */
  find: () => Promise<Answer | undefined>;
  isRefusal: (answer: Answer) => boolean;
}

/**
 * Sends exactly once as the counterparty sees it: the row is written before the bytes leave; after a crash the
 * counterparty is asked before anything is sent again; an answer that stands in the row is given again.
 */
export async function sendOnce<Body, Answer>(database: Database, outward: Outward<Body, Answer>): Promise<Answer> {
  const { organisation, key } = outward;
  const body = await outward.body();
  const row = await database.within(organisation, (transaction) => prepareOutbound(transaction, { ...outward, body }));
  if (row.state === 'answered' || row.state === 'refused') return row.response as Answer;
  const keep = async (answer: Answer) => {
    await database.within(organisation, (transaction) =>
      storeAnswer(transaction, key, outward.isRefusal(answer) ? 'refused' : 'answered', answer),
    );
    return answer;
  };
  if (row.attempts > 0) {
    const found = await outward.find();
    if (found !== undefined) return keep(found);
  }
  await database.within(organisation, (transaction) => markAttempt(transaction, key));
  return keep(await outward.send(row.body as Body));
}
