"""Formulas of a spreadsheet as values: each renders as text for a cell and is worked out here exactly, in fractions.

What a cell shows before any program recalculates it, and what the tests hold against the kernel at other prices, is
worked out from the very tree that is written. Only functions are used that every spreadsheet knows since 2007.
Rounding goes half away from zero, as `ROUND` and the kernel both do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Value = Fraction | str | bool | None
"""What a cell comes to; None for an empty one."""

ATOM, MINUS, TIMES, PLUS, COMPARED = range(5)


@dataclass
class Env:
    """Inputs with other values than written, by the input; and what was worked out already."""

    given: Mapping[Cell, Value] = field(default_factory=dict)
    done: dict[int, Value] = field(default_factory=dict)


class Expr:
    """A formula or a part of one."""

    rank = ATOM
    """How tightly its text binds."""
    wordy = False
    """Whether it may come to words ("not known") in place of a number."""

    def text(self, sheet: str) -> str:
        """As it is written into a cell of a sheet, without the sign of equality."""
        raise NotImplementedError

    def value(self, env: Env) -> Value:
        raise NotImplementedError

    def number(self, env: Env) -> Fraction:
        """Its value where it must be a number; an empty cell counts as zero, as in a spreadsheet."""
        found = self.value(env)
        if found is None:
            return Fraction(0)
        if isinstance(found, str | bool):
            raise TypeError(f"{found!r} is no number")
        return found

    def __add__(self, other: Expr | int) -> Expr:
        return Binary("+", self, of(other), PLUS)

    def __sub__(self, other: Expr | int) -> Expr:
        return Binary("-", self, of(other), PLUS)

    def __mul__(self, other: Expr | int) -> Expr:
        return Binary("*", self, of(other), TIMES)

    def __truediv__(self, other: Expr | int) -> Expr:
        return Binary("/", self, of(other), TIMES)

    def __le__(self, other: Expr | int) -> Expr:
        return Binary("<=", self, of(other), COMPARED)

    def __lt__(self, other: Expr | int) -> Expr:
        return Binary("<", self, of(other), COMPARED)

    def __ge__(self, other: Expr | int) -> Expr:
        return Binary(">=", self, of(other), COMPARED)

    def __gt__(self, other: Expr | int) -> Expr:
        return Binary(">", self, of(other), COMPARED)

    def same(self, other: Expr | int) -> Expr:
        return Binary("=", self, of(other), COMPARED)


@dataclass(frozen=True, eq=False)
class Number(Expr):
    """A number that the kernel itself holds; what has a source is a `Cell`."""

    of: Fraction

    def text(self, sheet: str) -> str:
        return figure_text(self.of)

    def value(self, env: Env) -> Value:
        return self.of


@dataclass(frozen=True, eq=False)
class Words(Expr):
    """A text in quotes."""

    of: str
    wordy = True

    def text(self, sheet: str) -> str:
        return '"' + self.of.replace('"', '""') + '"'

    def value(self, env: Env) -> Value:
        return self.of


@dataclass(eq=False)
class Cell(Expr):
    """A cell of a sheet: an input with a value of its own, or the place of another formula."""

    content: Expr | Fraction | None
    wordy: bool = False
    sheet: str = ""
    at: str = ""
    """Where it stands, such as `$C$5`; known when the sheets are laid out."""

    def text(self, sheet: str) -> str:
        if not self.at:
            raise LookupError("a formula names a cell that stands nowhere")
        return self.at if sheet == self.sheet else f"{quoted(self.sheet)}!{self.at}"

    def value(self, env: Env) -> Value:
        if self in env.given:
            return env.given[self]
        if not isinstance(self.content, Expr):
            return self.content
        key = id(self)
        if key not in env.done:
            env.done[key] = self.content.value(env)
        return env.done[key]


@dataclass(frozen=True, eq=False)
class Binary(Expr):
    """Two parts and what stands between them."""

    sign: str
    left: Expr
    right: Expr
    rank: int  # type: ignore[misc]

    def text(self, sheet: str) -> str:
        left, right = self.left.text(sheet), self.right.text(sheet)
        if self.left.rank > self.rank:
            left = f"({left})"
        # a - (b - c) and a / (b * c) keep their brackets
        if self.right.rank > self.rank or (self.right.rank == self.rank and self.sign in "-/"):
            right = f"({right})"
        return f"{left}{self.sign}{right}"

    def value(self, env: Env) -> Value:
        if self.sign == "=" and (self.left.wordy or self.right.wordy):
            return self.left.value(env) == self.right.value(env)
        left, right = self.left.number(env), self.right.number(env)
        match self.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case "<=":
                return left <= right
            case "<":
                return left < right
            case ">=":
                return left >= right
            case ">":
                return left > right
            case _:
                return left == right


@dataclass(frozen=True, eq=False)
class Call(Expr):
    """A function of a spreadsheet."""

    name: str
    parts: tuple[Expr, ...]
    wordy: bool = False

    def text(self, sheet: str) -> str:
        return f"{self.name}({','.join(part.text(sheet) for part in self.parts)})"

    def value(self, env: Env) -> Value:
        match self.name:
            case "IF":
                yes, then, otherwise = self.parts
                return (then if yes.value(env) else otherwise).value(env)
            case "AND":
                return all(bool(part.value(env)) for part in self.parts)
            case "OR":
                return any(bool(part.value(env)) for part in self.parts)
            case "NOT":
                return not self.parts[0].value(env)
            case "ISNUMBER":
                return isinstance(self.parts[0].value(env), Fraction)
            case "N":
                found = self.parts[0].value(env)
                return found if isinstance(found, Fraction) else Fraction(0)
            case "ROUND":
                return rounded(self.parts[0].number(env), int(self.parts[1].number(env)))
            case "ROUNDUP":
                # of amounts that are never negative, to whole numbers
                return Fraction(-(-self.parts[0].number(env) // 1))
            case "MAX":
                return max(part.number(env) for part in self.parts)
            case "MIN":
                return min(part.number(env) for part in self.parts)
        raise NotImplementedError(self.name)


@dataclass(frozen=True, eq=False)
class Passed(Expr):
    """How many cells of a column are less than an amount: the place of a row that ends at or above it."""

    bounds: tuple[Cell, ...]
    amount: Expr

    def text(self, sheet: str) -> str:
        if not self.bounds:
            return "0"
        return f"SUMPRODUCT(--({column(self.bounds, sheet)}<{self.amount.text(sheet)}))"

    def value(self, env: Env) -> Value:
        amount = self.amount.number(env)
        return Fraction(sum(bound.number(env) < amount for bound in self.bounds))


@dataclass(frozen=True, eq=False)
class Picked(Expr):
    """A cell of a column by its place, from zero on."""

    cells: tuple[Cell, ...]
    place: Expr

    def text(self, sheet: str) -> str:
        return f"INDEX({column(self.cells, sheet)},{self.place.text(sheet)}+1)"

    def value(self, env: Env) -> Value:
        return self.cells[int(self.place.number(env))].value(env)


@dataclass(frozen=True, eq=False)
class Sum(Expr):
    """The sum of cells that stand under each other; words count as nothing."""

    cells: tuple[Cell, ...]

    def text(self, sheet: str) -> str:
        return f"SUM({column(self.cells, sheet)})"

    def value(self, env: Env) -> Value:
        found = [cell.value(env) for cell in self.cells]
        return sum((value for value in found if isinstance(value, Fraction)), Fraction(0))


@dataclass(frozen=True, eq=False)
class Count(Expr):
    """How many cells that stand under each other hold certain words."""

    cells: tuple[Cell, ...]
    words: Expr

    def text(self, sheet: str) -> str:
        return f"COUNTIF({column(self.cells, sheet)},{self.words.text(sheet)})"

    def value(self, env: Env) -> Value:
        wanted = self.words.value(env)
        return Fraction(sum(cell.value(env) == wanted for cell in self.cells))


def column(cells: Sequence[Cell], sheet: str) -> str:
    """Cells that stand under each other as a range."""
    first, last = cells[0].text(sheet), cells[-1].at
    return first if len(cells) == 1 else f"{first}:{last}"


def of(value: Expr | Fraction | int) -> Expr:
    return value if isinstance(value, Expr) else Number(Fraction(value))


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def round_to(value: Expr, places: int) -> Expr:
    return Call("ROUND", (value, of(places)))


def up(value: Expr) -> Expr:
    """The next whole number."""
    return Call("ROUNDUP", (value, of(0)))


def most(*parts: Expr | int) -> Expr:
    return Call("MAX", tuple(of(part) for part in parts))


def least(*parts: Expr | int) -> Expr:
    return Call("MIN", tuple(of(part) for part in parts))


def if_(yes: Expr, then: Expr | int, otherwise: Expr | int) -> Expr:
    then, otherwise = of(then), of(otherwise)
    return Call("IF", (yes, then, otherwise), then.wordy or otherwise.wordy)


def all_(parts: Sequence[Expr]) -> Expr:
    return parts[0] if len(parts) == 1 else Call("AND", tuple(parts))


def is_number(part: Expr) -> Expr:
    return Call("ISNUMBER", (part,))


def as_number(part: Expr) -> Expr:
    """Words count as nothing."""
    return Call("N", (part,)) if part.wordy else part


def total(parts: Sequence[Expr]) -> Expr:
    result = parts[0] if parts else of(0)
    for part in parts[1:]:
        result = result + part
    return result


def known(parts: Sequence[Expr], then: Expr) -> Expr:
    """A formula of parts of which some may be words: where one is, its words stand for the whole."""
    for part in reversed([part for part in parts if part.wordy]):
        then = Call("IF", (is_number(part), then, part), True)
    return then


def figure_text(value: Fraction) -> str:
    """A number as a cell holds it: an exact decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    places = 0
    scaled = value
    while scaled.denominator != 1:
        scaled, places = scaled * 10, places + 1
        if places > 15:
            raise ValueError(f"{value} is no decimal")
    digits = str(abs(scaled.numerator)).zfill(places + 1)
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
