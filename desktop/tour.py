"""A tour of the program: each screen as a PNG, in both languages, light and dark. Also what the look is judged by.

The tests walk the same way: what has no stop here is not looked at by them either.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import StoreError
from desktop.core.reasons import reason_of
from desktop.core.text import LANGUAGES, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.views.window import Window

SCHEMES = ("light", "dark")
SIZE = (1440, 900)
SMALL = (1024, 700)
SHEET = (1241, 1755)
"""A page of A4 at 150 dots to the inch."""
CLOTHING, LIGHTING, MILK = "1-clothing.lanewise", "2-lighting.lanewise", "3-milk-powder.lanewise"
FACTS = ("dest.us.s301.list4a", "seed.areas.europe_gdp", "rates.yunexpress-clothing")
CALCULATIONS = {
    "fees": {"platform": "ebay", "shipping": "5"},
    "freight": {"service": "yunexpress", "weight_g": "350", "dims_cm": "25x20x3"},
    "duty": {"value": "100"},
    "import-tax": {"category": "milk-powder", "value": "500"},
}
SEARCHES = {"empty": "", "pinyin": "yunfei", "closed": "undo", "nothing": "zzqqxxww"}
VISITORS = (
    (CLOTHING, "24.90", "plan", ("en", "de"), 2, "email"),
    (LIGHTING, "15.80", "what-if", ("en",), 1, "phone"),
    (CLOTHING, "18.50", "logistics", (), None, "not-asked"),
    (MILK, "190", "import-mode", ("zh",), 0, "no"),
    (LIGHTING, "21", "plan", ("zh", "en"), -1, "email"),
)
"""Made-up visitors, named as such: example, list price, last step, languages, days until the call, consent."""
GUIDE_PAGES = ("first", "marks", "keys")
THREE_ANSWERS = {"direction": "export", "category": "apparel", "list_price": "24.90"}


def render(
    folder: Path,
    scale: float = 1.0,
    today: date | None = None,
    schemes: Sequence[str] = SCHEMES,
    languages: Sequence[str] = LANGUAGES,
    text: int = 100,
) -> int:
    """Write the pictures into a folder, made where it is not there; how many there are. StoreError where it cannot be.

    `scale` is the screen's, `text` the text size in percent.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise StoreError(
            Text(f"{folder} cannot be made: {reason.en}", f"无法创建 {folder}：{reason.zh}")
        ) from None
    with tempfile.TemporaryDirectory() as own:
        guide = _Guide(folder, Path(own), today or date.today())
        guide.prefs.set_text_size(text)
        return guide.walk(schemes, languages)


class _Guide:
    """Leads through the screens and takes the pictures."""

    def __init__(self, folder: Path, own: Path, today: date) -> None:
        from desktop.app import application, build
        from desktop.store import rulebook
        from desktop.viewmodels.preferences import Preferences

        self.folder = folder
        self.app = application()
        self.prefs = Preferences(str(own / "settings.ini"))
        self.window = build(rulebook.load(), self.prefs, today)
        self.model = self.window.model
        # nobody is there to ask: what a stop has changed is thrown away
        self.window.asker.save_first = self._discard  # type: ignore[method-assign]
        self.count = 0
        self.tag = ""
        self.own, self.today = own, today
        self._desk: Window | None = None
        # a picture must not depend on where the pointer or the blinking cursor is
        self.app.setCursorFlashTime(0)

    @staticmethod
    def _discard(_name: str) -> str:
        return "discard"

    def walk(self, schemes: Sequence[str] = SCHEMES, languages: Sequence[str] = LANGUAGES) -> int:
        self.window.show()
        size = self.prefs.text_size
        for scheme in schemes:
            self.prefs.set_scheme(scheme)
            for language in languages:
                self.prefs.set_language(language)
                self.tag = f"{language}-{scheme}{'' if size in (0, 100) else f'-{size}'}"
                for stop in self._stops():
                    stop()
        self.window.hide()
        self.window.page("catalogue").close_down()  # type: ignore[attr-defined]
        if self._desk is not None:
            self._desk.close()
        return self.count

    def _stops(self) -> tuple[Callable[[], None], ...]:
        return (
            self._start,
            self._product,
            self._export,
            self._report_day,
            self._visitor,
            self._casebook,
            self._import,
            self._calculators,
            self._rule_book,
            self._changes,
            self._coverage,
            self._catalogue,
            self._search,
            self._guide_pages,
            self._dialogs,
            self._menus,
            self._small,
            self._sheets,
        )

    def _take(self, name: str, size: tuple[int, int] = SIZE, view: QWidget | None = None) -> None:
        shown = self.window if view is None else view
        if shown.isFullScreen():
            shown.showNormal()
        shown.resize(*size)
        self._settle()
        self._keep(name, shown)

    def _keep(self, name: str, shown: QWidget) -> None:
        self._save(name, shown.grab())

    def _save(self, name: str, picture: QPixmap | QImage) -> None:
        path = self.folder / f"{name}-{self.tag}.png"
        if not picture.save(str(path)):
            raise StoreError(Text(f"{path} could not be written", f"无法写入 {path}"))
        self.count += 1

    def _settle(self) -> None:
        """Everything that is on its way has come: what was clicked, another look, the ranges over the open answers."""
        from desktop.views.design import theme

        self.model.settle()
        self.window.opening.finish()
        self.window.freezing.finish()
        self.window.preparing.finish()
        for _ in range(6):
            self.app.processEvents()
        receiving = self.window.receiving
        self._until(
            lambda: (
                not self.window.narrower.busy
                and not theme().busy
                and not (receiving.looks_on and receiving.view.visitor.working)
            )
        )
        self.app.processEvents()

    def _open(self, example: str) -> None:
        self.window.filing.open_example(example)
        self._settle()

    def _step(self, step: str) -> None:
        self.window.open_step(step)
        self._settle()

    # ------------------------------------------------------------------ stops
    def _start(self) -> None:
        self.model.new()
        self.window.filing.close_case()
        self._take("01-start")

    def _product(self) -> None:
        self.window.filing.new_case()
        for name, value in THREE_ANSWERS.items():
            self.model.set(name, value)
        self._settle()
        self._step("product")
        self._take("02-product-three-answers")

    def _export(self) -> None:
        self._open(CLOTHING)
        for number, step in enumerate(("product", "markets", "platforms", "logistics"), start=2):
            self._step(step)
            self._take(f"{number:02}-{step}")
        self._step("markets")
        page = self.window.page("markets")
        page.show_section("facts")  # type: ignore[attr-defined]
        self._take("03-markets-facts")
        page.show_section("compare")  # type: ignore[attr-defined]
        self._step("platforms")
        self.window.explaining.why()
        self._take("06-why")
        self.window.explaining.close()
        self._step("what-if")
        page = self.window.page("what-if")
        # a picture shows what is found, not that it is looked for
        page.what.finish()  # type: ignore[attr-defined]
        self._take("07-what-if")
        page.toggle_table()
        self._take("07-what-if-table")
        page.toggle_table()
        self._step("plan")
        self._take("08-plan")

    def _visitor(self) -> None:
        """The screen that faces the visitor: each page, an option in detail, and why."""
        self._open(CLOTHING)
        self.window.receiving.show()
        view = self.window.receiving.view
        for page in view.visitor.pages():
            view.visitor.go_to(page)
            self._take(f"17-visitor-{page}", view=view)
        view.visitor.go_to("platforms")
        for name, show in (("detail", view.show_detail), ("why", view.show_why)):
            show(view.visitor.nth(1))
            self._take(f"17-visitor-{name}", view=view)
        view.close_open()
        self._take("17-visitor-small", SMALL, view)
        self.window.receiving.leave()

    def _casebook(self) -> None:
        """Made-up visitors in a casebook of the tour's own, in a window of their own: the list, and the start page."""
        desk = self._desk_of_visitors()
        desk.resize(*SIZE)
        desk.show()
        desk.open_step("start")
        self._until_read()
        self._take("18-casebook-start", view=desk)
        desk.open_step("casebook")
        desk.opening.finish()
        self._until_read()
        page = desk.current_page()
        assert page is not None
        # a picture waits for nothing
        page.visitors._on_look()  # type: ignore[attr-defined]
        self._until_read()
        self._take("18-casebook", view=desk)
        self._take("18-casebook-small", SMALL, desk)
        desk.hide()

    def _desk_of_visitors(self) -> Window:
        if self._desk is None:
            from desktop.app import build

            path = self.own / "casebook.db"
            self._fill(path)
            made = self._desk = build(self.model.book, self.prefs, self.today)
            made.asker.save_first = self._discard  # type: ignore[method-assign]
            made.start.waits = True
            made.keep_in(path, self._time)
        return self._desk

    def _time(self) -> datetime:
        """The afternoon of the day: what it shows must not depend on when it is taken."""
        return datetime.combine(self.today, time(14, 32)).astimezone()

    def _fill(self, path: Path) -> None:
        from desktop.core.casebook import Details
        from desktop.engine.advice import evaluate
        from desktop.store.casebook import Casebook
        from desktop.store.casefile import read_example

        book, questions, count = self.model.book, self.model.questions, len(VISITORS)
        clock = iter(self._time() - timedelta(minutes=23 * n) for n in range(2 * count, -1, -1))
        now = [self._time() - timedelta(hours=6)]
        with Casebook.open(path, lambda: now[0], questions) as kept:
            for number, (example, price, step, languages, days, consent) in enumerate(VISITORS, start=1):
                now[0] = next(clock)
                case, _ = read_example(example, questions).set(questions, "list_price", price)
                row = kept.create(
                    case,
                    Details(
                        f"Demo visitor {number}",
                        languages,
                        tags=("demo",),
                        follow_up=None if days is None else self.today + timedelta(days=days),
                        consent=consent,
                        note="Made up for this picture.",
                    ),
                    step=step,
                    advice=evaluate(case, book, self.today, questions),
                )
                if number != 2:
                    kept.sheet_printed(row.number, self.today)

    def _until_read(self) -> None:
        assert self._desk is not None
        assert self._desk.keeping is not None
        for _ in range(2):
            self._settle()
            self._desk.keeping.keeper.desk.settle()

    def _report_day(self) -> None:
        from desktop.viewmodels.case_model import REPORT_DAY

        self._open(LIGHTING)
        self.model.set_day(REPORT_DAY)
        self._settle()
        self._step("platforms")
        self._take("09-platforms-2015")
        self._step("logistics")
        self._take("09-logistics-2015")

    def _import(self) -> None:
        self._open(MILK)
        for step in ("platforms", "import-mode", "plan"):
            self._step(step)
            self._take(f"10-import-{step}")

    def _rule_book(self) -> None:
        """A fact with steps, one with a doubted figure, one that is a table."""
        self._open(CLOTHING)
        for fact in FACTS:
            self.window.explaining.open_fact(fact)
            self._settle()
            self._take(f"12-rule-book-{fact.rpartition('.')[2]}")

    def _changes(self) -> None:
        """The lamp on the report's day and today."""
        self._open(LIGHTING)
        self._step("changes")
        self._take("13-changes")

    def _coverage(self) -> None:
        self._step("coverage")
        page = self.window.current_page()
        assert page is not None
        page.finish()  # type: ignore[attr-defined]
        self._take("14-coverage")

    def _catalogue(self) -> None:
        """The demo catalogue: its columns, what was found, the rows that were not read."""
        from desktop.viewmodels.catalogue.words import demo_path

        self._open(CLOTHING)
        self._step("catalogue")
        page = self.window.current_page()
        assert page is not None
        model = page.catalogue  # type: ignore[attr-defined]
        model.leave()
        self._take("16-catalogue")
        page.open_file(demo_path())  # type: ignore[attr-defined]
        self._until(lambda: model.state == "open")
        self._take("16-catalogue-columns")
        model.screen()
        self._until(lambda: model.state == "done" and model.order is not None)
        # how long it took is of this machine
        model.found.seconds = 1.0
        page.retranslate(self.prefs.language)
        page.results.look()  # type: ignore[attr-defined]
        self._take("16-catalogue-results")
        self._take("16-catalogue-small", SMALL)
        page.show_part("bad")  # type: ignore[attr-defined]
        self._take("16-catalogue-not-read")
        page.show_part("rows")  # type: ignore[attr-defined]

    def _until(self, there: Callable[[], bool]) -> None:
        """Waits for work beside the window."""
        from PySide6.QtCore import QEventLoop

        while not there():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _calculators(self) -> None:
        self._open(CLOTHING)
        self._step("calculators")
        page = self.window.current_page()
        assert page is not None
        for form, typed in CALCULATIONS.items():
            page.open_panel(form)  # type: ignore[attr-defined]
            calculator = page.panel.calculator  # type: ignore[attr-defined]
            for name, text in typed.items():
                calculator.set(name, text)
            self._take(f"11-calculator-{form}")
        page.open_panel("duty")  # type: ignore[attr-defined]
        page.panel.calculator.set("vat_rate", "120")  # type: ignore[attr-defined]
        self._take("11-calculator-mistake-small", SMALL)
        for panel in page.panels.values():  # type: ignore[attr-defined]
            panel.calculator.clear()
            panel.form.more.setChecked(False)

    def _search(self) -> None:
        """Ctrl+K: nothing typed, pinyin, what cannot be done, nothing found."""
        self._open(CLOTHING)
        self.window.helping.find()
        palette = self.window.helping.palette
        assert palette is not None
        palette.palette_model.finish()
        for name, typed in SEARCHES.items():
            palette.line.setText(typed)
            self._take(f"19-search-{name}")
        palette.close_palette()

    def _guide_pages(self) -> None:
        for page in GUIDE_PAGES:
            self.window.helping.show_guide(page)
            guide = self.window.helping.guide
            assert guide is not None
            self._settle()
            self._keep(f"20-guide-{page}", guide)
            guide.close()

    def _dialogs(self) -> None:
        """What the window asks and says, without waiting for an answer."""
        from desktop.store.trouble import Fault
        from desktop.views import lists
        from desktop.views.dialogs import DayDialog, ListDialog, OverrideDialog
        from desktop.views.help_dialogs import AboutDialog, FaultDialog
        from desktop.views.settings import SettingsDialog

        self._open(CLOTHING)
        window, language = self.window, self.prefs.language
        book, asker = self.model.book, self.window.asker
        read = {
            "reviews": lists.reviews(book, self.model.today, language),
            "missing": lists.missing(book, language),
        }
        shown: dict[str, QDialog] = {
            "day": DayDialog(self.model.day, window),
            "override": OverrideDialog("15 %", True, book.fact(FACTS[0]).says[language], window),
            **{key: ListDialog(r.title, r.lead, r.columns, r.rows, window) for key, r in read.items()},
            "save": asker.save_box(window.tools.case_name()),
            "about": AboutDialog(book, language, window),
            "settings": SettingsDialog(self.prefs, window),
            "fault": FaultDialog(Fault("ValueError: …", None), lambda: None, window),
        }
        for name, dialog in shown.items():
            dialog.show()
            self._settle()
            self._keep(f"23-dialog-{name}", dialog)
            dialog.close()
            dialog.deleteLater()

    def _menus(self) -> None:
        for name, menu in self.window.menus.menus.items():
            menu.popup(self.window.mapToGlobal(self.window.rect().topLeft()))
            self._settle()
            self._keep(f"22-menu-{name}", menu)
            menu.close()

    def _sheets(self) -> None:
        """The page of paper of each example, today and on the report's day; in dark too it is light."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QImage, QPainter

        from desktop.reports.sheet.model import About
        from desktop.reports.sheet.page import paint_page
        from desktop.reports.sheet.paper import pages_of
        from desktop.viewmodels.case_model import REPORT_DAY
        from desktop.viewmodels.sheet import sheet_of

        model = self.model
        for example in (CLOTHING, LIGHTING, MILK):
            self._open(example)
            for day in (None, REPORT_DAY):
                model.set_day(day)
                model.evaluate()
                assert model.advice is not None
                sheet = sheet_of(
                    model.advice, model.case, model.questions, model.book, model.today, About(program="")
                )
                image = QImage(*SHEET, QImage.Format.Format_RGB32)
                image.fill(0xFFFFFFFF)
                painter = QPainter(image)
                paint_page(painter, pages_of(sheet, self.prefs.language)[0], QRectF(image.rect()))
                painter.end()
                self._save(f"21-sheet-{example.partition('.')[0]}-{'2015' if day else 'today'}", image)

    def _small(self) -> None:
        self._open(CLOTHING)
        for step in ("product", "platforms", "what-if", "plan"):
            self._step(step)
            if step == "what-if":
                self.window.page(step).what.finish()  # type: ignore[attr-defined]
            self._take(f"15-small-{step}", SMALL)
