import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
const folder = join('test', 'histories');
const SUFFIX = '.history.gz';

/** A history as the engine had it, of one run of a workflow. */
export interface StoredHistory {
  /** Names the case, and the run where there are several. */
  name: string;
  history: proto.temporal.api.history.v1.IHistory;
}

/** Every history that is kept. */
export function storedHistories(): StoredHistory[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => ({
      name: file.slice(0, -SUFFIX.length),
      history: History.decode(gunzipSync(readFileSync(join(folder, file)))),
    }));
}

/** Keeps a history in place of the one of that name. As the engine's own bytes: the SDK's JSON does not know every event of time skipping. */
export function storeHistory({ name, history }: StoredHistory): void {
  writeFileSync(join(folder, `${name}${SUFFIX}`), gzipSync(History.encode(history).finish(), { level: 9 }));
}

/** The name of a history as it went before the change of that decision record: it is kept, whatever is recorded after. */
export function nameBefore(name: string, decision: string): string {
  return `${name}-before-${decision}`;
}

/** Whether a file holds such a history, or one of a run that began before the change and went on after it. */
export function isKeptForGood(file: string): boolean {
  return /-(before|across)-\d{4}\.history\.gz$/.test(file);
}
