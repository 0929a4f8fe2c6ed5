"""Workbooks recalculated by LibreOffice: is every margin, at another price, the program's own to the cent?

    python tests/harness/workbook_cents.py [CASES] [FIRST SEED]

For each seed a case, its workbook in a language, another price (with every fifth also another weight, cost and number of
pieces) typed over the inputs; LibreOffice (`soffice`) recalculates the files; each net margin of each lane is held
against the quote of the program for the changed case. Exit code 1 where any differs. Wants LibreOffice; nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from workbook_cases import Changed, changed, retyped  # noqa: E402

from desktop.core.questions import questions_of  # noqa: E402
from desktop.reports.workbook.book import workbook_bytes  # noqa: E402
from desktop.store.rulebook import load  # noqa: E402

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""Files are recalculated when they are opened, whatever program says that it wrote them."""
ALL = ("list_price", "weight_g", "unit_cost", "pieces_per_order", "monthly_orders")


def recalculated(files: list[Path], out: Path) -> None:
    """Every file opened, recalculated and saved by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice (soffice) is not on the path")
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(ALWAYS)
        call = [
            office,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
        ]
        subprocess.run([*call, *map(str, files)], check=True, capture_output=True, timeout=900)


def held(each: Changed, path: Path, questions, counts: Counter[str]) -> list[str]:  # type: ignore[no-untyped-def]
    """What a recalculated file says otherwise than the program."""
    book = CalamineWorkbook.from_path(path)
    sheets: dict[str, list[list[object]]] = {}
    faults = []
    outside = each.report.inputs.outside.value(None)  # type: ignore[arg-type]
    for told in each.told(questions):
        cells = [told.lane.net, told.lane.status]
        rows = sheets.setdefault(
            told.lane.name, book.get_sheet_by_name(told.lane.name).to_python(skip_empty_area=False)
        )
        net, status = (_at(rows, cell.at) for cell in cells)
        if net == outside:
            counts["outside"] += 1
            if told.net is not None and each.typed.keys() == {"list_price"}:
                counts["outside by price alone"] += 1
            continue
        counts["compared"] += 1
        same = isinstance(net, float) and told.net is not None and Fraction(str(net)) == told.net
        counts["complete" if told.complete else "at most"] += 1
        if not same or (status == "") != told.complete:
            faults.append(
                f"{each.report.view.date} {told.lane.name} {dict(each.typed)}: {net!r} {status!r}, program {told}"
            )
    return faults


def _at(rows: list[list[object]], at: str) -> object:
    _, letter, number = at.split("$")
    value = rows[int(number) - 1][ord(letter) - ord("A")]
    return float(value) if isinstance(value, int) else value


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    book = load()
    questions = questions_of(book.rules)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        here, out = Path(folder) / "in", Path(folder) / "out"
        here.mkdir()
        out.mkdir()
        made: dict[Path, Changed] = {}
        for seed in range(first, first + cases):
            names = ALL if seed % 5 == 0 else ("list_price",)
            each = changed(seed, book, questions, "zh" if seed % 4 == 0 else "en", names)
            path = here / f"{seed}.xlsx"
            path.write_bytes(retyped(workbook_bytes(each.report), each.cells(), each.report))
            made[path] = each
        started = time.perf_counter()
        recalculated(list(made), out)
        seconds = time.perf_counter() - started
        for path, each in made.items():
            faults += held(each, out / path.name, questions, counts)
    for fault in faults:
        print(fault)
    print(f"{cases} workbooks, {seconds:.0f} s in LibreOffice; {dict(counts)}; {len(faults)} differ")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
