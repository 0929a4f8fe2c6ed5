"""The visitor view as data: what may be read over a shoulder, and nothing else.

What the goods cost and what is earned with them is never said, nor anything that it could be reckoned from: both stand
together as what stays of the price. So no score, no margin, no reason that names one, and no line or quote that was
made from a private answer comes through here; the widgets get what these rows hold and never an option of the advice.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.core.case import Case
from desktop.core.errors import AnswerError
from desktop.core.facts import Reading
from desktop.core.money import decimals, major, plain
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.result import Advice, Line, Option, Quote, Ranking
from desktop.core.text import Language, Text
from desktop.engine.advice import evaluating, run_out
from desktop.engine.badges import badges_of
from desktop.viewmodels import logistics, platforms
from desktop.viewmodels.absence import absence, has_no_plan
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.plan import chosen, mode, platform, product_name, service
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.product import missing
from desktop.viewmodels.turns import Turns, sliced
from desktop.viewmodels.why import why_line
from desktop.viewmodels.wording import MINUS, a_date, amount, days, force_line, source_line

translate = QCoreApplication.translate

PAGES = ("markets", "platforms", "logistics", "import-mode", "what-if", "plan")
"""The pages in the order of the steps; those that the case does not have are passed over."""
STAYS = "net"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("platform", ("platform", "payment", "returns", "ads")),
    ("freight", ("freight",)),
    ("duty", ("duty", "vat")),
)
"""The parts of a bar and the parts of the cost stack in each. The goods are in none: they are in what stays."""
AT_MOST = "≤ "
MOST_ROWS = 5
MOST_SERVICES = 4
MOST_REASONS = 3
MOST_CLOSED = 2
TRIED = (-20, -10, 0, 10, 20)
"""Percent by which the what-if page moves the price."""
STEPS_IN_A_PRICE = 250
"""A price is moved by a round step, about so many of which make the price."""


# ---------------------------------------------------------------------- rows
class Part(Struct, frozen=True):
    """One part of a bar; `value` is None where nothing of it is known."""

    series: str
    name: str
    value: Decimal | None
    label: str


class VisitorRow(Struct, frozen=True):
    """One option in large type: a bar of its price, or a sentence where there is none."""

    key: str
    rank: str
    name: str
    parts: tuple[Part, ...] = ()
    badges: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    under: str = ""
    """What stands below the name."""
    first: bool = False
    opens: bool = True

    def spoken(self, words: Mapping[str, str]) -> str:
        """The row as a sentence for the screen reader."""
        said = [words[badge] for badge in self.badges]
        said += [f"{part.name} {part.label}" for part in self.parts]
        return ", ".join(each for each in (self.under, *said, self.note, self.text) if each)


class ClosedLine(Struct, frozen=True):
    """An option that is closed, and why."""

    name: str
    reason: str


class VisitorPage(Struct, frozen=True):
    """One page: the headline, the line below it, and the rows. `span` is what the longest bar stands for."""

    id: str = ""
    title: str = ""
    lead: str = ""
    rows: tuple[VisitorRow, ...] = ()
    span: Decimal = Decimal(1)
    closed: tuple[ClosedLine, ...] = ()
    more: str = ""


class HeadLine(Struct, frozen=True):
    """What stands above every page: the product, where it goes, what it is sold at, the day of the rules."""

    product: str
    place: str
    price: str
    day: str
    steps: tuple[tuple[str, str], ...]
    """The pages with their names."""


class LineText(Struct, frozen=True):
    """One line of an explanation; `source` is shown when it is opened."""

    key: str
    name: str
    calculation: str
    value: str
    source: tuple[str, ...] = ()
    series: str = ""
    strong: bool = False


class Explained(Struct, frozen=True):
    """Why, or an option in detail: a heading and lines."""

    key: str
    title: str
    lead: str
    lines: tuple[LineText, ...]


# ---------------------------------------------------------------------- what may be shown
def private_labels(questions: Questions) -> frozenset[Text]:
    """What the private answers are called where they stand among the inputs of a line."""
    return frozenset(question.label for question in questions.items if question.private)


def public_lines(quote: Quote, questions: Questions) -> tuple[Line, ...]:
    """The seller's lines but the goods and all that was counted from a private answer."""
    hidden = private_labels(questions)
    return tuple(
        line
        for line in quote.seller_lines
        if line.series != "goods" and not any(datum.label in hidden for datum in line.data)
    )


def told(quote: Quote | None, case: Case, questions: Questions) -> Quote | None:
    """The quote, or None where the value that it starts from is itself private (general trade of goods with a cost)."""
    if quote is None or quote.price <= 0:
        return None
    if quote.lane.get("mode") == "general-trade" and case.given("unit_cost") is not None:
        return None
    return quote


def group_names(quote: Quote | None = None) -> dict[str, str]:
    """The parts of a bar in words. Of an import the tax alone is counted, so more than the goods is still to be paid."""
    import_mode = quote is not None and bool(quote.lane.get("mode"))
    return {
        "platform": translate("VisitorView", "Selling on it"),
        "freight": translate("VisitorView", "Freight"),
        "duty": translate("VisitorView", "Border"),
        STAYS: translate("VisitorView", "Stays after tax")
        if import_mode
        else translate("VisitorView", "Stays for goods and profit"),
    }


def badge_names() -> dict[str, str]:
    return {
        "best": translate("VisitorView", "Best value"),
        "fastest": translate("VisitorView", "Fastest"),
        "cheapest": translate("VisitorView", "Cheapest"),
        "most": translate("VisitorView", "Most is left"),
    }


def parts_of(quote: Quote, questions: Questions) -> tuple[Part, ...]:
    """A price in its parts; what stays is last."""
    names, lines = group_names(quote), public_lines(quote, questions)
    found, taken, known = [], 0, True
    for key, series in GROUPS:
        own = [line for line in lines if line.series in series]
        units = sum(line.amount or 0 for line in own)
        whole = all(line.amount is not None for line in own)
        taken, known = taken + units, known and whole
        if not own or (whole and not units):
            continue
        label = amount(units, quote.currency) if whole else f"≥ {amount(units, quote.currency)}"
        nothing = not whole and not units
        value = None if nothing else major(units, quote.currency)
        found.append(Part(key, names[key], value, "?" if nothing else label))
    left = amount(quote.price - taken, quote.currency)
    stays = Part(
        STAYS, names[STAYS], major(quote.price - taken, quote.currency), left if known else f"≤ {left}"
    )
    return (*found, stays)


def stays_of(parts: Sequence[Part]) -> Part | None:
    return next((part for part in parts if part.series == STAYS), None)


def span_of(rows: Iterable[VisitorRow]) -> Decimal:
    """The length of the longest bar."""
    sums = [
        sum((max(p.value, Decimal(0)) for p in row.parts if p.value is not None), Decimal(0)) for row in rows
    ]
    return max(sums, default=Decimal(1)) or Decimal(1)


def usual_step(price: Decimal, places: int) -> Decimal:
    """The round step by which a price is moved: 0.10 at 24.90, 1 at 190."""
    least = max(price / STEPS_IN_A_PRICE, Decimal(1).scaleb(-places))
    power = Decimal(1).scaleb(least.adjusted())
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)


def moved(price: Decimal, step: Decimal, steps: int, places: int) -> Decimal:
    """A price so many steps further, on a whole step, never below one."""
    rounding = ROUND_FLOOR if steps > 0 else ROUND_CEILING
    whole = (price / step).to_integral_value(rounding)
    return max(step, (whole + steps) * step).quantize(Decimal(1).scaleb(-places))


# ---------------------------------------------------------------------- the view
class Visitor(QObject):
    """Follows the case model while the visitor view is open. `changed` says that every reader looks again."""

    changed = Signal()

    def __init__(self, model: CaseModel, prefs: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model, self.prefs = model, prefs
        self._page = "platforms"
        self._market = ""
        self._of: Advice | None = None
        self._there: Advice | None = None
        self._tried: tuple[Advice, str, tuple[tuple[str, Advice], ...]] | None = None
        self._step: Decimal | None = None
        self._shown = False
        self._turns = Turns(self)
        model.evaluated.connect(self._on_evaluated)
        model.narrowedChanged.connect(self._on_narrowed)

    # ------------------------------------------------------------------ what the view calls
    def open(self, step: str) -> None:
        """Begins at the step of the desk, or at the first page."""
        self._shown = True
        pages = self.pages()
        self._page = step if step in pages else pages[0] if pages else ""
        self._tell()

    def close(self) -> None:
        """Nothing of the case is kept: what is shown next is made anew."""
        self._shown = False
        self._turns.stop()
        self._market = ""
        self._of = self._there = self._tried = self._step = None

    def go(self, by: int) -> None:
        pages = self.pages()
        if self._page in pages:
            self._page = pages[min(max(pages.index(self._page) + by, 0), len(pages) - 1)]
            self._tell()

    def go_to(self, page: str) -> None:
        if page in self.pages():
            self._page = page
            self._tell()

    def move_price(self, steps: int) -> None:
        """The list price by so many usual steps; an answer of the case like any other, one undo step."""
        case, questions = self.model.case, self.model.questions
        price = case.decimal("list_price")
        if price is not None:
            places = decimals(case.currency(questions, "list_price"))
            if self._step is None:
                # the same step all the while, so that as many back as forth lead to where it began
                self._step = usual_step(price, places)
            self.model.set("list_price", plain(moved(price, self._step, steps, places)))

    def next_market(self) -> None:
        """The next market of the case, in the order of the ranking."""
        markets = [option.id for option in self._markets()]
        if len(markets) > 1:
            now = markets.index(self.market) if self.market in markets else 0
            self._market = markets[(now + 1) % len(markets)]
            self._there = None
            self._tell()

    # ------------------------------------------------------------------ state
    @property
    def language(self) -> Language:
        return self.prefs.language

    @property
    def page_id(self) -> str:
        return self._page

    @property
    def market(self) -> str:
        """The market that is looked at: the chosen one, else the first."""
        found = self._markets()
        return self._market if self._market in {o.id for o in found} else found[0].id if found else ""

    def pages(self) -> tuple[str, ...]:
        case, flow = self.model.case, self.model.flow
        asked = {step.id for step in flow.asked(case)} | ({"what-if"} if case.exports else set())
        return tuple(page for page in PAGES if page in asked)

    def _markets(self) -> tuple[Option, ...]:
        advice = self.model.advice
        return advice.markets.ranked if advice is not None else ()

    def _on_evaluated(self, _advice: object) -> None:
        if self._shown:
            self._there = None
            if self._page not in self.pages():
                self._page = next(iter(self.pages()), "")
            self._tell()

    def _tell(self) -> None:
        """Every reader looks again, once what the page in view needs is worked out, in turns of the event loop: a market
        that is not the first, and other prices, have an advice of their own."""
        if not self._turns.begin(sliced(self._working()), self.changed.emit):
            self.changed.emit()
        elif not self.model.IN_TURNS:
            self._turns.finish()

    @property
    def working(self) -> bool:
        """Whether what the page in view shows is still being worked out."""
        return self._turns.busy

    def _working(self) -> Generator[None, None, None]:
        advice, case = self.model.advice, self.model.case
        if self.model.evaluating or advice is None or missing(case.answers, self.model.flow):
            return
        if self._needs_market(advice):
            self._of, self._there = advice, (yield from self._evaluating({"destinations": [self.market]}))
        if self._page == "what-if":
            there = self.advice()
            if there is not None:
                yield from self._trying(there)

    def _on_narrowed(self) -> None:
        if self._shown:
            self.changed.emit()

    def span_of(self, option: Option) -> tuple[str, str] | None:
        """Between what the open answers leave of an option's price for goods and profit; None where nothing moves it.

        It is made without the cost of the goods and of the packing, so it says nothing of either.
        """
        narrowed, quote = self.model.narrowed, option.quote
        if narrowed is None or not self.model.narrowed_holds or quote is None:
            return None
        lane = quote.lane
        found = narrowed.found.public.get(lane.get("market", ""), {}).get(lane.get("platform", ""))
        if found is None or found.low == found.high:
            return None
        low, high = (amount(units, narrowed.found.currency) for units in (found.low, found.high))
        return (low, high) if found.complete else (f"{AT_MOST}{low}", high)

    def advice(self) -> Advice | None:
        """The advice on the market that is looked at."""
        advice, case = self.model.advice, self.model.case
        if advice is None or not case.exports or self.market == self._first():
            return advice
        if self._needs_market(advice):
            self._of, self._there = advice, run_out(self._evaluating({"destinations": [self.market]}))
        return self._there

    def _needs_market(self, advice: Advice) -> bool:
        """Whether the market that is looked at has no advice of its own yet, and needs one."""
        elsewhere = self.model.case.exports and self.market != self._first()
        return elsewhere and (self._there is None or self._of is not advice)

    def _first(self) -> str:
        found = self._markets()
        return found[0].id if found else ""

    def _evaluating(self, answers: Mapping[str, object]) -> Generator[None, None, Advice | None]:
        """The case with other answers, looked at and not kept, in pieces."""
        model, case = self.model, self.model.case
        try:
            for name, raw in answers.items():
                case, _ = case.set(model.questions, name, raw)
        except AnswerError:
            return None
        return (yield from evaluating(case, model.book, model.today, model.questions, model.marks))

    # ------------------------------------------------------------------ above the pages
    def head_line(self) -> HeadLine:
        case, questions, language = self.model.case, self.model.questions, self.language
        place = next((o.name for o in self._markets() if o.id == self.market), None) if case.exports else None
        into = translate("VisitorView", "into China") if case.imports and not case.exports else ""
        money = case.money(questions, "list_price")
        names = {step.id: step.name[language] for step in self.model.flow.steps}
        names.setdefault("what-if", translate("VisitorView", "What if"))
        return HeadLine(
            product=product_name(case, questions, language),
            place=translate("VisitorView", "to {market}").format(market=in_sentence(place)[language])
            if place
            else into,
            price=""
            if money is None
            else translate("VisitorView", "sold at {price}").format(
                price=f"{amount(money.units, money.currency)} {money.currency}"
            ),
            day=" · ".join(
                (
                    translate("VisitorView", "Rules as of {day}").format(
                        day=a_date(self.model.day, language)
                    ),
                    *(text[language] for text in self.model.book.used(self.model.today).marks),
                )
            ),
            steps=tuple((page, names[page]) for page in self.pages()),
        )

    # ------------------------------------------------------------------ the pages
    def page(self) -> VisitorPage:
        """The page in view."""
        model = self.model
        open_questions = missing(model.case.answers, model.flow)
        advice = self.advice() if not open_questions else None
        if open_questions:
            return VisitorPage(
                self._page,
                translate("VisitorView", "Three answers and the ranking appears."),
                self._to_answer(open_questions),
            )
        if advice is None:
            return VisitorPage(self._page, translate("VisitorView", "One moment …"))
        made = {
            "markets": self._markets_page,
            "platforms": self._platforms_page,
            "logistics": self._logistics_page,
            "import-mode": self._modes_page,
            "what-if": self._what_if_page,
            "plan": self._plan_page,
        }
        return made[self._page](advice) if self._page in made else VisitorPage()

    def _to_answer(self, names: Sequence[str]) -> str:
        """Which answers are awaited at the desk; empty for none."""
        if not names:
            return ""
        language = self.language
        labels = ("、" if language == "zh" else ", ").join(
            self.model.questions[name].label[language] for name in names
        )
        return translate("VisitorView", "Still to answer at the desk: {names}.").format(names=labels)

    def _markets_page(self, _there: Advice) -> VisitorPage:
        advice = self.model.advice
        assert advice is not None
        return self._ranked(advice.markets, "markets", self._stays_lead(advice.markets.first))

    def _platforms_page(self, advice: Advice) -> VisitorPage:
        ranking = advice.platforms if self.model.case.exports else advice.import_platforms
        return self._ranked(ranking, "platforms", self._stays_lead(ranking.first))

    def _modes_page(self, advice: Advice) -> VisitorPage:
        return self._ranked(advice.import_modes, "import-mode", self._stays_lead(advice.import_modes.first))

    def _logistics_page(self, advice: Advice) -> VisitorPage:
        return self._ranked(advice.logistics, "logistics", self._service_lead(advice.logistics.first))

    def _ranked(self, ranking: Ranking, page: str, lead: str) -> VisitorPage:
        """Options from the first on, then how many more there are, then those that are closed."""
        shown = ranking.ranked[: MOST_SERVICES if page == "logistics" else MOST_ROWS]
        badges = self._badges(ranking, page)
        rows = tuple(self._row(option, page, badges.get(option.id, ())) for option in shown)
        rest = sum(option.excluded is None for option in ranking.options) - len(shown)
        more = translate("VisitorView", "{count} more at the desk").format(count=rest) if rest else ""
        closed = tuple(
            ClosedLine(row.name, row.reason)
            for row in platforms.closed_rows(ranking, self.language)[:MOST_CLOSED]
        )
        return VisitorPage(
            page, self._title(ranking), lead if rows else "", rows, span_of(rows), closed, more
        )

    def _title(self, ranking: Ranking) -> str:
        from desktop.engine.advice import TOO_CLOSE

        ranked, language = ranking.ranked, self.language
        if not ranked:
            return translate("VisitorView", "Nothing can be ranked yet.")
        first = ranked[0].name[language]
        if len(ranked) == 1:
            return translate("VisitorView", "{first} first.").format(first=first)
        near = (ranked[0].score or Decimal(0)) - (ranked[1].score or Decimal(0)) <= TOO_CLOSE
        template = (
            translate("VisitorView", "{first} first, {second} close behind.")
            if near
            else translate("VisitorView", "{first} first, then {second}.")
        )
        return template.format(first=first, second=ranked[1].name[language])

    def _stays_lead(self, option: Option | None) -> str:
        """What stays of an order, and how long the parcel takes."""
        if option is None:
            return ""
        said = []
        quote = told(option.quote, self.model.case, self.model.questions)
        stays = stays_of(parts_of(quote, self.model.questions)) if quote is not None else None
        span = self.span_of(option)
        if quote is not None and span is not None:
            template = translate(
                "VisitorView",
                "Of {price}, {low} to {high} {currency} stays for goods and profit, by what is still open.",
            )
            price = amount(quote.price, quote.currency)
            said.append(template.format(price=price, low=span[0], high=span[1], currency=quote.currency))
        elif quote is not None and stays is not None and stays.value is not None:
            if stays.value < 0:
                said.append(translate("VisitorView", "Fees, freight and border take more than the price."))
            else:
                template = (
                    translate(
                        "VisitorView", "Of {price}, at most {left} {currency} stays for goods and profit."
                    )
                    if stays.label.startswith(AT_MOST)
                    else translate("VisitorView", "Of {price}, {left} {currency} stays for goods and profit.")
                )
                if quote.lane.get("mode"):
                    template = translate("VisitorView", "Of {price}, {left} {currency} stays after tax.")
                price, left = amount(quote.price, quote.currency), stays.label.removeprefix(AT_MOST)
                said.append(template.format(price=price, left=left, currency=quote.currency))
        if option.days is not None:
            span = days(*option.days, self.language)
            said.append(translate("VisitorView", "The parcel takes {days}.").format(days=span))
        return ("" if self.language == "zh" else " ").join(said)

    def _service_lead(self, option: Option | None) -> str:
        if option is None or option.quote is None:
            return ""
        cost = logistics.cost_of(option)
        if cost is None:
            return ""
        price = f"{amount(cost, option.quote.currency)} {option.quote.currency}"
        if option.days is None:
            return translate("VisitorView", "{price} an order.").format(price=price)
        template = translate("VisitorView", "{price} an order, {days} to the door.")
        return template.format(price=price, days=days(*option.days, self.language))

    def _badges(self, ranking: Ranking, page: str) -> dict[str, tuple[str, ...]]:
        """Badges by option. Where "cheapest" means that most is left, it is called so."""
        found = badges_of(ranking)
        if page == "logistics":
            return found
        if page != "platforms" or not self.model.case.exports:
            return {}
        return {
            key: tuple("most" if badge == "cheapest" else badge for badge in given)
            for key, given in found.items()
        }

    def _row(self, option: Option, page: str, badges: tuple[str, ...]) -> VisitorRow:
        parts = self._service_parts(option) if page == "logistics" else self._parts(option)
        note = days(*option.days, self.language) if option.days else ""
        text = "" if parts else self._sentence(option)
        rank = str(option.rank or "")
        span = self.span_of(option) if page in ("platforms", "markets") else None
        under = translate("VisitorView", "{low} to {high}").format(low=span[0], high=span[1]) if span else ""
        return VisitorRow(
            option.id, rank, option.name[self.language], parts, badges, note, text, under,
            first=option.rank == 1,
        )  # fmt: skip

    def _parts(self, option: Option) -> tuple[Part, ...]:
        quote = told(option.quote, self.model.case, self.model.questions)
        return () if quote is None else parts_of(quote, self.model.questions)

    def _service_parts(self, option: Option) -> tuple[Part, ...]:
        """Freight and what the entry costs by this carrier."""
        names, quote, found = group_names(), option.quote, []
        entry = option.details.get("entry")
        for key, units in (
            ("freight", logistics.cost_of(option)),
            ("duty", entry if isinstance(entry, int) else 0),
        ):
            if quote is not None and units:
                found.append(
                    Part(key, names[key], major(units, quote.currency), amount(units, quote.currency))
                )
        return tuple(found)

    def _sentence(self, option: Option) -> str:
        """The first rule that speaks for an option, where there is no bar to show."""
        spoken = self._rules_for(option)
        return spoken[0].name if spoken else translate("VisitorView", "not shown here")

    def _rules_for(self, option: Option) -> tuple[LineText, ...]:
        """The rules that speak for or against an option: written ones with a fact, none that was measured in money."""
        ruled = [reason for reason in option.reasons if reason.points]
        ruled.sort(key=lambda reason: -abs(reason.points))
        return tuple(
            LineText(
                f"reason{i}", reason.text[self.language], "", "", self._source(reason.reading),
                "against" if reason.against else "for",
            )
            for i, reason in enumerate(ruled[:MOST_REASONS])
        )  # fmt: skip

    # ------------------------------------------------------------------ what if
    def _what_if_page(self, advice: Advice) -> VisitorPage:
        """The first platform and what stays at prices around the one of the case."""
        language, tried = self.language, self._at_prices(advice)
        rows: list[VisitorRow] = []
        for price, there in tried:
            first = there.platforms.first
            if first is not None:
                name, here = first.name[language], there is advice
                rows.append(
                    VisitorRow(price, "", price, self._parts(first), under=name, first=here, opens=False)
                )
        title, led = translate("VisitorView", "Nothing can be ranked yet."), ""
        said = []
        for row in rows:
            if row.under == led:
                continue
            template = translate("VisitorView", "from {price} {name}") if led else "{name}"
            led = row.under
            said.append(template.format(price=row.name, name=led))
        if len(said) == 1:
            title = translate("VisitorView", "{first} first at all these prices.").format(first=led)
        elif said:
            comma = "，" if language == "zh" else ", "
            title = translate("VisitorView", "First {names}.").format(names=comma.join(said))
        lead = translate("VisitorView", "The price a fifth and a tenth lower and higher.")
        return VisitorPage("what-if", title, lead if rows else "", tuple(rows), span_of(rows))

    def _at_prices(self, advice: Advice) -> tuple[tuple[str, Advice], ...]:
        run_out(self._trying(advice))
        return self._tried[2] if self._tried is not None else ()

    def _trying(self, advice: Advice) -> Generator[None, None, None]:
        """What the other prices lead to, where it is not known yet, in pieces."""
        case, questions = self.model.case, self.model.questions
        price, market = case.decimal("list_price"), self.market
        if price is None:
            self._tried = None
            return
        if self._tried is None or self._tried[0] is not advice or self._tried[1] != market:
            places = decimals(case.currency(questions, "list_price"))
            found = []
            for percent in TRIED:
                other = (price * (100 + percent) / 100).quantize(Decimal(1).scaleb(-places))
                if percent == 0:
                    found.append((f"{price:,.{places}f}", advice))
                    continue
                there = None
                if market:
                    there = yield from self._evaluating(
                        {"destinations": [market], "list_price": plain(other)}
                    )
                if there is not None:
                    found.append((f"{other:,.{places}f}", there))
            self._tried = advice, market, tuple(found)

    # ------------------------------------------------------------------ the plan
    def _plan_page(self, advice: Advice) -> VisitorPage:
        """The chosen way, stop by stop, and what to do next."""
        case, language, rows = self.model.case, self.language, []
        if has_no_plan(advice, case):
            # another day is for the desk to look at
            found = absence(case, self.model.flow, "plan", False, lambda: False)
            lead = self._to_answer(found.links if found is not None else ())
            return VisitorPage("plan", translate("VisitorView", "There is no plan yet."), lead)
        stops: list[tuple[str, str, Option | None]] = []
        if case.exports:
            stops += [
                ("market", translate("VisitorView", "Market"), advice.markets.first),
                ("platform", translate("VisitorView", "Platform"), platform(advice, case)),
                ("service", translate("VisitorView", "Logistics"), service(advice, case)),
            ]
        if case.imports:
            shop = advice.import_platforms.first
            stops += [
                ("shop", translate("VisitorView", "Platform in China"), shop),
                ("mode", translate("VisitorView", "Import mode"), mode(advice, case)),
                ("city", translate("VisitorView", "City"), chosen(advice.cities, case.text("city"))),
            ]
        for key, caption, option in stops:
            name = option.name[language] if option is not None else "?"
            rows.append(
                VisitorRow(
                    key, "", caption, text=name, note=self._stop_note(key, option), first=True, opens=False
                )
            )
        for i, step in enumerate(advice.next_steps, start=1):
            rows.append(VisitorRow(f"step{i}", str(i), "", text=step.text[language], opens=False))
        first = platform(advice, case) if case.exports else mode(advice, case)
        title = translate("VisitorView", "The way, and what to do next.")
        return VisitorPage("plan", title, self._stays_lead(first), tuple(rows))

    def _stop_note(self, key: str, option: Option | None) -> str:
        if option is None or option.days is None or key not in ("service", "mode"):
            return ""
        return days(*option.days, self.language)

    # ------------------------------------------------------------------ why, and one option in detail
    def ranking(self) -> Ranking | None:
        """The options of the page in view; those of the platforms where it has none of its own."""
        whole, advice, exports = self.model.advice, self.advice(), self.model.case.exports
        if whole is None or advice is None or missing(self.model.case.answers, self.model.flow):
            return None
        if self._page == "markets":
            return whole.markets
        if self._page == "logistics":
            return advice.logistics
        if self._page == "plan" and has_no_plan(advice, self.model.case):
            return None
        if self._page == "import-mode" or (self._page == "plan" and not exports):
            return advice.import_modes
        return advice.platforms if exports else advice.import_platforms

    def nth(self, number: int) -> str:
        """The key of the option in a place of the ranking, counted from 1; empty where there is none."""
        ranking = self.ranking()
        return ranking.ranked[number - 1].id if ranking and number <= len(ranking.ranked) else ""

    def _option(self, key: str) -> Option | None:
        ranking = self.ranking()
        return (ranking.option(key) or ranking.first) if ranking else None

    def detail(self, key: str) -> Explained | None:
        """One option: its parts with what is in each, days, and the rules that speak for and against it."""
        option = self._option(key)
        if option is None:
            return None
        lines = [
            LineText(part.series, part.name, "", part.label, series=part.series, strong=part.series == STAYS)
            for part in (self._service_parts(option) if self._page == "logistics" else self._parts(option))
        ]
        lead = "" if option.days is None else days(*option.days, self.language)
        way = option.details.get("service")
        advice = self.advice()
        carrier = advice.logistics.option(way) if advice is not None and isinstance(way, str) else None
        if carrier is not None:
            lead = (
                "，".join((carrier.name.zh, lead)) if self.language == "zh" else f"{carrier.name.en}, {lead}"
            )
        return Explained(
            option.id, option.name[self.language], lead.strip(", ，"), (*lines, *self._rules_for(option))
        )

    def why(self, key: str) -> Explained | None:
        """Where the figure of an option comes from, line by line, without the goods."""
        option = self._option(key)
        if option is None:
            return None
        language, questions = self.language, self.model.questions
        name = option.name[language]
        quote = option.quote if self._page == "logistics" else told(option.quote, self.model.case, questions)
        if quote is None:
            return Explained(option.id, name, "", self._rules_for(option))
        lines = [self._line(line, language) for line in public_lines(quote, questions)]
        if self._page == "logistics":
            title = translate("VisitorView", "Freight by {name}").format(name=name)
            lead = translate("VisitorView", "in {currency}, of one order").format(currency=quote.currency)
            return Explained(option.id, title, lead, tuple(lines))
        shown = amount(quote.price, quote.currency)
        price = LineText("price", translate("VisitorView", "List price"), "", shown, strong=True)
        stays = stays_of(parts_of(quote, questions))
        end = (
            ()
            if stays is None
            else (LineText(STAYS, stays.name, "", stays.label, series=STAYS, strong=True),)
        )
        title = translate("VisitorView", "What stays: {name}").format(name=name)
        lead = translate("VisitorView", "in {currency}, of one order").format(currency=quote.currency)
        return Explained(option.id, title, lead, (price, *lines, *end))

    def _line(self, line: Line, language: Language) -> LineText:
        row = why_line(line)
        minus = MINUS if line.amount is not None and line.amount > 0 and self._page != "logistics" else ""
        said = row.calculation[language] or row.note[language]
        group = next((key for key, series in GROUPS if line.series in series), "")
        sources = tuple(dict.fromkeys(text for reading in line.readings for text in self._source(reading)))
        return LineText(line.id, row.name[language], said, minus + row.value, sources, group)

    def _source(self, reading: Reading | None) -> tuple[str, ...]:
        """Rule, since when, source. A value that was typed has none."""
        if reading is None or reading.typed:
            return ()
        language = self.language
        since = force_line(reading, language)
        open_, close = ("（", "）") if language == "zh" else (" (", ")")
        return (f"{reading.fact.says[language]}{open_}{since}{close}", source_line(reading.source, language))
