"""Market facts for screens and advice: destinations, scale, profile of a country, reach.

Nothing is computed here beyond what a part leaves of 100, and population times the share online; what is not
known stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import Struct

from desktop.core.dates import day
from desktop.core.facts import Reading, Unknown, View
from desktop.core.places import in_sentence, place
from desktop.core.text import Text, text_of

AREA = "markets"
OTHERS = "others"
"""The code of the row that holds all destinations which are not named."""

MILLION = Decimal(1_000_000)


class DestinationShare(Struct, frozen=True, eq=False):
    """One destination in percent of China's cross-border e-commerce exports, in one published set."""

    code: str
    name: Text
    percent: Decimal
    period: Text
    reading: Reading


class ScaleRow(Struct, frozen=True, eq=False):
    """China's cross-border e-commerce in one year by one definition, in trillion CNY.

    `printed` is the figure as the document prints it where `trillion` is our correction of it.
    """

    year: int
    trillion: Decimal
    definition: str
    forecast: bool
    reading: Reading
    share_of_trade: Reading | None = None
    growth: Reading | None = None
    printed: Text | None = None

    @property
    def doubted(self) -> bool:
        return bool(self.reading.fact.doubts)


class SplitPart(Struct, frozen=True, eq=False):
    """A part in percent; `rest` where it is what the other part leaves of 100."""

    id: str
    name: Text
    percent: Decimal
    reading: Reading
    rest: bool = False


class SplitRow(Struct, frozen=True, eq=False):
    """Export and import (`direction`), or B2B and B2C (`business`), of one year by one definition."""

    kind: str
    year: int
    definition: str
    parts: tuple[SplitPart, ...]


class ProfileEntry(Struct, frozen=True, eq=False):
    """One line of a market: the fact, or why there is none. `key` is the entry meant where it holds a map."""

    topic: str
    label: Text
    value: Reading | Unknown
    key: str | None = None

    @property
    def raw(self) -> Any:
        """The value as published; None where it is not known."""
        if isinstance(self.value, Unknown):
            return None
        return self.value.raw[self.key] if self.key else self.value.raw


class MarketProfile(Struct, frozen=True, eq=False):
    """A market as its facts tell of it, topic by topic."""

    country: str
    name: Text
    currency: str
    regions: tuple[Text, ...]
    entries: tuple[ProfileEntry, ...]

    def entry(self, topic: str) -> ProfileEntry | None:
        return next((entry for entry in self.entries if entry.topic == topic), None)


class Reach(NamedTuple):
    """A number by which countries compare on one day: value, its unit, the facts, and what is measured."""

    value: Decimal
    unit: Text
    readings: tuple[Reading, ...]
    measure: Text


class PlatformReach(Struct, frozen=True, eq=False):
    """How strong a platform is in a country by one fact: a number, a place (1 is first), or just being named.

    `together` names the platforms for which the number is one figure.
    """

    platform: str
    country: str
    measure: Text
    value: Decimal | None
    unit: Text
    rank: int | None
    listed: int
    reading: Reading
    together: tuple[str, ...] = ()


# ------------------------------------------------------------------ names


def place_name(view: View, code: str) -> Text:
    """The name of a country or region; the code itself where the rules have none."""
    return place(view.book, code)


def regions_of(view: View, country: str) -> tuple[str, ...]:
    """The regions of a country at the view's date (the United Kingdom left the EU on 2020-02-01)."""
    memberships = view.rules(AREA)["countries"].get(country, {}).get("regions", ())
    return tuple(m["region"] for m in memberships if _still(view, m))


# ------------------------------------------------------------------ destinations


def destination_shares(view: View) -> tuple[DestinationShare, ...] | Unknown:
    """The newest published set that answers at the date, as it stands; rows of two sets are never mixed."""
    for entry in view.rules(AREA)["destination_sets"]:
        reading = _read_known(view, (entry["fact"],))
        if reading is None or not isinstance(reading.raw, Mapping):
            continue
        period = text_of(entry["period"])
        return tuple(
            DestinationShare(code, place_name(view, code), Decimal(percent), period, reading)
            for code, percent in reading.raw.items()
        )
    return view.unknown("destination shares", "markets.no-shares", date=view.date)


# ------------------------------------------------------------------ scale and splits


def scale_by_year(view: View) -> tuple[ScaleRow, ...]:
    """China's cross-border e-commerce by year, as known at the date; a chart draws each definition alone.

    A forecast is shown only while the value of its year is not known.
    """
    rows = (_scale_row(view, entry) for entry in view.rules(AREA)["scale"])
    return tuple(row for row in rows if row is not None)


def _scale_row(view: View, entry: Mapping[str, Any]) -> ScaleRow | None:
    reading = _read_known(view, entry["value"])
    forecast = reading is None
    if reading is None:
        reading = _read_known(view, entry["forecast"])
    trillion = _trillion(reading) if reading is not None else None
    if reading is None or trillion is None:
        return None
    return ScaleRow(
        year=entry["year"],
        trillion=trillion,
        definition=entry["definition"],
        forecast=forecast,
        reading=reading,
        share_of_trade=_read_known(view, entry["share_of_trade"]),
        growth=_read_known(view, entry["growth"]),
        printed=_printed(view, reading),
    )


def _trillion(reading: Reading) -> Decimal | None:
    """The value in trillion CNY: as published, or as corrected where the printed unit is doubted."""
    if reading.fact.unit == "trillion_cny":
        return _number(reading.raw)
    corrected = None if reading.typed else reading.value.corrected
    return _number(corrected["value"]) if corrected and corrected.get("unit") == "trillion_cny" else None


def _printed(view: View, reading: Reading) -> Text | None:
    if reading.fact.unit == "trillion_cny":
        return None
    unit = view.book.unit(reading.fact.unit)
    return Text(f"{reading.raw} {unit.en}", f"{reading.raw} {unit.zh}")


def splits(view: View) -> tuple[SplitRow, ...]:
    """Export and import, B2B and B2C, by year and definition, as far as known at the date."""
    rows = (_split_row(view, entry) for entry in view.rules(AREA)["splits"])
    return tuple(row for row in rows if row is not None)


def _split_row(view: View, entry: Mapping[str, Any]) -> SplitRow | None:
    names = view.rules(AREA)["parts"]
    found: list[tuple[str, Decimal, Reading] | None] = []
    for part in entry["parts"]:
        reading = _read_known(view, part["facts"])
        percent = _number(reading.raw) if reading is not None else None
        found.append(None if reading is None or percent is None else (part["part"], percent, reading))
    known = [part for part in found if part is not None]
    if not known:
        return None
    parts = []
    for part, listed in zip(found, entry["parts"], strict=True):
        code = listed["part"]
        if part is not None:
            parts.append(SplitPart(code, text_of(names[code]), part[1], part[2]))
        else:
            rest = 100 - sum((percent for _, percent, _ in known), Decimal(0))
            parts.append(SplitPart(code, text_of(names[code]), rest, known[0][2], rest=True))
    return SplitRow(entry["kind"], entry["year"], entry["definition"], tuple(parts))


# ------------------------------------------------------------------ a market


def market_profile(view: View, country: str) -> MarketProfile | Unknown:
    """What is known of a market at the date, topic by topic; a topic without a fact says so."""
    rules = view.rules(AREA)
    rule = rules["countries"].get(country)
    if rule is None:
        return _no_country(view, country)
    listed = {entry["topic"]: entry for entry in rule["profile"]}
    entries = tuple(_profile_entry(view, country, topic, listed.get(topic)) for topic in rules["topics"])
    regions = tuple(place_name(view, code) for code in regions_of(view, country))
    return MarketProfile(country, place_name(view, country), rule["currency"], regions, entries)


def _profile_entry(view: View, country: str, topic: str, entry: Mapping[str, Any] | None) -> ProfileEntry:
    label = text_of(view.rules(AREA)["topics"][topic])
    if entry is None:
        why = view.unknown(
            topic, "markets.no-fact", topic=label, country=in_sentence(place_name(view, country))
        )
        return ProfileEntry(topic, label, why)
    keys = entry.get("keys", {})
    for fact_id in entry["facts"]:
        reading, key = _read_known(view, (fact_id,)), keys.get(fact_id)
        if reading is not None and (key is None or _has_key(reading, key)):
            return ProfileEntry(topic, label, reading, key)
    return ProfileEntry(topic, label, _unread(view, entry["facts"][0]))


# ------------------------------------------------------------------ reach


def reach(view: View, country: str) -> Reach | Unknown:
    """A comparable number for the reach in a market: all countries of one day have the same measure.

    The measures stand in the rules: the share of China's cross-border exports, and internet users
    (population times share online, in millions). The one that answers for most countries at the date is used.
    Where a share is known only for a region as a whole (the EU in 2015), its members' own shares are unknown,
    not estimated.
    """
    return reaches(view, (country,))[country]


def reaches(view: View, countries: Iterable[str]) -> dict[str, Reach | Unknown]:
    """The reach in each of several markets, by the one measure of the day."""
    measure = measure_at(view)
    return {country: _reach_by(view, country, measure) for country in countries}


def _reach_by(view: View, country: str, measure: Mapping[str, Any] | None) -> Reach | Unknown:
    if country not in view.rules(AREA)["countries"]:
        return _no_country(view, country)
    if measure is None:
        return view.unknown("reach", "markets.no-measure", date=view.date)
    found = _MEASURED[measure["id"]](view, country)
    if isinstance(found, Unknown):
        return found
    return Reach(found[0], text_of(measure["unit"]), found[1], text_of(measure["name"]))


def measure_at(view: View) -> Mapping[str, Any] | None:
    """The measure that answers for most countries at the view's date; on a tie the first of the rules."""
    aside = view.book.at(view.date, view.overrides)  # its reads are no part of the answer
    best: tuple[int, Mapping[str, Any] | None] = (0, None)
    for measure in view.rules(AREA)["measures"]:
        measured = _MEASURED[measure["id"]]
        countries = view.rules(AREA)["countries"]
        answers = sum(not isinstance(measured(aside, code), Unknown) for code in countries)
        if answers > best[0]:
            best = (answers, measure)
    return best[1]


Measured = tuple[Decimal, tuple[Reading, ...]]


def _share_of(view: View, country: str) -> Measured | Unknown:
    """Percent of China's cross-border e-commerce exports."""
    rows = destination_shares(view)
    if isinstance(rows, Unknown):
        return rows
    shares = {row.code: row for row in rows}
    if country in shares:
        return shares[country].percent, (shares[country].reading,)
    name, first = in_sentence(place_name(view, country)), rows[0]
    for region in regions_of(view, country):
        if region in shares:
            whole = shares[region]
            blanks = {"region": in_sentence(whole.name), "percent": whole.percent, "period": whole.period}
            text = view.text("markets.region-only", country=name, **blanks)
            return Unknown("reach", text, first.reading.id, view.date)
    text = view.text("markets.not-named", country=name, period=first.period)
    return Unknown("reach", text, first.reading.id, view.date)


def _users_of(view: View, country: str) -> Measured | Unknown:
    """Million internet users: population × percent online; their years may differ by one or two."""
    rule = view.rules(AREA)["countries"][country]
    readings = []
    numbers = []
    for fact_id in (rule["population"], rule["internet"]):
        reading = view.read(fact_id)
        if isinstance(reading, Unknown):
            return reading
        number = _number(reading.raw)
        if number is None:
            return _unread(view, fact_id)
        readings.append(reading)
        numbers.append(number)
    return numbers[0] * numbers[1] / 100 / MILLION, tuple(readings)


_MEASURED = {"destination_share": _share_of, "internet_users": _users_of}


# ------------------------------------------------------------------ platforms in a market


def platform_reach(view: View, platform: str, country: str) -> PlatformReach | Unknown:
    """Share, users or place of a platform in a country by the newest fact that names it; `world` for all.

    Figures older than five years at the date are left out. To compare platforms use `platform_reaches`.
    """
    for figure in _figures(view, country):
        found = _platform(view, figure, platform)
        if found is not None:
            return found
    what = f"reach of {platform}"
    name = in_sentence(place_name(view, country))
    return view.unknown(what, "markets.no-platform-figure", platform=platform, country=name, date=view.date)


def platform_reaches(view: View, country: str) -> tuple[PlatformReach, ...]:
    """The program's platforms in a country by one and the same fact, the newest that names any of them."""
    for figure in _figures(view, country):
        rows = [_platform(view, figure, platform) for platform in view.rules(AREA)["platforms"]]
        named = tuple(row for row in rows if row is not None)
        if named:
            return named
    return ()


def _figures(view: View, country: str) -> Iterator[Mapping[str, Any]]:
    for figure in view.rules(AREA)["platform_figures"]:
        if figure["country"] == country and _still(view, figure) and view.has(figure["fact"]):
            yield figure


def _platform(view: View, figure: Mapping[str, Any], platform: str) -> PlatformReach | None:
    """A platform in one figure; None where the figure does not name it: then the fact leaves no trace."""
    aside = view.book.at(view.date, view.overrides).read(figure["fact"])
    if isinstance(aside, Unknown):
        return None
    placed = _PLACED[figure["kind"]](figure, aside, platform)
    if placed is None:
        return None
    value, rank, listed = placed
    reading = view.read(figure["fact"])
    assert isinstance(reading, Reading)
    return PlatformReach(
        platform=platform,
        country=figure["country"],
        measure=text_of(figure["measure"]),
        value=value,
        unit=view.book.unit(reading.fact.unit),
        rank=rank,
        listed=listed,
        reading=reading,
        together=tuple(figure.get("together", ())),
    )


Placed = tuple[Decimal | None, int | None, int]
"""Value, place, and how many platforms are listed."""


def _in_map(figure: Mapping[str, Any], reading: Reading, platform: str) -> Placed | None:
    entries = reading.raw
    if figure.get("key") and isinstance(entries, Mapping):
        entries = entries.get(figure["key"])
    if not isinstance(entries, Mapping) or platform not in entries:
        return None
    numbers = {name: _number(value) for name, value in entries.items()}
    own = numbers[platform]
    if own is None:
        return None
    above = sum(number is not None and number > own for number in numbers.values())
    return own, above + 1, len(numbers)


def _in_ranks(_figure: Mapping[str, Any], reading: Reading, platform: str) -> Placed | None:
    entries = reading.raw
    place = _number(entries.get(platform)) if isinstance(entries, Mapping) else None
    return None if place is None else (None, int(place), len(entries))


def _in_order(figure: Mapping[str, Any], reading: Reading, platform: str) -> Placed | None:
    if not isinstance(reading.raw, Sequence) or isinstance(reading.raw, str) or platform not in reading.raw:
        return None
    place = list(reading.raw).index(platform) + 1
    return None, place if place <= figure.get("ranked", len(reading.raw)) else None, len(reading.raw)


def _as_one(figure: Mapping[str, Any], reading: Reading, platform: str) -> Placed | None:
    number = _number(reading.raw)
    if number is None or platform not in figure["together"]:
        return None
    return number, None, len(figure["together"])


_PLACED = {"map": _in_map, "ranks": _in_ranks, "order": _in_order, "one": _as_one}


# ------------------------------------------------------------------ small things


def _read_known(view: View, fact_ids: Sequence[str]) -> Reading | None:
    """The first fact that answers at the date; the others leave no trace."""
    for fact_id in fact_ids:
        if view.has(fact_id):
            found = view.read(fact_id)
            if isinstance(found, Reading):
                return found
    return None


def _unread(view: View, fact_id: str) -> Unknown:
    """Why a fact does not answer."""
    found = view.read(fact_id)
    if isinstance(found, Unknown):
        return found
    return Unknown(fact_id, Text(f"{found.raw} is not a number", f"{found.raw} 不是数字"), fact_id, view.date)


def _no_country(view: View, country: str) -> Unknown:
    return view.unknown(country, "markets.no-country", country=country, date=view.date)


def _has_key(reading: Reading, key: str) -> bool:
    return isinstance(reading.raw, Mapping) and key in reading.raw


def _still(view: View, entry: Mapping[str, Any]) -> bool:
    return "until" not in entry or view.date < day(entry["until"]).first


def _number(raw: object) -> Decimal | None:
    """A finite number, or None."""
    if not isinstance(raw, str | int | Decimal):
        return None
    try:
        value = Decimal(raw)
    except ArithmeticError:
        return None
    return value if value.is_finite() else None
