"""The why panel: formula, inputs, the fact behind each line with source and date; moved through and closed by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.facts import Reading, RuleBook
from desktop.core.result import Line
from desktop.core.text import Text
from desktop.viewmodels import logistics, markets
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.why import WhyRow, WhySubject, why_quote, why_reading
from desktop.views.design import theme
from desktop.views.language import Translators
from desktop.views.why_panel import DatumLabel, RuleCard, WhyLine, WhyPanel
from desktop.views.widgets import Badge, Button, Notice, TextLabel
from tests.conftest import REPORT_DAY, TODAY

SHIRT: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90",
    "unit_cost": "38", "cost_currency": "CNY", "weight_g": 210, "destinations": ["GB"],
}  # fmt: skip
Maker = Callable[..., WhyPanel]


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, book: RuleBook, tmp_path: Path) -> Maker:
    def made(day: date = TODAY, **answers: Any) -> WhyPanel:
        theme().apply(qapp, "light")
        model = CaseModel(book, TODAY)
        for name, raw in (SHIRT | answers).items():
            assert model.set(name, raw)
        model.set_day(day)
        model.evaluate()
        prefs = Preferences(str(tmp_path / "settings.ini"))
        prefs.set_language("en")
        panel = WhyPanel(model, prefs)
        qtbot.addWidget(panel)
        panel.resize(760, 800)
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        return panel

    return made


def freight(panel: WhyPanel, service: str = "wanb") -> WhySubject:
    """The freight of a service in the panel."""
    assert panel.model.advice is not None
    subject = logistics.why_of(panel.model.advice.logistics, service)
    assert subject is not None
    panel.explain(subject)
    return subject


def lines(panel: WhyPanel) -> list[WhyLine]:
    return panel._lines


def cards(panel: WhyPanel) -> list[RuleCard]:
    """The rules that are open; a card that was closed belongs to a body already taken away."""
    body = panel._scroll.widget()
    return body.findChildren(RuleCard)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(TextLabel)]


def names(card: RuleCard) -> list[str]:
    """What the badges of a rule say."""
    return [badge.accessibleName() for badge in card.findChildren(Badge)]


def press(panel: WhyPanel, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused) or focused is panel
    QTest.keyClick(focused, key)


def test_formula_inputs_and_value_by_hand(make: Maker) -> None:
    panel = make()
    freight(panel)
    # WANB's clothing line to Britain: 0.210 × 33 + 16 = 22.93 CNY; ÷ 6.9858 = 3.28 USD
    assert panel.title.text().endswith("3.28 USD")
    line = next(line for line in lines(panel) if line.row.series == "freight")
    said = texts(line)
    assert any("22.93 CNY" in text for text in said)
    assert "3.28" in said  # a cost that is added up, not taken from a price
    assert lines(panel)[-1].row.value == "3.28"
    inputs = [datum.accessibleName() for datum in line.findChildren(DatumLabel)]
    assert any("210" in text for text in inputs)
    assert any("6.9858" in text for text in inputs)
    assert "22.93 CNY" in line.accessibleName()


def test_enter_opens_the_rule_with_source_and_date_and_closes_it(make: Maker) -> None:
    panel = make()
    freight(panel)
    assert cards(panel) == []
    line = next(line for line in lines(panel) if line.row.series == "freight")
    assert line.hasFocus()
    press(panel, Qt.Key.Key_Return)
    view = panel.model.view
    table = next(reading for reading in line.row.readings if reading.id == "rates.wanb-clothing")
    rate = view.read("fx.2026_01_27.USD")
    assert isinstance(rate, Reading)
    found = {card._card.fact: texts(card) for card in cards(panel)}
    assert set(found) == {reading.id for reading in line.row.readings} >= {table.id, rate.id}
    said = "\n".join(found[rate.id])
    for part in ("Yuan per US dollar", "6.9858", "27 Jan 2026", rate.source.publisher, rate.source.title):
        assert part in said
    assert "confidence high" in said
    assert "22 Nov 2026" in "\n".join(found[table.id])
    # the line price list is of low confidence, the central parity of high
    weak = {card._card.fact for card in cards(panel) if "weak source" in names(card)}
    assert (table.value.confidence, rate.value.confidence) == ("low", "high")
    assert table.id in weak
    assert rate.id not in weak
    press(panel, Qt.Key.Key_Return)
    assert cards(panel) == []
    assert QApplication.focusWidget() in lines(panel)


def test_arrows_walk_the_lines_and_stop_at_the_ends(make: Maker) -> None:
    panel = make()
    assert panel.model.advice is not None
    subject = markets.why_of(panel.model.advice.markets, "GB", "net")
    assert subject is not None
    panel.explain(subject)
    every = [row.key for row in subject.rows] + [subject.total.key]  # type: ignore[union-attr]
    assert [line.row.key for line in lines(panel)] == every
    seen = []
    for _ in range(len(every) + 1):
        focused = QApplication.focusWidget()
        assert isinstance(focused, WhyLine)
        seen.append(focused.row.key)
        press(panel, Qt.Key.Key_Down)
    assert seen == [*every, every[-1]]
    press(panel, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is lines(panel)[-2]


def test_a_margin_with_an_unknown_line_is_headed_at_most(make: Maker) -> None:
    panel = make()
    advice = panel.model.advice
    assert advice is not None
    for option in advice.platforms.ranked:
        assert option.quote is not None
        panel.explain(why_quote("x", Text("Left", "剩"), option.quote))
        at_most = not option.quote.complete
        assert ("≤ " in panel.title.text()) is at_most
        assert (lines(panel)[-1].row.name.en == "Net margin, at most") is at_most
    first = advice.platforms.ranked[0].quote
    assert first is not None
    known = replace(first, lines=tuple(line for line in first.lines if line.amount is not None))
    panel.explain(why_quote("x", Text("Left", "剩"), known))
    assert "≤" not in panel.title.text()
    unknown = Line("more", "freight", Text("Fuel", "燃油"), None, "USD")
    paid = why_quote("x", Text("Paid", "付"), replace(first, lane={}, lines=(*first.lines, unknown)))
    assert paid.figure.startswith("≥ ")
    assert paid.total is not None
    assert paid.total.name.en == "Together, at least"


def test_the_focus_stands_on_the_line_that_was_meant(make: Maker) -> None:
    panel = make()
    assert panel.model.advice is not None
    subject = markets.why_of(panel.model.advice.markets, "GB", "border")
    assert subject is not None
    panel.explain(subject)
    focused = QApplication.focusWidget()
    assert isinstance(focused, WhyLine)
    assert focused.row.series == "vat"
    # VAT of 20 % inside the price: 24.90 × 20 / 120
    assert focused.row.value == "−4.15"


def test_escape_closes_from_every_part(qtbot: QtBot, make: Maker) -> None:
    panel = make()
    freight(panel)
    press(panel, Qt.Key.Key_Return)
    parts: list[QWidget] = [lines(panel)[0], panel.copy_button, panel.close_button]
    parts += [button for card in cards(panel)[:1] for button in card.findChildren(Button)]
    assert len(parts) >= 5
    for part in parts:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        assert part.hasFocus()
        with qtbot.waitSignal(panel.closed):
            QTest.keyClick(part, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.close_button, Qt.Key.Key_Return)


def test_lines_sum_to_the_total(make: Maker) -> None:
    panel = make()
    assert panel.model.advice is not None
    subject = markets.why_of(panel.model.advice.markets, "GB", "net")
    assert subject is not None
    panel.explain(subject)
    shown = {line.row.key: line.row for line in lines(panel)}
    total = shown.pop("net")
    # price less each line; what the buyer pays stands there without a minus and in no sum
    counted = [row.value.replace("−", "-") for row in shown.values() if row.value != "?" and not row.note]
    assert total.value == str(sum(Decimal(value) for value in counted))
    assert len(counted) > 4
    assert shown["price"].value == "24.90"
    assert any(text.startswith("Not counted: ") for text in texts(panel))


@pytest.mark.parametrize("day", [TODAY, REPORT_DAY])
def test_too_heavy_names_the_limit_and_what_would_open_it(make: Maker, day: date) -> None:
    panel = make(day, weight_g=3000)
    freight(panel, "epacket")
    assert panel.title.text() == "ePacket (e-youbao) is closed"
    said = "\n".join(texts(panel))
    assert "3 kg is over the limit of 2 kg" in said
    assert "a parcel of at most 2 kg" in said
    press(panel, Qt.Key.Key_Return)
    # the value in force on the day: of 2014 for the report, of 2025 today
    wanted = "11 Apr 2014" if day == REPORT_DAY else "9 Nov 2025"
    card = cards(panel)[0]
    assert card._card.fact == "logistics.service.epacket.max_weight"
    assert f"seen in force {wanted}" in "\n".join(texts(card))


def test_what_is_not_known_is_a_question_mark_with_its_reason(make: Maker) -> None:
    panel = make()
    freight(panel, "ups")
    assert panel.title.text().endswith("?")
    first = lines(panel)[0]
    assert first.row.value == "?"
    assert "fuel" in first.accessibleName()
    assert "0.00" not in "\n".join(texts(panel))


def test_a_doubt_is_shown_with_the_fact(make: Maker, book: RuleBook) -> None:
    panel = make(REPORT_DAY)
    reading = panel.model.view.read("seed.areas.destination_shares_2015")
    assert isinstance(reading, Reading)
    panel.explain(why_reading(reading))
    press(panel, Qt.Key.Key_Space)
    card = cards(panel)[0]
    doubt = book.doubt(reading.fact.doubts[0])
    notices = card.findChildren(Notice)
    assert len(notices) == len(reading.fact.doubts) == 1
    assert doubt.printed.en in card._card.doubts[0]
    assert "United States 16.5" in "\n".join(texts(card))


def test_a_source_past_its_review_is_marked_from_the_day_after(make: Maker) -> None:
    panel = make()
    reading = panel.model.view.read("fx.2026_01_27.USD")
    assert isinstance(reading, Reading)
    review = reading.source.review_by
    assert review is not None
    for today, due in ((review, False), (review + timedelta(days=1), True)):
        panel.model.today = today
        panel.explain(why_reading(reading))
        press(panel, Qt.Key.Key_Return)
        assert ("past review" in names(cards(panel)[0])) == due


def test_history_holds_every_value_in_order(make: Maker, book: RuleBook) -> None:
    panel = make()
    reading = panel.model.view.read("cn.rate.vat.standard")
    assert isinstance(reading, Reading)
    panel.explain(why_reading(reading))
    press(panel, Qt.Key.Key_Return)
    said = texts(cards(panel)[0])
    # 17 % until 2018-05-01, then 16 %, and 13 % from 2019-04-01
    assert "1 May 2018   16%" in said
    assert "1 Apr 2019   13%" in said
    assert said.index("1 May 2018   16%") < said.index("1 Apr 2019   13%")
    assert len([text for text in said if "   " in text]) == len(book.fact(reading.id).values)


def test_a_value_of_one_s_own_is_marked_and_has_no_source(make: Maker, book: RuleBook) -> None:
    panel = make()
    panel.model.override("country.uk.internet", "50")
    reading = panel.model.view.read("country.uk.internet")
    assert isinstance(reading, Reading)
    panel.explain(why_reading(reading))
    line = lines(panel)[0]
    assert line.row.value == "50"
    assert line.row.data[0].mark == "typed"
    press(panel, Qt.Key.Key_Return)
    assert "in force" not in "\n".join(texts(cards(panel)[0]))
    assert panel.foot.text() == ""


def test_the_foot_counts_the_sources_and_names_the_oldest(make: Maker) -> None:
    panel = make()
    subject = freight(panel)
    sources = {reading.source.key: reading.source.day for reading in subject.readings}
    assert panel.foot.text().startswith(f"{len(sources)} sources, the oldest of ")
    oldest = min(sources.values())
    assert f"{oldest.day} " in panel.foot.text()
    assert str(oldest.year) in panel.foot.text()


def test_buttons_of_a_rule(qtbot: QtBot, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = make()
    reading = panel.model.view.read("fx.2026_01_27.USD")
    assert isinstance(reading, Reading)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.explain(why_reading(reading))
    press(panel, Qt.Key.Key_Return)
    buttons = {button.text(): button for button in cards(panel)[0].findChildren(Button)}
    assert ("Open source" in buttons) == bool(reading.source.url)
    if "Open source" in buttons:
        buttons["Open source"].click()
        assert [url.toString() for url in opened] == [reading.source.url]
    buttons["Copy"].click()
    copied = QGuiApplication.clipboard().text()
    for part in (reading.fact.says.en, "6.9858", reading.source.publisher, reading.id):
        assert part in copied
    with qtbot.waitSignal(panel.overrideRequested) as asked:
        buttons["Override…"].click()
    assert asked.args == [reading.id]


def test_copy_is_the_whole_explanation(make: Maker) -> None:
    panel = make()
    subject = freight(panel)
    panel.copy_button.setFocus()
    QTest.keyClick(panel.copy_button, Qt.Key.Key_Return)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0].split("\t") == [subject.title.en, "3.28", "USD"]
    assert len(rows) == 1 + len(lines(panel))
    assert any("22.93 CNY" in row for row in rows)


def test_language_changes_in_place(make: Maker, translators: Translators) -> None:
    panel = make()
    subject = freight(panel)
    press(panel, Qt.Key.Key_Return)
    opened = [card._card.fact for card in cards(panel)]
    focused = QApplication.focusWidget()
    assert isinstance(focused, WhyLine)
    panel.prefs.set_language("zh")
    translators.set_language("zh")
    panel.retranslate("zh")
    assert panel.title.text() == f"{subject.title.zh}  3.28 USD"
    assert [card._card.fact for card in cards(panel)] == opened
    again = QApplication.focusWidget()
    assert isinstance(again, WhyLine)
    assert again.row.key == focused.row.key
    said = "\n".join(texts(panel._scroll.widget()))
    assert "1 美元（USD）兑人民币中间价。" in said
    assert "2026-01-27" in said
    for word in ("Line", "Data", "Calculation", "seen in force", "confidence"):
        assert word not in said
    assert panel.close_button.accessibleName() != "Close"


def test_a_line_with_both_note_and_unknown_is_spoken(make: Maker) -> None:
    panel = make()
    row = WhyRow("x", Text("Fuel", "燃油"), (), Text("", ""), "?", Text("not found", "未查到"), unknown=True)
    panel.explain(WhySubject("s", Text("Freight", "运费"), "?", "USD", (row,)))
    assert lines(panel)[0].accessibleName() == "Fuel, ?, not found"
    assert panel.title.text() == "Freight  ? USD"
    assert panel.foot.text() == ""
