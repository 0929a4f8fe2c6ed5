"""What the program is made of, for the about box: versions, rule book, and every part with its licence."""

from __future__ import annotations

from msgspec import Struct
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from desktop import __version__
from desktop.core.facts import RuleBook
from desktop.core.packs import MINE
from desktop.core.text import Language, Text, both
from desktop.store.parts import parts, python_version
from desktop.viewmodels.wording import a_date

OFL = "SIL Open Font License 1.1"
CARRIED = (
    ("Lanewise Sans (Inter)", OFL),
    ("Lanewise Sans SC (Noto Sans CJK SC)", OFL),
)
"""Fonts that the program brings along, under names of their own, as their licence asks."""
LGPL = Text(
    "Qt and PySide are used as libraries under the GNU Lesser General Public License 3, unchanged; you may put other "
    "builds of them in their place. Their source is at download.qt.io.",
    "Qt 与 PySide 依照 GNU 宽通用公共许可证第 3 版作为程序库使用，未经修改，"
    "您可换用其他构建版本。源代码见 download.qt.io。",
)


class PartRow(Struct, frozen=True):
    """One part of the program: its name, version (empty for fonts), and licence."""

    name: str
    version: str
    licence: str


def version_rows(book: RuleBook, language: Language) -> tuple[tuple[Text, str], ...]:
    """The program, what it runs on, and its rule book."""
    newest = a_date(book.newest_source, language) if book.sources_data else "?"
    return (
        (both("Lanewise"), f"{__version__} · Apache-2.0"),
        (both("Python"), python_version()),
        (both("Qt"), f"{qVersion()} · PySide {pyside_version}"),
        (Text("Rule book", "规则库"), book.pack.name or book.digest[:8]),
        *(
            ()
            if book.pack.trust == "shipped"
            else ((Text("Signed by", "签名者"), book.pack.key or MINE[language]),)
        ),
        (Text("Facts", "事实"), f"{len(book):,}"),
        (Text("Newest source", "最新来源"), newest),
    )


def part_rows() -> tuple[PartRow, ...]:
    """Every library that runs, then the fonts."""
    found = [PartRow(part.name, part.version, part.licence or "?") for part in parts() if part.version]
    python = PartRow("Python", python_version(), "PSF-2.0")
    return (python, *found, *(PartRow(name, "", licence) for name, licence in CARRIED))


def about_text(book: RuleBook, language: Language) -> str:
    """All of it as text, to be copied."""
    rows = [f"{name[language]}: {value}" for name, value in version_rows(book, language)]
    rows += ["", *(" · ".join(x for x in (p.name, p.version, p.licence) if x) for p in part_rows())]
    return "\n".join([*rows, "", LGPL[language]])
