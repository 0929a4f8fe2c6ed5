"""The plan page: the path of the advice, its figures, and a way to the reason of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.plan import Sentence
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.design import TYPE, theme
from desktop.views.pages.plan import TABLES_BESIDE, PlanPage
from desktop.views.pages.sentence_list import SentenceList
from desktop.views.widgets.path_line import lines_of
from tests.conftest import TODAY

VEST: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "battery", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["US", "GB"],
}  # fmt: skip
Maker = Callable[[dict[str, Any]], PlanPage]


@pytest.fixture
def make(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> Maker:
    def made(answers: dict[str, Any]) -> PlanPage:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme().apply(app, "light")
        model = CaseModel(book, TODAY)
        for name, raw in answers.items():
            assert model.set(name, raw)
        model.evaluate()
        prefs = Preferences(str(tmp_path / "settings.ini"))
        prefs.set_language("en")
        page = PlanPage(model, prefs)
        qtbot.addWidget(page)
        page.resize(900, 760)
        page.retranslate("en")
        page.show()
        return page

    return made


@pytest.fixture
def page(make: Maker) -> PlanPage:
    return make(VEST)


def heard(page: PlanPage) -> list[WhySubject]:
    found: list[WhySubject] = []
    page.whyRequested.connect(found.append)
    return found


def test_path_and_waterfall_are_the_advice_s(page: PlanPage) -> None:
    advice = page.model.advice
    assert advice is not None
    first = advice.platforms.first
    assert first is not None
    assert first.quote is not None
    steps = page.export_line.steps()
    assert steps[2].title == first.name.en
    assert str(first.quote.net_money) in steps[-1].title
    assert page.chart.data().steps[-1].label == str(first.quote.net_money)
    assert page.import_line.isHidden()
    assert page.tax_section.isHidden()


def test_stops_open_their_step_and_the_result_says_why(page: PlanPage) -> None:
    opened: list[str] = []
    page.stepRequested.connect(opened.append)
    asked = heard(page)
    page.export_line.setFocus()
    for _ in range(5):
        QTest.keyClick(page.export_line, Qt.Key.Key_Return)
        QTest.keyClick(page.export_line, Qt.Key.Key_Right)
    assert opened == ["product", "markets", "platforms", "logistics"]
    assert len(asked) == 1
    assert asked[0].title.en.startswith("Net margin on ")


def test_a_click_on_a_stop_opens_it(page: PlanPage) -> None:
    opened: list[str] = []
    page.stepRequested.connect(opened.append)
    line = page.export_line
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() * 2 // 5 + 10, 40))
    assert opened == ["platforms"]


def test_next_steps_lead_to_their_fact(page: PlanPage) -> None:
    advice = page.model.advice
    assert advice is not None
    asked = heard(page)
    page.next_list.setFocus()
    for step in advice.next_steps:
        QTest.keyClick(page.next_list, Qt.Key.Key_W)
        QTest.keyClick(page.next_list, Qt.Key.Key_Down)
        assert asked[-1].readings[0].id == step.fact
    assert len(asked) == len(advice.next_steps) > 0


def test_a_default_leads_to_its_question(page: PlanPage) -> None:
    asked: list[str] = []
    page.questionRequested.connect(asked.append)
    row = next(row for row in page.gap_list.rows() if row.mark == "default")
    page.gap_list.activated.emit(row.key)
    assert asked == [row.question]
    assert asked[0] in {question.name for question in page.model.questions.items}


def test_all_gaps_and_all_sources_on_demand(page: PlanPage) -> None:
    for link, rows in (
        (page.gap_link, lambda: len(page.gap_list.rows())),
        (page.source_link, lambda: len(page.source_table.table_model.rows)),
    ):
        few = rows()
        assert few == 6
        word = link.text()
        link.setFocus()
        QTest.keyClick(link, Qt.Key.Key_Return)
        assert word == f"all {rows()}"
        assert rows() > few
        QTest.keyClick(link, Qt.Key.Key_Return)
        assert rows() == few


def test_a_source_opens_why_and_old_ones_are_marked(page: PlanPage) -> None:
    asked = heard(page)
    page._on_all_sources()
    table = page.source_table
    table.setFocus()
    table.setCurrentIndex(table.table_model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked[0].readings[0].source.key == table.table_model.rows[0].key
    for row in table.table_model.rows:
        due = page.model.book.source(row.key).due(TODAY)
        assert (row.parts[1].tone == "warn") == due


def test_waterfall_part_is_explained_and_has_a_table(page: PlanPage) -> None:
    asked = heard(page)
    page.chart.whyRequested.emit("freight")
    assert asked[0].focus
    page.toggle_table()
    assert page.fall.is_table()
    assert len(page.fall.table.table_model.rows) == len(page.chart.data().steps)


def test_copied_text_is_the_plan(page: PlanPage) -> None:
    said: list[tuple[str, str]] = []
    page.messageRequested.connect(lambda text, action: said.append((text, action)))
    page.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert page.export_line.steps()[-1].title in text
    assert len(said) == 1
    assert said[0][1] == ""


def test_both_ways(make: Maker) -> None:
    page = make(VEST | {"direction": "both"})
    assert len(page.export_line.steps()) == len(page.import_line.steps()) == 5
    assert not page.export_head.isHidden()
    assert not page.tax_section.isHidden()
    asked = heard(page)
    page.import_line.activated.emit("result-import")
    assert asked[0].title.en.startswith("Tax, ")


def test_many_warnings_are_folded(make: Maker) -> None:
    page = make(
        {"direction": "both", "category": "toys", "list_price": "29.90", "destinations": ["US", "RU"]}
    )
    advice = page.model.advice
    assert advice is not None
    every = len(dict.fromkeys(advice.warnings))
    assert every > 3
    assert len(page.warnings.rows()) == 3
    page.warning_link.activated.emit()
    assert len(page.warnings.rows()) == every


def test_language_changes_in_place(page: PlanPage) -> None:
    page.next_list.setFocus()
    QTest.keyClick(page.next_list, Qt.Key.Key_Down)
    key = page.next_list.current_key()
    page.prefs.set_language("zh")
    page.retranslate("zh")
    advice = page.model.advice
    assert advice is not None
    assert page.title.text() == "方案"
    assert page.next_list.current_key() == key
    assert [row.text for row in page.next_list.rows()] == [step.text.zh for step in advice.next_steps]


def test_the_name_of_a_service_is_whole_on_the_path(make: Maker) -> None:
    page = make(
        {"direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
         "unit_cost": "45", "weight_g": 350, "destinations": ["US"]}
    )  # fmt: skip
    step = next(step for step in page.export_line.steps() if step.key == "service")
    assert step.title == "Yanwen air registered small packet"
    metrics = QFontMetricsF(theme().font(TYPE.option))
    for room in (150.0, 130.0):
        shown = lines_of(step.title, metrics, room)
        assert " ".join(shown) == step.title
        assert all(metrics.horizontalAdvance(line) <= room for line in shown)
    # what is longer than three lines still ends in a mark, and is whole for a screen reader
    assert lines_of(step.title, metrics, 60.0)[-1].endswith("…")
    assert step.title in page.export_line.text()


def test_a_plan_is_not_said_to_be_unranked_where_platforms_are_ranked(make: Maker) -> None:
    page = make({"direction": "export", "category": "unknown", "list_price": "unknown"})
    assert page.model.advice is not None
    assert page.model.advice.platforms.ranked
    assert page.empty.lead.text() == "No plan yet: neither category nor list price is known"


def test_without_goods_and_price_the_page_says_what_to_do(make: Maker) -> None:
    page = make({"direction": "export"})
    assert not page.empty.isHidden()
    sections = (
        page.next_section,
        page.gap_section,
        page.change_section,
        page.source_section,
        page.fall_section,
    )
    for widget in (
        *sections,
        page.tax_section,
        page.export_line,
        page.import_line,
        page.warnings,
        page.copy_button,
    ):
        assert widget.isHidden()


def test_without_a_price_the_margin_is_open(make: Maker) -> None:
    answers = {"direction": "export", "category": "apparel", "weight_g": 200, "destinations": ["US"]}
    page = make({**answers, "list_price": "unknown"})
    assert page.export_line.steps()[-1].title == "?"
    assert page.fall.isHidden()
    assert not page.no_fall.isHidden()
    assert page.gap_list.rows()[0].question == "list_price"


def test_why_without_a_focus_is_the_margin(page: PlanPage) -> None:
    asked = heard(page)
    assert page.why_focused()
    assert asked[0].title.en.startswith("Net margin on ")


@pytest.mark.parametrize("width", [684, 900, 1440])
def test_nothing_is_wider_than_the_page(qtbot: QtBot, page: PlanPage, width: int) -> None:
    page.resize(width, 760)
    qtbot.waitUntil(lambda: page.content.minimumSizeHint().width() <= page.viewport().width(), timeout=2000)
    inside = page.right.indexOf(page.source_section) >= 0
    assert inside == (page.viewport().width() >= TABLES_BESIDE)


def test_names_for_the_screen_reader(page: PlanPage) -> None:
    for widget in (
        page.export_line,
        page.next_list,
        page.gap_list,
        page.change_list,
        page.chart,
        page.source_table,
    ):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert page.export_line.steps()[0].title in page.export_line.accessibleDescription()


def test_a_long_sentence_makes_its_row_higher(qtbot: QtBot, qapp: object) -> None:
    sentences = SentenceList("steps")
    qtbot.addWidget(sentences)
    sentences.resize(400, 10)
    sentences.show()
    sentences.set_rows((Sentence("a", "short"),))
    one = sentences.height()
    sentences.set_rows((Sentence("a", "a rather long sentence that goes on " * 6),))
    assert sentences.height() > one + 20
    sentences.setFocus()
    QTest.keyClick(sentences, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("a rather long")


def test_papers_stand_on_the_plan_with_their_gaps_and_say_why(page: PlanPage) -> None:
    advice = page.model.advice
    assert advice is not None
    shown = page.paper_list.rows()
    stops = [row for row in shown if row.flag]
    assert stops
    assert shown[: len(stops)] == tuple(stops)
    assert any(row.mark == "question" and not row.head for row in shown)
    asked = heard(page)
    page.paper_list.setFocus()
    page.paper_list.activated.emit(stops[0].key)
    assert asked[0].rows[0].key == stops[0].why.id  # type: ignore[union-attr]


def test_all_papers_are_one_link_away(page: PlanPage) -> None:
    few = len(page.paper_list.rows())
    assert not page.paper_link.isHidden()
    page.paper_link.activated.emit()
    assert len(page.paper_list.rows()) > few
    page.paper_link.activated.emit()
    assert len(page.paper_list.rows()) == few


def test_the_papers_of_another_market_are_shown_at_its_chip(page: PlanPage) -> None:
    chips = page.paper_markets
    first = chips.current()
    other = next(chip.choice.key for chip in chips.chips() if chip.choice.key != first)
    before = [row.key for row in page.paper_list.rows()]
    chip = next(chip for chip in chips.chips() if chip.choice.key == other)
    chip.click()
    assert chips.current() == other
    assert [row.key for row in page.paper_list.rows()] != before
    page.forget()
    page.show_advice(page.model.advice)  # type: ignore[arg-type]
    assert page.paper_markets.current() == first


def test_a_gap_that_an_answer_would_fill_leads_to_its_question(page: PlanPage) -> None:
    found: list[str] = []
    page.questionRequested.connect(found.append)
    gap = next(row for row in page.paper_list.rows() if row.question)
    page.paper_list.activated.emit(gap.key)
    assert found == [gap.question]


def test_the_copied_plan_holds_the_papers(page: PlanPage) -> None:
    page.copy_plan()
    text = QGuiApplication.clipboard().text()
    assert "Papers and registrations\n- " in text
    assert page.paper_list.rows()[0].head in text


def test_a_head_and_its_flag_make_a_row_higher_where_they_have_no_room(qtbot: QtBot, qapp: object) -> None:
    sentences = SentenceList("papers")
    qtbot.addWidget(sentences)
    sentences.resize(400, 10)
    sentences.show()
    sentences.set_rows((Sentence("a", "short"),))
    plain = sentences.height()
    sentences.set_rows((Sentence("a", "short", head="A head", flag="else no sale"),))
    beside = sentences.height()
    sentences.set_rows(
        (
            Sentence(
                "a",
                "short",
                head="A head that takes the whole line but for a little bit",
                flag="else no sale at all",
            ),
        )
    )
    assert plain < beside < sentences.height()
    assert "else no sale at all: short" in sentences.accessibleDescription()
