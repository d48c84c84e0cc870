#!/usr/bin/env python3
"""How well pages were put back together, by kind of difficulty, and the worst pages with what went wrong on each.

  layout_figures.py PAGES.jsonl TRUTH.jsonl ARTICLES.jsonl [--repeats REPEATS.jsonl] [--worst 10]

PAGES and TRUTH as `jianbao generate` writes them; ARTICLES of `jianbao segment` or `jianbao run`. What happened to an
article is read from the truth itself (where its pieces stand), so any truth of this form will do:

  cut in mid-sentence     a paragraph that stands in two places
  cut at a paragraph      two paragraphs of the article with something of another between them
  displaced headline      the headline stands behind text of its article
  no mark-up              the headline is marked by nothing
  lost tail               the article's end is not on the page
  loop                    the page repeats itself
  none of these

Figures, each 0 to 1: article_f1 (B-cubed: two characters belong together in the prediction as they do in truth),
headline (the article bears the right one), kind (of blocks, by characters), join_recall and join_precision (cuts in
mid-sentence that were mended, and mends that are true), byline (F1 by characters), lost (characters in no block).
"""
import argparse
import json
from collections import Counter, defaultdict

DIFFICULTIES = ["cut in mid-sentence", "cut at a paragraph", "displaced headline", "no mark-up", "lost tail", "loop", "none of these"]
# A long caption and a paragraph are told apart by nothing that a page shows.
FOLD = {"caption": "paragraph", "list": "paragraph"}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def ratio(a, b):
    return a / b if b else 1.0


def difficulties(text, truth, article, owner):
    """What happened to an article of the page."""
    found = set()
    blocks = article["blocks"]
    if any(len(block["spans"]) > 1 for block in blocks):
        found.add("cut in mid-sentence")
    for one, two in zip(blocks, blocks[1:]):
        between = range(one["spans"][-1][1], two["spans"][0][0])
        if two["kind"] in ("paragraph", "subhead") and any(owner.get(c, article["number"]) != article["number"] for c in between):
            found.add("cut at a paragraph")
    body = [block["spans"][0][0] for block in blocks if block["kind"] in ("paragraph", "caption")]
    if article["headline"]:
        start = article["headline"][0][0]
        if body and start > min(body):
            found.add("displaced headline")
        if text[:start][-1:] not in ("*", " ") or text[:start].rstrip(" ")[-1:] not in ("#", "*"):
            found.add("no mark-up")
    if article["closes"] == "cut":
        found.add("lost tail")
    if any(repeat.get("of") for repeat in truth["repeats"]):
        found.add("loop")
    return found or {"none of these"}


def score(page, truth, articles, repeats=()):
    """Counts for each true article of a page, with its difficulties; the last entry is what the page has beside them."""
    gold = {}
    joins = {}
    for number, article in enumerate(truth["articles"]):
        article["number"] = number
        for block in article["blocks"]:
            kind = FOLD.get(block["kind"], block["kind"])
            for start, end in block["spans"]:
                gold.update((c, (number, kind)) for c in range(start, end))
            for one, two in zip(block["spans"], block["spans"][1:]):
                joins[one[1], two[0]] = number
    repeated = {c for repeat in truth["repeats"] for start, end in repeat["spans"] for c in range(start, end)}
    said, known, said_joins = {}, set(), set()
    for number, article in enumerate(articles):
        for block in article["blocks"]:
            for start, end in block["spans"]:
                known.update(range(start, end))
            if block.get("repeat"):
                continue
            kind = FOLD.get(block["kind"], block["kind"])
            for start, end in block["spans"]:
                said.update((c, (number, kind)) for c in range(start, end))
            said_joins.update((one[1], two[0]) for one, two in zip(block["spans"], block["spans"][1:]))
    for repeat in repeats:
        if not repeat["kept"]:
            known.update(c for start, end in repeat["spans"] for c in range(start, end))
    near = lambda join, others: any(abs(join[0] - o[0]) <= 1 and abs(join[1] - o[1]) <= 1 for o in others)
    # A gap of a few characters is mark-up or a line break unless truth has a cut there.
    said_joins = {j for j in said_joins if j[1] - j[0] > 4 or j[1] < j[0] or near(j, joins)}
    body = [c for c in gold if c not in repeated]
    together, of_gold, of_said = Counter(), Counter(), Counter()
    for c in body:
        pair = gold[c][0], said.get(c, (("none", c), None))[0]
        together[pair] += 1
        of_gold[pair[0]] += 1
        of_said[pair[1]] += 1
    counts = [Counter() for _ in truth["articles"]] + [Counter()]
    for (g, s), n in together.items():
        counts[g]["precision"] += n * n / of_said[s]
        counts[g]["recall"] += n * n / of_gold[g]
    for c in body:
        number, kind = gold[c]
        here = counts[number]
        said_kind = said.get(c, (None, None))[1]
        here["chars"] += 1
        here["kind"] += said_kind == kind
        here["lost"] += c not in known
        here["byline_tp"] += kind == said_kind == "byline"
        here["byline_fp"] += kind != "byline" and said_kind == "byline"
        here["byline_fn"] += kind == "byline" and said_kind != "byline"
    for join, number in joins.items():
        counts[number]["joins"] += 1
        counts[number]["joins_found"] += near(join, said_joins)
    for join in said_joins:
        here = counts[gold.get(join[0] - 1, (len(counts) - 1, None))[0]]
        here["joins_said"] += 1
        here["joins_right"] += near(join, joins)
    owner = {c: number for c, (number, _) in gold.items()}
    for number, article in enumerate(truth["articles"]):
        here = counts[number]
        here["articles"] = 1
        here.difficulties = difficulties(page["text"], truth, article, owner)
        if article["headline"]:
            want = {c for start, end in article["headline"] for c in range(start, end)}
            mine = Counter({s: n for (g, s), n in together.items() if g == number and not isinstance(s, tuple)})
            got = set()
            for best, _ in mine.most_common(1):
                blocks = [b for b in articles[best]["blocks"] if b["kind"] == "headline"]
                got = {c for b in blocks for start, end in b["spans"] for c in range(start, end)}
            here["heads"] += 1
            here["heads_found"] += len(want & got) * 2 >= max(len(want), len(got))
    return counts


def figures(all_counts):
    c = sum(all_counts, Counter())
    p, r = ratio(c["precision"], c["chars"]), ratio(c["recall"], c["chars"])
    byline = 2 * c["byline_tp"]
    return {
        "articles": c["articles"],
        "article_f1": ratio(2 * p * r, p + r),
        "headline": ratio(c["heads_found"], c["heads"]),
        "kind": ratio(c["kind"], c["chars"]),
        "join_recall": ratio(c["joins_found"], c["joins"]),
        "join_precision": ratio(c["joins_right"], c["joins_said"]),
        "byline": ratio(byline, byline + c["byline_fp"] + c["byline_fn"]),
        "lost": c["lost"] / max(1, c["chars"]),
    }


def reason(counts, articles):
    """What went wrong on a page, the most first."""
    found = Counter()
    for here in counts[:-1]:
        n = here["chars"]
        if here["recall"] < 0.98 * n:
            found["an article in pieces"] += n - here["recall"]
        if here["precision"] < 0.98 * n:
            found["articles run together"] += n - here["precision"]
        if here["heads_found"] < here["heads"]:
            found["a headline missed"] += 40
        if here["joins_found"] < here["joins"]:
            found["a cut not mended"] += 20
        if here["joins_right"] < here["joins_said"]:
            found["a wrong join"] += 30
        if here["kind"] < 0.97 * n:
            found["kinds of blocks"] += n - here["kind"]
    doubts = sorted({flag for article in articles for flag in article["quality"]["flags"]} - {"furniture"})
    text = ", ".join(what for what, _ in found.most_common(3)) or "nothing"
    return text + (f" (doubted: {', '.join(doubts)})" if doubts else "")


def by_page(path, key):
    found = defaultdict(list)
    for record in lines(path):
        found[key(record)].append(record)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("truth")
    parser.add_argument("articles")
    parser.add_argument("--repeats")
    parser.add_argument("--worst", type=int, default=10)
    args = parser.parse_args()
    pages = {page["id"]: page for page in lines(args.pages)}
    articles = by_page(args.articles, lambda a: a["page"]["id"])
    repeats = by_page(args.repeats, lambda r: r["page"]) if args.repeats else {}
    groups, every, scored = defaultdict(list), [], []
    for truth in lines(args.truth):
        counts = score(pages[truth["id"]], truth, articles[truth["id"]], repeats.get(truth["id"], ()))
        for here in counts[:-1]:
            for difficulty in here.difficulties:
                groups[difficulty].append(here)
        every.extend(counts)
        of_page = figures(counts)["article_f1"]
        kinds = {d for here in counts[:-1] for d in here.difficulties} - {"none of these"}
        scored.append((of_page, truth["id"], reason(counts, articles[truth["id"]]), sorted(kinds, key=DIFFICULTIES.index)))
    names = list(figures([]))
    print("| difficulty | " + " | ".join(names) + " |")
    print("|---|" + "---:|" * len(names))
    for name in ["all", *DIFFICULTIES]:
        row = figures(every if name == "all" else groups[name])
        print(f"| {name} | " + " | ".join(f"{v:.4f}" if isinstance(v, float) else str(v) for v in row.values()) + " |")
    print(f"\nmean article_f1 of {len(scored)} pages: {sum(s for s, *_ in scored) / max(1, len(scored)):.4f}\n")
    print("| worst pages | article_f1 | what went wrong | what is difficult |\n|---|---:|---|---|")
    for value, page, why, kinds in sorted(scored)[: args.worst]:
        print(f"| {page} | {value:.3f} | {why} | {', '.join(kinds)} |")


if __name__ == "__main__":
    main()
