import type { MigrationBuilder } from 'node-pg-migrate';

/**
 * Whether a declaration number is another shipment's, too, is looked for each time that customs tells one. A try that was
 * broken off leaves an index that serves nothing: it is taken away first.
 */
export const up = (pgm: MigrationBuilder): void => {
  pgm.noTransaction();
  pgm.sql('drop index concurrently if exists shipment_declaration_number');
  pgm.sql(
    `create index concurrently shipment_declaration_number on shipment (organisation, (progress->>'declarationNumber'))`,
  );
};

/** None: migrations only go forward; what is wrong is mended by the next one. */
export const down = false;
