/** Figures and sentences as papers write them. */

import type { CommercialInvoice, Route } from '../rules/documents/content.ts';
import { type Currency, written } from '../rules/money.ts';

/** With commas between thousands, all decimals kept: `12,000.00`. Papers are read by people of all countries, in this one form. */
export function grouped(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

/** An amount in the decimals of its currency, those beyond them kept: unit prices may be finer than the currency. */
export function amount(value: string, currency: Currency): string {
  return grouped(written(value, currency));
}

/** An amount with its currency before it: `USD 12,000.00`. */
export function money(value: string, currency: Currency): string {
  return `${currency} ${amount(value, currency)}`;
}

const modes: Record<Route['mode'], string> = {
  sea: 'By sea 海运',
  air: 'By air 空运',
  rail: 'By rail 铁路',
  road: 'By road 公路',
  post: 'By post 邮寄',
  express: 'By express 快件',
};

/** How the goods travel. */
export function modeOf(mode: Route['mode']): string {
  return modes[mode];
}

/** Where the goods arrive: port and country. */
export function arrivalOf({ port, country }: Route['destination']): string {
  return port ? `${port}, ${country}` : country;
}

const triggers = {
  order: ['with', 'order', '下单'],
  shipment: ['on', 'shipment', '发货'],
  arrival: ['on', 'arrival', '到货'],
  date: ['on', 'the date agreed', '约定日期'],
} as const;

type Instalment = NonNullable<CommercialInvoice['payment']>[number];

/** When one instalment is due: `30 days after shipment 发货后30天`, with the date where it is known. */
export function dueOf({ trigger, days, on }: Instalment): string {
  const [at, english, chinese] = triggers[trigger];
  const after =
    days === 0
      ? `${at} ${english} ${chinese}${trigger === 'date' ? '' : '时'}`
      : `${days} ${days === 1 ? 'day' : 'days'} after ${english} ${chinese}后${days}天`;
  return on ? `${after}, ${on}` : after;
}

/**
 * A text of others as one may print it: line breaks of one kind, no control characters, and nothing that turns the
 * direction of writing, by which a paper could be made to show another figure than it holds. An apostrophe after a Latin
 * letter is set straight: the curled one is as wide as a Chinese character in a Chinese face.
 */
export function clean(value: string): string {
  return value
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?<=\p{Script=Latin})’/gu, "'")
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]|[^\P{Cc}\n]/gu, '');
}
