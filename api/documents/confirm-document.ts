import type { z } from 'zod';
import { applyCorrections } from '../../reading/facts-from-fields.ts';
import { differencesBetween } from '../../rules/documents/fact-paths.ts';
import { type DocumentFacts, documentFactsSchema, type Reading } from '../../rules/documents/facts.ts';
import { keepStatement, latestReceived, type ReceivedDocument } from '../../store/received-documents.ts';
import { sha256OfJson } from '../../store/sha256.ts';
import { findShipment } from '../../store/shipments.ts';
import type { Verdict } from '../../workflows/messages.ts';
import type { Caller } from '../access.ts';
import type { confirmDocumentSchema } from '../document-contract.ts';
import { notFound, Problem } from '../problem.ts';
import type { ServicesWithFiles } from '../services.ts';
import { tellShipment } from '../tell-shipment.ts';

export type Confirmation = z.infer<typeof confirmDocumentSchema>;

/**
 * Takes what a person says that a paper states: as it was read, with corrections, or all of it. It is kept as evidence, with who
 * and when, and told to the shipment, which holds it against the other papers. Confirmed anew it is a new statement.
 * @throws Problem `invalid-content` where the kind is not said or a field is not understood, `not-found` without file and facts
 */
export async function confirmDocument(
  services: ServicesWithFiles,
  { organisation, role }: Caller,
  reference: string,
  confirmation: Confirmation,
): Promise<{ verdict: Verdict; factsSha256: string; kind: string; facts: DocumentFacts }> {
  const {
    messageId,
    occurredAt,
    source,
    documentId,
    number,
    issuedOn,
    facts: stated,
    corrections,
    ...paper
  } = confirmation;
  const received = await services.database.within(organisation, async (transaction) => {
    if (!(await findShipment(transaction, reference))) throw notFound(`shipment ${reference}`);
    return latestReceived(transaction, reference, documentId);
  });
  if (!received && !stated)
    throw notFound(`file of the paper ${documentId} in shipment ${reference}: hand it in, or state its facts`);
  if (paper.file !== undefined && paper.file !== received?.fileSha256)
    throw new Problem('conflict', `another file of the paper ${documentId} came in: look at it, and confirm that one`);
  const kind = paper.kind ?? received?.kind ?? undefined;
  if (kind === undefined)
    throw new Problem('invalid-content', 'nobody has said what kind of paper it is', {
      errors: [{ field: 'kind', message: 'say its kind, for example purchase-contract' }],
    });
  const facts = factsOf(received?.reading, stated, corrections);
  const fileSha256 = received?.fileSha256 ?? null;
  const factsSha256 = sha256OfJson({ documentId, kind, fileSha256, facts });
  await services.database.within(organisation, (transaction) =>
    keepStatement(transaction, reference, {
      ...{ factsSha256, documentId, kind, fileSha256, facts, corrected: correctedIn(received, facts) },
      ...{ statedBy: role, statedFrom: source, statedAt: occurredAt },
    }),
  );
  const verdict = await tellShipment(services, organisation, reference, 'submitDocument', {
    ...{ messageId, occurredAt, source, documentId, kind, facts: factsSha256, fields: paper.fields },
    ...{ number: number ?? facts.number, issuedOn: issuedOn ?? facts.date },
    ...{ holder: paper.holder, expiresOn: paper.expiresOn, lines: paper.lines },
  });
  return { verdict, factsSha256, kind, facts };
}

function factsOf(
  reading: Reading | undefined,
  stated: DocumentFacts | undefined,
  corrections: Confirmation['corrections'],
): DocumentFacts {
  const corrected = applyCorrections(stated ?? reading?.facts ?? documentFactsSchema.parse({}), corrections);
  if (corrected.ok) return corrected.facts;
  // Where the facts were stated whole it is they that are wrong; what was read is mended by a correction.
  const isStated = (field: string) => stated !== undefined && !Object.hasOwn(corrections, field);
  throw new Problem('invalid-content', 'what the paper states is not understood, or cannot be', {
    errors: corrected.errors.map(({ field, message }) => ({
      field: `${isStated(field) ? 'facts' : 'corrections'}.${field}`,
      message,
    })),
  });
}

/** Where the person differs from the reader: what was read there, and null where nothing was. */
function correctedIn(received: ReceivedDocument | undefined, facts: DocumentFacts) {
  if (!received) return [];
  return differencesBetween(received.reading.facts, facts).map(({ path, before }) => ({ path, read: before }));
}
