"""The four calculators: what is typed, what the case gives, and the answer in words. No widget, and no rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import LanewiseError, OptionError
from desktop.core.facts import Reading
from desktop.core.money import decimals
from desktop.core.questions import Choice
from desktop.core.text import EMPTY, Language, Text, both
from desktop.engine.calculators import Calculation
from desktop.engine.requests import CALCULATORS
from desktop.store.pricelist import read_price_list
from desktop.viewmodels.calculator_forms import (
    FORMS,
    MONEY,
    RATE_OF_MONEY,
    SITE_MONEY,
    FormField,
    Lists,
    case_texts,
    default_of,
    own_currency,
)
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.why import WhyDatum, WhyRow, WhySubject, why_line
from desktop.viewmodels.wording import a_day, as_sentence, figure, number

CURRENCY = "currency"
"""The name under which the currency of a form is typed: it stands in the field of an amount."""

HEADINGS: Mapping[str, Text] = {
    "fees": Text("Platform fees on the order", "本单平台费用"),
    "freight": Text("Freight of the order", "本单运费"),
    "duty": Text("Duty, tax and fees at the border", "进口环节税费"),
    "import-tax": Text("Tax on the order", "本单进口税"),
}
OUTCOMES: Mapping[str, Mapping[str, Text]] = {
    "fees": {
        "charged": Text("Charged on this order", "按本单收取"),
        "unknown": Text("The fees of this site on this day were not found", "未查到该站点当日费用"),
    },
    "freight": {
        "priced": Text("Priced by the list", "按价目表计价"),
        "refused": Text("Refused: the service does not carry it", "拒收：该物流产品不承运"),
        "unknown": Text("No price was found", "没有找到价格"),
    },
    "duty": {
        "taxed": Text("Taxed", "征税"),
        "relieved": Text("Relieved: nothing is due", "免征：无需缴纳"),
        "refused": Text("Refused at the border", "不准入境"),
        "unknown": Text("The rules of the day do not say", "当日规则未说明"),
    },
    "import-tax": {
        "taxed": Text("Taxed", "征税"),
        "waived": Text("Waived: too small to be collected", "免征：税额低于起征点"),
        "refused": Text("Refused: not by this mode", "不准按此模式进口"),
        "general-trade": Text("Taxed in full, as general trade", "按一般贸易全额征税"),
        "unknown": Text("The rules of the day do not say", "当日规则未说明"),
    },
}
COLLECTORS: Mapping[str, Text] = {
    "marketplace": Text("the marketplace", "电商平台"),
    "seller": Text("the seller", "卖家"),
    "carrier": Text("the carrier", "承运人"),
    "post": Text("the post", "邮政"),
    "importer": Text("the importer", "进口商"),
    "none": Text("nobody", "无需征收"),
    "unknown": Text("not known", "未知"),
}
NOT_KNOWN = Text("not known", "未知")
AT_LEAST = Text("at least", "至少")
LEFT_OUT = Text("unknown lines left out", "不含未知项")
TOTAL = Text("Total", "合计")
COLUMNS = (Text("Line", "项目"), Text("Data", "数据"), Text("Calculation", "计算"), Text("Amount", "金额"))
SOURCE = Text("Source", "来源")
FLAG = re.compile(r"--([a-z][a-z-]*)")


class Answer(Struct, frozen=True):
    """What a calculator shows. Without `subject` there is nothing yet: `needed` names the inputs that are missing.

    `stale`: an input cannot be read, so this is the answer to the inputs before it.
    """

    heading: Text = EMPTY
    total: str = ""
    currency: str = ""
    outcome: Text = EMPTY
    known: bool = True
    complete: bool = True
    extras: tuple[tuple[Text, Text], ...] = ()
    subject: WhySubject | None = None
    unknown: tuple[Text, ...] = ()
    mind: tuple[Text, ...] = ()
    needed: tuple[Text, ...] = ()
    stale: bool = False
    fault: Text = EMPTY
    cautions: tuple[Text, ...] = ()
    """What must be said of the rules where the answer is taken out of the program."""

    @property
    def rows(self) -> tuple[WhyRow, ...]:
        return self.subject.rows if self.subject else ()

    def asked(self, key: str) -> WhySubject | None:
        """The explanation, opened on a line; on the whole for an empty key."""
        return replace(self.subject, focus=key) if self.subject else None

    def tsv(self, language: Language) -> str:
        """The table as tab separated text, with the source of each line and the total."""
        head = [text[language] for text in (*COLUMNS, SOURCE)]
        if self.currency:
            head[3] += f", {self.currency}" if language == "en" else f"（{self.currency}）"
        lines = [head]
        total = (self.subject.total,) if self.subject and self.subject.total else ()
        for row in (*self.rows, *total):
            data = "; ".join(datum.value[language] for datum in row.data)
            sources = "; ".join(source_text(datum, language) for datum in row.data if datum.reading)
            lines.append([row.name[language], data, row.calculation[language], row.value, sources])
        lines += [[text[language]] for text in self.cautions]
        return "\n".join("\t".join(line) for line in lines)


def source_text(datum: WhyDatum, language: Language) -> str:
    """Date and publisher of the fact behind an input: since 14 Feb 2025 · eBay. Empty where no fact is behind it."""
    reading = datum.reading
    if not isinstance(reading, Reading) or reading.typed:
        return ""
    start = a_day(reading.value.start, language)
    when = {
        ("en", False): f"since {start}",
        ("en", True): f"seen {start}",
        ("zh", False): f"自 {start}",
        ("zh", True): f"{start} 查见",
    }[language, reading.value.observed]
    return f"{when} · {reading.source.publisher}"


class _Chosen(Mapping[str, str]):
    """What is chosen in the other inputs of a form, looked up when it is asked for."""

    def __init__(self, calculator: Calculator) -> None:
        self._calculator = calculator

    def __getitem__(self, name: str) -> str:
        return self._calculator.text(name)

    def __iter__(self) -> Iterator[str]:
        return (field.name for field in self._calculator.fields)

    def __len__(self) -> int:
        return len(self._calculator.fields)


class Calculator(QObject):
    """One calculator and its form. Keeps what was typed as long as the program runs; never writes into the case.

    Signals: `formChanged()` when values, marks, choices or faults of the form changed; `answered(Answer)` once a burst.
    """

    formChanged = Signal()
    answered = Signal(object)

    def __init__(self, form: str, model: CaseModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.form, self.model = form, model
        self.fields: tuple[FormField, ...] = FORMS[form]
        self.lists = Lists(model.view, model.questions)
        self.price_list: tuple[dict[str, str], ...] | None = None
        self.price_list_name = ""
        self.price_list_fault: Text = EMPTY
        self.answer = Answer()
        self._by_name = {field.name: field for field in self.fields}
        self._typed: dict[str, str] = {}
        self._case = case_texts(form, model.case, model.questions)
        self._live = False
        self._due = True
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(0)
        self._burst.timeout.connect(self.compute)
        model.changed.connect(self._on_case)

    # ------------------------------------------------------------------ reading the form
    def field(self, name: str) -> FormField:
        return self._by_name[name]

    def shown(self, name: str) -> bool:
        """Whether an input means something with what else is chosen."""
        field = self._by_name[name]
        if field.unit == RATE_OF_MONEY:
            return own_currency(self.form, self.lists.view, _Chosen(self)) != self.text(CURRENCY)
        return field.only is None or self.text(field.only[0]) in field.only[1]

    def text(self, name: str) -> str:
        """What counts: as typed, else from the case, else the default."""
        return self._found(name)[0]

    def mark(self, name: str) -> str:
        """Where it comes from: typed, case, default, rules for a rate that is not typed, or empty."""
        return self._found(name)[1]

    def is_typed(self, name: str) -> bool:
        return name in self._typed

    @property
    def any_typed(self) -> bool:
        return bool(self._typed) or self.price_list is not None

    def typed_outside_main(self) -> bool:
        """Whether one of the folded inputs was typed."""
        return any(field.place != "main" and self._typed.get(field.name) for field in self.fields)

    def ids(self, name: str) -> tuple[str, ...]:
        """What may be chosen."""
        return self.lists.ids(self.form, name, _Chosen(self), self.price_list)

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The same with names."""
        return self.lists.choices(self.form, name, self.ids(name))

    def _found(self, name: str) -> tuple[str, str]:
        field = self._by_name.get(name)
        ids = self.ids(name) if field is not None and field.kind == "choice" else None
        for texts, mark in ((self._typed, "typed"), (self._case, "case")):
            if name in texts and (ids is None or texts[name] in ids):
                if texts[name] or field is None or ids is not None:
                    return texts[name], mark
                break  # emptied: the case counts no more, the default does
        if name == CURRENCY:
            return own_currency(self.form, self.lists.view, _Chosen(self)), "default"
        default = default_of(self.form, name, ids or ())
        if default:
            return default, "default"
        return "", "rules" if field is not None and field.place == "own" else ""

    def default(self, name: str) -> str:
        """What counts while an input is empty."""
        field = self._by_name[name]
        return "" if field.kind == "choice" else default_of(self.form, name, ())

    def unit(self, name: str) -> str:
        """The unit as printed."""
        unit = self._by_name[name].unit
        if unit == MONEY:
            return self.text(CURRENCY)
        if unit in (SITE_MONEY, RATE_OF_MONEY):
            own = own_currency(self.form, self.lists.view, _Chosen(self))
            return own if unit == SITE_MONEY else f"{own}/{self.text(CURRENCY)}"
        return unit

    def fault(self, name: str) -> Text:
        """Why what stands in an input cannot be counted with, in one sentence; empty where it can."""
        field, text = self._by_name[name], self.text(name)
        if not text or field.kind in ("choice", "flag"):
            return EMPTY
        try:
            field.read(text)
        except OptionError as error:
            return error.text
        return EMPTY

    # ------------------------------------------------------------------ writing
    def set(self, name: str, text: str) -> None:
        """What the user typed or chose; empty takes it away."""
        if self._typed.get(name) != text:
            self._typed[name] = text
            self._changed()

    def clear(self) -> None:
        """Back to the case and the defaults."""
        self._typed.clear()
        self.price_list, self.price_list_name, self.price_list_fault = None, "", EMPTY
        self._changed()

    def use_price_list(self, path: Path) -> bool:
        """Prices of one's own in place of the rules'. Of a file that cannot be used only the reason is kept."""
        try:
            rows = read_price_list(path)
        except LanewiseError as error:
            self.price_list_fault = error.text
            self.formChanged.emit()
            return False
        self.price_list, self.price_list_name, self.price_list_fault = rows, path.name, EMPTY
        self._changed()
        return True

    def drop_price_list(self) -> None:
        """Let the prices of the rules count again."""
        self.price_list, self.price_list_name, self.price_list_fault = None, "", EMPTY
        self._changed()

    def _on_case(self, _name: str) -> None:
        """Answers, day or values of one's own changed in the case."""
        self.lists = Lists(self.model.view, self.model.questions)
        self._case = case_texts(self.form, self.model.case, self.model.questions)
        self._changed()

    def _changed(self) -> None:
        self._due = True
        self.formChanged.emit()
        if self._live:
            self._burst.start()

    # ------------------------------------------------------------------ the answer
    def set_live(self, live: bool) -> None:
        """Whether somebody looks: only then is computed."""
        self._live = live
        if live and self._due:
            self.compute()

    def compute(self) -> None:
        """The answer to what stands in the form now."""
        self._burst.stop()
        self._due = False
        self.answer = self._answer()
        self.answered.emit(self.answer)

    def _answer(self) -> Answer:
        given, marks = {}, {}
        needed = []
        for field in self.fields:
            text, mark = self._found(field.name)
            if not self.shown(field.name):
                continue
            if not text:
                needed += [field.label] if field.needed else []
                continue
            try:
                given[field.name] = bool(text) if field.kind == "flag" else field.read(text)
            except OptionError as error:
                said = Text(f"{field.label.en}: {error.text.en}", f"{field.label.zh}：{error.text.zh}")
                return replace(self.answer, stale=True, fault=said)
            marks[field.name] = mark
        if needed:
            return Answer(heading=HEADINGS[self.form], needed=tuple(needed))
        given |= {CURRENCY: self.text(CURRENCY), "price_list": self.price_list}
        try:
            found = CALCULATORS[self.form](given, self.model.view, marks)  # type: ignore[arg-type]
        except LanewiseError as error:
            return replace(self.answer, stale=True, fault=error.text)
        cautions = self.model.book.used(self.model.today).cautions
        return replace(answer_of(self.form, found, self._title()), cautions=cautions)

    def _title(self) -> Text:
        """What the answer is about: Fees, Amazon, United States."""
        parts = [HEADINGS[self.form]]
        for name in ("platform", "marketplace", "service", "to", "mode"):
            field = self._by_name.get(name)
            if field is not None and field.needed:
                parts.append(self.lists.choices(self.form, name, (self.text(name),))[0].name)
        return Text(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


# ---------------------------------------------------------------------- in words
def answer_of(form: str, found: Calculation, title: Text) -> Answer:
    """A calculation as it is shown."""
    total, currency = found.total, found.currency
    shown = "" if total is None else figure(total, decimals(currency))
    name = TOTAL if found.complete or total is None else Text("Total, at least", "合计（至少）")
    row = WhyRow("total", name, (), EMPTY, shown or "?", strong=True, unknown=total is None)
    rows = tuple(why_line(line) for line in found.lines)
    return Answer(
        heading=HEADINGS[form],
        total=shown,
        currency=currency,
        outcome=OUTCOMES[form].get(found.outcome) or both(found.outcome),
        known=total is not None,
        complete=found.complete,
        extras=extras_of(found),
        subject=WhySubject(form, title, shown or "?", currency, rows, row if rows else None),
        unknown=distinct_sentences(unknown.why for unknown in found.unknown),
        mind=distinct_sentences(found.warnings),
    )


def distinct_sentences(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Sentences, each once; a flag of the command line is called by the name of its input."""
    found = (Text(as_sentence(_named(text.en, "en")), _named(text.zh, "zh")) for text in texts)
    return tuple(dict.fromkeys(found))


def _named(text: str, language: Language) -> str:
    def name(match: re.Match[str]) -> str:
        flag = match[1].replace("-", "_")
        label = next((f.label[language] for form in FORMS.values() for f in form if f.name == flag), None)
        return match[0] if label is None else f"“{label}”"

    return FLAG.sub(name, text)


def extras_of(found: Calculation) -> tuple[tuple[Text, Text], ...]:
    """The further figures, by name, those that are known."""
    extras, rows = found.extras, []
    for key, name in (
        ("chargeable_weight_g", Text("Chargeable weight", "计费重")),
        ("volumetric_weight_g", Text("Volumetric weight", "体积重")),
    ):
        if (grams := extras.get(key)) is not None:
            shown = number(Decimal(grams))
            rows.append((name, Text(f"{shown} g", f"{shown} 克")))
    low, high = extras.get("days_min"), extras.get("days_max")
    if low is not None and high is not None:
        span = low if low == high else f"{low}–{high}"
        rows.append((Text("Days", "时效"), Text(span, f"{span} 天")))
    if (customs := extras.get("customs_value")) is not None:
        shown = figure(Decimal(customs), decimals(found.currency))
        rows.append((Text("Customs value", "完税价格"), both(f"{shown} {found.currency}")))
    if (collector := extras.get("collected_by")) is not None:
        rows.append((Text("Collected by", "征收方"), COLLECTORS.get(collector) or both(collector)))
    if (rate := extras.get("composite_rate")) is not None:
        rows.append((Text("Composite rate", "综合税率"), both(f"{number(Decimal(rate))}%")))
    return tuple(rows)
