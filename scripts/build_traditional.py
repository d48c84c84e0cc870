#!/usr/bin/env python3
"""Build src/text/traditional.txt, the traditional characters with the simplified ones that they stand for.

  build_traditional.py [--file TSCharacters.txt]

Without --file the PyPI package `opencc-python-reimplemented` is fetched with `pip download`. A line is pairs of
characters, the traditional one first. A character that simplified text has as well, as itself, is left out (著 in 著名),
and so is one outside of the three-byte range of UTF-8: a text keeps its length in bytes.
"""
import argparse, subprocess, tempfile, zipfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/text/traditional.txt"
VERSION = "0.1.7"
PAIRS_OF_LINE = 40


def characters():
    with tempfile.TemporaryDirectory() as folder:
        package = f"opencc-python-reimplemented=={VERSION}"
        subprocess.run(["pip", "download", "-q", "--no-deps", "-d", folder, package], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            return wheel.read("opencc/dictionary/TSCharacters.txt").decode()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--file", type=Path)
    file = arguments.parse_args().file
    pairs = []
    for line in (file.read_text() if file else characters()).splitlines():
        traditional, _, simplified = line.partition("\t")
        candidates = simplified.split()
        if candidates and traditional not in candidates:
            pair = traditional + candidates[0]
            if len(pair) == 2 and all(len(c.encode()) == 3 for c in pair):
                pairs.append(pair)
    pairs.sort()
    lines = [" ".join(pairs[n : n + PAIRS_OF_LINE]) for n in range(0, len(pairs), PAIRS_OF_LINE)]
    head = f"# Built by scripts/build_traditional.py from TSCharacters.txt of OpenCC (PyPI opencc-python-reimplemented {VERSION}), Apache-2.0.\n"
    OUT.write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
