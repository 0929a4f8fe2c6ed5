"""What if: figures are those of the engine and of the advice to the cent, a drag is one step, and slow work gives way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from desktop.core.facts import RuleBook
from desktop.core.money import PPM
from desktop.engine.advice import PLATFORMS
from desktop.engine.moves import room, wins
from desktop.engine.reverse import highest_cost, orders_for, price_for, price_for_net
from desktop.viewmodels import levers as lv
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.status import step_states
from desktop.viewmodels.whatif import WhatIf
from desktop.viewmodels.wording import MINUS, amount
from tests.conftest import TODAY

DRESS: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 250, "dims_cm": "25x20x3", "destinations": ["US", "GB", "DE"], "monthly_orders": 400,
    "company": "company",
}  # fmt: skip


def opened(book: RuleBook, answers: dict[str, Any] = DRESS) -> WhatIf:
    model = CaseModel(book, TODAY)
    for name, raw in answers.items():
        assert model.set(name, raw)
    model.evaluate()
    what = WhatIf(model, model)
    model.evaluated.connect(what.show)
    assert model.advice is not None
    what.show(model.advice)
    return what


@pytest.fixture
def what(qtbot: QtBot, book: RuleBook) -> WhatIf:
    return opened(book)


def left(what: WhatIf, platform: str) -> int:
    assert what.tick is not None
    return int(what.tick.here.net[0, PLATFORMS.index(platform)])


def lane_of(what: WhatIf, platform: str) -> Any:
    found = what._lane(platform)
    assert found is not None
    return found


# ---------------------------------------------------------------------- figures
def test_the_first_look_is_the_advice_to_the_cent(what: WhatIf) -> None:
    advice = what.model.advice
    assert advice is not None
    assert advice.markets.first is not None
    assert what.market == advice.markets.first.id
    data = what.charts.sweep_data()
    for option in advice.platforms.ranked:
        assert option.quote is not None
        assert left(what, option.id) == option.quote.net
        line = next(line for line in data.lines if line.key == option.id)
        assert what.shown.figure(line.here) == amount(option.quote.net, option.quote.currency)
        assert line.name.startswith("≤") is not option.quote.complete
        subject = what.why(option.id)
        assert subject is not None
        assert subject.value == amount(option.quote.net, option.quote.currency)
    assert next(line.key for line in data.lines if line.first) == advice.platforms.ranked[0].id


def test_every_market_of_the_grid_is_the_advice_on_that_market_alone(what: WhatIf, book: RuleBook) -> None:
    data = what.charts.margins_data()
    for column, (market, _) in enumerate(data.columns):
        alone = CaseModel(book, TODAY)
        for name, raw in (DRESS | {"destinations": [market]}).items():
            alone.set(name, raw)
        alone.evaluate()
        assert alone.advice is not None
        for row, (platform, _) in enumerate(data.rows):
            option = alone.advice.platforms.option(platform)
            assert option is not None
            if option.excluded is not None:
                assert data.state[row][column] == "closed"
                continue
            assert option.quote is not None
            shown = data.text(row, column).removeprefix("≤ ")
            assert shown == amount(option.quote.net, option.quote.currency)
            assert data.text(row, column).startswith("≤") is not option.quote.complete
        first = alone.advice.platforms.first
        assert first is not None
        assert PLATFORMS[data.leaders[column]] == first.id


def test_the_sweep_has_nice_prices_and_the_handle_is_one_of_them(what: WhatIf) -> None:
    data = what.charts.sweep_data()
    lever = what.levers["price"]
    assert len(data.x) == 261
    assert lever.step == 10
    assert data.price in data.x
    assert np.allclose(np.diff(data.x), 0.10)
    at = int(np.flatnonzero(data.x == data.price)[0])
    for line in data.lines:
        assert line.y[at] == line.here


def test_a_moved_lever_is_the_case_with_that_answer(what: WhatIf, book: RuleBook) -> None:
    other = opened(
        book, DRESS | {"list_price": "31.00", "unit_cost": "45.5", "weight_g": 330, "return_rate": "3.5"}
    )
    for name, place in (("price", 3100), ("cost", 4550), ("weight_g", 330), ("returns", 35_000)):
        what.move(name, place)
    what.run_tick()
    for platform in PLATFORMS:
        assert left(what, platform) == left(other, platform)


def test_what_is_worked_out_is_the_engine_s(what: WhatIf) -> None:
    bench, state, market = what.bench, what.state, what.market
    assert bench is not None
    assert state is not None
    what.fix("1000")
    what.finish()
    found = what.found
    assert found is not None
    assert found.done
    for platform in PLATFORMS:
        lane = lane_of(what, platform)
        assert found.even[platform] == price_for_net(bench, *lane, state, 0)
        assert found.prices[platform] == price_for(bench, *lane, state, 250_000)
    lead = lane_of(what, PLATFORMS[found.leader])
    assert found.cost == highest_cost(bench, *lead, state, 250_000)
    assert found.orders == orders_for(bench, *lead, state, 100_000)
    assert found.wins == wins(bench, state, market)
    for driver in ("price", "cost", "weight_g", "freight", "exchange"):
        assert found.rooms[driver] == room(bench, state, market, driver)


def test_break_even_breaks_even_and_a_cent_less_does_not(what: WhatIf) -> None:
    what.finish()
    assert what.bench is not None
    assert what.state is not None
    rows = {name: price for name, price, known in what.rows.even_rows() if known}
    for platform in PLATFORMS:
        price = round(Decimal(rows[what.shown.platform(platform)]) * 100)
        column = what.bench.run_prices(what.state, np.array([price - 1, price])).net(*lane_of(what, platform))
        assert column.units[0] < 0 <= column.units[1]


def test_cuts_of_the_chart_lie_beside_the_exact_prices(what: WhatIf) -> None:
    what.finish()
    assert what.found is not None
    for key, cut in what.charts.sweep_data().cuts:
        exact = what.found.even[key].value
        assert exact is not None
        assert abs(cut * 100 - exact) <= what.levers["price"].step


# ---------------------------------------------------------------------- moving
def test_of_several_moves_in_one_go_the_last_is_priced(what: WhatIf, qtbot: QtBot) -> None:
    assert what.bench is not None
    asked: list[int] = []
    tick = what.bench.tick

    def counted(state: Any, *rest: Any) -> Any:
        asked.append(state.price)
        return tick(state, *rest)

    what.bench.tick = counted  # type: ignore[method-assign]
    what.begin("price")
    with qtbot.waitSignal(what.ticked):
        for place in (2500, 2600, 2700, 2750):
            what.move("price", place)
    assert asked == [2750]
    assert what.charts.sweep_data().price == 27.5


@pytest.mark.parametrize("lever", lv.NAMES)
def test_a_drag_begins_with_all_places_of_its_lever(what: WhatIf, qtbot: QtBot, lever: str) -> None:
    assert what.bench is not None
    what.begin(lever)
    qtbot.waitUntil(lambda: not what._to_prepare)
    found = what.levers[lever]
    for place in range(found.low, found.high + 1, found.step):
        assert what._state_with(lever, place) in what.bench._prepared
    what.move(lever, found.snapped(found.low + 7 * found.step))
    assert what.state in what.bench._prepared
    what._dragged = ""


def test_a_drag_is_one_named_step_and_the_rest_follows(what: WhatIf, qtbot: QtBot) -> None:
    model = what.model
    steps = len(model._done)
    what.begin("price")
    for place in range(2500, 2800, 10):
        what.move("price", place)
        what.run_tick()
        assert model.answer("list_price") == "24.90"
    with qtbot.waitSignal(model.evaluated):
        what.release("price")
    assert model.answer("list_price") == "27.9"
    assert len(model._done) == steps + 1
    assert model.undo_name.en == "list price 27.9 USD"
    assert model.advice is not None
    assert left(what, "ebay") == model.advice.platforms.option("ebay").quote.net  # type: ignore[union-attr]
    with qtbot.waitSignal(model.evaluated):
        model.undo()
    assert what.levers["price"].value == 2490
    assert model.answer("list_price") == "24.90"


@pytest.mark.parametrize(
    ("lever", "place", "answer", "kept"),
    [
        ("cost", 4250, "unit_cost", "42.5"),
        ("weight_g", 300, "weight_g", 300),
        ("returns", 35_000, "return_rate", "3.5"),
        ("ads", 50_000, "advertising_share", "5"),
    ],
)
def test_what_is_let_go_is_kept(
    what: WhatIf, qtbot: QtBot, lever: str, place: int, answer: str, kept: object
) -> None:
    what.begin(lever)
    what.move(lever, place)
    with qtbot.waitSignal(what.model.evaluated):
        what.release(lever)
    assert what.model.answer(answer) == kept
    assert what.mark(lever) == "typed"


@pytest.mark.parametrize(("lever", "place"), [("freight", 1_500_000), ("exchange", 65_000)])
def test_freight_and_rate_are_tried_only(what: WhatIf, qtbot: QtBot, lever: str, place: int) -> None:
    before = what.model.case
    net = left(what, "ebay")
    what.begin(lever)
    what.move(lever, place)
    what.release(lever)
    assert what.model.case is before
    assert left(what, "ebay") < net
    assert what.tried
    assert what.mark(lever) == "typed"
    assert what.why("ebay") is None
    # what is tried stays where it is when an answer is kept beside it
    what.begin("price")
    what.move("price", 2600)
    with qtbot.waitSignal(what.model.evaluated):
        what.release("price")
    assert what.levers[lever].value == place
    what.reset()
    assert not what.tried
    assert what.mark(lever) == "rules"


def test_reset_goes_back_to_where_the_page_began_in_one_step(what: WhatIf, qtbot: QtBot) -> None:
    model = what.model
    for lever, place in (("price", 2700), ("cost", 4000), ("ads", 20_000)):
        what.begin(lever)
        what.move(lever, place)
        with qtbot.waitSignal(model.evaluated):
            what.release(lever)
    what.move("freight", 1_200_000)
    assert what.changed
    steps = len(model._done)
    with qtbot.waitSignal(model.evaluated):
        what.reset()
    assert len(model._done) == steps + 1
    assert model.undo_name.en == "what if"
    assert (model.answer("list_price"), model.answer("unit_cost")) == ("24.90", "38")
    assert model.answer("advertising_share") is None
    assert what.state == what.bench.start  # type: ignore[union-attr]
    assert not what.changed


def test_what_was_answered_elsewhere_is_not_reset(what: WhatIf, qtbot: QtBot) -> None:
    model = what.model
    what.begin("price")
    what.move("price", 2700)
    with qtbot.waitSignal(model.evaluated):
        what.release("price")
    with qtbot.waitSignal(model.evaluated):
        model.set("unit_cost", "41")
    assert not what.changed
    what.move("freight", 1_200_000)
    what.reset()
    assert (model.answer("list_price"), model.answer("unit_cost")) == ("27", "41")


def test_keys_are_kept_together_once_no_further_key_follows(what: WhatIf, qtbot: QtBot) -> None:
    model, steps = what.model, len(what.model._done)
    for _ in range(3):
        what.step("price", 1)
    what.step("price", 10)
    assert what.levers["price"].value == 2620
    assert model.answer("list_price") == "24.90"
    with qtbot.waitSignal(model.evaluated):
        pass
    assert model.answer("list_price") == "26.2"
    assert len(model._done) == steps + 1


def test_a_number_typed_outside_the_scale_takes_the_scale_along(what: WhatIf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(what.model.evaluated):
        what.type("price", "80")
    lever, data = what.levers["price"], what.charts.sweep_data()
    assert lever.low <= 8000 <= lever.high
    assert data.scale.x_low <= 80 <= data.scale.x_high
    assert len(data.x) == 261
    assert what.model.answer("list_price") == "80"


def test_what_the_case_lacks_can_be_typed(book: RuleBook, qtbot: QtBot) -> None:
    what = opened(book, {name: raw for name, raw in DRESS.items() if name not in ("unit_cost", "weight_g")})
    assert what.levers["cost"].value is None
    assert what.mark("cost") == "unknown"
    with qtbot.waitSignal(what.model.evaluated):
        what.type("cost", "38")
    assert what.levers["cost"].value == 3800
    with qtbot.waitSignal(what.model.evaluated):
        what.type("weight_g", "250")
    assert what.levers["weight_g"].value == 250


def test_without_a_price_there_is_nothing_to_move(book: RuleBook, qtbot: QtBot) -> None:
    what = opened(book, DRESS | {"list_price": "unknown"})
    assert what.tick is None
    assert what.model.held is None
    what.step("cost", 1)
    what.finish()
    assert what.found is None


def test_another_market_is_swept_and_stays_chosen(what: WhatIf, qtbot: QtBot) -> None:
    what.finish()
    first = what.market
    other = next(market for market in what.markets if market != first)
    what.choose_market(other)
    assert what.tick is not None
    assert what.tick.market == other
    what.finish()
    assert what.bench is not None
    assert what.state is not None
    assert what.found is not None
    for platform, answer in what.found.even.items():
        assert answer == price_for_net(what.bench, *lane_of(what, platform), what.state, 0)
    what.begin("price")
    what.move("price", 2600)
    with qtbot.waitSignal(what.model.evaluated):
        what.release("price")
    assert what.market == other


def test_the_hand_is_not_disturbed_by_an_evaluation_that_ends_late(what: WhatIf, qtbot: QtBot) -> None:
    bench = what.bench
    what.begin("price")
    what.move("price", 2600)
    what.model.set("monthly_orders", 500)
    with qtbot.waitSignal(what.model.evaluated):
        pass
    assert what.bench is bench
    assert what.levers["price"].value == 2600
    with qtbot.waitSignal(what.model.evaluated):
        what.release("price")
    assert what.bench is not bench
    assert what.model.answer("list_price") == "26"


@pytest.mark.parametrize(
    ("lever", "place"),
    [("price", 1990), ("cost", 6130), ("weight_g", 480), ("returns", 70_000), ("ads", 15_000)],
)
def test_the_bench_that_stays_is_as_one_made_anew(
    what: WhatIf, book: RuleBook, qtbot: QtBot, lever: str, place: int
) -> None:
    """After a lever was let go the bench is kept: all it gives is that of the case opened afresh."""
    bench = what.bench
    what.begin(lever)
    what.move(lever, place)
    with qtbot.waitSignal(what.model.evaluated):
        what.release(lever)
    assert what.bench is bench
    what.finish()
    other = opened(book, {**DRESS, lv.KEPT[lever]: what.model.answer(lv.KEPT[lever])})
    other.choose_market(what.market)
    other.finish()
    assert other.bench is not bench
    assert what.state == other.state
    for mine, fresh in zip(what.tick.markets, other.tick.markets, strict=True):  # type: ignore[union-attr]
        assert (mine.net == fresh.net).all()
        assert (mine.service == fresh.service).all()
        assert (mine.ranks.place == fresh.ranks.place).all()
    assert what.found is not None
    assert other.found is not None
    assert (what.found.even, what.found.prices, what.found.cost) == (
        other.found.even, other.found.prices, other.found.cost,
    )  # fmt: skip
    assert (what.found.rooms, what.found.weights, what.found.wins) == (
        other.found.rooms, other.found.weights, other.found.wins,
    )  # fmt: skip


# ---------------------------------------------------------------------- slow work
def test_slow_work_is_dropped_by_the_next_move_and_done_after_the_last(what: WhatIf, qtbot: QtBot) -> None:
    what.look()
    begun = what.found
    assert begun is not None
    what._slice()
    assert not begun.done
    what.move("price", 2500)
    assert not what._slices.isActive()
    what.run_tick()
    assert what.found is None
    with qtbot.waitSignal(what.settled):
        what.keep()
    assert what.found is not begun
    assert not begun.done
    assert what.found is not None
    assert what.found.state.price == 2500


def test_break_even_holds_while_only_the_price_is_moved(what: WhatIf) -> None:
    what.finish()
    what.begin("price")
    what.move("price", 2600)
    what.run_tick()
    assert what.found is None
    assert what.even_holds()
    what.move("cost", 4000)
    what.run_tick()
    assert not what.even_holds()


def test_the_rail_says_how_far_the_price_may_fall(what: WhatIf, qtbot: QtBot) -> None:
    model = what.model

    def said() -> tuple[str, str]:
        states = step_states(model.case, model.questions, model.flow, model.advice, model.held)
        found = next(state for state in states if state.step.id == "what-if")
        return found.says, found.figure

    what.finish()
    assert what.bench is not None
    assert what.state is not None
    found = room(what.bench, what.state, what.market, "price")
    assert found is not None
    if found.below is not None:
        assert said() == ("held-down", amount(found.below.value, "USD"))
    model.set("monthly_orders", 800)
    assert said()[0] == "untried"
    # what is only tried says nothing about the case
    with qtbot.waitSignal(what.settled):
        pass
    held = model.held
    what.move("freight", 1_500_000)
    what.run_tick()
    what.look()
    what.finish()
    assert model.held == held


# ---------------------------------------------------------------------- words
def test_the_lead_names_the_nearest_ends_in_both_languages(what: WhatIf) -> None:
    what.finish()
    assert what.found is not None
    price = what.found.rooms["price"]
    leader = what.shown.platform(PLATFORMS[what.found.leader])
    lead = what.rows.lead()
    assert lead.startswith(f"{leader} stays first")
    if price is not None and price.below is not None:
        assert f"the list price falls below {amount(price.below.value, 'USD')} USD" in lead
    what.language = "zh"
    assert "首位" in what.rows.lead()
    assert "stays" not in what.rows.lead()
    for sentence in what.rows.sentences():
        assert not any(word in sentence for word in (" takes ", " leaves ", " only "))


def test_sentences_say_the_longest_bar_and_who_leads_there(what: WhatIf) -> None:
    what.finish()
    assert what.tick is not None
    assert what.bench is not None
    bar = what.tick.bars[0]
    start = int(what.tick.here.net[0, int(what.tick.here.ranks.first[0])])
    worst = min(net for net in (bar.low_net, bar.high_net) if net is not None)
    sentence = what.rows.sentences()[0]
    assert amount(start - worst, "USD") in sentence
    assert amount(worst, "USD") in sentence


def test_the_tornado_s_effects_are_the_engine_s_differences(what: WhatIf) -> None:
    assert what.tick is not None
    data = what.charts.tornado_data()
    assert [bar.key for bar in data.bars] == [bar.move.driver for bar in what.tick.bars]
    for shown, bar in zip(data.bars, what.tick.bars, strict=True):
        for end, net in ((shown.low, bar.low_net), (shown.high, bar.high_net)):
            if net is not None:
                assert end.effect is not None
                assert what.shown.figure(data.start + end.effect) == amount(net, "USD")
    assert next(bar for bar in data.bars if bar.key == "price").low.share == f"{MINUS}10%"


def test_the_share_of_all_weightings_sums_to_all(what: WhatIf) -> None:
    what.finish()
    assert what.found is not None
    assert what.found.wins is not None
    bars = what.charts.wins_data().bars
    assert sum(what.found.wins.wins) + what.found.wins.none == what.found.wins.total
    assert sum(bar.value for bar in bars if bar.value is not None) <= 100
    assert [bar.value for bar in bars] == sorted((bar.value for bar in bars), reverse=True)  # type: ignore[type-var]


def test_where_there_is_no_such_price_it_says_why(what: WhatIf) -> None:
    what.want("95")
    what.finish()
    rows = what.rows.back_rows()
    assert rows
    for _, said, known in rows:
        assert not known
        assert "no such price" in said
    assert what.rows.cost_row()[1] is False


# ---------------------------------------------------------------------- levers
@given(st.integers(1, 100_000_000), st.integers(0, 100_000_000))
def test_a_price_lies_within_its_reach_of_nice_prices(price: int, room_above: int) -> None:
    most = max(price + room_above, 1000)
    low, high, step = lv.price_reach(price, most)
    assert low <= price <= high
    # the first step of all may be one unit further
    assert high <= most + (low == 1)
    assert (high - low) // step == lv.SWEPT
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert low % step == 0 or low == 1 or high == most


def test_an_order_that_is_too_large_is_not_moved(book: RuleBook, qtbot: QtBot) -> None:
    what = opened(book, DRESS | {"pieces_per_order": 20, "list_price": "900000"})
    assert what.tick is None
    with qtbot.waitSignal(what.model.evaluated):
        what.model.set("list_price", "400000")
    assert what.tick is not None
    lever = what.levers["price"]
    assert lever.most * 20 == 10**9
    assert lever.high <= lever.most


@given(st.integers(1, 70_000))
def test_a_weight_lies_within_its_reach(grams: int) -> None:
    low, high, step = lv.reach(grams, lv.MOST_WEIGHT)
    assert 1 <= low <= grams <= high <= lv.MOST_WEIGHT
    assert step >= 1


def test_the_rate_of_the_rules_is_exactly_theirs(what: WhatIf) -> None:
    assert what.bench is not None
    now = lv.rate_now(what.bench)
    assert now is not None
    assert (now.place, now.places) == (69_858, 4)
    assert lv.exchange_ppm(now, now.place) == PPM
    # half the yuan for a dollar: a yuan is worth twice as much
    assert lv.exchange_ppm(now, now.place // 2) == 2 * PPM
    assert what.state == what.bench.start


def test_steps_go_to_whole_steps(what: WhatIf) -> None:
    lever = replace(what.levers["price"], value=2494)
    assert lever.stepped(1) == 2500
    assert lever.stepped(-1) == 2490
    assert lever.at(2490).stepped(10) == 2590
    assert lever.at(lever.high).stepped(1) == lever.high
    assert lever.snapped(2494) == 2490
    assert lever.snapped(2496) == 2500
