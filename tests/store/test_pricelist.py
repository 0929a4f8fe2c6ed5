"""A user's own price list: what is read from it, and the sentence for each way in which it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import OptionError
from desktop.store.pricelist import COLUMNS, read_price_list

HEAD = ",".join(COLUMNS)
GOOD = "mine,US,0,500,60,12,,,,,,CNY,6000,"


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "own.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_a_row_is_read_in_plain_form(tmp_path: Path) -> None:
    rows = read_price_list(write(tmp_path, f'{HEAD}\nmine,us,0,500,"1,060.50",12.0,,,,,,cny,6000\n'))
    assert rows == (
        {"service": "mine", "to": "US", "min_g": "0", "max_g": "500", "per_kg": "1060.5", "per_item": "12",
         "first_g": "", "first_price": "", "step_g": "", "step_price": "", "min_billed_g": "", "currency": "CNY",
         "divisor": "6000", "per_cbm": ""},
    )  # fmt: skip


def test_columns_may_be_fewer_and_in_any_order(tmp_path: Path) -> None:
    rows = read_price_list(write(tmp_path, "per_kg,to,service,max_g\n60,US,mine,500\n"))
    assert (rows[0]["per_kg"], rows[0]["to"], rows[0]["currency"]) == ("60", "US", "")


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + f"{HEAD}\n{GOOD}\n".encode(),
        f"{HEAD}\r\n{GOOD}\r\n".encode(),
        f"{HEAD}\n{GOOD}\n\n ,,,,\n".encode(),
        f"{HEAD}\n{GOOD}\n".replace(",", ";").encode(),
        f"{HEAD}\n{GOOD}\n".replace("mine", "专线").encode("gb18030"),
    ],
    ids=["byte-order mark", "windows line ends", "blank rows", "semicolons", "gb18030"],
)
def test_what_spreadsheets_save_is_read(tmp_path: Path, raw: bytes) -> None:
    rows = read_price_list(write(tmp_path, raw))
    assert [(row["to"], row["max_g"]) for row in rows] == [("US", "500")]
    assert rows[0]["service"] in ("mine", "专线")


def row(**cells: str) -> str:
    good = dict(zip(COLUMNS, GOOD.split(","), strict=True))
    return f"{HEAD}\n{','.join((good | cells).values())}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (f"{HEAD}\n", "no prices under it"),
        ("service,to,weight\nmine,US,500\n", "no column 'weight'"),
        ("service,to,to,max_g\nmine,US,US,500\n", "stands there twice"),
        ("service,to,per_kg\nmine,US,500\n", "'max_g' is missing"),
        (row(max_g=""), "row 2: max_g is empty"),
        (row(service=""), "row 2: service is empty"),
        (row(to="USA"), "row 2: to 'USA'"),
        (row(per_kg="sixty"), "row 2: per_kg 'sixty'"),
        (row(per_kg="-3"), "row 2: per_kg '-3'"),
        (row(per_kg="nan"), "row 2: per_kg 'nan'"),
        (row(per_kg="1e30"), "row 2: per_kg '1e30'"),
        (row(max_g="500.5"), "row 2: max_g '500.5'"),
        (row(min_g="600"), "row 2: min_g '600'"),
        (row(currency="YEN"), "row 2: currency 'YEN'"),
        (row(per_kg="", per_item=""), "row 2 has no price"),
        (row(per_cbm="120"), "a price per m³ and one by weight"),
        (row(first_price="20"), "first_price needs first_g"),
        (row(step_price="2"), "step_price needs step_g"),
        (row() + f"{GOOD},extra\n", "row 3 has more cells"),
        (row() + "mine,US,400,900,60,12,,,,,,CNY,6000\n", "row 3: its band begins below 500 g"),
        (row() + "mine,US,501,900,60,12,,,,,,USD,6000\n", "several values of currency: CNY, USD"),
        (row() + "mine,US,501,900,60,12,,,,,,CNY,5000\n", "several values of divisor"),
        (f'{HEAD}\n"mine,US\n', "row 2: "),
        (f"{HEAD}\nmine,US,,2000,60,,,,500,10,,,\n", "row 2 has a per_kg and a step_price"),
        (f"{HEAD}\nmine,US,,2000,,,500,50,,,,,\n", "row 2 has no price above first_g"),
        (f"{HEAD}\nmine,US,,2000,60,,500,,,,,,\n", "row 2: first_g needs first_price"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_right_form(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(OptionError) as caught:
        read_price_list(write(tmp_path, text))
    assert said in caught.value.text.en
    assert caught.value.text.en.startswith("own.csv: ")
    assert caught.value.text.zh


def test_a_file_that_is_no_text_and_one_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no text"):
        read_price_list(write(tmp_path, b"PK\x03\x04\x00\x00\xff\xfe"))
    with pytest.raises(OptionError, match="cannot be opened"):
        read_price_list(tmp_path / "none.csv")
    with pytest.raises(OptionError, match="cannot be opened"):
        read_price_list(tmp_path)
