"""The checker of drafts on real articles: precision and recall of the weekday rule, and how often
each rule speaks.

    zona bench checker [--articles FILE] [--show CODE]
    zona bench checker --growth

With --growth it measures how the time of every rule grows with a hostile text (bench/growth.py).

The file has one article a line (JSON Lines) with what was printed (`dateline`, `date_printed`,
`title`, `body_restated`) and the label `weekday_check`, given by hand: "cocok" or "tidak_cocok"
where weekday, day, month and year are all printed. Other labels leave a part open: there no answer
is known, so they do not count. Without --articles it looks where ZONA_SHARED points.
"""

import argparse
import collections
import json
import os
import sys
from pathlib import Path
from typing import Any

RIGHT, WRONG = "cocok", "tidak_cocok"
WEEKDAY_RULE = "weekday_wrong"


def read_articles(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_draft(row: dict[str, Any]) -> Any:
    """The article as a draft. What it printed of its date opens the text, as it did there."""
    from zona.bakohumas.checker.rules import Draft

    body, printed = row["body_restated"], row["date_printed"] or ""
    opening = f"Kegiatan berlangsung {printed}. " if printed and printed not in body else ""
    lead, _stop, rest = (opening + body).partition(". ")
    return Draft(
        title=row["title"] or "",
        lead=lead,
        paragraphs=(rest,),
        dateline=row["dateline"] or "",
    )


def check_all(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[Any]]]:
    from zona.bakohumas.checker.rules import House, check

    return [(row, check(make_draft(row), House())) for row in rows]


def score(checked: list[tuple[dict[str, Any], list[Any]]]) -> tuple[float, float, int]:
    """(precision, recall, number of labelled articles) of the weekday rule."""
    labelled = [row for row in checked if row[0]["weekday_check"] in (RIGHT, WRONG)]
    wrong = {row["id"] for row, _found in labelled if row["weekday_check"] == WRONG}
    told = {
        row["id"]
        for row, found in labelled
        if any(finding.code == WEEKDAY_RULE for finding in found)
    }
    hits = len(wrong & told)
    return hits / len(told) if told else 1.0, hits / len(wrong) if wrong else 1.0, len(labelled)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    shared = os.environ.get("ZONA_SHARED", "")
    parser.add_argument(
        "--articles",
        type=Path,
        default=Path(shared) / "data" / "articles.jsonl" if shared else None,
    )
    parser.add_argument("--show", default="", help="print the findings of one rule")
    parser.add_argument(
        "--growth", action="store_true", help="times of every rule on hostile texts"
    )
    options = parser.parse_args()
    if options.growth:
        from bench import growth

        return growth.main()
    if options.articles is None or not options.articles.exists():
        parser.error("name the file of articles with --articles, or set ZONA_SHARED")
    checked = check_all(read_articles(options.articles))
    precision, recall, labelled = score(checked)
    print(f"{len(checked)} articles, {labelled} of them with weekday and whole date printed")
    print(f"weekday rule: precision {precision:.3f}, recall {recall:.3f}")
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for _row, found in checked:
        counts.update({(finding.severity.value, finding.code) for finding in found})
    print("\narticles with a finding, of 100")
    for (severity, code), count in sorted(counts.items(), key=lambda row: (row[0][0], -row[1])):
        print(f"  {severity:<8} {code:<28} {100 * count / len(checked):6.1f}")
    for row, found in checked:
        for finding in found:
            if options.show in (finding.code, finding.severity.value):
                print(
                    f"  {row['id']}  {finding.code}  {finding.excerpt!r}  {dict(finding.params)}"
                    f"  -> {finding.suggestion!r}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
