"""The command line: the contract's JSON, and one line and exit code 2 for bad input."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import COMMANDS, main
from desktop.store.paths import data_path

EXAMPLES = sorted(str(item) for item in Path(str(data_path("cases"))).glob("*.lanewise"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("path", EXAMPLES)
@pytest.mark.parametrize("day", ["2015-11-08", "2026-11-24"])
def test_advise_json_has_the_form_of_the_contract(
    capsys: pytest.CaptureFixture[str], path: str, day: str
) -> None:
    data = run_json(capsys, "advise", path, "--as-of", day)
    assert data["as_of"] == day
    assert {"platforms", "logistics", "import_modes", "import_platforms", "markets", "stability", "unknown",
            "warnings"} <= set(data)  # fmt: skip
    for choice in ("platforms", "logistics", "import_modes", "import_platforms", "markets"):
        for option in data[choice]:
            assert {"id", "rank", "score", "excluded", "reasons", "net_margin"} <= set(option)
            assert option["excluded"] is None or option["rank"] is None
            for reason in option["reasons"]:
                assert reason["text"]
                assert reason["fact"]
                assert reason["source"]
    for option in data["logistics"]:
        if option["days"] is not None:
            assert option["days"][0] <= option["days"][1]


def test_advise_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    data = run_json(capsys, "advise", EXAMPLES[0], "--lang", "zh", "--as-of", "2015-11-08")
    assert "英国" in {option["name"] for option in data["markets"]}
    code, out, _ = run(capsys, "advise", EXAMPLES[0], "--lang", "zh")
    assert code == 0
    assert "规则日期" in out


def test_advise_takes_a_value_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("advise", EXAMPLES[1], "--as-of", "2015-11-08", "--set", "vintage.aliexpress.commission=50")
    option = next(o for o in run_json(capsys, *arguments)["platforms"] if o["id"] == "aliexpress")
    commission = next(line for line in option["lines"] if line["id"] == "commission")
    assert commission["amount"] == "7.90"  # 15.80 × 50 %


def test_questions_json_has_every_key_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    for question in run_json(capsys, "questions"):
        assert {"name", "kind", "unit", "bounds", "choices", "depends_on"} <= set(question)


def test_a_fact_shows_its_history_sources_and_doubts(capsys: pytest.CaptureFixture[str]) -> None:
    data = run_json(capsys, "facts", "seed.scale.business_mofcom_2014", "--as-of", "2015-11-08")
    assert data["value"] == "420"
    assert data["doubts"][0]["id"] == "seed-inc-01"
    assert data["values"][0]["source"]["publisher"]
    assert (
        run_json(capsys, "facts", "seed.scale.business_mofcom_2014", "--as-of", "1990-01-01")["known"]
        is False
    )


def test_facts_without_an_id_lists_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(run_json(capsys, "facts")) > 1000


@pytest.mark.parametrize("command", ["advise", "questions", "facts", "check-data", "tour"])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert command in COMMANDS
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert "usage" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("advise", "no-such.json"), "cannot be opened"),
        (("advise",), "CASE"),
        (("advise", EXAMPLES[0], "--as-of", "soon"), "2015-11-08"),
        (("advise", EXAMPLES[0], "--as-of", "2015-02-30"), "2015-11-08"),
        (("advise", EXAMPLES[0], "--set", "x"), "FACT=VALUE"),
        (("advise", EXAMPLES[0], "--set", "no.such=1"), "no fact"),
        (("advise", EXAMPLES[0], "--set", "vintage.aliexpress.commission=abc"), "a number such as"),
        (("advise", EXAMPLES[0], "--set", "vintage.aliexpress.commission=1e30"), "a number such as"),
        (("advise", EXAMPLES[0], "--lang", "fr"), "--lang"),
        (("facts", "aliexpress.fee"), "there is no fact"),
        (("facts", "seed.meta.edition", "--as-of", "x"), "2015-11-08"),
        (("check-data", "no-such-folder"), "no folder"),
        (("dance",), "dance"),
        (("--dance",), "--dance"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_case_of_1990_is_answered_with_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    data = run_json(capsys, "advise", EXAMPLES[0], "--as-of", "1990-01-01")
    assert data["unknown"]
    assert all(option["reasons"] == [] for option in data["platforms"])


def test_check_data_names_file_and_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "x.yaml").write_text(
        "topic: {en: a, zh: 甲}\nfacts:\n- {id: x.a, colour: red}\n", encoding="utf-8"
    )
    code, _, err = run(capsys, "check-data", str(tmp_path))
    assert code == 2
    assert "x.yaml" in err
    assert "x.a" in err


def test_check_data_passes_on_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check-data")
    assert code == 0
    assert "facts" in out


def test_coverage_json_has_its_tables(capsys: pytest.CaptureFixture[str]) -> None:
    data = run_json(capsys, "coverage", "--as-of", "2026-11-27")
    assert {"platforms", "destinations", "services", "import_modes", "weak", "past_review", "missing"} <= set(
        data
    )
    amazon = next(
        row for row in data["platforms"] if (row["platform"], row["marketplace"]) == ("amazon", "US")
    )
    assert set(amazon["years"]) == {str(year) for year in range(2015, 2027)}
    for cell in amazon["years"].values():
        assert 0 <= cell["known"] <= cell["of"]
        assert (cell["confidence"] is None) == (cell["known"] == 0)
    code, out, _ = run(capsys, "coverage", "--lang", "zh")
    assert code == 0
    assert "目的地" in out


def test_advise_says_how_far_the_first_place_holds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The sentence names a price; at that price the platform is still first, and a cent below it is not."""
    case = json.loads(Path(EXAMPLES[0]).read_text(encoding="utf-8"))
    case["answers"]["destinations"] = ["GB"]
    path = tmp_path / "gb.lanewise"

    def advised(price: str | None = None) -> dict[str, Any]:
        answers = case["answers"] | ({"list_price": price} if price else {})
        path.write_text(json.dumps(case | {"answers": answers}), encoding="utf-8")
        return run_json(capsys, "advise", str(path), "--as-of", "2026-11-27")

    said = advised()["stability"][0]
    found = re.search(r"^(\w+) stays first unless the list price falls below ([\d.]+) USD", said)
    assert found, said
    edge = Decimal(found[2])
    assert advised(f"{edge}")["platforms"][0]["name"] == found[1]
    assert advised(f"{edge - Decimal('0.01')}")["platforms"][0]["name"] != found[1]
    code, out, _ = run(capsys, "advise", str(path), "--as-of", "2026-11-27", "--lang", "zh")
    assert code == 0
    assert "保持首位，除非" in out


def test_changes_json_names_the_facts_that_moved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = json.loads(Path(EXAMPLES[1]).read_text(encoding="utf-8"))
    case["answers"]["destinations"] = ["RU"]
    russia = tmp_path / "russia.lanewise"
    russia.write_text(json.dumps(case), encoding="utf-8")
    data = run_json(capsys, "changes", str(russia), "--from", "2015-11-08", "--to", "2026-11-27")
    assert (data["from"], data["to"]) == ("2015-11-08", "2026-11-27")
    option = next(o for o in data["options"] if (o["choice"], o["id"]) == ("platforms", "aliexpress"))
    commission = next(line for line in option["lines"] if line["id"] == "commission")
    assert (commission["before"], commission["after"], commission["difference"]) == ("0.79", "1.26", "0.47")
    assert commission["facts"]["before"][0]["value"] == "5"
    code, out, _ = run(capsys, "changes", EXAMPLES[2], "--lang", "zh")
    assert code == 0
    assert "17" in out


def test_changes_between_days_the_wrong_way_round(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "changes", EXAMPLES[0], "--from", "2026-01-01", "--to", "2015-11-08")
    assert (code, out) == (2, "")
    assert err == "lanewise changes: --from: 2026-01-01 is not before 2015-11-08\n"


def test_changes_between_two_rule_books_on_one_day(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The same day by an older book: only the fact that was edited moves."""
    older = tmp_path / "data"
    shutil.copytree(Path(__file__).parent.parent / "data", older)
    path = older / "facts" / "vintage.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("- id: vintage.aliexpress.commission")
    edited = text[:start] + text[start:].replace("value: 5", "value: 4", 1)
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    shutil.rmtree(older / "compiled")
    data = run_json(
        capsys,
        "changes",
        EXAMPLES[1],
        "--from",
        "2015-11-08",
        "--to",
        "2015-11-08",
        "--old-rules",
        str(older),
    )
    moved = {fact["id"] for facts in data["facts"] for fact in (*facts["before"], *facts["after"])}
    assert moved == {"vintage.aliexpress.commission"}
    option = next(o for o in data["options"] if (o["choice"], o["id"]) == ("platforms", "aliexpress"))
    commission = next(line for line in option["lines"] if line["id"] == "commission")
    # 15.80 × 4 % by the older book, × 5 % by this one
    assert (commission["before"], commission["after"]) == ("0.63", "0.79")
