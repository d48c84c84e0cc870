//! What holds of the layout of any page: nothing is lost, nothing stands twice, spans slice to their text.

use jianbao::{Page, Settings, credit, layout};
use proptest::prelude::*;

/// Whether a character may stand outside of every block: blanks, and what Markdown writes around text.
fn may_be_left_out(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '#' | '*' | '_' | '-' | '+' | '>' | '|' | '=' | ':')
}

#[track_caller]
fn check(text: &str) {
    let page = Page::new("page", text);
    let articles = layout::segment(&page, &Settings::default().layout);
    let mut seen = vec![0u8; text.len()];
    for article in &articles {
        for block in &article.blocks {
            assert!(!block.spans.is_empty(), "an empty block of {text:?}");
            let sliced: String = block.spans.iter().map(|s| s.of(text)).collect();
            assert_eq!(sliced, block.text, "{text:?}");
            for span in &block.spans {
                seen[span.range()].iter_mut().for_each(|n| *n += 1);
            }
            if block.uncredited {
                let credits = credit::Text::new(&block.text);
                assert!(
                    credits.head().is_none() && credits.tail().is_none(),
                    "a credit in {:?} of {text:?}",
                    block.text
                );
            }
            if let Some(mark) = &block.repeat {
                let of = &articles[mark.of.article as usize].blocks[mark.of.block as usize];
                assert!(of.repeat.is_none(), "a copy of a copy in {text:?}");
            }
        }
        let first_copy = article.blocks.iter().position(|b| b.repeat.is_some()).unwrap_or(article.blocks.len());
        assert!(article.blocks[first_copy..].iter().all(|b| b.repeat.is_some()), "{text:?}");
    }
    for (at, c) in text.char_indices() {
        assert!(seen[at] < 2, "{c:?} at {at} stands twice: {text:?}");
        assert!(seen[at] == 1 || may_be_left_out(c), "{c:?} at {at} is lost: {text:?}");
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("## 县总工会送清凉".to_owned()),
        Just("### 走进车间".to_owned()),
        Just("**记者李明报道** 昨日，县总工会慰问了三百名职工。".to_owned()),
        Just("本报讯（通讯员王芳）市总工会昨日走访企业，送去毛".to_owned()),
        Just("巾和饮料。".to_owned()),
        Just("职工们说：“工会真".to_owned()),
        Just("暖心！”".to_owned()),
        Just("A02版：要闻".to_owned()),
        Just("责任编辑：李明".to_owned()),
        Just("慰问仍在继续。（下转第3版）".to_owned()),
        Just("慰问活动将持续到八月底，预计惠及职工两千余人次。**李明 摄**".to_owned()),
        Just("- 甲厂".to_owned()),
        Just("| 甲 | 乙 |".to_owned()),
        "[#*_>|\\-（）()“”。，：版转接第3摄本报讯记者 a\u{3000}]{0,24}",
        "\\PC{0,24}",
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_of_lines(lines in proptest::collection::vec(line(), 0..24)) {
        check(&lines.join("\n"));
        check(&lines.join("\n\n"));
    }

    #[test]
    fn nothing_is_lost_of_any_text(text in "(?s).{0,200}") {
        check(&text);
    }
}

#[test]
fn a_paragraph_without_a_credit_is_known_to_have_none() {
    let text = "## 县总工会送清凉\n\n本报讯 记者李明报道 昨日，县总工会慰问职工。\n\n职工们领到了毛巾。\n\n职工们很高兴。（王芳 摄）";
    check(text);
    let page = Page::new("page", text);
    let articles = layout::segment(&page, &Settings::default().layout);
    let known: Vec<&str> = articles.iter().flat_map(|a| &a.blocks).filter(|b| b.uncredited).map(|b| &*b.text).collect();
    assert_eq!(known, ["职工们领到了毛巾。"]);
}

#[test]
fn a_long_loop_and_many_heads() {
    let line = "县总工会昨日为三百名环卫工人送去清凉饮料和毛巾等慰问品。\n";
    check(&line.repeat(5_000));
    check(&"## 县总工会送清凉\n".repeat(2_000));
    let heads: Vec<String> = (0..2_000).map(|n| format!("## 第{n}题\n\n职工们走进第{n}号车\n\n")).collect();
    check(&heads.concat());
}

/// The sizes at which anything that grows with the square of the page would never end.
#[test]
fn a_million_heads_and_ten_thousand_open_ends() {
    let settings = Settings::default().layout;
    let heads: Vec<String> = (0..1_000_000).map(|n| format!("## 第{n}题\n")).collect();
    let page = Page::new("page", heads.concat());
    let articles = layout::segment(&page, &settings);
    assert_eq!(articles.iter().map(|a| a.blocks.len()).sum::<usize>(), 1_000_000);
    let open: Vec<String> = (0..10_000).map(|n| format!("## 第{n}题\n\n职工们走进第{n}号车\n\n")).collect();
    assert!(layout::segment(&Page::new("page", open.concat()), &settings).len() >= 10_000);
}
