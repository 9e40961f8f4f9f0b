"""The decision on a penalty as PDF, first and after, beside the page and the Word file of the same blocks.

    python scripts/bench_documents.py [--times 30]

First: the process has printed nothing yet, and reads the fonts, too. Each later decision is another one.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from backend.documents.blocks import Document
from backend.documents.docx import as_docx
from backend.documents.html import as_page
from backend.documents.pdf import as_pdf
from backend.documents.penalties import penalty_decision
from backend.documents.stamp import Stamp
from backend.rulebook.reading import build, read
from tests.documents import samples

FIRST_S, AFTER_MS = 0.5, 50.0
STAMP = Stamp("ABCD-EFGH-JKMN", "0123456789ab", "https://humiao.example/verify/ABCD-EFGH-JKMN")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--times", type=int, default=30)
    times = options.parse_args().times
    law = build(read(), 1)
    decisions = [
        penalty_decision(law, replace(samples.DECISION, number=f"示文罚〔2026〕{n}号"))
        for n in range(times + 1)
    ]
    ways: dict[str, Callable[[Document], object]] = {
        "PDF/A": lambda one: as_pdf(one, {}, STAMP, samples.AT),
        "Word": lambda one: as_docx(one, {}, STAMP, samples.AT),
        "page": lambda one: as_page(one, {}, STAMP),
    }
    print(f"  {'':8}{'first ms':>10}{'p50 ms':>9}{'worst ms':>10}{'ratio of p50':>14}")
    of_pdf = None
    for name, draw in ways.items():
        first, *after = (_took(draw, one) for one in decisions)
        of_pdf = of_pdf or median(after)
        numbers = (first, median(after), max(after), median(after) / of_pdf)
        print("  {:8}{:10.1f}{:9.1f}{:10.1f}{:14.2f}".format(name, *numbers))
    print(f"  limits of the PDF: {FIRST_S:g} s first, {AFTER_MS:g} ms after")


def _took(draw: Callable[[Document], object], decision: Document) -> float:
    began = time.perf_counter()
    draw(decision)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
