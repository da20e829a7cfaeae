/** Reads what is known of duties abroad: trade remedies, duty layers, fees, low values, taxes at import, trade agreements. */
import { placeOfItem, readFolder, readLists } from './dated-items.ts';
import {
  baseDutySchema,
  dutyFreeSchema,
  dutyLayerSchema,
  entryFeeSchema,
  importTaxSchema,
  layerRateSchema,
  lowValueRuleSchema,
  parcelFeeSchema,
  tradeAgreementSchema,
  tradeRemedyCaseSchema,
} from './duty-schema.ts';

/**
 * @param directory of the reference data
 * @throws Error naming file and line of what is wrong
 */
export function readDuties(directory: string) {
  const { cases } = readLists(directory, 'trade-remedies/cases.yaml', {
    cases: { schema: tradeRemedyCaseSchema, key: (item) => item.id },
  });
  const duties = readLists(directory, 'rates/duties/us.yaml', {
    base: { schema: baseDutySchema, key: ({ market, hsPrefix }) => `${market} ${hsPrefix}` },
    layers: { schema: dutyLayerSchema, key: ({ market, id }) => `${market} ${id}` },
    rates: { schema: layerRateSchema, key: ({ layer, hsPrefix }) => `${layer} ${hsPrefix}` },
    fees: { schema: entryFeeSchema, key: ({ market, id }) => `${market} ${id}` },
  });
  refuseStrayLayers(directory, duties);
  const { free } = readLists(directory, 'rates/duties/duty-free.yaml', {
    free: { schema: dutyFreeSchema, key: ({ market, fromChapter }) => `${market} ${fromChapter}` },
  });
  const lowValue = readLists(directory, 'rates/low-value-relief.yaml', {
    rules: {
      schema: lowValueRuleSchema,
      key: ({ id, market }) => [id, market],
      mayStandTogether: (one, other) => haveOriginsApart(one.origins, other.origins),
    },
    fees: { schema: parcelFeeSchema, key: (item) => item.id },
  });
  const { taxes } = readLists(directory, 'rates/import-taxes.yaml', {
    taxes: { schema: importTaxSchema, key: (item) => item.country },
  });
  return {
    tradeRemedyCases: cases,
    baseDuties: duties.base,
    dutyFree: free,
    dutyLayers: duties.layers,
    layerRates: duties.rates,
    entryFees: duties.fees,
    lowValueRules: lowValue.rules,
    parcelFees: lowValue.fees,
    importTaxes: taxes,
    tradeAgreements: readFolder(directory, 'trade-agreements', tradeAgreementSchema),
  };
}

/** One market may treat goods of some origins so and of others otherwise; a row without origins speaks of all. */
const haveOriginsApart = (one: readonly string[] | null, other: readonly string[] | null) =>
  one !== null && other !== null && !one.some((origin) => other.includes(origin));

/** A rate of a layer that is not there would silently never be charged. */
function refuseStrayLayers(
  directory: string,
  { layers, rates }: { layers: { id: string; suppressedBy?: { layers: string[] } }[]; rates: { layer: string }[] },
): void {
  const known = new Set(layers.map(({ id }) => id));
  const named = [
    ...rates.map(({ layer }, index) => ({ layer, path: ['rates', index, 'layer'] })),
    ...layers.flatMap(({ suppressedBy }, index) =>
      (suppressedBy?.layers ?? []).map((layer) => ({ layer, path: ['layers', index, 'suppressedBy'] })),
    ),
  ];
  const stray = named.find(({ layer }) => !known.has(layer));
  if (stray)
    throw new Error(
      `The reference data is wrong:\n${placeOfItem(directory, 'rates/duties/us.yaml', stray.path)}: there is no layer ${stray.layer}`,
    );
}
