#!/usr/bin/env python3
"""Fit the weights of src/settings/layout_weights.toml on generated pages, whose truth is known.

  fit_layout.py --bin target/release/jianbao [--seed 1] [--pages 300] [--rounds 2] [--write]

`jianbao generate --single-pages` makes pages of the seed to fit on, and as many of the next seed to check with. The
weights are changed one by one, in the order of the file, up and down by a step that shrinks from round to round; a change
stays if it raises the goal on the pages of the first seed by more than 0.0002. The goal is the mean of article_f1, the
share of headlines, and the F1 of joins. The same arguments print the same lines on any machine. With --write, weights
that are no worse on the pages of the second seed are written to the file, with their provenance at its head; else the
file stays as it is. Before such a file is kept, the figures on pages that no generator made have to hold too.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import layout_figures

WEIGHTS = Path(__file__).resolve().parent.parent / "src/settings/layout_weights.toml"
# Steps by round, as factors.
STEPS = [1.3, 1.15, 1.07]
LEAST_GAIN = 0.0002


def read(path):
    """The comments at the head of the file, and its weights in order."""
    head, weights = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            head.append(line)
        elif "=" in line:
            name, value = line.split("=")
            weights[name.strip()] = float(value)
    return head, weights


class Pages:
    """Generated pages of a seed, with their truth."""

    def __init__(self, args, seed, folder):
        self.args, self.folder = args, folder
        subprocess.run([args.bin, "generate", "-q", "-o", folder, "--seed", str(seed), "--pages", str(args.pages), "--single-pages", "--force"], check=True)
        self.pages = {page["id"]: page for page in layout_figures.lines(folder / "pages.jsonl")}
        self.truth = layout_figures.lines(folder / "truth.jsonl")

    def figures(self, weights):
        out = self.folder / "articles.jsonl"
        settings = [part for name, value in weights.items() for part in ("--set", f"layout.{name}={value:g}")]
        with open(out, "wb") as file:
            subprocess.run([self.args.bin, "segment", "-q", self.folder / "pages.jsonl", *settings], check=True, stdout=file)
        articles = layout_figures.by_page(out, lambda a: a["page"]["id"])
        counts = [layout_figures.score(self.pages[t["id"]], t, articles[t["id"]]) for t in self.truth]
        return layout_figures.figures([here for page in counts for here in page])


def goal(figures):
    recall, precision = figures["join_recall"], figures["join_precision"]
    return (figures["article_f1"] + figures["headline"] + 2 * recall * precision / (recall + precision)) / 3


def told(figures):
    return ", ".join(f"{name} {figures[name]:.4f}" for name in ("article_f1", "headline", "join_recall", "join_precision"))


def fit(pages, weights, rounds):
    best = goal(pages.figures(weights))
    for n in range(rounds):
        step = STEPS[min(n, len(STEPS) - 1)]
        for name in weights:
            for factor in (step, 1 / step):
                changed = dict(weights, **{name: float(f"{weights[name] * factor:.3g}")})
                value = goal(pages.figures(changed))
                if value > best + LEAST_GAIN:
                    print(f"round {n + 1}: {name} {weights[name]:g} -> {changed[name]:g}, goal {best:.4f} -> {value:.4f}", flush=True)
                    weights, best = changed, value
                    break
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    _, before = read(WEIGHTS)
    with tempfile.TemporaryDirectory() as folder:
        fitted_on = Pages(args, args.seed, Path(folder) / "fit")
        checked_on = Pages(args, args.seed + 1, Path(folder) / "check")
        after = fit(fitted_on, before, args.rounds)
        rows = [(what, pages.figures(weights)) for pages, which in ((fitted_on, "fitted on"), (checked_on, "checked on")) for weights, what in ((before, f"{which}, before"), (after, f"{which}, after"))]
    for what, figures in rows:
        print(f"{what}: {told(figures)}")
    holds = goal(rows[3][1]) >= goal(rows[2][1])
    if not holds:
        print("not better on the pages of the second seed")
    if args.write and holds and after != before:
        command = f"scripts/fit_layout.py --seed {args.seed} --pages {args.pages} --rounds {args.rounds} --write"
        head = [
            "# What speaks for and against readings of a page, in nats; src/settings/layout.rs says what each weight is.",
            f"# Fitted by `{command}` on {args.pages} generated pages of seed {args.seed},",
            f"# checked on {args.pages} of seed {args.seed + 1}.",
            *(f"# {what}: {told(figures)}" for what, figures in rows),
        ]
        text = "\n".join(head) + "\n\n" + "".join(f"{name} = {value!r}\n" for name, value in after.items())
        WEIGHTS.write_text(text, encoding="utf-8")
        print(f"written to {WEIGHTS.name}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
