/** Reads the reference data at the start of a process: the only place that does. What it returns is a value that rules are handed. */
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { ChannelMeaning } from '../rules/declaration/channels.ts';
import { checkSchema } from './check-schema.ts';
import {
  broadWordsSchema,
  commonGoodSchema,
  commonGoodsFiles,
  hsChapterSchema,
  refuseSharedTradeNames,
} from './common-goods.ts';
import { type Dated, placeOfItem, readItems } from './dated-items.ts';
import {
  batteryPackingSchema,
  brandSchema,
  channelLimitSchema,
  counterfeitTargetSchema,
  pieceWeightSchema,
  splitLimitSchema,
  unitFactorSchema,
  valueBandSchema,
  woodPackingSchema,
} from './goods-schema.ts';
import { readComparisons } from './load-comparisons.ts';
import { readDuties } from './load-duties.ts';
import { ruleAgeSchema } from './rule-age-schema.ts';
import { readRuleBook } from './rule-book.ts';
import { laboratorySchema } from './rule-schema.ts';
import {
  archivePaperSchema,
  countrySchema,
  customsChannelSchema,
  declarationElementsSchema,
  euMemberSchema,
  genericNamesSchema,
  rebateRateSchema,
  supervisionModeSchema,
  transactionModeSchema,
  transportModeSchema,
  unitSchema,
  wrapKindSchema,
} from './schema.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Reads and checks every reference file. Each item comes with its source and its days in force: where an item leaves them
 * out, the file's `defaults` are its own.
 * @param directory of the reference data; by default the one beside this module
 * @throws ReferenceNotRead naming the file and every place in it that is wrong, so that no process starts on broken law
 */
export function loadReference(directory: string = here) {
  try {
    return deepFreeze(readAll(directory));
  } catch (error) {
    throw new ReferenceNotRead((error as Error).message, { cause: error });
  }
}

/** Reference data that cannot be read: its message says which file and line is wrong, and is meant for whoever edits it. */
export class ReferenceNotRead extends Error {
  override name = 'ReferenceNotRead';
}

function readAll(directory: string) {
  const places = readPlaces(directory);
  return {
    ...readLaw(directory, places.countries),
    ...readCustomsCodes(directory),
    ...places,
    ...readDuties(directory),
    ...readMeasures(directory),
    ...readGoods(directory),
    ...readComparisons(directory),
  };
}

function readLaw(directory: string, countries: readonly { alpha2: string }[]) {
  return {
    rules: readRuleBook(
      directory,
      countries.map(({ alpha2 }) => alpha2),
    ),
    laboratories: readItems(directory, 'codes/laboratories.yaml', 'laboratories', laboratorySchema, ({ id }) => id, {
      mayBeEmpty: true,
    }),
    genericNames: readItems(directory, 'rules/generic-names.yaml', 'names', genericNamesSchema, ({ id }) => id),
    rebateRates: readItems(directory, 'rates/rebate-rates.yaml', 'rates', rebateRateSchema, ({ hsPrefix }) => hsPrefix),
    archivePapers: readItems(directory, 'codes/archive-papers.yaml', 'papers', archivePaperSchema, ({ id }) => id),
    ruleAges: readItems(directory, 'codes/rule-ages.yaml', 'ages', ruleAgeSchema, ({ kind }) => kind),
  };
}

function readCustomsCodes(directory: string) {
  const read = <Item extends Dated>(name: string, list: string, schema: z.ZodType<Item>, key: (item: Item) => string) =>
    readItems(directory, `codes/${name}.yaml`, list, schema, key);
  const channels = read('customs-channels', 'channels', customsChannelSchema, ({ code }) => code);
  return {
    channels,
    /** Meaning of each channel code, for the process to carry. */
    customsChannels: Object.fromEntries(channels.map(({ code, meaning }) => [code, meaning])) as Record<
      string,
      ChannelMeaning
    >,
    units: refuseSharedNames(
      directory,
      ['codes/units.yaml', 'units'],
      read('units', 'units', unitSchema, ({ code }) => code),
    ),
    transportModes: read('transport-modes', 'modes', transportModeSchema, ({ mode }) => mode),
    transactionModes: read('transaction-modes', 'terms', transactionModeSchema, ({ incoterm }) => incoterm),
    wrapKinds: refuseSharedNames(
      directory,
      ['codes/wrap-kinds.yaml', 'kinds'],
      read('wrap-kinds', 'kinds', wrapKindSchema, ({ code }) => code),
    ),
    supervisionModes: read('supervision-modes', 'modes', supervisionModeSchema, ({ code }) => code),
    declarationElements: read(
      'declaration-elements',
      'headings',
      declarationElementsSchema,
      ({ hsPrefix }) => hsPrefix,
    ),
  };
}

function readGoods(directory: string) {
  const goods = commonGoodsFiles.flatMap((name) => {
    const file = `codes/common-goods/${name}.yaml`;
    const read = readItems(directory, file, 'goods', commonGoodSchema, ({ zh }) => zh[0] ?? '');
    return read.map((good, index) => ({ good, place: () => placeOfItem(directory, file, ['goods', index]) }));
  });
  return {
    commonGoods: refuseSharedTradeNames(goods),
    hsChapters: readItems(directory, 'codes/hs-chapters.yaml', 'chapters', hsChapterSchema, ({ chapter }) => chapter),
    broadWords: readItems(directory, 'codes/broad-words.yaml', 'groups', broadWordsSchema, ({ id }) => id),
  };
}

function readPlaces(directory: string) {
  return {
    euMembers: readItems(directory, 'codes/eu-members.yaml', 'members', euMemberSchema, ({ country }) => country),
    countries: readItems(directory, 'codes/countries.yaml', 'countries', countrySchema, ({ alpha2 }) => alpha2),
  };
}

/** What prices, weights, brands and packing are held against. */
function readMeasures(directory: string) {
  const read = <Item extends Dated>(file: string, list: string, schema: z.ZodType<Item>, key: (item: Item) => string) =>
    readItems(directory, file, list, schema, key);
  return {
    checks: read('rules/checks.yaml', 'checks', checkSchema, ({ id }) => id),
    unitFactors: read('codes/unit-factors.yaml', 'units', unitFactorSchema, ({ code }) => code),
    valueBands: read('rates/value-bands.yaml', 'bands', valueBandSchema, ({ hsPrefix, per }) => `${hsPrefix}/${per}`),
    pieceWeights: read(
      'codes/piece-weights.yaml',
      'goods',
      pieceWeightSchema,
      ({ hsPrefix, per }) => `${hsPrefix}/${per}`,
    ),
    splitLimits: read('rates/split-limits.yaml', 'limits', splitLimitSchema, ({ id }) => id),
    brands: read('codes/brands.yaml', 'brands', brandSchema, ({ id }) => id),
    counterfeitTargets: read('codes/counterfeit-targets.yaml', 'goods', counterfeitTargetSchema, ({ id }) => id),
    woodPacking: read('codes/wood-packing.yaml', 'kinds', woodPackingSchema, ({ code }) => code),
    channelLimits: read('codes/channel-limits.yaml', 'limits', channelLimitSchema, ({ id }) => id),
    batteryPacking: read('codes/battery-packing.yaml', 'packings', batteryPackingSchema, ({ id }) => id),
  };
}

/** The reference data in force and once in force: immutable, the same for every shipment of a process. */
export type Reference = Readonly<ReturnType<typeof loadReference>>;

function refuseSharedNames<Item extends { code: string; nameZh: string; names: string[] }>(
  directory: string,
  [file, list]: readonly [string, string],
  items: Item[],
): Item[] {
  const owners = new Map<string, string>();
  for (const [index, { code, nameZh, names }] of items.entries())
    for (const name of [code, nameZh, ...names].map((one) => one.normalize('NFKC').toLowerCase())) {
      const owner = owners.get(name) ?? code;
      if (owner !== code)
        throw new Error(
          `The reference data is wrong:\n${placeOfItem(directory, file, [list, index])}: ${name} stands for ${owner} and for ${code}`,
        );
      owners.set(name, code);
    }
  return items;
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
