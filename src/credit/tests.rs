//! One line a case: the text, the credit expected in it, and who is in it.

use super::*;

fn describe(text: &str, credit: Option<Credit>) -> String {
    let Some(credit) = credit else { return "-".to_owned() };
    let mut out = credit.span.of(text).to_owned();
    for person in &credit.people {
        out.extend([" | ", person.span.of(text), " ", person.role.as_str()]);
    }
    out
}

#[track_caller]
fn head_is(text: &str, expected: &str) {
    assert_eq!(describe(text, head(text)), expected, "head of {text}");
}

#[track_caller]
fn tail_is(text: &str, expected: &str) {
    assert_eq!(describe(text, Text::new(text).tail()), expected, "tail of {text}");
}

#[test]
fn how_names_begin() {
    for text in ["沈立群", "欧阳雪", "扎西顿珠"] {
        assert!(name_list::may_begin_with_name(text), "{text}");
    }
    for text in ["昨日", "的", "2018", ""] {
        assert!(!name_list::may_begin_with_name(text), "{text}");
    }
}

#[test]
fn opening_credits() {
    head_is("本报讯 记者沈立群报道 昨日", "本报讯 记者沈立群报道 | 沈立群 reporter");
    head_is(
        "**本报讯 记者羊春生 通讯员陈小妹报道** 昨日",
        "本报讯 记者羊春生 通讯员陈小妹报道 | 羊春生 reporter | 陈小妹 correspondent",
    );
    head_is(
        "本报讯(记者 沈立群 通讯员 吴海燕)近日,",
        "本报讯(记者 沈立群 通讯员 吴海燕) | 沈立群 reporter | 吴海燕 correspondent",
    );
    head_is("沈立群、吴海燕报道 近日", "沈立群、吴海燕报道 | 沈立群 author | 吴海燕 author");
    head_is("■本报记者 沈立群 织布车间里,", "■本报记者 沈立群 | 沈立群 reporter");
    head_is("记者沈立群昨日从市总工会获悉", "记者沈立群 | 沈立群 reporter");
    head_is("本报通讯员 陈 静 周卫国", "本报通讯员 陈 静 周卫国 | 陈 静 correspondent | 周卫国 correspondent");
    head_is("记者周卫国沈立群报道", "记者周卫国沈立群报道 | 周卫国 reporter | 沈立群 reporter");
    head_is("记者司徒静 摄", "记者司徒静 摄 | 司徒静 reporter | 司徒静 photographer");
    head_is(
        "新华社杭州８月５日电（沈立群、周卫国）昨天",
        "新华社杭州８月５日电（沈立群、周卫国） | 沈立群 author | 周卫国 author",
    );
    head_is("本报讯 沈立群 记者周卫国报道:据了解,", "本报讯 沈立群 记者周卫国报道: | 沈立群 author | 周卫国 reporter");
    head_is(
        "江城新闻网(jiangcheng.example.com)讯 沈立群 通讯员 周卫国 杭州报道 春风送暖",
        "江城新闻网(jiangcheng.example.com)讯 沈立群 通讯员 周卫国 杭州报道 | 沈立群 author | 周卫国 correspondent",
    );
    head_is("本报讯昨日,市总工会", "本报讯");
    head_is("本报记者 沈立群 金秋,桂花飘香", "本报记者 沈立群 | 沈立群 reporter");
    head_is("■本报评论员", "■本报评论员 | 本报评论员 commentator");
}

#[test]
fn running_text_opens_with_no_credit() {
    for text in [
        "记者从市总工会获悉,今年",
        "记者从国家有关部门获悉:今年",
        "记者了解到,全市",
        "记者看到,车间里",
        "记者高兴地看到,",
        "据报道,全市",
        "据媒体报道,全市",
        "通讯员队伍不断壮大",
        "记者节到来之际",
        "记者站成立",
        "对记者说",
        "记者",
        "",
        "**",
        "（",
        "本报电话",
    ] {
        head_is(text, "-");
    }
}

#[test]
fn closing_credits() {
    tail_is(
        "职工在车间比武。记者沈立群 通讯员吴海燕 摄",
        "记者沈立群 通讯员吴海燕 摄 | 沈立群 reporter | 沈立群 photographer | 吴海燕 correspondent | 吴海燕 photographer",
    );
    tail_is("比上年增长三成。（周卫国）", "（周卫国） | 周卫国 author");
    tail_is("车间又添了新设备。（轧钢 周卫国）", "（轧钢 周卫国） | 周卫国 author");
    tail_is("车间又添了新设备。（名单 附后）", "-");
    tail_is(
        "现场气氛热烈。(江城日报全媒记者 沈立群 通讯员 吴海燕 摄)",
        "(江城日报全媒记者 沈立群 通讯员 吴海燕 摄) | 沈立群 reporter | 沈立群 photographer | 吴海燕 correspondent | 吴海燕 photographer",
    );
    tail_is("给村里装上“智能锁”(快评)", "-");
    tail_is("工会干部忙着拍摄", "-");
    tail_is("全市工会(以下简称区总)", "-");
    tail_is("渡口送去毛巾和茶叶（周卫国）。", "（周卫国） | 周卫国 author");
    tail_is("渡口送去毛巾和茶叶（含税）。", "-");
    tail_is("渡口的灯又亮了。资料图片", "资料图片");
    tail_is("渡口展出了一批资料图片", "-");
    tail_is("渡口展出了一批资料图片。", "-");
}

#[test]
fn who_sent_a_text_and_from_where() {
    head_is("本报记者 沈立群 5月15日从杭州报道 渡口的灯", "本报记者 沈立群 5月15日从杭州报道 | 沈立群 reporter");
    head_is("记者沈立群5月15日从杭州电台获悉，", "记者沈立群 | 沈立群 reporter");
    head_is("本报记者 沈立群 5月15日从杭州出发", "本报记者 沈立群 | 沈立群 reporter");
    let sent = head("本报记者 沈立群 5月15日从杭州报道").and_then(|c| c.dateline).unwrap_or_default();
    assert_eq!((sent.place.as_deref(), sent.date.as_deref()), (Some("杭州"), Some("XXXX-05-15")));
}

#[test]
fn authors_below_headlines() {
    for (text, expected) in [
        ("周卫国（退休缆绳工）", Some("周卫国")),
        ("沈立群", Some("沈立群")),
        // More often a title than a name.
        ("安静", None),
        ("平安", None),
        ("麻春生（右二）", None),
        ("方案（草案）", None),
        ("高温", None),
        ("周卫国（退休，缆绳工）", None),
        ("渡口的灯", None),
    ] {
        let found = Text::new(text).author();
        assert_eq!(found.map(|c| c.people[0].span.of(text)), expected, "{text}");
    }
}

#[test]
fn whole_lines() {
    for (text, expected) in [
        ("来源：工人日报", "来源：工人日报 | 工人日报 source"),
        ("（据新华社）", "（据新华社） | 新华社 source"),
        ("（来源：江城市总工会）", "（来源：江城市总工会） | 江城市总工会 source"),
        ("来源：工人日报客户端", "来源：工人日报客户端 | 工人日报客户端 source"),
        ("来源：江城工会微信公众号", "来源：江城工会微信公众号 | 江城工会微信公众号 source"),
        ("（来源：江城晚报 记者沈立群）", "（来源：江城晚报 记者沈立群） | 江城晚报 source | 沈立群 reporter"),
        ("（原载2012年3月5日《江城晚报》）", "（原载2012年3月5日《江城晚报》） | 《江城晚报》 source"),
        ("（原载《江城晚报》2012年3月5日）", "（原载《江城晚报》2012年3月5日） | 《江城晚报》 source"),
        ("来源：职工缴纳的会费", "-"),
        ("来源：市总工会拨款", "-"),
        ("据江城市总工会", "-"),
        ("综合本报和新华社消息：", "综合本报和新华社消息： | 本报 source | 新华社 source"),
        ("（作者系嘉善县总工会主席）", "（作者系嘉善县总工会主席）"),
        ("（嘉善县总工会供稿）", "（嘉善县总工会供稿）"),
        ("口述：沈立群 整理：吴海燕", "口述：沈立群 整理：吴海燕 | 沈立群 author | 吴海燕 author"),
        ("新华社“聚焦”记者沈立群", "新华社“聚焦”记者沈立群 | 沈立群 reporter"),
        ("新华社发 沈立群摄", "新华社发 沈立群摄 | 沈立群 photographer"),
        (
            "作者：沈立群　来源：江城晚报　日期：2019-03-12",
            "作者：沈立群　来源：江城晚报　日期：2019-03-12 | 沈立群 author | 江城晚报 source",
        ),
        (
            "2021-01-13 09:24:04 来源：江城在线河口频道",
            "2021-01-13 09:24:04 来源：江城在线河口频道 | 江城在线河口频道 source",
        ),
        ("来源：河口办事处 作者：admin", "来源：河口办事处 作者：admin | 河口办事处 source"),
        (
            "作者：周卫国 来源：江城新闻网 点击：120次",
            "作者：周卫国 来源：江城新闻网 点击：120次 | 周卫国 author | 江城新闻网 source",
        ),
        (
            "编辑：沈立群 责编：吴海燕 审核：周卫国",
            "编辑：沈立群 责编：吴海燕 审核：周卫国 | 沈立群 editor | 吴海燕 editor",
        ),
        ("审核：沈立群 周卫国", "审核：沈立群 周卫国"),
        ("文稿：沈立群图片：河口工会终审：周卫国", "文稿：沈立群图片：河口工会终审：周卫国 | 沈立群 author"),
        ("编辑：河口工会新媒体", "-"),
        ("来源：渡口收入和捐款", "-"),
        ("记者：渡口什么时候修好", "-"),
        ("作者：渡口的事，他写了三年。 来源：江城晚报", "-"),
        ("2021-01-13 09:24:04", "-"),
        ("12:30 来渡口", "-"),
        ("沈立群", "-"),
        ("来源不明", "-"),
        ("据新华社记者了解", "-"),
        ("工会办事处", "-"),
    ] {
        assert_eq!(describe(text, whole(text)), expected, "{text}");
    }
}

#[test]
fn who_signs_and_what_accounts_print() {
    let signs = |text: &str| Text::new(text).signer().map(|c| c.people[0].span.of(text).to_owned());
    for line in ["渡口律师事务所 律师 王建国", "（渡口区总工会法律顾问 王建国）", "渡口船队职工 王建国"]
    {
        assert_eq!(signs(line).as_deref(), Some("王建国"), "{line}");
    }
    assert_eq!(signs("渡口船队轮机班班长 王建国").as_deref(), Some("王建国"));
    assert_eq!(signs("渡口的灯 亮了"), None);
    let source = |text: &str| whole(text).map(|c| c.people[0].span.of(text).to_owned());
    for line in [
        "原创 渡口县总工会 2023-04-12 18:30 浙江",
        "渡口县总工会 2023-04-12 18:30 发表于浙江",
        "来源丨渡口县总工会 编辑丨王建国",
        "来源 | 渡口县总工会 编辑 | 王建国",
        "【发布日期:2015-08-24】 【来源:渡口县总工会】 【阅读:321次】",
    ] {
        assert_eq!(source(line).as_deref(), Some("渡口县总工会"), "{line}");
    }
    assert!(whole("2023-04-12 18:30 发表于浙江").is_some_and(|credit| credit.people.is_empty()));
    for line in ["渡口县歌会 2023-04-12 18:30 文化宫", "原创的歌 2023-04-12 18:30 在文化宫唱，职工都来听"]
    {
        assert_eq!(source(line), None, "{line}");
    }
}

#[test]
fn names_whose_letters_are_set_apart() {
    for (text, expected) in [
        ("周 卫 国", "周 卫 国 | 周 卫 国 author"),
        ("石　言", "石　言 | 石　言 author"),
        ("周卫国 沈立群", "周卫国 沈立群 | 周卫国 author | 沈立群 author"),
        ("红 旗", "-"),
        ("光 荣 榜", "-"),
    ] {
        assert_eq!(describe(text, Text::new(text).names()), expected, "{text}");
    }
}

#[test]
fn a_credit_behind_a_headline() {
    let text = "百名职工学技能本报宁波8月11日讯记者沈立群报道:今天";
    assert_eq!(describe(text, inner(text)), "本报宁波8月11日讯记者沈立群报道: | 沈立群 reporter");
    assert_eq!(inner("据本报讯"), None);
}

#[test]
fn a_dateline_tells_place_and_day() {
    let dateline = |text: &str| head(text).and_then(|c| c.dateline).unwrap_or_default();
    let d = dateline("新华社杭州８月５日电 昨天");
    assert_eq!(
        (d.agency.as_deref(), d.place.as_deref(), d.date.as_deref()),
        (Some("新华社"), Some("杭州"), Some("XXXX-08-05"))
    );
    let d = dateline("本报8月10日杭州讯 昨天");
    assert_eq!((d.place.as_deref(), d.date.as_deref()), (Some("杭州"), Some("XXXX-08-10")));
    let d = dateline("晨刊讯（记者 沈立群）昨天");
    assert_eq!((d.text.as_str(), d.agency.as_deref(), d.place), ("晨刊讯", Some("晨刊"), None));
    let d = dateline("本报讯 昨天");
    assert_eq!((d.text.as_str(), d.agency, d.place, d.date), ("本报讯", None, None, None));
}

#[test]
fn hostile_lines_are_read_in_linear_time() {
    for unit in ["记者、", "记者沈立群、", "本报讯", "本报", "（记者", "、", "沈", "**", "新华社电"]
    {
        let text = unit.repeat(1_000_000);
        head(&text);
        Text::new(&text).tail();
        inner(&text);
        whole(&text);
    }
}

proptest::proptest! {
    /// What is cheap to rule out is never a credit.
    #[test]
    fn what_may_not_close_a_text_is_no_credit(parts in proptest::collection::vec(0usize..PARTS.len(), 1..9)) {
        let text: String = parts.iter().map(|&n| PARTS[n]).collect();
        let whole = Text::new(&text);
        let mut cursor = whole.cursor(0, text.len());
        if exact(&cursor, 0, text.len()).is_some() {
            proptest::prop_assert!(may_close(&cursor), "{}", text);
        }
        cursor.note_house();
        for closed in [false, true] {
            if read_opened(&mut { cursor }, closed).is_some() {
                proptest::prop_assert!(may_open(&cursor, closed), "{}", text);
            }
        }
    }
}

const PARTS: &[&str] = &[
    "记者",
    "本报",
    "通讯员",
    "沈立群",
    "周卫国",
    "吴海燕",
    "摄",
    "报道",
    "文/图",
    "图：",
    "（",
    "）",
    " ",
    "、",
    "，",
    "。",
    "■",
    "讯",
    "杭州8月5日电",
    "新华社",
    "据",
    "来源：",
    "工人日报",
    "“新华视点”",
    "供稿",
    "等3人",
    "县总工会",
    "评论员",
    "采写",
    "**",
    "！",
    "发自北京",
    "作者系职工。",
    "·",
    "综合",
    ":",
    "摄影 ",
];
