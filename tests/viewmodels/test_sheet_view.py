"""What the sheet is filled with: the figures of the plan, the numbers of sources, until when it may be relied on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sheet_papers import REPORT_DAY, TODAY, Bench

from desktop.core.facts import RuleBook
from desktop.core.questions import UNKNOWN
from desktop.core.words import money_text
from desktop.reports.sheet import words
from desktop.viewmodels import plan
from desktop.viewmodels.wording import MINUS, percent


@pytest.fixture(scope="module")
def bench(book: RuleBook) -> Bench:
    return Bench(book)


@pytest.mark.parametrize("name", ["1-clothing", "2-lighting"])
def test_the_rows_are_the_lines_of_the_plan_and_sum_to_its_net(bench: Bench, name: str) -> None:
    worked = bench.of(name, TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    rows = worked.sheet().figures[0].rows
    lines = [line for line in quote.seller_lines if line.amount != 0]
    assert [row.name for row in rows[1:-1]] == [line.label for line in lines]
    shown = [row.value for row in rows]
    assert shown[0] == money_text(quote.price, quote.currency)
    assert shown[-1] == money_text(quote.net, quote.currency)
    for row, line in zip(rows[1:-1], lines, strict=True):
        figure = "?" if line.amount is None else MINUS + money_text(line.amount, line.currency)
        assert row.value == figure


def test_part_by_part_sums_to_the_same(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    short = worked.sheet().figures[0].short
    taken = sum(quote.of_series(key)[0] for key in words.PARTS if key != "net")
    assert quote.price - taken == quote.net
    assert short[-1].value == money_text(quote.net, quote.currency)
    assert len(short) < len(worked.sheet().figures[0].rows)


def test_a_bar_ends_at_the_price(bench: Bench) -> None:
    for _, worked in bench.all():
        for chart in worked.sheet().charts:
            for bar in chart.bars if chart.price else ():
                units = [part.units or 0 for part in bar.parts]
                assert sum(units) == chart.price


def test_every_number_of_a_source_is_in_the_list(bench: Bench) -> None:
    for name, worked in bench.all():
        sheet = worked.sheet()
        numbers = {line.number for line in sheet.sources}
        cited = {n for table in sheet.figures for row in table.rows for n in row.cites}
        cited |= {n for item in sheet.next_steps for n in item.cites}
        assert cited, name
        assert cited <= numbers


def test_a_line_cites_the_sources_of_its_readings(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    sheet = worked.sheet()
    titles = {line.number: (line.publisher, line.title) for line in sheet.sources}
    line = next(line for line in quote.seller_lines if line.id == "commission")
    row = next(row for row in sheet.figures[0].rows if row.name == line.label)
    assert {titles[number] for number in row.cites} == {
        (reading.source.publisher, reading.source.title) for reading in line.readings
    }


def test_a_default_and_a_typed_value_have_their_marks(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    line = next(line for line in quote.seller_lines if line.id == "commission")
    fact = next(reading.id for reading in line.readings if reading.id.startswith("ebay"))
    typed = bench.work(replace(worked.case, overrides={fact: "14"})).sheet()
    row = next(row for row in typed.figures[0].rows if row.name == line.label)
    assert row.typed
    assert not any(row.typed for row in worked.sheet().figures[0].rows)


def test_it_says_until_when_it_holds_and_what_is_overdue(bench: Bench) -> None:
    sheet = bench.of("1-clothing", TODAY).sheet()
    assert sheet.validity.en.startswith("Valid until ")
    due = sum(line.due for line in sheet.sources)
    assert due
    assert f"past their review: {due}." in sheet.validity.en
    assert f"{due} 处" in sheet.validity.zh
    then = bench.of("1-clothing", REPORT_DAY).sheet()
    assert then.validity == words.OTHER_DAY.format(day=plan_day())


def plan_day() -> object:
    from desktop.core.words import said_day

    return said_day(REPORT_DAY)


def test_how_long_it_holds_is_what_the_command_line_says(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    assert worked.holds
    assert worked.sheet().holds[0] == worked.holds
    assert bench.of("3-milk-powder", TODAY).holds.en == ""


def test_an_import_has_modes_taxes_and_cities(bench: Bench) -> None:
    worked = bench.of("3-milk-powder", TODAY)
    sheet, quote = worked.sheet(), plan.import_quote(worked.advice, worked.case)
    assert quote is not None
    assert [chart.title for chart in sheet.charts] == [words.MODES]
    assert sheet.figures[0].rows[-1].value == money_text(quote.cost, quote.currency)
    assert [table.title for table in sheet.options] == [words.SHOPS, words.CITIES]
    assert money_text(quote.cost, quote.currency) in sheet.leads[0].en


def test_a_loss_is_said_as_one(bench: Bench) -> None:
    worked = bench.of("2-lighting", TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    assert quote.net < 0
    lead = worked.sheet().leads[0]
    assert f"{money_text(-quote.net, quote.currency)} USD is lost" in lead.en
    assert "亏损" in lead.zh
    assert worked.sheet().charts[0].bars[0].share == percent(quote.percent)


@pytest.mark.parametrize("name", ["list_price", "weight_g", "unit_cost", "category"])
def test_a_missing_answer_is_said_and_never_a_figure(bench: Bench, name: str) -> None:
    worked = bench.of("1-clothing", TODAY)
    case, _ = worked.case.set(worked.questions, name, UNKNOWN)
    sheet = bench.work(case).sheet()
    lead = sheet.leads[0].en
    if name == "list_price":
        assert "no list price is given" in lead
        assert not sheet.figures
    elif name in ("weight_g", "unit_cost"):
        assert "cannot be said" in lead
    assert sheet.unknown


def test_a_closed_choice_is_said_first(bench: Bench) -> None:
    worked = bench.of("2-lighting", TODAY)
    closed = worked.advice.platforms.closed[0]
    case, _ = worked.case.set(worked.questions, "platform", closed.id)
    sheet = bench.work(case).sheet()
    assert sheet.leads[0].en.startswith(f"{closed.name.en} is chosen, but closed")
    assert closed.name in {each.name for each in sheet.charts[0].closed}


def test_the_report_names_every_answer(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    answers = dict(worked.report().answers)
    said = {label.en: text.en for label, text in answers.items()}
    assert "38.00 CNY" in said.values()
    assert "United States, United Kingdom, Germany, France, Australia" in said.values()
    assert "25 × 20 × 3 cm" in said.values()
    assert "400" in said.values()


def test_an_answer_that_is_a_range_is_said_as_one(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    case, _ = worked.case.set(worked.questions, "unit_cost", "30-45")
    said = {label.en: text.en for label, text in bench.work(case).report().answers}
    assert "between 30.00 CNY and 45.00 CNY" in said.values()
