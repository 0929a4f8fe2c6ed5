"""Faults of the program come to the window from here: from every thread, and from Qt's own messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from desktop import __version__
from desktop.core.questions import UNKNOWN
from desktop.store.trouble import Fault, Recorder, head_text, scrubbed, write_report
from desktop.viewmodels.case_model import CaseModel

log = logging.getLogger("lanewise")
HARMLESS = ("This plugin does not support propagateSizeHints", "This plugin does not support raise()")
"""Said of every window that is drawn without a screen."""
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions for a report."""
    return ("Lanewise", __version__), ("Qt", qVersion()), ("PySide", pyside_version)


def private_words(model: CaseModel) -> Iterable[str]:
    """What a client said: it is in no report."""
    case = model.case
    yield case.name
    for answer in case.answers.values():
        said = answer if isinstance(answer, (tuple, list)) else (answer,)
        yield from (str(each) for each in said if each != UNKNOWN and not isinstance(each, bool))
    if model.path is not None:
        yield str(model.path.parent)
        yield model.path.stem


class Trouble(QObject):
    """Stands at every door from `install` on; `told` is emitted in the window's own thread."""

    told = Signal(object)
    _arrived = Signal(object)

    def __init__(self, model: CaseModel, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recorder = Recorder(folder, self._on_told, lambda: private_words(model), versions)
        self._before: Callable[..., object] | None = None
        # a fault of another thread is shown in the turn of this one
        self._arrived.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        self.recorder.install()
        self._before = qInstallMessageHandler(self._on_message)

    def uninstall(self) -> None:
        qInstallMessageHandler(self._before)
        self.recorder.uninstall()

    def _on_told(self, fault: Fault) -> None:
        self._arrived.emit(fault)

    def _on_message(self, kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        """What Qt says goes to the log; its last words become a report. Never raises, and asks nothing of Qt."""
        try:
            said = scrubbed(text or "")
            if said.startswith(HARMLESS):
                return
            log.log(LEVELS.get(kind, logging.WARNING), "Qt: %s", said)
            if kind == QtMsgType.QtFatalMsg:
                write_report(f"{head_text(versions())}\n\nQt: {said}\n", self.recorder.folder)
        except Exception:
            return
