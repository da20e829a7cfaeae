import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common/lib/search-attributes.js';
import type { ShipmentState } from './carried.ts';
import { nextDeadlineOf, partiesWaitedOn, stageOf } from './view.ts';

/** The search attributes of a shipment, for the Temporal UI. They are not encrypted: no names of people or companies, no amounts. */
export const searchAttributeTypes = {
  Organisation: 'Keyword',
  Stage: 'Keyword',
  MoneyStage: 'Keyword',
  Destination: 'Keyword',
  WaitingOn: 'KeywordList',
  OpenHolds: 'KeywordList',
  NextDeadline: 'Datetime',
  DeclarationNumber: 'Keyword',
  Simulated: 'Bool',
} as const;

export const searchAttributes = {
  organisation: defineSearchAttributeKey('Organisation', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  moneyStage: defineSearchAttributeKey('MoneyStage', SearchAttributeType.KEYWORD),
  destination: defineSearchAttributeKey('Destination', SearchAttributeType.KEYWORD),
  waitingOn: defineSearchAttributeKey('WaitingOn', SearchAttributeType.KEYWORD_LIST),
  openHolds: defineSearchAttributeKey('OpenHolds', SearchAttributeType.KEYWORD_LIST),
  nextDeadline: defineSearchAttributeKey('NextDeadline', SearchAttributeType.DATETIME),
  declarationNumber: defineSearchAttributeKey('DeclarationNumber', SearchAttributeType.KEYWORD),
  simulated: defineSearchAttributeKey('Simulated', SearchAttributeType.BOOL),
};

/** Stands in no name of a hold. */
const SEPARATOR = '\n';
/** The engine ends a workflow whose attribute is above 2,048 bytes: so many names, each so long in any script. */
const SHOWN_AT_MOST = 10;
const SHOWN_CHARACTERS = 40;

/** As much of a list as an attribute may carry. */
function shortened(names: readonly string[]): string[] {
  const shown = names
    .slice(0, SHOWN_AT_MOST)
    .map((name) => [...name.replaceAll(SEPARATOR, ' ')].slice(0, SHOWN_CHARACTERS).join(''));
  return names.length > SHOWN_AT_MOST ? [...shown, '…'] : shown;
}

type Shown = Record<
  'stage' | 'moneyStage' | 'destination' | 'waitingOn' | 'openHolds' | 'nextDeadline' | 'declarationNumber',
  string
>;

/** The attributes that change during a shipment's life, as text for comparison. */
export function shownAttributes(state: ShipmentState): Shown {
  return {
    stage: stageOf(state),
    moneyStage: state.closing ? '' : (state.stages.money ?? ''),
    destination: state.order?.destination ?? '',
    waitingOn: partiesWaitedOn(state).join(SEPARATOR),
    openHolds: shortened(state.destination.holds).join(SEPARATOR),
    nextDeadline: nextDeadlineOf(state) ?? '',
    declarationNumber: state.declaration.number ?? '',
  };
}

/** What to upsert to go from one set of shown values to the next: one call, and only what changed. An empty value is unset. */
export function changedAttributes(before: Shown | null, after: Shown): SearchAttributeUpdatePair[] {
  const changed = (name: keyof Shown) => (before?.[name] ?? '') !== after[name];
  const list = (text: string) => (text === '' ? null : text.split(SEPARATOR));
  const pairs: SearchAttributeUpdatePair[] = [];
  for (const name of ['stage', 'moneyStage', 'destination', 'declarationNumber'] as const)
    if (changed(name))
      pairs.push({ key: searchAttributes[name], value: after[name] || null } as SearchAttributeUpdatePair);
  for (const name of ['waitingOn', 'openHolds'] as const)
    if (changed(name))
      pairs.push({ key: searchAttributes[name], value: list(after[name]) } as SearchAttributeUpdatePair);
  if (changed('nextDeadline'))
    pairs.push({
      key: searchAttributes.nextDeadline,
      value: after.nextDeadline ? new Date(after.nextDeadline) : null,
    } as SearchAttributeUpdatePair);
  return pairs;
}
