"""A sheet or a report as HTML that needs nothing else: no script, nothing that is loaded, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from msgspec.structs import replace

from desktop.core.text import EMPTY, Text
from desktop.core.words import said_day
from desktop.reports.sheet import words
from desktop.reports.sheet.ink import INK, SERIES
from desktop.reports.sheet.model import (
    Bar,
    Chart,
    FigureTable,
    Item,
    OptionTable,
    Report,
    ReportOption,
    Sheet,
    SourceLine,
    Tongue,
)
from desktop.reports.sheet.qr import code_of, code_text

STYLE = f"""
:root {{ color-scheme: light; }}
body {{ margin: 0 auto; padding: 24px; max-width: 60rem; color: {INK["text"]}; background: {INK["surface"]};
  font: 15px/1.5 "Lanewise Sans", Inter, "Segoe UI", system-ui, "Lanewise Sans SC", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; }}
h1 {{ font-size: 28px; line-height: 1.25; margin: 0; }}
h2 {{ font-size: 17px; margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 1px solid {INK["line2"]}; }}
h3 {{ font-size: 15px; margin: 24px 0 4px; }}
.other {{ color: {INK["text2"]}; font-weight: 400; }}
p .other, li .other, td .other, th .other, dd .other {{ margin-left: .35em; }}
header {{ display: flex; gap: 24px; justify-content: space-between; align-items: flex-start; }}
.qr {{ flex: none; width: 120px; height: 120px; }}
.lead {{ background: {INK["tint"]}; border-left: 4px solid {INK["accent"]}; padding: 12px 20px; margin: 20px 0; }}
.lead strong {{ font-size: 19px; }}
.small {{ color: {INK["text2"]}; font-size: 13px; }}
.warn {{ color: {INK["warn"]}; }}
.day {{ background: {INK["warnbg"]}; color: {INK["warn"]}; font-weight: 600; padding: 4px 12px; display: inline-block; }}
table {{ border-collapse: collapse; width: 100%; margin: 4px 0 12px; }}
caption {{ text-align: left; color: {INK["text2"]}; font-size: 13px; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-bottom: 1px solid {INK["line"]};
  font-weight: 400; overflow-wrap: anywhere; }}
thead th {{ color: {INK["text3"]}; font-size: 13px; font-weight: 600; }}
.n {{ text-align: right; white-space: nowrap; padding-right: 0; }}
.sum > * {{ font-weight: 600; border-top: 2px solid {INK["text"]}; }}
.first > * {{ font-weight: 600; }}
.unknown {{ color: {INK["unk"]}; }}
cite {{ font-style: normal; font-size: 13px; color: {INK["acctext"]}; }}
svg {{ display: block; width: 100%; height: auto; }}
.swatch {{ display: inline-block; width: .8em; height: .8em; margin-right: .35em; }}
.legend span + .name {{ margin-right: 1em; }}
footer {{ margin-top: 32px; border-top: 1px solid {INK["line2"]}; padding-top: 8px; }}
.write {{ display: inline-block; min-width: 12em; border-bottom: 1px dotted {INK["text3"]}; }}
@media print {{
  body {{ padding: 0; font-size: 11px; }}
  thead {{ display: table-header-group; }}
  tr {{ break-inside: avoid; }}
}}
"""
CODES = {"en": "en", "zh": "zh-Hans"}
BAR, ROW, SPAN, QUESTION = 22, 30, 1000, 20


def html_of(content: Sheet | Report, tongue: Tongue) -> str:
    """The whole page."""
    writer = _Html(tongue)
    return writer.sheet(content) if isinstance(content, Sheet) else writer.report(content)


class _Html:
    def __init__(self, tongue: Tongue) -> None:
        self.main = "zh" if tongue == "zh" else "en"
        self.two, self.tongue = tongue == "both", tongue

    # ------------------------------------------------------------------ words
    def one(self, text: Text) -> str:
        return escape(text[self.main])

    def say(self, text: Text) -> str:
        """A text in the language of the page, and the other one marked as such."""
        said = self.one(text)
        if self.two and text.zh != text.en:
            said += f' <span class="other" lang="zh-Hans">{escape(text.zh)}</span>'
        return said

    def plain(self, text: Text) -> str:
        both = self.two and text.zh != text.en
        return f"{text.en} {text.zh}" if both else text[self.main]

    def _cites(self, cites: Sequence[int]) -> str:
        links = ", ".join(f'<a href="#s{number}">{number}</a>' for number in cites)
        return f" <cite>[{links}]</cite>" if cites else ""

    # ------------------------------------------------------------------ the page
    def _page(self, sheet: Sheet, kind: Text, body: Iterable[str]) -> str:
        title = escape(f"{self.plain(sheet.product)} — {kind[self.main]}, Lanewise")
        return (
            f'<!DOCTYPE html>\n<html lang="{CODES[self.main]}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="generator" content="Lanewise">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            + "\n".join(body)
            + "\n</body>\n</html>\n"
        )

    def sheet(self, sheet: Sheet) -> str:
        body = [*self._begin(sheet), *self._middle(sheet), *self._end(sheet, sheet.sources)]
        return self._page(sheet, words.SHEET_TITLE, body)

    def report(self, report: Report) -> str:
        sheet = report.sheet
        # the papers follow whole, so their names alone would say them twice
        body = [*self._begin(sheet), *self._middle(replace(sheet, papers=()))]
        rows = [
            f'<tr><th scope="row">{self.say(a)}</th><td>{self.say(b)}</td></tr>' for a, b in report.answers
        ]
        if rows:
            body.append(self._section(words.ANSWERS, self._table((words.QUESTION, words.ANSWER), rows)))
        for ranking in report.rankings:
            options = "".join(self._option(option) for option in ranking.options)
            body.append(self._section(ranking.title, options))
        body.append(self._items(words.PAPERS, report.papers))
        body.append(self._items(words.DOUBTS, report.doubts))
        rows = [
            f'<tr><th scope="row">{self.say(a)}</th><td>{self.say(b)}</td></tr>' for a, b in report.coverage
        ]
        if rows:
            body.append(self._section(words.COVERAGE, self._table((words.SUBJECT, words.COVERAGE), rows)))
        return self._page(sheet, words.REPORT, [*body, *self._end(sheet, report.sources)])

    def _begin(self, sheet: Sheet) -> list[str]:
        rules = words.RULES_AS_OF.format(day=said_day(sheet.as_of))
        made = sheet.about.made
        dated = f"{self.one(said_day(made))} · " if made else ""
        head = [f"<h1>{self.say(sheet.product)}</h1>"]
        if sheet.facts:
            head.append(f'<p class="small">{self.say(sheet.facts)}</p>')
        head.append(f'<p class="small">{dated}{self.say(rules)}</p>')
        if sheet.about.client:
            head.append(f"<p>{self.say(words.FOR)} <strong>{escape(sheet.about.client)}</strong></p>")
        if sheet.other_day:
            banner = words.OTHER_DAY_BANNER.format(day=said_day(sheet.as_of))
            head.append(f'<p class="day" role="note">{self.say(banner)}</p>')
        if sheet.customer:
            head.append(f'<p class="small">{self.say(words.CUSTOMER)}</p>')
        leads = "".join(f"<p><strong>{self.say(text)}</strong></p>" for text in sheet.leads)
        holds = "".join(f"<p>{self.say(text)}</p>" for text in sheet.holds)
        begin = f"<header><div>{''.join(head)}</div>{self._code(sheet)}</header>\n<main>"
        return [begin, f'<div class="lead">{leads}{holds}</div>' if leads or holds else ""]

    def _middle(self, sheet: Sheet) -> list[str]:
        return [
            *(self._chart(chart) for chart in sheet.charts),
            *(self._figures(table) for table in sheet.figures),
            *(self._options(table) for table in sheet.options),
            self._items(words.WHAT_NEXT, sheet.next_steps, ordered=True),
            self._items(words.PAPERS, sheet.papers),
            self._items(words.NOT_KNOWN, sheet.unknown),
            self._items(words.MIND, sheet.warnings),
        ]

    def _end(self, sheet: Sheet, sources: Sequence[SourceLine]) -> list[str]:
        about = sheet.about
        said = [sheet.oldest, about.rules]
        if about.made:
            said.append(words.MADE.format(day=said_day(about.made), version=about.program))
        small = "".join(f'<p class="small">{self.say(text)}</p>' for text in (*said, words.HELP_ONLY) if text)
        lines = "".join(
            f'<p>{self.say(label)} <span class="write">{escape(value)}</span></p>'
            for label, value in (
                (words.CALCULATED, about.adviser),
                (words.FOLLOW_UP, ""),
                (words.SIGNATURE, ""),
            )
        )
        tone = ' class="warn"' if sheet.other_day else ""
        valid = f"<p{tone}><strong>{self.say(sheet.validity)}</strong></p>"
        marked = "".join(f'<p class="warn"><strong>{self.say(text)}</strong></p>' for text in sheet.cautions)
        return [self._sources(sources), f"</main>\n<footer>{valid}{marked}{small}{lines}</footer>"]

    def _section(self, title: Text, content: str) -> str:
        return f"<section><h2>{self.say(title)}</h2>{content}</section>"

    def _table(
        self, heads: Sequence[Text], rows: Sequence[str], caption: str = "", numbers: Sequence[int] = ()
    ) -> str:
        cells = "".join(
            f'<th scope="col"{" class=n" if k in numbers else ""}>{self.say(head)}</th>'
            for k, head in enumerate(heads)
        ).replace("class=n", 'class="n"')
        said = f"<caption>{caption}</caption>" if caption else ""
        return f"<table>{said}<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    # ------------------------------------------------------------------ pictures
    def _code(self, sheet: Sheet) -> str:
        text = code_text(sheet.summary, self.tongue)
        rows = code_of(text).rows
        size = len(rows) + 8
        path = "".join(
            f"M{k + 4} {i + 4}h1v1h-1z" for i, row in enumerate(rows) for k, dark in enumerate(row) if dark
        )
        return (
            (
                f'<svg class="qr" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges">'
                f"<title>{escape(self.plain(words.CODE_SAYS))}</title><desc>{escape(text)}</desc>"
                f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="{INK["text"]}"/></svg>'
            )
            .replace("<span", "<tspan")
            .replace("</span>", "</tspan>")
        )

    def _chart(self, chart: Chart) -> str:
        """The bars as a picture, and the same figures as a table."""
        parts: dict[str, Text] = {}
        for bar in chart.bars:
            for part in bar.parts:
                parts.setdefault(part.series, part.name)
        keys = sorted(parts, key=list(SERIES).index)
        legend = "".join(
            f'<span class="swatch" style="background:{SERIES[key][0]}"></span>'
            f'<span class="name">{self.say(parts[key])}</span>'
            for key in keys
        )
        drawn = [bar for bar in chart.bars if bar.parts]
        picture = self._bars(chart, drawn) if drawn and chart.span > 0 else ""
        heads = (
            words.RANK,
            words.OPTION,
            *(parts[key] for key in keys if key != "net"),
            words.LEFT_HEAD,
            words.SHARE,
        )
        rows = [self._bar_row(bar, [key for key in keys if key != "net"]) for bar in chart.bars]
        numbers = range(2, len(heads))
        table = self._table(heads, rows, escape(chart.currency), numbers)
        closed = "".join(
            f"<li><del>{self.say(each.name)}</del> {self.say(each.reason)}"
            + (
                f' <span class="small">{self.say(words.OPENS.format(what=each.opens))}</span>'
                if each.opens
                else ""
            )
            + "</li>"
            for each in chart.closed
        )
        legend = f'<p class="legend small" aria-hidden="true">{legend}</p>' if picture else ""
        return self._section(chart.title, legend + picture + table + (f"<ul>{closed}</ul>" if closed else ""))

    def _bars(self, chart: Chart, bars: Sequence[Bar]) -> str:
        shapes = [
            shape
            for k, bar in enumerate(bars)
            for shape in self._segments(chart, bar, k * ROW + (ROW - BAR) / 2)
        ]
        said = "; ".join(f"{bar.name[self.main]} {bar.figure}" for bar in bars)
        return (
            f'<svg viewBox="0 0 {SPAN} {len(bars) * ROW}" role="img" font-size="13" text-anchor="middle">'
            f"<title>{self.one(chart.title)}</title><desc>{escape(said)}</desc>{''.join(shapes)}</svg>"
        )

    @staticmethod
    def _segments(chart: Chart, bar: Bar, y: float) -> Iterable[str]:
        """The parts of one bar as shapes; a question mark where something of it is not known."""
        at, scale = 0.0, (SPAN - QUESTION) / chart.span
        unknown = any(part.units is None or part.label.startswith("≥") for part in bar.parts)
        costs = [(part, (part.units or 0) * scale) for part in bar.parts if part.series != "net"]
        left = [(part, (part.units or 0) * scale) for part in bar.parts if part.series == "net"]
        for part, width in (*costs, *left):
            if part.series == "net" and unknown:
                yield _box(at, y, QUESTION - 2, INK["unkbg"])
                yield _label(at + QUESTION / 2 - 1, y, INK["unk"], "?")
                at, width = at + QUESTION, width - QUESTION
            if width <= 0:
                continue
            ground, ink = SERIES[part.series]
            yield _box(at, y, max(width - 2, 0.5), ground)
            if width > 9 * len(part.label) + 6:
                yield _label(at + width / 2 - 1, y, ink, part.label)
            at += width

    def _bar_row(self, bar: Bar, keys: Sequence[str]) -> str:
        labels: dict[str, list[str]] = {}
        for part in bar.parts:
            labels.setdefault(part.series, []).append(part.label)
        cells = "".join(f'<td class="n">{escape(" + ".join(labels.get(key, ())))}</td>' for key in keys)
        first = ' class="first"' if bar.first else ""
        note = f' <span class="small">{self.say(bar.note)}</span>' if bar.note else ""
        return (
            f'<tr{first}><td>{escape(bar.rank)}</td><th scope="row">{self.say(bar.name)}{note}</th>{cells}'
            f'<td class="n">{escape(bar.figure)}</td><td class="n">{escape(bar.share)}</td></tr>'
        )

    # ------------------------------------------------------------------ tables and lists
    def _figures(self, table: FigureTable) -> str:
        rows, marks = [], set()
        for row in table.rows:
            signs = "".join(sign for sign, there in (("*", row.by_default), ("†", row.typed)) if there)
            marks.update(signs)
            kind = ' class="sum"' if row.strong else ' class="unknown"' if row.value == "?" else ""
            rows.append(
                f'<tr{kind}><th scope="row">{self.say(row.name)} {signs}{self._cites(row.cites)}</th>'
                f'<td class="small">{self.say(row.calculation)}</td><td class="n">{escape(row.value)}</td></tr>'
            )
        told = "".join(
            f'<p class="small">{self.say(text)}</p>'
            for sign, text in (("*", words.DEFAULT_MARK), ("†", words.TYPED_MARK))
            if sign in marks
        )
        heads = (words.LINE, words.CALCULATION, words.VALUE)
        return self._section(table.title, self._table(heads, rows, numbers=(2,)) + told)

    def _options(self, table: OptionTable) -> str:
        rows = []
        for row in table.rows:
            name = f"<del>{self.say(row.name)}</del>" if row.closed else self.say(row.name)
            first = ' class="first"' if row.first else ""
            rows.append(
                f'<tr{first}><td>{escape(row.rank)}</td><th scope="row">{name}</th><td>{self.say(row.middle)}</td>'
                f'<td class="n">{self.say(row.value)}</td></tr>'
            )
        heads = (words.RANK, words.OPTION, words.DAYS_OR_WHY, words.COST)
        return self._section(table.title, self._table(heads, rows, numbers=(3,)))

    def _items(self, title: Text, items: Sequence[Item], ordered: bool = False) -> str:
        if not items:
            return ""
        tag = "ol" if ordered else "ul"
        return self._section(title, f"<{tag}>{''.join(self._item(item) for item in items)}</{tag}>")

    def _item(self, item: Item) -> str:
        remark = f' <span class="small">({self.say(item.remark)})</span>' if item.remark else ""
        return f"<li>{self.say(item.text)}{remark}{self._cites(item.cites)}</li>"

    def _option(self, option: ReportOption) -> str:
        name = f"<del>{self.say(option.name)}</del>" if option.closed else self.say(option.name)
        said = [f"{escape(option.rank)} " if option.rank else "", name]
        if option.closed:
            said.append(f' <span class="small">{self.say(words.CLOSED)}</span>')
        if option.score:
            said.append(f' <span class="small">{self.say(words.SCORE.format(score=option.score))}</span>')
        if option.figure:
            said.append(f" · {self.say(option.figure)}")
        parts = [f"<h3>{''.join(said)}</h3>"]
        if option.said:
            parts.append(f"<ul>{''.join(self._item(item) for item in option.said)}</ul>")
        if option.criteria and not option.closed:
            rows = [
                f'<tr><th scope="row">{self.say(label)}</th><td class="n">{escape(score)}</td>'
                f'<td class="n">{escape(weight)}</td><td>{self.say(raw)}</td></tr>'
                for label, score, weight, raw in option.criteria
            ]
            heads = (words.CRITERION, words.SCORE_HEAD, words.WEIGHT, words.RAW)
            parts.append(self._table(heads, rows, numbers=(1, 2)))
        if option.lines:
            rows = [
                f'<tr{" class=sum" if line.strong else ""}><th scope="row">{self.say(line.name)}{self._cites(line.cites)}'
                f'</th><td class="small">{"<br>".join(self.say(datum) for datum in line.data)}</td>'
                f'<td class="small">{self.say(line.calculation)}</td><td class="n">{escape(line.value)}</td></tr>'
                for line in option.lines
            ]
            rows = [row.replace("<tr class=sum>", '<tr class="sum">') for row in rows]
            heads = (words.LINE, words.DATA, words.CALCULATION, words.VALUE)
            parts.append(self._table(heads, rows, numbers=(3,)))
        if option.left_out:
            parts.append(f'<p class="small">{self.say(option.left_out)}</p>')
        return "".join(parts)

    def _sources(self, sources: Sequence[SourceLine]) -> str:
        if not sources:
            return ""
        rows = []
        for source in sources:
            name = escape(", ".join(part for part in (source.publisher, source.title) if part))
            if source.url.startswith(("https://", "http://")):
                name = f'<a href="{escape(source.url)}" rel="noreferrer noopener">{name}</a>'
            due = f' <strong class="warn">{self.say(words.DUE)}</strong>' if source.due else ""
            rows.append(
                f'<tr id="s{source.number}"><td>{source.number}</td><th scope="row">{name}</th>'
                f"<td>{self.say(source.subject or EMPTY)}</td><td>{self.say(source.day)}{due}</td></tr>"
            )
        heads = (Text("#", "#"), words.SOURCE, words.SUBJECT, words.DAY)
        return self._section(words.SOURCES, self._table(heads, rows))


def _box(x: float, y: float, width: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{fill}"/>'


def _label(x: float, y: float, fill: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y + 15}" fill="{fill}">{escape(text)}</text>'
