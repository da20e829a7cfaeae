import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** Numbers of Temporal's `IndexedValueType`. */
const typeNumbers = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

export type SearchAttributeTypeName = keyof typeof typeNumbers;

const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
/** How long a cluster may take until all its parts know a new attribute: they refresh their copies once a minute. */
const KNOWN_WITHIN_MS = 90_000;

const codeOf = (error: unknown) => (error as { code?: number }).code;
const nameOfNumber = (number: number) =>
  Object.entries(typeNumbers).find(([, value]) => value === number)?.[0] ?? number;

/**
 * Makes sure that a namespace knows our search attributes, and waits until it takes them: a workflow that upserts an
 * unknown one fails its task. May be run again, and by several at a time.
 * @throws Error when one exists with another type, or when the server does not let us add one and it is missing.
 */
export async function registerSearchAttributes(
  server: { namespace: string } & ConnectionOptions,
  types: Readonly<Record<string, SearchAttributeTypeName>>,
): Promise<void> {
  const { namespace, ...options } = server;
  const connection = await Connection.connect(options);
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    const existing: Record<string, temporal.api.enums.v1.IndexedValueType | null> = known.customAttributes ?? {};
    const missing = Object.entries(types).filter(([name]) => existing[name] === undefined);
    for (const [name, type] of Object.entries(types)) {
      const has = existing[name];
      if (has !== undefined && has !== null && has !== typeNumbers[type])
        throw new Error(
          `The search attribute ${name} of namespace ${namespace} is of type ${nameOfNumber(has)}, and has to be ${type}. Remove it there (temporal operator search-attribute remove), then start again.`,
        );
    }
    if (missing.length === 0) return;
    try {
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, typeNumbers[type]])),
      });
    } catch (error) {
      if (codeOf(error) === PERMISSION_DENIED)
        throw new Error(
          `This account may not add search attributes to namespace ${namespace}. Add them there: ${missing.map(([name, type]) => `${name}=${type}`).join(', ')}`,
          { cause: error },
        );
      // Another one of us was quicker.
      if (codeOf(error) !== ALREADY_EXISTS) throw error;
    }
    await untilKnown(
      connection,
      namespace,
      missing.map(([name]) => name),
    );
  } finally {
    await connection.close();
  }
}

/** Asks with them until the server no longer calls them unknown. */
async function untilKnown(connection: Connection, namespace: string, names: string[]): Promise<void> {
  const query = names.map((name) => `${name} IS NULL`).join(' AND ');
  for (const until = Date.now() + KNOWN_WITHIN_MS; ; ) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1, query });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
