"""Sentences for a catalogue that cannot be read."""

from __future__ import annotations

from pathlib import Path

from desktop.core.errors import StoreError
from desktop.core.reasons import reason_of
from desktop.core.text import Text


class CatalogueError(StoreError):
    """A catalogue cannot be read; the file is only looked at."""


class ReadError(Exception):
    """What is wrong with a file, before its name is put in front of it."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.why = Text(en, zh)


def fault(path: Path, en: str, zh: str) -> CatalogueError:
    return CatalogueError(Text(f"{path.name}: {en}", f"{path.name}：{zh}"))


def cannot_open(error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError):
        return ReadError("there is no such file", "文件不存在")
    if isinstance(error, PermissionError):
        return ReadError("it may not be read by you", "没有读取权限")
    reason = reason_of(error)
    return ReadError(f"it cannot be read: {reason.en}", f"无法读取：{reason.zh}")


def changed() -> ReadError:
    return ReadError(
        "it was changed while it was being read; read it again", "读取过程中文件被改动；请重新读取"
    )


def shown(value: object, most: int = 40) -> str:
    """A cell as it is quoted in a sentence."""
    text = " ".join(str(value)[: 4 * most].split())
    return text if len(text) <= most else text[: most - 3] + "..."
