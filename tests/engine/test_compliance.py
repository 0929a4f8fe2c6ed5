"""The checklist of papers: what holds on a day for goods on a path, and what is said not to be covered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.core.case import Case, case_of
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.engine.advice import evaluate
from desktop.engine.compliance import (
    DUES,
    ON_THE_WAY,
    WEIGHTS,
    Checklist,
    Chosen,
    checklist,
    chosen_on,
)

TODAY = date(2026, 11, 30)
REPORT = date(2015, 11, 8)
MAIN = ("US", "GB", "DE", "FR", "ES", "RU", "BR", "AU", "JP")
CLASSES = ("plain", "battery", "liquid", "powder", "magnetic", "food", "cosmetics")
OF_CLASS = {"food": "food", "cosmetics": "beauty"}
"""The category of goods whose class alone says what they are."""


@pytest.fixture(scope="module")
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def found_for(book: RuleBook, questions: Questions, on: date, chosen: Chosen, **answers: Any) -> Checklist:
    case = case_of({"answers": {"direction": "export", **answers}}, questions)
    return checklist(case, book.at(on), chosen, questions)


def ids(found: Checklist) -> set[str]:
    return {item.id for item in found.items}


def gaps(found: Checklist, side: str = "destination") -> dict[str, str]:
    return {gap.subject: gap.level for gap in found.gaps if gap.side == side and gap.subject}


# ---------------------------------------------------------------------- tables of what is expected
@pytest.mark.parametrize(
    ("to", "answers", "there", "absent"),
    [
        ("DE", {"category": "phone-accessories", "goods_class": "battery"},
         {"eu.gpsr", "eu.gpsr-label", "eu.red", "eu.battery-ce", "de.battery", "de.lucid", "de.weee", "eu.ioss",
          "battery.documents", "battery.packing", "cn.battery-package", "cn.9610"},
         {"fr.uin", "us.fcc-radio", "eu.stock-vat", "eu.cpnp", "cn.9810"}),
        ("FR", {"category": "beauty", "goods_class": "cosmetics"},
         {"eu.cpnp", "fr.uin", "eu.gpsr"}, {"gb.scpn", "de.lucid", "us.mocra", "battery.documents"}),
        ("GB", {"category": "beauty", "goods_class": "cosmetics"},
         {"gb.scpn", "gb.vat"}, {"eu.cpnp", "gb.cpnp", "eu.gpsr"}),
        ("US", {"category": "toys", "goods_class": "plain"},
         {"us.cpc", "us.cpsc-efiling", "us.hts10", "us.entry", "us.origin"}, {"eu.toys", "us.food"}),
        ("US", {"category": "food", "goods_class": "food"},
         {"us.food", "cn.food-producer"}, {"us.origin", "us.cpc"}),
        ("JP", {"category": "lighting", "goods_class": "plain"},
         {"jp.pse", "jp.representative"}, {"jp.radio", "jp.food"}),
        ("ES", {"category": "apparel", "goods_class": "plain", "fulfilment": "overseas-warehouse"},
         {"es.packaging", "eu.textile", "eu.stock-vat", "cn.9810"}, {"eu.ioss", "cn.9610", "eu.product-id"}),
        ("BR", {"category": "toys", "goods_class": "plain"}, {"br.toys", "br.programme"}, {"ru.toys"}),
        ("RU", {"category": "shoes", "goods_class": "plain"}, {"ru.textile"}, {"us.textile"}),
        ("AU", {"category": "apparel", "goods_class": "plain"},
         {"au.textile-care", "au.textile-origin", "au.gst", "au.entry"}, {"eu.textile"}),
    ],
)  # fmt: skip
def test_what_goods_need_at_a_destination(
    book: RuleBook, questions: Questions, to: str, answers: dict[str, str], there: set[str], absent: set[str]
) -> None:
    found = found_for(book, questions, TODAY, Chosen(to, "amazon", "yunexpress"), **answers)
    assert there <= ids(found), there - ids(found)
    assert not absent & ids(found)


@pytest.mark.parametrize(
    ("to", "category", "item", "first"),
    [
        ("DE", "apparel", "eu.gpsr", date(2024, 12, 13)),
        ("DE", "apparel", "de.lucid", date(2022, 7, 1)),
        ("ES", "apparel", "es.packaging", date(2022, 12, 29)),
        ("DE", "toys", "eu.toys", date(2011, 7, 20)),
        ("DE", "lighting", "eu.eprel", date(2021, 9, 1)),
        ("DE", "beauty", "eu.cpnp", date(2013, 7, 11)),
        ("GB", "beauty", "gb.scpn", date(2021, 1, 1)),
        ("GB", "phones", "gb.psti", date(2024, 4, 29)),
        ("US", "beauty", "us.mocra", date(2024, 7, 1)),
        ("US", "toys", "us.cpsc-efiling", date(2026, 7, 8)),
        ("US", "food", "us.food", date(2003, 12, 12)),
        ("JP", "lighting", "jp.representative", date(2025, 12, 25)),
        ("BR", "lighting", "br.lighting", date(2015, 12, 17)),
        ("RU", "toys", "ru.toys", date(2012, 7, 1)),
        ("JP", "apparel", "jp.reform", date(2028, 4, 1)),
    ],
)
def test_a_rule_holds_from_its_first_day_and_not_the_day_before(
    book: RuleBook, questions: Questions, to: str, category: str, item: str, first: date
) -> None:
    chosen = Chosen(to, "amazon", "yunexpress")
    before = found_for(book, questions, first - timedelta(days=1), chosen, category=category)
    after = found_for(book, questions, first, chosen, category=category)
    assert item not in ids(before)
    assert item in ids(after)


def test_a_rule_ends_the_day_the_kingdom_left(book: RuleBook, questions: Questions) -> None:
    chosen = Chosen("GB", "ebay", "epacket")
    last = found_for(book, questions, date(2020, 12, 31), chosen, category="beauty")
    first = found_for(book, questions, date(2021, 1, 1), chosen, category="beauty")
    assert {"gb.cpnp", "gb.scpn"} & ids(last) == {"gb.cpnp"}
    assert {"gb.cpnp", "gb.scpn"} & ids(first) == {"gb.scpn"}


# ---------------------------------------------------------------------- never silent
@pytest.mark.parametrize("on", [TODAY, REPORT], ids=str)
@pytest.mark.parametrize("to", MAIN)
@pytest.mark.parametrize("kind", CLASSES)
def test_every_subject_of_a_class_is_answered_at_every_main_destination(
    book: RuleBook, questions: Questions, kind: str, to: str, on: date
) -> None:
    category = OF_CLASS.get(kind, "toys")
    found = found_for(
        book, questions, on, Chosen(to, "amazon", "yunexpress"), goods_class=kind, category=category
    )
    touched = {"export-code", "export-filing", "recycling", "tax", "entry", "platform"}
    touched |= set() if kind == "food" else {"general"}
    touched |= {"food": {"food"}, "cosmetics": {"cosmetics"}}.get(kind, {"toys"})
    touched |= {"battery": {"battery"}, "liquid": {"substance"}, "powder": {"substance"}}.get(kind, set())
    touched |= set() if kind == "plain" else {"carriage"}
    touched |= {"export-goods"} if kind in ("battery", "food", "cosmetics") else set()
    with_items = {item.subject for item in found.items}
    without = {gap.subject for gap in found.gaps if gap.level != "part"}
    assert touched <= with_items | without, touched - with_items - without
    assert not with_items & without


def test_every_category_has_a_subject_of_its_own(book: RuleBook, questions: Questions) -> None:
    """A category without one would be silent about the rules for just these goods."""
    common = {"general", "recycling", "tax", "entry"}
    for choice in questions["category"].choices:
        found = found_for(
            book, questions, TODAY, Chosen("DE", "amazon", "yunexpress"), category=choice.id, goods_class="plain"
        )  # fmt: skip
        said = {item.subject for item in found.items if item.side == "destination"}
        assert (said | set(gaps(found))) - common, choice.id


def test_a_destination_without_rules_says_so_for_each_subject(book: RuleBook, questions: Questions) -> None:
    found = found_for(
        book, questions, TODAY, Chosen("ZA", "amazon", "dhl"), category="toys", goods_class="plain"
    )
    assert gaps(found) == dict.fromkeys(("general", "toys", "recycling", "tax", "entry"), "none")
    texts = [gap.text for gap in found.gaps if gap.side == "destination"]
    assert all("South Africa" in text.en and "南非" in text.zh for text in texts)


def test_what_was_only_seen_later_is_said_not_to_be_known(book: RuleBook, questions: Questions) -> None:
    """The papers of carriers were seen in 2026: whether they were asked for in 2015 is not known."""
    chosen = Chosen("US", "amazon", "yunexpress")
    found = found_for(book, questions, REPORT, chosen, category="phones", goods_class="battery")
    gap = next(gap for gap in found.gaps if gap.subject == "carriage")
    assert (gap.level, gap.since) == ("later", date(2026, 5, 20))
    assert "us.un383" in ids(found)


def test_an_answer_that_is_missing_is_a_gap_that_leads_to_its_question(
    book: RuleBook, questions: Questions
) -> None:
    found = found_for(book, questions, TODAY, Chosen("DE", "ebay", "epacket"), category="apparel")
    assert {gap.question for gap in found.gaps if gap.question} == {"goods_class", "fulfilment"}
    whole = found_for(
        book, questions, TODAY, Chosen("DE", "ebay", "epacket"),
        category="apparel", goods_class="plain", fulfilment="seller",
    )  # fmt: skip
    assert not [gap for gap in whole.gaps if gap.level == "open"]


@pytest.mark.parametrize("part", sorted(set(ON_THE_WAY.values())))
def test_a_path_that_cannot_be_said_is_one_gap(book: RuleBook, questions: Questions, part: str) -> None:
    path = {"destination": "DE", "platform": "ebay", "service": "epacket", "mode": "direct-mail", part: None}
    found = found_for(
        book, questions, TODAY, Chosen(**path), direction="both", category="food", goods_class="food"
    )
    side = next(side for side, of in ON_THE_WAY.items() if of == part)
    assert not [item for item in found.items if item.side == side]
    assert [gap.level for gap in found.gaps if gap.side == side] == ["open"]


# ---------------------------------------------------------------------- order, sources, days
@pytest.mark.parametrize("on", [TODAY, REPORT], ids=str)
@pytest.mark.parametrize("to", MAIN)
@pytest.mark.parametrize("category", ["apparel", "toys", "beauty", "food", "phones", "lighting"])
def test_items_are_in_order_and_each_has_a_source_of_its_day(
    book: RuleBook, questions: Questions, category: str, to: str, on: date
) -> None:
    found = found_for(
        book, questions, on, Chosen(to, "amazon", "dhl"), category=category, goods_class="battery"
    )
    places = [(WEIGHTS.index(item.weight), DUES.index(item.due)) for item in found.items]
    assert places == sorted(places)
    for item in found.items:
        assert bool(item.stops) == (item.weight == "stop"), item.id
        for reading in item.readings:
            assert reading.source.publisher, reading.id
            assert reading.source.read <= TODAY, reading.id
            assert reading.value.start.first <= on, (item.id, reading.id)
    for gap in found.gaps:
        assert gap.since is None or gap.since > on
        assert gap.text.en != gap.text.zh


@pytest.mark.parametrize("to", MAIN)
def test_on_the_day_of_the_report_nothing_of_later_is_shown(
    book: RuleBook, questions: Questions, to: str
) -> None:
    later = {
        "eu.gpsr", "de.lucid", "fr.uin", "es.packaging", "eu.ioss", "eu.product-id", "us.hts10", "us.entry",
        "us.mocra", "us.cpsc-efiling", "gb.scpn", "gb.psti", "gb.vat", "jp.representative", "au.gst", "br.lighting",
        "cn.9710", "cn.9810", "cn.customs-filing", "amazon.documents", "battery.documents", "eu.eprel",
    }  # fmt: skip
    for category in ("phones", "beauty", "toys", "lighting", "food"):
        for fulfilment in ("seller", "fba"):
            found = found_for(
                book, questions, REPORT, Chosen(to, "amazon", "epacket"),
                category=category, goods_class="battery", fulfilment=fulfilment,
            )  # fmt: skip
            assert not later & ids(found), (category, later & ids(found))


# ---------------------------------------------------------------------- the examples
def example(number: str, questions: Questions) -> Case:
    from pathlib import Path

    from desktop.store.casefile import read_case

    folder = Path(__file__).parent.parent.parent / "data" / "cases"
    return read_case(next(folder.glob(f"{number}-*.lanewise")), questions)


@pytest.mark.parametrize(
    ("number", "on", "there", "level"),
    [
        ("1", TODAY, {"cn.9610", "cn.refund", "cn.customs-filing"}, None),
        ("2", TODAY, {"cn.9610", "cn.refund"}, None),
        ("3", TODAY, {"cn.import.agent", "cn.import.three"}, None),
        ("1", REPORT, {"cn.9610", "cn.refund"}, "later"),
        ("2", REPORT, {"cn.9610", "cn.refund"}, "later"),
        ("3", REPORT, set(), "later"),
    ],
)
def test_the_examples_have_their_papers_and_their_gaps(
    book: RuleBook, questions: Questions, number: str, on: date, there: set[str], level: str | None
) -> None:
    case = example(number, questions).on(on)
    advice = evaluate(case, book, on, questions)
    found = checklist(case, book.at(on), chosen_on(advice, case), questions)
    assert there <= ids(found)
    assert found.items
    if level:
        assert level in {gap.level for gap in found.gaps}


def test_another_market_is_asked_with_its_own_platform_and_service(
    book: RuleBook, questions: Questions
) -> None:
    case = example("1", questions)
    advice = evaluate(case, book, TODAY, questions)
    first = advice.markets.first
    assert first is not None
    other = next(option for option in advice.markets.ranked if option.id != first.id)
    chosen = chosen_on(advice, case, other.id)
    assert chosen.destination == other.id
    assert chosen.platform == other.details["platform"]
    assert other.quote is not None
    assert chosen.service == other.quote.lane["service"]
    assert chosen_on(advice, case, first.id) == chosen_on(advice, case)


def test_what_the_client_settled_on_counts(book: RuleBook, questions: Questions) -> None:
    case, _ = example("1", questions).set(questions, "platform", "amazon")
    advice = evaluate(case, book, TODAY, questions)
    assert chosen_on(advice, case).platform == "amazon"


def test_a_typed_fact_stands_as_typed(book: RuleBook, questions: Questions) -> None:
    case = case_of({"answers": {"direction": "export", "category": "apparel"}}, questions)
    view = book.at(REPORT, {"dest.eu.gpsr": "asked for by my buyer"})
    found = checklist(case, view, Chosen("DE", "ebay", "epacket"), questions)
    item = next(item for item in found.items if item.id == "eu.gpsr")
    assert item.reading.typed
    assert item.reading.raw == "asked for by my buyer"


def test_the_battery_of_a_service_is_answered_by_that_service(book: RuleBook, questions: Questions) -> None:
    answers = {"category": "phones", "goods_class": "battery"}
    dhl = ids(found_for(book, questions, TODAY, Chosen("DE", "ebay", "dhl"), **answers))
    yun = ids(found_for(book, questions, TODAY, Chosen("DE", "ebay", "yunexpress"), **answers))
    assert {"dhl.battery", "yunexpress.channel"} & dhl == {"dhl.battery"}
    assert {"dhl.battery", "yunexpress.channel"} & yun == {"yunexpress.channel"}


def test_liquids_are_a_hard_stop_where_the_carrier_refuses_and_a_gap_where_nothing_is_known(
    book: RuleBook, questions: Questions
) -> None:
    answers = {"category": "home-kitchen", "goods_class": "liquid"}
    refused = found_for(book, questions, TODAY, Chosen("DE", "ebay", "dhl"), **answers)
    unknown = found_for(book, questions, TODAY, Chosen("DE", "ebay", "ups"), **answers)
    assert next(item for item in refused.items if item.id == "dhl.refused").stops == ("carrier",)
    assert gaps(unknown, "carriage") == {"carriage": "none"}


# ---------------------------------------------------------------------- import
@pytest.mark.parametrize(
    ("mode", "there", "absent"),
    [
        ("bonded-stocking-up", {"cn.import.bonded", "cn.import.code-1210", "cn.import.waiver"}, {"cn.import.recipe"}),
        ("direct-mail", {"cn.import.direct", "cn.import.code-9610", "cn.import.agent"}, {"cn.import.bonded"}),
        ("goods-collection", {"cn.import.collection", "cn.import.three"}, {"cn.import.collection-2015"}),
        ("general-trade", {"cn.import.general", "cn.import.food-manufacturer", "cn.import.food-importer",
                           "cn.import.recipe", "cn.import.infant-label"}, {"cn.import.agent", "cn.import.waiver"}),
        ("personal-post", {"cn.import.personal"}, {"cn.import.three", "cn.import.recipe"}),
    ],
)  # fmt: skip
def test_what_an_import_mode_asks_of_milk_powder(
    book: RuleBook, questions: Questions, mode: str, there: set[str], absent: set[str]
) -> None:
    found = found_for(
        book, questions, TODAY, Chosen(mode=mode),
        direction="import", category="milk-powder", goods_class="food",
    )  # fmt: skip
    assert there <= ids(found), there - ids(found)
    assert not absent & ids(found)
    assert {item.side for item in found.items} == {"import"}


def test_the_decree_on_makers_abroad_is_that_of_the_day(book: RuleBook, questions: Questions) -> None:
    said = []
    for on in (date(2021, 12, 31), date(2022, 1, 1), date(2026, 5, 31), date(2026, 6, 1)):
        found = found_for(
            book, questions, on, Chosen(mode="general-trade"),
            direction="import", category="food", goods_class="food",
        )  # fmt: skip
        item = next((item for item in found.items if item.id == "cn.import.food-manufacturer"), None)
        said.append(None if item is None else str(item.reading.value.start))
    assert said == [None, "2022-01-01", "2022-01-01", "2026-06-01"]


# ---------------------------------------------------------------------- the shipped rules
def test_the_rules_ask_only_for_what_exists(book: RuleBook, questions: Questions) -> None:
    rules = book.rules["compliance"]
    allowed = {
        "direction": {"export", "import", "both"},
        "destination": set(book.rules["border"]["destinations"]),
        "platform": set(book.rules["platforms"]),
        "service": set(book.rules["freight"]["services"]),
        "mode": set(book.rules["import_modes"]["modes"]),
    }
    for name in ("category", "goods_class", "fulfilment", "order_size", "company"):
        allowed[name] = {choice.id for choice in questions[name].choices}
    for record in (*rules["subjects"].values(), *rules["items"].values()):
        for when in (*record.get("any", ()), record.get("when", {}), record.get("unless", {})):
            for asked, values in when.items():
                assert set(values) <= allowed[asked], (record["id"], set(values) - allowed[asked])


def test_every_word_of_an_item_stands_in_both_languages(book: RuleBook) -> None:
    for item in book.rules["compliance"]["items"].values():
        keys = [f"kind.{item['kind']}", f"due.{item['due']}", f"weight.{item['weight']}"]
        keys += [f"who.{each}" for each in item["who"]] + [f"stop.{each}" for each in item.get("stops", ())]
        for key in keys:
            assert book.text(f"compliance.{key}").zh, key


def test_every_fact_on_papers_is_used(book: RuleBook) -> None:
    used = set()
    for item in book.rules["compliance"]["items"].values():
        used |= {*item["facts"], *item.get("also", ())}
    assert {fact for fact in book.ids() if ".papers." in fact} <= used
