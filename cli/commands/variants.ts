import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadReference } from '../../reference/load.ts';
import { parseYaml } from '../../reference/yaml-file.ts';
import {
  compareLineVariants,
  type VariantsRequest,
  variantsAnswerSchema,
  variantsRequestSchema,
  variantsSchema,
} from '../../rules/compliance/compare-variants.ts';
import { fieldErrors } from '../../rules/field-errors.ts';
import { askIfThere } from '../asking.ts';
import { whyNot } from '../files.ts';
import { readOrderFile } from '../order-file.ts';
import { NotUnderstood, type Terminal } from '../terminal.ts';
import { variantsReport } from '../variants-report.ts';

interface Options {
  line: string;
  with: string;
  json?: true;
  local?: true;
}

/** `quayside variants`: which trade remedies goods made otherwise would leave. */
export function variantsCommand(program: Command, terminal: Terminal): void {
  program
    .command('variants')
    .argument('<FILE>', 'one order as JSON, YAML or CSV; - reads standard input')
    .requiredOption('--line <N>', 'the line of the order, counted from 1')
    .requiredOption('--with <VARIANTS>', 'JSON or YAML: a list of {name, design, reason, changes}')
    .option('--json', 'print the answer of POST /v1/compliance/variants')
    .option('--local', 'ask no server')
    .description('compare genuine variants of material or design under trade remedies')
    .action(async (file: string, options: Options) => {
      const { read, raw } = await compared(await requestOf(file, options, terminal), options, terminal);
      if (options.json) terminal.say(JSON.stringify(raw, null, 2));
      else terminal.say(...variantsReport(read));
    });
}

async function requestOf(file: string, options: Options, terminal: Terminal): Promise<VariantsRequest> {
  const { orders, refused } = await readOrderFile(file, terminal);
  const [order] = orders;
  if (order === undefined || orders.length > 1 || refused.length > 0)
    throw new NotUnderstood(...refused, `${file}: give a file with one order, and no other.`);
  const variants = await readVariants(options.with, terminal);
  const request = variantsRequestSchema.safeParse({ order, line: Number(options.line), variants });
  if (request.success) return request.data;
  throw new NotUnderstood(
    ...fieldErrors(request.error.issues).map(({ field, message }) => `--line ${options.line}: ${field}: ${message}`),
  );
}

async function readVariants(name: string, { folder }: Terminal): Promise<VariantsRequest['variants']> {
  let text: string;
  try {
    text = await readFile(resolve(folder, name), 'utf8');
  } catch (error) {
    throw new NotUnderstood(`${name}: ${whyNot(error)}`);
  }
  let file: ReturnType<typeof parseYaml>;
  try {
    file = parseYaml(text, name);
  } catch (error) {
    throw new NotUnderstood((error as Error).message);
  }
  const read = variantsSchema.safeParse(file.value);
  if (read.success) return read.data;
  throw new NotUnderstood(
    ...read.error.issues.flatMap((issue) =>
      fieldErrors([issue]).map(({ field, message }) => `${name}:${file.lineOf(issue.path)}: ${field}: ${message}`),
    ),
  );
}

async function compared(request: VariantsRequest, { local }: Options, terminal: Terminal) {
  const question = { path: '/v1/compliance/variants', body: request, schema: variantsAnswerSchema };
  const answer = local ? undefined : await askIfThere(terminal, question);
  if (answer) return answer;
  if (!local) terminal.warn('No Quayside answers here: compared by the cases in this folder.');
  const read = compareLineVariants(request, new Date().toISOString(), loadReference());
  return { read, raw: read };
}
