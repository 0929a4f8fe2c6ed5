"""An opened catalogue: its first rows, what each column was taken for, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from desktop.core.errors import OptionError
from desktop.core.money import CURRENCIES
from desktop.core.text import Language, Text
from desktop.store.catalogue import FIELDS, Catalogue, Choices, Words, by_column, by_heading, check_mapping
from desktop.store.catalogue.sniff import GUESSES

MOST_SHOWN = 20
"""So many columns are shown; those that are used come first among them."""
SHOWN_ROWS = 8
ENCODINGS = (*GUESSES, "utf-16-le", "utf-16-be")
DELIMITERS = (",", ";", "\t", "|")
USUAL_UNITS = {"mass": "g", "length": "cm"}


class ColumnWords(Struct, frozen=True):
    """A column of the file: its place, heading and first cells, the field it is taken for ("" for none), and its unit."""

    column: int
    heading: str
    cells: tuple[str, ...]
    field: str
    unit: str
    units: tuple[str, ...]


@dataclass
class Opening:
    """A file with the mapping in force. Setters change it in place; `problem` says why it cannot be screened yet."""

    catalogue: Catalogue
    words: Words
    choices: Choices = field(default_factory=Choices)
    mapping: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    """Fields whose unit was chosen by hand."""
    remembered: bool = False
    turned: int = 0
    """So many of the unused columns were passed over, in a file that has more than are shown."""

    @classmethod
    def of(
        cls, path: Path, words: Words, choices: Choices, kept: Mapping[str, object] | None = None
    ) -> Opening:
        """A file with what was kept for its headings, else with what they suggest. CatalogueError in one sentence."""
        made = cls(Catalogue(path, words, choices), words, choices)
        made.suggest()
        if kept is not None:
            made.recall(kept)
        return made

    # ------------------------------------------------------------------ mapping
    @property
    def headers(self) -> tuple[str, ...]:
        return self.catalogue.preview.headers

    def suggest(self) -> None:
        """What the headings say."""
        first = self.catalogue.preview
        self.mapping, self.units = dict(first.suggested), dict(first.units)
        self.own, self.remembered = frozenset(), False

    def recall(self, kept: Mapping[str, object]) -> None:
        """A mapping that was kept for these headings; one that does not fit is left where it is."""
        fields, units = kept.get("fields"), kept.get("units")
        if not isinstance(fields, dict) or not isinstance(units, dict):
            return
        mapping = by_column({str(k): str(v) for k, v in fields.items()}, self.headers)
        try:
            check_mapping(mapping, len(self.headers), self.words)
        except OptionError:
            return
        self.mapping = mapping
        own = {
            str(name): str(unit)
            for name, unit in units.items()
            if name in mapping and self.words.unit(str(unit), self.words.measure(str(name)) or "money")
        }
        said = {name: unit for name, unit in self._said().items() if name not in own}
        self.units, self.own, self.remembered = {**said, **own}, frozenset(own), True

    def to_keep(self) -> dict[str, dict[str, str]]:
        """The mapping by heading, as settings keep it."""
        units = {name: self.units[name] for name in self.own if name in self.units}
        return {"fields": by_heading(self.mapping, self.headers), "units": units}

    def assign(self, column: int, name: str) -> None:
        """Takes a column for a field, "" for none; the field leaves the column that it was in."""
        self.mapping = {f: c for f, c in self.mapping.items() if c != column and f != name}
        if name:
            self.mapping[name] = column
        said = self._said()
        self.own = frozenset(own for own in self.own if own in self.mapping and own != name)
        self.units = {**said, **{f: self.units[f] for f in self.own}}

    def set_unit(self, name: str, unit: str) -> None:
        self.units[name] = unit
        self.own |= {name}

    def _said(self) -> dict[str, str]:
        """Units and currencies that the headings of the mapped columns say."""
        found = {}
        if self.catalogue.preview.heading:
            for name, column in self.mapping.items():
                heading = self.words.heading(self.headers[column])
                measure = self.words.measure(name)
                if heading and measure and self.words.unit(heading.unit, measure):
                    found[name] = self.words.unit(heading.unit, measure)
        return found

    def problem(self) -> Text | None:
        """What is missing before the rows can be screened."""
        try:
            check_mapping(self.mapping, len(self.headers), self.words)
        except OptionError as error:
            return error.text
        return None

    # ------------------------------------------------------------------ words
    def columns(self) -> tuple[ColumnWords, ...]:
        """The columns that are shown: those in use, then others, in the order of the file."""
        used = sorted(set(self.mapping.values()))
        others = self._others()
        others = others[self.turned :] + others[: self.turned]
        shown = sorted((used + others)[:MOST_SHOWN])
        rows = self.catalogue.preview.rows[:SHOWN_ROWS]
        fields = {column: name for name, column in self.mapping.items()}
        return tuple(self._column(i, tuple(row[i] for row in rows), fields.get(i, "")) for i in shown)

    def _column(self, column: int, cells: tuple[str, ...], name: str) -> ColumnWords:
        measure = self.words.measure(name) if name else ""
        unit = self.units.get(name, "") if measure else ""
        if measure in USUAL_UNITS and not unit:
            unit = USUAL_UNITS[measure]
        return ColumnWords(column, self.headers[column], cells, name, unit, self.unit_choices(measure))

    def unit_choices(self, measure: str) -> tuple[str, ...]:
        if measure == "money":
            return ("", *CURRENCIES)
        units = self.words.rules["catalogue"]["units"]
        return tuple(name for name, data in units.items() if data["measure"] == measure) if measure else ()

    def _others(self) -> list[int]:
        used = set(self.mapping.values())
        return [i for i in range(len(self.headers)) if i not in used]

    def turn(self) -> None:
        """Shows the unused columns that come next; after the last the first."""
        others = len(self._others())
        self.turned = (self.turned + MOST_SHOWN - len(set(self.mapping.values()))) % max(1, others)

    @property
    def hidden(self) -> int:
        """Columns that are not shown."""
        return max(0, len(self.headers) - MOST_SHOWN)

    def field_names(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Every field that a column may be taken for."""
        return tuple((name, self.words.name(name)[language]) for name in FIELDS)
