"""The page "What changed": two days side by side, followed by date, language and case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.store.paths import data_path
from desktop.store.rulebook import load
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.pages.changes import ChangesPage

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load()


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, book: RuleBook) -> ChangesPage:
    model = CaseModel(book, TODAY)
    made = ChangesPage(model, Preferences(str(tmp_path / "settings.ini")))
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.retranslate("en")
    made.show()
    model.open(Path(str(data_path("cases"))) / "2-lighting.lanewise")
    # the figures below are those of the way to Russia
    model.set("destinations", ["RU"])
    model.evaluated.connect(made.show_advice)
    model.evaluate()
    qtbot.waitUntil(lambda: made.lines.model().rowCount() > 0)
    return made


def column(page: ChangesPage, key: str) -> dict[str, str]:
    table = page.lines.model()
    at = [c.key for c in table.columns].index(key)
    return {row.key: row.parts[at].text for row in table.rows}


def test_both_days_stand_side_by_side(page: ChangesPage) -> None:
    heads = [c.title for c in page.lines.model().columns]
    assert heads[1:3] == ["8 Nov 2015", "27 Nov 2026"]
    # 15.80 × 5 % and × 8 %
    assert column(page, "before")["commission"] == "0.79"
    assert column(page, "after")["commission"] == "1.26"
    assert page.lines_note.text() == "Both days for a buyer in Russia."


def test_another_span_of_time_is_compared(page: ChangesPage, qtbot: QtBot) -> None:
    page.since.set_current("year")
    page.since.changed.emit("year")
    qtbot.waitUntil(lambda: page.lines.model().columns[1].title == "27 Nov 2025")
    assert column(page, "before")["commission"] == "1.26"


def test_an_option_is_chosen(page: ChangesPage) -> None:
    page.options.changed.emit("platforms/ebay")
    # 15.80 × 10 % in 2015 (final value fee), and nothing today: eBay is closed to Russia
    assert column(page, "after")["commission"] == "–"


def test_the_page_follows_the_day_and_the_language(page: ChangesPage, qtbot: QtBot) -> None:
    page.model.set_day(REPORT_DAY)
    qtbot.waitUntil(lambda: page.lines.model().columns[2].title == "27 Nov 2026")
    page.prefs.set_language("zh")
    page.retranslate("zh")
    assert page.title.text() == "有何变化"
    assert page.lines.model().columns[1].title == "2015-11-08"


def test_a_fact_explains_itself(page: ChangesPage, qtbot: QtBot) -> None:
    page.facts.set_current("aliexpress.commission.excluded_rates")
    with qtbot.waitSignal(page.whyRequested) as asked:
        qtbot.keyClick(page.facts, Qt.Key.Key_Return)
    subject = asked.args[0]
    assert isinstance(subject, WhySubject)
    assert subject.readings[0].id == "aliexpress.commission.excluded_rates"


def test_without_the_first_answers_it_says_what_to_do(page: ChangesPage, qtbot: QtBot) -> None:
    page.model.new()
    page.model.evaluate()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert not page.lines.isVisible()
    assert "Product" in page.empty.lead.text()
