"""The import mode page as data: the figures of the advice, never the other day's, and unknown never as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.core.questions import questions_of
from desktop.core.result import Advice, Line, Option, Quote, Ranking
from desktop.core.text import Text, both
from desktop.engine.advice import evaluate
from desktop.engine.import_tax import tax_table
from desktop.viewmodels import import_mode as vm

THEN, NOW = date(2015, 11, 8), date(2026, 11, 24)
MILK = {"direction": "import", "category": "milk-powder", "list_price": "190", "price_currency": "CNY"}


def case_of(book: RuleBook, answers: Mapping[str, Any]) -> Case:
    case, questions = Case(), questions_of(book.rules)
    for name, raw in answers.items():
        case, _ = case.set(questions, name, raw)
    return case


def advice(book: RuleBook, on: date = NOW, **answers: Any) -> Advice:
    return evaluate(case_of(book, MILK | answers).on(on), book, NOW)


@pytest.fixture(scope="module")
def late(book: RuleBook) -> Advice:
    return advice(book)


@pytest.fixture(scope="module")
def early(book: RuleBook) -> Advice:
    return advice(book, THEN)


# ---------------------------------------------------------------------- two days
@pytest.mark.parametrize(
    ("day", "expected"),
    [(NOW, (THEN, NOW)), (THEN, (THEN, NOW)), (date(2019, 5, 1), (THEN, date(2019, 5, 1))),
     (date(2012, 1, 1), (date(2012, 1, 1), THEN))],
)  # fmt: skip
def test_the_earlier_day_comes_first(day: date, expected: tuple[date, date]) -> None:
    assert vm.two_days(day, NOW, THEN) == expected


def test_ring_is_the_earlier_day_and_dot_the_later_whichever_is_shown(early: Advice, late: Advice) -> None:
    for shown, other in ((late, early), (early, late)):
        rows = {row.key: row for row in vm.dots_data(shown, other, (THEN, NOW), "en").rows}
        for key, row in rows.items():
            before, after = early.import_modes.option(key), late.import_modes.option(key)
            assert before is not None
            assert before.quote is not None
            assert after is not None
            assert after.quote is not None
            assert row.then == Decimal(before.quote.cost) / 100
            assert row.now == Decimal(after.quote.cost) / 100


def test_tax_of_milk_powder_by_hand(early: Advice, late: Advice) -> None:
    rows = {row.key: row for row in vm.dots_data(late, early, (THEN, NOW), "en").rows}
    # today 190.00 × 13% × 70% = 17.29; in 2015 190.00 × 10% = 19.00, not collected up to 50
    assert rows["bonded-stocking-up"].now_label == "17.29"
    assert rows["bonded-stocking-up"].then_label == "0.00"
    assert rows["bonded-stocking-up"].change == "+17.29"
    assert "2015" in rows["bonded-stocking-up"].note
    assert "waived up to 50" in rows["bonded-stocking-up"].note
    # general trade 2015: (190 × 10% = 19.00) + (209.00 × 17% = 35.53) = 54.53; today 9.50 + 25.94 = 35.44
    assert (rows["general-trade"].then_label, rows["general-trade"].now_label) == ("54.53", "35.44")
    assert rows["general-trade"].change == "−19.09"


def test_without_the_other_day_no_ring_and_no_change(late: Advice) -> None:
    data = vm.dots_data(late, None, (THEN, NOW), "zh")
    assert data.then_name == ""
    assert all(row.then is None and row.change == "" for row in data.rows)
    assert data.now_name == "2026-11-24"


def option_of(book: RuleBook, amount: int | None, outcome: str = "taxed") -> Option:
    why = Unknown("duty", Text("the duty is not known", "关税未知"))
    lines = (
        Line("duty", "duty", both("Duty"), amount, "CNY", unknown=None if amount is not None else why),
        Line("vat", "vat", both("VAT"), 500, "CNY"),
    )
    quote = Quote({}, 10_000, "CNY", 1, lines)
    unknown = () if amount is not None else (why,)
    return Option("x", both("X"), 1, Decimal(50), quote=quote, unknown=unknown, details={"outcome": outcome})


def test_an_unknown_line_gives_no_figure_but_a_reason(book: RuleBook) -> None:
    option = option_of(book, None)
    assert vm.tax_of(option) == vm.Tax(None, "?")
    assert vm.tax_note(option, "2015", "en") == "2015: cannot say, the duty is not known"
    row = vm.mode_rows(Ranking("import_modes", (option,)), "en")[0]
    assert row.tax == "at least 5.00"
    assert row.unknown
    assert row.share == ""
    assert vm.difference(None, Decimal(3)) == "?"


def test_a_refused_order_has_no_tax(book: RuleBook) -> None:
    option = option_of(book, 100, "refused")
    assert vm.tax_of(option).value is None
    assert vm.tax_note(option, "2026", "en") == "2026: refused"


# ---------------------------------------------------------------------- table
def test_rows_are_the_advice_s(late: Advice) -> None:
    rows = vm.mode_rows(late.import_modes, "en")
    assert [row.key for row in rows] == [option.id for option in late.import_modes.ranked]
    first = late.import_modes.first
    assert first is not None
    assert first.days is not None
    assert rows[0].score == str(first.score)
    assert rows[0].days == f"{first.days[0]}–{first.days[1]} days"
    assert rows[0].share == "9.1%"


def test_general_trade_by_the_unit_cost_shows_both_values(book: RuleBook) -> None:
    ranking = advice(book, unit_cost="120", cost_currency="CNY").import_modes
    assert vm.values_differ(ranking)
    values = {row.key: row.value for row in vm.mode_rows(ranking, "en")}
    assert values["general-trade"] == "120.00"
    assert values["direct-mail"] == "190.00"


def test_a_code_that_is_no_number_stands_only_in_the_tip(late: Advice) -> None:
    rows = {row.key: row for row in vm.mode_rows(late.import_modes, "en")}
    assert rows["bonded-stocking-up"].code == "1210"
    assert rows["personal-post"].code == ""


def test_lead_names_value_and_city(late: Advice) -> None:
    assert vm.lead(late, "Hangzhou", "en") == "One order: customs value 190.00 CNY, to a buyer in Hangzhou."
    nothing = replace(late, import_modes=Ranking("import_modes", ()))
    assert "no list price" in vm.lead(nothing, "", "en")


# ---------------------------------------------------------------------- rates
@pytest.mark.parametrize("category", ["milk-powder", "beauty", "watches", "shoes", "toys"])
def test_each_rate_is_that_of_its_own_day(then: View, now: View, category: str) -> None:
    rows = vm.rate_rows(then, now, category, "en")
    for view, cells in ((then, [row.then for row in rows]), (now, [row.now for row in rows])):
        table = {row.label.en: row for row in tax_table(view, category)}
        for row, cell in zip(rows, cells, strict=True):
            found = table.get(row.name)
            if found is None:
                assert cell.shown == "–"
            elif isinstance(found.found, Reading):
                assert found.high is not None
                assert cell.shown.endswith(f"{found.high.normalize():f}%")
            else:
                assert cell.shown == "?"
                assert cell.tip == found.found.why.en


def test_high_end_goods_were_not_taxed_apart_in_2015(then: View, now: View) -> None:
    rows = {row.name: row for row in vm.rate_rows(then, now, "beauty", "en")}
    apart = rows["Consumption tax rate, high-end"]
    assert (apart.then.shown, apart.now.shown) == ("–", "15%")
    assert apart.changed


def test_vat_of_2015_and_today(then: View, now: View) -> None:
    row = next(
        row for row in vm.rate_rows(then, now, "milk-powder", "zh") if row.key == "cn.rate.vat.standard"
    )
    assert (row.then.shown, row.now.shown, row.since) == ("17%", "13%", "2019-04-01")


# ---------------------------------------------------------------------- changes
def test_changes_lie_between_the_days_in_order(book: RuleBook) -> None:
    rows = vm.change_rows(book, ["cn.rate.vat.standard"], (THEN, NOW), "en")
    assert [(row.day, row.step) for row in rows] == [("1 May 2018", "17% → 16%"), ("1 Apr 2019", "16% → 13%")]
    assert vm.change_rows(book, ["cn.rate.vat.standard"], (date(2019, 4, 1), NOW), "en") == ()
    edge = vm.change_rows(book, ["cn.rate.vat.standard"], (date(2019, 3, 31), date(2019, 4, 1)), "en")
    assert [row.step for row in edge] == ["16% → 13%"]


def test_a_value_that_is_only_seen_again_is_no_change(book: RuleBook) -> None:
    for fact_id in ("cn.rate.consumption.most-goods", "cn.rate.duty.shoes", "cn.rate.postal.beauty-high-end"):
        steps = [row.step.split(" → ") for row in vm.change_rows(book, [fact_id], (THEN, NOW), "en")]
        assert all(len(step) == 1 or step[0] != step[1] for step in steps)


def test_changes_cover_the_rules_behind_the_tax(book: RuleBook, early: Advice, late: Advice) -> None:
    rates = vm.rate_rows(book.at(THEN), book.at(NOW), "milk-powder", "en")
    facts = vm.changing_facts(rates, early.import_modes, late.import_modes)
    said = [row.what for row in vm.change_rows(book, facts, (THEN, NOW), "en")]
    assert any("70 percent" in what for what in said)
    assert any("postal" in what.lower() for what in said)


# ---------------------------------------------------------------------- cities
def test_cities_in_order_with_their_modes(book: RuleBook, late: Advice) -> None:
    rows = vm.city_rows(late, book.at(NOW), "en")
    assert [row.key for row in rows] == [o.id for o in late.cities.options if o.excluded is None]
    assert len(rows) + len(late.cities.closed) == 8
    assert all(row.modes for row in rows)


def test_a_city_without_a_list_is_not_known_and_not_closed(book: RuleBook, early: Advice) -> None:
    # the report prints Zhengzhou's system, no modes by name
    row = next(row for row in vm.city_rows(early, book.at(THEN), "en") if row.key == "zhengzhou")
    assert row.modes == "not known"
    assert not row.known


def test_a_list_that_is_not_whole_says_so(book: RuleBook, early: Advice) -> None:
    row = next(row for row in vm.city_rows(early, book.at(THEN), "en") if row.key == "guangzhou")
    assert row.modes.endswith("; others not known")


# ---------------------------------------------------------------------- why
def test_why_of_the_tax_is_the_quote(late: Advice) -> None:
    subject = vm.why_mode(late, "bonded-stocking-up", "tax", both("24 Nov 2026"))
    assert subject is not None
    assert subject.value == "17.29"
    assert {row.key for row in subject.rows} == {"duty", "consumption", "vat"}
    assert vm.why_mode(late, "nowhere", "tax", both("")) is None


def test_why_of_a_closed_mode_is_its_rule(book: RuleBook) -> None:
    found = advice(book, THEN, city="hangzhou")
    closed = found.import_modes.closed[0]
    subject = vm.why_mode(found, closed.id, "closed", both(""))
    assert subject is not None
    assert closed.excluded is not None
    assert subject.rows[0].name == closed.excluded.text


def test_why_of_a_city_s_modes_is_the_fact(late: Advice) -> None:
    subject = vm.why_city(late, "ningbo", "modes")
    assert subject is not None
    assert len(subject.readings) == 1
    score = vm.why_city(late, "ningbo", "score")
    assert score is not None
    assert score.unit == "/ 100"
