"""The tour takes a picture at every stop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop import tour
from desktop.app import application
from desktop.cli import main
from desktop.views.design import theme


def test_the_stop_of_an_export_shows_the_market_facts_too(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "en-light"
    guide._export()
    made = {path.name.removesuffix("-en-light.png") for path in tmp_path.glob("*.png")}
    assert made >= {
        "02-product",
        "03-markets",
        "03-markets-facts",
        "04-platforms",
        "05-logistics",
        "06-why",
        "07-what-if",
    }
    facts, compared = (
        QImage(str(tmp_path / f"{name}-en-light.png")) for name in ("03-markets-facts", "03-markets")
    )
    assert facts != compared


def test_the_catalogue_is_screened_before_its_picture_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "zh-dark"
    guide.prefs.set_language("zh")
    guide._catalogue()
    made = {path.name.removesuffix("-zh-dark.png") for path in tmp_path.glob("*.png")}
    assert made == {
        "16-catalogue", "16-catalogue-columns", "16-catalogue-results", "16-catalogue-small", "16-catalogue-not-read",
    }  # fmt: skip
    page = guide.window.page("catalogue")
    assert page.catalogue.found.kept.count == 37  # type: ignore[attr-defined]
    page.close_down()  # type: ignore[attr-defined]
    guide.prefs.set_language("en")


def test_the_visitor_view_is_seen_page_by_page(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "en-light"
    guide._visitor()
    made = {path.name.removesuffix("-en-light.png") for path in tmp_path.glob("*.png")}
    pages = ("markets", "platforms", "logistics", "what-if", "plan", "detail", "why", "small")
    assert made == {f"17-visitor-{page}" for page in pages}
    assert QImage(str(tmp_path / "17-visitor-plan-en-light.png")).width() == tour.SIZE[0]
    assert guide.window.receiving.view.isHidden()


def test_search_and_guide_are_stops(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "en-light"
    guide._search()
    guide._guide_pages()
    made = {path.name.removesuffix("-en-light.png") for path in tmp_path.glob("*.png")}
    assert made == {f"19-search-{name}" for name in tour.SEARCHES} | {
        f"20-guide-{p}" for p in tour.GUIDE_PAGES
    }
    assert guide.count == len(made)


def test_the_visitors_of_the_casebook_are_made_up_and_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "en-light"
    guide._casebook()
    made = {path.name.removesuffix("-en-light.png") for path in tmp_path.glob("*.png")}
    assert made == {"18-casebook", "18-casebook-small", "18-casebook-start"}
    desk = guide._desk
    assert desk is not None
    page = desk.page("casebook")
    rows = page.table.table_model.rows  # type: ignore[attr-defined]
    assert len(rows) == 5
    assert all(row.parts[1].text.startswith("Demo visitor") for row in rows)
    desk.close()


def test_the_tour_takes_what_it_is_asked_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Schemes, languages and text size; a size that the program does not have is refused in one line."""
    monkeypatch.setattr(tour._Guide, "_stops", lambda guide: (guide._start,))
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    count = tour.render(tmp_path / "made", 1.0, date(2026, 11, 24), ("contrast",), ("en",), 150)
    assert count == 1
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["01-start-en-contrast-150.png"]
    assert main(["tour", str(tmp_path / "none"), "--text", "130"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "100, 110, 125, 150, 175, 200" in said
    assert not (tmp_path / "none").exists()
    theme().apply(application(), "light", 1.0)


def test_the_sheet_of_every_example_is_a_stop(qtbot: QtBot, tmp_path: Path) -> None:
    guide = tour._Guide(tmp_path, tmp_path, date(2026, 11, 24))
    qtbot.addWidget(guide.window)
    guide.window.show()
    guide.tag = "en-dark"
    guide._sheets()
    names = ("1-clothing", "2-lighting", "3-milk-powder")
    made = {path.name.removesuffix("-en-dark.png") for path in tmp_path.glob("*.png")}
    assert made == {f"21-sheet-{name}-{day}" for name in names for day in ("today", "2015")}
    page = QImage(str(tmp_path / "21-sheet-1-clothing-today-en-dark.png"))
    assert (page.width(), page.height()) == tour.SHEET
    assert page.pixelColor(4, 4).lightness() == 255
