import { z } from 'zod';
import { chinaDate, type Instant } from '../../rules/civil-date.ts';
import { questionSchema } from '../../rules/task.ts';
import type { Transaction } from '../../store/database.ts';
import { insertFiledLines } from '../../store/declared-lines.ts';
import { putScreeningDecision } from '../../store/screening.ts';
import { amendedOrder } from '../../store/shipments.ts';
import { carriedCorrectionSchema } from '../../workflows/corrections.ts';

interface Answered {
  taskId: string;
  choice: string;
  reason: string;
  at: Instant;
  seq: number;
}

const decisions: Readonly<Record<string, 'another-party' | 'this-party'>> = {
  'another-party': 'another-party',
  proceed: 'this-party',
};

/** What a person said of a party that resembles an entry of a list is remembered for this party and this entry as it stands. */
export async function bookScreening(
  transaction: Transaction,
  reference: string,
  { taskId, choice, reason, at, seq }: Answered,
): Promise<void> {
  const decision = decisions[choice];
  if (decision === undefined) return;
  const { organisation, query } = transaction;
  const [asked] = await query<{ question: unknown }>(
    `select data->'question' as question from shipment_event where organisation = $1 and reference = $2 and kind = 'task-asked' and data->>'taskId' = $3`,
    [organisation, reference, taskId],
  );
  const pairs = asked === undefined ? [] : (questionSchema.parse(asked.question).screened ?? []);
  if (pairs.length === 0) return;
  const [said] = await query<{ source: string }>(
    `select data->'content'->>'source' as source from shipment_event where organisation = $1 and reference = $2
       and kind = 'message' and data->>'name' = 'answerTask' and data->>'status' = 'applied' and data->'content'->>'taskId' = $3 order by seq desc limit 1`,
    [organisation, reference, taskId],
  );
  for (const pair of pairs)
    await putScreeningDecision(
      transaction,
      { ...pair, decision, reason, decidedBy: said?.source ?? 'a person', decidedAt: at },
      { reference, eventSeq: seq },
    );
}

/** What is declared is the past of the orders to come: by it their values are held reasonable. */
export async function bookDeclaredLines(
  transaction: Transaction,
  reference: string,
  key: string,
  at: Instant,
  seq: number,
): Promise<void> {
  const { organisation, query } = transaction;
  const [locked] = await query<{ amendments: unknown }>(
    `select data->'amendments' as amendments from shipment_event where organisation = $1 and reference = $2 and kind = 'papers-locked' and seq < $3 order by seq desc limit 1`,
    [organisation, reference, seq],
  );
  const amendments = z.array(z.array(carriedCorrectionSchema)).parse(locked?.amendments ?? []);
  const order = await amendedOrder(transaction, reference, amendments);
  await insertFiledLines(
    transaction,
    reference,
    seq,
    order.lines.map((line) => ({
      productCode: line.productCode ?? null,
      nameZh: line.nameZh,
      nameEn: line.nameEn,
      hsCode: line.hsCode,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.unitPrice,
      currency: order.currency,
      netWeightKg: line.netWeightKg,
      declaredOn: chinaDate(at),
      // Customs gives its own number later: ours names the revision that was filed.
      declarationNumber: key,
      buyer: order.buyer.name,
      destination: order.destination.country,
    })),
  );
}
