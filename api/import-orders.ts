import type { z } from 'zod';
import { unstorableText } from '../rules/field-errors.ts';
import type { readOrdersCsv } from '../rules/order/orders-csv.ts';
import type { importedSchema } from './contract.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';
import { takeIn } from './take-in.ts';

type Imported = z.infer<typeof importedSchema>;
type Read = ReturnType<typeof readOrdersCsv>;

/** Orders under way at a time: enough to fill the engine's round trip, few enough to leave the pool to others. */
const AT_A_TIME = 5;

/**
 * Starts every order of a file. A reference that is taken by other content is refused like a wrong field; a database or
 * an engine that is away ends the import with its error, and the same file may then be sent again.
 */
export async function importOrders(
  services: Services,
  organisation: string,
  read: Read,
  simulated: boolean,
): Promise<Imported> {
  const { orders, refused } = withoutUnstorable(read);
  const started: string[] = [];
  const taken: Imported['refused'] = [];
  for (let first = 0; first < orders.length; first += AT_A_TIME)
    await Promise.all(
      orders.slice(first, first + AT_A_TIME).map(async ({ order, rows }) => {
        try {
          await takeIn(services, { organisation, order, simulated });
          started.push(order.reference);
        } catch (error) {
          if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
          taken.push({ row: rows[0] ?? 1, reference: order.reference, field: 'reference', error: error.detail });
        }
      }),
    );
  return { started: started.sort(), refused: [...refused, ...taken].sort((a, b) => a.row - b.row) };
}

/** A character that cannot be stored spoils the order it stands in, and no other. */
function withoutUnstorable({ orders, refused }: Read): Read {
  const spoiled = orders.flatMap(({ order, rows }) =>
    unstorableText(order).map(({ field, message }) => {
      const [, line, inLine] = /^lines\[(\d+)\]\.?(.*)$/.exec(field) ?? [];
      return { row: rows[Number(line ?? 0)] ?? 1, reference: order.reference, field: inLine ?? field, error: message };
    }),
  );
  const references = new Set(spoiled.map(({ reference }) => reference));
  return {
    orders: orders.filter(({ order }) => !references.has(order.reference)),
    refused: [...refused, ...spoiled],
  };
}
