"""What the tests of the views share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop.views.language import Translators


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[Translators]:
    """Changes the language of the application; English again when the test is over."""
    found = Translators(qapp)
    yield found
    found.set_language("en")
    QLocale.setDefault(QLocale("en"))
