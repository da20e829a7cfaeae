import type { Command } from 'commander';
import type { z } from 'zod';
import { loadReference, type Reference } from '../../reference/load.ts';
import { type CivilDate, chinaDate, civilDateSchema, startOfChinaDay } from '../../rules/civil-date.ts';
import { type ComplianceCheck, checkOrder, complianceCheckSchema } from '../../rules/compliance/check.ts';
import { ratesStated, statedRatesSchema } from '../../rules/duties/stated-rate.ts';
import type { Order } from '../../rules/order/order.ts';
import { askIfThere } from '../asking.ts';
import { checkReport } from '../check-report.ts';
import { readOrderFile } from '../order-file.ts';
import { orderTemplate } from '../order-template.ts';
import { exitStatus, NotUnderstood, type Terminal } from '../terminal.ts';

interface Options {
  asOf?: string;
  json?: true;
  local?: true;
  rate?: string[];
  template?: true;
}

/** `quayside check`: holds orders against the rules before they are accepted. */
export function checkCommand(program: Command, terminal: Terminal, end: (status: number) => void): void {
  program
    .command('check')
    .argument('[FILE]', 'order as JSON or YAML, or orders as CSV; - reads standard input')
    .description('check an order before it is accepted: findings, papers, plan')
    .option('--as-of <DATE>', 'the day by which the rules are looked up, YYYY-MM-DD (default: today in China)')
    .option('--json', 'print the answer of POST /v1/compliance/checks; for CSV a list of them')
    .option('--local', 'ask no server: parties are then not screened')
    .option('--rate <FROM/TO=RATE...>', 'exchange rates for the landed cost, for example EUR/USD=1.08; none is guessed')
    .option('--template', 'print an annotated order to fill in')
    .addHelpText(
      'after',
      '\nExit status: 0 nothing blocks, 2 a finding blocks, 64 an order cannot be read, 1 anything else.',
    )
    .action(async (file: string | undefined, options: Options) => {
      if (options.template) return terminal.say(...orderTemplate());
      if (file === undefined)
        throw new NotUnderstood('Name a file, or - for standard input; --template prints an order to fill in.');
      end(await check(file, options, terminal));
    });
}

async function check(file: string, options: Options, terminal: Terminal): Promise<number> {
  const question = questionOf(options);
  const { orders, refused, severalOrders } = await readOrderFile(file, terminal);
  const answers: Answer[] = [];
  const ask = asker(terminal, question);
  for (const order of orders) answers.push(await ask(order));
  if (options.json)
    terminal.say(JSON.stringify(severalOrders ? answers.map(({ raw }) => raw) : answers[0]?.raw, null, 2));
  else
    terminal.say(...answers.flatMap(({ check }, index) => [...(index === 0 ? [] : ['', '']), ...checkReport(check)]));
  if (refused.length > 0) {
    terminal.warn('These rows cannot be read, and their orders were not checked:', ...refused);
    return exitStatus.notUnderstood;
  }
  return answers.some(({ check: { blocked } }) => blocked) ? exitStatus.blocked : exitStatus.done;
}

/** What is asked of each order beside the order itself. */
interface Question {
  asOf: CivilDate | undefined;
  rates: readonly string[];
  local: boolean;
}

function questionOf({ asOf, rate = [], local }: Options): Question {
  return {
    asOf: asOf === undefined ? undefined : understood(`--as-of ${asOf}`, civilDateSchema, asOf),
    rates: understood(`--rate ${rate.join(' ')}`, statedRatesSchema, rate),
    local: local === true,
  };
}

function understood<Schema extends z.ZodType>(option: string, schema: Schema, value: unknown): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (!read.success) throw new NotUnderstood(`${option}: ${read.error.issues[0]?.message}`);
  return read.data;
}

interface Answer {
  check: ComplianceCheck;
  /** As the API gave it, whatever it holds beside what we know. */
  raw: unknown;
}

/** Asks the server while there is one, and answers from the rules in this folder otherwise; says so once. */
function asker(terminal: Terminal, { asOf, rates, local }: Question) {
  let alone = local;
  let reference: Reference | undefined;
  return async (order: Order): Promise<Answer> => {
    if (!alone) {
      const path = `/v1/compliance/checks${addressOf({ asOf, rates })}`;
      const answer = await askIfThere(terminal, { path, body: order, schema: complianceCheckSchema });
      if (answer) return { check: answer.read, raw: answer.raw };
      alone = true;
      terminal.warn('No Quayside answers here: checked by the rules in this folder; parties were not screened.');
    }
    reference ??= loadReference();
    const now = asOf === undefined ? new Date().toISOString() : startOfChinaDay(asOf);
    const check = checkOrder({
      order,
      documents: [],
      asOf: now,
      exchangeRates: ratesStated(rates, chinaDate(now)),
      reference,
    });
    return { check, raw: check };
  };
}

function addressOf({ asOf, rates }: Pick<Question, 'asOf' | 'rates'>): string {
  const said = new URLSearchParams(rates.map((rate): [string, string] => ['rate', rate]));
  if (asOf !== undefined) said.set('asOf', asOf);
  return said.size === 0 ? '' : `?${said}`;
}
