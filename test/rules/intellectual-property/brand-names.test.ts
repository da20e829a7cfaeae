import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brandIndexOf, brandsIn } from '../../../rules/intellectual-property/brand-names.ts';
import { territoryCovers } from '../../../rules/intellectual-property/territory.ts';
import { reference } from '../orders.ts';

const index = brandIndexOf(reference.brands);
const named = (text: string, hsCode = '3926909090') =>
  brandsIn(text, text, hsCode, index)
    .map(({ brand, compatible }) => (compatible ? `fits ${brand.id}` : brand.id))
    .sort();

describe('the list of brands', () => {
  it('holds well over 150', () => expect(reference.brands.length).toBeGreaterThanOrEqual(150));

  it('gives no name to two brands', () => {
    const names = index.names.map(({ name }) => name);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it('recognises every brand by every name beside a word of its goods', () => {
    const missed = reference.brands.flatMap((brand) =>
      [brand.name, ...brand.namesZh, ...brand.aliases].filter((name) => {
        const text = `${name} ${brand.onlyWith?.words[0] ?? ''}`;
        return !brandsIn(text, text, brand.onlyWith?.hsPrefixes[0] ?? '39', index).some((one) => one.brand === brand);
      }),
    );
    expect(missed).toEqual([]);
  });
});

describe('brands in the names of goods', () => {
  it.each([
    ['NIKE Air running shoes', ['nike']],
    ['耐克运动鞋', ['nike']],
    ['Levi’s® 501 jeans', ['levis']],
    ['LEVIS jeans', ['levis']],
    ['ＡＤＩＤＡＳ trainers', ['adidas']],
    ['Hermès scarf', ['hermes']],
    ['Louis-Vuitton style bag', ['louis-vuitton']],
    ['iphone15 charging cable', ['apple']],
    ['Labubu plush keyring', ['pop-mart']],
    ['乐高积木玩具', ['lego']],
    ['蓝牙耳机AirPods', ['apple']],
  ])('%s names %j', (text, brands) => expect(named(text)).toEqual(brands));

  it.each([
    ['apple juice', '2009790000'],
    ['苹果汁', '2009790000'],
    ['polo shirt of cotton', '6105100000'],
    ['feeler gap gauge', '9017300000'],
    ['boss of a wheel hub', '7326909000'],
    ['cotton lining', '5208000000'],
    ['coach bolt', '7318159090'],
    ['diesel fuel filter', '8421230000'],
    ['monikers', '4911990000'],
    ['off-white cotton T-shirt', '6109100010'],
    ['mango print dress', '6204420000'],
    ['吉普赛风格连衣裙', '6204420000'],
    ['小米加工机', '8437800000'],
    ['始祖鸟模型玩具', '9503008900'],
    ['phillips screwdriver', '8205400000'],
    ['vacuum thermos flask', '9617009000'],
    ['维氏硬度计', '9024102000'],
    ['caterpillar plush toy', '9503002100'],
    ['puma figurine', '9503008900'],
    ['three-ring binder', '4820300000'],
    ['LED table lamp', '9405210090'],
    ['LED台灯', '9405210090'],
    ['不锈钢保温杯', '9617009000'],
    ['儿童积木', '9503006000'],
    ['wooden dining chair', '9401690000'],
  ])('%s (%s) names none', (text, hsCode) => expect(named(text, hsCode)).toEqual([]));

  it.each([
    ['apple phone holder', '8517790000', ['apple']],
    ['Gap hoodie', '6110200090', ['gap']],
    ['Polo Ralph Lauren shirt', '6105100000', ['ralph-lauren']],
    ['三星充电器', '8504401400', ['samsung']],
    ['小米手环', '8517629900', ['xiaomi']],
    ['Omega dial', '9102110000', ['omega']],
  ])('an ordinary word is a brand beside its goods: %s (%s)', (text, hsCode, brands) =>
    expect(named(text, hsCode)).toEqual(brands),
  );

  it.each([
    ['phone case for iPhone 15', ['fits apple']],
    ['case compatible with Samsung Galaxy S24 and iPhone 15 Pro Max', ['fits apple', 'fits samsung']],
    ['手机壳 适用于苹果iPhone15', ['fits apple']],
    ['适用三星/华为手机充电器', ['fits huawei', 'fits samsung']],
    ['iPhone compatible charging cable', ['fits apple']],
    ['toner cartridge, suitable for HP LaserJet', ['fits hp']],
    ['iPhone手机壳', ['apple']],
    ['Nike shoes for men', ['nike']],
    ['shoes for men, Nike', ['nike']],
    ['Apple phone case for iPhone', ['apple']],
    ['outfit Nike', ['nike']],
  ])('%s: %j', (text, brands) => expect(named(text)).toEqual(brands));

  it('is quick on odd texts', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '1', ' ', 'for ', 'iphone', '适用', '!', 'nike'), { maxLength: 200 }),
        (parts) => {
          const start = performance.now();
          brandsIn(parts.join(''), '', '85', index);
          expect(performance.now() - start).toBeLessThan(200);
        },
      ),
    ));
});

describe('any words at all', () => {
  it('name brands or none, and break nothing', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        (a, b) => {
          brandsIn(a, b, '85', index);
          territoryCovers(b, 'US', 'US', reference);
        },
      ),
    ));
});

describe('the territory of a paper', () => {
  it.each([
    ['Worldwide', 'US', 'US', 'yes'],
    ['全球', 'BR', 'BR', 'yes'],
    ['China, USA and Canada', 'US', 'US', 'yes'],
    ['美国、加拿大', 'US', 'US', 'yes'],
    ['European Union', 'DE', 'EU', 'yes'],
    ['the EU; UK', 'GB', 'GB', 'yes'],
    ['France', 'DE', 'EU', 'no'],
    ['中国', 'US', 'US', 'no'],
    ['North American dealers', 'US', 'US', 'unclear'],
    ['worldwide except US', 'US', 'US', 'unclear'],
  ] as const)('%s covers %s (%s): %s', (territory, country, market, covers) =>
    expect(territoryCovers(territory, country, market, reference)).toBe(covers),
  );
});
