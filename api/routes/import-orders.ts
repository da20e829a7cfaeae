import { z } from 'zod';
import { readOrdersCsv } from '../../rules/order/orders-csv.ts';
import { importedSchema } from '../contract.ts';
import { simulatedHeader } from '../headers.ts';
import { importOrders } from '../import-orders.ts';
import { answer, problemsOf } from '../openapi.ts';
import { Problem } from '../problem.ts';
import type { Api, Services } from '../services.ts';
import { isOtherCharset, utf8Of } from '../utf8.ts';

const CSV_AT_MOST_BYTES = 5_000_000;
/** Five thousand orders, started one after another. */
const IMPORTED_WITHIN_MS = 300_000;

const schema = {
  operationId: 'importOrders',
  tags: ['shipments'],
  summary: 'Start shipments from a CSV file',
  description:
    'One row a line of goods, grouped by reference; columns are the fields of the order with dots (`buyer.name`). Orders that are right start; each that is not is refused with its row, field and reason. The same file may be sent again: what runs with the same content counts as started.',
  consumes: ['text/csv'],
  headers: z.object({ 'quayside-simulated': simulatedHeader }),
  body: z
    .instanceof(Uint8Array, { error: 'send the file as text/csv' })
    .refine((bytes) => bytes.length > 0, 'the file is empty')
    .meta({ type: 'string' })
    .describe('The CSV file, UTF-8, with its heading.'),
  response: {
    200: answer(importedSchema, 'What started and what was refused.'),
    ...problemsOf('bad-request', 'invalid-parameters', 'too-large', 'unsupported-media-type', 'invalid-content'),
  },
};

export function importOrdersRoutes(api: Api, services: Services): void {
  api.register(async (app: Api) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: CSV_AT_MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    app.post(
      '/orders/import',
      { schema, bodyLimit: CSV_AT_MOST_BYTES, handlerTimeout: IMPORTED_WITHIN_MS },
      async (request) =>
        importOrders(
          services,
          request.caller.organisation,
          readOrdersCsv(textOf(request.body, request.raw.headers['content-type'])),
          request.headers['quayside-simulated'] === 'true',
        ),
    );
  });
}

/** @throws Problem where the file is in another encoding: a Chinese spreadsheet program saves CSV as GBK unless told otherwise. */
function textOf(bytes: Uint8Array, contentType: string | undefined): string {
  const text = isOtherCharset(contentType) ? undefined : utf8Of(bytes);
  if (text === undefined) throw new Problem('invalid-content', 'the file is not UTF-8: save it as CSV UTF-8');
  return text;
}
