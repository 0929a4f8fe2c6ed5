"""Cases in and out of the casebook as `.lanewise` files: alone, a folder of them, or a zip.

A file carries the answers alone, unless its details are asked for; then they stand under `casebook`, and another
casebook takes them over. What comes in is read whole before anything is written; a file that is refused stops no other.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from msgspec.structs import asdict, replace

from desktop.core.case import Case, check_kept
from desktop.core.casebook import CaseRow, Details, label_of, summary_of
from desktop.core.errors import CaseError, LanewiseError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.store.casebook.book import Casebook
from desktop.store.casebook.files import flush, put
from desktop.store.casebook.schema import STORED
from desktop.store.casebook.values import DETAILS, body_of, clean, detail_values, summary_values
from desktop.store.casefile import LIMIT_BYTES, SUFFIX, case_of_bytes, case_text, write_whole

MOST_FILES = 20_000
MOST_BYTES = 512 * 1024 * 1024
"""Bounds of one import, unpacked."""
AT_ONCE = 500
LONGEST_NAME = 60

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_MARKUP = re.compile(r"<\s*[/!?a-zA-Z]")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Imported(NamedTuple):
    """What came of an import: the new cases, those that were there already, and why the others were refused."""

    rows: tuple[CaseRow, ...]
    known: tuple[int, ...]
    refused: tuple[tuple[str, Text], ...]


# ---------------------------------------------------------------------- out
def file_name(row: CaseRow) -> str:
    """The name of a case's file: 0412 LED vest.lanewise. Nothing in it means anything to a disk or a shell."""
    words = _UNSAFE.sub(" ", row.product or row.category)
    words = " ".join(words.split())[:LONGEST_NAME].strip(" .")
    return f"{label_of(row.number)} {words}".strip() + SUFFIX


def export_case(book: Casebook, number: int, path: Path, *, details: bool = False) -> None:
    """One case as a file, whole or not at all. `details`: with what is said of the client, the private note too."""
    write_whole(path, _content(book, number, details))


def export_cases(
    book: Casebook, numbers: Sequence[int], target: Path, *, details: bool = False
) -> tuple[Path, ...]:
    """Cases as files in a folder (made if need be; no file that is there is overwritten), or as one .zip."""
    try:
        if target.suffix.lower() == ".zip":
            return (_zipped(book, numbers, target, details),)
        target.mkdir(exist_ok=True)
        written = []
        for number in numbers:
            content = _content(book, number, details)
            with _fresh(target) as (handle, temporary):
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                written.append(put(temporary, target / file_name(book.row(number))))
        return tuple(written)
    except OSError as error:
        reason = reason_of(error)
        raise StoreError(
            Text(f"{target.name} cannot be written: {reason.en}", f"无法写入 {target.name}：{reason.zh}")
        ) from None


def _zipped(book: Casebook, numbers: Sequence[int], target: Path, details: bool) -> Path:
    with _fresh(target.parent) as (handle, temporary):
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
            for number in numbers:
                pack.writestr(file_name(book.row(number)), _content(book, number, details))
        flush(temporary)
        os.replace(temporary, target)
    return target


@contextlib.contextmanager
def _fresh(folder: Path) -> Iterator[tuple[int, Path]]:
    handle, name = tempfile.mkstemp(prefix=".lanewise-", dir=folder)
    try:
        yield handle, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _content(book: Casebook, number: int, details: bool) -> bytes:
    row, case = book.get(number)
    if details:
        said = {"uid": row.uid, **asdict(row.details), "created": row.created, "sheet_on": row.sheet_on,
                "step": row.step, "archived": bool(row.archived)}  # fmt: skip
        said = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
        case = replace(case, extra={**case.extra, DETAILS: said})
    return f"{case_text(case)}\n".encode()


# ---------------------------------------------------------------------- in
def import_files(book: Casebook, paths: Sequence[Path], rules: RuleBook | None = None) -> Imported:
    """Case files, folders and zips of them as new cases. A case that came in before and is the same is not doubled.

    CasebookError where the casebook cannot be written; a file that is refused is in `refused`, in one sentence.
    """
    values: list[dict[str, Any]] = []
    refused: list[tuple[str, Text]] = []
    for name, content in _files(paths):
        try:
            values.append(
                _values(content if isinstance(content, bytes) else _raise(content), name, book, rules)
            )
        except LanewiseError as error:
            refused.append((name, error.text))
    rows: list[CaseRow] = []
    known: list[int] = []
    for start in range(0, len(values), AT_ONCE):
        with book._writing():
            by_uid = dict(book._connection.execute("SELECT uid, number FROM cases").fetchall())
            for each in values[start : start + AT_ONCE]:
                number = by_uid.get(each.get("uid", ""))
                if number is not None:
                    stored = book._stored(number)
                    if all(stored[name] == value for name, value in each.items() if name in _COMPARED):
                        known.append(number)
                        continue
                    each = {**{k: v for k, v in each.items() if k != "uid"}, "copy_of": number}
                rows.append(book._new({**detail_values(asdict(Details())), **each}))
                by_uid[rows[-1].uid] = rows[-1].number
    return Imported(tuple(rows), tuple(known), tuple(refused))


_COMPARED = {*Details.__struct_fields__, "body"} & set(STORED)


def _raise(error: LanewiseError) -> bytes:
    raise error


def _values(content: bytes, name: str, book: Casebook, rules: RuleBook | None) -> dict[str, Any]:
    case = case_of_bytes(content, name, book.questions)
    if rules is not None:
        check_kept(case.overrides, rules)
    if _MARKUP.search(case.name) or clean(case.name, "") != case.name:
        raise CaseError(
            Text(
                f"{name}: its name is not a product's but a script or holds control characters",
                f"{name}：其中的名称不是商品名称，而是脚本或含有控制字符",
            )
        )
    values = {**summary_values(summary_of(case)), "body": body_of(case)}
    if DETAILS in case.extra:
        values.update(_said(case, name))
    return values


def _said(case: Case, name: str) -> dict[str, Any]:
    """What a file says of the client, strictly: nothing that the casebook would not have written."""
    said = case.extra[DETAILS]
    try:
        if not isinstance(said, dict):
            raise TypeError
        texts = {key: said.get(key, "") for key in ("client", "contact", "note", "step", "uid", "consent")}
        lists = {key: said.get(key, []) for key in ("languages", "tags")}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError
        if not all(
            isinstance(each, list) and all(isinstance(item, str) for item in each) for each in lists.values()
        ):
            raise TypeError
        days = {key: _day(said.get(key)) for key in ("follow_up", "consent_on", "sheet_on")}
        created = said.get("created") or ""
        found = detail_values(
            {
                **{key: texts[key] for key in ("client", "contact", "note")},
                **lists,
                "follow_up": days["follow_up"],
                "consent": texts["consent"] or "not-asked",
                "consent_on": days["consent_on"],
            }
        )
        found.update(step=clean(texts["step"]), archived=int(bool(said.get("archived"))))
        found["sheet_on"] = days["sheet_on"].isoformat() if days["sheet_on"] else ""
        if created:
            found["created"] = datetime.fromisoformat(created).isoformat()
        if re.fullmatch("[0-9a-f]{32}", texts["uid"]):
            found["uid"] = texts["uid"]
        return found
    except (TypeError, ValueError, AttributeError):
        raise CaseError(
            Text(
                f"{name}: what it says of the client is not of the right form; it was not changed",
                f"{name}：其中的客户信息格式不对；文件未被改动",
            )
        ) from None


def _day(raw: object) -> date | None:
    if raw in (None, ""):
        return None
    if not isinstance(raw, str):
        raise TypeError
    return date.fromisoformat(raw)


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | LanewiseError]]:
    """Each file with its content, or with why it is refused. Nothing is unpacked to the disk."""
    left_files, left_bytes = MOST_FILES, MOST_BYTES
    for path in paths:
        for name, content in _of_path(path):
            left_files -= 1
            left_bytes -= len(content) if isinstance(content, bytes) else 0
            if left_files < 0 or left_bytes < 0:
                yield (
                    path.name,
                    CaseError(
                        Text(
                            f"{path.name} holds more than can be read at once (20,000 cases, 512 MB)",
                            f"{path.name} 超出一次可读取的数量（20,000 个案例，512 MB）",
                        )
                    ),
                )
                return
            yield name, content


def _of_path(path: Path) -> Iterator[tuple[str, bytes | LanewiseError]]:
    try:
        if path.is_dir():
            for place, folders, names in os.walk(path, followlinks=False):
                folders.sort()
                for name in sorted(names):
                    inner = Path(place) / name
                    if inner.suffix.lower() == SUFFIX:
                        yield _of_file(inner, link=False)
        elif path.suffix.lower() == ".zip":
            yield from _of_zip(path)
        else:
            yield _of_file(path, link=True)
    except OSError as error:
        reason = reason_of(error)
        yield (
            path.name,
            StoreError(
                Text(f"{path.name} cannot be opened: {reason.en}", f"无法打开 {path.name}：{reason.zh}")
            ),
        )


def _of_file(path: Path, *, link: bool) -> tuple[str, bytes | LanewiseError]:
    name = _shown(path.name)
    if (wrong := _refused(path.name)) is not None:
        return name, wrong
    if path.is_symlink() and not link:
        return name, _outside(name)
    if not path.is_file():
        reason = (
            Text("it is not there", "文件不存在")
            if not path.exists()
            else Text("it is not a file", "不是文件")
        )
        return name, StoreError(
            Text(f"{name} cannot be opened: {reason.en}", f"无法打开 {name}：{reason.zh}")
        )
    try:
        with path.open("rb") as stream:
            return name, stream.read(LIMIT_BYTES + 1)
    except OSError as error:
        reason_text = reason_of(error)
        return name, StoreError(
            Text(f"{name} cannot be opened: {reason_text.en}", f"无法打开 {name}：{reason_text.zh}")
        )


def _of_zip(path: Path) -> Iterator[tuple[str, bytes | LanewiseError]]:
    broken = CaseError(
        Text(
            f"{path.name} is damaged or not a zip; it was not changed",
            f"{path.name} 已损坏或不是 zip；文件未被改动",
        )
    )
    try:
        with zipfile.ZipFile(path) as pack:
            members = pack.infolist()
            for member in members[: MOST_FILES + 1]:
                if (
                    member.is_dir()
                    or member.filename.startswith(_JUNK)
                    or member.filename.endswith(_JUNK[1:])
                ):
                    continue
                name = _shown(member.filename)
                if stat.S_ISLNK(member.external_attr >> 16):
                    yield name, _outside(name)
                elif (wrong := _refused(member.filename)) is not None:
                    yield name, wrong
                else:
                    yield name, _unpacked(pack, member, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, EOFError):
        yield path.name, broken


def _unpacked(pack: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes | LanewiseError:
    try:
        # as much as a case may have and one byte more, whatever the zip says of its size
        with pack.open(member) as stream:
            return stream.read(LIMIT_BYTES + 1)
    except (RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        return CaseError(Text(f"{name} is damaged or locked with a password", f"{name} 已损坏或设有密码"))


def _refused(name: str) -> LanewiseError | None:
    """Why a name cannot be a case file's."""
    plain = name.replace("\\", "/")
    shown = _shown(name)
    place = PurePosixPath(plain)
    if plain.startswith("/") or re.match("[a-zA-Z]:", plain) or ".." in place.parts:
        return _outside(shown)
    if place.suffix.lower() not in (SUFFIX, ".json"):
        return CaseError(
            Text(
                f"{shown} is not a case file; right form: a name that ends in {SUFFIX}",
                f"{shown} 不是案例文件；正确格式：以 {SUFFIX} 结尾的文件名",
            )
        )
    if _FORBIDDEN.search(plain) or _RESERVED.match(place.name):
        return CaseError(
            Text(f"{shown} is no name of a file that can be taken in", f"{shown} 不是可导入的文件名")
        )
    return None


def _outside(shown: str) -> LanewiseError:
    return CaseError(
        Text(
            f"{shown} points outside of what was chosen; it is not taken in",
            f"{shown} 指向所选位置之外；未导入",
        )
    )


def _shown(name: str) -> str:
    """A name as a sentence can hold it."""
    plain = _UNSAFE.sub("?", name) if _FORBIDDEN.search(name) else name
    return plain if len(plain) <= 80 else f"{plain[:40]}…{plain[-30:]}"
