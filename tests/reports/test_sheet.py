"""The sheet: one page whatever stands on it, the figures of the advice, words that are found, files that stay whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from sheet_papers import DAYS, EXAMPLES, REPORT_DAY, SECRET, TODAY, Bench, close, page_count, pages

from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.core.text import Text, both
from desktop.core.words import money_text
from desktop.reports.sheet import ink, words
from desktop.reports.sheet.markup import html_of
from desktop.reports.sheet.model import TONGUES, Closed, Item, OptionRow, Sheet, SourceLine, Tongue
from desktop.reports.sheet.one_page import fitting_room, one_page
from desktop.reports.sheet.page import PAGE, Para, Run, Style, paint_page
from desktop.reports.sheet.paper import pages_of, pdf_bytes, write_pdf
from desktop.reports.sheet.qr import MOST_BYTES, code_of, code_text
from desktop.viewmodels import plan
from desktop.views.design.tokens import LIGHT

KANGXI = re.compile("[\u2f00-\u2fdf]")
CHINESE = re.compile("[\u4e00-\u9fff]+")
LONG = Text(
    "An endless name of a thing that nobody would ever sell under it " * 12,
    "一件无人会以此出售的名称极长的商品" * 24,
)


@pytest.fixture(scope="module")
def bench(book: RuleBook) -> Bench:
    return Bench(book)


def texts_in(part: object) -> Iterator[Text]:
    """Every text of a content, however deep."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts_in(each)
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            yield from texts_in(getattr(part, name))


def picture(sheet: Sheet, tongue: Tongue, dpi: int = 200) -> QImage:
    image = QImage(round(8.27 * dpi), round(11.69 * dpi), QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    paint_page(painter, pages_of(sheet, tongue)[0], QRectF(image.rect()))
    painter.end()
    return image


def assert_on_the_page(sheet: Sheet, tongue: Tongue) -> None:
    """Nothing reaches over the edge or into the foot."""
    canvas = pages_of(sheet, tongue)[0]
    *body, (foot, _) = canvas.parts
    assert foot.bottom() <= PAGE.height()
    for rect, _ in body:
        assert rect.left() >= 0
        assert rect.right() <= PAGE.width()
        assert rect.bottom() <= foot.top() + 1, f"{rect} reaches into the foot at {foot.top()}"


# ---------------------------------------------------------------------- one page
@pytest.mark.parametrize("tongue", TONGUES)
def test_it_is_one_page_for_every_example_on_two_days(qapp: object, bench: Bench, tongue: Tongue) -> None:
    for name, worked in bench.all():
        for customer in (False, True):
            sheet = worked.sheet(customer)
            assert page_count(pdf_bytes(sheet, tongue)) == 1, name
            assert_on_the_page(sheet, tongue)


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_case_in_both_directions_is_one_page(qapp: object, bench: Bench, tongue: Tongue) -> None:
    sheet = bench.of("1-clothing", TODAY, "both").sheet()
    assert len(sheet.charts) == 2
    assert len(sheet.figures) == 2
    assert_on_the_page(sheet, tongue)


@pytest.mark.parametrize("tongue", TONGUES)
def test_hostile_long_texts_are_shortened_and_say_so(qapp: object, bench: Bench, tongue: Tongue) -> None:
    sheet = bench.of("1-clothing", TODAY, "both").sheet()
    chart = replace(
        sheet.charts[0],
        title=LONG,
        bars=tuple(replace(bar, name=LONG) for bar in sheet.charts[0].bars * 4),
        closed=(Closed(LONG, LONG, LONG),) * 9,
    )
    rows = tuple(replace(row, name=LONG, calculation=LONG) for row in sheet.figures[0].rows)
    hostile = replace(
        sheet,
        product=LONG,
        facts=LONG,
        about=replace(sheet.about, client=LONG.en[:80], adviser=LONG.zh[:80]),
        leads=(LONG, LONG),
        holds=(LONG, LONG),
        charts=(chart, chart),
        figures=(replace(sheet.figures[0], title=LONG, rows=rows, short=rows),) * 2,
        options=(replace(sheet.options[0], title=LONG, rows=(OptionRow("1", LONG, LONG, LONG),) * 30),) * 3,
        next_steps=(Item(LONG, LONG, (1, 2, 3)),) * 40,
        papers=(Item(LONG, LONG, (1, 2, 3)),) * 40,
        unknown=(Item(LONG, LONG),) * 40,
        warnings=(Item(LONG),) * 40,
        sources=tuple(SourceLine(n, LONG.en, LONG.zh, both("2026"), LONG, True, True) for n in range(1, 90)),
        validity=LONG,
        oldest=LONG,
        summary=LONG,
    )
    assert_on_the_page(hostile, tongue)
    text = close("".join(pages(pdf_bytes(hostile, tongue))))
    language = "zh" if tongue == "zh" else "en"
    assert close(words.SHORTENED[language]) in text
    assert close(words.MORE.format(count=87)[language]) in text or "2more" in text or "…" in text
    assert close(words.SIGNATURE[language]) in text


def test_what_was_found_to_fit_is_what_is_laid_out(qapp: object, bench: Bench) -> None:
    """The search and the page may be made in two threads."""
    sheet = bench.of("2-lighting", TODAY).sheet()
    room = fitting_room(sheet, "both")
    assert [rect for rect, _ in one_page(sheet, "both", room).parts] == [
        rect for rect, _ in one_page(sheet, "both").parts
    ]


def test_a_list_that_gives_way_says_how_many_more_there_are(qapp: object, bench: Bench) -> None:
    sheet = bench.of("1-clothing", TODAY).sheet()
    text = close(bench.pages("1-clothing", TODAY, "en")[0])
    services = [row for row in sheet.options[0].rows if not row.closed]
    shown = sum(close(row.name.en) in text for row in services)
    assert 0 < shown < len(services)
    assert f"and{len(services) - shown}more,inthefullreport" in text


# ---------------------------------------------------------------------- figures and words
def figures_of(sheet: Sheet) -> Iterator[str]:
    """Every figure of bars and rows, and of the parts that are wide enough to be written on."""
    for chart in sheet.charts:
        for bar in chart.bars:
            if bar.figure != "?":
                yield bar.figure
            if bar.share:
                yield bar.share
    for table in sheet.figures:
        yield table.rows[-1].value
        yield table.rows[0].value


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_text_of_the_page_has_the_figures_of_the_advice(
    qapp: object, bench: Bench, tongue: Tongue
) -> None:
    for name, worked in bench.all():
        text = close(bench.pages(*name, tongue)[0])
        for option in (*worked.advice.platforms.ranked, *worked.advice.import_modes.ranked):
            quote = option.quote
            if quote is not None:
                units = quote.net if quote.lane.get("platform") else quote.cost
                assert money_text(units, quote.currency) in text, (name, option.id)
        for figure in figures_of(worked.sheet()):
            assert close(figure) in text, (name, figure)


def test_both_languages_have_the_same_figures(qapp: object, bench: Bench) -> None:
    number = re.compile(r'<td class="n">([−≤≥ \d,.]+)')
    for name, worked in bench.all():
        found = [set(number.findall(html_of(worked.sheet(), tongue))) for tongue in TONGUES]
        assert found[0] == found[1] == found[2], name


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_chinese_word_is_found(qapp: object, bench: Bench, example: str, day: object) -> None:
    sheet = bench.of(example, day).sheet()  # type: ignore[arg-type]
    for tongue in ("zh", "both"):
        page = bench.pages(example, day, tongue)[0]
        assert not KANGXI.search(page)
        assert page == unicodedata.normalize("NFC", page)
        text = close(page)
        for said in (
            sheet.product,
            *sheet.leads,
            *sheet.holds,
            sheet.validity,
            *(c.title for c in sheet.charts),
        ):
            for word in CHINESE.findall(said.zh):
                assert word in text, word


def test_words_are_parted_by_spaces_and_not_by_tabs(qapp: object, bench: Bench) -> None:
    """Qt writes a space as the first sign with its glyph; the carried fonts leave the tab another one."""
    page = bench.pages("1-clothing", TODAY, "en")[0]
    assert "\t" not in page
    assert "List price" in page


def test_every_sign_of_the_rules_is_in_the_carried_fonts(qapp: object, bench: Bench) -> None:
    """A sign that they lack would come from a font of the system, or not at all."""
    from PySide6.QtGui import QRawFont

    from desktop.store.resources import resource_path

    raw = [
        QRawFont(str(resource_path("fonts", f"{name}.otf")), 12)
        for name in ("LanewiseSans-Regular", "LanewiseSansSC-Regular")
    ]
    lacking = {
        sign
        for _, worked in bench.all()
        for text in texts_in(worked.sheet())
        for sign in text.en + text.zh
        if not sign.isspace() and not any(font.supportsCharacter(ord(sign)) for font in raw)
    }
    assert not lacking


def test_what_is_unknown_is_a_bound_and_never_a_zero(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    quote = plan.export_quote(worked.advice, worked.case)
    assert quote is not None
    assert not quote.complete
    sheet = worked.sheet()
    assert "at most" in sheet.leads[0].en
    assert sheet.charts[0].bars[0].figure == f"≤ {money_text(quote.net, quote.currency)}"
    unknown = [row for row in sheet.figures[0].rows if row.value == "?"]
    assert [row.name for row in unknown] == [line.label for line in quote.seller_lines if line.amount is None]


def test_rules_of_another_day_are_said_with_emphasis(qapp: object, bench: Bench) -> None:
    then, now = bench.of("2-lighting", REPORT_DAY).sheet(), bench.of("2-lighting", TODAY).sheet()
    assert then.other_day
    assert not now.other_day
    text = bench.pages("2-lighting", REPORT_DAY, "en")[0]
    assert "Rules of 8 Nov 2015, not of today" in text
    assert "do not act on them" in text
    assert "not of today" not in bench.pages("2-lighting", TODAY, "en")[0]


# ---------------------------------------------------------------------- what is not for everybody
def test_a_customer_copy_has_neither_cost_nor_margin(qapp: object, bench: Bench) -> None:
    for example in ("1-clothing", "2-lighting"):
        worked = bench.of(example, TODAY)
        sheet = worked.sheet(customer=True)
        papers = ["".join(bench.pages(example, TODAY, t, True)) + html_of(sheet, t) for t in TONGUES]
        for option in worked.advice.platforms.ranked:
            assert option.quote is not None
            goods, _ = option.quote.of_series("goods")
            hidden = (goods, option.quote.net)
            for units in hidden:
                figure = money_text(abs(units), option.quote.currency)
                assert not any(re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", paper) for paper in papers)
            share = option.quote.percent
            assert share is None or not any(f"{share}%" in paper for paper in papers)
        cost = worked.case.text("unit_cost")
        assert not any(f"{cost}.00" in paper for paper in papers)
        assert not sheet.holds
        assert worked.book.text("advice.lost-money") not in {item.text for item in sheet.warnings}


def test_notes_never_come_onto_paper(qapp: object, bench: Bench) -> None:
    worked = bench.of("3-milk-powder", TODAY)
    for content in (worked.sheet(), worked.report()):
        assert SECRET not in html_of(content, "both")
        assert close(SECRET) not in close("".join(pages(pdf_bytes(content, "en"))))


# ---------------------------------------------------------------------- the code
@pytest.mark.parametrize("tongue", TONGUES)
def test_the_code_is_read_back_from_the_page(qapp: object, bench: Bench, tongue: Tongue) -> None:
    sheet = bench.of("1-clothing", REPORT_DAY).sheet()
    image = picture(sheet, tongue)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(rows[:, : image.width()]))
    assert [each.text for each in found] == [code_text(sheet.summary, tongue)]


def test_the_code_carries_the_advice_and_no_address(bench: Bench) -> None:
    worked = bench.of("1-clothing", TODAY)
    sheet = worked.sheet()
    text = code_text(sheet.summary, "both")
    for said in (sheet.product, *sheet.leads, sheet.holds[0]):
        assert said.en in text
        assert said.zh in text
    assert "://" not in text
    assert len(code_text(LONG, "both").encode()) <= MOST_BYTES
    assert len(code_of(code_text(LONG, "both")).rows) <= 97


# ---------------------------------------------------------------------- how it looks
def test_paper_has_the_colours_of_the_light_screen() -> None:
    for name, colour in ink.INK.items():
        if hasattr(LIGHT, name):
            assert colour == getattr(LIGHT, name), name
    for key, (ground, label) in ink.SERIES.items():
        assert (ground, label) == (LIGHT.series(key).fill, LIGHT.series(key).label), key


def test_text_that_is_shortened_ends_with_an_ellipsis_in_its_lines(qapp: object) -> None:
    style = Style(8)
    for text in (LONG.en, LONG.zh, "W" * 400):
        para = Para([Run(text, style)], 2000, 2)
        assert para.shortened
        assert len(para.lines) <= 2
        assert para.text.endswith("…")
        assert text.startswith(para.text[:-1])
        assert all(width <= 2000 for _, width in para.lines)
    assert not Para([Run("short", style)], 2000, 2).shortened


# ---------------------------------------------------------------------- HTML
VOID = {"meta", "br", "rect", "path"}
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href"}


class Reader(HTMLParser):
    """Holds tags to each other and gathers what an attribute could load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert not reader.open
    return reader


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_html_is_sound_and_loads_nothing(bench: Bench, tongue: Tongue) -> None:
    for name, worked in bench.all():
        for content in (worked.sheet(), worked.sheet(customer=True), worked.report()):
            markup = html_of(content, tongue)
            reader = read(markup)
            tags = {tag for tag, _ in reader.tags}
            assert {"h1", "h2", "main", "header", "footer", "table", "svg"} <= tags, name
            assert not tags & {"script", "link", "iframe", "object", "embed", "img", "base", "form"}
            for tag, attrs in reader.tags:
                assert not LOADS & set(attrs)
                assert not any(key.startswith("on") for key in attrs)
                assert "href" not in attrs or tag == "a"
                assert tag != "th" or attrs.get("scope") in ("col", "row")
            style = markup[markup.index("<style>") : markup.index("</style>")]
            assert "url(" not in style
            assert "@import" not in style
            html = dict(reader.tags)["html"]
            assert html["lang"] == ("zh-Hans" if tongue == "zh" else "en")
            others = [attrs for _, attrs in reader.tags if attrs.get("lang") == "zh-Hans"]
            assert bool(others) == (tongue in ("both", "zh"))


def test_every_word_of_the_html_is_escaped(bench: Bench) -> None:
    evil = '<script>alert("1")</script> & <img src=x onerror=y>'
    worked = bench.of("1-clothing", TODAY)
    sheet = worked.sheet()
    source = replace(sheet.sources[0], url='javascript:alert(1)//"><script>', publisher=evil)
    bad = replace(
        sheet,
        product=both(evil),
        leads=(both(evil),),
        about=replace(sheet.about, client=evil, adviser=evil),
        charts=(replace(sheet.charts[0], title=both(evil), currency=evil),),
        unknown=(Item(both(evil), both(evil)),),
        sources=(source,),
        summary=both(evil),
    )
    for tongue in TONGUES:
        markup = html_of(bad, tongue)
        reader = read(markup)
        assert not {tag for tag, _ in reader.tags} & {"script", "img"}
        assert "javascript:" not in "".join(str(attrs.get("href")) for _, attrs in reader.tags)
        assert evil in "".join(reader.words)


def test_the_html_has_every_row_that_the_page_leaves_out(bench: Bench) -> None:
    sheet = bench.of("1-clothing", TODAY).sheet()
    said = " ".join(read(html_of(sheet, "en")).words)
    for table in sheet.options:
        for row in table.rows:
            assert row.name.en in said
    for item in (*sheet.unknown, *sheet.warnings, *sheet.next_steps):
        assert item.text.en in said


# ---------------------------------------------------------------------- the full report
@pytest.mark.parametrize("tongue", TONGUES)
def test_the_full_report_has_every_option_and_every_line(qapp: object, bench: Bench, tongue: Tongue) -> None:
    worked = bench.of("1-clothing", REPORT_DAY)
    report = worked.report()
    found = pages(pdf_bytes(report, tongue))
    text, language = close("".join(found)), "zh" if tongue == "zh" else "en"
    for choice in ("markets", "platforms", "logistics"):
        for option in worked.advice.ranking(choice).options:
            assert close(option.name[language]) in text, option.id
            if option.excluded is not None:
                assert close(option.excluded.text[language])[1:] in text
            for line in option.quote.lines if option.quote else ():
                assert close(line.label[language]) in text
                assert close(line.calculation[language]) in text
                if line.amount is not None:
                    assert money_text(line.amount, line.currency) in text
    for item in report.doubts:
        assert close(item.text[language])[:40] in text
    assert report.doubts
    assert not any(KANGXI.search(page) for page in found)


def test_pages_are_numbered_and_heads_stand_again(qapp: object, bench: Bench) -> None:
    found = pages(pdf_bytes(bench.of("1-clothing", TODAY).report(), "en"))
    assert len(found) > 5
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "Rules as of 24 Nov 2026" in page
    last = found[-1]
    assert close("# Source For Day") in close(last)


def test_nothing_of_the_report_reaches_over_a_page(qapp: object, bench: Bench) -> None:
    for tongue in TONGUES:
        for canvas in pages_of(bench.of("1-clothing", TODAY).report(), tongue):
            for rect, _ in canvas.parts:
                assert rect.top() >= 0
                assert rect.bottom() <= PAGE.height()
                assert rect.right() <= PAGE.width()


def test_sources_of_the_report_are_those_behind_the_advice(bench: Bench) -> None:
    worked = bench.of("3-milk-powder", TODAY)
    publishers = {reading.source.publisher for reading in worked.advice.readings if not reading.typed}
    report = worked.report()
    assert publishers <= {line.publisher for line in report.sources}
    numbers = [line.number for line in report.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {
        n for ranking in report.rankings for o in ranking.options for line in o.lines for n in line.cites
    }
    assert cited <= set(numbers)


# ---------------------------------------------------------------------- files
def test_the_pdf_says_its_title_and_its_languages(qapp: object, bench: Bench) -> None:
    data = pdf_bytes(bench.of("3-milk-powder", TODAY).sheet(), "both")
    assert "婴幼儿奶粉".encode() in data
    assert b"<rdf:li>en</rdf:li><rdf:li>zh-Hans</rdf:li>" in data


def test_a_folder_in_place_of_the_file_is_one_sentence(qapp: object, bench: Bench, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.mkdir()
    with pytest.raises(StoreError, match=r"sheet\.pdf could not be saved"):
        write_pdf(bench.of("3-milk-powder", TODAY).sheet(), "en", target)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_file_stays_whole_where_writing_fails(
    qapp: object, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"what was there")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="there is no room left"):
        write_pdf(bench.of("3-milk-powder", TODAY).sheet(), "en", target)
    assert target.read_bytes() == b"what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_sheet_is_made_in_a_thread(qtbot: QtBot, bench: Bench) -> None:
    """As the window makes it."""
    import threading

    from desktop.reports.sheet.fonts import register_fonts

    register_fonts()
    sheet, found = bench.of("2-lighting", TODAY).sheet(), []
    thread = threading.Thread(target=lambda: found.append(pdf_bytes(sheet, "both")))
    thread.start()
    thread.join(30)
    assert pages(found[0]) == pages(pdf_bytes(sheet, "both"))
