//! What a page prints besides its articles: folio, date line, imprint, contact line, weather box, copyright line, and the
//! frame that a digital edition (数字报) puts around a page.
//!
//! A line is furniture only if it is short and says nothing else; a sentence about the weather is none. What these lines say
//! of their page is read by `head_facts`.

use std::sync::LazyLock;

use regex::Regex;

use crate::layout::{border, folio, head_facts, line};
use crate::text::{WordFinder, is_cjk};

/// Longest line, in bytes, that can be furniture: a contact line holds some sixty characters.
pub(super) const LONGEST: usize = 240;

/// Words of the frame that a digital edition puts around a page.
const FRAME: [&str; 54] = [
    "上一版",
    "下一版",
    "上一期",
    "下一期",
    "上一篇",
    "下一篇",
    "上一页",
    "下一页",
    "放大",
    "缩小",
    "默认",
    "打印",
    "关闭",
    "更多功能",
    "返回主页",
    "返回首页",
    "返回目录",
    "返回顶部",
    "版面导航",
    "标题导航",
    "版面概览",
    "PDF版",
    "本版导读",
    "今日导读",
    "要目导读",
    "导读",
    "扫码关注",
    "分享到",
    "关于我们",
    "版权声明",
    "联系我们",
    "头版",
    "字号",
    "复制链接",
    "语音播报",
    "站内搜索",
    "高级搜索",
    "新闻搜索",
    "新闻评论",
    "友情链接",
    "相关阅读",
    "站群导航",
    "网站导航",
    "智能机器人",
    "长者模式",
    "加入收藏",
    "设为首页",
    "打印本页",
    "关闭窗口",
    "我要评论",
    "我要纠错",
    "回到顶部",
    "电子报",
    "等待处理",
];
/// What stands between them, and elsewhere too.
const FRAME_TOO: [&str; 30] = [
    "QQ空间",
    "QQ好友",
    "朋友圈",
    "收藏",
    "推荐",
    "朗读",
    "评论",
    "分享",
    "微信",
    "微博",
    "客户端",
    "公众号",
    "首页",
    "网站地图",
    "大",
    "中",
    "小",
    "第",
    "版面",
    "标题",
    "站内",
    "更多",
    "阅读机",
    "阅读",
    "手机版",
    "抖音",
    "登录",
    "注册",
    "扫一扫",
    "无障碍",
];

/// What a site prints before the trail to a page.
const TRAIL_LABELS: [&str; 7] =
    ["当前位置", "您的位置", "您现在的位置", "您当前的位置", "你的位置", "所在位置", "现在位置"];

/// Whether the line says where on a site a page stands: 您的位置：首页 > 新闻中心 > 详细内容.
pub(super) fn is_trail(line: &str) -> bool {
    /// Longest part, in characters.
    const LONGEST_PART: usize = 16;
    const MARKS: [char; 3] = ['>', '»', '›'];
    let labelled = TRAIL_LABELS.iter().find_map(|label| line.strip_prefix(label));
    let path = labelled.map_or(line, |path| path.trim_start_matches([':', '：', ' ', '\u{3000}']));
    if !line.contains(MARKS) || labelled.is_some_and(|rest| rest.len() == path.len()) {
        return false;
    }
    let mut parts = path.split(MARKS).map(str::trim).filter(|part| !part.is_empty());
    let n = parts.clone().count();
    let plain = parts.all(|part| {
        !line::is_longer(part, LONGEST_PART) && !part.contains(['，', '。', '！', '？', '；', '“', '、', '：'])
    });
    let of_site = ["首页", "正文", "新闻网", "工会网", "频道"].iter().any(|word| line.contains(word));
    plain && (labelled.is_some() || n > 1 && of_site)
}

/// Whether a trail says that it is one or begins at a site's first page, so that what stands above it is the site's.
pub(super) fn is_whole_trail(line: &str) -> bool {
    (TRAIL_LABELS.iter().any(|label| line.starts_with(label)) || line.contains("首页")) && is_trail(line)
}

/// Whether the line holds nothing but words of a frame, days and numbers.
pub(super) fn is_frame(line: &str) -> bool {
    // 打印本页 before 打印.
    static LONGEST_FIRST: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut words: Vec<&str> = FRAME.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    });
    static WORDS: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&FRAME));
    if !WORDS.is_in(line) && !line.starts_with("PDF") {
        return false;
    }
    let mut rest: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    LONGEST_FIRST.iter().chain(&FRAME_TOO).for_each(|word| rest = rest.replace(word, ""));
    !rest.chars().any(|c| c.is_alphabetic() && !matches!(c, '年' | '月' | '日'))
}

/// Whether a line that stands amid furniture is a scrap of it: a number, a mark, what a site is followed by.
pub(super) fn is_scrap(text: &str) -> bool {
    /// Longest scrap without a word, in characters.
    const LONGEST_SCRAP: usize = 8;
    let wordless = !text.chars().any(char::is_alphabetic) && text.chars().nth(LONGEST_SCRAP).is_none();
    let weekday = text.starts_with("星期") && text.chars().count() == 3;
    wordless || weekday || matches!(text, "附件:" | "附件：") || is_paper(text) || FRAME_TOO.contains(&text)
}

/// Whether the text is the name of a paper and nothing else.
pub(super) fn is_paper(text: &str) -> bool {
    const ENDS: [&str; 20] = [
        "日报",
        "晚报",
        "晨报",
        "早报",
        "午报",
        "时报",
        "周报",
        "商报",
        "快报",
        "导报",
        "工人报",
        "工报",
        "劳动报",
        "职工报",
        "青年报",
        "都市报",
        "法制报",
        "法治报",
        "工会报",
        "电讯报",
    ];
    const OTHERS: [&str; 4] = ["喜报", "捷报", "通报", "简报"];
    let text = text.trim();
    (3..=10).contains(&text.chars().count())
        && text.chars().all(is_cjk)
        && ENDS.iter().any(|end| text.ends_with(end))
        && !OTHERS.iter().any(|end| text.ends_with(end))
}

static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)版权所有|不良信息举报|官方网站\s*[|｜]|公网安备|copyright|©|ICP备|网站地图|未经.{0,8}授权|未经.{0,6}(?:许可|同意)[，, ]?(?:不得|禁止|严禁|请勿|谢绝).{0,6}(?:转载|复制|摘编|使用)$|国内统一.{0,6}刊(?:物)?号|CN\s?\d{2}[-—]\d{4}|邮发代号|总第\s*\d+\s*期|今日\d+版",
        r"|^(?:编辑部)?(?:新闻)?(?:热线电话|热线|电话|传真|邮箱|电子邮箱|E-?mail|地址|网址|邮编|投稿邮箱|印刷|零售价?)[:：]",
        r"|^(?:上一[版篇]|下一[版篇]|返回目录|放大|缩小|默认|打印|关闭|标题导航)(?:$|[\s|｜:：、\]】>»])",
        r"|^专栏[:：]\s*[\p{Han}·]{0,12}$|^0\d$|^[▶►\s]+详见|[▶►]\s*[A-Z]?\d{1,2}版?$|^[\p{Han}]{2,8}\s+(?:总)?第\s*\d{1,5}\s*期$",
        r"|^[（(【]?(?:[\p{Han}]{0,6}详?见\s*(?:今日)?|更多内容请看\s*)第?\s*[A-Z]?\d{1,2}\s*版[）)】]?$",
        r"|^(?:主办|主管)\s*[:：]|(?:报社|报业集团)主办$|^[\p{Han}]{2,6}网(?:微信|微博|抖音|快手|视频号|头条号)$",
        r"|^[A-Z][A-Z '’]{2,30} (?:DAILY|NEWS|TIMES|WEEKLY|POST)$|^(?:当前)?报[纸刊]名称[:：]",
        r"|^\d{4}年\d{1,2}月\d{1,2}日\s.{0,24}邮箱|^(?:今日|明日)天气$|^空气质量指数",
        r"|^(?:今日|明日|今天|明天|天气|[\p{Han}]{2,4}天气)[^。]{0,30}(?:℃|°C)",
        r"|^[\p{Han},，\d~～到至级-]{0,24}气温\s*-?\d{1,2}℃?\s*[~～到至-]\s*-?\d{1,2}\s*℃"
    ))
    .ok()
});

/// Whether the line is furniture.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST || text.ends_with('。') || !text.bytes().any(|b| b.is_ascii_digit()) && !has_cue(text) {
        return false;
    }
    let bare = text.contains("**").then(|| text.replace("**", ""));
    let text = bare.as_deref().unwrap_or(text).trim();
    may_be_other(text) && OTHER.as_ref().is_some_and(|pattern| pattern.is_match(text))
        || head_facts::tells(text)
        || is_frame(text)
        || is_trail(text)
        || is_imprint(text)
}

/// Whether the line is the imprint at the foot of a page: fields of label and value, one of which only papers have.
fn is_imprint(line: &str) -> bool {
    const LABELS: [&str; 16] = [
        "地址",
        "邮编",
        "邮政编码",
        "电话",
        "热线",
        "传真",
        "邮箱",
        "网址",
        "印刷",
        "承印",
        "零售",
        "定价",
        "订价",
        "发行",
        "刊号",
        "广告",
    ];
    /// What only papers have.
    const OF_PAPERS: [&str; 12] = [
        "零售",
        "每份",
        "月价",
        "承印",
        "印刷",
        "广告热线",
        "广告部",
        "广告许可证",
        "广告经营",
        "社址",
        "本报地址",
        "发行热线",
    ];
    if !OF_PAPERS.iter().any(|word| line.contains(word)) {
        return false;
    }
    let (mut n_labels, mut n_parts) = (0, 0);
    for part in line.split([' ', '\u{3000}', '|', '｜']).filter(|part| !part.is_empty()) {
        n_parts += 1;
        // 广告热线：88854322, 零售每份1.00元.
        let label = part.split([':', '：']).next().unwrap_or(part);
        let priced = part.ends_with('元') && part.contains(|c: char| c.is_ascii_digit());
        let labelled = label.len() < part.len() && !line::is_longer(label, 8);
        n_labels += usize::from((labelled || priced) && LABELS.iter().any(|word| part.contains(word)));
    }
    n_labels >= 3 && n_labels * 4 >= n_parts * 3
}

/// What furniture without an ASCII digit holds.
const CUES: [&str; 67] = [
    "未经",
    "０",
    "１",
    "２",
    "３",
    "４",
    "５",
    "６",
    "７",
    "８",
    "９",
    "版",
    "数字报",
    "电子版",
    "热线",
    "电话",
    "邮箱",
    "mail",
    "地址",
    "网址",
    "一篇",
    "目录",
    "opyright",
    "放大",
    "缩小",
    "打印",
    "关闭",
    "导",
    "上一",
    "下一",
    "默认",
    "功能",
    "返回",
    "PDF",
    "关注",
    "分享到",
    "专栏",
    "网站",
    "主办",
    "主管",
    "网微",
    "备案",
    "天气",
    "链接",
    "字号",
    "▶",
    "►",
    "星期",
    "电子报",
    "日期",
    "位置",
    ">",
    "»",
    "›",
    "语音",
    "搜索",
    "新闻评论",
    "友情",
    "相关阅读",
    "智能机器人",
    "DAILY",
    "NEWS",
    "TIMES",
    "WEEKLY",
    "抖音",
    "报纸名称",
    "登录",
];

fn has_cue(text: &str) -> bool {
    static WORDS: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&CUES));
    WORDS.is_in(text)
}

/// Whether [`OTHER`] may match: a word stands in the line that each of its forms has.
fn may_be_other(line: &str) -> bool {
    const WORDS: [&str; 40] = [
        "名称",
        "未经",
        "版权所有",
        "不良信息",
        "官方网站",
        "公网安备",
        "©",
        "网站地图",
        "授权",
        "国内统一",
        "邮发代号",
        "总第",
        "今日",
        "热线",
        "电话",
        "传真",
        "邮箱",
        "地址",
        "网址",
        "邮编",
        "印刷",
        "零售",
        "上一",
        "下一",
        "返回目录",
        "放大",
        "缩小",
        "默认",
        "打印",
        "关闭",
        "标题导航",
        "专栏",
        "▶",
        "►",
        "主办",
        "主管",
        "天气",
        "气温",
        "空气质量",
        "℃",
    ];
    static FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(&WORDS));
    line.bytes().any(|b| b.is_ascii_alphabetic())
        || line.starts_with('0') && line.chars().nth(2).is_none()
        || ["期", "微信", "微博", "抖音", "快手", "号"].iter().any(|end| line.ends_with(end))
        || line.trim_end_matches([')', '）', '】']).ends_with('版') && line.contains(['见', '看'])
        || FINDER.is_in(line)
}

/// Lines of a page's head among which its paper's name stands.
pub(super) const MASTHEAD_LINES: usize = 4;

/// Whether a line of the page's head is the name of its page: a few characters above a line that is nothing but a head with
/// its day, and below that comes a line like a headline.
pub(super) fn is_section(text: &str, next: &str, behind: &str) -> bool {
    /// Longest name of a page, and longest headline, in characters.
    const LONGEST: [usize; 2] = [8, 40];
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(|c: char| c.is_ascii_uppercase());
    let name = name.trim_end();
    let numbered = name.len() < text.trim_end().len();
    let dated = || {
        folio::read(next).is_some_and(|facts| {
            facts.date.is_some()
                && (numbered
                    || facts.number.is_some()
                    || facts.publication.is_some()
                    || ["编辑", "热线"].iter().any(|word| next.contains(word)))
        })
    };
    let notice = ["通知", "启事", "声明", "通告"].iter().any(|end| name.ends_with(end));
    !notice
        && name.chars().count() > 1
        && !line::is_longer(name, LONGEST[0])
        && name.chars().all(is_cjk)
        && !line::is_longer(behind, LONGEST[1])
        && !behind.starts_with('—')
        && border::ending(behind) != border::Ending::Complete
        && dated()
}

/// Whether a line of the page's head is the name of its paper: a title of the first level, or above a line of furniture.
pub(super) fn is_masthead(raw: &str, next: Option<&str>) -> bool {
    let marked = raw.starts_with('#') && !raw.starts_with("##");
    let name = raw.trim_matches(['#', '*', ' ']);
    is_paper(name) && (marked || next.is_some_and(|next| is_furniture(next.trim_matches(['#', '*', ' ']))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, furniture: bool) {
        assert_eq!(is_furniture(text), furniture, "{text}");
    }

    #[test]
    fn furniture_and_its_neighbours() {
        check("A02版：要闻", true);
        check("00002版:工会", true);
        check("第3版 工运", true);
        check("03 综合新闻", true);
        check("2018年8月15日 星期三", true);
        check("职工时报 2018年8月15日 星期三 第2版", true);
        check("职工时报 数字报纸", true);
        check("08 综合新闻 2018年8月15日", true);
        check("职工时报 2018.8.15 版面6", true);
        check("第2版 工会 职工时报", true);
        check("2019年4月26日 星期五 责任编辑 向阳 第4版 公告", true);
        check("**职工时报** 第1版 2014年8月20日 星期三", true);
        check("3版 2003年4月16日 星期三 编辑:高岩", true);
        check("声明：本网内容未经同意不得转载", true);
        check("未经同意使用肖像要赔偿", false);
        check("责任编辑 向阳", false);
        check("（相关报道见2版）", true);
        check("更多内容请看第5版", true);
        check("请把书翻到第5版", false);
        check("A02 要闻 2018-08-15 星期三", true);
        check("2018年8月15日 三十名职工走进车间看望一线工人", false);
        check("12 走进车间", true);
        check("老李 12 走进车间", false);
        check("职工时报 工会 00002 清凉送到车间 2018-08-21", true);
        check("新闻热线：0571-00000000 电子邮箱：a@b.cn", true);
        check("版权所有 职工时报社", true);
        check("今日多云 气温 28℃~35℃", true);
        check("2018年8月15日，县总工会举行培训班。", false);
        check("2018年8月15日", true);
        check("２０１８年８月１５日", true);
        check("三十名职工走进车间", false);
        check("2018年职工技能大赛开赛", false);
        check("热线电话为职工解忧", false);
        check("第3版图书展", false);
        check("2 要闻", true);
        check("2 渡口", false);
        check("2021年5月12日　星期三　责任编辑：向阳　电话：0571-0000000", true);
        check("社址：渡口路1号　邮编：310000　广告热线：0000000　零售每份1.00元", true);
        check("报名地址：渡口路1号　邮编：310000　联系电话：0000000", false);
        check("渡口小学印刷课本　每份收费1.00元", false);
        for line in [
            "本版导读",
            "导读",
            "头版",
            "01",
            "3上一版  下一版4",
            "放大   缩小   默认",
            "PDF 版",
            "版面导航",
            "扫码关注",
            "收藏 打印 推荐  更多功能",
            "2018年8月15日     收藏 打印 推荐 朗读 评论 更多功能",
            "分享到:",
            "分享到: 微信 微博 QQ空间",
            "[打印] [关闭]",
            "【打印本页】 【关闭窗口】",
            "热线电话:0871-00000000 投稿邮箱:a@b.cn",
            "ZHIGONG WORKERS' DAILY",
            "职工时报官方网站 | 首页",
            "《职工时报》(2018年8月15日 02版)",
            "出版日期:2018年8月15日",
            "第2版(要闻)",
            "第6版()",
            "专栏:",
            "2018年8月15日职工时报 第2版",
            "要闻 2018年8月15日 星期三 2",
            "(2018年8月15日) 来源:职工时报",
            "职工时报 一版要闻 00001 清凉送到车间 2018-08-15 2 2018年08月15日 星期三",
            "▶▶▶详见2版 渡口的灯",
            "**03** 工会",
            "02 | 要闻",
            "您的位置: 首页 >新闻中心>渡口新闻>详细内容",
            "您当前的位置 :     渡口新闻网 > 图库中心 > 专栏",
            "渡口新闻网>>工会新闻",
            "电子报阅读机",
            "日期:10-08",
            "当前报纸名称:职工时报",
            "ZHIGONG DAILY",
            "语音播报: 语音播报",
            "版面:头版",
            "渡口网抖音",
            "阴转多云,东北风3到4级,气温12℃~19℃",
            "关于我们 | 版权声明",
        ] {
            check(line, true);
        }
        check("导读活动走进车间", false);
        check("推荐", false);
        check("产量>计划", false);
        check("登录职工书屋的人多了", false);
        check("日期待定", false);
    }

    #[test]
    fn what_may_be_furniture_is_a_matter_of_few_words() {
        for line in ["版权所有", "©职工时报", "01", "0１", "CN 33-0001", "渡口网微信", "职工时报 第 3 期", "气温 3~5℃"]
        {
            assert!(may_be_other(line), "{line}");
        }
        for line in ["三十名职工走进车间", "012", "渡口2018", "期间"] {
            assert!(!may_be_other(line), "{line}");
        }
    }
}
