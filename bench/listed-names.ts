/** Words of which names of listed parties are made, each as it is written in Latin letters and in its own script. */

/** A word twice: in Latin letters, and as it is written at home. */
export type WordPair = readonly [latin: string, own: string];

const pairs = (text: string): WordPair[] =>
  text.split(' ').map((word) => {
    const [latin = '', own = ''] = word.split('=');
    return [latin.replaceAll('_', ' '), own.replaceAll('_', ' ')];
  });

export const chineseCities = pairs(
  'Ningbo=宁波 Shenzhen=深圳 Guangzhou=广州 Shanghai=上海 Qingdao=青岛 Dalian=大连 Tianjin=天津 Suzhou=苏州 Wuxi=无锡 Xiamen=厦门 Foshan=佛山 Dongguan=东莞 Wuhan=武汉 Chengdu=成都 Jinan=济南 Yiwu=义乌 Wenzhou=温州 Hangzhou=杭州 Nanjing=南京 Zhuhai=珠海',
);
export const chineseSyllables = pairs(
  'Hua=华 Xin=新 Tian=天 Hong=宏 Jin=金 Rui=瑞 Feng=丰 Yuan=远 Da=达 Hai=海 Ming=明 Sheng=盛 Tai=泰 Long=龙 Guang=光 Xing=兴 Li=利 An=安 Bo=博 Chuang=创 De=德 Fu=福 Guo=国 He=和 Jia=佳 Kang=康 Lian=联 Mei=美 Qiang=强 Shun=顺 Tong=通 Wei=威 Yi=义 Zhong=中 Zhen=振 Chang=长 Dong=东 Qing=清 Peng=鹏 Hao=浩',
);
export const chineseTrades = pairs(
  'Electronics=电子 Import_and_Export=进出口 Trading=贸易 Technology=科技 Shipping=航运 Chemical=化工 Machinery=机械 International_Logistics=国际物流 Semiconductor=半导体 Instruments=仪器 New_Materials=新材料 Petroleum=石油 Aviation=航空 Optoelectronics=光电',
);
export const chineseSurnames = pairs(
  'Wang=王 Li=李 Zhang=张 Liu=刘 Chen=陈 Yang=杨 Huang=黄 Zhao=赵 Wu=吴 Zhou=周 Xu=徐 Sun=孙 Ma=马 Zhu=朱 Hu=胡 Guo=郭 He=何 Lin=林 Gao=高 Luo=罗',
);

export const arabicGiven = pairs(
  'Muhammad=محمد Ahmad=أحمد Ali=علي Hassan=حسن Husayn=حسين Khalid=خالد Umar=عمر Yusuf=يوسف Ibrahim=إبراهيم Mahmud=محمود Mustafa=مصطفى Said=سعيد Salih=صالح Tariq=طارق Walid=وليد Nasir=ناصر Jamal=جمال Karim=كريم Faysal=فيصل Hamza=حمزة',
);
export const arabicFamilies = pairs(
  'Al-Masri=المصري Al-Baghdadi=البغدادي Al-Halabi=الحلبي Al-Zahrani=الزهراني Al-Shami=الشامي Al-Harithi=الحارثي Al-Najjar=النجار Al-Haddad=الحداد Al-Tikriti=التكريتي Al-Qahtani=القحطاني Al-Jabouri=الجبوري Al-Sharif=الشريف Al-Yamani=اليماني Al-Ghamdi=الغامدي Al-Dulaimi=الدليمي Al-Khatib=الخطيب',
);

export const russianGiven = pairs(
  'Aleksandr=Александр Dmitriy=Дмитрий Sergey=Сергей Andrey=Андрей Vladimir=Владимир Nikolay=Николай Mikhail=Михаил Yuriy=Юрий Viktor=Виктор Oleg=Олег Pavel=Павел Igor=Игорь Konstantin=Константин Yevgeniy=Евгений Anatoliy=Анатолий Grigoriy=Григорий',
);
export const russianFamilies = pairs(
  'Ivanov=Иванов Petrov=Петров Sidorov=Сидоров Kuznetsov=Кузнецов Smirnov=Смирнов Volkov=Волков Fedorov=Фёдоров Morozov=Морозов Lebedev=Лебедев Kozlov=Козлов Novikov=Новиков Zaytsev=Зайцев Sokolov=Соколов Vorobyev=Воробьёв Shcherbakov=Щербаков Tsvetkov=Цветков Zhukov=Жуков Orlov=Орлов Belov=Белов Gusev=Гусев',
);
export const russianStems = pairs(
  'Sever=Север Yug=Юг Vostok=Восток Zapad=Запад Ural=Урал Sibir=Сибирь Volga=Волга Baltika=Балтика Metall=Металл Stroy=Строй Mash=Маш Khim=Хим Neft=Нефть Gaz=Газ Trans=Транс Prom=Пром Tekhno=Техно Elektro=Электро Avia=Авиа Energo=Энерго',
);

const words = (text: string) => text.split(' ');
export const latinGiven = words(
  'Carlos Maria Jose Luis Ana Miguel Juan Pedro Rosa Elena Hans Peter Karl Anna Marie Jean Pierre Luc Paolo Marco Giulia John Robert William Mary Elizabeth',
);
export const latinFamilies = words(
  'Garcia Rodriguez Hernandez Lopez Martinez Castillo Vargas Mendoza Ortega Salazar Mueller Schneider Fischer Weber Wagner Becker Rossi Ferrari Bianchi Moreau Laurent Dubois Johnson Williams Thompson Anderson Walker Robinson',
);
export const latinNouns = words(
  'Atlantic Caribbean Pacific Meridian Horizon Summit Pioneer Falcon Phoenix Sterling Global Continental Imperial Northern Southern Eastern Western Central United Premier Royal Golden Silver Crystal Diamond Emerald Orion Vega Titan Apex Delta Omega Sigma Lambda Victoria Aurora Liberty Harbor Bridge Castle',
);
export const latinTrades = words(
  'Holdings Trading Shipping Maritime Logistics Investments Petroleum Mining Construction Aviation Foods Textiles Pharma Finance Securities Consulting Steel Electronics Agro Motors',
);
