import type { Reference } from '../../reference/load.ts';
import type { SupervisionMode } from '../../reference/schema.ts';
import { supervisionModeOf } from '../classification/codes.ts';
import type { Finding } from '../finding.ts';
import { compare } from '../money.ts';
import { orderTotal } from '../order/figures.ts';
import type { Order } from '../order/order.ts';

/** Findings about the supervision mode (监管方式): known, fit for the order, with refund, within its value. */
export function supervisionFindings(order: Order, reference: Reference): Finding[] {
  const mode = supervisionModeOf(order, reference);
  return mode
    ? [...misfit(order, mode), ...withoutRefund(mode), ...overValue(order, mode)]
    : [unknownMode(order, reference)];
}

const said = {
  kind: 'field',
  where: 'supervisionMode',
  due: 'before-export',
  source: 'China export notes of 24 Nov 2026; needs confirmation',
} as const;

function unknownMode(order: Order, reference: Reference): Finding {
  return {
    ...said,
    rule: 'supervision-mode',
    severity: 'block',
    title: 'The supervision mode is not in our table',
    expected: reference.supervisionModes.map(({ code }) => code).join(', '),
    found: order.supervisionMode ?? `none for the model ${order.model}`,
    remedy: 'Name a supervision mode that customs knows.',
  };
}

function misfit({ model }: Order, { code, name, models }: SupervisionMode): Finding[] {
  if (models.includes(model)) return [];
  return [
    {
      ...said,
      rule: 'supervision-mode',
      severity: 'warn',
      title: `${code} ${name} does not fit an order of the model ${model}`,
      expected: `for ${models.join(', ')}`,
      found: `${code} for ${model}`,
      remedy: 'Check mode and model: the papers of the mode decide the refund.',
    },
  ];
}

function withoutRefund({ code, name, refund }: SupervisionMode): Finding[] {
  if (refund === 'yes') return [];
  return [
    {
      ...said,
      rule: 'supervision-mode-refund',
      severity: 'warn',
      title: `No VAT refund under ${code} ${name}`,
      expected: 'a mode with refund, where one is wanted',
      found: code,
      remedy: 'Check that no refund is wanted for these goods.',
    },
  ];
}

/** Only orders in USD are compared: a rate of exchange is not at hand here. */
function overValue(order: Order, { code, mostUsd }: SupervisionMode): Finding[] {
  const { amount, currency } = orderTotal(order);
  if (mostUsd === undefined || currency !== 'USD' || compare(amount, mostUsd) <= 0) return [];
  return [
    {
      ...said,
      rule: 'supervision-mode-value',
      severity: 'block',
      title: `Over the most that one declaration under ${code} may be worth`,
      expected: `at most ${mostUsd} USD`,
      found: `${amount} USD`,
      remedy: 'Split the order, or declare it as general trade.',
    },
  ];
}
