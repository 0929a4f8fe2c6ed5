"""`lanewise compliance`, and its key in `advise --json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

DAY = "2026-11-24"
ANSWERS: dict[str, Any] = {
    "direction": "export", "category": "toys", "goods_class": "battery", "list_price": "24.90", "unit_cost": "38",
    "weight_g": 210, "company": "company", "destinations": ["DE", "US"], "fulfilment": "seller",
}  # fmt: skip


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "toy.lanewise"
    path.write_text(json.dumps({"format": 1, "answers": ANSWERS}), encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["compliance", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json_has_path_items_with_facts_and_gaps(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(case_file), "--to", "de", "--as-of", DAY)
    assert found["as_of"] == DAY
    assert found["path"]["destination"] == "DE"
    items = {item["id"]: item for item in found["items"]}
    assert items["eu.toys"]["facts"][0]["from"] == "2011-07-20"
    assert items["eu.gpsr"]["stops"] == ["platform"]
    for item in found["items"]:
        for fact in item["facts"]:
            assert fact["source"]
            assert fact["read"]
            assert fact["from"] <= DAY
    assert [item["weight"] for item in found["items"]] == sorted(
        (item["weight"] for item in found["items"]), key=["stop", "must", "mind"].index
    )
    gap = asked(capsys, str(case_file), "--to", "AU", "--as-of", DAY)["gaps"][0]
    assert set(gap) == {"subject", "side", "level", "text", "known_from", "question"}


def test_another_platform_and_day_are_followed(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ebay = asked(capsys, str(case_file), "--to", "US", "--platform", "ebay", "--as-of", DAY)
    amazon = asked(capsys, str(case_file), "--to", "US", "--platform", "amazon", "--as-of", DAY)
    assert ebay["path"]["platform"] == "ebay"
    assert "amazon.cpc" in {item["id"] for item in amazon["items"]}
    assert "amazon.cpc" not in {item["id"] for item in ebay["items"]}
    then = asked(capsys, str(case_file), "--to", "US", "--as-of", "2015-11-08")
    assert "us.cpsc-efiling" not in {item["id"] for item in then["items"]}
    assert "none" in {gap["level"] for gap in then["gaps"]}


def test_a_country_that_is_no_market_is_answered_by_gaps(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(case_file), "--to", "ZA", "--as-of", DAY)
    assert found["path"]["destination"] == "ZA"
    assert "toys" in {gap["subject"] for gap in found["gaps"]}


def test_text_puts_hard_stops_first_and_gaps_last(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compliance", str(case_file), "--to", "US", "--as-of", DAY, "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"规则日期 {DAY}: US, ")
    marks = [line[2] for line in lines[1:] if line[2:3] in "!*-?"]
    assert marks == sorted(marks, key="!*-?".index)
    assert marks[0] == "!"


def test_advise_has_the_key_compliance_and_a_line_of_text(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["advise", str(case_file), "--as-of", DAY, "--json"]) == 0
    advised = json.loads(capsys.readouterr().out)
    found, alone = advised["compliance"], asked(capsys, str(case_file), "--as-of", DAY)
    # what is said of the rules stands once, beside the whole of an answer
    assert {**found, "rules": advised["rules"], "not_applied": advised["not_applied"]} == alone
    assert main(["advise", str(case_file), "--as-of", DAY]) == 0
    assert "Papers and registrations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "XX"), "--to: 'XX' is not covered"),
        (("--platform", "etsy"), "--platform: 'etsy' is not covered"),
    ],
)
def test_a_wrong_value_is_one_line_and_exit_code_2(
    case_file: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], said: str
) -> None:
    assert main(["compliance", str(case_file), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_an_import_has_no_destination(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "milk.lanewise"
    answers = {
        "direction": "import",
        "category": "milk-powder",
        "goods_class": "food",
        "import_mode": "general-trade",
    }
    path.write_text(json.dumps({"format": 1, "answers": answers}), encoding="utf-8")
    found = asked(capsys, str(path), "--as-of", DAY)
    assert {item["side"] for item in found["items"]} == {"import"}
    assert main(["compliance", str(path), "--to", "US"]) == 2
    assert "only imports" in capsys.readouterr().err
