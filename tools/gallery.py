"""Draws the component sheet to PNG files: every widget in every scheme, in English and in Chinese text.

Use: python tools/gallery.py OUT_DIR [--charts]      All figures in it are invented.
"""

from __future__ import annotations

import argparse
import os
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels.series.bars import Bar, BarsData
from desktop.viewmodels.series.dots import DotsData, DotsRow
from desktop.viewmodels.series.ranges import RangeData, RangePoint
from desktop.viewmodels.series.stack import Segment, StackData, StackRow
from desktop.viewmodels.series.waterfall import WaterfallData, WaterfallStep
from desktop.views.design.theme import set_ground, theme
from desktop.views.design.tokens import TYPE
from desktop.views.widgets import (
    Badge,
    Cell,
    ChipGroup,
    Choice,
    Column,
    DataTable,
    DontKnow,
    EmptyState,
    FigureLabel,
    Hairline,
    KeyCap,
    LinkLabel,
    Notice,
    NumberField,
    Option,
    PrimaryButton,
    ProvenanceMark,
    RailStep,
    Row,
    SearchCombo,
    SecondaryButton,
    SectionHead,
    Segmented,
    StepRail,
    TextLabel,
    Toast,
    WeightSlider,
)

HEADS = {
    "en": (
        ("goods", "Goods, packing"),
        ("platform", "Platform"),
        ("freight", "Freight"),
        ("duty", "Duty"),
        ("payment", "Payment"),
        ("returns", "Returns"),
        ("ads", "Advertising"),
        ("net", "Net margin"),
    ),
    "zh": (
        ("goods", "货款与包装"),
        ("platform", "平台费"),
        ("freight", "运费"),
        ("duty", "关税"),
        ("payment", "收款换汇"),
        ("returns", "退货损耗"),
        ("ads", "广告"),
        ("net", "净利"),
    ),
}


def words(language: str, en: str, zh: str) -> str:
    """One of two wordings."""
    return zh if language == "zh" else en


def row_of(*widgets: QWidget) -> QWidget:
    """Widgets side by side."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(3, 3, 3, 3)
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def section(column: QVBoxLayout, title: str, *widgets: QWidget) -> None:
    """A head, a hairline and what belongs below."""
    column.addWidget(SectionHead(title))
    column.addWidget(Hairline())
    for widget in widgets:
        column.addWidget(widget)


def fields(language: str) -> list[QWidget]:
    """Number fields in their states."""
    plain = NumberField("USD", decimals=2, width=132)
    plain.set_value("24.9")
    default = NumberField("g", width=132)
    default.set_default("250")
    off = NumberField("USD", decimals=2, width=132)
    off.set_value("24.9")
    off.setEnabled(False)
    bad = NumberField("g", words(language, "weight", "重量"), width=132)
    bad.set_range(1, 30000)
    bad.line.setText("-3")
    bad.line.setModified(True)
    bad.commit()
    warn = NumberField("g", width=132)
    warn.set_value("2100")
    warn.set_hint(words(language, "above 2 kg four services close", "超过 2 kg 有四种服务不可用"), "warn")
    return [row_of(plain, default, off), row_of(bad, warn)]


def first_column(language: str) -> QVBoxLayout:
    """Buttons, fields, chips, marks, badges."""
    column = QVBoxLayout()
    column.setSpacing(10)
    primary, off = (
        PrimaryButton(words(language, "Print", "打印"), "printer"),
        PrimaryButton(words(language, "Print", "打印")),
    )
    off.setEnabled(False)
    second, dead = (
        SecondaryButton(words(language, "Table", "表")),
        SecondaryButton(words(language, "Table", "表")),
    )
    dead.setEnabled(False)
    small = SecondaryButton(words(language, "Full report", "完整报告"), "sheet", small=True)
    section(column, words(language, "Button", "按钮"), row_of(primary, off, second, dead, small))
    section(column, words(language, "Number field with unit", "带单位的数字"), *fields(language))
    on = DontKnow()
    on.setChecked(True)
    section(column, words(language, "Don’t know", "不知道"), row_of(DontKnow(), on))
    chips = ChipGroup(
        [
            Choice("plain", words(language, "Plain", "普通")),
            Choice("battery", words(language, "Battery", "带电")),
            Choice("liquid", words(language, "Liquid", "液体")),
            Choice("food", words(language, "Food", "食品")),
            Choice("powder", words(language, "Powder", "粉末"), "closed", closed=True),
        ]
    )
    chips.set_current("battery")
    section(column, words(language, "Choice chips", "选项"), chips)
    section(
        column,
        words(language, "Provenance", "来源标记"),
        row_of(*(ProvenanceMark(kind) for kind in ("typed", "case", "rules", "default", "unknown"))),
    )
    section(
        column,
        words(language, "Badges", "徽章"),
        row_of(
            Badge(words(language, "Best value", "综合最优"), "star", "accent"),
            Badge(words(language, "Fastest", "最快"), "clock"),
            Badge(words(language, "Cheapest", "成本最低"), "coin"),
            Badge(words(language, "2 not known", "2 项未知"), "question", "unk"),
            Badge(words(language, "doubt", "存疑"), "triangle", "warn"),
        ),
    )
    combo = SearchCombo([Option("apparel", "Apparel, sportswear", "服装")], language=language)
    combo.set_current("apparel")
    section(
        column,
        words(language, "Search", "搜索"),
        combo,
        row_of(
            Segmented([("chart", words(language, "Chart", "图")), ("table", words(language, "Table", "表"))]),
            Segmented([("en", "EN"), ("zh", "中文")], "zh" if language == "zh" else "en", large=True),
            WeightSlider("w", 40),
            KeyCap("F2"),
            LinkLabel(words(language, "rule", "规则")),
        ),
    )
    column.addStretch(1)
    return column


def second_column(language: str) -> QVBoxLayout:
    """Notices, empty state, table, figures."""
    column = QVBoxLayout()
    column.setSpacing(10)
    section(
        column,
        words(language, "Error, doubt, unknown", "错误、存疑、未知"),
        Notice(
            "err",
            words(language, "This rule pack was not installed.", "规则包未安装。"),
            words(
                language,
                "Its signature does not match. The pack of 2026-11 stays in use.",
                "签名不符，继续使用 2026-11 版。",
            ),
            words(language, "details", "详情"),
        ),
        Notice(
            "warn",
            words(language, "Doubt.", "存疑。"),
            words(
                language,
                "A second source gives 13.25%. With it, net is 7.67.",
                "另一来源为 13.25%，净利为 7.67。",
            ),
        ),
        Notice(
            "unk",
            words(language, "Cannot say: duty into Brazil.", "无法判断：巴西关税。"),
            words(language, "The rules hold no value on 22 Nov 2026.", "规则在 2026-11-22 没有数值。"),
            words(language, "Type it yourself", "自己填写"),
        ),
    )
    section(
        column,
        words(language, "Empty state", "空状态"),
        EmptyState(
            "people",
            words(language, "No visitors yet today", "今天还没有访客"),
            words(language, "Press", "按"),
            "F2",
            words(language, "when the first one stops.", "开始登记。"),
        ),
    )
    table = DataTable(
        [
            Column("s", words(language, "Service", "服务"), stretch=True),
            Column("b", "", width=110),
            Column("d", words(language, "Days", "天数"), True),
            Column("u", "USD", True),
            Column("a", words(language, "Accepts", "接受")),
        ],
        [
            Row(
                "1",
                (
                    Cell(words(language, "Battery line", "带电专线"), second="YunExpress"),
                    Cell(badge=words(language, "Best value", "最优"), badge_tone="accent"),
                    "8–12",
                    Cell("4.62", strong=True),
                    "yes",
                ),
            ),
            Row(
                "2",
                (
                    Cell("AliExpress Standard", second="Cainiao"),
                    "",
                    "10–16",
                    Cell("5.18", strong=True),
                    "yes",
                ),
            ),
            Row(
                "3",
                (
                    Cell("ePacket", strike=True),
                    Cell(icon="no-entry"),
                    "9–18",
                    "3.81",
                    Cell(
                        words(language, "no batteries", "不收电池"),
                        tone="text2",
                        link=words(language, "rule", "规则"),
                    ),
                ),
            ),
        ],
    )
    table.set_current("1")
    section(column, words(language, "Table", "表格"), table)
    column.addStretch(1)
    return column


def third_column(language: str) -> QVBoxLayout:
    """Figures and type."""
    column = QVBoxLayout()
    column.setSpacing(10)
    section(
        column,
        words(language, "Type", "字号"),
        FigureLabel("7.58", "USD · 30.4%"),
        FigureLabel("4.62", "USD · 8–12 " + words(language, "days", "天"), TYPE.figure_second),
        TextLabel(words(language, "Platforms", "平台比较"), TYPE.page_title),
        TextLabel(words(language, "eBay · United States", "eBay · 美国"), TYPE.verdict),
        TextLabel("AliExpress", TYPE.option),
        TextLabel(words(language, "Text and table figures 1,842.00", "正文与数字 1,842.00")),
        TextLabel(words(language, "Captions, axis titles", "说明与坐标"), TYPE.caption, "text2"),
        TextLabel("1111 7777 − × ÷ → ✓ € ¥", TYPE.small, "text3"),
    )
    column.addStretch(1)
    return column


def rail(language: str) -> StepRail:
    """A rail with every mark."""
    made = StepRail(
        [
            RailStep("product", words(language, "Product", "产品"), "LED vest · 9 / 9", "enough", "box"),
            RailStep(
                "markets",
                words(language, "Markets", "市场"),
                words(language, "US first · 6 compared", "美国居首"),
                "partly",
                "globe",
            ),
            RailStep(
                "platforms",
                words(language, "Platforms", "平台"),
                words(language, "eBay first · 1 closed", "eBay 居首"),
                "enough",
                "store",
            ),
            RailStep(
                "logistics",
                words(language, "Logistics", "物流"),
                words(language, "no service", "无服务"),
                "blocked",
                "truck",
            ),
            RailStep(
                "mode",
                words(language, "Import mode", "进口模式"),
                words(language, "Export only, not asked", "仅出口"),
                "not-asked",
                "tray-in",
            ),
            RailStep(
                "plan", words(language, "Plan", "方案"), words(language, "open", "未开始"), "open", "flag"
            ),
        ],
        [
            RailStep("book", words(language, "Rule book", "规则库"), mark="", icon="book"),
            RailStep("cases", words(language, "Casebook", "案例簿"), mark="", icon="people"),
        ],
    )
    made.set_current("platforms")
    return made


def sheet(language: str) -> QWidget:
    """The component sheet."""
    page = QWidget()
    set_ground(page, "surface")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 24, 0)
    row.setSpacing(32)
    narrow = rail(language)
    narrow.set_narrow(True)
    row.addWidget(rail(language))
    row.addWidget(narrow)
    for column in (first_column(language), second_column(language), third_column(language)):
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 24, 0, 24)
        holder.addLayout(column)
        row.addLayout(holder, 1)
    toast = Toast(page)
    toast.show_message(
        words(language, "Weight set to 250 g. Freight is new.", "重量改为 250 g，运费已更新。"),
        words(language, "Undo", "撤销"),
    )
    page.resize(1560, 860)
    return page


def stack_data(language: str) -> StackData:
    """Four invented options and one with a loss."""
    table = (
        (
            "ebay",
            "eBay",
            ("5.60", "3.79", "4.62", "1.74", "0.32", "0.75", "0.50", "7.58"),
            "30.4%",
            86,
            False,
        ),
        (
            "ali",
            "AliExpress",
            ("5.60", "1.99", "5.18", "1.74", "0.50", "1.00", "1.00", "7.89"),
            "31.7%",
            79,
            True,
        ),
        (
            "amazon",
            "Amazon",
            ("5.60", "5.22", "4.62", "1.74", "0.30", "1.25", "1.87", "4.30"),
            "17.3%",
            66,
            False,
        ),
        (
            "loss",
            "Longlasting shop name",
            ("9.60", "8.22", "6.62", "1.74", "0.30", "1.25", "1.87", "-4.70"),
            "−18.9%",
            12,
            False,
        ),
    )
    rows = []
    for number, (key, name, values, share, score, unknown) in enumerate(table, 1):
        parts = tuple(
            Segment(
                series,
                Decimal(value),
                value.replace("-", "−"),
                head,
                detail="18 Sep 2025",
                provenance="rules",
            )
            for (series, head), value in zip(HEADS[language], values, strict=True)
        )
        rows.append(
            StackRow(
                key,
                name,
                parts,
                values[-1].replace("-", "−"),
                share,
                words(language, "at most", "至多") if unknown else "",
                str(number),
                score,
                words(language, f"score {score}", f"得分 {score}"),
                unknown,
                number == 1,
            )
        )
    return StackData(
        tuple(rows),
        Decimal("24.90"),
        words(language, "24.90 list price", "24.90 售价"),
        HEADS[language],
        words(language, "Net, USD", "净利 USD"),
        words(language, "loss", "亏损"),
    )


def range_data(language: str) -> RangeData:
    """Invented services."""
    table = (
        ("exp", "Express parcel", 3, 4, 5, "17.30", 0, 0),
        ("wh", "Overseas warehouse", 2, 3, 4, "7.35", 0, 0),
        ("fast", "Battery line, fast", 5, 6.5, 8, "6.36", 0, 0),
        ("line", "Battery line, clothing", 8, 10, 12, "4.62", 0, 1),
        ("ali", "AliExpress Standard", 10, 13, 16, "5.18", 0, 0),
        ("post", "Postal registered, battery", 14, 19, 24, "4.10", 0, 0),
        ("epk", "ePacket", 9, 13.5, 18, "3.81", 1, 0),
        ("small", "Registered small packet", 15, 25, 35, "3.48", 1, 0),
        ("sea", "Sea parcel", 35, 42, 50, "1.80", 1, 0),
    )
    points = tuple(
        RangePoint(
            key,
            name,
            Decimal(str(low)),
            Decimal(str(mid)),
            Decimal(str(high)),
            Decimal(cost),
            cost,
            f"{low}–{high} days",
            bool(closed),
            bool(first),
        )
        for key, name, low, mid, high, cost, closed, first in table
    )
    return RangeData(
        points,
        words(language, "days to the door, line from soonest to latest", "到门天数"),
        words(language, "USD a parcel", "每件 USD"),
        Decimal(35),
        Decimal(9),
        words(language, "above the scale", "超出刻度"),
    )


def charts(language: str) -> QWidget:
    """One of each chart."""
    from desktop.views.charts.bars import BarsChart
    from desktop.views.charts.dots import DotsChart
    from desktop.views.charts.scatter import RangeChart
    from desktop.views.charts.stack import StackChart
    from desktop.views.charts.waterfall import WaterfallChart

    page = QWidget()
    set_ground(page, "surface")
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setSpacing(32)
    stack, scatter, bars, years = StackChart(), RangeChart(), BarsChart(), BarsChart()
    dots, fall = DotsChart(), WaterfallChart()
    stack.set_data(stack_data(language))
    scatter.set_data(range_data(language))
    bars.set_data(
        BarsData(
            tuple(
                Bar(
                    name,
                    name,
                    Decimal(value) if value else None,
                    f"{value}%" if value else "",
                    extra,
                    first=first,
                )
                for name, value, extra, first in (
                    ("United States", "23.4", "+8%", True),
                    ("European Union", "18.1", "+3%", False),
                    ("Association of nations", "12.7", "+11%", False),
                    ("Brazil", "", "", False),
                    ("Japan", "4.2", "−2%", False),
                )
            ),
            words(language, "Share of exports, %", "出口占比 %"),
            words(language, "growth", "增长"),
            words(language, "cannot say", "无法判断"),
        )
    )
    years.set_data(
        BarsData(
            tuple(
                Bar(
                    str(2010 + i),
                    str(2010 + i),
                    Decimal(value),
                    str(value),
                    first=i == 5,
                    doubt=Decimal("4.4") if i == 3 else None,
                )
                for i, value in enumerate((1, 2, "2.6", 3, "4.2", "5.4"))
            ),
            words(language, "Trillion CNY", "万亿 CNY"),
            vertical=True,
        )
    )
    dots.set_data(
        DotsData(
            (
                DotsRow(
                    "a",
                    words(language, "Bonded stocking-up", "网购保税"),
                    Decimal(0),
                    Decimal("34.58"),
                    "0.00",
                    "34.58",
                    "1210",
                    words(language, "2015: 38.00, waived up to 50", "2015：38.00，50 以内免征"),
                    "+34.58",
                ),
                DotsRow(
                    "c",
                    "Goods-collection",
                    Decimal(0),
                    Decimal("34.58"),
                    "0.00",
                    "34.58",
                    "1210",
                    "2015: 38.00, waived",
                    "+34.58",
                    True,
                ),
                DotsRow(
                    "b",
                    "Personal post",
                    Decimal(0),
                    Decimal(0),
                    "0.00",
                    "0.00",
                    "postal",
                    "38.00 and 49.40",
                    "0.00",
                ),
                DotsRow(
                    "d",
                    "General trade",
                    Decimal("86.83"),
                    Decimal("70.87"),
                    "86.83",
                    "70.87",
                    "0110",
                    "",
                    "−15.96",
                ),
                DotsRow("e", "No figure", None, Decimal("20"), "", "20.00", "", "", "?"),
            ),
            words(language, "Tax on the basket, CNY", "一单税额 CNY"),
            "8 Nov 2015",
            "22 Nov 2026",
            words(language, "Change", "变化"),
        )
    )
    heads = dict(HEADS[language])
    steps = [
        WaterfallStep("price", words(language, "List price", "售价"), "price", Decimal("24.90"), "24.90")
    ]
    for part in stack_data(language).rows[0].segments:
        sign = "" if part.series == "net" else "−"
        steps.append(
            WaterfallStep(part.series, heads[part.series], part.series, part.value, sign + part.label)
        )
    fall.set_data(WaterfallData(tuple(steps)))
    for widget, place in (
        (stack, (0, 0)),
        (scatter, (0, 1)),
        (dots, (1, 0)),
        (fall, (1, 1)),
        (bars, (2, 0)),
        (years, (2, 1)),
    ):
        grid.addWidget(widget, *place)
    page.resize(1720, 1180)
    return page


def draw(out: Path, with_charts: bool) -> None:
    """Writes the sheets."""
    app = QApplication.instance() or QApplication([])
    for scheme in ("light", "dark", "contrast"):
        theme().apply(app, scheme)
        for language in ("en", "zh"):
            makers = [("components", sheet)] + ([("charts", charts)] if with_charts else [])
            for name, maker in makers:
                page = maker(language)
                page.show()
                app.processEvents()
                app.processEvents()
                page.grab().save(str(out / f"{name}-{scheme}-{language}.png"))
                page.close()
                page.deleteLater()


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--charts", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    draw(given.out, given.charts)


if __name__ == "__main__":
    main()
