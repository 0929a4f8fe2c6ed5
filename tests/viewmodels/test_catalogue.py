"""The model behind the catalogue page: a file is opened, mapped, screened beside the window, looked through, written."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.core.case import case_of
from desktop.core.facts import RuleBook
from desktop.core.text import both
from desktop.engine.catalogue import NOT_GIVEN
from desktop.store.rulebook import load
from desktop.viewmodels.background import Background, StoppedError, Task
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.catalogue import run
from desktop.viewmodels.catalogue import words as vm
from desktop.viewmodels.catalogue.found import SORTS, Index, Wanted, select
from desktop.viewmodels.catalogue.model import DONE, NOTHING, OPEN, READING, SCREENING, CatalogueModel
from desktop.viewmodels.preferences import Preferences
from tests.screened_batches import LANES, random_found, skus

TODAY = date(2026, 11, 24)
ANSWERS = {"company": "company", "destinations": ["US", "GB", "DE"], "return_rate": "3"}
WAIT = 60_000


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture
def case(book: RuleBook) -> CaseModel:
    model = CaseModel(book, TODAY)
    model.replace(case_of({"name": "Dress", "answers": ANSWERS}, model.questions))
    return model


@pytest.fixture
def model(qtbot: QtBot, case: CaseModel, tmp_path: Path) -> Iterator[CatalogueModel]:
    made = CatalogueModel(case, Preferences(str(tmp_path / "settings.ini")))
    yield made
    made.close()


def catalogue(
    path: Path, rows: int = 60, head: str = "SKU,Name,Category,Price (USD),Cost (CNY),Weight (g)"
) -> Path:
    """Rows of three kinds, a bad one every twentieth."""
    kinds = ("apparel", "toys", "lighting")
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(head + "\n")
        out = csv.writer(stream, lineterminator="\n")
        for i in range(rows):
            price = "ask" if i % 20 == 7 else f"{5 + i % 41}.90"
            out.writerow(
                [f"S{i:05d}", f"thing {i} 样品", kinds[i % 3], price, 20 + i % 30, 40 + 17 * (i % 90)]
            )
    return path


def opened(qtbot: QtBot, model: CatalogueModel, path: Path) -> None:
    model.open(path)
    qtbot.waitUntil(lambda: model.state != READING, timeout=WAIT)


def screened(qtbot: QtBot, model: CatalogueModel, path: Path) -> run.Found:
    opened(qtbot, model, path)
    assert model.state == OPEN, model.error
    with qtbot.waitSignal(model.selected, timeout=WAIT):
        model.screen()
    assert model.state == DONE
    assert model.found is not None
    return model.found


def shown(qtbot: QtBot, model: CatalogueModel, wanted: Wanted) -> list[int]:
    with qtbot.waitSignal(model.selected, timeout=WAIT):
        model.show(wanted)
    assert model.order is not None
    return [int(place) for place in model.order]


# ---------------------------------------------------------------------- opening
def test_a_file_is_read_beside_the_window_and_mapped_by_its_headings(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path
) -> None:
    path = catalogue(tmp_path / "goods.csv")
    model.open(path)
    assert model.state == READING
    qtbot.waitUntil(lambda: model.state == OPEN, timeout=WAIT)
    assert model.opening is not None
    columns = model.opening.columns()
    assert [c.field for c in columns] == ["sku", "name", "category", "list_price", "unit_cost", "weight"]
    assert [c.unit for c in columns] == ["", "", "", "USD", "CNY", "g"]
    assert columns[0].cells[:2] == ("S00000", "S00001")
    assert model.opening.problem() is None


def test_a_field_is_held_by_one_column_and_what_is_missing_is_said(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path
) -> None:
    opened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    assert model.opening is not None
    model.assign(4, "list_price")
    assert model.opening.mapping["list_price"] == 4
    assert "unit_cost" not in model.opening.mapping
    # the unit goes with the column: this heading says yuan
    assert model.opening.units["list_price"] == "CNY"
    model.assign(4, "")
    problem = model.opening.problem()
    assert problem is not None
    assert problem.en.startswith("no column holds the price")
    model.screen()
    assert model.state == OPEN


def test_a_mapping_is_remembered_by_its_headings_in_any_order(
    qtbot: QtBot, model: CatalogueModel, case: CaseModel, tmp_path: Path
) -> None:
    opened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    model.assign(1, "")
    model.set_unit("weight", "kg")
    again = CatalogueModel(case, model.prefs)
    turned = tmp_path / "turned.csv"
    turned.write_text(
        "Weight (g),Price (USD),Name,SKU,Cost (CNY),Category\n0.2,19,x,A1,30,toys\n", encoding="utf-8"
    )
    opened(qtbot, again, turned)
    assert again.opening is not None
    assert again.opening.remembered
    assert "name" not in again.opening.mapping
    assert again.opening.mapping["sku"] == 3
    assert again.opening.units == {"list_price": "USD", "unit_cost": "CNY", "weight": "kg"}
    again.suggest()
    assert again.opening.mapping["name"] == 2
    assert not again.opening.remembered
    opened(qtbot, again, turned)
    assert again.opening is not None
    assert not again.opening.remembered
    again.close()


def test_what_was_kept_and_cannot_be_is_let_go(qtbot: QtBot, model: CatalogueModel, tmp_path: Path) -> None:
    from desktop.store.catalogue import mapping_key

    path = catalogue(tmp_path / "goods.csv")
    opened(qtbot, model, path)
    assert model.opening is not None
    key = mapping_key(model.opening.headers)
    for kept in (
        {"fields": {"sku": "SKU"}, "units": {}},
        {"fields": 3},
        {"fields": {"list_price": "Price (USD)"}, "units": {"list_price": "parsec"}},
    ):
        model.prefs.keep_catalogue_mapping(key, kept)
        opened(qtbot, model, path)
        assert model.opening.problem() is None
        assert model.opening.units["list_price"] == "USD"


def test_a_file_that_cannot_be_read_leaves_what_stands(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path
) -> None:
    opened(qtbot, model, tmp_path / "gone.csv")
    assert model.state == NOTHING
    assert model.error is not None
    assert model.error.en == "gone.csv: there is no such file"
    found = screened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    opened(qtbot, model, tmp_path / "picture.xlsx")
    assert model.state == DONE
    assert model.found is found
    assert model.error is not None
    assert "it is a picture" in model.error.en


# ---------------------------------------------------------------------- screening
def test_every_row_is_screened_or_named(qtbot: QtBot, model: CatalogueModel, tmp_path: Path) -> None:
    found = screened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=200))
    assert found.whole
    assert (found.kept.count, found.kept.bad_count, found.rows) == (190, 10, 200)
    assert [row.row for row in found.bad] == list(range(9, 200, 20))
    totals = found.index.totals()
    assert totals.screened == 190
    assert sum(totals.by_lane.values()) + totals.none == 190
    one = found.kept.found(0, 190)
    assert one.skus.sku[:3] == ("S00000", "S00001", "S00002")
    assert totals.losing == int(((one.best != NOT_GIVEN) & (one.net < 0)).sum())


def test_rows_in_pieces_are_found_as_in_one(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = catalogue(tmp_path / "goods.csv", rows=150)
    whole = screened(qtbot, model, path).kept.found(0, 150)
    monkeypatch.setattr(run, "PIECE", 7)
    monkeypatch.setattr(run, "ROWS", 40)
    pieces = screened(qtbot, model, path).kept.found(0, 150)
    for name in ("best", "net", "second", "second_net", "complete", "closed", "priced"):
        assert (getattr(whole, name) == getattr(pieces, name)).all(), name
    assert whole.skus.sku == pieces.skus.sku


def test_stop_ends_it_and_what_was_found_stays(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROWS", 50)
    go_on = threading.Event()
    real = run._by_kind
    batches = []

    def slow(skus_: Any) -> Any:
        batches.append(len(skus_))
        if len(batches) == 3:
            go_on.wait(20)
        return real(skus_)

    monkeypatch.setattr(run, "_by_kind", slow)
    opened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=400))
    model.screen()
    qtbot.waitUntil(lambda: len(batches) == 3, timeout=WAIT)
    model.stop()
    go_on.set()
    qtbot.waitUntil(lambda: model.state != SCREENING, timeout=WAIT)
    assert model.state == DONE
    assert model.found is not None
    assert not model.found.whole
    # two whole batches: the third was not finished
    assert 0 < model.found.rows == model.found.index.count + model.found.kept.bad_count <= 100
    # half a catalogue is not written as if it were one
    model.export(tmp_path / "half.csv", "en")
    assert not model.is_writing
    assert not (tmp_path / "half.csv").exists()


def test_a_file_that_fails_half_way_is_no_catalogue(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.store.catalogue.faults import CatalogueError

    path = catalogue(tmp_path / "goods.csv", rows=100)
    opened(qtbot, model, path)
    assert model.opening is not None
    real = model.opening.catalogue.read

    def broken(*values: Any, **named: Any) -> Any:
        yield next(iter(real(*values, **{**named, "rows": 30})))
        raise CatalogueError(both("goods.csv: it was changed while it was being read; read it again"))

    monkeypatch.setattr(model.opening.catalogue, "read", broken)
    model.screen()
    qtbot.waitUntil(lambda: model.state != SCREENING, timeout=WAIT)
    assert model.state == OPEN
    assert model.found is None
    assert model.error is not None
    assert "changed while it was being read" in model.error.en


def test_a_catalogue_without_rows_is_said(qtbot: QtBot, model: CatalogueModel, tmp_path: Path) -> None:
    path = tmp_path / "heads.csv"
    path.write_text("SKU,Price\n", encoding="utf-8")
    opened(qtbot, model, path)
    model.screen()
    qtbot.waitUntil(lambda: model.state != SCREENING, timeout=WAIT)
    assert model.error is not None
    assert model.error.en.startswith("heads.csv has no rows")


def test_progress_grows_to_the_whole(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROWS", 50)
    monkeypatch.setattr(run, "PIECE", 20)
    said: list[run.Progress] = []
    opened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=300))
    model._screener.said.connect(
        lambda value: said.append(value) if isinstance(value, run.Progress) else None
    )
    with qtbot.waitSignal(model.selected, timeout=WAIT):
        model.screen()
    shares = [each.share for each in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert said[-1].rows == 300
    assert len(said) > 10


# ---------------------------------------------------------------------- rows
def test_rows_are_narrowed_and_sorted_as_one_would_by_hand() -> None:
    from desktop.store.screened import Kept

    batches = [random_found(200, seed=5), random_found(100, start=200, seed=6)]
    kept, index = Kept(LANES), Index(LANES, 1, "USD")
    for found in batches:
        kept.add(found.skus, [(np.arange(len(found.skus)), found)])
        index.add(found)
    whole = kept.found(0, 300)

    def row(i: int) -> dict[str, Any]:
        code = int(whole.skus.price_currency.codes[i])
        second = int(whole.second[i])
        return {
            "place": i,
            "best": int(whole.best[i]),
            "net": int(whole.net[i]),
            "sold": int(whole.skus.price[i] * whole.skus.pieces[i]),
            "currency": whole.skus.price_currency.words[code] if code >= 0 else "USD",
            "behind": int(whole.net[i] - whole.second_net[i]) if second >= 0 else None,
            "text": f"{whole.skus.sku[i]} {whole.skus.name[i]}".casefold(),
        }

    rows = [row(i) for i in range(300)]

    def places(wanted: Wanted) -> list[int]:
        return [int(place) for place in select(kept, index, wanted)]

    assert places(Wanted()) == list(range(300))
    assert places(Wanted(falling=True)) == list(reversed(range(300)))
    assert places(Wanted(losing=True)) == [r["place"] for r in rows if r["best"] >= 0 and r["net"] < 0]
    assert places(Wanted(none=True)) == [r["place"] for r in rows if r["best"] < 0]
    assert places(Wanted(platform="ebay")) == [r["place"] for r in rows if r["best"] == 1]
    assert places(Wanted(market="JP", losing=True)) == [
        r["place"] for r in rows if r["best"] == 2 and r["net"] < 0
    ]
    assert places(Wanted(text="SHIRT 25")) == [r["place"] for r in rows if "25" in r["text"]]
    for falling in (False, True):
        sign = -1 if falling else 1
        ranked = sorted(
            rows,
            key=lambda r: (r["best"] < 0, 0 if r["best"] < 0 else sign * round(1000 * r["net"] / r["sold"])),
        )
        got = places(Wanted(sort="margin", falling=falling))
        assert [rows[i]["best"] < 0 for i in got] == [r["best"] < 0 for r in ranked]
        figures = [rows[i]["net"] / rows[i]["sold"] for i in got if rows[i]["best"] >= 0]
        assert all(sign * (b - a) > -0.001 for a, b in pairwise(figures))
        # amounts of two currencies are not compared
        money = [
            (rows[i]["currency"], rows[i]["net"])
            for i in places(Wanted(sort="left", falling=falling))
            if rows[i]["best"] >= 0
        ]
        assert len([1 for a, b in pairwise(money) if a[0] != b[0]]) == len({m[0] for m in money}) - 1
        assert all(sign * (b[1] - a[1]) >= 0 for a, b in pairwise(money) if a[0] == b[0])
    last = places(Wanted(sort="behind"))
    assert all(rows[i]["behind"] is None or rows[i]["best"] < 0 for i in last[-20:])
    assert {len(places(Wanted(sort=sort))) for sort in SORTS} == {300}


def test_a_newer_wish_makes_an_older_one_be_forgotten(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path
) -> None:
    screened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=100))
    model.show(Wanted(text="nothing like this"))
    assert shown(qtbot, model, Wanted(text="s00003")) == [3]


def test_rows_are_said_in_words(qtbot: QtBot, model: CatalogueModel, case: CaseModel, tmp_path: Path) -> None:
    from desktop.reports.screened import words_of

    found = screened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    for language in ("en", "zh"):
        names = words_of(found.view, language, case.case, case.questions)  # type: ignore[arg-type]
        one = model.row(0)
        row = vm.row_words(one, 0, names, language)  # type: ignore[arg-type]
        lane = one.lanes[int(one.best[0])]
        assert row.platform == names.platforms[lane.platform][language]
        assert row.market == names.markets[lane.market][language]
        assert (row.sku, row.line, row.currency) == ("S00000", 2, "USD")
        assert row.left.removeprefix("≤ ").replace("−", "-") == f"{int(one.net[0]) / 100:.2f}"
        assert row.at_most == (not one.complete[0]) == row.left.startswith("≤ ")
        assert row.losing == (one.net[0] < 0)
    counted = vm.counts(found.index.totals(), names, found.kept.lanes, "en")
    assert sum(sum(cells) for _, _, cells in counted.rows) == vm.with_lane(found.index.totals())


def test_a_row_has_the_cents_of_its_quote_and_of_the_case_it_opens(
    qtbot: QtBot, model: CatalogueModel, case: CaseModel, tmp_path: Path
) -> None:
    found = screened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    one = model.row(4)
    best, second = model.quotes(4)
    assert (best[1].net, second[1].net) == (one.net[0], one.second_net[0])
    assert model.case.case.name == "Dress"
    model.open_row(4)
    assert case.case.name == "thing 4 样品"
    assert case.answer("return_rate") == "3"
    case.evaluate()
    assert case.advice is not None
    first = case.advice.platforms.first
    assert first is not None
    assert first.quote is not None
    assert (first.id, first.quote.net) == (best[0].platform, one.net[0])
    # the rows are of answers that this case has too
    assert not model.stale
    case.set("return_rate", "9")
    assert model.stale
    assert model.found is found


def test_other_answers_or_another_day_make_it_old(
    qtbot: QtBot, model: CatalogueModel, case: CaseModel, tmp_path: Path
) -> None:
    screened(qtbot, model, catalogue(tmp_path / "goods.csv"))
    assert not model.stale
    case.set_day(date(2025, 1, 15))
    assert model.stale
    case.set_day(None)
    assert not model.stale
    case.set("return_rate", "4")
    assert model.stale
    case.undo()
    assert not model.stale


# ---------------------------------------------------------------------- files
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_all_that_was_found_is_written(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, suffix: str
) -> None:
    screened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=100))
    target = tmp_path / f"out{suffix}"
    with qtbot.waitSignal(model.written, timeout=WAIT) as done:
        model.export(target, "en")
    assert done.args is not None
    assert done.args[0][0] == target
    assert target.stat().st_size > 1000
    if suffix == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert [row[1] for row in rows if row[1].startswith("S0")] == [
            f"S{i:05d}" for i in range(100) if i % 20 != 7
        ]


def test_stopping_the_writing_leaves_no_file(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = screened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=300))
    monkeypatch.setattr(run, "PIECE", 10)
    go_on, begun = threading.Event(), threading.Event()
    real = found.kept.found

    def slow(start: int, stop: int) -> Any:
        if start == 50:
            begun.set()
            go_on.wait(20)
        return real(start, stop)

    monkeypatch.setattr(found.kept, "found", slow)
    before = set(tmp_path.iterdir())
    model.export(tmp_path / "out.xlsx", "en")
    qtbot.waitUntil(begun.is_set, timeout=WAIT)
    model.stop_writing()
    go_on.set()
    qtbot.waitUntil(lambda: not model.is_writing, timeout=WAIT)
    assert set(tmp_path.iterdir()) == before
    assert model.write_error is None


def test_what_cannot_be_written_is_one_sentence(qtbot: QtBot, model: CatalogueModel, tmp_path: Path) -> None:
    path = catalogue(tmp_path / "goods.csv")
    screened(qtbot, model, path)
    before = path.read_bytes()
    for target, words in (
        (path, "is the catalogue itself"),
        (tmp_path / "nowhere" / "out.csv", "there is no folder"),
        (tmp_path / "out.pdf", "is of no format"),
    ):
        model.export(target, "en")
        qtbot.waitUntil(lambda: not model.is_writing, timeout=WAIT)
        assert model.write_error is not None
        assert words in model.write_error.en
    assert path.read_bytes() == before


def test_the_rows_that_were_not_read_are_a_list_of_their_own(
    qtbot: QtBot, model: CatalogueModel, tmp_path: Path
) -> None:
    screened(qtbot, model, catalogue(tmp_path / "goods.csv", rows=60))
    with qtbot.waitSignal(model.written, timeout=WAIT):
        model.save_bad(tmp_path / "bad.csv", "zh")
    lines = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "行号,字段,未读取的原因"
    assert [line.split(",")[0] for line in lines[1:]] == ["9", "29", "49"]


# ---------------------------------------------------------------------- beside the window
def test_a_fault_in_the_work_is_not_swallowed(qtbot: QtBot) -> None:
    work = Background()

    def broken(_task: Task) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.stopped, timeout=WAIT):
        work.start(broken)
    qtbot.waitUntil(lambda: bool(caught), timeout=WAIT)
    assert caught[0][0] is ZeroDivisionError
    assert not work.busy


def test_work_that_is_asked_to_end_ends_at_its_next_word(qtbot: QtBot) -> None:
    work = Background()
    begun, go_on = threading.Event(), threading.Event()
    heard: list[object] = []
    work.said.connect(heard.append)

    def long(task: Task) -> None:
        begun.set()
        go_on.wait(20)
        task.say("more")

    work.start(long)
    qtbot.waitUntil(begun.is_set, timeout=WAIT)
    with qtbot.waitSignal(work.stopped, timeout=WAIT):
        work.stop()
        go_on.set()
    assert heard == []
    assert issubclass(StoppedError, Exception)


def test_pieces_and_currencies_of_the_case_count_where_a_row_has_none() -> None:
    index = Index(LANES, 3, "EUR")
    rows = skus(
        2,
        pieces=np.array([NOT_GIVEN, 2]),
        price_currency=type(skus(1).category)(np.array([NOT_GIVEN, 0]), ("USD",)),
    )
    from tests.screened_batches import found

    index.add(found(rows, [0, 1], {"goods": [2490, 2490]}))
    assert sorted(index.currencies) == ["EUR", "USD"]
    assert [index.currencies[code] for code in index.column("currency")] == ["EUR", "USD"]
    # the batch made by hand leaves nothing of its first row, and half of its second
    assert index.column("tenths").tolist() == [0, 500]
