"""The four calculators by the command line: the contract's JSON, one's own rates, and bad input."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

FEES = ("fees", "--platform", "amazon", "--marketplace", "US", "--category", "apparel", "--price", "25")
FREIGHT = ("freight", "--service", "epacket", "--to", "US", "--weight-g", "350")
DUTY = ("duty", "--to", "GB", "--category", "apparel", "--value", "100", "--currency", "GBP")
IMPORT = ("import-tax", "--mode", "direct-mail", "--category", "milk-powder", "--value", "500")
DAY = ("--as-of", "2026-11-27")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments, *(() if "--as-of" in arguments else DAY), "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def amounts(found: Any) -> dict[str, str]:
    return {line["id"]: line["amount"] for line in found["lines"]}


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (FEES, set()),
        (FREIGHT, {"volumetric_weight_g", "chargeable_weight_g"}),
        (DUTY, {"customs_value", "collected_by"}),
        (IMPORT, {"composite_rate"}),
    ],
)
def test_json_has_the_form_of_the_contract(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], more: set[str]
) -> None:
    found = answer(capsys, *command)
    assert {"total", "currency", "complete", "lines", "warnings", "unknown", "outcome"} | more <= set(found)
    assert found["complete"] is True
    assert Decimal(found["total"]) == sum(Decimal(line["amount"]) for line in found["lines"])
    for line in found["lines"]:
        assert {"id", "label", "amount", "currency", "calculation", "facts"} <= set(line)
        for fact in line["facts"]:
            assert {"id", "value", "from", "source"} <= set(fact)


def test_fees_count_pieces_shipping_and_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    # two shirts of 25.00: 17 % of 50.00; the individual plan adds 0.99 a piece
    found = answer(capsys, *FEES, "--quantity", "2", "--plan", "individual")
    assert amounts(found) == {"commission": "8.50", "fixed.item": "1.98"}
    # shipping of 5.00 belongs to the total sales price: 17 % of 30.00
    assert amounts(answer(capsys, *FEES, "--shipping", "5"))["commission"] == "5.10"


def test_a_charge_of_the_month_is_shared_only_over_orders_that_are_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    alone = answer(capsys, *FEES)
    assert set(amounts(alone)) == {"commission"}
    assert any("--monthly-orders" in text for text in alone["warnings"])
    # 39.99 USD a month over 100 orders: 0.40
    assert amounts(answer(capsys, *FEES, "--monthly-orders", "100"))["other.plan"] == "0.40"


def test_the_payout_is_left_out_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert any("--payout" in text for text in answer(capsys, *FEES)["warnings"])
    with_payout = answer(capsys, *FEES, "--payout")
    assert "payment.conversion" in amounts(with_payout)
    assert not any("--payout" in text for text in with_payout["warnings"])


def test_typed_rates_stand_in_place_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    typed = answer(capsys, *FEES, "--commission-rate", "12", "--fixed-fee", "0.30")
    assert amounts(typed) == {"commission": "3.00", "fixed.order": "0.30"}
    own = answer(capsys, *FEES, "--set", "amazon.us.referral.apparel=12")
    assert amounts(own) == {"commission": "3.00"}
    assert own["lines"][0]["facts"][0]["source"] == "typed"


def test_fees_in_another_currency_than_the_sites(capsys: pytest.CaptureFixture[str]) -> None:
    command = (*FEES[:-1], "250", "--currency", "CNY", "--as-of", "2015-11-08", "--commission-rate", "10")
    found = answer(capsys, *command)
    # 250 CNY ÷ 6.2827 = 39.79 USD; 10 % of it, charged in cents, is 3.98 USD; × 6.2827 = 25.01 CNY
    assert (found["total"], found["currency"]) == ("25.01", "CNY")


def test_a_rate_of_ones_own_counts_where_the_rules_know_no_open_site(
    capsys: pytest.CaptureFixture[str],
) -> None:
    early = answer(capsys, *FEES, "--as-of", "1990-01-01", "--commission-rate", "10")
    assert (early["total"], early["outcome"]) == ("2.50", "charged")
    assert any("1 Jan 1990" in text for text in early["warnings"])
    unknown = answer(capsys, *FEES, "--as-of", "1990-01-01")
    assert (unknown["total"], unknown["complete"], unknown["outcome"]) == (None, False, "unknown")


def test_freight_says_both_weights(capsys: pytest.CaptureFixture[str]) -> None:
    # 40 × 30 × 30 cm at 5000 cm³/kg are 7200 g, in steps of 500 g 7500 g
    found = answer(
        capsys, "freight", "--service", "dhl", "--to", "US", "--weight-g", "3000", "--dims-cm", "40x30x30"
    )
    assert (found["volumetric_weight_g"], found["chargeable_weight_g"]) == ("7200", "7500")
    # the same volume measured as a whole
    by_volume = answer(
        capsys, "freight", "--service", "dhl", "--to", "US", "--weight-g", "3000", "--volume-cbm", "0.036"
    )
    assert by_volume["volumetric_weight_g"] == "7200"


def test_what_a_service_does_not_carry_has_no_price(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "freight", "--service", "epacket", "--to", "US", "--weight-g", "3000")
    assert (found["outcome"], found["total"], found["complete"], found["lines"]) == (
        "refused",
        None,
        False,
        [],
    )
    assert any("of 2 kg" in text for text in found["warnings"])


def test_freight_by_a_price_list_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "service,to,min_g,max_g,per_kg,per_item,first_g,first_price,step_g,step_price,min_billed_g,currency,divisor\n"
        "mine,US,0,500,60,12,,,,,100,EUR,6000\nmine,US,501,2000,,,500,50,100,8,,EUR,6000\n",
        encoding="utf-8",
    )
    mine = ("freight", "--service", "mine", "--to", "US", "--price-list", str(path))
    found = answer(capsys, *mine, "--weight-g", "50")
    # at least 100 g: 0.1 × 60 + 12
    assert (found["total"], found["currency"], found["chargeable_weight_g"]) == ("18.00", "EUR", "100")
    # 20 × 20 × 25 cm ÷ 6000 = 1667 g: 50 for 500 g and 12 started steps of 100 g at 8; fuel 10 %
    found = answer(capsys, *mine, "--weight-g", "350", "--dims-cm", "20x20x25", "--fuel-rate", "10")
    assert amounts(found) == {"freight": "146.00", "freight.fuel": "14.60"}
    assert found["total"] == "160.60"


def test_a_price_per_kg_beside_a_step_or_a_first_weight(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "service,to,max_g,per_kg,per_item,first_g,first_price,step_g\n"
        "steps,US,2000,90.5,20,,,100\nfirst,US,30000,20,,1000,50,\nwhole,US,30000,20,,1000,50,1000\n",
        encoding="utf-8",
    )
    for service, grams, total in (
        ("steps", 101, "38.10"),  # 0.2 kg × 90.50 + 20
        ("steps", 200, "38.10"),
        ("steps", 201, "47.15"),
        ("first", 1000, "50.00"),
        ("first", 1500, "60.00"),  # 50 + 0.5 kg × 20
        ("whole", 1001, "70.00"),  # 50 + one started kg at 20
    ):
        mine = ("freight", "--service", service, "--to", "US", "--price-list", str(path))
        assert answer(capsys, *mine, "--weight-g", str(grams))["total"] == total


def test_freight_by_product_parcel_price_and_with_the_charge_of_an_agent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    packet = ("freight", "--service", "chinapost-registered", "--to", "US", "--as-of", "2025-11-15")
    # 0.1 × 60.20 + 13.50 = 19.52, and 14 % of it
    assert amounts(answer(capsys, *packet, "--weight-g", "100", "--agent-fee")) == {
        "freight": "19.52",
        "freight.agent": "2.73",
    }
    assert amounts(answer(capsys, *packet, "--weight-g", "100")) == {"freight": "19.52"}
    ozon = ("freight", "--service", "ozon-guoo", "--to", "RU", "--weight-g", "400", "--as-of", "2026-11-01")
    paid = (*ozon, "--price", "1000", "--currency", "RUB")
    assert answer(capsys, *paid, "--product", "express")["total"] == "23.59"  # 0.4 × 50.55 + 3.37
    assert answer(capsys, *paid, "--product", "standard")["total"] == "19.09"  # 0.4 × 39.30 + 3.37
    missing = answer(capsys, *paid, "--product", "rocket")
    assert missing["total"] is None
    assert "express, standard, economy" in missing["unknown"][0]
    assert main([*ozon, "--price", "1000", "--json"]) != 0
    assert "currency is missing" in capsys.readouterr().err


def test_a_parcel_from_hong_kong_has_the_lower_limit(capsys: pytest.CaptureFixture[str]) -> None:
    two = ("import-tax", "--mode", "personal-post", "--category", "apparel", "--quantity", "2",
           "--as-of", "2018-12-01")  # fmt: skip
    for flags, value, outcome in (
        ((), "1000", "taxed"),
        (("--from-hk-mo-tw",), "800", "taxed"),
        (("--from-hk-mo-tw",), "800.01", "refused"),
    ):
        assert answer(capsys, *two, *flags, "--value", value)["outcome"] == outcome


def test_duty_below_and_above_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    at = answer(capsys, "duty", "--to", "GB", "--category", "apparel", "--value", "135", "--currency", "GBP")
    assert amounts(at) == {"duty": "0.00", "vat": "27.00"}
    assert at["collected_by"] == "marketplace"
    above = answer(capsys, "duty", "--to", "GB", "--category", "lighting", "--value", "200", "--currency", "GBP",
                   "--freight", "20", "--duty-rate", "4")  # fmt: skip
    # duty 4 % of 220.00; VAT 20 % of 228.80
    assert amounts(above) == {"duty": "8.80", "vat": "45.76"}
    assert above["customs_value"] == "220.00"


def test_a_typed_exchange_rate_decides_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    command = (
        "duty",
        "--to",
        "GB",
        "--category",
        "apparel",
        "--value",
        "170",
        "--currency",
        "USD",
        "--duty-rate",
        "10",
    )
    # 170 USD × 0.79 = 134.30 GBP; × 0.80 = 136.00 GBP
    assert answer(capsys, *command, "--exchange-rate", "0.79")["lines"][0]["amount"] == "0.00"
    assert answer(capsys, *command, "--exchange-rate", "0.80")["lines"][0]["amount"] == "17.00"


def test_typed_layers_replace_the_layers_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    command = (
        "duty",
        "--to",
        "US",
        "--category",
        "apparel",
        "--value",
        "100",
        "--currency",
        "USD",
        "--duty-rate",
        "10",
    )
    kept = amounts(answer(capsys, *command))
    assert kept["duty"] == "10.00"
    assert sum(name.startswith("duty.") for name in kept) >= 1
    replaced = amounts(answer(capsys, *command, "--addon-rate", "7.5", "--addon-rate", "20"))
    layers = sorted(v for k, v in replaced.items() if k.startswith("duty.") and v)
    assert layers == ["20.00", "7.50"]


def test_import_tax_shows_the_composite_rate(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *IMPORT)
    # VAT of 13 % at 70 %: 9.1 % of 500.00
    assert (found["total"], found["composite_rate"], found["outcome"]) == ("45.50", "9.1", "taxed")
    over = answer(capsys, *IMPORT[:-1], "6000", "--quantity", "2")
    assert over["outcome"] != "taxed"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((*FEES[:-1], "abc"), "--price: 'abc' is not an amount such as 24.90"),
        ((*FEES[:-1], "-1"), "--price: '-1'"),
        ((*FEES[:-1], "1e30"), "--price: '1e30'"),
        ((*FEES[:-1], "nan"), "--price: 'nan'"),
        ((*FEES, "--quantity", "0"), "--quantity: '0'"),
        ((*FEES, "--quantity", "1.5"), "--quantity: '1.5'"),
        ((*FEES, "--dims-cm", "20x"), "--dims-cm: '20x' is not a size in cm such as 20x15x10"),
        ((*FEES, "--currency", "DOLLAR"), "--currency: 'DOLLAR'"),
        (
            ("fees", "--platform", "wish", *FEES[3:]),
            "--platform: 'wish' is not known; right form: aliexpress, amazon",
        ),
        ((*FEES[:4], "UK", *FEES[5:]), "--marketplace: the United Kingdom is written GB"),
        ((*FEES[:6], "Apparel", *FEES[7:]), "--category: 'Apparel' is not known; right form: apparel"),
        ((*FREIGHT[:2], "pigeon", *FREIGHT[3:]), "--service: 'pigeon' is not known"),
        ((*FREIGHT[:4], "XX", *FREIGHT[5:]), "--to: 'XX' is not known"),
        ((*FREIGHT[:-1], "-3"), "--weight-g: '-3'"),
        ((*FREIGHT, "--price-list", "none.csv"), "none.csv: it cannot be opened"),
        ((*DUTY, "--exchange-rate", "0"), "--exchange-rate: '0'"),
        ((*DUTY, "--vat-rate", "120"), "--vat-rate: '120'"),
        ((*DUTY, "--hs", "shirt"), "--hs: 'shirt' is not a tariff code"),
        (DUTY[:5], "the following arguments are required: --value, --currency"),
        (("import-tax", "--mode", "smuggling", *IMPORT[3:]), "--mode: 'smuggling' is not known"),
        ((*IMPORT, "--as-of", "2015-13-01"), "'2015-13-01' is not a day"),
        ((*IMPORT, "--set", "cn.nothing=3"), "there is no fact 'cn.nothing'"),
        ((*IMPORT, "--set", "cn.rate.vat.standard"), "not of the form FACT=VALUE"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, *command)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_text_for_reading_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *DUTY, *DAY)
    assert code == 0
    assert "Total" in out
    assert "20.00 GBP" in out
    code, out, _ = run(capsys, *DUTY, *DAY, "--lang", "zh")
    assert code == 0
    assert "合计" in out
    assert "征收方" in out


def test_a_shop_whose_price_is_not_known_does_not_open_the_fees_of_an_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ("fees", "--platform", "ebay", "--marketplace", "GB", "--category", "apparel", "--price", "20")
    found = answer(capsys, *command, "--store", "basic")
    assert "other.store" not in amounts(found)
    assert any("--monthly-orders" in text for text in found["warnings"])
    asked = answer(capsys, *command, "--store", "basic", "--monthly-orders", "10")
    store = next(line for line in asked["lines"] if line["id"] == "other.store")
    assert store["amount"] is None
    assert store["unknown"]


def test_brazils_state_tax_goes_by_the_state(capsys: pytest.CaptureFixture[str]) -> None:
    command = ("duty", "--to", "BR", "--category", "apparel", "--value", "60", "--currency", "USD")
    # 60 × 60 % − 30 = 6.00; inside its own base 66 ÷ 0.83 × 17 % = 13.52, and 66 ÷ 0.80 × 20 % = 16.50
    for region, tax in (("SP", "13.52"), ("MG", "16.50")):
        assert amounts(answer(capsys, *command, "--region", region)) == {"duty": "6.00", "vat": tax}
    # without a state the higher is counted
    assert amounts(answer(capsys, *command))["vat"] == "16.50"


def test_what_decides_a_rate_and_is_not_given_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(
        capsys,
        "import-tax",
        "--mode",
        "personal-post",
        "--category",
        "beauty",
        "--value",
        "900",
        "--quantity",
        "3",
    )
    assert found["total"] is None
    assert "net content" in found["unknown"][0]
