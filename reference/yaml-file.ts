/** Reads YAML so that what is wrong in it is told with file and line. */
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A file that was read, and where in it each value stands. */
export interface YamlFile {
  name: string;
  value: unknown;
  /** Line of a place in it, from 1: of the value, or of the nearest thing around it that is there. */
  lineOf: (path: readonly PropertyKey[]) => number;
  /** A single value as it was written, before YAML makes a number of it: `0110`. Undefined where there is none. */
  writtenAt: (path: readonly PropertyKey[]) => string | undefined;
}

/** @throws Error naming file and line where the text is no YAML, or says one key twice */
export function readYaml(path: string, name: string): YamlFile {
  return parseYaml(readFileSync(path, 'utf8'), name);
}

/** As {@link readYaml}, of a text. JSON is YAML too. */
export function parseYaml(text: string, name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new Error(`${name}:${lines.linePos(error.pos[0]).line}: ${error.message}`);
  const lineOf = (wanted: readonly PropertyKey[]): number => {
    for (let length = wanted.length; length >= 0; length--) {
      const start = startOf(document, wanted.slice(0, length));
      if (start !== undefined) return lines.linePos(start).line;
    }
    return 1;
  };
  const writtenAt = (path: readonly PropertyKey[]) => {
    const node = document.getIn(path, true);
    return isScalar(node) ? node.source : undefined;
  };
  return { name, value: document.toJS(), lineOf, writtenAt };
}

/** A key stands where its name stands: an unknown one is shown by its own line, not by that of its value. */
function startOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number | undefined {
  if (path.length === 0) return document.contents?.range?.[0];
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  return node?.range?.[0];
}

/** What a schema found wrong, a line each: `us/us-fcc.yaml:12: severity: …`. */
export function complaintsOf(file: YamlFile, error: z.ZodError, within: readonly PropertyKey[] = []): string {
  return error.issues
    .flatMap((issue) => {
      const path = [...within, ...issue.path];
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map(
          (key) => `${file.name}:${file.lineOf([...path, key])}: ${[...path, key].join('.')} is no field of it`,
        );
      return [`${file.name}:${file.lineOf(path)}: ${path.join('.') || 'the whole'}: ${issue.message}`];
    })
    .join('\n');
}
