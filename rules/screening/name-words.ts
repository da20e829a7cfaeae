/** Words of names that say what form a firm has, or what trade and town it is in: the first do not count, the second count little. */

/** Forms of firms in their own scripts, dropped before a name is transliterated; longer ones first, since they contain the shorter. */
export const legalFormsInScript: readonly string[] = [
  '股份有限责任公司',
  '有限责任公司',
  '股份有限公司',
  '股份公司',
  '有限公司',
  '总公司',
  '總公司',
  '分公司',
  '公司',
  '有限責任公司',
  '股份有限責任公司',
  '有限合伙',
  '株式会社',
  '有限会社',
  '合同会社',
  '(株)',
  '(有)',
  '주식회사',
  '유한회사',
  '유한책임회사',
  '(주)',
  'หจก.',
  'บริษัท',
  'จำกัด',
  '(มหาชน)',
  'بع"מ',
  'בע"מ',
  'בע״מ',
  'شركة',
  'المحدودة',
  'المساهمة',
  'ذ.م.م',
  'ش.م.م',
  'ش.م.ع',
];

/** Forms of firms in Cyrillic and Greek letters: whole words only. */
export const legalFormsAlphabetic: ReadonlySet<string> = new Set(
  'ооо оао зао пао ао нао ип тоо тов ат пат прат уп чуп оду фгуп гуп ад еоод оод еад дооел доо αε επε ικε οε'.split(
    ' ',
  ),
);

/** Phrases that name a form in several words; after punctuation has gone and letters are small. */
export const legalPhrases: readonly RegExp[] = [
  /\band any successor\b.*\bthereof\b/g,
  /\b(?:(?:public|open|closed|private|non public) )?joint stock (?:company|co|firm)\b/g,
  /\b(?:public|private)? ?limited liability (?:company|co|partnership)\b/g,
  /\bprivate limited\b/g,
  /\bs(?:ociete|ociedad) (?:anonyme|anonima)\b/g,
  /\bsociedade limitada\b/g,
  /\bsocieta per azioni\b/g,
  /\bsp z oo\b/g,
  /\bsa de cv\b/g,
  /\bs de rl\b/g,
  /\bcong ty (?:tnhh|co phan|cp)\b/g,
  /\bkabushiki (?:kaisha|gaisha)\b/g,
  /\byugen kaisha\b/g,
  /\bmit beschrankter haftung\b/g,
  /\bgesellschaft\b/g,
  /\bfree zone (?:company|co|establishment|est)\b/g,
];

/** Forms of firms in Latin letters that are no part of anybody's name. */
export const legalForms: ReadonlySet<string> = new Set(
  (
    'ltd limited co company corp corporation inc incorporated llc llp plc gmbh mbh kgaa ohg sarl sas srl spa bvba bv nv oyj oy ' +
    'aps asa sro spol doo dooel ooo oao zao pao nao too tov jsc ojsc cjsc pjsc pte pty pvt sdn bhd berhad kk ltda eireli fze ' +
    'fzco fzc fzllc dmcc tbk tnhh kft zrt nyrt uab sia eood ood ead cia lda sapi wll bsc ksc saog saoc psc pllc pc'
  ).split(' '),
);

/** Two letters that are a form at the end of a firm's name and a name elsewhere: Ao, Sa, Se are people. */
export const shortLegalForms: ReadonlySet<string> = new Set('sa ag ab as ao se kg lp at ou pt ad cv rl'.split(' '));

/** Little words between others. */
export const littleWords: ReadonlySet<string> = new Set('and the of und et'.split(' '));

/** Little words within people's names: written or left out, they tell nothing. */
export const nameParticles: ReadonlySet<string> = new Set(
  'al el bin ibn ben bint de da do dos das del della di la le van von der den ter'.split(' '),
);

/** Trade, size and town: thousands of firms share them, so that they tell hardly one from another. */
export const commonWords: ReadonlySet<string> = new Set(
  (
    'trading trade trader traders import imports export exports importers exporters international intl global world worldwide ' +
    'technology technologies tech electronics electronic electric electrical industry industrial industries manufacturing ' +
    'manufacture factory works plant group holding holdings enterprise enterprises development investment investments ' +
    'services service general business commerce commercial logistics shipping freight forwarding transport transportation ' +
    'supply chain science scientific research institute academy university center centre equipment machinery machine tools ' +
    'products goods materials material chemical chemicals petrochemical pharmaceutical medical energy power oil gas ' +
    'engineering construction communication communications telecom telecommunication telecommunications information ' +
    'network networks software semiconductor semiconductors digital intelligent smart automation control systems system ' +
    'solutions precision instrument instruments optical optoelectronics marine maritime aviation aerospace agency foreign ' +
    'home furniture textile garment garments clothing apparel fashion toys gifts lighting plastic plastics metal metals ' +
    'hardware auto automotive parts packaging paper food foods agricultural bank insurance finance financial capital ' +
    'consulting management organization organisation foundation association society ministry department bureau office ' +
    'branch national state new east west north south great city province county overseas store stores shop mall supplies ' +
    'mao yi jin chu kou ke ji dian zi shi ye guo gong you xian si ' +
    'china chinese hong kong hongkong hk beijing shanghai shenzhen guangzhou guangdong zhejiang jiangsu fujian shandong ' +
    'sichuan hubei hunan henan hebei anhui jiangxi liaoning tianjin chongqing ningbo yiwu hangzhou suzhou wuxi nanjing ' +
    'dongguan foshan zhongshan zhuhai huizhou shantou xiamen fuzhou quanzhou qingdao jinan yantai dalian shenyang wuhan ' +
    'changsha chengdu xian zhengzhou hefei wenzhou taizhou jiaxing shaoxing jinhua nantong changzhou taiwan macau asia ' +
    'pacific europe european america american usa uk russia russian iran iranian tehran moscow dubai emirates uae turkey ' +
    'istanbul korea korean pyongyang seoul japan tokyo osaka singapore malaysia vietnam thailand india pakistan syria ' +
    'syrian damascus iraq baghdad germany german france italy spain mexico panama cuba colombia venezuela myanmar islamic'
  ).split(' '),
);

/** Trade words in Chinese and what the English names of firms have for them; longer ones first. */
export const tradeWordsInChinese: readonly (readonly [string, string])[] = [
  ['国际贸易', 'international trading'],
  ['进出口贸易', 'import export trading'],
  ['供应链管理', 'supply chain management'],
  ['进出口', 'import export'],
  ['進出口', 'import export'],
  ['供应链', 'supply chain'],
  ['半导体', 'semiconductor'],
  ['集成电路', 'integrated circuit'],
  ['微电子', 'microelectronics'],
  ['光电子', 'optoelectronics'],
  ['电子商务', 'e commerce'],
  ['研究所', 'research institute'],
  ['研究院', 'academy'],
  ['新材料', 'new material'],
  ['新能源', 'new energy'],
  ['机器人', 'robot'],
  ['无人机', 'uav'],
  ['航空工业', 'aviation industry'],
  ['数字技术', 'digital technology'],
  ['信息技术', 'information technology'],
  ['科学技术', 'science technology'],
  ['科技', 'technology'],
  ['技术', 'technology'],
  ['技術', 'technology'],
  ['电子', 'electronics'],
  ['電子', 'electronics'],
  ['电器', 'electric'],
  ['电气', 'electric'],
  ['贸易', 'trading'],
  ['貿易', 'trading'],
  ['商贸', 'trading'],
  ['国际', 'international'],
  ['國際', 'international'],
  ['集团', 'group'],
  ['集團', 'group'],
  ['实业', 'industrial'],
  ['實業', 'industrial'],
  ['工业', 'industry'],
  ['制造', 'manufacturing'],
  ['通信', 'communication'],
  ['通讯', 'communication'],
  ['网络', 'network'],
  ['软件', 'software'],
  ['数码', 'digital'],
  ['智能', 'intelligent'],
  ['机械', 'machinery'],
  ['设备', 'equipment'],
  ['仪器', 'instrument'],
  ['精密', 'precision'],
  ['光电', 'optoelectronics'],
  ['光学', 'optical'],
  ['材料', 'material'],
  ['化工', 'chemical'],
  ['化学', 'chemical'],
  ['石油', 'petroleum'],
  ['能源', 'energy'],
  ['物流', 'logistics'],
  ['货运', 'freight'],
  ['航运', 'shipping'],
  ['海运', 'shipping'],
  ['航空', 'aviation'],
  ['航天', 'aerospace'],
  ['投资', 'investment'],
  ['控股', 'holding'],
  ['发展', 'development'],
  ['开发', 'development'],
  ['服饰', 'garment'],
  ['服装', 'garment'],
  ['纺织', 'textile'],
  ['家具', 'furniture'],
  ['家居', 'home'],
  ['玩具', 'toys'],
  ['照明', 'lighting'],
  ['灯饰', 'lighting'],
  ['塑料', 'plastic'],
  ['塑胶', 'plastic'],
  ['五金', 'hardware'],
  ['包装', 'packaging'],
  ['医疗', 'medical'],
  ['医药', 'pharmaceutical'],
  ['生物', 'biological'],
  ['食品', 'food'],
  ['银行', 'bank'],
  ['大学', 'university'],
  ['工厂', 'factory'],
  ['厂', 'factory'],
  ['中国', 'china'],
  ['香港', 'hong kong'],
];

/** Surnames as Koreans write them in Latin letters, where the official romanisation has another spelling. */
export const koreanSurnames: Readonly<Record<string, string>> = {
  김: 'kim',
  이: 'lee',
  박: 'park',
  최: 'choi',
  정: 'jung',
  조: 'cho',
  윤: 'yoon',
  임: 'lim',
  오: 'oh',
  서: 'seo',
  신: 'shin',
  권: 'kwon',
  황: 'hwang',
  안: 'ahn',
  송: 'song',
  전: 'jeon',
  홍: 'hong',
  유: 'yoo',
  고: 'ko',
  문: 'moon',
  백: 'baek',
  노: 'roh',
  구: 'koo',
  우: 'woo',
  강: 'kang',
  리: 'ri',
};

/** Spellings of one given name, the first for all: vowels of Arabic and Russian names are written as one hears them. */
const spellings: readonly string[] = [
  'mohamed mohammed mohammad mohamad muhammad muhammed muhamad mohammed mohd muhamed',
  'ahmed ahmad achmad ahmet',
  'hussein husayn husain hussain hossein husein hosein huseyin',
  'hassan hasan',
  'yusuf yousef yousuf yusef youssef yousif yosef',
  'abdullah abdallah abdulla abdalla',
  'abdulrahman abdurrahman abdelrahman abdalrahman',
  'ibrahim ebrahim',
  'khalid khaled',
  'omar umar',
  'osama usama',
  'said saeed saied saeid',
  'qasim qasem qassim kassem qassem',
  'mahmoud mahmud mahmood',
  'mustafa mostafa moustafa',
  'sayed sayyid sayyed seyed syed',
  'mahdi mehdi',
  'suleiman sulayman sulaiman soliman',
  'nasser nasir naser',
  'fatima fatma fatemeh fatimah',
  'jamal gamal',
  'alexander aleksandr aleksander alexandr oleksandr alexandre',
  'alexei aleksei alexey aleksey oleksii oleksiy alexej',
  'sergei sergey serhii serhiy sergej',
  'dmitry dmitri dmitriy dmitrii dmytro',
  'yevgeny yevgeniy evgeny evgeniy evgenii yevgenii evgeni',
  'yuri yury yuriy yurii iurii',
  'natalia natalya nataliya',
  'catherine katherine katharine',
  'jonathan johnathan jonathon',
];

const shortenings =
  'import:imp export:exp international:intl technology:tech service:svcs service:svc manufacturing:mfg development:dev ' +
  'equipment:equip industry:inds trading:trdg group:grp';

/** Words that stand for others: spellings of a given name by one of them, words of trade by their full and single form. */
export const wordInstead: ReadonlyMap<string, string> = new Map([
  ...spellings.flatMap((line) => {
    const [first = '', ...others] = line.split(' ');
    return others.map((other): [string, string] => [other, first]);
  }),
  ...shortenings.split(' ').map((pair): [string, string] => {
    const [full = '', short = ''] = pair.split(':');
    return [short, full];
  }),
  ...[...commonWords].flatMap((word): [string, string][] => {
    const single = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
    return word.endsWith('s') && commonWords.has(single) ? [[word, single]] : [];
  }),
]);
