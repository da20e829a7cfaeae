/** What the API answers, as schemas: the contract that /openapi.json shows and that cli/ reads. What it takes are the schemas of the order and of the messages. */
import { z } from 'zod';
import { instantSchema } from '../rules/civil-date.ts';
import { goodsSearchSchema } from '../rules/classification/search-answer.ts';
import { complianceCheckSchema } from '../rules/compliance/check.ts';
import { variantsAnswerSchema } from '../rules/compliance/compare-variants.ts';
import { recheckCauseSchema, recheckReportSchema } from '../rules/compliance/recheck.ts';
import { landedCostQuoteRequestSchema, landedCostQuoteSchema } from '../rules/duties/quote.ts';
import { findingSchema } from '../rules/finding.ts';
import { orderSchema } from '../rules/order/order.ts';
import { screenedNameSchema } from '../rules/screening/screened-name.ts';
import { choiceSchema } from '../rules/task.ts';
import { troubleActionNames, troubleKinds } from '../rules/trouble.ts';
import { shipmentMessages, verdictSchema } from '../workflows/messages.ts';
import { documentComponents, documentSchema } from './document-contract.ts';
import { problemSchema } from './problem.ts';

/**
 * What is shown as it is stored: in our form, or, where a newer version wrote it and an installation went back, in that one's.
 * A field or a word that we do not know must not hide the shipment that has it.
 */
function orNewer<Schema extends z.ZodType>(schema: Schema): Schema {
  return z.union([schema, z.looseObject({})]) as unknown as Schema;
}

// Parties, kinds and stages are written by the workflow and may grow: the contract names them as text.
const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const money = z.object({ amount: z.string().describe('Decimal text.'), currency: z.string().describe('ISO 4217.') });
const instant = instantSchema.describe("ISO 8601 in UTC; the shipment's own clock where it says so.");

export const startedSchema = z.object({
  reference: z.string(),
  workflowId: z.string().describe("Under this id the engine's web UI shows the shipment."),
  status: z.literal('started'),
});

export const importedSchema = z.object({
  started: z
    .array(z.string())
    .describe('References whose shipment runs, those included that ran before with the same content.'),
  refused: z.array(
    z.object({
      row: z.number().int().describe('Row of the file, the heading is row 1.'),
      reference: z.string().optional(),
      field: z.string(),
      error: z.string(),
    }),
  ),
});

export const waitingOnSchema = z.object({
  what: z.string().describe('What is waited for, for example customs-answer.'),
  key: z.string(),
  fromWhom: z
    .string()
    .describe(
      'operator, finance, manager, engineer: our people; customs, carrier, broker, buyer, supplier, bank, tax-bureau, exporter-client: counterparties.',
    ),
  since: instant,
  until: nullable(instant).describe('The deadline; at it a person is asked.'),
});

export const shipmentSchema = z.object({
  reference: z.string(),
  stage: z.string(),
  moneyStage: nullable(z.string()),
  asOf: nullable(instant).describe("The shipment's own clock at its last step; null until its first."),
  outcome: nullable(z.string()).describe(
    'refunded, taxed, exempt, unclaimed, cancelled, returned, refused, seized or lost; ended-in-engine: its workflow was ended from outside, and a person closed its record; null while it is open.',
  ),
  waitingOn: z.array(waitingOnSchema),
  openHolds: z.array(z.string()),
  nextDeadline: nullable(instant),
  declarationNumber: nullable(z.string()).describe('报关单号, 18 digits.'),
  exportedOn: nullable(z.string()),
  total: nullable(money).describe('As last amended.'),
  refundClaimed: nullable(money),
  refund: nullable(money).describe('Paid by the tax bureau.'),
  simulated: z.boolean(),
  createdAt: instant,
});
export type ShipmentSummary = z.infer<typeof shipmentSchema>;

export const shipmentListSchema = z.object({
  shipments: z.array(shipmentSchema),
  next: nullable(z.string()).describe('Give it as after to get the next page; null on the last.'),
});

export const figuresSchema = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      machineDays: z.number().describe('Days in which nobody was waited on.'),
      peopleDays: z.number().describe('Days in which a task of our people was open.'),
      counterpartyDays: z.number().describe('Days in which only counterparties were waited on.'),
    }),
  ),
});

export const headlineSchema = z.object({
  documentReviewWorkingDays: z.number().optional().describe("Intake to the review's approval, working days in China."),
  inspectionResponseDays: z
    .number()
    .optional()
    .describe('Case or discrepancy opened to the answer sent; the longest where there were several.'),
  refundArrivalDays: z.number().optional().describe('Declaration accepted to refund paid.'),
});

export const shipmentDetailSchema = shipmentSchema.extend({
  openTasks: z.number().int(),
  order: orNewer(orderSchema).describe('The order as it came.'),
  figures: figuresSchema,
  headline: headlineSchema,
});

export const eventListSchema = z.object({
  events: z.array(
    z.object({ seq: z.number().int(), at: instant, kind: z.string(), data: z.record(z.string(), z.unknown()) }),
  ),
  next: nullable(z.number().int()).describe('Give it as after to get the next page; null on the last.'),
});

export const taskSchema = z.object({
  id: z.string(),
  reference: nullable(z.string()).describe('Null: it belongs to no shipment, for example a receipt that fits nowhere.'),
  kind: z.string(),
  question: z.string(),
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  choices: z.array(choiceSchema).describe('`needs`: taken with a reason only, or with a reason by a manager’s key.'),
  wantsDocument: nullable(z.string()).describe('Kind of the paper that answers it.'),
  finding: orNewer(findingSchema).nullish().describe('The finding of a review behind it.'),
  ownerRole: z.string(),
  askedAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  provisional: z.boolean().describe('The calendar of that year is not published yet; the deadline may move.'),
  escalatedAt: nullable(instant),
  status: z.enum(['open', 'answered', 'moot']),
  answer: nullable(z.object({ choice: z.string(), reason: z.string(), evidence: z.array(z.string()) })),
  closedAt: nullable(instant),
});
export const taskListSchema = z.object({ tasks: z.array(taskSchema) });

export const statementReceivedSchema = z.object({
  sha256: z.string(),
  workflowId: z.string(),
  status: z.literal('received'),
});
export const statementStateSchema = z.object({
  sha256: z.string(),
  workflowId: z.string(),
  status: z
    .enum(['reading', 'waiting', 'done', 'failed'])
    .describe(
      'waiting: a person is asked, mostly finance where a receipt belongs. failed: it was ended before every receipt had its place; an engineer must look.',
    ),
  told: z.array(z.string()).describe('References of the shipments that were told of their receipt.'),
  waitingOn: z.array(
    z.object({ what: z.string(), fromWhom: z.string(), taskId: z.string(), since: instant, until: nullable(instant) }),
  ),
});

export const healthSchema = z.object({ status: z.literal('ok') });
export const readySchema = z.object({
  status: z.literal('ready'),
  checks: z.record(z.string(), z.string()),
  troubles: nullable(z.record(z.enum(troubleKinds), z.number().int())).describe(
    'How much is stuck, by kind: GET /v1/troubles names it. Null: not read yet.',
  ),
  troublesReadAt: nullable(instant),
});

export const troubleSchema = z.object({
  id: z.string(),
  kind: z.enum(troubleKinds),
  reference: nullable(z.string()),
  workflowId: nullable(z.string()),
  since: instant,
  what: z.string(),
  remedy: z.string().describe('What to do.'),
  actions: z
    .array(z.enum(troubleActionNames))
    .describe('What the addresses below it can do; the remedy may lie elsewhere.'),
  detail: z.record(z.string(), z.string()),
});
export const troubleActionSchema = z.object({
  id: z.string(),
  troubleId: z.string(),
  kind: z.enum(troubleKinds),
  reference: nullable(z.string()),
  workflowId: nullable(z.string()),
  action: z.enum(troubleActionNames),
  keyId: z.string().describe('Number of the key that did it.'),
  keyRole: z.string(),
  reason: z.string(),
  at: instant,
  outcome: z
    .enum(['begun', 'done', 'refused', 'failed'])
    .describe('begun: the process ended meanwhile; look whether it took effect.'),
  words: nullable(z.string()),
  endedAt: nullable(instant),
});
export const troubleListSchema = z.object({
  readAt: instant,
  workers: z.number().int().describe('Workers that ask for work.'),
  troubles: z.array(troubleSchema),
  actions: z.array(troubleActionSchema).describe('The last things done about troubles, the latest first.'),
});
export const mendedSchema = z.object({
  trouble: z.string(),
  action: z.enum(troubleActionNames),
  outcome: z.literal('done'),
  words: z.string(),
});

export const recheckSchema = z.object({
  id: z.string(),
  cause: recheckCauseSchema,
  startedAt: instant,
  finishedAt: nullable(instant).describe('Null while it runs.'),
  report: nullable(recheckReportSchema).describe('Which open shipments it concerns, and what is new in their reviews.'),
});
export const recheckListSchema = z.object({ rechecks: z.array(recheckSchema) });
export const recheckStartedSchema = z.object({ id: z.string(), workflowId: z.string() });

export const checkSchema = complianceCheckSchema;
export const screenedSchema = screenedNameSchema;
export const goodsFoundSchema = goodsSearchSchema;

const versionOfList = z
  .string()
  .describe('What the files contain, as a short hash: the same files are the same version.');
export const referenceListsSchema = z.object({
  lists: z.array(
    z.object({
      list: z.string(),
      version: versionOfList,
      entries: z.number().int(),
      importedAt: instant,
      files: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
    }),
  ),
});
export const listImportedSchema = z.object({
  list: z.string(),
  version: versionOfList,
  entries: z.number().int(),
  previousVersion: nullable(z.string()).describe('What was in force before; null: the list is new.'),
  unchanged: z.boolean().describe('These very files are in force already: nothing was written.'),
  recheck: nullable(z.string()).describe(
    'Id of the look at open shipments that follows; null: no review rests on the list.',
  ),
});

export const quoteGivenSchema = z.object({ id: z.string(), quote: landedCostQuoteSchema });
export const keptQuoteSchema = quoteGivenSchema.extend({
  request: landedCostQuoteRequestSchema,
  quotedAt: instant,
  expiresAt: instant,
});

export const variantsComparedSchema = variantsAnswerSchema;

const named: Record<string, z.ZodType> = {
  Order: orderSchema,
  Problem: problemSchema,
  Verdict: verdictSchema,
  Shipment: shipmentSchema,
  ShipmentDetail: shipmentDetailSchema,
  Task: taskSchema,
  Document: documentSchema,
  ...documentComponents,
  Trouble: troubleSchema,
  Recheck: recheckSchema,
  ComplianceCheck: checkSchema,
  LandedCostQuote: landedCostQuoteSchema,
  VariantsCompared: variantsComparedSchema,
};
for (const [id, schema] of Object.entries(named)) z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
for (const [name, { schema }] of Object.entries(shipmentMessages))
  z.globalRegistry.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1)}` });
