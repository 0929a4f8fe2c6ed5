"""Lists and searches of a casebook, and keeping an answer in it.

    python benchmarks/casebook.py [CASES]

Fills a casebook of CASES (default 10,000) in a folder of its own and prints the median and the worst of 25 calls, in ms
of the processor's time of this process: other work on the machine is not in it, nor is waiting for the disk.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.core.casebook import Details, Query
from desktop.core.questions import questions_of
from desktop.store.casebook import Casebook, export_cases, import_files, local_now
from desktop.store.casefile import read_example
from desktop.store.rulebook import load

FAMILIES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"
SHOWN = 200
NOTE = "Has stock of 1,200. Wary of Amazon after a blocked listing. 样品已寄出，等待回复。"


def timed(name: str, work: Callable[[], object], times: int = 25) -> None:
    work()
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    print(f"{name:44}{statistics.median(found):8.2f}{max(found):8.2f}")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    questions = questions_of(load().rules)
    case = read_example("1-clothing.lanewise", questions)
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        one = Casebook.open(Path(folder) / "one.db", local_now, questions)
        # cases come in by the hundred, so that the filling takes seconds
        for _ in range(100):
            client = (
                f"{chance.choice(FAMILIES)}{chance.choice(GIVEN)} {chance.choice(('Trading', 'GmbH', 'Ltd'))}"
            )
            one.create(case, Details(client, ("de", "en"), "visitor@example.com", ("hall 4",), note=NOTE))
        for path in export_cases(one, range(1, 101), Path(folder) / "cases", details=True):
            # without their own names they are new cases each time
            path.write_text(path.read_text(encoding="utf-8").replace('"uid":"', '"uid":"-'), encoding="utf-8")
        book = Casebook.open(Path(folder) / "book.db", local_now, questions)
        for _ in range(number // 100):
            import_files(book, [Path(folder) / "cases"])
        print(f"{book.find(limit=1).total:,} cases{'median':>36}{'worst':>8}")
        timed("list", lambda: book.find(limit=SHOWN))
        timed("list, whole", lambda: book.find())
        for sort in ("client", "net"):
            timed(f"sorted by {sort}", lambda sort=sort: book.find(Query(sort=sort), limit=SHOWN))
        for text in ("ltd", "张伟", "zhangwei", "gmbh zw", "qqqq"):
            timed(f"search {text}", lambda text=text: book.find(Query(text=text), limit=SHOWN))
        timed("counts", lambda: book.counts(date.today()))
        timed("one case", lambda: book.get(77))
        row = [book.row(5)]

        def keep() -> None:
            changed, _ = case.set(questions, "weight_g", 100 + row[0].revision % 1000)
            row[0] = book.keep(5, changed, row[0].revision)

        timed("keep an answer", keep, 100)
        timed("check", book.check, 5)
        timed("backup", book.backup, 3)
        one.close()
        book.close()


if __name__ == "__main__":
    main()
