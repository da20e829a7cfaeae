/**
 * `npm run populated`: plays the demo's orders, starts two that stay open, and writes every row that they leave to
 * test/store/populated/<the newest migration's number>.json.gz, from which the tests run later migrations forward.
 * Run it before a migration is written, so that the newest file holds the state before it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { addDays, chinaDate } from '../rules/civil-date.ts';
import { type Stack, startStack } from '../stack/stack.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const OPEN_WITHIN_MS = 20_000;
const say = (line: string) => console.log(line);

/** What no played demo leaves: a step in trouble and what was done about it, an event that the engine did not keep, a printed paper, saved settings. */
const TROUBLE = `
  insert into step_retry (organisation, workflow_id, activity_id, activity, local, attempt, last_error, since, last_tried_at)
    values ('demo', 'shipment/demo/OPEN-WAITS', '7', 'fileDeclaration', false, 6, 'nobody is there', now(), now());
  insert into trouble_action (organisation, trouble_id, kind, reference, workflow_id, action, key_id, key_role, reason, outcome, words, ended_at)
    values ('demo', 'a1b2c3d4e5f6', 'step-retrying', 'OPEN-WAITS', 'shipment/demo/OPEN-WAITS', 'retry', (select min(id) from api_key), 'engineer', 'customs is back', 'done', 'tried again', now());
  insert into landed_cost_quote (organisation, id, content, quoted_at, expires_at)
    values ('demo', '00000000-0000-4000-8000-000000000001', '{"request": {}, "quote": {}}', now(), now() + interval '1 day');
  insert into shipment_event_unkept (organisation, reference, seq, at, kind, data)
    select organisation, reference, seq, at, kind, data from shipment_event where reference = 'OPEN-WAITS' order by seq desc limit 1;
  insert into printed_document (organisation, reference, document_id, revision, file_sha256, printed_at)
    select organisation, reference, id, revision, content_sha256, as_of from document where kind = 'commercial-invoice' order by reference, id limit 1;
  insert into organisation_settings (organisation, revision, settings, key_id, key_role, saved_from)
    values ('demo', 1, (select settings from organisation where slug = 'demo'), (select min(id) from api_key), 'manager', 'Li Wei');
`;

/** All rows as one JSON text, a list for each table: PostgreSQL's own writing, in which no number loses a digit. */
async function rowsOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    await client.query(TROUBLE);
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migration' order by 1`,
    );
    const lists: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ rows: string; count: number }>(
        `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows, count(*)::int as count from ${client.escapeIdentifier(name)} t`,
      );
      say(`  ${name}: ${rows[0]?.count}`);
      if (rows[0]?.count === 0)
        throw new Error(`${name} is empty: a migration that spoils its rows would go unnoticed`);
      lists.push(`${JSON.stringify(name)}: ${rows[0]?.rows}`);
    }
    return `{${lists.join(',\n')}}\n`;
  } finally {
    await client.end();
  }
}

/** Two more through the API's door, which stay open: one waits for its day, one for an answer of ours. */
async function startOpenOrders({ running }: Stack): Promise<void> {
  const headers = { authorization: `Bearer ${running.key}`, 'content-type': 'application/json' };
  const order = JSON.parse(readFileSync(join(root, 'examples/order.json'), 'utf8'));
  const inDays = (days: number) => addDays(chinaDate(new Date().toISOString()), days);
  const [line] = order.lines;
  const toy = { ...line, nameZh: '毛绒玩具熊', nameEn: 'plush toy bear', hsCode: '9503002100', certificates: [] };
  toy.attributes = { ...line.attributes, toy: true, intendedAgeMax: 6 };
  const orders = { 'OPEN-WAITS': order.lines, 'OPEN-ASKED': [toy] };
  for (const [reference, lines] of Object.entries(orders)) {
    const body = { ...order, reference, lines, orderedOn: inDays(0), plannedExportOn: inDays(60) };
    const answer = await fetch(`${running.api}/v1/shipments`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': reference },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the order ${reference} was not taken: ${await answer.text()}`);
  }
  const wanted = { 'shipments/OPEN-WAITS': 'planned-export', 'tasks?reference=OPEN-ASKED': 'review-finding' };
  for (const [path, words] of Object.entries(wanted))
    for (const until = Date.now() + OPEN_WITHIN_MS; ; await pause(200)) {
      const answer = await fetch(`${running.api}/v1/${path}`, { headers });
      if ((await answer.text()).includes(words)) break;
      if (Date.now() > until) throw new Error(`${path} does not show ${words}`);
    }
}

const demo = spawnSync(process.execPath, ['ops/run.mjs', 'demo/main.ts'], { cwd: root, stdio: 'inherit' });
if (demo.status !== 0) throw new Error(`the demo ended with ${demo.status}: its rows are not those of played orders`);
const newest = readdirSync(join(root, 'store/migrations')).sort().at(-1)?.slice(0, 4);
const file = join(root, `test/store/populated/${newest}.json.gz`);
mkdirSync(dirname(file), { recursive: true });
const stack = await startStack({
  ...{ dataDir: join(root, '.quayside/demo'), sandboxAnswers: 'on-demand', organisation: 'demo', log: say },
});
try {
  await startOpenOrders(stack);
  const packed = gzipSync(await rowsOf(stack.databaseUrl), { level: 9 });
  writeFileSync(file, packed);
  say(`Written: ${file} (${Math.ceil(packed.length / 1024)} kB)`);
} finally {
  await stack.stop();
}
