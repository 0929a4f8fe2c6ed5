"""The plan as plain rows: the path, what to do next, from price to margin, what is not known, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.core.case import NOT_APPLIED, Case
from desktop.core.facts import Reading, RuleBook, Source, Unknown
from desktop.core.money import major
from desktop.core.places import in_sentence
from desktop.core.questions import Questions
from desktop.core.result import Advice, Datum, Line, Option, Quote, Ranking
from desktop.core.text import Language, Text, both
from desktop.core.words import weight as said_weight
from desktop.viewmodels.platforms import PARTS
from desktop.viewmodels.series.waterfall import WaterfallData, WaterfallStep
from desktop.viewmodels.start import name_of
from desktop.viewmodels.why import WhySubject, net_title, tax_title, why_option, why_quote, why_reading
from desktop.viewmodels.wording import (
    CONFIDENCE,
    MINUS,
    a_date,
    a_day,
    amount,
    as_sentence,
    days,
    percent,
    source_line,
)

translate = QCoreApplication.translate

EXPORT, IMPORT = "export", "import"


# ---------------------------------------------------------------------- rows
class PathStep(Struct, frozen=True):
    """One stop of the path. `step` is the step of the window that it opens, empty for the result."""

    key: str
    step: str
    caption: str
    title: str
    detail: str = ""
    tone: str = ""
    """unk where it cannot be said, closed where the chosen option is closed, err for a loss."""


class Sentence(Struct, frozen=True):
    """One sentence of a list, with a mark before it and a short remark at the right. `mark`: number, question, …

    `head` stands above it in strong letters, `flag` beside the head where something stops.
    """

    key: str
    text: str
    remark: str = ""
    mark: str = ""
    tone: str = "text"
    why: Reading | None = None
    question: str = ""
    head: str = ""
    flag: str = ""


class LineRow(Struct, frozen=True):
    """One line of an import: what, how it is calculated, how much."""

    key: str
    name: str
    calculation: str
    value: str
    known: bool
    strong: bool = False


class SourceRow(Struct, frozen=True):
    """One source behind the plan. `due`: past its review on the day of reading this."""

    key: str
    publisher: str
    title: str
    day: str
    due: bool
    subject: str
    confidence: str
    weak: bool
    readings: tuple[Reading, ...]


# ---------------------------------------------------------------------- what was chosen
def chosen(ranking: Ranking, choice: str | None) -> Option | None:
    """The option that the case has chosen, else the first."""
    return (ranking.option(choice) if choice else None) or ranking.first


def market(advice: Advice) -> Option | None:
    return advice.markets.first


def platform(advice: Advice, case: Case) -> Option | None:
    return chosen(advice.platforms, case.text("platform"))


def service(advice: Advice, case: Case) -> Option | None:
    """The service of the chosen platform's quote, else the first one."""
    option = platform(advice, case)
    found = option.details.get("service") if option else None
    return (advice.logistics.option(found) if isinstance(found, str) else None) or advice.logistics.first


def mode(advice: Advice, case: Case) -> Option | None:
    return chosen(advice.import_modes, case.text("import_mode"))


def city(advice: Advice, case: Case) -> Option | None:
    return chosen(advice.cities, case.text("city"))


def export_quote(advice: Advice, case: Case) -> Quote | None:
    """The priced lane that the plan follows."""
    option = platform(advice, case)
    return option.quote if option is not None and option.excluded is None else None


def import_quote(advice: Advice, case: Case) -> Quote | None:
    option = mode(advice, case)
    return option.quote if option is not None and option.excluded is None else None


def has_export(advice: Advice) -> bool:
    return bool(advice.platforms.options)


def has_import(advice: Advice) -> bool:
    return bool(advice.import_modes.options)


# ---------------------------------------------------------------------- lead
def lead(advice: Advice, case: Case, questions: Questions, language: Language) -> str:
    """The plan in a sentence or two."""
    said = []
    goods = product_name(case, questions, language)
    place, shop, way = market(advice), platform(advice, case), service(advice, case)
    if place is not None and shop is not None and shop.excluded is None:
        template = (
            translate("PlanPage", "Sell {goods} to {market} on {platform}, sent by {service}.")
            if way is not None
            else translate("PlanPage", "Sell {goods} to {market} on {platform}.")
        )
        said.append(
            template.format(
                goods=goods, market=in_sentence(place.name)[language], platform=shop.name[language],
                service=way.name[language] if way else "",
            )
        )  # fmt: skip
        said += _loss(advice, case, language)
    entry, through, shop_in = mode(advice, case), city(advice, case), advice.import_platforms.first
    if entry is not None and entry.excluded is None:
        template = (
            translate("PlanPage", "Import {goods} by {mode} through {city}, sold on {platform}.")
            if through is not None and shop_in is not None
            else translate("PlanPage", "Import {goods} by {mode}.")
        )
        said.append(
            template.format(
                goods=goods, mode=entry.name[language], city=through.name[language] if through else "",
                platform=shop_in.name[language] if shop_in else "",
            )
        )  # fmt: skip
    return ("" if language == "zh" else " ").join(said)


def _loss(advice: Advice, case: Case, language: Language) -> list[str]:
    """That the way loses money, in words and not by colour alone, and the market that would not; else nothing."""
    quote = export_quote(advice, case)
    if quote is None or quote.price <= 0 or quote.without or quote.net >= 0:
        return []
    template = (
        translate("PlanPage", "Each order loses {money} at this price.")
        if quote.complete
        else translate("PlanPage", "Each order loses at least {money} at this price.")
    )
    said = [template.format(money=f"{amount(-quote.net, quote.currency)} {quote.currency}")]
    others = [each for each in advice.markets.ranked if each.quote and not each.quote.without]
    best = max(others, key=lambda each: each.quote.net if each.quote else 0, default=None)
    if best is not None and best.quote is not None and best.quote.net > 0:
        left = best.quote
        template = (
            translate("PlanPage", "In {market}, on {platform}, {money} would be left.")
            if left.complete
            else translate("PlanPage", "In {market}, on {platform}, at most {money} would be left.")
        )
        shop = advice.platforms.option(left.lane.get("platform", ""))
        said.append(
            template.format(
                market=in_sentence(best.name)[language], platform=shop.name[language] if shop else "",
                money=f"{amount(left.net, left.currency)} {left.currency}",
            )
        )  # fmt: skip
    return said


def product_name(case: Case, questions: Questions, language: Language) -> str:
    """The name of the case, else its category in words."""
    if case.name:
        return name_of(case)[language]
    category = case.text("category")
    choice = questions["category"].choice(category) if category else None
    return choice.name[language] if choice else translate("PlanPage", "the goods")


# ---------------------------------------------------------------------- the path
def export_path(advice: Advice, case: Case, questions: Questions, language: Language) -> tuple[PathStep, ...]:
    """Product → Market → Platform → Logistics → Result."""
    if not has_export(advice):
        return ()
    return (
        _product_step(case, questions, language),
        _option_step(
            "market", "markets", translate("PlanPage", "Market"), market(advice), advice.markets, language
        ),
        _option_step(
            "platform",
            "platforms",
            translate("PlanPage", "Platform"),
            platform(advice, case),
            advice.platforms,
            language,
        ),
        _service_step(service(advice, case), export_quote(advice, case), language),
        _net_step(export_quote(advice, case)),
    )


def import_path(advice: Advice, case: Case, questions: Questions, language: Language) -> tuple[PathStep, ...]:
    """Product → Import platform → Mode → City → Result."""
    if not has_import(advice):
        return ()
    shop = advice.import_platforms
    way = mode(advice, case)
    step = _option_step(
        "mode", "import-mode", translate("PlanPage", "Mode"), way, advice.import_modes, language
    )
    if way is not None and way.days is not None and way.excluded is None:
        step = replace(step, detail=days(*way.days, language))
    return (
        _product_step(case, questions, language),
        _option_step(
            "shop", "platforms", translate("PlanPage", "Import platform"), shop.first, shop, language
        ),
        step,
        _option_step(
            "city", "import-mode", translate("PlanPage", "City"), city(advice, case), advice.cities, language
        ),
        _tax_step(import_quote(advice, case), way),
    )


def _product_step(case: Case, questions: Questions, language: Language) -> PathStep:
    parts = []
    category, kind = case.text("category"), case.text("goods_class")
    if case.name and category:
        choice = questions["category"].choice(category)
        parts.append(choice.name[language] if choice else category)
    if kind:
        choice = questions["goods_class"].choice(kind)
        parts.append(choice.name[language] if choice else kind)
    weight = case.integer("weight_g")
    parts.append(
        said_weight(weight)[language] if weight is not None else translate("PlanPage", "weight not given")
    )
    separator = "，" if language == "zh" else ", "
    name = product_name(case, questions, language) if case.name or category else "?"
    tone = "" if name != "?" else "unk"
    return PathStep("product", "product", translate("PlanPage", "Product"), name, separator.join(parts), tone)


def _option_step(
    key: str, step: str, caption: str, option: Option | None, ranking: Ranking, language: Language
) -> PathStep:
    """The chosen option; its score and the next best."""
    if option is None:
        return PathStep(key, step, caption, "?", translate("PlanPage", "cannot say"), "unk")
    if option.excluded is not None:
        return PathStep(key, step, caption, option.name[language], option.excluded.text[language], "closed")
    return PathStep(key, step, caption, option.name[language], _standing(option, ranking, language))


def _standing(option: Option, ranking: Ranking, language: Language) -> str:
    if option.score is None:
        return translate("PlanPage", "not scored")
    score = translate("PlanPage", "score {score}").format(score=option.score)
    second = next((other for other in ranking.ranked if other.id != option.id), None)
    if second is None or second.score is None:
        return score
    other = (
        translate("PlanPage", "next {name} {score}")
        if option.rank == 1
        else translate("PlanPage", "first is {name} {score}")
    )
    separator = "，" if language == "zh" else ", "
    return score + separator + other.format(name=second.name[language], score=second.score)


def _service_step(option: Option | None, whole: Quote | None, language: Language) -> PathStep:
    """Days and freight; where a warehouse sends the parcel, its part stands beside the way to it."""
    caption = translate("PlanPage", "Logistics")
    if option is None:
        return PathStep(
            "service", "logistics", caption, "?", translate("PlanPage", "no service can be priced"), "unk"
        )
    parts = [days(*option.days, language)] if option.days else []
    quote = option.quote
    if quote is not None and quote.lines:
        cost = f"{amount(quote.cost, quote.currency)} {quote.currency}"
        least = translate("PlanPage", "at least {amount}")
        parts.append(cost if quote.complete else least.format(amount=cost))
        sent = whole.of_series("freight")[0] - quote.cost if whole is not None and whole.complete else 0
        if sent > 0:
            words = translate("PlanPage", "and {amount} from the warehouse to the buyer")
            parts.append(words.format(amount=f"{amount(sent, quote.currency)} {quote.currency}"))
    separator = "，" if language == "zh" else ", "
    return PathStep("service", "logistics", caption, option.name[language], separator.join(parts))


def _net_step(quote: Quote | None) -> PathStep:
    caption = translate("PlanPage", "Result")
    if quote is None or quote.price <= 0:
        why = translate("PlanPage", "no list price is given")
        return PathStep("result-export", "", caption, "?", why, "unk")
    shown = f"{amount(quote.net, quote.currency)} {quote.currency}"
    if not quote.complete:
        shown = translate("PlanPage", "at most {amount}").format(amount=shown)
    of = translate("PlanPage", "{percent} of {price}").format(
        percent=percent(quote.percent), price=amount(quote.price, quote.currency)
    )
    return PathStep("result-export", "", caption, shown, of, "err" if quote.net < 0 else "result")


def _tax_step(quote: Quote | None, option: Option | None) -> PathStep:
    caption = translate("PlanPage", "Result")
    if quote is None or quote.price <= 0:
        closed = option is not None and option.excluded is not None
        why = (
            translate("PlanPage", "the mode is closed")
            if closed
            else translate("PlanPage", "no list price is given")
        )
        return PathStep("result-import", "", caption, "?", why, "unk")
    words = translate("PlanPage", "on a value of {price}; goods, freight and platform are not in it")
    of = words.format(price=amount(quote.price, quote.currency))
    if not quote.complete and quote.cost == 0:
        return PathStep(
            "result-import", "", caption, "?", translate("PlanPage", "the tax is not known"), "unk"
        )
    shown = f"{amount(quote.cost, quote.currency)} {quote.currency}"
    template = (
        translate("PlanPage", "{amount} tax")
        if quote.complete
        else translate("PlanPage", "at least {amount} tax")
    )
    return PathStep("result-import", "", caption, template.format(amount=shown), of, "result")


# ---------------------------------------------------------------------- what next
def next_rows(advice: Advice, language: Language) -> tuple[Sentence, ...]:
    """The steps to take, in order, each with the source of its fact."""
    return tuple(
        Sentence(
            f"next{i}",
            step.text[language],
            short_source(step.reading, language),
            str(i + 1),
            why=step.reading,
        )
        for i, step in enumerate(advice.next_steps)
    )


def short_source(reading: Reading | None, language: Language) -> str:
    """Publisher and date; empty for a value that was typed."""
    if reading is None or reading.typed:
        return ""
    source = reading.source
    dated = a_day(source.dated, language) if source.dated else a_date(source.read, language)
    return f"{source.publisher}, {dated}"


# ---------------------------------------------------------------------- from price to net
def part_names() -> dict[str, str]:
    """The parts of the price in words."""
    return {
        "goods": translate("PlanPage", "Goods, packing"),
        "platform": translate("PlanPage", "Platform"),
        "freight": translate("PlanPage", "Freight"),
        "duty": translate("PlanPage", "Duty"),
        "vat": translate("PlanPage", "VAT, GST"),
        "payment": translate("PlanPage", "Payment"),
        "returns": translate("PlanPage", "Returns"),
        "ads": translate("PlanPage", "Advertising"),
    }


def waterfall(quote: Quote | None, language: Language) -> WaterfallData:
    """From the list price to what is left, one step a part; empty without a price."""
    if quote is None or quote.price <= 0:
        return WaterfallData()
    names = part_names()
    price = amount(quote.price, quote.currency)
    steps = [
        WaterfallStep(
            "price", translate("PlanPage", "List price"), "price", major(quote.price, quote.currency), price
        )
    ]
    steps += [step for part in PARTS if (step := _part_step(quote, part, names[part], language)) is not None]
    name = translate("PlanPage", "Net margin") if quote.complete else translate("PlanPage", "Net, at most")
    net = amount(quote.net, quote.currency)
    steps.append(
        WaterfallStep("net", name, "net", major(quote.net, quote.currency), net, percent(quote.percent))
    )
    return WaterfallData(tuple(steps))


def _part_step(quote: Quote, part: str, name: str, language: Language) -> WaterfallStep | None:
    lines = [line for line in quote.seller_lines if line.series == part]
    units, known = quote.of_series(part)
    if not lines or (known and units == 0):
        return None
    detail = ("，" if language == "zh" else ", ").join(line.label[language] for line in lines)
    if not known and units == 0:
        return WaterfallStep(part, name, part, None, "?", detail)
    shown = f"{MINUS if units > 0 else '+'}{amount(abs(units), quote.currency)}"
    if not known:
        shown = translate("PlanPage", "{amount} and ?").format(amount=shown)
    return WaterfallStep(part, name, part, major(units, quote.currency), shown, detail)


def waterfall_title(quote: Quote | None) -> str:
    """From 24.90 to 7.58, USD."""
    if quote is None or quote.price <= 0:
        return translate("PlanPage", "From price to margin")
    template = (
        translate("PlanPage", "From {price} to {net}, {currency}")
        if quote.complete
        else translate("PlanPage", "From {price} to at most {net}, {currency}")
    )
    return template.format(
        price=amount(quote.price, quote.currency),
        net=amount(quote.net, quote.currency),
        currency=quote.currency,
    )


def tax_lines(quote: Quote | None, language: Language) -> tuple[LineRow, ...]:
    """The taxes of an import line by line, then together."""
    if quote is None:
        return ()
    rows = [_tax_line(line, language) for line in quote.lines]
    total = amount(quote.cost, quote.currency)
    name = (
        translate("PlanPage", "Together") if quote.complete else translate("PlanPage", "Together, at least")
    )
    return (*rows, LineRow("total", name, "", total, True, True))


def _tax_line(line: Line, language: Language) -> LineRow:
    if line.amount is None:
        why = line.unknown.why[language] if line.unknown is not None else translate("PlanPage", "cannot say")
        return LineRow(line.id, line.label[language], why, "?", False)
    return LineRow(
        line.id, line.label[language], line.calculation[language], amount(line.amount, line.currency), True
    )


# ---------------------------------------------------------------------- not known
class Gap(Struct, frozen=True):
    """Something that is not known, was counted with our default, or is not counted; of what it is one.

    `of` is export or import (a line of the plan's quote), plan (an option that the plan follows), own (a value that the
    user typed and the rules do not take), or other. One of
    `unknown`, `default` and `left_out` is there; none of them where the list price is missing.
    """

    of: str
    unknown: Unknown | None = None
    default: Datum | None = None
    left_out: Text | None = None


def gaps(advice: Advice, case: Case, questions: Questions) -> tuple[Gap, ...]:
    """What is not known of the chosen path; then our defaults; then what no line stands for; then other options."""
    outward, inward = export_quote(advice, case), import_quote(advice, case)
    found: dict[str, Gap] = {}

    def add(unknowns: Iterable[Unknown], of: str) -> None:
        for unknown in unknowns:
            found.setdefault(unknown.why.en, Gap(of, unknown))

    if case.given("list_price") is None and "list_price" in {each.name for each in questions.items}:
        found["no price"] = Gap("plan")
    add(outward.unknown if outward else (), EXPORT)
    add(inward.unknown if inward else (), IMPORT)
    followed = (
        market(advice),
        platform(advice, case),
        service(advice, case),
        mode(advice, case),
        city(advice, case),
    )
    for option in followed:
        add(option.unknown if option else (), "plan")
    add((unknown for unknown in advice.unknown if unknown.what == NOT_APPLIED), "own")
    for datum in advice.defaults:
        found[f"default {datum.label.en}"] = Gap("plan", default=datum)
    for text in dict.fromkeys(text for quote in (outward, inward) if quote for text in quote.left_out):
        found[f"left out {text.en}"] = Gap("plan", left_out=text)
    add(advice.unknown, "other")
    return tuple(found.values())


def unknown_rows(
    advice: Advice, case: Case, questions: Questions, book: RuleBook, language: Language
) -> tuple[Sentence, ...]:
    """What is not known, with what it means for the plan."""
    remarks = {
        EXPORT: _at_most(export_quote(advice, case)),
        IMPORT: _at_least(import_quote(advice, case)),
        "plan": translate("PlanPage", "in this plan"),
        "own": "",
        "other": translate("PlanPage", "of another option"),
    }
    open_answers = _left_out_questions(book)
    rows = []
    for gap in gaps(advice, case, questions):
        if gap.unknown is not None:
            rows.append(_unknown_row(gap.unknown, remarks[gap.of], questions, language))
        elif gap.default is not None:
            rows.append(_default_row(gap.default, questions, language))
        elif gap.left_out is not None:
            rows.append(_left_out_row(gap.left_out, open_answers.get(gap.left_out.en, ""), language))
        else:
            rows.append(_no_price_row(questions, language))
    return tuple(rows)


def _no_price_row(questions: Questions, language: Language) -> Sentence:
    """Without a price neither a margin nor a tax can be said."""
    text = translate("PlanPage", "{question}: not given").format(
        question=questions["list_price"].label[language]
    )
    remark = translate("PlanPage", "so neither margin nor tax can be said")
    return Sentence("no-price", text, remark, "question", question="list_price")


def _at_most(quote: Quote | None) -> str:
    """What an unknown line of the margin means."""
    if quote is None or quote.price <= 0:
        return translate("PlanPage", "in this plan")
    net = f"{amount(quote.net, quote.currency)} {quote.currency}"
    return translate("PlanPage", "so at most {net} is left").format(net=net)


def _at_least(quote: Quote | None) -> str:
    """What an unknown line of the tax means."""
    if quote is None or quote.complete or quote.cost == 0:
        return translate("PlanPage", "so the tax cannot be said")
    tax = f"{amount(quote.cost, quote.currency)} {quote.currency}"
    return translate("PlanPage", "so the tax is at least {tax}").format(tax=tax)


def _unknown_row(unknown: Unknown, remark: str, questions: Questions, language: Language) -> Sentence:
    """A gap; one that an answer would fill leads to its question."""
    question = unknown.what if any(each.name == unknown.what for each in questions.items) else ""
    text = as_sentence(unknown.why[language])
    return Sentence(f"unknown-{unknown.what}-{unknown.why.en}", text, remark, "question", question=question)


LEFT_OUT = {
    "advice.left-out.packing": "packing_cost",
    "advice.left-out.returns": "return_rate",
    "advice.left-out.ads": "advertising_share",
}
"""Costs without a line because they were not answered: the words that say so, and the question."""


def _left_out_questions(book: RuleBook) -> dict[str, str]:
    """Questions by the English wording that names what they leave out."""
    return {book.texts[key]["en"]: question for key, question in LEFT_OUT.items() if key in book.texts}


def _left_out_row(text: Text, question: str, language: Language) -> Sentence:
    """A cost that is not counted because it was not answered, or something that no quote counts."""
    remark = (
        translate("PlanPage", "not answered, so not counted: less may be left")
        if question
        else translate("PlanPage", "not counted")
    )
    return Sentence(f"left-{text.en}", as_sentence(text[language]), remark, "question", question=question)


def _default_row(datum: Datum, questions: Questions, language: Language) -> Sentence:
    """An answer that was not given, with what stands in its place; Enter leads to the question."""
    question = next((each for each in questions.items if each.label == datum.label), None)
    name = question.name if question else ""
    remark = translate("PlanPage", "our default, not yours")
    text = default_text(datum, questions)[language]
    return Sentence(f"default-{name or datum.label.en}", text, remark, "default", question=name)


def default_text(datum: Datum, questions: Questions) -> Text:
    """Pieces in an order: 1 piece."""
    question = next((each for each in questions.items if each.label == datum.label), None)
    choices = question.choices if question else ()
    # the engine gives the English name of a choice
    value = next((choice.name for choice in choices if choice.name.en == datum.value), both(datum.value))
    unit = Text(*(f" {shown}" if shown else "" for shown in (datum.unit.en, datum.unit.zh)))
    return Text(
        f"{datum.label.en}: {value.en}{unit.en}",
        f"{datum.label.zh}：{value.zh}{unit.zh}",
    )


def change_rows(advice: Advice, language: Language) -> tuple[Sentence, ...]:
    """What would change the advice."""
    return tuple(
        Sentence(f"change{i}", text[language], mark="dot") for i, text in enumerate(advice.stability)
    )


def warning_rows(advice: Advice, language: Language) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(f"warning{i}", as_sentence(text[language]), mark="triangle", tone="warn")
        for i, text in enumerate(dict.fromkeys(advice.warnings))
    )


# ---------------------------------------------------------------------- sources
def source_rows(advice: Advice, case: Case, today: date, language: Language) -> tuple[SourceRow, ...]:
    """Every source of the chosen quotes, of the reasons for what was chosen and of the next steps, oldest first."""
    by_source: dict[str, list[tuple[Reading, str]]] = {}
    for reading, subject in _behind(advice, case, language):
        if not reading.typed:
            by_source.setdefault(reading.source.key, []).append((reading, subject))
    rows = [_source_row(found, today, language) for found in by_source.values()]
    order = {row.key: by_source[row.key][0][0].source for row in rows}
    return tuple(sorted(rows, key=lambda row: (order[row.key].day, row.publisher)))


def _behind(advice: Advice, case: Case, language: Language) -> Iterable[tuple[Reading, str]]:
    names = part_names()
    for quote in (export_quote(advice, case), import_quote(advice, case)):
        for line in quote.lines if quote else ():
            for reading in line.readings:
                yield reading, names.get(line.series, line.label[language])
    shop_in = advice.import_platforms.first
    for option in (
        market(advice), platform(advice, case), service(advice, case), shop_in, mode(advice, case), city(advice, case),
    ):  # fmt: skip
        if option is not None:
            yield from _of_option(option, language)
    for step in advice.next_steps:
        if step.reading is not None:
            yield step.reading, translate("PlanPage", "next step")


def _of_option(option: Option, language: Language) -> Iterable[tuple[Reading, str]]:
    labels = {criterion.id: criterion.label[language] for criterion in option.criteria}
    if option.excluded is not None and option.excluded.reading is not None:
        yield option.excluded.reading, option.name[language]
    for reason in option.reasons:
        if reason.reading is not None:
            yield reason.reading, labels.get(reason.criterion, option.name[language])
    for criterion in option.criteria:
        for reading in criterion.readings:
            yield reading, criterion.label[language]


LEVELS = ("low", "medium", "high")


def _source_row(found: Sequence[tuple[Reading, str]], today: date, language: Language) -> SourceRow:
    source: Source = found[0][0].source
    readings = tuple({reading.id: reading for reading, _ in found}.values())
    subjects = tuple(dict.fromkeys(subject for _, subject in found))
    lowest = min((reading.value.confidence for reading in readings), key=LEVELS.index)
    dated = (
        a_day(source.dated, language)
        if source.dated
        else translate("PlanPage", "read {day}").format(day=a_date(source.read, language))
    )
    return SourceRow(
        key=source.key,
        publisher=source.publisher,
        title=source.title,
        day=dated,
        due=source.due(today),
        subject=("、" if language == "zh" else ", ").join(subjects),
        confidence=CONFIDENCE[lowest][language],
        weak=lowest == "low",
        readings=readings,
    )


def why_source(row: SourceRow) -> WhySubject:
    """All that the plan takes from a source; of a single fact, the fact itself."""
    if len(row.readings) == 1:
        return why_reading(row.readings[0])
    rows = tuple(why_reading(reading).rows[0] for reading in row.readings)
    name = f"{row.publisher}, {row.title}" if row.title else row.publisher
    return WhySubject(f"source-{row.key}", both(name), "", "", rows, focus=rows[0].key)


# ---------------------------------------------------------------------- why
def why_net(advice: Advice, case: Case, part: str = "") -> WhySubject | None:
    """The margin of the plan; `part` is a step of the waterfall."""
    option, place = platform(advice, case), market(advice)
    if option is None:
        return None
    quote = export_quote(advice, case)
    if quote is None:
        return why_option(option) if option.excluded is None else None
    focus = next(
        (line.id for line in quote.seller_lines if line.series == part), part if part == "price" else ""
    )
    return why_quote(option.id, net_title(option, place.name if place else None), quote, focus)


def why_tax(advice: Advice, case: Case, line: str = "") -> WhySubject | None:
    """The tax of the plan's import mode."""
    option, quote = mode(advice, case), import_quote(advice, case)
    if option is None or quote is None:
        return None
    return why_quote(option.id, tax_title(option), quote, "" if line == "total" else line)


def why_sentence(row: Sentence) -> WhySubject | None:
    """The fact behind a sentence, where there is one."""
    return why_reading(row.why) if row.why is not None else None


# ---------------------------------------------------------------------- as text
class PlanText(Struct, frozen=True):
    """Everything on the page, ready made; `text()` is what goes to the clipboard."""

    title: str
    lead: str
    paths: tuple[tuple[PathStep, ...], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def text(self) -> str:
        blocks = [self.title + (f"\n{self.lead}" if self.lead else "")]
        for path in self.paths:
            blocks.append("\n".join(_path_line(step) for step in path))
        blocks += [
            "\n".join((head, *(f"- {line}" for line in lines))) for head, lines in self.sections if lines
        ]
        return "\n\n".join(blocks) + "\n"


def _path_line(step: PathStep) -> str:
    return f"{step.caption}: {step.title}" + (f" ({step.detail})" if step.detail else "")


def plan_text(
    advice: Advice,
    case: Case,
    questions: Questions,
    book: RuleBook,
    today: date,
    language: Language,
    papers: Sequence[str] = (),
) -> str:
    """The whole plan as plain text, with the day of the rules and every source. `papers`: the checklist's lines."""
    quote = export_quote(advice, case)
    fall = waterfall(quote, language)
    taxes = tax_lines(import_quote(advice, case), language)
    title = translate("PlanPage", "Plan, rules as of {day}").format(day=a_date(advice.as_of, language))
    paths = (export_path(advice, case, questions, language), import_path(advice, case, questions, language))
    sources = source_rows(advice, case, today, language)
    due = translate("PlanPage", "past its review")
    sections = (
        (translate("PlanPage", "Warnings"), _lines(warning_rows(advice, language))),
        (translate("PlanPage", "What next"), _lines(next_rows(advice, language))),
        (translate("PlanPage", "Papers and registrations"), tuple(papers)),
        (waterfall_title(quote), tuple(f"{step.name}: {step.label}" for step in fall.steps)),
        (
            translate("PlanPage", "Tax on one order"),
            tuple(
                f"{row.name}: {row.value}"
                + (f" = {row.calculation}" if row.calculation and row.known else "")
                for row in taxes
            ),
        ),
        (
            translate("PlanPage", "Not known, and what it may cost"),
            _lines(unknown_rows(advice, case, questions, book, language)),
        ),
        (translate("PlanPage", "What would change it"), _lines(change_rows(advice, language))),
        (
            translate("PlanPage", "Sources behind this plan"),
            tuple(
                f"{source_line(row.readings[0].source, language)} ({row.subject}; {row.confidence}"
                + (f"; {due})" if row.due else ")")
                for row in sources
            ),
        ),
    )
    cautions = tuple(text[language] for text in book.used(today).cautions)
    title = "\n".join((title, *cautions))
    shown = tuple(path for path in paths if path)
    return PlanText(title, lead(advice, case, questions, language), shown, sections).text()


def _lines(rows: Sequence[Sentence]) -> tuple[str, ...]:
    return tuple(row.text + (f" ({row.remark})" if row.remark else "") for row in rows)
