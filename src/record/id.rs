//! Ids say where a thing is: article `PAGE/aN`, block `PAGE/aN/bM`, both counted from 1.

/// The id of article number `article` (from 0) of a page.
pub fn article_id(page: &str, article: usize) -> String {
    format!("{page}/a{}", article + 1)
}

/// The id of block number `block` (from 0) of article number `article` (from 0).
pub fn block_id(page: &str, article: usize, block: usize) -> String {
    format!("{page}/a{}/b{}", article + 1, block + 1)
}

/// Takes a block id apart: the page's id, the article and the block, both from 0.
///
/// ```
/// assert_eq!(jianbao::record::split_block_id("x/y/a3/b1"), Some(("x/y", 2, 0)));
/// assert_eq!(jianbao::record::split_block_id("x/y"), None);
/// ```
pub fn split_block_id(id: &str) -> Option<(&str, usize, usize)> {
    let (rest, block) = id.rsplit_once("/b")?;
    let (page, article) = rest.rsplit_once("/a")?;
    let number = |s: &str| s.parse::<usize>().ok()?.checked_sub(1);
    Some((page, number(article)?, number(block)?))
}
