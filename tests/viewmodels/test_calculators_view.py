"""The calculators without widgets: what the case gives, what is typed, and the same figures as the command line."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.cli import main
from desktop.cli.calculators import add_parsers
from desktop.core.errors import OptionError
from desktop.core.facts import RuleBook
from desktop.engine import inputs
from desktop.viewmodels.calculator_forms import FORMS, bounds_text
from desktop.viewmodels.calculators import COLLECTORS, OUTCOMES, Answer, Calculator
from desktop.viewmodels.case_model import REPORT_DAY, CaseModel
from desktop.viewmodels.countries import OTHERS, country
from tests.conftest import TODAY

VEST: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "battery", "list_price": "24.90", "weight_g": 210,
    "dims_cm": "22x16x4", "destinations": ["GB", "US"], "pieces_per_order": 2, "platform": "amazon",
}  # fmt: skip
OWN_LIST = (
    "service,to,min_g,max_g,per_kg,per_item,first_g,first_price,step_g,step_price,min_billed_g,currency,divisor\n"
    "mine,US,0,500,60,12,,,,,100,EUR,6000\n"
)


@pytest.fixture
def model(book: RuleBook) -> CaseModel:
    return CaseModel(book, TODAY)


def made(model: CaseModel, form: str, **typed: str) -> Calculator:
    calculator = Calculator(form, model)
    for name, text in typed.items():
        calculator.set(name, text)
    calculator.compute()
    return calculator


def amounts(answer: Answer) -> dict[str, str]:
    return {row.key: row.value for row in answer.rows}


def data_of(answer: Answer, key: str) -> dict[str, str]:
    """The inputs of a line with their marks."""
    row = next(row for row in answer.rows if row.key == key)
    return {datum.value.en: datum.mark for datum in row.data}


# ---------------------------------------------------------------------- the forms
@pytest.mark.parametrize("form", FORMS)
def test_the_form_has_every_input_of_the_command(form: str) -> None:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers(), lambda _parser: None)
    commands = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    flags = {action.dest for action in commands.choices[form]._actions} - {"help", "lang"}
    # the currency stands in the field of the amount, the price list has a button of its own
    assert {field.name for field in FORMS[form]} == flags - {"currency", "price_list"}


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_a_form_is_in_both_languages(model: CaseModel, form: str) -> None:
    calculator = Calculator(form, model)
    for field in calculator.fields:
        assert field.label.en
        assert field.label.zh != field.label.en
        assert (field.bounds is None) == (not bounds_text(field))
        if field.kind == "choice":
            choices = calculator.choices(field.name)
            assert [choice.id for choice in choices] == list(calculator.ids(field.name))
            assert all(choice.name.en and choice.name.zh for choice in choices)


def test_every_country_of_a_price_list_has_a_name(model: CaseModel) -> None:
    for code in Calculator("freight", model).ids("to"):
        assert country(model.book.rules, code).en != code
    assert all(len(code) == 2 and name.en and name.zh for code, name in OTHERS.items())


def test_bounds_and_forms_are_said_in_one_sentence() -> None:
    assert inputs.read_size("20 × 15 * 10.5") == (200, 150, 105)
    assert inputs.read_rates("7.5 + 20") == (Decimal("7.5"), Decimal(20))
    assert inputs.read_rates("7,5; 20") == (Decimal("7.5"), Decimal(20))
    # 0.35 m³ are 350 000 000 mm³
    assert inputs.read_volume("0.35") == 350_000_000
    for read, text, said in (
        (inputs.RATE.number, "1001", "'1001' is not a percentage such as 13.6, from 0 to 1000"),
        (inputs.COUNT.count, "2.5", "'2.5' is not a whole number such as 3"),
        (inputs.read_size, "20x15", "'20x15' is not a size in cm such as 20x15x10"),
        (inputs.AMOUNT.number, "x" * 90, f"'{'x' * 37}...' is not an amount such as 24.90"),
    ):
        with pytest.raises(OptionError) as refused:
            read(text)
        assert refused.value.text.en == said
        assert refused.value.text.zh != said


# ---------------------------------------------------------------------- the same figures as the command line
SAME: list[tuple[str, dict[str, str]]] = [
    ("fees", {"platform": "amazon", "marketplace": "US", "category": "apparel", "price": "25", "quantity": "2",
              "shipping": "5", "plan": "individual"}),
    ("fees", {"platform": "ebay", "marketplace": "DE", "category": "lighting", "price": "31.20", "currency": "EUR",
              "store": "basic", "monthly_orders": "120", "commission_rate": "9.5"}),
    ("fees", {"platform": "amazon", "marketplace": "GB", "category": "toys", "price": "19.99", "currency": "GBP",
              "fulfilment": "fba", "weight_g": "480", "dims_cm": "22x22x8"}),
    ("freight", {"service": "epacket", "to": "US", "weight_g": "350", "pieces": "2", "goods_class": "plain"}),
    ("freight", {"service": "dhl", "to": "GB", "weight_g": "3000", "dims_cm": "40x30x30", "fuel_rate": "12"}),
    ("duty", {"to": "GB", "category": "lighting", "value": "200", "currency": "GBP", "freight": "20",
              "duty_rate": "4"}),
    ("duty", {"to": "US", "category": "apparel", "value": "100", "currency": "USD", "carrier": "express",
              "hs": "6109.10"}),
    ("import-tax", {"mode": "direct-mail", "category": "milk-powder", "value": "500"}),
    ("import-tax", {"mode": "personal-post", "category": "beauty", "value": "900", "quantity": "3",
                    "postal_rate": "20"}),
]  # fmt: skip


@pytest.mark.parametrize(("form", "typed"), SAME, ids=[f"{i}-{form}" for i, (form, _) in enumerate(SAME)])
@pytest.mark.parametrize("day", ["2026-11-24", "2015-11-08"])
def test_the_window_counts_like_the_command_line(
    capsys: pytest.CaptureFixture[str], book: RuleBook, form: str, typed: dict[str, str], day: str
) -> None:
    flags = [part for name, text in typed.items() for part in (f"--{name.replace('_', '-')}", text)]
    assert main([form, *flags, "--as-of", day, "--json"]) == 0
    wanted = json.loads(capsys.readouterr().out)
    model = CaseModel(book, TODAY)
    model.set_day(REPORT_DAY if day == "2015-11-08" else None)
    answer = made(model, form, **typed).answer
    assert answer.total.replace(",", "") == (wanted["total"] or "")
    assert answer.currency == wanted["currency"]
    assert answer.complete == wanted["complete"]
    assert answer.outcome == OUTCOMES[form][wanted["outcome"]]
    shown = {row.key: None if row.unknown else row.value.replace(",", "") for row in answer.rows}
    assert shown == {line["id"]: line["amount"] for line in wanted["lines"]}


# ---------------------------------------------------------------------- the case
def test_inputs_come_from_the_case_and_change_nothing_in_it(model: CaseModel) -> None:
    for name, raw in VEST.items():
        assert model.set(name, raw)
    fees = made(model, "fees")
    given = {
        "platform": "amazon",
        "marketplace": "GB",
        "category": "apparel",
        "price": "24.90",
        "quantity": "2",
    }
    assert {name: fees.text(name) for name in given} == given
    assert {fees.mark(name) for name in given} == {"case"}
    # the case's price is in dollars, though the site counts in pounds
    assert (fees.unit("price"), fees.unit("fixed_fee")) == ("USD", "GBP")
    assert (fees.text("plan"), fees.mark("plan")) == ("professional", "default")
    assert (fees.text("shipping"), fees.mark("shipping")) == ("", "")
    before = model.case
    fees.set("price", "30")
    assert (fees.text("price"), fees.mark("price")) == ("30", "typed")
    assert model.case is before
    fees.clear()
    assert (fees.text("price"), fees.mark("price")) == ("24.90", "case")


def test_the_case_moves_what_was_not_typed(model: CaseModel) -> None:
    model.set("list_price", "10")
    fees = made(model, "fees", platform="amazon", category="apparel", quantity="3")
    model.set("list_price", "20")
    model.set("pieces_per_order", 9)
    fees.compute()
    assert (fees.text("price"), fees.text("quantity")) == ("20", "3")
    assert data_of(fees.answer, "commission")["60.00 USD"] == "case"


def test_an_emptied_input_counts_as_not_given(model: CaseModel) -> None:
    model.set("pieces_per_order", 4)
    model.set("dims_cm", "20x20x20")
    freight = made(model, "freight", pieces="", dims_cm="")
    assert (freight.text("pieces"), freight.mark("pieces")) == ("1", "default")
    assert (freight.text("dims_cm"), freight.mark("dims_cm")) == ("", "")


def test_what_the_case_knows_of_an_import_order(model: CaseModel) -> None:
    for name, raw in (("direction", "import"), ("list_price", "190"), ("pieces_per_order", 3)):
        model.set(name, raw)
    # the retail price of the order: 3 × 190 yuan
    assert Calculator("import-tax", model).text("value") == "570.00"
    model.set("import_mode", "general-trade")
    model.set("unit_cost", "80")
    # by general trade the import value counts: 3 × 80 yuan
    assert Calculator("import-tax", model).text("value") == "240.00"
    model.set("cost_currency", "EUR")
    assert Calculator("import-tax", model).text("value") == ""


def test_a_value_of_one_s_own_in_the_case_counts_here(model: CaseModel) -> None:
    fees = made(model, "fees", platform="amazon", category="apparel", price="25")
    # 17 % of 25.00
    assert amounts(fees.answer)["commission"] == "4.25"
    model.override("amazon.us.referral.apparel", "12")
    fees.compute()
    # 12 % of 25.00
    assert amounts(fees.answer)["commission"] == "3.00"
    assert "typed" in data_of(fees.answer, "commission").values()


def test_another_day_is_followed(model: CaseModel) -> None:
    duty = made(model, "duty", to="US", category="apparel", value="100")
    today = duty.answer
    model.set_day(REPORT_DAY)
    duty.compute()
    # 100 dollars were below the 200 of 2015
    assert duty.answer.outcome == OUTCOMES["duty"]["relieved"]
    assert duty.answer.total == "0.00"
    assert today.total != duty.answer.total


# ---------------------------------------------------------------------- answers
def test_what_is_missing_is_named(model: CaseModel) -> None:
    assert [text.en for text in made(model, "fees").answer.needed] == ["Category", "Price of a piece"]
    assert [text.en for text in made(model, "duty", category="toys").answer.needed] == ["Value, net of tax"]
    assert made(model, "freight").answer.subject is None


def test_bad_input_keeps_the_old_answer_and_says_why(model: CaseModel) -> None:
    duty = made(model, "duty", to="GB", category="apparel", value="100", currency="GBP")
    good = duty.answer
    duty.set("vat_rate", "120")
    duty.compute()
    assert duty.answer.stale
    assert duty.answer.total == good.total
    assert duty.answer.fault.en == f"VAT or GST: {duty.fault('vat_rate').en}"
    assert duty.fault("vat_rate").en == "'120' is not a percentage such as 13.6, from 0 to 99.99"
    duty.set("vat_rate", "12")
    duty.compute()
    # at most 135 pounds: no duty, VAT of 12 % of 100.00
    assert not duty.answer.stale
    assert amounts(duty.answer) == {"duty": "0.00", "vat": "12.00"}
    assert data_of(duty.answer, "vat")["12%"] == "typed"


def test_a_case_may_hold_more_than_an_input_takes(model: CaseModel) -> None:
    model.set("pieces_per_order", 100000)
    fees = made(model, "fees", category="apparel", price="1")
    assert "from 1 to 10000" in fees.fault("quantity").en
    assert fees.answer.stale


def test_an_unknown_line_makes_the_total_a_least(model: CaseModel) -> None:
    answer = made(model, "fees", platform="ebay", marketplace="US", category="apparel", price="24.90").answer
    assert (answer.known, answer.complete) == (True, False)
    row = next(row for row in answer.rows if row.unknown)
    assert row.value == "?"
    assert [text.en.lower() for text in answer.unknown] == [row.note.en.lower()]
    assert sum(Decimal(row.value) for row in answer.rows if not row.unknown) == Decimal(answer.total)


def test_what_is_refused_has_no_total(model: CaseModel) -> None:
    answer = made(model, "freight", service="epacket", to="US", weight_g="3000").answer
    assert (answer.known, answer.total, answer.rows) == (False, "", ())
    assert answer.outcome == OUTCOMES["freight"]["refused"]
    assert any("2 kg" in text.en for text in answer.mind)


def test_further_figures_have_names_and_units(model: CaseModel) -> None:
    # 40 × 30 × 30 cm at 5000 cm³/kg are 7200 g, in steps of 500 g 7500 g
    freight = made(model, "freight", service="dhl", to="US", weight_g="3000", dims_cm="40x30x30").answer
    found = {name.en: value.en for name, value in freight.extras}
    assert (found["Chargeable weight"], found["Volumetric weight"]) == ("7,500 g", "7,200 g")
    duty = made(model, "duty", to="GB", category="apparel", value="135", currency="GBP").answer
    assert {name.en: value for name, value in duty.extras}["Collected by"] == COLLECTORS["marketplace"]
    tax = made(model, "import-tax", mode="direct-mail", category="milk-powder", value="500").answer
    # VAT of 13 % at 70 %
    assert {name.en: value.en for name, value in tax.extras}["Composite rate"] == "9.1%"


def test_hints_name_the_input_and_no_flag(model: CaseModel) -> None:
    answer = made(model, "fees", platform="amazon", category="apparel", price="25").answer
    said = [text[language] for text in answer.mind for language in ("en", "zh")]
    assert not any("--" in text for text in said)
    assert any("“Orders a month”" in text for text in said)
    assert any("“每月订单量”" in text for text in said)


def test_copied_text_has_lines_sources_and_the_total(model: CaseModel) -> None:
    answer = made(
        model, "fees", platform="amazon", category="apparel", price="25", commission_rate="10"
    ).answer
    lines = [line.split("\t") for line in answer.tsv("en").splitlines()]
    assert lines[0] == ["Line", "Data", "Calculation", "Amount, USD", "Source"]
    # 10 % of 25.00
    assert lines[1][3] == "2.50"
    assert lines[-1] == ["Total", "", "", "2.50", ""]
    assert answer.tsv("zh").splitlines()[0].split("\t")[3] == "金额（USD）"
    ruled = made(model, "fees", platform="amazon", category="apparel", price="25").answer.tsv("en")
    assert "since " in ruled or "seen " in ruled


def test_an_explanation_opens_on_the_line_that_was_asked_for(model: CaseModel) -> None:
    answer = made(model, "duty", to="GB", category="apparel", value="100", currency="GBP").answer
    subject = answer.asked("vat")
    assert subject is not None
    assert (subject.focus, subject.value, subject.unit) == ("vat", "20.00", "GBP")
    assert subject.total is not None
    assert subject.title.en.endswith("United Kingdom")


def test_some_inputs_mean_nothing_elsewhere(model: CaseModel) -> None:
    fees = made(model, "fees", platform="ebay", store="anchor", category="apparel", price="25")
    assert fees.shown("store")
    assert not fees.shown("plan")
    fees.set("platform", "amazon")
    assert not fees.shown("store")
    duty = made(model, "duty", to="GB", currency="GBP")
    assert not duty.shown("exchange_rate")
    duty.set("currency", "USD")
    assert (duty.shown("exchange_rate"), duty.unit("exchange_rate")) == (True, "GBP/USD")
    assert duty.shown("region")


# ---------------------------------------------------------------------- a price list of one's own
def test_a_price_list_brings_its_own_services(model: CaseModel, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN_LIST, encoding="utf-8")
    freight = made(model, "freight", service="epacket", weight_g="50")
    assert freight.use_price_list(path)
    freight.compute()
    assert (freight.ids("service"), freight.ids("to")) == (("mine",), ("US",))
    # at least 100 g: 0.1 kg × 60 + 12
    assert (freight.answer.total, freight.answer.currency) == ("18.00", "EUR")
    freight.drop_price_list()
    assert freight.text("service") == "epacket"


def test_a_bad_price_list_names_its_row_and_changes_nothing(model: CaseModel, tmp_path: Path) -> None:
    good, bad = tmp_path / "own.csv", tmp_path / "bad.csv"
    good.write_text(OWN_LIST, encoding="utf-8")
    bad.write_text(OWN_LIST + "mine,GB,0,abc,60,,,,,,,EUR,\n", encoding="utf-8")
    freight = made(model, "freight", weight_g="50")
    freight.use_price_list(good)
    assert not freight.use_price_list(bad)
    assert freight.price_list_name == "own.csv"
    assert "row 3" in freight.price_list_fault.en
    assert "第 3 行" in freight.price_list_fault.zh


# ---------------------------------------------------------------------- when is computed
def test_a_burst_of_changes_is_computed_once_and_only_while_seen(model: CaseModel, qtbot: QtBot) -> None:
    fees = Calculator("fees", model)
    heard: list[Answer] = []
    fees.answered.connect(heard.append)
    fees.set("category", "apparel")
    fees.set("price", "20")
    assert heard == []
    fees.set_live(True)
    assert len(heard) == 1
    with qtbot.waitSignal(fees.answered):
        for text in ("2", "25", "25.0"):
            fees.set("price", text)
    assert len(heard) == 2
    fees.set("price", "25.0")  # the same again
    fees.set_live(False)
    fees.set_live(True)
    assert len(heard) == 2
