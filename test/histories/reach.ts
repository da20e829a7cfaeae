/** What can happen in a workflow, as its code says, and what did happen in a stored history. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageNames, shipmentMessages } from '../../workflows/messages.ts';
import { activityNames } from '../failures/matrix.ts';
import type { StoredHistory } from './stored.ts';

/** One thing of one workflow type: `statement: activity askPeople`, `shipment: update fxReceipt`, `shipment: signal continueAsNew`. */
export type Happening = string;

const folder = 'workflows';

/** Of each workflow type that the bundle exports, the file in which it is. */
function workflowTypes(): Map<string, string> {
  const index = readFileSync(join(folder, 'index.ts'), 'utf8');
  const exported = [...index.matchAll(/export \{ (\w+) \} from '\.\/([\w/-]+\.ts)'/g)];
  return new Map(exported.map(([, type = '', file = '']) => [type, file]));
}

/** The sources of a workflow and of all that it runs of workflows/. */
function sourcesOf(file: string, seen = new Map<string, string>()): string[] {
  if (!seen.has(file)) {
    const source = readFileSync(join(folder, file), 'utf8');
    seen.set(file, source);
    for (const [, imported = ''] of source.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm)) {
      const path = join(file, '..', imported);
      if (!path.startsWith('..')) sourcesOf(path, seen);
    }
  }
  return [...seen.values()];
}

/** Every activity that each workflow's code runs, and every message that each takes. */
export function whatCanHappen(): Happening[] {
  const activities = activityNames();
  return [...workflowTypes()].flatMap(([type, file]) => {
    const source = sourcesOf(file).join('\n');
    const own = readFileSync(join(folder, file), 'utf8');
    const runs = activities.filter((name) => new RegExp(`\\b\\w+\\.${name}\\b`).test(source));
    const updates =
      type === 'shipment' ? messageNames : [...own.matchAll(/updateOf\('(\w+)'\)/g)].map(([, name]) => name);
    const signals = type === 'shipment' ? messageNames.filter((name) => shipmentMessages[name].alsoSignal) : [];
    return [
      ...runs.map((name) => `${type}: activity ${name}`),
      ...updates.map((name) => `${type}: update ${name}`),
      ...signals.map((name) => `${type}: signal ${name}`),
      ...(own.includes('setHandler(continueAsNewSignal') ? [`${type}: signal continueAsNew`] : []),
    ];
  });
}

/** What a history says of itself; local activities stand in it as markers. */
export function whatHappened({ history }: StoredHistory): { type: string; happened: Set<Happening> } {
  const events = history.events ?? [];
  const type = events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';
  const happened = new Set<Happening>();
  for (const event of events) {
    const activity =
      event.activityTaskScheduledEventAttributes?.activityType?.name ??
      localActivity(event.markerRecordedEventAttributes?.details?.data?.payloads?.[0]?.data);
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
    const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
    if (activity) happened.add(`${type}: activity ${activity}`);
    if (update) happened.add(`${type}: update ${update}`);
    if (signal) happened.add(`${type}: signal ${signal}`);
  }
  return { type, happened };
}

function localActivity(data: Uint8Array | null | undefined): string | undefined {
  const text = data ? Buffer.from(data).toString() : '';
  return /"activity_type":"(\w+)"/.exec(text)?.[1];
}
