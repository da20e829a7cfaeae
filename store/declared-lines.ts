/** Lines of goods that were declared before: brought along by an import, or filed here. */
import type { DeclaredLine } from '../rules/compliance/review-context.ts';
import type { Transaction } from './database.ts';

const AT_ONCE = 2000;

/** Who brought the lines: a version of an import that was begun, or a declaration filed here, by its event. */
type Origin = { listId: string } | { reference: string; eventSeq: number };

/** Writes the lines of a version of past declarations, in the transaction that begun it. Lines are numbered by declaration, in the order of the files. */
export async function insertImportedLines(
  transaction: Transaction,
  listId: string,
  lines: readonly DeclaredLine[],
): Promise<void> {
  await insert(transaction, { listId }, lines);
}

/** Keeps the lines of a declaration that was filed, brought by that event; the same event again changes nothing. */
export async function insertFiledLines(
  transaction: Transaction,
  reference: string,
  eventSeq: number,
  lines: readonly DeclaredLine[],
): Promise<void> {
  const { organisation, query } = transaction;
  const [there] = await query(
    'select 1 from declared_line where organisation = $1 and reference = $2 and event_seq = $3 limit 1',
    [organisation, reference, eventSeq],
  );
  if (!there) await insert(transaction, { reference, eventSeq }, lines);
}

async function insert(
  { organisation, query }: Transaction,
  origin: Origin,
  lines: readonly DeclaredLine[],
): Promise<void> {
  const counts = new Map<string, number>();
  const numbered = lines.map((content) => {
    const line = (counts.get(content.declarationNumber) ?? 0) + 1;
    counts.set(content.declarationNumber, line);
    return { content, line };
  });
  const from = 'listId' in origin ? [origin.listId, null, null] : [null, origin.reference, origin.eventSeq];
  for (let at = 0; at < numbered.length; at += AT_ONCE) {
    const some = numbered.slice(at, at + AT_ONCE);
    await query(
      `insert into declared_line (organisation, list_id, reference, event_seq, declaration_number, line, declared_on, product_code, hs_code, content)
       select $1, $2, $3, $4, content->>'declarationNumber', line, (content->>'declaredOn')::date, content->>'productCode', content->>'hsCode', content
         from unnest($5::integer[], $6::jsonb[]) as entry (line, content)`,
      [organisation, ...from, some.map(({ line }) => line), some.map(({ content }) => JSON.stringify(content))],
    );
  }
}

/** Goods whose past is asked for: what agrees in any of these counts. */
export interface DeclaredGoods {
  hsCodes: readonly string[];
  productCodes: readonly string[];
  /** Chinese or English, letter by letter. */
  names: readonly string[];
  /** A shipment whose own filed lines are no past to it. */
  except?: string;
}

/** Lines of the version in force, and of what was filed here the latest revision. */
const inForce = `case when list_id is null
    then event_seq = (select max(later.event_seq) from declared_line later where later.organisation = d.organisation and later.reference = d.reference)
    else exists (select 1 from reference_list r where r.organisation = d.organisation and r.id = d.list_id and r.in_force) end`;

/** A price is held against some thirty of the latest like it; more of one product are read for nothing. */
const OF_ONE_PRODUCT = 100;

/** Past lines of some goods, the latest first, at most so many; empty where none is known. */
export async function declaredLinesOf(
  { organisation, query }: Transaction,
  { hsCodes, productCodes, names, except }: DeclaredGoods,
  most = 5000,
): Promise<DeclaredLine[]> {
  // One text of all lines: read as rows of their own, some thousand lines take four times as long.
  const [past] = await query<{ lines: DeclaredLine[] }>(
    `select coalesce(json_agg(content order by declared_on desc, id desc), '[]') as lines from (
       select content, declared_on, id from (
         select content, declared_on, id, row_number() over (partition by hs_code, product_code order by declared_on desc, id desc) as nth
           from declared_line d
          where organisation = $1 and ${inForce}
            and (hs_code = any($2) or product_code = any($3) or content->>'nameZh' = any($4) or content->>'nameEn' = any($4))
            and reference is distinct from coalesce($6, '')
       ) of_goods where nth <= $7 order by declared_on desc, id desc limit $5
     ) latest`,
    [organisation, hsCodes, productCodes, names, most, except ?? null, OF_ONE_PRODUCT],
  );
  return past?.lines ?? [];
}

/** The latest line of every name and code, for searches by name: the latest first, at most so many. */
export async function declaredNames({ organisation, query }: Transaction, most = 20_000): Promise<DeclaredLine[]> {
  const rows = await query<{ content: DeclaredLine }>(
    `select content from (
       select distinct on (hs_code, content->>'nameZh', content->>'nameEn') content, declared_on, id from declared_line d
        where organisation = $1 and ${inForce}
        order by hs_code, content->>'nameZh', content->>'nameEn', declared_on desc, id desc
     ) latest order by declared_on desc, id desc limit $2`,
    [organisation, most],
  );
  return rows.map(({ content }) => content);
}
