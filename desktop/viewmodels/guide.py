"""The guide as data: its pages in both languages, from the two files that the program carries, and how it is searched.

The form is a small part of Markdown: `# Title {#id}` begins a page, `## ` a section; paragraphs, lists, numbered lists,
a quotation for a hint, a table, a picture on a line of its own. Within a line: **strong**, *name*, `key`, [words](link).
A link is `page:` a step or page of the window, `help:` a page of the guide, `fact:` a fact of the rule book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from desktop.core.finding import Index
from desktop.core.text import LANGUAGES, Language, Text
from desktop.store.resources import resource_bytes
from desktop.viewmodels.finding import folded, index_of

FOLDER, PICTURES = "help", "pictures"
FIRST, KEYS = "first", "keys"
TOPICS: Mapping[str, str] = {"start": FIRST}
"""The page of the guide for a page of the window, where it is not called the same."""

Kind = Literal["section", "text", "list", "numbers", "hint", "table", "picture", "keys"]
_HEAD = re.compile(r"# (?P<title>.+?) \{#(?P<id>[a-z-]+)\}$")
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]+)\]\(picture:(?P<name>[a-z-]+)\)$")
_NUMBER = re.compile(r"\d+\. ")
_LINK = re.compile(r"\[([^\]]+)\]\(([a-z]+:[\w.-]+)\)")
_MARKS = re.compile(r"[*`]")


class Block(Struct, frozen=True):
    """A piece of a page. `parts`: its text, its items, its cells row by row, or name and caption of a picture."""

    kind: Kind
    parts: tuple[str, ...]
    columns: int = 0


class GuidePage(Struct, frozen=True):
    """One page in one language."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> str:
        """All its words without marks, for the search."""
        return " ".join(bare(part) for block in self.blocks for part in block.parts)


def bare(text: str) -> str:
    """A line without its marks: the words of a link stay, its target goes."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def links(text: str) -> list[str]:
    """The targets of a line."""
    return [target for _words, target in _LINK.findall(text)]


# ---------------------------------------------------------------------- reading
def read(text: str) -> tuple[GuidePage, ...]:
    """The pages of a file."""
    pages: list[GuidePage] = []
    title, key, lines = "", "", list[str]()
    for line in [*text.splitlines(), "# End {#end}"]:
        head = _HEAD.match(line)
        if head is None:
            lines.append(line)
            continue
        if key:
            pages.append(GuidePage(key, title, tuple(_blocks(lines))))
        title, key, lines = head["title"], head["id"], []
    return tuple(pages)


def _blocks(lines: Sequence[str]) -> list[Block]:
    """Lines that stand together, each kind by its first signs."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [_block(paragraph) for paragraph in paragraphs if paragraph]


def _block(lines: Sequence[str]) -> Block:
    first = lines[0]
    picture = _PICTURE.match(first)
    if picture is not None:
        return Block("picture", (picture["name"], picture["caption"]))
    if first.startswith("## "):
        return Block("section", (first[3:],))
    if first.startswith("- "):
        return Block("list", tuple(line[2:] for line in lines))
    if _NUMBER.match(first):
        return Block("numbers", tuple(_NUMBER.sub("", line, count=1) for line in lines))
    if first.startswith("> "):
        return Block("hint", (" ".join(line[2:] for line in lines),))
    if first.startswith("|"):
        rows = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in lines
            if not line.startswith("|-")
        ]
        return Block("table", tuple(cell for row in rows for cell in row), len(rows[0]))
    if first == "{keys}":
        return Block("keys", ())
    return Block("text", (" ".join(lines),))


@cache
def guide(language: Language) -> tuple[GuidePage, ...]:
    """The guide in a language."""
    return read(resource_bytes(FOLDER, f"guide-{language}.md").decode("utf-8"))


def page_of(page_id: str, language: Language) -> GuidePage:
    """A page by its id; the first one where there is none of it."""
    pages = guide(language)
    return next((page for page in pages if page.id == page_id), pages[0])


def topic_of(step_id: str) -> str:
    """The page of the guide that belongs to a page of the window."""
    wanted = TOPICS.get(step_id, step_id)
    return wanted if any(page.id == wanted for page in guide("en")) else FIRST


def picture(name: str, language: Language) -> bytes:
    """A picture of the guide."""
    return resource_bytes(FOLDER, PICTURES, f"{name}-{language}.png")


# ---------------------------------------------------------------------- contents and search
class Entry(Struct, frozen=True):
    """A page in the list of contents."""

    id: str
    title: Text


@cache
def contents() -> tuple[Entry, ...]:
    """All pages in their order."""
    pages = {language: guide(language) for language in LANGUAGES}
    return tuple(
        Entry(en.id, Text(en.title, zh.title)) for en, zh in zip(pages["en"], pages["zh"], strict=True)
    )


@cache
def _index() -> Index:
    """Titles count as names; the words of the page are what else is known of it."""
    pairs = zip(guide("en"), guide("zh"), strict=True)
    return index_of((en.id, en.title, f"{zh.title} {zh.words}", en.words) for en, zh in pairs)


def found(typed: str) -> tuple[Entry, ...]:
    """The pages in which every typed word stands: that of the name first, then those that have them side by side.

    Where there is none, the nearest.
    """
    index = _index()
    places = [place for place, _rank in index.search(typed)] or index.nearest(typed)
    whole = " ".join(folded(typed).split())

    def far(place: int) -> int:
        page, title = index.targets[place], contents()[place].title
        if whole in (folded(title.en), folded(title.zh)):
            return 0
        return 1 if any(whole in words for words in (page.en, page.zh, page.also)) else 2

    return tuple(contents()[place] for place in sorted(places, key=far))


class History:
    """Where the reader has been: back and forth."""

    def __init__(self) -> None:
        self._been: list[str] = []
        self._at = -1

    @property
    def current(self) -> str:
        return self._been[self._at] if self._been else ""

    def go(self, page_id: str) -> None:
        """To another page; what lay ahead is forgotten."""
        if page_id != self.current:
            self._been[self._at + 1 :] = [page_id]
            self._at += 1

    def can(self, by: int) -> bool:
        return 0 <= self._at + by < len(self._been)

    def step(self, by: int) -> str:
        if self.can(by):
            self._at += by
        return self.current
