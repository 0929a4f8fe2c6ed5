"""The account of researched files: a made-up folder with something shipped, merged, left out and forgotten."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

TOOLS = Path(__file__).parent.parent / "tools"

RESEARCHED = """
facts:
- {id: post.limit, value: 2}
- {id: post.old_limit, value: 3}
- {id: post.rumour, value: 9}
rate_tables:
- {id: post-2015, rows: [{a: 1}, {a: 2}]}
- {id: line-2015, rows: [{a: 1}]}
freight_lanes:
- {service: air, origin: China, dest: US, unit: per_kg, source: one, range: [4, 8]}
- {service: sea, origin: China, dest: NO, unit: per_kg, source: one, breaks: [{from_kg: 21, rate: 18.40}]}
"""
FACTS = "facts:\n- {id: post.limit, values: [{value: 2}]}\n- {id: post.range, values: [{value: {low: 3, high: 4}}]}\n"
TABLES = "tables:\n- {id: post-2015}\n- {id: bulk}\n"
ROWS = "table,to,per_kg\npost-2015,US,5\nbulk,US,8\nbulk,US,4\nbulk,NO,18.4\n"
NOTES = """
facts:
- {id: post.old_limit, into: post.range, why: now a range}
- {id: post.rumour, why: no source}
rate_tables:
- {id: line-2015, into: rates.bulk}
freight_lanes:
- {service: air, into: rates.bulk}
- {dest: "NO", source: one, into: rates.bulk}
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("researched", TOOLS / "researched.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["researched"] = module
    spec.loader.exec_module(module)
    return module


def run(tool: ModuleType, folder: Path, notes: str, *more: str, rows: str = ROWS) -> int:
    for name, text in {
        "raw/topic.yaml": RESEARCHED, "data/facts/post.yaml": FACTS, "data/rates/all.yaml": TABLES,
        "data/rates/all.csv": rows, "notes.yaml": notes,
    }.items():  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    given = [
        str(folder / "raw"),
        "--data",
        str(folder / "data"),
        "--notes",
        str(folder / "notes.yaml"),
        *more,
    ]
    code: int = tool.main(given)
    return code


def test_each_record_is_shipped_merged_or_left_out(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tool, tmp_path, NOTES) == 0
    assert [line.split(None, 2) for line in capsys.readouterr().out.splitlines()] == [
        ["shipped", "fact", "post.limit: post.limit"],
        ["merged", "fact", "post.old_limit: post.range: now a range"],
        ["left", "fact", "post.rumour: no source"],
        ["shipped", "table", "post-2015: rates.post-2015, 2 rows researched, 1 shipped"],
        ["merged", "table", "line-2015: rates.bulk (1 rows researched)"],
        ["merged", "lane", "air China > US, per_kg, one: rates.bulk"],
        ["merged", "lane", "sea China > NO, per_kg, one: rates.bulk"],
        ["facts:", "1", "left, 1 merged, 1 shipped"],
        ["tables:", "1", "merged, 1 shipped"],
        ["lanes:", "2", "merged"],
    ]


def test_what_is_neither_is_named(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = NOTES.replace("- {id: post.rumour, why: no source}\n", "").replace(
        "into: rates.bulk", "into: rates.x", 1
    )
    assert run(tool, tmp_path, notes, "--short", rows=ROWS.replace("18.4", "18.5")) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("neither")] == [
        "neither  fact  post.rumour: no such id is shipped, and no note names it",
        "neither  table line-2015: the note names rates.x, which is not shipped",
        "neither  lane  sea China > NO, per_kg, one: rates.bulk lacks 18.40",
    ]
    assert len(said) == 6


def test_a_folder_without_files_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        tool.main([str(tmp_path)])
    assert caught.value.code == 2


def test_the_notes_name_what_is_shipped(tool: ModuleType) -> None:
    shipped = tool.Shipped.of(TOOLS.parent / "data")
    notes = yaml.safe_load((TOOLS / "researched.yaml").read_text(encoding="utf-8"))
    for note in (note for section in notes.values() for note in section):
        into = note.get("into", [])
        assert set([into] if isinstance(into, str) else into) <= set(shipped.rows), note
        assert into or note["why"], note
