//! 工会: what is special about the names of unions: their level, their departments, their bare short forms.

use std::sync::LazyLock;

use crate::record::UnionLevel;
use crate::text::WordList;

/// The level of a union, by its name.
pub(super) fn level(name: &str) -> UnionLevel {
    let of_place = |end: &str| name.split(end).next().and_then(|own| own.chars().next_back());
    let general = name.contains("总工会");
    if general && name.contains("铁路总工会") {
        return UnionLevel::Industry;
    }
    if name.starts_with("中华全国总工会") || name.starts_with("全国总工会") || name.starts_with("全总") {
        return UnionLevel::National;
    }
    if name.contains("联合")
        && ["工会联合会", "工会联合总会", "联合工会", "工会联合委员会"].iter().any(|word| name.contains(word))
    {
        return UnionLevel::Federation;
    }
    if general {
        let own = name.split("总工会").next().unwrap_or_default();
        if own.ends_with("地区") {
            return UnionLevel::City;
        }
        return if own.ends_with("自治区")
            || own.ends_with("生产建设兵团")
            || PROVINCIAL.contains(&own.trim_end_matches('市'))
        {
            UnionLevel::Provincial
        } else {
            match of_place("总工会") {
                Some('省') => UnionLevel::Provincial,
                Some('市' | '州' | '盟') => city_or_county(own),
                Some('区')
                    if [
                        "新区",
                        "园区",
                        "开发区",
                        "高新区",
                        "产业区",
                        "聚集区",
                        "集聚区",
                        "度假区",
                        "保税区",
                        "工业区",
                    ]
                    .iter()
                    .any(|z| own.ends_with(z)) =>
                {
                    if own.ends_with("浦东新区") || own.ends_with("滨海新区") {
                        UnionLevel::County
                    } else {
                        UnionLevel::Town
                    }
                }
                Some('区' | '县' | '旗') => UnionLevel::County,
                _ if by_short_name(own).is_some() => by_short_name(own).unwrap_or(UnionLevel::City),
                Some('镇' | '乡' | '道' | '城' | '村') => UnionLevel::Town,
                _ => UnionLevel::Grassroots,
            }
        };
    }
    if let Some(level) = short(name) {
        return level;
    }
    if name == "中国工会" {
        return UnionLevel::National;
    }
    if name.starts_with("中国") && name.ends_with("工会") {
        return UnionLevel::Industry;
    }
    if let Some(own) = name.strip_suffix("工会") {
        // 甲省乙县工会: the lowest of the places decides.
        let of_chain = || {
            ends(own).filter(|end| own.len() > end.len()).find_map(|end| {
                let before = &own[..own.len() - end.len()];
                by_short_name(before).and(by_short_name(end))
            })
        };
        if let Some(level) = by_short_name(own).or_else(of_chain) {
            return level;
        }
        if is_industry(own) {
            return UnionLevel::Industry;
        }
    }
    if SERVICES.iter().any(|s| name.contains(s)) {
        // The last level in front decides: 浙江省金华市职工服务中心 is the city's.
        let own = SERVICES.iter().filter_map(|s| name.find(s)).min().map_or(name, |at| &name[..at]);
        let at = own.rfind(['省', '市', '区', '县', '镇', '乡', '街']);
        return match at.and_then(|at| own[at..].chars().next()) {
            Some('省') => UnionLevel::Provincial,
            Some('市') => city_or_county(own.get(..at.unwrap_or(0) + '市'.len_utf8()).unwrap_or(own)),
            Some('区' | '县') => UnionLevel::County,
            Some(_) => UnionLevel::Town,
            None => UnionLevel::Grassroots,
        };
    }
    UnionLevel::Grassroots
}

const PROVINCIAL: [&str; 5] = ["北京", "上海", "天津", "重庆", "内蒙古"];
const SERVICES: [&str; 5] = ["服务中心", "帮扶中心", "维权中心", "法律援助", "服务站"];

/// 产业工会: the union of an industry, a system, or an authority of a place (省经信委工会, 教育系统工会).
fn is_industry(own: &str) -> bool {
    [
        "产业",
        "系统",
        "委",
        "局",
        "厅",
        "办",
        "机关",
        "行业",
        "教育",
        "卫生",
        "交通",
        "建设",
        "邮电",
        "铁路",
        "海员",
        "金融",
        "电力",
        "纺织",
        "机械",
        "轻工",
        "建筑",
        "化工",
        "冶金",
        "煤炭",
        "石油",
        "水利",
        "农林",
        "财贸",
        "邮政",
        "纺织工业",
        "轻工业",
        "机械工业",
        "煤炭工业",
        "国防工业",
        "能源化学",
        "能源",
        "石油化工",
        "科教文卫",
        "教科文卫体",
        "农林水利",
    ]
    .iter()
    .any(|s| own.ends_with(s))
        && !own.ends_with("居委")
        && !own.ends_with("村委")
}

/// The level of a place that is named without its suffix (宁波工会) or in full.
fn by_short_name(own: &str) -> Option<UnionLevel> {
    use crate::extract::gazetteer::{DIVISIONS, Rank};
    let surface = DIVISIONS.surface(own)?;
    let reading = DIVISIONS.readings(surface).iter().min_by_key(|r| DIVISIONS.rank(r.division))?;
    Some(match DIVISIONS.rank(reading.division) {
        Rank::Province => UnionLevel::Provincial,
        Rank::City => UnionLevel::City,
        Rank::County => UnionLevel::County,
        Rank::Town => UnionLevel::Town,
    })
}

/// The ends of a name of two characters and more, the longest first.
fn ends(own: &str) -> impl Iterator<Item = &str> {
    own.char_indices().map(|(i, _)| &own[i..]).filter(|end| end.chars().count() > 1)
}

/// The level that a short form tells (市总), or a name that ends in one (温州市总).
pub(super) fn short(name: &str) -> Option<UnionLevel> {
    const SHORT: [(char, UnionLevel); 4] = [
        ('省', UnionLevel::Provincial),
        ('市', UnionLevel::City),
        ('区', UnionLevel::County),
        ('县', UnionLevel::County),
    ];
    // Nearly all names end otherwise.
    let place = name.strip_suffix('总')?;
    SHORT.iter().find(|(body, _)| place.ends_with(*body)).map(|(_, level)| *level)
}

/// 市总工会 of a city in its own right, or of a county-level city.
fn city_or_county(own: &str) -> UnionLevel {
    use crate::extract::gazetteer::{DIVISIONS, Rank};
    // The name may be a chain (宁波慈溪市): its longest end that is a name decides.
    let whole = ends(own).find_map(|end| DIVISIONS.surface(end));
    match whole.and_then(|s| DIVISIONS.readings(s).iter().map(|r| DIVISIONS.rank(r.division)).min()) {
        Some(Rank::County) => UnionLevel::County,
        Some(Rank::Province) => UnionLevel::Provincial,
        _ => UnionLevel::City,
    }
}

/// Whether the name's own part is a level alone (区 of 区总工会), so that only the article says which.
pub(super) fn is_bare_level(own: &str) -> bool {
    matches!(
        own,
        "省" | "市"
            | "区"
            | "县"
            | "镇"
            | "乡"
            | "街道"
            | "村"
            | "州"
            | "旗"
            | "自治区"
            | "社区"
            | "开发区"
            | "高新区"
            | "园区"
            | "经开区"
            | "新区"
    )
}

/// Words that name a department of a union (组织建设部).
const DEPARTMENT_WORDS: [&str; 58] = [
    "组织",
    "组建",
    "宣传",
    "宣教",
    "保障",
    "权益",
    "法律",
    "女职工",
    "女工",
    "经审",
    "经费",
    "审查",
    "财务",
    "办公",
    "生产",
    "劳动",
    "经济",
    "技术",
    "民主",
    "管理",
    "基层",
    "网络",
    "资产",
    "机关",
    "职工",
    "维权",
    "保护",
    "文体",
    "教育",
    "人事",
    "综合",
    "社会",
    "生活",
    "调研",
    "研究",
    "政策",
    "信息",
    "对外",
    "国际",
    "联络",
    "帮扶",
    "服务",
    "工作",
    "建设",
    "联系",
    "事业",
    "干部",
    "监督",
    "安全",
    "技协",
    "文化",
    "体育",
    "委员",
    "民管",
    "公开",
    "互助",
    "和",
    "与",
];

/// Where the department ends that is printed behind a union's name ending at `end`; `end` where there is none.
pub(super) fn department_end(text: &str, end: usize) -> usize {
    static WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::of_first(&DEPARTMENT_WORDS));
    static CLOSES: LazyLock<WordList> =
        LazyLock::new(|| WordList::of_first(&["部", "办公室", "处", "科", "室", "委员会", "中心", "会"]));
    let mut at = end;
    let mut words = 0;
    while words < 8 {
        let rest = &text[at..];
        if words > 0
            && let Some(close) = CLOSES.starts(rest).next()
        {
            let past = at + close.len();
            let closes = !(close == "部" && rest.starts_with("部门"))
                && !(close == "会" && (rest.starts_with("会议") || rest.starts_with("会员")))
                && !text[end..past].ends_with("工作会")
                && !(close == "中心" && rest.starts_with("中心组"));
            return if closes { past } else { end };
        }
        let Some(word) = WORDS.starts(rest).next() else { break };
        at += word.len();
        words += 1;
    }
    if text[end..].starts_with("办公室") {
        return end + "办公室".len();
    }
    // 市总工会女工委主任, but 经审委员会.
    let committee = ["女工委", "女职委", "经审委"].iter().find(|name| text[end..].starts_with(**name));
    if let Some(past) = committee.map(|name| end + name.len()).filter(|&past| !text[past..].starts_with('员')) {
        return past;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: UnionLevel) {
        assert_eq!(level(name), expected, "{name}");
    }

    #[test]
    fn levels_by_name() {
        check("中华全国总工会", UnionLevel::National);
        check("浙江省总工会", UnionLevel::Provincial);
        check("上海市总工会", UnionLevel::Provincial);
        check("省总工会", UnionLevel::Provincial);
        check("广西壮族自治区总工会", UnionLevel::Provincial);
        check("温州市总工会", UnionLevel::City);
        check("义乌市总工会", UnionLevel::County);
        check("嘉兴市海宁市总工会", UnionLevel::County);
        check("绍兴工会", UnionLevel::City);
        check("柯桥区总工会", UnionLevel::County);
        check("县总工会", UnionLevel::County);
        check("钱清街道总工会", UnionLevel::Town);
        check("袍江经济技术开发区总工会", UnionLevel::Town);
        check("省教育系统工会", UnionLevel::Industry);
        check("市国资委工会", UnionLevel::Industry);
        check("平顶山市纺织工会", UnionLevel::Industry);
        check("陕西省国防工业工会", UnionLevel::Industry);
        check("省能源化学工会", UnionLevel::Industry);
        check("和田地区总工会", UnionLevel::City);
        check("新疆生产建设兵团总工会", UnionLevel::Provincial);
        check("中华全国铁路总工会", UnionLevel::Industry);
        check("黄酒小镇工会联合会", UnionLevel::Federation);
        check("会稽山公司工会", UnionLevel::Grassroots);
        check("柯桥区职工服务中心", UnionLevel::County);
    }

    #[track_caller]
    fn department(text: &str, expected: &str) {
        let end = text.find("总工会").unwrap() + "总工会".len();
        assert_eq!(&text[end..department_end(text, end)], expected);
    }

    #[test]
    fn departments_behind_a_union() {
        department("市总工会权益保障部部长", "权益保障部");
        department("区总工会组织和基层建设部负责人", "组织和基层建设部");
        department("县总工会办公室主任", "办公室");
        department("市总工会经费审查委员会", "经费审查委员会");
        department("市总工会组建部副部长", "组建部");
        department("区总工会女工委主任", "女工委");
        department("市总工会组织全部干部学习", "");
        department("市总工会保障部门联动", "");
        department("市总工会工作会议", "");
        department("区总工会干部走访", "");
    }
}
