"""`lanewise reverse` held against the calculators' own sums: the price that it gives leaves what was asked."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.core.case import case_of
from desktop.core.questions import questions_of
from desktop.engine.lanes import Pricer
from desktop.store.rulebook import load

DAY = "2026-11-24"
ANSWERS: dict[str, Any] = {
    "direction": "export", "category": "apparel", "goods_class": "plain", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 210, "company": "company", "destinations": ["DE", "RU"],
}  # fmt: skip


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "vest.lanewise"
    path.write_text(json.dumps({"format": 1, "answers": ANSWERS}), encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["reverse", *arguments, "--as-of", DAY, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_price_leaves_the_margin_in_the_single_quote(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(case_file), "--margin", "30", "--fixed", "500")
    book = load()
    questions = questions_of(book.rules)
    seen = 0
    for lane in found["lanes"]:
        if lane["excluded"]:
            assert lane["price"] is None
            continue

        def net(price: str | Decimal, lane: dict[str, Any] = lane, **changed: Any) -> tuple[Decimal, int]:
            answers = ANSWERS | {"list_price": f"{price}"} | changed
            pricer = Pricer(
                case_of({"answers": answers}, questions), book.at(date.fromisoformat(DAY)), questions
            )
            quote = pricer.quote(lane["platform"], lane["market"], lane["market"], lane["service"])
            assert quote is not None
            return quote.net_money.amount, quote.price

        price = Decimal(lane["price"])
        left, units = net(price)
        assert left * 10_000 >= 30 * units
        less, units = net(price - Decimal("0.01"))
        assert less * 10_000 < 30 * units
        assert net(lane["break_even"])[0] >= 0 > net(Decimal(lane["break_even"]) - Decimal("0.01"))[0]
        if lane["highest_cost"] is not None:
            left, units = net("24.90", unit_cost=lane["highest_cost"])
            assert left * 10_000 >= 30 * units
        if lane["orders"] is not None:
            count = lane["orders"]
            whole = [net("24.90", monthly_orders=n)[0] * n for n in (count - 1, count)]
            assert whole[0] < 500 <= whole[1]
        seen += 1
    assert seen >= 4
    assert any(lane["excluded"] for lane in found["lanes"])


def test_what_cannot_be_turned_round_says_why(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(case_file), "--margin", "95")
    # on AliExpress a twentieth of the price and more goes to the platform alone, whatever the price
    why = {lane["platform"]: lane["why"].get("price") for lane in found["lanes"] if not lane["excluded"]}
    assert why["aliexpress"] == "never"
    for answers, said in (
        ({"direction": "export"}, "no list price"),
        ({"direction": "import", "list_price": "10"}, "only imports"),
        (ANSWERS | {"list_price": "1000000", "pieces_per_order": 11}, "no list price that can be priced"),
    ):
        path = tmp_path / "other.lanewise"
        path.write_text(json.dumps({"format": 1, "answers": answers}), encoding="utf-8")
        assert main(["reverse", str(path)]) == 2
        assert said in capsys.readouterr().err
    assert main(["reverse", str(case_file), "--margin", "120"]) == 2
    assert "a percentage such as 25" in capsys.readouterr().err


def test_the_text_names_every_platform_in_both_languages(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, words in (
        ("en", ("Germany", "AliExpress", "leaves 25%")),
        ("zh", ("德国", "速卖通", "净利 25%")),
    ):
        assert main(["reverse", str(case_file), "--as-of", DAY, "--lang", language]) == 0
        out = capsys.readouterr().out
        assert all(word in out for word in words)
