"""The calculators page: forms at the left write, answers at the right follow, and every line says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.core.text import Language
from desktop.viewmodels.calculator_forms import FORMS
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhySubject
from desktop.views.design import theme
from desktop.views.message import Asker
from desktop.views.pages.calculator_answer import AnswerView
from desktop.views.pages.calculator_form import CELL, CalculatorForm, TextField
from desktop.views.pages.calculators import CalculatorsPage
from desktop.views.pages.product import MoneyField
from desktop.views.widgets import ChipGroup, NumberField, SearchCombo
from desktop.views.window import Window
from tests.conftest import TODAY

OWN_LIST = (
    "service,to,min_g,max_g,per_kg,per_item,first_g,first_price,step_g,step_price,min_billed_g,currency,divisor\n"
    "mine,US,0,500,60,12,,,,,100,EUR,6000\n"
)
Maker = Callable[[dict[str, Any]], CalculatorsPage]


@pytest.fixture
def make(qtbot: QtBot, book: RuleBook, tmp_path: Path) -> Maker:
    def made(answers: dict[str, Any]) -> CalculatorsPage:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme().apply(app, "light")
        model = CaseModel(book, TODAY)
        for name, raw in answers.items():
            assert model.set(name, raw)
        prefs = Preferences(str(tmp_path / "settings.ini"))
        prefs.set_language("en")
        page = CalculatorsPage(model, prefs)
        qtbot.addWidget(page)
        page.resize(1180, 800)
        page.retranslate("en")
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        return page

    return made


@pytest.fixture
def page(make: Maker) -> CalculatorsPage:
    return make({"category": "apparel", "list_price": "25", "platform": "amazon", "destinations": ["US"]})


def form(page: CalculatorsPage) -> CalculatorForm:
    return page.panel.form


def answer(page: CalculatorsPage) -> AnswerView:
    return page.panel.answer


def number(page: CalculatorsPage, name: str) -> NumberField:
    control = form(page).fields[name].control
    assert isinstance(control, NumberField)
    return control


def type_in(qtbot: QtBot, page: CalculatorsPage, name: str, text: str) -> None:
    """Types without leaving the field, and waits for the answer."""
    line = form(page).fields[name].control.line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    with qtbot.waitSignal(page.panel.calculator.answered):
        QTest.keyClicks(line, text)


def total(page: CalculatorsPage) -> str:
    return answer(page).figure.text()


def said(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())  # type: ignore[attr-defined]


def heard(page: CalculatorsPage) -> list[WhySubject]:
    found: list[WhySubject] = []
    page.whyRequested.connect(found.append)
    return found


# ---------------------------------------------------------------------- form and answer
def test_the_case_fills_the_form_and_the_answer_stands_at_once(page: CalculatorsPage) -> None:
    # 17 % of 25.00
    assert total(page) == "4.25 USD"
    assert form(page).fields["price"].mark.kind() == "case"
    assert form(page).fields["quantity"].mark.kind() == "default"
    assert number(page, "quantity").line.placeholderText() == "1"
    assert number(page, "price").line.text() == "25.00"


def test_every_key_moves_the_answer(page: CalculatorsPage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "price", "30")
    # 17 % of 30.00, while the focus is still in the field
    assert total(page) == "5.10 USD"
    assert form(page).fields["price"].mark.kind() == "typed"
    assert number(page, "price").line.text() == "30"
    type_in(qtbot, page, "quantity", "2")
    assert total(page) == "10.20 USD"
    assert page.model.answer("list_price") == "25"


def test_bad_input_is_said_under_its_field_and_the_old_answer_is_grey(
    page: CalculatorsPage, qtbot: QtBot
) -> None:
    type_in(qtbot, page, "quantity", "2.5")
    assert number(page, "quantity").error() == "'2.5' is not a whole number such as 3"
    assert total(page) == "4.25 USD"
    assert answer(page).whole.graphicsEffect() is not None
    assert "'2.5' is not a whole number" in answer(page).fault.accessibleName()
    assert answer(page).fault.isVisible()
    # leaving the field keeps the sentence
    QTest.keyClick(number(page, "quantity").line, Qt.Key.Key_Tab)
    assert number(page, "quantity").error()
    type_in(qtbot, page, "quantity", "abc")
    QTest.keyClick(number(page, "quantity").line, Qt.Key.Key_Return)
    assert number(page, "quantity").error() == "'abc' is not a whole number such as 3"
    type_in(qtbot, page, "quantity", "3")
    assert not number(page, "quantity").error()
    assert answer(page).whole.graphicsEffect() is None
    assert answer(page).fault.isHidden()
    # 17 % of 75.00
    assert total(page) == "12.75 USD"


def test_units_may_be_typed(page: CalculatorsPage, qtbot: QtBot) -> None:
    page.open_panel("freight")
    type_in(qtbot, page, "weight_g", "0.35 kg")
    assert page.panel.calculator.text("weight_g") == "350"
    QTest.keyClick(number(page, "weight_g").line, Qt.Key.Key_Return)
    assert number(page, "weight_g").line.text() == "350"


def test_choices_write_and_bring_their_own_lists(page: CalculatorsPage, qtbot: QtBot) -> None:
    chips, sites = form(page).fields["platform"].control, form(page).fields["marketplace"].control
    assert isinstance(chips, ChipGroup)
    assert isinstance(sites, SearchCombo)
    with qtbot.waitSignal(page.panel.calculator.answered):
        next(chip for chip in chips.chips() if chip.choice.key == "ebay").click()
    assert "eBay" in answer(page).heading.text()
    assert answer(page).badge.isVisible()
    assert not form(page).fields["store"].isHidden()
    assert form(page).fields["plan"].isHidden()
    sites.line.setFocus()
    sites.line.selectAll()
    QTest.keyClicks(sites.line, "germ")
    with qtbot.waitSignal(page.panel.calculator.answered):
        QTest.keyClick(sites.line, Qt.Key.Key_Return)
    assert page.panel.calculator.text("marketplace") == "DE"


def test_a_currency_is_chosen_in_the_field_of_the_amount(page: CalculatorsPage, qtbot: QtBot) -> None:
    price = form(page).fields["price"].control
    assert isinstance(price, MoneyField)
    with qtbot.waitSignal(page.panel.calculator.answered):
        price.currencyPicked.emit("EUR")
    assert (price.unit(), number(page, "shipping").unit()) == ("EUR", "EUR")
    assert page.panel.calculator.answer.currency == "EUR"


def test_folded_inputs_open_and_take_rates_of_one_s_own(page: CalculatorsPage, qtbot: QtBot) -> None:
    assert form(page).folded.isHidden()
    form(page).more.click()
    assert form(page).folded.isVisible()
    assert form(page).fields["commission_rate"].mark.kind() == "rules"
    type_in(qtbot, page, "commission_rate", "12")
    # 12 % of 25.00
    assert total(page) == "3.00 USD"
    assert form(page).fields["commission_rate"].mark.kind() == "typed"
    payout = form(page).fields["payout"].control
    assert isinstance(payout, QCheckBox)
    with qtbot.waitSignal(page.panel.calculator.answered):
        payout.click()
    assert any(line.row.key.startswith("payment") for line in answer(page).table.lines)
    with qtbot.waitSignal(page.panel.calculator.answered):
        form(page).clear.activated.emit()
    assert total(page) == "4.25 USD"
    assert not payout.isChecked()
    assert number(page, "commission_rate").line.text() == ""


def test_a_code_keeps_its_zeros(page: CalculatorsPage, qtbot: QtBot) -> None:
    page.open_panel("duty")
    field = form(page).fields["hs"].control
    assert isinstance(field, TextField)
    form(page).more.click()
    field.line.setFocus()
    QTest.keyClicks(field.line, "6109.10")
    assert page.panel.calculator.text("hs") == "6109.10"
    QTest.keyClicks(field.line, "shirt")
    assert "is not a tariff code such as 6109.10" in field.error()


def test_each_panel_keeps_what_was_typed(page: CalculatorsPage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "price", "40")
    page.switch._pick("duty")
    assert page.stack.currentWidget() is page.panels["duty"]
    # nothing tells the value of the goods, so it is asked for
    assert answer(page).empty.isVisible()
    assert "Value, net of tax" in said(answer(page).empty)
    page.switch._pick("fees")
    # 17 % of 40.00
    assert total(page) == "6.80 USD"


def test_enter_goes_to_the_next_input(page: CalculatorsPage) -> None:
    number(page, "price").line.setFocus()
    QTest.keyClick(number(page, "price").line, Qt.Key.Key_Return)
    assert page.focusWidget() is number(page, "quantity").line


# ---------------------------------------------------------------------- case, day, language
def test_day_and_case_are_followed(page: CalculatorsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.panel.calculator.answered):
        page.model.set_day(REPORT_DAY)
    then = page.panel.calculator.answer
    assert all(
        reading.value.start.first <= REPORT_DAY
        for reading in then.subject.readings  # type: ignore[union-attr]
    )
    with qtbot.waitSignal(page.panel.calculator.answered):
        page.model.set_day(None)
    with qtbot.waitSignal(page.panel.calculator.answered):
        page.model.set("list_price", "50")
    # 17 % of 50.00
    assert total(page) == "8.50 USD"
    assert number(page, "price").line.text() == "50.00"


def test_language_changes_words_and_keeps_what_was_typed(page: CalculatorsPage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "quantity", "2.5")
    page.prefs.set_language("zh")
    page.retranslate("zh")
    assert page.title.text() == "计算器"
    assert form(page).fields["price"].label.text() == "单件售价"
    assert number(page, "quantity").error() == "'2.5' 不是整数（如 3）"
    assert number(page, "quantity").line.text() == "2.5"
    assert [head.text() for head in answer(page).table.heads] == ["项目", "数据", "计算", "金额（USD）"]
    assert "亚马逊" in answer(page).heading.text()


# ---------------------------------------------------------------------- why and copy
def test_a_line_opens_its_explanation(page: CalculatorsPage) -> None:
    found = heard(page)
    line = answer(page).table.lines[0]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert (found[-1].focus, found[-1].value) == ("commission", "4.25")
    assert [reading.id for reading in found[-1].rows[0].readings] == ["amazon.us.referral.apparel"]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert len(found) == 2
    QTest.keyClick(line, Qt.Key.Key_W)
    assert page.why_focused()
    assert [subject.focus for subject in found] == ["commission"] * 4
    answer(page).figure.whyRequested.emit()
    assert found[-1].focus == ""
    page.open_panel("duty")
    assert not page.why_focused()


def test_arrows_move_between_the_lines_and_the_focus_stays(page: CalculatorsPage, qtbot: QtBot) -> None:
    page.panel.calculator.set("monthly_orders", "100")
    page.panel.calculator.compute()
    lines = answer(page).table.lines
    lines[0].setFocus()
    QTest.keyClick(lines[0], Qt.Key.Key_Down)
    assert answer(page).table.current_key() == lines[1].row.key
    with qtbot.waitSignal(page.panel.calculator.answered):
        page.panel.calculator.set("monthly_orders", "200")
    assert answer(page).table.current_key() == lines[1].row.key


def test_lines_that_stay_the_same_are_kept(page: CalculatorsPage) -> None:
    page.panel.calculator.set("monthly_orders", "100")
    page.panel.calculator.compute()
    first, second = answer(page).table.lines[:2]
    page.panel.calculator.set("monthly_orders", "200")
    page.panel.calculator.compute()
    assert answer(page).table.lines[0] is first
    assert answer(page).table.lines[1] is not second


def test_copy_takes_the_table(page: CalculatorsPage) -> None:
    line = answer(page).table.lines[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == page.panel.calculator.answer.tsv("en")
    assert copied.splitlines()[1].split("\t")[3] == "4.25"


def test_beside_the_why_panel_only_the_answer_stays(page: CalculatorsPage) -> None:
    page.set_beside(True)
    assert page.panel.form_area.isHidden()
    assert page.switch.isHidden() or not page.switches.isVisible()
    assert not answer(page).table.heads[1].isVisible()
    page.set_beside(False)
    assert page.panel.form_area.isVisible()
    assert answer(page).table.heads[1].isVisible()


# ---------------------------------------------------------------------- a price list
def test_a_price_list_is_dropped_on_the_page(page: CalculatorsPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN_LIST, encoding="utf-8")
    page.open_panel("freight")
    page.panel.calculator.set("weight_g", "50")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.panel.calculator.answered):
        page.dropEvent(event)
    # at least 100 g: 0.1 kg × 60 + 12
    assert total(page) == "18.00 EUR"
    field = form(page).price_list
    assert field is not None
    assert (field.file.text(), field.mark.kind()) == ("own.csv", "typed")
    path.write_text("service,to\nmine,US\n", encoding="utf-8")
    page.use_price_list(path)
    assert "'max_g' is missing" in field.message.label.text()
    assert total(page) == "18.00 EUR"
    with qtbot.waitSignal(page.panel.calculator.answered):
        field.drop.activated.emit()
    assert field.file.isHidden()


class ChoosingAsker(Asker):
    """Chooses a file without a dialog."""

    def __init__(self, path: Path) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.path = path

    def price_list_path(self, folder: str) -> Path | None:
        return self.path


def test_the_window_asks_for_the_price_list_and_shows_no_verdict(
    qtbot: QtBot, book: RuleBook, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN_LIST, encoding="utf-8")
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    window = Window(CaseModel(book, TODAY), prefs, ChoosingAsker(path))
    qtbot.addWidget(window)
    window.show()
    window.open_step("calculators")
    page = window.current_page()
    assert isinstance(page, CalculatorsPage)
    assert window.work.pane.isHidden()
    assert window.work.side() == 0
    window.resize(1024, 700)
    assert window.compact
    assert window.work.strip.isHidden()
    window.resize(1440, 900)
    page.open_panel("freight")
    field = form(page).price_list
    assert field is not None
    field.choose.click()
    assert page.panel.calculator.price_list_name == "own.csv"
    # the why panel stands beside the answer, not on it
    page.panel.calculator.set("weight_g", "50")
    page.panel.calculator.compute()
    assert page.why_focused()
    panel, table = window.explaining.panel, answer(page).table
    assert panel is not None
    qtbot.waitUntil(lambda: table.mapTo(window.work, table.rect().topRight()).x() <= panel.x())


# ---------------------------------------------------------------------- looks and reading aloud
def test_words_fit_and_are_named(page: CalculatorsPage) -> None:
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        page.prefs.set_language(language)
        page.retranslate(language)
        for name in FORMS:
            page.open_panel(name)
            form(page).more.setChecked(True)
            for field in form(page).fields.values():
                label = field.field.label[language]
                if isinstance(field.control, QCheckBox):
                    assert field.control.text() == label
                    continue
                assert field.control.accessibleName() == label
                # the name and its mark stand in one line of their column
                if field.isVisible() and not field.wide:
                    assert field.label.sizeHint().width() + 66 <= CELL, (name, label)
