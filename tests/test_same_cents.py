"""One order, five ways: the calculators, the quote on the screen, the sweep, the what-if state and the screened file."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.cli import main
from desktop.core.case import case_of
from desktop.core.questions import questions_of
from desktop.engine.advice import PLATFORMS
from desktop.engine.lanes import Pricer
from desktop.engine.whatif import Bench
from desktop.store.rulebook import load

DAY = "2026-11-24"
ROW: dict[str, Any] = {"category": "apparel", "list_price": "31.49", "unit_cost": "38.60", "weight_g": 467}
SHARED: dict[str, Any] = {
    "direction": "export", "goods_class": "plain", "company": "company", "return_rate": "3", "advertising_share": "2.5",
    "monthly_orders": 120, "pieces_per_order": 1,
}  # fmt: skip


def calculated(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Decimal | None]:
    """The lines of a calculator by id, in its own currency."""
    assert main([*arguments, "--as-of", DAY, "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    return {line["id"]: None if line["amount"] is None else Decimal(line["amount"]) for line in lines}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_order_has_the_same_cents_everywhere(
    platform: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load()
    questions, view = questions_of(book.rules), book.at(date.fromisoformat(DAY))
    case = case_of({"answers": SHARED | ROW | {"destinations": ["US"]}}, questions)

    # the screened file
    shared = tmp_path / "shared.lanewise"
    shared.write_text(json.dumps({"format": 1, "as_of": DAY, "answers": SHARED}), encoding="utf-8")
    source, target = tmp_path / "goods.csv", tmp_path / "screened.csv"
    source.write_text(
        "SKU,Category,Price (USD),Unit cost (CNY),Weight (g)\nV1,apparel,31.49,38.60,467\n", encoding="utf-8"
    )
    arguments = [
        "screen",
        str(source),
        "-o",
        str(target),
        "--case",
        str(shared),
        "--to",
        "US",
        "--platforms",
        platform,
    ]
    assert main([*arguments, "--quiet"]) == 0
    capsys.readouterr()
    with target.open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    service, site = row["Service id"], row["Site id"]

    # the quote on the screen
    quote = Pricer(case, view, questions).quote(platform, site, "US", service)
    assert quote is not None
    assert Decimal(row["What is left"]) == quote.net_money.amount

    # the sweep and the what-if state
    sweep = Pricer(case, view, questions).sweep(platform, site, "US", service, [2999, 3149, 3299])
    assert sweep[1] == quote.net
    bench = Bench(case, view, questions)
    assert bench.start is not None
    net = bench.run_prices(bench.start, np.array([2999, 3149, 3299])).net(
        bench.grid.pair("US", platform), service
    )
    assert net.units.tolist() == sweep

    # the calculators: each line as it is charged, before it is brought into the currency of the price
    charged = {line.id: line.own.amount if line.own else line.money for line in quote.lines}
    fees = calculated(
        capsys, "fees", "--platform", platform, "--marketplace", site, "--category", "apparel", "--price", "31.49",
        "--currency", "USD",
    )  # fmt: skip
    freight = calculated(capsys, "freight", "--service", service, "--to", "US", "--weight-g", "467")
    services = view.rules("freight")["services"]
    carrier = "post" if services[service]["kind"] == "postal" else "express"
    duty = calculated(
        capsys, "duty", "--to", "US", "--category", "apparel", "--value", "31.49", "--currency", "USD",
        "--weight-g", "467", "--carrier", carrier,
    )  # fmt: skip
    compared = 0
    for lines in (fees, freight, duty):
        for name, amount in lines.items():
            # what is shared among the orders of a month is left to the case
            if amount is not None and charged.get(name) is not None and "plan" not in name:
                assert amount == charged[name], (platform, name)
                compared += 1
    assert compared >= 4
