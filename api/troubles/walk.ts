/** Open records held against the engine, a page at each reading: what it has lost or ended is found whenever that was. */
import { ownerOfWorkflow } from '../../rules/trouble.ts';
import type { EndedWorkflow } from '../../rules/trouble-of-ends.ts';
import { openAmong, startedShipments, unsettledStatements } from '../../store/unended.ts';
import { shipmentWorkflowId, statementWorkflowId } from '../../workflows/messages.ts';
import type { Services } from '../services.ts';
import { endedAmong, endedFromOutside, notListedAsRunning } from './ended.ts';

/** Shipments a reading: two questions to the visibility store, and one about each that it does not list as running. */
const PAGE = 200;
/** An organisation with few shipments costs a transaction all the same. */
const ORGANISATIONS_A_PAGE = 50;

/** Walks over the open records of all organisations, round after round. */
export interface Walk {
  /** Looks at the next page, at what ended lately, and again at what was found before. */
  next(services: Services, organisations: readonly string[]): Promise<EndedWorkflow[]>;
  /** Looks at all of one organisation at once: another process may have come further than this one. */
  through(services: Services, organisation: string): Promise<void>;
}

/** Begins a walk. What it finds it remembers for as long as it stands, because the next page shows other shipments. */
export function walkOfRecords(): Walk {
  let found = new Map<string, EndedWorkflow>();
  let place = { organisation: '', after: '' };

  async function look(services: Services, workflowIds: readonly string[]): Promise<EndedWorkflow[]> {
    const open = await withOpenRecord(services, [...new Set(workflowIds)]);
    return endedAmong(services.temporal, await notListedAsRunning(services.temporal, open));
  }

  return {
    async next(services, organisations) {
      const page = await nextPage(services, organisations, place);
      place = page.place;
      const lately = await endedFromOutside(services.temporal);
      const standing = await look(services, [...found.keys(), ...lately, ...page.workflowIds]);
      // The moment of what the engine does not know is that of the first look.
      found = new Map(standing.map((one) => [one.workflowId, found.get(one.workflowId) ?? one]));
      return [...found.values()];
    },
    async through(services, organisation) {
      let after = '';
      do {
        const page = await nextPage(services, [organisation], { organisation, after });
        for (const one of await look(services, page.workflowIds)) found.set(one.workflowId, one);
        after = page.place.organisation === organisation ? page.place.after : '';
      } while (after !== '');
    },
  };
}

/** The workflows of the next open shipments and of their organisations' statements; after the last it begins anew. */
async function nextPage(
  { database }: Services,
  organisations: readonly string[],
  from: { organisation: string; after: string },
): Promise<{ workflowIds: string[]; place: { organisation: string; after: string } }> {
  const workflowIds: string[] = [];
  const rest = organisations.filter((organisation) => organisation >= from.organisation).sort();
  for (const [index, organisation] of rest.entries()) {
    const after = organisation === from.organisation ? from.after : '';
    const limit = PAGE - workflowIds.length;
    if (limit <= 0 || index === ORGANISATIONS_A_PAGE) return { workflowIds, place: { organisation, after } };
    const [references, statements] = await database.within(organisation, async (transaction) => [
      await startedShipments(transaction, { after, limit }),
      after === '' ? await unsettledStatements(transaction) : [],
    ]);
    workflowIds.push(...references.map((reference) => shipmentWorkflowId(organisation, reference)));
    workflowIds.push(...statements.map((sha256) => statementWorkflowId(organisation, sha256)));
    const last = references.at(-1);
    if (references.length === limit && last !== undefined) return { workflowIds, place: { organisation, after: last } };
  }
  return { workflowIds, place: { organisation: '', after: '' } };
}

/** Of these, what our records do not say is over. A statement has no record of its end: its workflow says. */
async function withOpenRecord({ database }: Services, workflowIds: readonly string[]): Promise<string[]> {
  const byOrganisation = new Map<string, string[]>();
  for (const { organisation, reference } of workflowIds.flatMap((id) => ownerOfWorkflow(id) ?? []))
    if (organisation !== null && reference !== null)
      byOrganisation.set(organisation, [...(byOrganisation.get(organisation) ?? []), reference]);
  const open = new Set<string>();
  for (const [organisation, references] of byOrganisation)
    for (const reference of await database.within(organisation, (transaction) => openAmong(transaction, references)))
      open.add(shipmentWorkflowId(organisation, reference));
  return workflowIds.filter((id) => open.has(id) || ownerOfWorkflow(id)?.of === 'statement');
}
