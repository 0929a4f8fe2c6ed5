"""Text in both languages of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Text(Struct, frozen=True):
    """One wording in English and in Simplified Chinese.

    `only` names the single language in which the rules hold the text; a screen then shows its mark.
    """

    en: str
    zh: str
    only: Language | None = None

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Both wordings with `{name}` replaced; a Text value gives each language its own wording."""
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.en.format(**en), self.zh.format(**zh), self.only)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


EMPTY = Text("", "")


def both(wording: str) -> Text:
    """The same wording in both languages: for figures, names and formulas."""
    return Text(wording, wording)


def text_of(data: Mapping[str, str] | str | None) -> Text:
    """Text from `{en, zh}` as the data holds it; a wording in one language is kept and marked."""
    if data is None:
        return EMPTY
    if isinstance(data, str):
        return both(data)
    en, zh = data.get("en", ""), data.get("zh", "")
    if en and zh:
        return Text(en, zh)
    return Text(en or zh, zh or en, "en" if en else "zh")


def joined(parts: list[Text] | tuple[Text, ...], en: str = "; ", zh: str = "；") -> Text:
    """Several texts as one, with the separator of each language."""
    return Text(en.join(part.en for part in parts), zh.join(part.zh for part in parts))
