import type { Currency } from '../money.ts';

/** A currency as papers write it out. */
export interface CurrencyWords {
  /** Plural, as it stands before the amount: `US DOLLARS`. */
  en: string;
  /** Of the smallest unit; absent where the currency has none in use. */
  minorEn?: string;
  zh: string;
}

/** Names of the currencies of rules/money.ts: ISO 4217 names in the plural of trade, and their usual Chinese names. */
// biome-ignore format: a table, read by eye
export const currencyWords: Readonly<Record<Currency, CurrencyWords>> = {
  AED: { en: 'UAE DIRHAMS', minorEn: 'FILS', zh: '阿联酋迪拉姆' },
  ARS: { en: 'ARGENTINE PESOS', minorEn: 'CENTAVOS', zh: '阿根廷比索' },
  AUD: { en: 'AUSTRALIAN DOLLARS', minorEn: 'CENTS', zh: '澳大利亚元' },
  BDT: { en: 'BANGLADESHI TAKA', minorEn: 'POISHA', zh: '孟加拉塔卡' },
  BHD: { en: 'BAHRAINI DINARS', minorEn: 'FILS', zh: '巴林第纳尔' },
  BRL: { en: 'BRAZILIAN REAIS', minorEn: 'CENTAVOS', zh: '巴西雷亚尔' },
  CAD: { en: 'CANADIAN DOLLARS', minorEn: 'CENTS', zh: '加拿大元' },
  CHF: { en: 'SWISS FRANCS', minorEn: 'CENTIMES', zh: '瑞士法郎' },
  CLP: { en: 'CHILEAN PESOS', zh: '智利比索' },
  CNH: { en: 'OFFSHORE CHINESE YUAN', minorEn: 'FEN', zh: '离岸人民币' },
  CNY: { en: 'CHINESE YUAN', minorEn: 'FEN', zh: '人民币' },
  COP: { en: 'COLOMBIAN PESOS', minorEn: 'CENTAVOS', zh: '哥伦比亚比索' },
  CZK: { en: 'CZECH KORUNAS', minorEn: 'HALERS', zh: '捷克克朗' },
  DKK: { en: 'DANISH KRONER', minorEn: 'ORE', zh: '丹麦克朗' },
  EGP: { en: 'EGYPTIAN POUNDS', minorEn: 'PIASTRES', zh: '埃及镑' },
  EUR: { en: 'EUROS', minorEn: 'CENTS', zh: '欧元' },
  GBP: { en: 'POUNDS STERLING', minorEn: 'PENCE', zh: '英镑' },
  HKD: { en: 'HONG KONG DOLLARS', minorEn: 'CENTS', zh: '港元' },
  HUF: { en: 'HUNGARIAN FORINTS', minorEn: 'FILLERS', zh: '匈牙利福林' },
  IDR: { en: 'INDONESIAN RUPIAH', minorEn: 'SEN', zh: '印度尼西亚卢比' },
  ILS: { en: 'ISRAELI NEW SHEKELS', minorEn: 'AGOROT', zh: '以色列新谢克尔' },
  INR: { en: 'INDIAN RUPEES', minorEn: 'PAISE', zh: '印度卢比' },
  ISK: { en: 'ICELANDIC KRONUR', zh: '冰岛克朗' },
  JOD: { en: 'JORDANIAN DINARS', minorEn: 'FILS', zh: '约旦第纳尔' },
  JPY: { en: 'JAPANESE YEN', zh: '日元' },
  KES: { en: 'KENYAN SHILLINGS', minorEn: 'CENTS', zh: '肯尼亚先令' },
  KRW: { en: 'SOUTH KOREAN WON', zh: '韩元' },
  KWD: { en: 'KUWAITI DINARS', minorEn: 'FILS', zh: '科威特第纳尔' },
  KZT: { en: 'KAZAKHSTANI TENGE', minorEn: 'TIYN', zh: '哈萨克斯坦坚戈' },
  LKR: { en: 'SRI LANKAN RUPEES', minorEn: 'CENTS', zh: '斯里兰卡卢比' },
  MAD: { en: 'MOROCCAN DIRHAMS', minorEn: 'CENTIMES', zh: '摩洛哥迪拉姆' },
  MOP: { en: 'MACANESE PATACAS', minorEn: 'AVOS', zh: '澳门元' },
  MXN: { en: 'MEXICAN PESOS', minorEn: 'CENTAVOS', zh: '墨西哥比索' },
  MYR: { en: 'MALAYSIAN RINGGIT', minorEn: 'SEN', zh: '马来西亚林吉特' },
  NGN: { en: 'NIGERIAN NAIRA', minorEn: 'KOBO', zh: '尼日利亚奈拉' },
  NOK: { en: 'NORWEGIAN KRONER', minorEn: 'ORE', zh: '挪威克朗' },
  NZD: { en: 'NEW ZEALAND DOLLARS', minorEn: 'CENTS', zh: '新西兰元' },
  OMR: { en: 'OMANI RIALS', minorEn: 'BAISA', zh: '阿曼里亚尔' },
  PEN: { en: 'PERUVIAN SOLES', minorEn: 'CENTIMOS', zh: '秘鲁索尔' },
  PHP: { en: 'PHILIPPINE PESOS', minorEn: 'CENTAVOS', zh: '菲律宾比索' },
  PKR: { en: 'PAKISTANI RUPEES', minorEn: 'PAISE', zh: '巴基斯坦卢比' },
  PLN: { en: 'POLISH ZLOTYS', minorEn: 'GROSZY', zh: '波兰兹罗提' },
  QAR: { en: 'QATARI RIYALS', minorEn: 'DIRHAMS', zh: '卡塔尔里亚尔' },
  RON: { en: 'ROMANIAN LEI', minorEn: 'BANI', zh: '罗马尼亚列伊' },
  RUB: { en: 'RUSSIAN ROUBLES', minorEn: 'KOPECKS', zh: '俄罗斯卢布' },
  SAR: { en: 'SAUDI RIYALS', minorEn: 'HALALAS', zh: '沙特里亚尔' },
  SEK: { en: 'SWEDISH KRONOR', minorEn: 'ORE', zh: '瑞典克朗' },
  SGD: { en: 'SINGAPORE DOLLARS', minorEn: 'CENTS', zh: '新加坡元' },
  THB: { en: 'THAI BAHT', minorEn: 'SATANG', zh: '泰铢' },
  TND: { en: 'TUNISIAN DINARS', minorEn: 'MILLIMES', zh: '突尼斯第纳尔' },
  TRY: { en: 'TURKISH LIRAS', minorEn: 'KURUS', zh: '土耳其里拉' },
  TWD: { en: 'NEW TAIWAN DOLLARS', minorEn: 'CENTS', zh: '新台币' },
  UAH: { en: 'UKRAINIAN HRYVNIAS', minorEn: 'KOPIYKAS', zh: '乌克兰格里夫纳' },
  USD: { en: 'US DOLLARS', minorEn: 'CENTS', zh: '美元' },
  UYU: { en: 'URUGUAYAN PESOS', minorEn: 'CENTESIMOS', zh: '乌拉圭比索' },
  UZS: { en: 'UZBEKISTANI SOUM', minorEn: 'TIYIN', zh: '乌兹别克斯坦苏姆' },
  VND: { en: 'VIETNAMESE DONG', zh: '越南盾' },
  XAF: { en: 'CENTRAL AFRICAN CFA FRANCS', zh: '中非法郎' },
  XCG: { en: 'CARIBBEAN GUILDERS', minorEn: 'CENTS', zh: '加勒比盾' },
  XOF: { en: 'WEST AFRICAN CFA FRANCS', zh: '西非法郎' },
  ZAR: { en: 'SOUTH AFRICAN RANDS', minorEn: 'CENTS', zh: '南非兰特' },
};
