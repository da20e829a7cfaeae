/** A request through every door of the API, by its operation in /openapi.json, each well formed: what it is answered is then for engine and database to say. */
import { messageExamples, orderExample, quoteExample, variantsExample } from '../../api/examples.ts';
import type { Api } from '../../api/services.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { messageNames } from '../../workflows/messages.ts';
import { camt } from './statements.ts';

/** Of the shipment and the task that the requests are about. */
export interface Subject {
  reference: string;
  taskId: string;
}

export interface DoorRequest {
  operationId: string;
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Record<string, string>;
  payload?: string;
  type?: string;
}

const CSV = [
  'reference,plannedExportOn,claimantKind,buyer.name,buyer.country,destination.country,model,transport.mode,incoterm.rule,incoterm.place,currency,payment.instalments,nameZh,nameEn,hsCode,quantity,unit,unitPrice,netWeightKg,grossWeightKg,packages.count,packages.kind',
  'REF-csv,2027-01-20,trading,Harbor LLC,US,US,general-trade,sea,FOB,Ningbo,USD,1 shipment 30,LED台灯,LED lamp,9405210090,10,个,12.00,1150,1400,125,carton',
].join('\n');

const QUOTE_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

const FORM = [
  '--part',
  'content-disposition: form-data; name="file"; filename="harmonized-system.csv"',
  'content-type: text/csv',
  '',
  'section,hscode,description,parent,level\nI,01,Animals; live,TOTAL,2',
  '--part--',
  '',
].join('\r\n');

/** The smallest XML that is a file of its own: kept, and nobody reads it. */
const FILE_FORM = [
  '--part',
  'content-disposition: form-data; name="source"',
  '',
  'Li Wei',
  '--part',
  'content-disposition: form-data; name="file"; filename="invoice.xml"',
  'content-type: application/xml',
  '',
  '<?xml version="1.0"?><EInvoice><Number>26332000000012345678</Number></EInvoice>',
  '--part--',
  '',
].join('\r\n');

/** Which path a message has is the door's own business: it is looked up in the document. */
export function everyDoor(app: Api, { reference, taskId }: Subject): DoorRequest[] {
  const bodies: Record<string, { payload: string; type?: string }> = {
    startShipment: { payload: JSON.stringify({ ...orderExample, reference: `${reference}-new` }) },
    importOrders: { payload: CSV.replace('REF', reference), type: 'text/csv' },
    receiveBankStatement: { payload: camt(reference), type: 'application/xml' },
    answerAnyTask: { payload: JSON.stringify({ ...messageExamples.answerTask, taskId }) },
    retryTrouble: { payload: '{"reason": "r"}' },
    startRecheck: { payload: '{"reason": "r"}' },
    overrideTrouble: { payload: '{"reason": "r"}' },
    checkOrder: { payload: JSON.stringify(orderExample) },
    compareVariants: { payload: JSON.stringify(variantsExample) },
    screenName: { payload: '{"name": "Harbor Home Goods LLC", "country": "US"}' },
    quoteLandedCost: { payload: JSON.stringify(quoteExample) },
    addDocument: { payload: FILE_FORM, type: 'multipart/form-data; boundary=part' },
    confirmDocument: {
      payload: JSON.stringify({
        ...{ messageId: 'confirm-1', occurredAt: '2026-11-24T08:00:00Z', source: 'Li Wei', documentId: 'PC-118' },
        ...{
          kind: 'purchase-contract',
          facts: { number: 'PC-118', lines: [{ nameZh: '台灯', quantity: '1000', unit: '台' }] },
        },
      }),
    },
    // The defaults, which stand: a door that is tried changes nothing.
    putOrganisationSettings: { payload: JSON.stringify({ source: 'Li Wei', settings: settingsSchema.parse({}) }) },
    importReferenceList: { payload: FORM, type: 'multipart/form-data; boundary=part' },
    ...Object.fromEntries(messageNames.map((name) => [name, { payload: JSON.stringify(messageExamples[name]) }])),
  };
  const values: Record<string, string> = {
    reference,
    sha256: 'a'.repeat(64),
    id: '0123456789ab',
    name: 'unavailable',
    list: 'hs',
  };
  const queries: Record<string, string> = { getDocument: '?id=x', getDocumentFile: '?id=x', searchGoods: '?q=lamp' };
  const ids: Record<string, string> = { getLandedCostQuote: QUOTE_ID };
  return operationsOf(app).map(({ operationId, method, path }) => {
    const url = path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => (name === 'id' ? ids[operationId] : undefined) ?? values[name] ?? name,
    );
    const { payload, type = 'application/json' } = bodies[operationId] ?? {};
    const headers = operationId === 'putOrganisationSettings' ? { 'if-match': '"0"' } : undefined;
    return { operationId, method, url: `${url}${queries[operationId] ?? ''}`, headers, payload, type };
  });
}

function operationsOf(app: Api) {
  const { paths = {} } = app.swagger() as { paths?: Record<string, Record<string, { operationId?: string }>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId = '' }]) => ({
      operationId,
      path,
      method: method.toUpperCase() as DoorRequest['method'],
    })),
  );
}

/** Sends it as the holder of a key would. */
export function send(app: Api, key: string, { method, url, headers: own, payload, type }: DoorRequest) {
  const headers = {
    ...own,
    authorization: `Bearer ${key}`,
    ...(payload === undefined ? {} : { 'content-type': type }),
  };
  return app.inject({ method, url, headers, payload });
}
