"""What a workbook unpacks to, found out before a parser sees it.

A workbook is a zip archive of XML. The sizes in its directory may lie, a part may unpack to a thousand times itself, two
cells may stand so far apart that the table between them fills the memory, and one text may be repeated a million times.
So each part is unpacked here once, piece by piece, keeping nothing, and the file is refused where a bound is passed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from desktop.store.catalogue.faults import ReadError, cannot_open
from desktop.store.catalogue.model import MOST_COLUMNS
from desktop.store.catalogue.sniff import damaged

MOST_UNPACKED = 1 << 30
MOST_CELLS = 12 << 20
"""Of one sheet, from its first filled cell to its last: all the rows that a sheet can have, of twelve columns."""
MOST_TEXT = 400_000_000
"""Bytes of all texts of the cells of a sheet."""
PIECE = 1 << 20

# each begins with a letter or mark of its own, so that the search leaps over what is none
_REF = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_OTHER = re.compile(rb"<c[A-Za-z]")
_PREFIXED = re.compile(rb":c[\s/>]")
_SPACED = re.compile(rb"t\s+=|t=\s")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_TEXT_END = re.compile(rb"</(?:[A-Za-z0-9]+:)?si>")
_SHARED = re.compile(rb"t=[\"']s[\"']")


def check_workbook(path: Path, kind: str) -> None:
    """ReadError where a workbook unpacks to more than can be held, hides entities or asks for a password."""
    try:
        with zipfile.ZipFile(path) as archive:
            if kind == "ods":
                _check_ods(archive)
            else:
                _check_xlsx(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise damaged() from error
    except OSError as error:
        raise cannot_open(error) from None


def too_large() -> ReadError:
    return ReadError(
        f"it unpacks to more than a workbook of {MOST_CELLS // 1_000_000} million cells holds; right form: CSV",
        f"解压后超过 {MOST_CELLS // 10_000:,} 万个单元格的工作簿；请改用 CSV",
    )


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: list[int]) -> Iterator[bytes]:
    """A part, unpacked piece by piece as far as it really goes, whatever size the directory claims."""
    if info.flag_bits & 1:
        raise locked()
    claimed, info.file_size = info.file_size, MOST_UNPACKED + PIECE
    real = 0
    with archive.open(info) as stream:
        while piece := stream.read(PIECE):
            real += len(piece)
            budget[0] -= len(piece)
            if budget[0] < 0:
                raise too_large()
            yield piece
    info.file_size = claimed
    if real != claimed:
        raise damaged()


def locked() -> ReadError:
    return ReadError(
        "it is protected by a password; open it and save it without one",
        "文件受密码保护；请打开后另存为不带密码的文件",
    )


# ---------------------------------------------------------------------- XLSX
class _Scan:
    """What the cells of a part come to at most, as far as a quick search tells; `odd` where only a parser can."""

    def __init__(self) -> None:
        self.cells = self.shared = self.digits = 0
        self.odd = False
        self.longest = 0
        self._letters: set[bytes] = set()
        self._rest = self._text = self._tail = b""
        self._markup: bool | None = None
        self._texts = False

    def piece(self, piece: bytes) -> None:
        if self._markup is None:
            start = piece[:4096]
            self._markup = start.lstrip().startswith((b"<", b"\xef\xbb\xbf<"))
            # a part is known by what it is: its name may be any
            self._texts = b"sst" in start.replace(b"\0", b"")
            self.odd = start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:4] in (b"<\0?\0", b"\0<\0?")
        if self._markup and _DECLARES.search(self._tail + piece):
            raise entities()
        self._tail = piece[-16:]
        if self._texts:
            parts = _TEXT_END.split(self._text + piece)
            self.longest = max(self.longest, *map(len, parts))
            self._text = parts[-1]
            if len(self._text) > 4 * PIECE:
                raise too_large()
        data = self._rest + piece
        # a tag cut in two by the end of a piece is seen whole with the next
        cut = max(data.rfind(b"<"), len(data) - 4096, 0)
        self._rest = data[cut:]
        self._count(data[:cut])

    def end(self) -> None:
        self._count(self._rest)

    def _count(self, data: bytes) -> None:
        found = _REF.findall(data)
        if found:
            names = {ref.rstrip(b"0123456789") for ref in found}
            self._letters |= names
            self.digits = max(self.digits, max(map(len, set(found))) - min(map(len, names)))
        tags = data.count(b"<c")
        # a cell in any other form than `<c r="A1"` may stand anywhere
        if tags != len(found) and tags != len(found) + len(_OTHER.findall(data)):
            self.odd = True
        if b":c" in data and _PREFIXED.search(data):
            self.odd = True
        self.cells += tags
        self.shared += len(_SHARED.findall(data)) if not _SPACED.search(data) else tags

    @property
    def suspect(self) -> bool:
        width = 1 + max(map(_column, self._letters), default=0)
        return self.odd or width * min(10**self.digits, 1_048_576) > MOST_CELLS


def _check_xlsx(archive: zipfile.ZipFile) -> None:
    budget = [MOST_UNPACKED]
    shared = longest = 0
    suspects: list[zipfile.ZipInfo] = []
    for info in archive.infolist():
        scan = _Scan()
        for piece in _pieces(archive, info, budget):
            scan.piece(piece)
        scan.end()
        shared, longest = shared + scan.shared, max(longest, scan.longest)
        if scan.suspect:
            suspects.append(info)
    lengths: tuple[int, ...] = ()
    if shared * longest > MOST_TEXT:
        suspects, lengths = archive.infolist(), _lengths(archive)
    for info in suspects:
        _count_xlsx(archive, info, lengths)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _lengths(archive: zipfile.ZipFile) -> tuple[int, ...]:
    """The length of each shared text."""
    lengths: list[int] = []
    now = [0]

    def start(tag: str, _: Mapping[str, str]) -> None:
        if _local(tag) == "si":
            now[0] = 0

    def end(tag: str) -> None:
        if _local(tag) == "si":
            lengths.append(now[0])

    def text(data: str) -> None:
        now[0] += len(data)

    for info in archive.infolist():
        with archive.open(info) as stream:
            is_texts = b"sst" in stream.read(4096).replace(b"\0", b"")
        if is_texts:
            _parse(archive, info, start, end, text)
    return tuple(lengths)


def _count_xlsx(archive: zipfile.ZipFile, info: zipfile.ZipInfo, lengths: tuple[int, ...]) -> None:
    """The true extent of a sheet and the length of its texts, cell by cell."""
    at = {"row": -1, "col": -1, "rows": 0, "cols": 0, "text": 0}
    state = {"shared": False, "value": ""}

    def start(tag: str, given: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            at["row"] = int(given["r"]) - 1 if given.get("r", "").isdigit() else at["row"] + 1
            at["col"] = -1
        elif name == "c":
            ref = given.get("r", "").encode("ascii", "replace")
            letters = ref.rstrip(b"0123456789")
            at["col"] = _column(letters) if letters else at["col"] + 1
            if letters and ref[len(letters) :]:
                at["row"] = int(ref[len(letters) :]) - 1
            state["shared"] = given.get("t") == "s"
        elif name in ("v", "is"):
            at["rows"] = max(at["rows"], at["row"] + 1)
            at["cols"] = max(at["cols"], at["col"] + 1)
            state["value"] = ""
            if at["rows"] * at["cols"] > MOST_CELLS:
                raise too_large()

    def end(tag: str) -> None:
        if lengths and state["shared"] and _local(tag) == "v":
            index = str(state["value"])
            at["text"] += lengths[int(index)] if index.isdigit() and int(index) < len(lengths) else 0
            if at["text"] > MOST_TEXT:
                raise too_large()

    def text(data: str) -> None:
        if state["shared"]:
            state["value"] = str(state["value"])[:20] + data[:20]

    _parse(archive, info, start, end, text, only_xml=False)


# ---------------------------------------------------------------------- ODS
def _check_ods(archive: zipfile.ZipFile) -> None:
    budget = [MOST_UNPACKED]
    for info in archive.infolist():
        found = False
        for piece in _pieces(archive, info, budget):
            found = found or (info.filename == "META-INF/manifest.xml" and b"encryption-data" in piece)
        if found:
            raise locked()
    _count_ods(archive, archive.getinfo("content.xml"))


def _count_ods(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """A row or a cell of ODS may say how often it is repeated: what it comes to, up to the last filled one."""
    at = {
        "rows": 0,
        "repeat": 1,
        "col": 0,
        "filled": 0,
        "wide": 0,
        "next": 0,
        "chars": 0,
        "again": 1,
        "text": 0,
    }

    def often(given: Mapping[str, str], name: str) -> int:
        said = next((value for key, value in given.items() if key.endswith(name)), "1")
        return max(1, int(said)) if said.isdigit() and len(said) < 10 else MOST_CELLS + 1

    def start(tag: str, given: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "table":
            at.update(rows=0, wide=0, next=0)
        elif name == "table-row":
            at.update(repeat=often(given, "number-rows-repeated"), col=0, filled=0)
        elif name in ("table-cell", "covered-table-cell"):
            at["again"] = often(given, "number-columns-repeated")
            at["col"] += at["again"]
            at["chars"] = 0
            if any(key.endswith("value-type") for key in given):
                at["filled"] = at["col"]
        elif name == "p" and at["repeat"]:
            at["filled"] = max(at["filled"], at["col"])

    def end(tag: str) -> None:
        name = _local(tag)
        if name in ("table-cell", "covered-table-cell"):
            at["text"] += at["chars"] * at["again"] * at["repeat"]
            if at["text"] > MOST_TEXT:
                raise too_large()
        if name == "table-row":
            at["next"] += at["repeat"]
            if at["filled"]:
                at["rows"] = at["next"]
                at["wide"] = max(at["wide"], at["filled"])
                if at["rows"] * at["wide"] > MOST_CELLS or at["wide"] > MOST_COLUMNS:
                    raise too_large()

    def text(data: str) -> None:
        at["chars"] += len(data)

    _parse(archive, info, start, end, text)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(archive: zipfile.ZipFile, info: zipfile.ZipInfo, start, end, text, only_xml: bool = True) -> None:  # type: ignore[no-untyped-def]
    """One part through expat, which is told to refuse what a workbook never has: a document type, and so entities."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise entities()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for piece in _pieces(archive, info, [MOST_UNPACKED]):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if only_xml:
            raise damaged() from error


def entities() -> ReadError:
    return ReadError(
        "its XML declares entities, which no workbook does; it was not read further",
        "其 XML 声明了实体，正常工作簿不会如此；已停止读取",
    )
