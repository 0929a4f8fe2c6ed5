"""The product step: every answer goes through the model, and what is refused says so where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, advice_on, small_book

from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.views.design import theme
from desktop.views.design.icons import ICON_NAMES
from desktop.views.pages.product import MoneyField, ProductPage
from desktop.views.widgets import ChipGroup, NumberField, SearchCombo, SizeField


class FakeModel(CaseModel):
    """Evaluates without the engine."""

    IN_TURNS = False

    def evaluate(self) -> None:
        self._burst.stop()
        self._advice = advice_on(self.case)
        self.evaluated.emit(self._advice)


@pytest.fixture
def page(qtbot: QtBot, qapp: object, tmp_path: Path) -> ProductPage:
    theme().apply(qapp, "light")  # type: ignore[arg-type]
    model = FakeModel(small_book(), TODAY)
    prefs = Preferences(str(tmp_path / "settings.ini"))
    prefs.set_language("en")
    page = ProductPage(model, prefs)
    qtbot.addWidget(page)
    page.retranslate("en")
    page.resize(900, 900)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def number(page: ProductPage, name: str) -> NumberField:
    control = page.fields[name].control
    assert isinstance(control, NumberField)
    return control


def type_in(page: ProductPage, name: str, text: str) -> None:
    line = number(page, name).line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_typed_number_becomes_an_answer_with_its_mark(page: ProductPage) -> None:
    type_in(page, "list_price", "24,90")
    assert page.model.answer("list_price") == "24.9"
    assert page.fields["list_price"].mark.kind() == "typed"


def test_out_of_range_is_refused_and_the_old_value_counts(page: ProductPage) -> None:
    type_in(page, "weight_g", "250")
    type_in(page, "weight_g", "70001")
    assert page.model.answer("weight_g") == 250
    assert "1" in number(page, "weight_g").error()
    assert "70,000" in number(page, "weight_g").error()


def test_what_only_the_model_refuses_comes_back(page: ProductPage) -> None:
    type_in(page, "monthly_orders", "3")
    type_in(page, "monthly_orders", "3.5")
    assert page.model.answer("monthly_orders") == 3
    assert number(page, "monthly_orders").error()
    type_in(page, "monthly_orders", "4")
    assert not number(page, "monthly_orders").error()


def test_setting_by_the_model_emits_nothing_back(page: ProductPage) -> None:
    told: list[str] = []
    number(page, "weight_g").edited.connect(told.append)
    chips = page.fields["goods_class"].control
    assert isinstance(chips, ChipGroup)
    chips.picked.connect(told.append)
    page.model.set("weight_g", 300)
    page.model.set("goods_class", "battery")
    assert number(page, "weight_g").value() == 300
    assert chips.current() == "battery"
    assert told == []


def test_a_digit_picks_a_chip_and_moves_on(page: ProductPage) -> None:
    page.focus_question("goods_class")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_2)
    assert page.model.answer("goods_class") == "battery"
    assert page.focusWidget() is number(page, "list_price").line


def test_d_says_dont_know_and_moves_on(page: ProductPage) -> None:
    page.focus_question("unit_cost")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_D)
    assert page.model.answer("unit_cost") == "unknown"
    field = page.fields["unit_cost"]
    assert field.dont_know.isChecked()
    assert field.mark.kind() == "unknown"
    assert page.focusWidget() is number(page, "weight_g").line
    field.dont_know.click()
    assert page.model.answer("unit_cost") is None
    assert field.mark.kind() == ""


def test_a_currency_is_chosen_in_the_field_of_its_amount(page: ProductPage) -> None:
    field = page.fields["unit_cost"].control
    assert isinstance(field, MoneyField)
    assert field.unit() == "CNY"
    field.currencyPicked.emit("JPY")
    assert page.model.answer("cost_currency") == "JPY"
    # packing is in the same currency, the list price is not
    assert number(page, "packing_cost").unit() == "JPY"
    assert number(page, "list_price").unit() == "USD"
    assert field.menu().actions()[0].text() == "CNY"


def test_dependent_questions_go_and_come_back(page: ProductPage) -> None:
    page.model.set("direction", "import")
    assert page.fields["destinations"].isHidden()
    assert not page.fields["city"].isHidden()
    page.model.set("direction", "export")
    assert not page.fields["destinations"].isHidden()
    assert page.fields["city"].isHidden()


def test_several_markets_are_one_answer(page: ProductPage) -> None:
    chips = page.fields["destinations"].control
    assert isinstance(chips, ChipGroup)
    chips.chips()[0].click()
    chips.chips()[2].click()
    assert page.model.answer("destinations") == ("US", "DE")
    chips.chips()[0].click()
    chips.chips()[2].click()
    assert page.model.answer("destinations") is None


def test_search_and_size_write_too(page: ProductPage) -> None:
    combo, size = page.fields["category"].control, page.fields["dims_cm"].control
    assert isinstance(combo, SearchCombo)
    assert isinstance(size, SizeField)
    combo.line.setFocus()
    QTest.keyClicks(combo.line, "dress")
    QTest.keyClick(combo.line, Qt.Key.Key_Return)
    assert page.model.answer("category") == "apparel"
    QTest.keyClicks(size.line, "22 x 16 x 4")
    QTest.keyClick(size.line, Qt.Key.Key_Return)
    assert page.model.answer("dims_cm") == "22x16x4"


def test_undo_brings_the_old_value_into_the_field(page: ProductPage) -> None:
    type_in(page, "weight_g", "250")
    type_in(page, "weight_g", "300")
    page.model.undo()
    assert number(page, "weight_g").value() == 250


def test_a_default_stands_in_grey_until_it_is_answered(page: ProductPage) -> None:
    page.model.evaluate()
    page.show_advice(page.model.advice)  # type: ignore[arg-type]
    assert page.fields["pieces_per_order"].mark.kind() == "default"
    assert number(page, "pieces_per_order").line.placeholderText() == "1"
    type_in(page, "pieces_per_order", "2")
    assert page.fields["pieces_per_order"].mark.kind() == "typed"


def test_a_default_among_choices_is_named_by_its_mark(page: ProductPage) -> None:
    page.model.evaluate()
    page.show_advice(page.model.advice)  # type: ignore[arg-type]
    mark = page.fields["goods_class"].mark
    assert mark.word() == mark.accessibleName() == "default: Plain"
    wide = mark.sizeHint().width()
    page.model.set("goods_class", "battery")
    assert mark.word() == "typed"
    assert mark.sizeHint().width() < wide


def test_enter_walks_from_the_first_to_the_last_question(page: ProductPage, qtbot: QtBot) -> None:
    page.model.set("direction", "export")
    done: list[bool] = []
    page.doneRequested.connect(lambda: done.append(True))
    asked = [name for name in page.fields if page.model.asked(name)]
    page.focus_question(asked[0])
    walked = []
    for _ in asked:
        focused = page._focused()
        walked.append(focused)
        page.fields[focused].advanceRequested.emit(focused)
    assert walked == asked
    assert done == [True]


def test_language_changes_words_and_keeps_what_was_typed(page: ProductPage) -> None:
    type_in(page, "list_price", "24.90")
    page.focus_question("unit_cost")
    holder = page.focusWidget()
    page.retranslate("zh")
    assert page.fields["list_price"].label.text() == "售价"
    assert number(page, "list_price").line.text() == "24.90"
    assert page.focusWidget() is holder


def test_every_field_has_a_name_for_the_screen_reader(page: ProductPage) -> None:
    for name, field in page.fields.items():
        assert field.control.accessibleName() == page.model.questions[name].label.en
        assert field.dont_know.accessibleName().startswith(page.model.questions[name].label.en)


@pytest.mark.parametrize("width", [660, 780, 900, 1200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_wider_than_the_page(page: ProductPage, qtbot: QtBot, width: int, language: str) -> None:
    page.prefs.set_language(language)
    page.retranslate("zh" if language == "zh" else "en")
    page.resize(width, 800)
    QTest.qWait(1)
    right = page.viewport().width()
    for field in page.fields.values():
        if field.isVisible():
            place = field.dont_know.mapTo(page.content, field.dont_know.rect().topRight())
            assert place.x() <= right, field.question.name


# ---------------------------------------------------------------------- the category by word and by picture
@pytest.mark.parametrize(
    ("typed", "found"),
    [("vest", "apparel"), ("服装", "apparel"), ("fuzhuang", "apparel"), ("手机壳", "phone-accessories"),
     ("lamp", "lighting"), ("naifen", "milk-powder")],
)  # fmt: skip
def test_the_first_enter_takes_what_a_word_finds(page: ProductPage, typed: str, found: str) -> None:
    page.focus_question("category")
    line = page.fields["category"].control.line  # type: ignore[attr-defined]
    line.setText(typed)
    line.setModified(True)
    line.textEdited.emit(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.model.answer("category") == found
    assert page.fields["goods_class"].isAncestorOf(page.focusWidget())


def test_every_category_stands_in_one_picture(page: ProductPage) -> None:
    question = page.model.questions["category"]
    placed = [key for picture in question.pictures for key in picture.choices]
    assert sorted(placed) == sorted(choice.id for choice in question.choices)
    assert {picture.icon for picture in question.pictures} <= set(ICON_NAMES)


def test_a_picture_shows_its_categories_and_enter_takes_the_first(page: ProductPage, qtbot: QtBot) -> None:
    field = page.fields["category"]
    pictures, control = field.pictures, field.control
    assert pictures is not None
    assert isinstance(control, SearchCombo)
    page.focus_question("category")
    QTest.keyClick(control.line, Qt.Key.Key_Tab)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert pictures.isAncestorOf(page.focusWidget()), "the pictures follow the field and its box"
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: control.list.isVisible())
    home = next(picture for picture in page.model.questions["category"].pictures if picture.id == "home")
    assert control.found() == list(home.choices)
    assert control.line.hasFocus()
    QTest.keyClick(control.line, Qt.Key.Key_Down)
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    assert page.model.answer("category") == home.choices[1]
    assert pictures.current() == "home"
    assert page.fields["goods_class"].isAncestorOf(page.focusWidget())


def test_a_picture_of_one_category_is_that_category(page: ProductPage, qtbot: QtBot) -> None:
    pictures = page.fields["category"].pictures
    assert pictures is not None
    chip = next(chip for chip in pictures.chips() if chip.choice.key == "food")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.model.answer("category") == "food")
    assert page.fields["goods_class"].isAncestorOf(page.focusWidget())


def test_a_category_lights_its_picture(page: ProductPage) -> None:
    pictures = page.fields["category"].pictures
    assert pictures is not None
    page.model.set("category", "toys")
    assert pictures.current() == "kids"
    page.model.undo()
    assert pictures.current() == ""


# ---------------------------------------------------------------------- a range as an answer
@pytest.mark.parametrize(("typed", "shown"), [("200-300", "200–300"), ("0.2 to 0.3 kg", "200–300")])
def test_a_range_is_typed_and_stays_in_its_field(page: ProductPage, typed: str, shown: str) -> None:
    type_in(page, "weight_g", typed)
    assert page.model.case.within["weight_g"] == ("200", "300")
    field = page.fields["weight_g"]
    assert number(page, "weight_g").line.text() == shown
    assert field.mark.kind() == "typed"
    assert not field.dont_know.isChecked()
    type_in(page, "weight_g", "250")
    assert page.model.answer("weight_g") == 250
    page.model.undo()
    assert number(page, "weight_g").line.text() == shown
    page.model.undo()
    assert number(page, "weight_g").line.text() == ""


def test_a_range_the_wrong_way_round_is_refused(page: ProductPage) -> None:
    type_in(page, "weight_g", "300-200")
    assert number(page, "weight_g").error()
    assert page.model.answer("weight_g") is None


def test_a_price_is_one_figure(page: ProductPage) -> None:
    type_in(page, "list_price", "20-30")
    assert number(page, "list_price").error()
    assert page.model.answer("list_price") is None
