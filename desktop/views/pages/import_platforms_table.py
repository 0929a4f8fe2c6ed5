"""The import platforms as a ranked table."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.core.result import Ranking
from desktop.core.text import Language
from desktop.views.widgets.table import Cell, Column, DataTable, Row

translate = QCoreApplication.translate


NAME = 1
BRIEF = (0, NAME, 3)
"""The columns of the brief form: rank, name, score."""


class ImportPlatformsTable(DataTable):
    """Rank, name, model, score and the strongest reason; the row in focus stays where it can."""

    def __init__(self) -> None:
        super().__init__(row_height=44, wrap=True)

    def show_ranking(self, ranking: Ranking, language: Language, brief: bool = False) -> None:
        """Shows a ranking; `brief` leaves name and score, beside the why panel."""
        columns = [
            Column("rank", "", numeric=True, width=32),
            Column("name", translate("PlatformsPage", "Import platform"), width=170),
            Column("model", translate("PlatformsPage", "Model"), width=90),
            Column("score", translate("PlatformsPage", "Score"), numeric=True, width=64),
            Column("reason", translate("PlatformsPage", "Strongest reason"), stretch=True),
        ]
        rows = [
            Row(
                option.id,
                (
                    Cell(str(option.rank), tone="acctext" if option.rank == 1 else "text2", strong=True),
                    Cell(option.name[language], strong=True),
                    Cell(str(option.details.get("model") or ""), tone="text2"),
                    Cell(str(option.score)),
                    Cell(
                        reason := option.reasons[0].text[language] if option.reasons else "",
                        tone="text2",
                        tip=reason,
                    ),
                ),
            )
            for option in ranking.ranked
        ]
        if brief:
            columns = [replace(columns[at], stretch=at == NAME) for at in BRIEF]
            rows = [Row(row.key, tuple(row.parts[at] for at in BRIEF)) for row in rows]
        kept = self.current_key()
        self.set_name(translate("PlatformsPage", "Import platforms, ranked"))
        self.set_table(columns, rows)
        if rows:
            self.set_current(kept if any(row.key == kept for row in rows) else rows[0].key)
        self.setVisible(bool(rows))
