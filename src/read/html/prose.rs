//! A part of a document → lines of text, a paragraph each.
//!
//! Elements that stand in lines are joined, elements that make blocks are parted; headings get `##`, bold runs `**`, items
//! of lists `-`, rows of tables of figures bars. A table that only arranges the page is read cell by cell. White space of
//! the source is no text: between Chinese characters it goes, elsewhere it becomes one blank. No recursion.

use std::fmt::Write as _;

use dom_query::NodeRef;

/// Elements that hold no text of the page.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "button", "select",
    "input", "textarea", "nav", "audio", "video", "canvas", "map",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "founder-content",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Parts of names of elements that stand around a text and are no part of it.
const AROUND: &[&str] = &["comment", "pinglun", "footer", "copyright", "sidebar", "recommend", "related"];

/// Longest cell of a table of figures in characters; a longer one holds prose.
const CELL_CHARS: usize = 60;

/// What to leave out besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A part that is known to be content.
    Content,
    /// A whole document: what its elements call header, footer and aside is left out, and what readers wrote.
    Document,
}

/// The lines of `root`, blank ones left out.
pub(super) fn lines(root: &NodeRef<'_>, scope: Scope) -> Vec<String> {
    let mut writer = Writer::default();
    let mut node = *root;
    let mut inside = true;
    loop {
        if inside {
            let goes_in = writer.enter(&node, scope);
            if goes_in && let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            if goes_in {
                writer.leave(&node);
            }
        }
        if node.id == root.id {
            break;
        }
        if let Some(next) = node.next_sibling() {
            node = next;
            inside = true;
        } else if let Some(parent) = node.parent() {
            writer.leave(&parent);
            node = parent;
            inside = false;
        } else {
            break;
        }
    }
    writer.end_line();
    writer.lines
}

/// The text of `root` on one line.
pub(super) fn text(root: &NodeRef<'_>) -> String {
    let lines = lines(root, Scope::Content);
    let plain: Vec<_> = lines.iter().map(|line| line.trim_start_matches(['#', '-', ' ']).replace("**", "")).collect();
    plain.join(" ").trim().to_owned()
}

/// Whether the tree goes deeper than `most`.
pub(super) fn is_deeper(root: &NodeRef<'_>, most: usize) -> bool {
    let mut depth = 0;
    let mut node = *root;
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > most {
                return true;
            }
            continue;
        }
        while node.next_sibling().is_none() {
            match node.parent() {
                Some(parent) if depth > 0 => {
                    node = parent;
                    depth -= 1;
                }
                _ => return false,
            }
        }
        match node.next_sibling() {
            Some(next) if depth > 0 => node = next,
            _ => return false,
        }
    }
}

/// The name of an element, "" for other nodes.
pub(super) fn name(node: &NodeRef<'_>) -> String {
    node.node_name().map(|n| n.to_string()).unwrap_or_default()
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    line: String,
    /// What goes before the text of the line.
    prefix: &'static str,
    /// Where bold runs began in the line, one for each open element.
    bold: Vec<Option<usize>>,
    /// Cells of the open row, for each open table: `None` where the table arranges the page.
    tables: Vec<Option<Vec<String>>>,
    /// Open headings.
    headings: usize,
}

impl Writer {
    /// Whether to go on into the node.
    fn enter(&mut self, node: &NodeRef<'_>, scope: Scope) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        if !node.is_element() {
            return node.is_document() || node.is_fragment();
        }
        let name = name(node);
        let name = name.as_str();
        if SKIPPED.contains(&name) || is_hidden(node) {
            return false;
        }
        if scope == Scope::Document && (matches!(name, "header" | "footer" | "aside") || is_named(node, AROUND)) {
            return false;
        }
        match name {
            "br" => self.end_line(),
            "b" | "strong" => self.bold.push((self.headings == 0).then_some(self.line.len())),
            "table" => {
                self.end_line();
                self.tables.push(is_of_figures(node).then(Vec::new));
            }
            "td" | "th" if self.cells().is_some() => {}
            _ if BLOCKS.contains(&name) => {
                if self.cells().is_none() {
                    self.end_line();
                }
                match name {
                    "h1" | "h2" => self.begin("## ", true),
                    "h3" | "h4" | "h5" | "h6" => self.begin("### ", true),
                    "li" => self.begin("- ", false),
                    _ => {}
                }
            }
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if !node.is_element() {
            return;
        }
        let name = name(node);
        match name.as_str() {
            "b" | "strong" => {
                if let Some(Some(start)) = self.bold.pop() {
                    self.close_bold(start);
                }
            }
            "td" | "th" if self.cells().is_some() => {
                let cell = std::mem::take(&mut self.line).trim().to_owned();
                if let Some(cells) = self.cells() {
                    cells.push(cell);
                }
            }
            "tr" if self.cells().is_some() => {
                let cells = self.cells().map(std::mem::take).unwrap_or_default();
                if cells.iter().any(|cell| !cell.is_empty()) {
                    self.lines.push(format!("| {} |", cells.join(" | ")));
                }
                self.line.clear();
            }
            "table" => {
                self.end_line();
                self.tables.pop();
            }
            name if BLOCKS.contains(&name) => {
                if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                    self.headings = self.headings.saturating_sub(1);
                }
                if self.cells().is_none() {
                    self.end_line();
                }
            }
            _ => {}
        }
    }

    fn cells(&mut self) -> Option<&mut Vec<String>> {
        self.tables.last_mut()?.as_mut()
    }

    fn begin(&mut self, prefix: &'static str, heading: bool) {
        self.headings += usize::from(heading);
        self.prefix = prefix;
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            // The blanks of the source; the wide blank is printed, and told apart at the ends of lines only.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}') {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(if c == '\u{a0}' || c == ' ' { ' ' } else { '\n' });
                }
            } else if !matches!(c, '\u{feff}' | '\u{200b}' | '\0') {
                self.settle_blank(c);
                self.line.push(c);
            }
        }
    }

    /// A line break of the source, seen from the character behind it: nothing between Chinese characters, else a blank.
    fn settle_blank(&mut self, next: char) {
        let text = self.line.trim_end_matches(['\n', ' ']);
        if text.len() == self.line.len() {
            return;
        }
        let broken = self.line[text.len()..].contains('\n');
        let joined = broken && is_wide(next) && text.chars().next_back().is_some_and(is_wide);
        self.line.truncate(text.len());
        if !joined {
            self.line.push(' ');
        }
    }

    fn close_bold(&mut self, start: usize) {
        let Some(run) = self.line.get(start..) else { return };
        let inner = run.trim().to_owned();
        let (before, after) = (run.starts_with(char::is_whitespace), run.ends_with(char::is_whitespace));
        self.line.truncate(start);
        if inner.is_empty() || inner.contains("**") {
            self.line.push_str(&inner);
        } else {
            let blank = |is: bool| if is { " " } else { "" };
            let _ = write!(self.line, "{}**{inner}**{}", blank(before && start > 0), blank(after));
        }
    }

    fn end_line(&mut self) {
        // A bold run goes on in the next line.
        for index in (0..self.bold.len()).rev() {
            if let Some(start) = self.bold[index] {
                self.close_bold(start);
            }
        }
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        for start in &mut self.bold {
            *start = (self.headings == 0).then_some(0);
        }
        if line.is_empty() || line.chars().all(|c| c == '*') {
            return;
        }
        let prefix = std::mem::take(&mut self.prefix);
        self.lines.push(format!("{prefix}{line}").replace('\n', " "));
    }
}

fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{b7}')
}

/// Whether the class or the id of an element has one of these words in it.
pub(super) fn is_named(node: &NodeRef<'_>, words: &[&str]) -> bool {
    let has =
        |name: Option<String>| name.is_some_and(|name| words.iter().any(|word| name.to_lowercase().contains(word)));
    has(node.class().map(|c| c.to_string())) || has(node.id_attr().map(|c| c.to_string()))
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    node.attr("style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).take(2000).collect::<String>().to_ascii_lowercase();
        style.contains("display:none")
    })
}

/// Whether a table holds figures: no table in it, several columns, short cells.
fn is_of_figures(table: &NodeRef<'_>) -> bool {
    let mut columns = 0;
    let mut in_row = 0;
    for node in table.descendants_it().take(4000) {
        match name(&node).as_str() {
            "table" | "p" | "div" | "img" | "h1" | "h2" | "h3" if node.id != table.id => return false,
            "tr" => in_row = 0,
            "td" | "th" => {
                in_row += 1;
                columns = columns.max(in_row);
                if node.text().chars().take(CELL_CHARS * 4).filter(|c| !c.is_whitespace()).count() > CELL_CHARS {
                    return false;
                }
            }
            _ => {}
        }
    }
    columns > 1
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[track_caller]
    fn check(html: &str, want: &[&str]) {
        let document = Document::from(html);
        assert_eq!(lines(&document.root(), Scope::Document), want);
    }

    #[test]
    fn blocks_are_parted_and_inline_elements_joined() {
        check(
            "<p>市总<span>工会</span>送\n  清凉</p><div>第二<a href='x'>段</a></div>尾",
            &["市总工会送清凉", "第二段", "尾"],
        );
        check("<p>　　一<br>　　二<br/><br>三</p>", &["一", "二", "三"]);
        check("<p>GDP\n grew 3&nbsp;%</p>", &["GDP grew 3 %"]);
    }

    #[test]
    fn headings_bold_runs_and_items_are_marked() {
        check("<h1>题<b>目</b></h1><h3>小题</h3>", &["## 题目", "### 小题"]);
        check("<p><strong>本报讯 </strong>文<b></b></p>", &["**本报讯** 文"]);
        check("<p><b>一<br>二</b>三</p>", &["**一**", "**二**三"]);
        check("<ul><li>甲<li>乙</ul>", &["- 甲", "- 乙"]);
    }

    #[test]
    fn tables_of_figures_have_bars_and_tables_that_arrange_have_none() {
        check("<table><tr><th>项<th>数<tr><td>户<td>3</table>", &["| 项 | 数 |", "| 户 | 3 |"]);
        check("<table><tr><td><p>左</p></td><td><p>右</p></td></tr></table>", &["左", "右"]);
        check("<table><tr><td>一<br>二</table>", &["一", "二"]);
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check(
            "<p>a</p><script>b</script><p hidden>c<p style='display: none'>d<nav>e</nav><footer>f</footer><!-- g -->",
            &["a"],
        );
    }
}
