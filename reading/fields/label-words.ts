/** The labels under which papers state their head, in Chinese and English. */

/** What a label names. Numbers of papers get their path by the paper's own kind; `other` is a label whose value we do not keep. */
export type LabelName =
  | 'invoiceNo'
  | 'contractNo'
  | 'orderNo'
  | 'packingListNo'
  | 'transportNo'
  | 'certificateNo'
  | 'proformaNo'
  | 'declarationNo'
  | 'plainNo'
  | 'date'
  | 'seller'
  | 'buyer'
  | 'consignee'
  | 'notify'
  | 'address'
  | 'taxId'
  | 'partyName'
  | 'currency'
  | 'incoterm'
  | 'portOfLoading'
  | 'portOfDischarge'
  | 'destination'
  | 'vessel'
  | 'voyage'
  | 'vesselAndVoyage'
  | 'marks'
  | 'supplierPlace'
  | 'total'
  | 'freight'
  | 'insurance'
  | 'fob'
  | 'packages'
  | 'netWeightKg'
  | 'grossWeightKg'
  | 'other';

/** Spaces between words and dots are optional wherever these are looked for. */
// biome-ignore format: a table, read by eye against papers
export const labelWords: Readonly<Record<LabelName, readonly string[]>> = {
  invoiceNo: ['commercial invoice no.', 'commercial invoice number', 'invoice no.', 'invoice number', 'inv. no.', 'invoice #', '商业发票号', '发票号码', '发票编号', '发票号'],
  contractNo: ['contract no.', 'contract number', 'sales contract no.', 'purchase contract no.', 's/c no.', 'sales confirmation no.', '销售合同号', '采购合同号', '购销合同号', '合同协议号', '合同号码', '合同编号', '合同号'],
  orderNo: ['order no.', 'order number', 'p.o. no.', 'po number', 'purchase order no.', 'purchase order number', 'p/o no.', '采购订单号', '订单编号', '订单号'],
  packingListNo: ['packing list no.', 'packing list number', 'p/l no.', 'pl no.', '装箱单号', '装箱单编号'],
  transportNo: ['b/l no.', 'bill of lading no.', 'bill of lading number', 'bl no.', 'waybill no.', 'awb no.', 'air waybill no.', 'hawb no.', 'mawb no.', '提单号', '提单号码', '提运单号', '运单号'],
  certificateNo: ['certificate no.', 'certificate number', '证书编号', '证书号', '证书号码'],
  proformaNo: ['p/i no.', 'pi no.', 'proforma invoice no.', 'pro forma invoice no.', 'pro-forma invoice no.', '形式发票号'],
  declarationNo: ['customs declaration no.', 'declaration no.', '报关单号', '报关单编号', '海关编号'],
  plainNo: ['no.', 'number', 'ref. no.', 'reference no.', 'our ref.', '编号', '号码', '单号'],
  date: ['invoice date', 'date of invoice', 'date', 'date of issue', 'issue date', 'place and date of issue', 'contract date', 'date of contract', 'on board date', 'shipped on board', 'shipped on board date', '开票日期', '发票日期', '签订日期', '签约日期', '签订时间', '签约时间', '合同日期', '出票日期', '制单日期', '出具日期', '签发日期', '日期'],
  seller: ['the seller', 'the sellers', 'seller', 'sellers', 'supplier', 'shipper', 'exporter', 'shipper/exporter', 'vendor', 'consignor', 'shipper (name and address)', '卖方', '供方', '出卖人', '供应商', '供货方', '销售方', '发货人', '出口商', '托运人', '销方', '销售方信息', 'domestic consignor', '境内发货人'],
  buyer: ['the buyer', 'the buyers', 'buyer', 'buyers', 'purchaser', 'bill to', 'sold to', 'messrs', 'customer', 'importer', 'to', 'to messrs', '买方', '需方', '买受人', '购货方', '采购方', '购买方', '购方', '购买方信息', '客户', '进口商', '付款方'],
  consignee: ['consignee', 'ship to', 'consigned to', '收货人', '境外收货人', 'overseas consignee', 'foreign consignee'],
  notify: ['notify party', 'notify', 'notify address', '通知人', '通知方', '被通知人'],
  address: ['address', 'add.', 'addr.', '地址', '单位地址', '住所', '地址、电话', '地址电话'],
  taxId: ['tax id', 'tax id no.', 'tax no.', 'vat no.', 'vat id', 'uscc', 'tax registration no.', '税号', '纳税人识别号', '统一社会信用代码', '统一社会信用代码/纳税人识别号', '信用代码'],
  partyName: ['company name', '单位名称', '公司名称', '名称'],
  currency: ['currency', '币种', '币制', '货币'],
  incoterm: ['incoterm', 'incoterms', 'incoterms 2020', 'price term', 'price terms', 'trade term', 'trade terms', 'terms of trade', 'terms of delivery', 'delivery terms', 'delivery term', 'terms of price', 'price basis', '价格条款', '价格术语', '成交方式', '贸易术语', '贸易条款', '交货条款'],
  portOfLoading: ['port of loading', 'port of shipment', 'loading port', 'port of departure', 'airport of departure', 'pol', '装运港', '起运港', '装货港', '启运港', '离境口岸', '装运口岸', 'from'],
  portOfDischarge: ['port of discharge', 'port of destination', 'discharge port', 'destination port', 'airport of destination', 'pod', '卸货港', '目的港', '指运港', 'to'],
  destination: ['destination', 'country of destination', 'destination country', 'final destination', 'place of delivery', '目的国', '运抵国', '最终目的国', '目的地'],
  vessel: ['vessel', 'ocean vessel', 'vessel name', 'name of vessel', '船名', '运输工具名称'],
  voyage: ['voyage', 'voyage no.', 'voy. no.', 'voy.', 'voyage number', '航次', '航次号'],
  vesselAndVoyage: ['vessel/voyage', 'vessel / voyage no.', 'vessel & voyage', 'vessel and voyage', 'vessel/voy. no.', 'vessel/voy.', 'ocean vessel/voy. no.', 'ocean vessel / voyage', 'ocean vessel / voyage no.', 'ocean vessel voy. no.', '船名航次', '船名/航次', '运输工具名称及航次号', '运输工具及航次'],
  marks: ['marks', 'shipping marks', 'shipping mark', 'marks & numbers', 'marks and numbers', 'marks & nos.', 'marks and nos.', 'marks & no.', '唛头', '运输标志', '标记唛码', '唛头及编号', '标记唛码及备注'],
  supplierPlace: ['境内货源地', '货源地', 'source of goods', 'place of supply'],
  total: ['total amount', 'total value', 'total price', 'grand total', 'invoice total', 'contract total', 'total contract value', 'amount due', 'total', '合计金额', '总金额', '合同总金额', '合同总价', '合同金额', '价税合计', '总计', '总价', '合计'],
  freight: ['freight', 'ocean freight', 'sea freight', 'air freight', 'freight charge', 'freight charges', '国际运费', '海运费', '空运费', '运费', 'freight included', '其中运费', '其中海运费'],
  insurance: ['insurance', 'insurance premium', '保险费', '保费', 'insurance included', '其中保费', '其中保险费'],
  fob: ['fob value', 'fob total', 'total fob', 'total fob value', 'fob amount', 'fob', '离岸价', '离岸价格'],
  packages: ['total packages', 'packages', 'no. of packages', 'number of packages', 'total number of packages', 'total cartons', 'total ctns', 'no. of pkgs', '总件数', '件数', '总箱数', '箱数', '包装件数'],
  netWeightKg: ['total net weight', 'net weight', 'total n.w.', 'n.w.', 'n/w', '总净重', '净重'],
  grossWeightKg: ['total gross weight', 'gross weight', 'total g.w.', 'g.w.', 'g/w', '总毛重', '毛重', 'gross cargo weight'],
  other: ['due date', 'delivery date', 'date of delivery', 'expiry date', 'shipment date', 'date of shipment', 'payment date', 'order date', 'print date', 'payment', 'payment terms', 'terms of payment', 'bank', 'bank name', 'beneficiary bank', 'bank address', 'account', 'account no.', 'a/c no.', 'swift', 'swift code', 'tel', 'tel.', 'phone', 'fax', 'email', 'e-mail', 'contact', 'attn', 'page', 'remarks', 'remark', 'signature', 'place of receipt', 'measurement', 'container no.', 'seal no.', 'customs code', 'country', 'say', 'total in words', 'amount in words', 'place of signing', 'delivery', 'packing', 'quality', 'total quantity', 'total qty', 'total measurement', 'exchange rate', '交货日期', '交货期', '交货时间', '交货地点', '到期日', '付款方式', '付款条件', '付款日期', '开户行', '开户银行', '银行', '账号', '帐号', '电话', '传真', '邮箱', '联系人', '签订地点', '签约地点', '备注', '大写', '金额大写', '合计人民币(大写)', '人民币大写', '海关代码', '海关编码', '集装箱号', '箱号', '封号', '包装', '总数量', '签字', '盖章', '法定代表人', '委托代理人', '经办人', '汇率', 'transport', 'mode of transport', 'transport mode', '运输方式', 'from and to', '起运港和目的港', 'route', '路线', '运输路线', 'kind of certificate', '证书种类', 'instruction no.', '委托书号', 'draft no.', '草单号', 'planned shipment', '计划出运日', 'supervision mode', '监管方式', 'nature of levy', '征免性质', 'kind of packing', '包装种类', 'producer', '生产企业', '生产销售单位', 'place', '地点', 'place of issue', 'beneficiary', '收款人', '银行代码', 'signature and stamp', '签字盖章', 'for and on behalf of', '代表', 'volume', '体积', 'freight payable at', 'number of original b/ls', 'number of originals', 'export references', 'forwarding agent', 'pre-carriage by', 'type of move'],
};

/** Labels so short that they only count with a colon, or at least alone in their cell. */
export const shortLabels: ReadonlySet<string> = new Set([
  'from',
  'transport',
  'route',
  'producer',
  'place',
  'beneficiary',
  'volume',
  'to',
  'no.',
  'number',
  'date',
  'total',
  'marks',
  'fob',
  'freight',
  'insurance',
  'notify',
  'pol',
  'pod',
  'vessel',
  'packages',
  'destination',
  'delivery',
  'bank',
  'country',
  'account',
  'payment',
  'say',
  'page',
  'packing',
  'quality',
  'contact',
  'customer',
  'add.',
  'measurement',
  'currency',
]);
