import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addDays, chinaDate } from '../rules/civil-date.ts';
import type { Site } from './site.ts';

/** Orders of the demo, as CSV rows by their reference, with the heading first. */
function demoOrders(): { heading: string; rows: Map<string, string> } {
  const file = fileURLToPath(new URL('../demo/orders.csv', import.meta.url));
  const [heading = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return { heading, rows: new Map(lines.map((line) => [line.slice(0, line.indexOf(',')), line])) };
}

/** Starts the demo's orders themselves. */
export async function startDemoOrders(site: Site, references: readonly string[]): Promise<void> {
  const { rows } = demoOrders();
  await startRows(
    site,
    references.map((reference) => rows.get(reference) ?? missing(reference)),
  );
}

/** Starts copies of one of the demo's orders under other references; `exportInDays` where its planned export is another. */
export async function startCopies(
  site: Site,
  { of, references, exportInDays }: { of: string; references: readonly string[]; exportInDays?: number },
): Promise<void> {
  const row = demoOrders().rows.get(of) ?? missing(of);
  const moved = exportInDays === undefined ? row : row.replace(/\{\+\d+\}/, `{+${exportInDays}}`);
  await startRows(
    site,
    references.map((reference) => moved.replaceAll(of, reference)),
  );
}

function missing(reference: string): never {
  throw new Error(`demo/orders.csv has no order ${reference}`);
}

/** Through the API's own import. @throws Error when one is refused. */
async function startRows({ running, signal }: Site, rows: readonly string[]): Promise<void> {
  const today = chinaDate(new Date().toISOString());
  const csv = [demoOrders().heading, ...rows]
    .join('\n')
    .replace(/\{\+(\d+)\}/g, (_, days) => addDays(today, Number(days)));
  const response = await fetch(`${running.api}/v1/orders/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.key}`, 'content-type': 'text/csv', 'quayside-simulated': 'true' },
    body: csv,
    signal,
  });
  const answer = (await response.json()) as { started?: string[]; refused?: object[] };
  if (!response.ok || answer.started?.length !== rows.length)
    throw new Error(
      `POST /v1/orders/import did not start all ${rows.length} orders: ${JSON.stringify(answer).slice(0, 500)}`,
    );
}
