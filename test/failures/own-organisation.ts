import { randomUUID } from 'node:crypto';
import { ensureOrganisation } from '../../store/organisations.ts';
import { Visitor } from '../scenarios/visitor.ts';
import type { Site } from './checks.ts';

/** A site on which organisations can be made. */
export interface Grounds extends Site {
  /** The owner's, who may make an organisation. */
  databaseUrl: string;
}

/** The same stack as an organisation of its own meets it: what is loaded there, no other play is told of. */
export async function ofItsOwn(site: Grounds, reference: string): Promise<Site> {
  const { running } = site.visitor;
  const organisation = `own-${reference.toLowerCase()}`;
  const key = randomUUID();
  await ensureOrganisation(site.databaseUrl, { slug: organisation, keys: [{ role: 'manager', key }] });
  return { ...site, visitor: new Visitor({ ...running, organisation, key }) };
}
