"""Where a figure comes from is seen on every page: by a shape and a word, never by colour alone, defaults loudest."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_fakes import OpenWindow

from desktop.core.text import Language
from desktop.store.casefile import read_example
from desktop.views.design.tokens import PALETTES
from desktop.views.pages.sentence_list import SentenceList
from desktop.views.why_panel import DatumLabel, RuleCard, WhyLine
from desktop.views.widgets import Button, LinkLabel, ProvenanceMark, TextLabel
from desktop.views.widgets.provenance import TONES, draw_provenance
from desktop.views.window import Window

KINDS = ("typed", "case", "rules", "default", "computed", "unknown")
WORDS = {
    "en": {kind: kind for kind in KINDS},
    "zh": {"typed": "手填", "case": "案例", "rules": "规则", "default": "默认值", "computed": "计算",
           "unknown": "未知"},
}  # fmt: skip


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """The clothing example, its weight typed in this sitting, its kind of goods left open."""
    made = open_window()
    model = made.model
    model.replace(read_example("1-clothing.lanewise", model.questions).on(None))
    for name, raw in (("weight_g", 260), ("goods_class", None), ("monthly_orders", "unknown")):
        model.set(name, raw)
    made.open_step("product")
    model.evaluate()
    return made


def marks(inside: QWidget) -> list[ProvenanceMark]:
    """The marks that are seen."""
    return [mark for mark in inside.findChildren(ProvenanceMark) if mark.isVisible() and mark.kind()]


def drawn(kind: str) -> QImage:
    """A mark in black, so that its shape alone speaks."""
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_provenance(painter, kind, 0, 0, 20, QColor("black"))
    painter.end()
    return image


def test_every_mark_has_a_shape_of_its_own(qapp: QApplication) -> None:
    images = {kind: drawn(kind) for kind in KINDS}
    for one, other in combinations(KINDS, 2):
        apart = sum(
            images[one].pixel(x, y) != images[other].pixel(x, y) for x in range(20) for y in range(20)
        )
        assert apart > 40, (one, other)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_mark_has_a_word(window: Window, language: Language) -> None:
    window.prefs.set_language(language)
    for kind in KINDS:
        mark = ProvenanceMark(kind, parent=window)  # type: ignore[arg-type]
        assert mark.word() == mark.accessibleName() == WORDS[language][kind]


def test_a_default_is_the_loudest(qapp: QApplication) -> None:
    assert [kind for kind, tone in TONES.items() if tone == "warn"] == ["default"]
    for palette in PALETTES.values():
        colours = {kind: getattr(palette, tone) for kind, tone in TONES.items()}
        assert all(colours["default"] != colours[kind] for kind in KINDS if kind != "default")


def test_product_marks_every_answer_and_every_default(window: Window) -> None:
    page: Any = window.current_page()
    kinds = {name: field.mark.kind() for name, field in page.fields.items() if not field.isHidden()}
    assert kinds["weight_g"] == "typed"
    assert kinds["list_price"] == "case"
    assert kinds["goods_class"] == "default"
    # "don't know" of something that is counted with all the same
    assert kinds["monthly_orders"] == "default"
    assert page.fields["monthly_orders"].control.line.placeholderText() == "30\u20131,000"
    assert "own assumption" in page.fields["monthly_orders"].mark.toolTip()
    for name, field in page.fields.items():
        if window.model.case.given(name) is not None:
            assert field.mark.kind() in ("typed", "case"), name
            assert field.mark.isVisible()


def test_why_is_data_calculation_value_with_sources_and_facts_that_open(window: Window) -> None:
    window.open_step("platforms")
    window.explaining.why_verdict()
    panel: Any = window.explaining.panel
    shown = [label.text() for label in panel.findChildren(TextLabel) if label.isVisible()]
    for head in ("Line", "Data", "Calculation", "Value, USD"):
        assert head in shown
    lines = panel.findChildren(WhyLine)
    assert lines
    kinds: dict[str, set[str]] = {}
    for line in lines:
        for datum in line.findChildren(DatumLabel):
            [mark] = datum.findChildren(ProvenanceMark)
            assert mark.isVisible()
            assert mark.word()
            kinds.setdefault(datum.toolTip(), set()).add(mark.kind())
            assert f"({mark.word()})" in line.accessibleDescription()
    assert kinds["Weight"] == {"typed"}
    assert kinds["List price"] == {"case"}
    assert any("rules" in each for each in kinds.values())
    with_facts = [line for line in lines if line.row.readings]
    assert with_facts
    for line in with_facts:
        for datum in line.row.data:
            if datum.reading is not None:
                assert datum.mark in ("rules", "typed")
    QTest.keyClick(with_facts[0], Qt.Key.Key_Return)
    cards = panel.findChildren(RuleCard)
    assert cards
    [opens] = [button for button in cards[0].findChildren(Button) if button.text() == "Open in the rule book"]
    QTest.keyClick(opens, Qt.Key.Key_Return)
    assert window.step == "rule-book"


def test_logistics_marks_each_part_of_the_billed_weight(window: Window) -> None:
    window.open_step("logistics")
    QApplication.processEvents()
    page: Any = window.current_page()
    found = [mark.kind() for mark in marks(page.weight_side)]
    assert found[0] == "typed"
    assert found[-1] == "computed"
    rows = page.weight_grid.rowCount()
    assert len(found) >= 2
    assert rows >= len(found)


def test_what_if_marks_every_lever(window: Window) -> None:
    window.open_step("what-if")
    window.freezing.finish()
    window.preparing.finish()
    page: Any = window.current_page()
    page.what.finish()
    kinds = {name: page.what.mark(name) for name in page.what.levers}
    assert kinds["weight_g"] == "typed"
    assert kinds["price"] == "case"
    assert kinds["freight"] == kinds["exchange"] == "rules"
    assert "" not in kinds.values()
    assert [mark.kind() for mark in marks(page.side)] == list(kinds.values())


def test_calculators_mark_every_input_that_counts(window: Window) -> None:
    window.open_step("calculators")
    page: Any = window.current_page()
    for form in ("fees", "freight", "duty", "import-tax"):
        page.open_panel(form)
        calculator = page.panel.calculator
        for field in calculator.fields:
            if calculator.text(field.name):
                assert calculator.mark(field.name) in ("typed", "case", "default"), (form, field.name)
        assert any(mark.kind() == "default" for mark in marks(page.panel)), form


def test_plan_names_every_default_as_one(window: Window) -> None:
    window.open_step("plan")
    page: Any = window.current_page()
    rows = [row for each in page.findChildren(SentenceList) for row in each.rows()]
    defaults = [row for row in rows if row.mark == "default"]
    assert window.model.advice is not None
    assert len(defaults) >= len(window.model.advice.defaults)
    assert all(row.remark for row in defaults)


def test_the_verdict_lists_what_it_assumes_with_the_mark_of_a_default(window: Window, qtbot: QtBot) -> None:
    model = window.model
    qtbot.waitUntil(lambda: model.narrowed_holds, timeout=20_000)
    pane = window.work.pane
    qtbot.waitUntil(lambda: bool(marks(pane.defaults)))
    assert {mark.kind() for mark in marks(pane.defaults)} == {"default"}
    shown = [datum.label.en for datum in pane.verdict.defaults]
    assert "Goods class" in shown
    assert "Orders a month" in shown
    assert len(marks(pane.defaults)) == len(shown)
    assert pane.narrowing.findChildren(LinkLabel)
