import type { Instant } from '../rules/civil-date.ts';
import type { Transaction } from './database.ts';

/** An outward effect: what is or was sent under its key, and what came back, raw. */
export interface OutboundMessage {
  key: string;
  body: unknown;
  attempts: number;
  state: 'prepared' | 'sent' | 'answered' | 'refused';
  response: unknown;
}

const columns = 'key, body, attempts, state, response';

/** Writes the message before it is sent, or finds it as it was written the first time: its body never changes. */
export async function prepareOutbound(
  { organisation, query }: Transaction,
  message: { key: string; reference: string; party: string; kind: string; body: unknown; asOf: Instant },
): Promise<OutboundMessage> {
  await query(
    'insert into outbound_message (organisation, key, reference, party, kind, body, prepared_as_of) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
    [organisation, message.key, message.reference, message.party, message.kind, message.body, message.asOf],
  );
  const [row] = await query<OutboundMessage>(
    `select ${columns} from outbound_message where organisation = $1 and key = $2`,
    [organisation, message.key],
  );
  if (!row) throw new Error(`outbound message ${message.key} is not there after it was written`);
  return row;
}

/** Counts an attempt; committed before the bytes leave, so that a crash is seen as 'maybe sent'. */
export async function markAttempt({ organisation, query }: Transaction, key: string): Promise<void> {
  await query(
    `update outbound_message set attempts = attempts + 1, state = 'sent' where organisation = $1 and key = $2 and state in ('prepared', 'sent')`,
    [organisation, key],
  );
}

/** Stores the counterparty's answer as it came. */
export async function storeAnswer(
  { organisation, query }: Transaction,
  key: string,
  state: 'answered' | 'refused',
  response: unknown,
): Promise<void> {
  await query(
    'update outbound_message set state = $3, response = $4, answered_at = now() where organisation = $1 and key = $2',
    [organisation, key, state, response],
  );
}
