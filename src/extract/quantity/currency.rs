//! Currencies: their names behind a number, as newspapers print them, with their codes.
//!
//! A currency that was only renamed or given new notes has the code of today (卢布 RUB), one that is no more has its last
//! (马克 DEM). A name that several countries have for theirs is that of the country which is named last before the sum
//! ([`local`]), else that of the row.

use super::unit::{Class, Row};
use crate::text::Folded;

/// Name, class, characters that must not follow.
pub(super) const UNITS: &[Row] = &[
    ("元", Class::Money("CNY"), "旦素老件首宵朝勋化帅器论月方结"),
    ("圆", Class::Money("CNY"), "形桌满心规环珠"),
    ("元人民币", Class::Money("CNY"), ""),
    ("人民币", Class::Money("CNY"), ""),
    ("块钱", Class::Money("CNY"), ""),
    ("元钱", Class::Money("CNY"), ""),
    ("角钱", Class::Money("CNY"), ""),
    ("毛钱", Class::Money("CNY"), ""),
    ("分钱", Class::Money("CNY"), ""),
    ("元港币", Class::Money("HKD"), ""),
    ("港元", Class::Money("HKD"), ""),
    ("港币", Class::Money("HKD"), ""),
    ("澳门元", Class::Money("MOP"), ""),
    ("美元", Class::Money("USD"), ""),
    ("美分", Class::Money("USD"), ""),
    ("美金", Class::Money("USD"), ""),
    ("日元", Class::Money("JPY"), ""),
    ("欧元", Class::Money("EUR"), ""),
    ("英镑", Class::Money("GBP"), ""),
    ("马克", Class::Money("DEM"), "思杯·"),
    ("德国马克", Class::Money("DEM"), ""),
    ("法郎", Class::Money("FRF"), ""),
    ("法国法郎", Class::Money("FRF"), ""),
    ("瑞士法郎", Class::Money("CHF"), ""),
    ("瑞郎", Class::Money("CHF"), ""),
    ("比利时法郎", Class::Money("BEF"), ""),
    ("卢布", Class::Money("RUB"), ""),
    ("韩元", Class::Money("KRW"), ""),
    ("韩圆", Class::Money("KRW"), ""),
    ("韩币", Class::Money("KRW"), ""),
    ("澳元", Class::Money("AUD"), ""),
    ("澳大利亚元", Class::Money("AUD"), ""),
    ("加元", Class::Money("CAD"), ""),
    ("加拿大元", Class::Money("CAD"), ""),
    ("新元", Class::Money("SGD"), ""),
    ("新加坡元", Class::Money("SGD"), ""),
    ("新西兰元", Class::Money("NZD"), ""),
    ("台币", Class::Money("TWD"), ""),
    ("新台币", Class::Money("TWD"), ""),
    ("元新台币", Class::Money("TWD"), ""),
    ("元台币", Class::Money("TWD"), ""),
    ("泰铢", Class::Money("THB"), ""),
    ("铢", Class::Money("THB"), ""),
    ("卢比", Class::Money("INR"), ""),
    ("印度卢比", Class::Money("INR"), ""),
    ("巴基斯坦卢比", Class::Money("PKR"), ""),
    ("印尼盾", Class::Money("IDR"), ""),
    ("印度尼西亚盾", Class::Money("IDR"), ""),
    ("越南盾", Class::Money("VND"), ""),
    ("荷兰盾", Class::Money("NLG"), ""),
    ("林吉特", Class::Money("MYR"), ""),
    ("菲律宾比索", Class::Money("PHP"), ""),
    ("墨西哥比索", Class::Money("MXN"), ""),
    ("比索", Class::Money("PHP"), ""),
    ("里拉", Class::Money("ITL"), ""),
    ("比塞塔", Class::Money("ESP"), ""),
    ("先令", Class::Money("ATS"), ""),
    ("瑞典克朗", Class::Money("SEK"), ""),
    ("挪威克朗", Class::Money("NOK"), ""),
    ("丹麦克朗", Class::Money("DKK"), ""),
    ("克朗", Class::Money("SEK"), ""),
    ("兰特", Class::Money("ZAR"), ""),
    ("雷亚尔", Class::Money("BRL"), ""),
    ("埃及镑", Class::Money("EGP"), ""),
    ("第纳尔", Class::Money("IQD"), ""),
    ("特别提款权", Class::Money("XDR"), ""),
    ("欧洲货币单位", Class::Money("XEU"), ""),
    ("港圆", Class::Money("HKD"), ""),
    ("美圆", Class::Money("USD"), ""),
    ("欧圆", Class::Money("EUR"), ""),
    ("澳门币", Class::Money("MOP"), ""),
    ("元澳门币", Class::Money("MOP"), ""),
    ("日圆", Class::Money("JPY"), ""),
    ("日币", Class::Money("JPY"), ""),
    ("埃居", Class::Money("XEU"), ""),
    ("澳币", Class::Money("AUD"), ""),
    ("加币", Class::Money("CAD"), ""),
    ("坡元", Class::Money("SGD"), ""),
    ("新币", Class::Money("SGD"), ""),
    ("坡币", Class::Money("SGD"), ""),
    ("纽元", Class::Money("NZD"), ""),
    ("纽币", Class::Money("NZD"), ""),
    ("文莱元", Class::Money("BND"), ""),
    ("斐济元", Class::Money("FJD"), ""),
    ("牙买加元", Class::Money("JMD"), ""),
    ("津元", Class::Money("ZWD"), ""),
    ("津巴布韦元", Class::Money("ZWD"), ""),
    ("利比里亚元", Class::Money("LRD"), ""),
    ("圭亚那元", Class::Money("GYD"), ""),
    ("巴哈马元", Class::Money("BSD"), ""),
    ("巴巴多斯元", Class::Money("BBD"), ""),
    ("纳米比亚元", Class::Money("NAD"), ""),
    ("东加勒比元", Class::Money("XCD"), ""),
    ("所罗门群岛元", Class::Money("SBD"), ""),
    ("特立尼达和多巴哥元", Class::Money("TTD"), ""),
    ("伯利兹元", Class::Money("BZD"), ""),
    ("朝鲜元", Class::Money("KPW"), ""),
    ("朝元", Class::Money("KPW"), ""),
    ("朝币", Class::Money("KPW"), ""),
    ("越盾", Class::Money("VND"), ""),
    ("苏里南盾", Class::Money("SRG"), ""),
    ("瑞尔", Class::Money("KHR"), ""),
    ("基普", Class::Money("LAK"), ""),
    ("缅元", Class::Money("MMK"), ""),
    ("缅币", Class::Money("MMK"), ""),
    ("图格里克", Class::Money("MNT"), ""),
    ("塔卡", Class::Money("BDT"), ""),
    ("阿富汗尼", Class::Money("AFN"), ""),
    ("坚戈", Class::Money("KZT"), ""),
    ("索姆", Class::Money("KGS"), "·"),
    ("苏姆", Class::Money("UZS"), "·"),
    ("马纳特", Class::Money("AZN"), ""),
    ("阿塞拜疆马纳特", Class::Money("AZN"), ""),
    ("土库曼马纳特", Class::Money("TMT"), ""),
    ("格里夫纳", Class::Money("UAH"), ""),
    ("格里夫尼亚", Class::Money("UAH"), ""),
    ("拉里", Class::Money("GEL"), "·"),
    ("德拉姆", Class::Money("AMD"), ""),
    ("摩尔多瓦列伊", Class::Money("MDL"), ""),
    ("列伊", Class::Money("RON"), ""),
    ("罗马尼亚列伊", Class::Money("RON"), ""),
    ("列弗", Class::Money("BGN"), ""),
    ("列克", Class::Money("ALL"), "·"),
    ("库纳", Class::Money("HRK"), ""),
    ("托拉尔", Class::Money("SIT"), ""),
    ("福林", Class::Money("HUF"), ""),
    ("兹罗提", Class::Money("PLN"), ""),
    ("捷克克朗", Class::Money("CZK"), ""),
    ("斯洛伐克克朗", Class::Money("SKK"), ""),
    ("爱沙尼亚克朗", Class::Money("EEK"), ""),
    ("冰岛克朗", Class::Money("ISK"), ""),
    ("拉特", Class::Money("LVL"), "·"),
    ("立特", Class::Money("LTL"), "·"),
    ("德拉克马", Class::Money("GRD"), ""),
    ("芬兰马克", Class::Money("FIM"), ""),
    ("西德马克", Class::Money("DEM"), ""),
    ("联邦德国马克", Class::Money("DEM"), ""),
    ("民主德国马克", Class::Money("DDM"), ""),
    ("爱尔兰镑", Class::Money("IEP"), ""),
    ("塞浦路斯镑", Class::Money("CYP"), ""),
    ("意大利里拉", Class::Money("ITL"), ""),
    ("土耳其里拉", Class::Money("TRY"), ""),
    ("马耳他里拉", Class::Money("MTL"), ""),
    ("葡萄牙埃斯库多", Class::Money("PTE"), ""),
    ("埃斯库多", Class::Money("PTE"), ""),
    ("佛得角埃斯库多", Class::Money("CVE"), ""),
    ("西班牙比塞塔", Class::Money("ESP"), ""),
    ("奥地利先令", Class::Money("ATS"), ""),
    ("肯尼亚先令", Class::Money("KES"), ""),
    ("坦桑尼亚先令", Class::Money("TZS"), ""),
    ("乌干达先令", Class::Money("UGX"), ""),
    ("索马里先令", Class::Money("SOS"), ""),
    ("俄罗斯卢布", Class::Money("RUB"), ""),
    ("新卢布", Class::Money("RUB"), ""),
    ("旧卢布", Class::Money("RUB"), ""),
    ("白俄罗斯卢布", Class::Money("BYN"), ""),
    ("新谢克尔", Class::Money("ILS"), ""),
    ("谢克尔", Class::Money("ILS"), ""),
    ("约旦第纳尔", Class::Money("JOD"), ""),
    ("科威特第纳尔", Class::Money("KWD"), ""),
    ("巴林第纳尔", Class::Money("BHD"), ""),
    ("伊拉克第纳尔", Class::Money("IQD"), ""),
    ("利比亚第纳尔", Class::Money("LYD"), ""),
    ("突尼斯第纳尔", Class::Money("TND"), ""),
    ("阿尔及利亚第纳尔", Class::Money("DZD"), ""),
    ("南斯拉夫第纳尔", Class::Money("YUM"), ""),
    ("塞尔维亚第纳尔", Class::Money("RSD"), ""),
    ("马其顿第纳尔", Class::Money("MKD"), ""),
    ("沙特里亚尔", Class::Money("SAR"), ""),
    ("里亚尔", Class::Money("SAR"), ""),
    ("伊朗里亚尔", Class::Money("IRR"), ""),
    ("也门里亚尔", Class::Money("YER"), ""),
    ("卡塔尔里亚尔", Class::Money("QAR"), ""),
    ("阿曼里亚尔", Class::Money("OMR"), ""),
    ("迪拉姆", Class::Money("AED"), ""),
    ("阿联酋迪拉姆", Class::Money("AED"), ""),
    ("摩洛哥迪拉姆", Class::Money("MAD"), ""),
    ("埃镑", Class::Money("EGP"), ""),
    ("黎巴嫩镑", Class::Money("LBP"), ""),
    ("叙利亚镑", Class::Money("SYP"), ""),
    ("苏丹镑", Class::Money("SDP"), ""),
    ("奈拉", Class::Money("NGN"), ""),
    ("塞地", Class::Money("GHS"), ""),
    ("比尔", Class::Money("ETB"), "·盖克"),
    ("纳克法", Class::Money("ERN"), ""),
    ("普拉", Class::Money("BWP"), "·多"),
    ("克瓦查", Class::Money("ZMW"), ""),
    ("梅蒂卡尔", Class::Money("MZN"), ""),
    ("宽扎", Class::Money("AOA"), ""),
    ("达拉西", Class::Money("GMD"), ""),
    ("乌吉亚", Class::Money("MRU"), ""),
    ("阿里亚里", Class::Money("MGA"), ""),
    ("里兰吉尼", Class::Money("SZL"), ""),
    ("洛蒂", Class::Money("LSL"), ""),
    ("非洲法郎", Class::Money("XOF"), ""),
    ("西非法郎", Class::Money("XOF"), ""),
    ("中非法郎", Class::Money("XAF"), ""),
    ("非郎", Class::Money("XOF"), ""),
    ("马尔加什法郎", Class::Money("MGF"), ""),
    ("布隆迪法郎", Class::Money("BIF"), ""),
    ("卢旺达法郎", Class::Money("RWF"), ""),
    ("刚果法郎", Class::Money("CDF"), ""),
    ("吉布提法郎", Class::Money("DJF"), ""),
    ("几内亚法郎", Class::Money("GNF"), ""),
    ("科摩罗法郎", Class::Money("KMF"), ""),
    ("卢森堡法郎", Class::Money("LUF"), ""),
    ("太平洋法郎", Class::Money("XPF"), ""),
    ("斯里兰卡卢比", Class::Money("LKR"), ""),
    ("尼泊尔卢比", Class::Money("NPR"), ""),
    ("毛里求斯卢比", Class::Money("MUR"), ""),
    ("塞舌尔卢比", Class::Money("SCR"), ""),
    ("拉菲亚", Class::Money("MVR"), ""),
    ("努尔特鲁姆", Class::Money("BTN"), ""),
    ("马来西亚林吉特", Class::Money("MYR"), ""),
    ("令吉", Class::Money("MYR"), ""),
    ("基那", Class::Money("PGK"), ""),
    ("瓦图", Class::Money("VUV"), ""),
    ("塔拉", Class::Money("WST"), "斯"),
    ("潘加", Class::Money("TOP"), ""),
    ("阿根廷比索", Class::Money("ARS"), ""),
    ("智利比索", Class::Money("CLP"), ""),
    ("哥伦比亚比索", Class::Money("COP"), ""),
    ("古巴比索", Class::Money("CUP"), ""),
    ("乌拉圭比索", Class::Money("UYU"), ""),
    ("多米尼加比索", Class::Money("DOP"), ""),
    ("玻利瓦尔", Class::Money("VEB"), ""),
    ("强势玻利瓦尔", Class::Money("VEF"), ""),
    ("主权玻利瓦尔", Class::Money("VES"), ""),
    ("玻利维亚诺", Class::Money("BOB"), ""),
    ("新索尔", Class::Money("PEN"), ""),
    ("索尔", Class::Money("PEN"), "·"),
    ("瓜拉尼", Class::Money("PYG"), ""),
    ("苏克雷", Class::Money("ECS"), ""),
    ("科朗", Class::Money("CRC"), ""),
    ("哥斯达黎加科朗", Class::Money("CRC"), ""),
    ("萨尔瓦多科朗", Class::Money("SVC"), ""),
    ("伦皮拉", Class::Money("HNL"), ""),
    ("格查尔", Class::Money("GTQ"), ""),
    ("科多巴", Class::Money("NIO"), ""),
    ("巴波亚", Class::Money("PAB"), ""),
    ("古德", Class::Money("HTG"), "·"),
    ("新墨西哥比索", Class::Money("MXN"), ""),
    ("雷阿尔", Class::Money("BRL"), ""),
    ("克鲁赛罗", Class::Money("BRE"), ""),
    ("盾", Class::Money("IDR"), "牌构形甲剑"),
];

/// Names that several currencies have, with the countries and capitals that tell which.
type Homes = (&'static str, &'static [(&'static str, &'static str)]);

const HOMES: &[Homes] = &[
    (
        "盾",
        &[
            ("荷兰", "NLG"),
            ("印尼", "IDR"),
            ("印度尼西亚", "IDR"),
            ("雅加达", "IDR"),
            ("越南", "VND"),
            ("苏里南", "SRG"),
        ],
    ),
    (
        "第纳尔",
        &[
            ("伊拉克", "IQD"),
            ("科威特", "KWD"),
            ("约旦", "JOD"),
            ("巴林", "BHD"),
            ("突尼斯", "TND"),
            ("利比亚", "LYD"),
            ("阿尔及利亚", "DZD"),
            ("南斯拉夫", "YUM"),
            ("南联盟", "YUM"),
            ("塞尔维亚", "RSD"),
            ("马其顿", "MKD"),
        ],
    ),
    (
        "比索",
        &[
            ("菲律宾", "PHP"),
            ("马尼拉", "PHP"),
            ("墨西哥", "MXN"),
            ("阿根廷", "ARS"),
            ("智利", "CLP"),
            ("哥伦比亚", "COP"),
            ("古巴", "CUP"),
            ("乌拉圭", "UYU"),
            ("多米尼加", "DOP"),
        ],
    ),
    (
        "卢比",
        &[
            ("印度尼西亚", "IDR"),
            ("印度", "INR"),
            ("巴基斯坦", "PKR"),
            ("斯里兰卡", "LKR"),
            ("尼泊尔", "NPR"),
            ("毛里求斯", "MUR"),
        ],
    ),
    (
        "克朗",
        &[
            ("瑞典", "SEK"),
            ("挪威", "NOK"),
            ("丹麦", "DKK"),
            ("捷克", "CZK"),
            ("斯洛伐克", "SKK"),
            ("冰岛", "ISK"),
            ("爱沙尼亚", "EEK"),
        ],
    ),
    (
        "法郎",
        &[
            ("法国", "FRF"),
            ("巴黎", "FRF"),
            ("瑞士", "CHF"),
            ("日内瓦", "CHF"),
            ("比利时", "BEF"),
            ("布鲁塞尔", "BEF"),
            ("卢森堡", "LUF"),
            ("塞内加尔", "XOF"),
            ("科特迪瓦", "XOF"),
            ("马里", "XOF"),
            ("尼日尔", "XOF"),
            ("多哥", "XOF"),
            ("贝宁", "XOF"),
            ("加蓬", "XAF"),
            ("喀麦隆", "XAF"),
            ("乍得", "XAF"),
        ],
    ),
    (
        "先令",
        &[
            ("奥地利", "ATS"),
            ("维也纳", "ATS"),
            ("肯尼亚", "KES"),
            ("坦桑尼亚", "TZS"),
            ("乌干达", "UGX"),
            ("索马里", "SOS"),
        ],
    ),
    ("里亚尔", &[("沙特", "SAR"), ("伊朗", "IRR"), ("也门", "YER"), ("卡塔尔", "QAR"), ("阿曼", "OMR")]),
    ("里拉", &[("意大利", "ITL"), ("罗马", "ITL"), ("土耳其", "TRY"), ("马耳他", "MTL")]),
    ("马克", &[("德国", "DEM"), ("芬兰", "FIM")]),
    ("迪拉姆", &[("阿联酋", "AED"), ("迪拜", "AED"), ("摩洛哥", "MAD")]),
    ("马纳特", &[("阿塞拜疆", "AZN"), ("土库曼", "TMT")]),
    ("列伊", &[("罗马尼亚", "RON"), ("摩尔多瓦", "MDL")]),
    ("埃斯库多", &[("葡萄牙", "PTE"), ("佛得角", "CVE")]),
    ("科朗", &[("哥斯达黎加", "CRC"), ("萨尔瓦多", "SVC")]),
    ("克瓦查", &[("赞比亚", "ZMW"), ("马拉维", "MWK")]),
];

/// The code of the currency `name` of a sum at `from`: by the country that is named last before it.
pub(super) fn local(text: &Folded, from: usize, name: &str, code: &'static str) -> &'static str {
    const REACH: usize = 100;
    let Some((_, countries)) = HOMES.iter().find(|(shared, _)| *shared == name) else { return code };
    let named = |i: usize| countries.iter().find(|(country, _)| text.has(i, country)).map(|c| c.1);
    (from.saturating_sub(REACH)..from).rev().find_map(named).unwrap_or(code)
}

/// Whether a currency other than the yuan stands behind 个 at `at` and is what is counted: 3个埃镑, but no 三个日元贷款项目.
pub(super) fn counted(text: &Folded, at: usize) -> Option<super::unit::Found> {
    if text.get(at) != '个' {
        return None;
    }
    // 6个多美元.
    let more = matches!(text.get(at + 1), '多' | '余');
    let found = super::unit::at(text, at + 1 + usize::from(more))?;
    let foreign = matches!(found.class, Class::Money(code) if code != "CNY") && found.name.chars().count() > 1;
    let next = text.get(found.end);
    (foreign && (!crate::text::is_cjk(next) || "的和与或到至兑左以多".contains(next))).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: &str) {
        let folded = Folded::new(text);
        let code = UNITS.iter().find(|row| row.0 == name).map(|row| row.1);
        let Some(Class::Money(code)) = code else { panic!("{name} is no currency") };
        assert_eq!(local(&folded, folded.len(), name, code), expected, "{text}");
    }

    #[test]
    fn by_the_country_that_is_named() {
        check("印尼政府提供", "盾", "IDR");
        check("荷兰一家公司投资", "盾", "NLG");
        check("跌至", "盾", "IDR");
        check("墨西哥政府拨款", "比索", "MXN");
        check("印度和巴基斯坦都发行了", "卢比", "PKR");
        check("印度尼西亚", "美元", "USD");
    }

    #[test]
    fn names_are_listed_once() {
        for (index, row) in UNITS.iter().enumerate() {
            assert!(UNITS[..index].iter().all(|other| other.0 != row.0), "{}", row.0);
        }
    }
}
