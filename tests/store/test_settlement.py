"""The real lines of an order as CSV and in a case file: what is not as it must be is refused in one sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desktop.core.case import case_of, data_of
from desktop.core.errors import CaseError, OptionError
from desktop.core.facts import RuleBook
from desktop.core.money import Money
from desktop.core.questions import Questions, questions_of
from desktop.core.settlement import Real, Settlement
from desktop.store.casefile import read_case, write_case
from desktop.store.settlement import read_settlement


@pytest.fixture
def questions(book: RuleBook) -> Questions:
    return questions_of(book.rules)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "settled.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_lines_are_read_with_note_and_date(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'line,amount,currency,note,date\ncommission,3.24,usd,\n运费,"1,031.20",CNY,invoice 7,2026-11-20\n\n',
    )
    assert read_settlement(path) == Settlement(
        (
            Real("commission", Money(324, "USD")),
            Real("运费", Money(103_120, "CNY"), date(2026, 11, 20), "invoice 7"),
        )
    )


def test_a_file_of_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "line;amount;currency\r\n运费;31,20;CNY\r\n", "gb18030")
    assert read_settlement(path).lines == (Real("运费", Money(3120, "CNY")),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty; right form: a first row line,amount,currency,note,date"),
        ("line,amount,currency\n", "no lines under it"),
        ("line,amount\na,1\n", "the column 'currency' is missing"),
        ("line,amount,currency,fee\n", "there is no column 'fee'"),
        ("line,amount,currency\na,1,USD,x\n", "row 2 has more cells"),
        ("line,amount,currency\n,1,USD\n", "row 2: line is empty"),
        ("line,amount,currency\na,,USD\n", "row 2: amount is empty"),
        ("line,amount,currency\na,x,USD\n", "row 2: amount 'x' is not possible"),
        ("line,amount,currency\na,-1,USD\n", "row 2: amount '-1' is not possible"),
        ("line,amount,currency\na,1.234,USD\n", "row 2: amount '1.234' is not possible"),
        ("line,amount,currency\na,1.5,JPY\n", "row 2: amount '1.5' is not possible"),
        ("line,amount,currency\na,NaN,USD\n", "row 2: amount 'NaN' is not possible"),
        ("line,amount,currency\na,1e20,USD\n", "row 2: amount '1e20' is not possible"),
        ("line,amount,currency\na,1,XXX\n", "row 2: currency 'XXX' is not possible"),
        ("line,amount,currency,date\na,1,USD,soon\n", "row 2: date 'soon' is not possible"),
        ("line,amount,currency\na,1,USD\nA,2,USD\n", "row 3: A stands in row 2 already"),
        ('line,amount,currency\n"a,1,USD\n', "row"),
        ("line,amount,currency\n" + "".join(f"l{k},1,USD\n" for k in range(201)), "more than 200 lines"),
    ],
)
def test_what_is_not_as_it_must_be_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError) as caught:
        read_settlement(written(tmp_path, text))
    assert said in caught.value.text.en
    assert "\n" not in caught.value.text.en
    assert caught.value.text.en.startswith("settled.csv: ")
    assert caught.value.text.zh.startswith("settled.csv：")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"nowhere\.csv: it cannot be opened"):
        read_settlement(tmp_path / "nowhere.csv")


def test_a_case_file_keeps_it(tmp_path: Path, questions: Questions) -> None:
    data = {
        "format": 1,
        "answers": {"category": "apparel"},
        "settlement": {
            "platform": "amazon", "market": "GB", "service": "yunexpress",
            "lines": [
                {"line": "commission", "amount": "1.92", "currency": "GBP"},
                {"line": "freight", "amount": "29.50", "currency": "CNY", "date": "2026-11-20", "note": "invoice 7"},
            ],
        },
    }  # fmt: skip
    case = case_of(data, questions)
    assert case.settlement is not None
    assert case.settlement.lines[1].day == date(2026, 11, 20)
    path = tmp_path / "c.lanewise"
    write_case(case, path)
    assert json.loads(path.read_text(encoding="utf-8")) == data
    assert read_case(path, questions) == case


def test_a_case_without_one_is_written_as_ever(questions: Questions) -> None:
    assert "settlement" not in data_of(case_of({"format": 1, "answers": {}}, questions))


@pytest.mark.parametrize(
    "settlement",
    [
        [], "x", {"lines": {}}, {"lines": [{}]}, {"lines": ["commission"]},
        {"lines": [{"line": "a", "amount": 3.24, "currency": "USD"}]},
        {"lines": [{"line": "a", "amount": "-1", "currency": "USD"}]},
        {"lines": [{"line": "a", "amount": "1", "currency": "XXX"}]},
        {"lines": [{"line": "a", "amount": "1", "currency": "USD", "date": "soon"}]},
        {"lines": [{"line": "a", "amount": "1", "currency": "USD"}, {"line": "a", "amount": "2", "currency": "USD"}]},
        {"lines": [], "platform": 7},
    ],
)  # fmt: skip
def test_a_damaged_one_is_refused_in_one_sentence(settlement: object, questions: Questions) -> None:
    with pytest.raises(CaseError) as caught:
        case_of({"format": 1, "answers": {}, "settlement": settlement}, questions, "x.lanewise")
    assert caught.value.text.en.startswith("x.lanewise: settlement is not of the right form: ")
