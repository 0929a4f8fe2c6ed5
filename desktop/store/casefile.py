"""Case files: one JSON a case, written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from desktop.core.case import Case, case_of, data_of
from desktop.core.errors import CaseError, LanewiseError, StoreError
from desktop.core.questions import Questions
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.store.paths import data_path

SUFFIX = ".lanewise"
LIMIT_BYTES = 4 * 1024 * 1024
"""No case comes near it; a larger file is something else."""
DEEPEST = 20
"""A case is three levels deep; what is far deeper is something else."""
TOO_DEEP = Text("it is nested too deeply", "嵌套过深")


def read_case(path: Path, questions: Questions) -> Case:
    """The case in a file. CaseError, AnswerError or StoreError in one sentence; the file is only read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LIMIT_BYTES + 1)
    except OSError as error:
        reason = reason_of(error)
        raise StoreError(
            Text(f"{path.name} cannot be opened: {reason.en}", f"无法打开 {path.name}：{reason.zh}")
        ) from None
    return case_of_bytes(content, path.name, questions)


def case_of_bytes(content: bytes, name: str, questions: Questions) -> Case:
    """The case in the bytes of a file called `name`. CaseError or AnswerError in one sentence."""
    if len(content) > LIMIT_BYTES:
        raise CaseError(
            Text(
                f"{name} is too large to be a case (over 4 MB)",
                f"{name} 过大（超过 4 MB），不是案例文件",
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _damaged(name, Text("it is not a text file", "不是文本文件")) from None
    return parsed_case(text, name, questions)


def parsed_case(content: str, name: str, questions: Questions) -> Case:
    """The case in a text; `name` is what sentences call it."""
    try:
        data = json.loads(content, parse_float=str, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = Text(f"line {error.lineno}, column {error.colno}", f"第 {error.lineno} 行第 {error.colno} 列")
        raise _damaged(name, place) from None
    except RecursionError:
        raise _damaged(name, TOO_DEEP) from None
    except ValueError as error:
        raise _damaged(name, Text(str(error), str(error))) from None
    if _deeper(data, DEEPEST):
        raise _damaged(name, TOO_DEEP)
    return case_of(data, questions, name)


def _deeper(data: Any, levels: int) -> bool:
    """Whether lists and names stand in each other more than so many levels deep."""
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return levels < 0 or any(_deeper(each, levels - 1) for each in inside)


def case_text(case: Case) -> str:
    """A case as the text of a case file, in one line."""
    return json.dumps(data_of(case), ensure_ascii=False, separators=(",", ":"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the name {key!r} stands twice")
        result[key] = value
    return result


def _damaged(name: str, where: Text) -> CaseError:
    return CaseError(
        Text(
            f"{name} is damaged or not a case ({where.en}); it was not changed",
            f"{name} 已损坏或不是案例文件（{where.zh}）；文件未被改动",
        )
    )


def write_case(case: Case, path: Path) -> None:
    """Write a case whole: a new file beside the old one, flushed to the disk, then put in its place."""
    text = json.dumps(data_of(case), ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Content as a file, whole or not at all. StoreError leaves what was there before.

    Who may read it is as for any file that this user makes, or as for the file in whose place it comes.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}")
    made = False
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        made = True
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(temporary, path)
    except OSError as error:
        if made:
            temporary.unlink(missing_ok=True)
        reason = reason_of(error)
        raise StoreError(
            Text(
                f"{path.name} could not be saved: {reason.en}; what was there before is unchanged",
                f"无法保存 {path.name}：{reason.zh}；原文件未改动",
            )
        ) from None


def examples() -> tuple[str, ...]:
    """Names of the example cases that the program ships, in order."""
    return tuple(sorted(item.name for item in data_path("cases").iterdir() if item.name.endswith(SUFFIX)))


def example_path(name: str) -> Path:
    """A file beside the example cases, such as the demo catalogue."""
    return Path(str(data_path("cases", name)))


def read_example(name: str, questions: Questions) -> Case:
    """An example case by its name."""
    try:
        content = data_path("cases", name).read_text(encoding="utf-8")
    except (OSError, LanewiseError) as error:
        raise StoreError(f"there is no example {name}: {error}") from None
    return parsed_case(content, name, questions)
