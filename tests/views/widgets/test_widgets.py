"""Behaviour of the small widgets: keys, signals, refusal, focus, words that fit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.design.theme import theme
from desktop.views.design.tokens import TYPE
from desktop.views.language import Translators
from desktop.views.widgets import (
    Badge,
    Button,
    Cell,
    ChipGroup,
    Choice,
    Column,
    DataTable,
    DontKnow,
    EmptyState,
    FigureLabel,
    LinkLabel,
    Notice,
    NumberField,
    Option,
    ProvenanceMark,
    RailStep,
    Row,
    ScrollPage,
    SearchCombo,
    Segmented,
    SizeField,
    StepRail,
    Toast,
    WeightSlider,
)
from desktop.views.widgets.number_text import WEIGHT_UNITS

CHOICES = [Choice("plain", "Plain"), Choice("battery", "Battery"), Choice("food", "Food", "no", closed=True)]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


KEPT: list[QWidget] = []
"""Holds the window of the running test, since the test bot does not."""


class Heard:
    """Keeps what a signal said."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def __call__(self, *values: object) -> None:
        self.said.append(values[0] if len(values) == 1 else values)


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """The widgets in an active window."""
    page = QWidget()
    row = QHBoxLayout(page)
    for widget in widgets:
        row.addWidget(widget)
    qtbot.addWidget(page)
    KEPT[:] = [page]
    page.resize(700, 300)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def typed(qtbot: QtBot, field: NumberField, text: str) -> None:
    """Types a text into a field and leaves it by Enter."""
    field.line.selectAll()
    if text:
        qtbot.keyClicks(field.line, text)
    else:
        qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


# -- chips -----------------------------------------------------------------------------------------------
def test_digits_pick_and_move_on(qtbot: QtBot) -> None:
    group, picked, moved = ChipGroup(CHOICES), Heard(), Heard()
    shown(qtbot, group)
    group.picked.connect(picked)
    group.advanceRequested.connect(moved)
    group.chips()[0].setFocus()
    qtbot.keyClick(group.chips()[0], Qt.Key.Key_2)
    assert picked.said == ["battery"]
    assert len(moved.said) == 1
    assert group.current() == "battery"


def test_arrows_move_without_picking_and_space_picks(qtbot: QtBot) -> None:
    group, picked = ChipGroup(CHOICES), Heard()
    shown(qtbot, group)
    group.picked.connect(picked)
    group.chips()[0].setFocus()
    qtbot.keyClick(group.chips()[0], Qt.Key.Key_Right)
    assert group.chips()[1].hasFocus()
    assert picked.said == []
    qtbot.keyClick(group.chips()[1], Qt.Key.Key_Space)
    assert picked.said == ["battery"]


def test_a_closed_chip_refuses_and_says_why(qtbot: QtBot) -> None:
    group, picked = ChipGroup(CHOICES), Heard()
    shown(qtbot, group)
    group.picked.connect(picked)
    group.chips()[0].setFocus()
    qtbot.keyClick(group.chips()[0], Qt.Key.Key_3)
    qtbot.mouseClick(group.chips()[2], Qt.MouseButton.LeftButton)
    assert picked.said == []
    assert group.chips()[2].toolTip() == "no"


def test_a_chip_group_is_one_tab_stop(qtbot: QtBot) -> None:
    group, after = ChipGroup(CHOICES), QLineEdit()
    shown(qtbot, group, after)
    after.setFocus()
    group.set_current("battery")
    stops = [chip for chip in group.chips() if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [chip.choice.key for chip in stops] == ["battery"]
    group.chips()[1].setFocus()
    qtbot.keyClick(group.chips()[1], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_setting_chips_says_nothing_and_d_asks(qtbot: QtBot) -> None:
    group, picked, unknown = ChipGroup(CHOICES), Heard(), Heard()
    shown(qtbot, group)
    group.picked.connect(picked)
    group.dontKnowRequested.connect(unknown)
    group.set_current("plain")
    group.set_choices([*CHOICES, Choice("x", "X")])
    assert group.current() == "plain"
    assert picked.said == []
    group.chips()[0].setFocus()
    qtbot.keyClick(group.chips()[0], Qt.Key.Key_D)
    assert len(unknown.said) == 1


def test_several_chips_at_once(qtbot: QtBot) -> None:
    group, said = ChipGroup(CHOICES[:2], multi=True), Heard()
    shown(qtbot, group)
    group.selectionChanged.connect(said)
    for number in (1, 0, 1):
        qtbot.mouseClick(group.chips()[number], Qt.MouseButton.LeftButton)
    assert said.said == [["battery"], ["plain", "battery"], ["plain"]]


def test_chips_wrap_and_their_words_fit(qtbot: QtBot) -> None:
    group = ChipGroup([Choice(str(n), f"Choice number {n}") for n in range(7)])
    page = shown(qtbot, group)
    page.resize(360, 300)
    QApplication.processEvents()
    assert len({chip.y() for chip in group.chips()}) >= 3
    for chip in group.chips():
        assert theme().width(chip.text(), TYPE.body_strong) <= chip.width() - 16
        assert chip.geometry().right() <= group.width()


# -- number field ----------------------------------------------------------------------------------------
def test_edited_comes_once_for_each_new_number(qtbot: QtBot) -> None:
    field, edited = NumberField("USD", decimals=2), Heard()
    shown(qtbot, field)
    field.edited.connect(edited)
    typed(qtbot, field, "24,90")
    assert field.line.text() == "24.90"
    typed(qtbot, field, "24.9")
    typed(qtbot, field, "")
    assert edited.said == ["24.9", ""]
    assert field.value() is None


def test_setting_a_number_says_nothing(qtbot: QtBot) -> None:
    field, edited = NumberField("g"), Heard()
    shown(qtbot, field)
    field.edited.connect(edited)
    field.set_value("210")
    field.set_default("250")
    field.line.setFocus()
    field.line.clearFocus()
    assert edited.said == []
    assert field.line.placeholderText() == "250"


def test_a_range_with_its_ends_turned_is_said_to_be_that(qtbot: QtBot) -> None:
    field, edited = NumberField("g", "weight"), Heard()
    qtbot.addWidget(field)
    field.edited.connect(edited)
    field.set_range(1, 70_000)
    field.set_ranged(True)
    typed(qtbot, field, "300-200")
    assert field.error() == "the lower end comes first: 200–300"
    assert edited.said == []
    typed(qtbot, field, "200-200")
    assert field.error() == ""
    assert edited.said == ["200"]


def test_a_pasted_line_break_stays_out_of_the_sentence(qtbot: QtBot) -> None:
    field = NumberField("g", "weight")
    qtbot.addWidget(field)
    field.line.setText("24\n90")
    field.line.setModified(True)
    field.commit()
    assert field.error() == "“24 90” is not understood: write 10 or 10 g"


@pytest.mark.parametrize("focused", [True, False])
def test_what_a_screen_reader_sets_is_an_answer(qtbot: QtBot, focused: bool) -> None:
    field, edited = NumberField("g", "weight"), Heard()
    other = QLineEdit()
    shown(qtbot, field, other)
    field.edited.connect(edited)
    field.set_value(200)
    (field.line if focused else other).setFocus()
    QAccessible.queryAccessibleInterface(field.line).setText(QAccessible.Text.Value, "350")
    if focused:
        assert edited.said == []
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert edited.said == ["350"]
    # what the program shows is none
    field.set_value(400)
    field.commit()
    assert edited.said == ["350"]


def test_a_screen_reader_picks_by_name(qtbot: QtBot) -> None:
    combo, picked = (
        SearchCombo([Option("apparel", "Clothing", "服装"), Option("toys", "Toys", "玩具")]),
        Heard(),
    )
    shown(qtbot, combo)
    combo.picked.connect(picked)
    combo.line.setFocus()
    QAccessible.queryAccessibleInterface(combo.line).setText(QAccessible.Text.Value, "toy")
    qtbot.keyClick(combo.line, Qt.Key.Key_Return)
    assert picked.said == ["toys"]


def test_out_of_range_is_refused_where_it_stands(qtbot: QtBot) -> None:
    field, edited, moved = NumberField("g", "weight"), Heard(), Heard()
    shown(qtbot, field)
    field.set_range(1, 30000)
    field.set_value(210)
    field.edited.connect(edited)
    field.advanceRequested.connect(moved)
    typed(qtbot, field, "-3")
    assert field.error() == "weight must be 1 to 30,000 g"
    assert field.message.isVisible()
    assert field.value() == 210
    assert edited.said == []
    assert moved.said == []
    typed(qtbot, field, "300")
    assert field.error() == ""
    assert edited.said == ["300"]


def test_escape_brings_the_old_number_back(qtbot: QtBot) -> None:
    field = NumberField("g")
    shown(qtbot, field)
    field.set_value(210)
    field.line.selectAll()
    qtbot.keyClicks(field.line, "abc")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == "210"


def test_a_typed_unit_is_converted_visibly(qtbot: QtBot) -> None:
    field, edited = NumberField("g", "weight", units=WEIGHT_UNITS), Heard()
    shown(qtbot, field)
    field.edited.connect(edited)
    field.set_value(1)
    field.line.setText("0.5 lb")
    field.line.setModified(True)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert edited.said == ["226.8"]
    assert field.message.label.text() == "0.5 lb = 226.8 g"
    field.line.setText("5 eur")
    field.line.setModified(True)
    field.commit()
    assert "eur" in field.error()
    assert field.value() == Decimal("226.8")


def test_d_in_a_number_field_is_never_text(qtbot: QtBot) -> None:
    field = NumberField("g")
    box = DontKnow("weight")
    shown(qtbot, field, box)
    field.dontKnowRequested.connect(box.ask)
    qtbot.keyClicks(field.line, "d")
    assert field.line.text() == ""
    assert box.isChecked()


def test_leaving_a_field_keeps_the_answer(qtbot: QtBot) -> None:
    field, other, edited = NumberField("g"), QLineEdit(), Heard()
    shown(qtbot, field, other)
    field.edited.connect(edited)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "38")
    other.setFocus()
    assert edited.said == ["38"]


def test_size_field(qtbot: QtBot) -> None:
    field, edited = SizeField(), Heard()
    shown(qtbot, field)
    field.edited.connect(edited)
    typed(qtbot, field, "22x16x4")
    assert edited.said == ["22x16x4"]
    assert field.line.text() == "22 × 16 × 4"
    typed(qtbot, field, "22x16")
    assert field.error()
    assert field.size_value() == (22, 16, 4)


# -- rail ------------------------------------------------------------------------------------------------
STEPS = [RailStep("a", "Product", "done", "enough", "box"), RailStep("b", "Markets", "", "open", "globe")]


def test_the_rail_is_one_tab_stop_with_arrows_inside(qtbot: QtBot) -> None:
    rail, after, opened = (
        StepRail(STEPS, [RailStep("c", "Rule book", mark="", icon="book")]),
        QLineEdit(),
        Heard(),
    )
    shown(qtbot, rail, after)
    rail.activated.connect(opened)
    rail.set_current("a")
    items = rail.items()
    items[0].setFocus()
    qtbot.keyClick(items[0], Qt.Key.Key_Down)
    qtbot.keyClick(items[1], Qt.Key.Key_Down)
    assert items[2].hasFocus()
    assert opened.said == []
    qtbot.keyClick(items[2], Qt.Key.Key_Return)
    assert opened.said == ["c"]
    assert rail.current() == "c"
    qtbot.keyClick(items[2], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_rail_keeps_its_items_when_results_change(qtbot: QtBot) -> None:
    rail = StepRail(STEPS)
    shown(qtbot, rail)
    rail.items()[1].setFocus()
    before = rail.items()
    rail.set_items([STEPS[0], RailStep("b", "Markets", "US first", "partly", "globe")])
    assert rail.items() == before
    assert before[1].hasFocus()
    assert "US first" in before[1].accessibleDescription()


def test_the_narrow_rail_says_its_names_as_tool_tips(qtbot: QtBot) -> None:
    rail = StepRail(STEPS)
    shown(qtbot, rail)
    assert rail.width() == 216
    rail.set_narrow(True)
    assert rail.width() == 56
    assert rail.items()[0].toolTip().startswith("Product")
    assert rail.items()[0].accessibleName() == "Product"


# -- search ----------------------------------------------------------------------------------------------
OPTIONS = [
    Option("apparel", "Apparel, sportswear", "服装、运动服"),
    Option("cosmetics", "Cosmetics", "化妆品", "beauty"),
    Option("toys", "Toys", "玩具"),
]


@pytest.mark.parametrize(
    ("text", "key"), [("spo", "apparel"), ("化妆", "cosmetics"), ("toy", "toys"), ("beau", "cosmetics")]
)
def test_search_finds_english_chinese_and_id(qtbot: QtBot, text: str, key: str) -> None:
    combo, picked = SearchCombo(OPTIONS), Heard()
    shown(qtbot, combo)
    combo.picked.connect(picked)
    combo.line.setText(text)
    combo.line.textEdited.emit(text)
    assert combo.found()[0] == key
    qtbot.keyClick(combo.line, Qt.Key.Key_Return)
    assert picked.said == [key]
    assert combo.current() == key


def test_search_without_a_hit_keeps_the_old_choice(qtbot: QtBot) -> None:
    combo, picked = SearchCombo(OPTIONS), Heard()
    shown(qtbot, combo)
    combo.set_current("toys")
    combo.picked.connect(picked)
    combo.line.selectAll()
    qtbot.keyClicks(combo.line, "zzz")
    qtbot.keyClick(combo.line, Qt.Key.Key_Escape)
    assert combo.line.text() == "Toys"
    combo.set_language("zh")
    assert combo.line.text() == "玩具"
    assert picked.said == []


# -- table -----------------------------------------------------------------------------------------------
def table() -> DataTable:
    """A small table."""
    return DataTable(
        [Column("name", "Service", stretch=True), Column("usd", "USD", True), Column("ok", "Accepts")],
        [
            Row("a", (Cell("Battery line", second="Yun"), "4.62", "yes")),
            Row("b", (Cell("ePacket", strike=True), "3.81", Cell("no", link="rule"))),
        ],
        "Services",
    )


def test_tab_leaves_the_table_and_arrows_move(qtbot: QtBot) -> None:
    made, after, moved = table(), QLineEdit(), Heard()
    shown(qtbot, after, made)
    after.setFocus()
    made.currentRowChanged.connect(moved)
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert moved.said == ["a", "b"]
    qtbot.keyClick(made, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_table_copies_asks_why_and_opens_links(qtbot: QtBot) -> None:
    made, why, link = table(), Heard(), Heard()
    shown(qtbot, made)
    made.whyRequested.connect(why)
    made.linkActivated.connect(link)
    made.setFocus()
    made.setCurrentIndex(made.table_model.index(1, 2))
    qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "ePacket\t3.81\tno"
    qtbot.keyClick(made, Qt.Key.Key_W)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert why.said == [("b", "ok")]
    assert link.said == [("b", "ok")]


def test_new_rows_keep_the_current_one_and_say_nothing(qtbot: QtBot) -> None:
    made, moved = table(), Heard()
    shown(qtbot, made)
    made.set_current("b")
    made.currentRowChanged.connect(moved)
    made.set_table(made.table_model.columns, [*reversed(made.table_model.rows)])
    assert made.current_key() == "b"
    assert moved.said == []
    assert made.height() == made.horizontalHeader().height() + 2 * made.row_height()


def test_no_cell_is_clipped_when_there_is_room(qtbot: QtBot) -> None:
    made = table()
    shown(qtbot, made)
    for column in range(3):
        assert made.columnWidth(column) >= made.sizeHintForColumn(column)


def test_the_titles_are_as_large_as_the_text_wants_them(qtbot: QtBot) -> None:
    made = table()
    shown(qtbot, made)
    head = made.horizontalHeader()
    try:
        with qtbot.waitSignal(theme().changed):
            theme().set_text_scale(1.5)
        # a head draws in the font of its inner part
        assert head.viewport().font().pixelSize() == theme().font(TYPE.caption_medium).pixelSize() == 18
    finally:
        with qtbot.waitSignal(theme().changed):
            theme().set_text_scale(1.0)
    assert head.viewport().font().pixelSize() == 12


def test_links_with_other_words_keep_the_focus(qtbot: QtBot) -> None:
    made, heard = EmptyState("folder", "Nothing here"), Heard()
    made.linkActivated.connect(heard)
    made.set_links([("open", "Open"), ("demo", "Demo")])
    shown(qtbot, made)
    made.links[1].setFocus()
    made.set_links([("open", "打开"), ("demo", "示例")])
    assert [link.text() for link in made.links] == ["打开", "示例"]
    assert made.links[1].hasFocus()
    made.links[1].activated.emit()
    assert heard.said == ["demo"]
    made.set_links([("demo", "Demo")])
    assert [link.text() for link in made.links] == ["Demo"]


# -- small ones ------------------------------------------------------------------------------------------
def test_segmented_changes_by_arrows_only_for_the_user(qtbot: QtBot) -> None:
    switch, said = Segmented([("chart", "Chart"), ("table", "Table")], name="View"), Heard()
    shown(qtbot, switch)
    switch.changed.connect(said)
    switch.set_current("table")
    switch.set_current("chart")
    assert said.said == []
    qtbot.keyClick(switch, Qt.Key.Key_Right)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert said.said == ["table", "chart"]
    assert switch.accessibleName() == "View: Chart"


def test_a_weight_is_one_step_from_press_to_release(qtbot: QtBot) -> None:
    slider, moved, kept = WeightSlider("Money", 40), Heard(), Heard()
    shown(qtbot, slider)
    slider.moved.connect(moved)
    slider.committed.connect(kept)
    slider.setValue(50)
    assert (moved.said, kept.said) == ([], [])
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    qtbot.mouseMove(slider, QPoint(60, 12))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert len(kept.said) == 1
    slider.setValue(40)
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert kept.said[-1] == 50
    qtbot.keyClicks(slider, "25")
    assert slider.value() == 25


def test_a_figure_copies_and_asks_why(qtbot: QtBot) -> None:
    figure, why = FigureLabel("7.58", "USD · 30.4%"), Heard()
    shown(qtbot, figure)
    figure.set_name("Net margin")
    figure.whyRequested.connect(why)
    qtbot.keyClick(figure, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "7.58 USD · 30.4%"
    qtbot.keyClick(figure, Qt.Key.Key_W)
    assert len(why.said) == 1
    assert figure.accessibleName() == "Net margin 7.58 USD · 30.4%"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_links_act_on_keys(qtbot: QtBot, key: Qt.Key) -> None:
    link, said = LinkLabel("rule"), Heard()
    shown(qtbot, link)
    link.activated.connect(said)
    qtbot.keyClick(link, key)
    assert len(said.said) == 1


def test_a_toast_goes_by_itself_and_its_action_acts_once(qtbot: QtBot) -> None:
    page = shown(qtbot)
    toast, done = Toast(page), Heard()
    toast.actionTriggered.connect(done)
    toast.show_message("Weight set to 250 g.", "Undo", 30)
    assert toast.isVisible()
    assert abs(toast.geometry().center().x() - page.width() // 2) <= 1
    qtbot.waitUntil(toast.isHidden, timeout=3000)
    toast.show_message("Weight set to 250 g.", "Undo")
    qtbot.keyClick(toast.action, Qt.Key.Key_Return)
    assert len(done.said) == 1
    assert toast.isHidden()


def test_provenance_has_always_a_word_for_the_reader(qtbot: QtBot) -> None:
    for kind in ("typed", "case", "rules", "default", "computed", "unknown"):
        mark = ProvenanceMark(kind, with_word=False)
        qtbot.addWidget(mark)
        assert mark.accessibleName() == kind
        assert mark.toolTip() == kind


def test_a_notice_shows_plain_text_as_it_is(qtbot: QtBot) -> None:
    notice = Notice("err", "Not <installed>.", "a & b", "details")
    qtbot.addWidget(notice)
    assert "&lt;installed&gt;" in notice.text.text()
    assert notice.accessibleName() == "Not <installed>. a & b"


def test_a_page_does_not_scroll_sideways(qtbot: QtBot) -> None:
    page = ScrollPage("Platforms", "eBay first.")
    page.add_switch(Segmented([("a", "Amount"), ("b", "Share of price")]))
    page.body.addWidget(Badge("Best value", "star", "accent"))
    page.body.addWidget(Button("Print", "printer"))
    qtbot.addWidget(page)
    page.resize(700, 400)
    page.show()
    assert page.content.width() <= page.viewport().width()
    assert page.accessibleName() == "Platforms"


def chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def test_words_of_their_own_follow_a_change_of_language(qtbot: QtBot, translators: Translators) -> None:
    unsure, mark, rail = DontKnow("weight"), ProvenanceMark("typed"), StepRail(STEPS)
    for widget in (unsure, mark, rail):
        qtbot.addWidget(widget)

    def words() -> tuple[str, str, str, str]:
        return unsure.text(), unsure.accessibleName(), mark.accessibleName(), rail.accessibleName()

    english = words()
    assert not any(chinese(text) for text in english)
    translators.set_language("zh")
    qtbot.waitUntil(lambda: all(chinese(text) for text in words()))
    translators.set_language("en")
    qtbot.waitUntil(lambda: words() == english)


def test_a_refused_number_says_so_in_the_language_of_the_window(
    qtbot: QtBot, translators: Translators
) -> None:
    field = NumberField("g")
    qtbot.addWidget(field)
    field.line.setText("abc")
    field.line.setModified(True)
    field.commit()
    assert field.error()
    assert not chinese(field.error())
    translators.set_language("zh")
    qtbot.waitUntil(lambda: chinese(field.error()))
    assert field.line.text() == "abc"


def test_a_page_comes_to_rest(qtbot: QtBot) -> None:
    """Its head is laid out when it has to be, and not again because it was."""
    page = ScrollPage("Platforms")
    qtbot.addWidget(page)
    page.add_switch(Segmented([("a", "Chart"), ("b", "Table")], "a"))
    page.resize(600, 400)
    page.show()
    for _ in range(20):
        QApplication.processEvents()
    asked: list[QEvent.Type] = []

    class Ear(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            asked.append(event.type())
            return False

    ear = Ear()
    page.installEventFilter(ear)
    for _ in range(20):
        QApplication.processEvents()
    assert QEvent.Type.LayoutRequest not in asked
