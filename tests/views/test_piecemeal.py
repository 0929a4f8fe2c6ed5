"""A package that is loaded a statement at a time."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.views.piecemeal import in_pieces, whole

OWN = """
from .first import FIRST
KIND = FIRST + "!"
from .second import SECOND
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "a_package_in_pieces"
    folder.mkdir()
    (folder / "__init__.py").write_text(OWN, encoding="utf-8")
    (folder / "first.py").write_text('FIRST = "one"', encoding="utf-8")
    # a part asks for what the package has by then
    (folder / "second.py").write_text("from . import KIND\nSECOND = KIND * 2", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield folder
    for name in [each for each in sys.modules if each.startswith(folder.name)]:
        del sys.modules[name]


def test_a_package_is_there_when_its_pieces_are_done(package: Path) -> None:
    pieces = in_pieces(package.name)
    next(pieces)
    assert not hasattr(sys.modules[package.name], "KIND")
    assert len(list(pieces)) >= 2
    module = importlib.import_module(package.name)
    assert (module.KIND, module.SECOND, module.first.FIRST) == ("one!", "one!one!", "one")
    assert module.__file__ == str(package / "__init__.py")
    assert list(in_pieces(package.name)) == []


def test_who_wants_the_whole_of_it_meanwhile_gets_it(package: Path) -> None:
    pieces = in_pieces(package.name)
    next(pieces)
    whole(package.name)
    assert importlib.import_module(package.name).SECOND == "one!one!"
    assert list(pieces) == []


def test_what_was_left_half_way_is_gone_on_with(package: Path) -> None:
    next(in_pieces(package.name))
    half = sys.modules[package.name]
    for _ in in_pieces(package.name):
        pass
    assert sys.modules[package.name] is half
    assert half.SECOND == "one!one!"


def test_a_piece_that_raises_leaves_no_half_package(package: Path) -> None:
    (package / "second.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        list(in_pieces(package.name))
    assert package.name not in sys.modules
    whole(package.name)
    (package / "second.py").write_text("SECOND = 2", encoding="utf-8")
    importlib.invalidate_caches()
    assert importlib.import_module(package.name).SECOND == 2


def test_without_its_source_it_is_loaded_in_one_go(package: Path) -> None:
    subprocess.run([sys.executable, "-m", "compileall", "-b", "-q", str(package)], check=True)
    for source in package.glob("*.py"):
        source.unlink()
    importlib.invalidate_caches()
    assert len(list(in_pieces(package.name))) == 1
    assert importlib.import_module(package.name).SECOND == "one!one!"


def test_a_package_that_is_not_there_is_said(package: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        list(in_pieces("no_such_package"))
    whole("no_such_package")


def test_pyqtgraph_in_pieces_is_pyqtgraph() -> None:
    """Begun in pieces, then asked for by a chart: all names are there that an import gives."""
    code = (
        "import sys, importlib\n"
        "from desktop.views.piecemeal import in_pieces\n"
        "pieces = in_pieces('pyqtgraph')\n"
        "for _ in range(20): next(pieces)\n"
        "import desktop.views.charts.plot_canvas\n"
        "import pyqtgraph as pieced\n"
        "names, config = set(vars(pieced)), pieced.CONFIG_OPTIONS\n"
        "assert pieced.functions.getConfigOption.__globals__ is vars(pieced)\n"
        "for name in [each for each in sys.modules if each.partition('.')[0] == 'pyqtgraph']: del sys.modules[name]\n"
        "import pyqtgraph as plain\n"
        "assert plain is not pieced and config == plain.CONFIG_OPTIONS\n"
        "print(sorted(set(vars(plain)) - names - {'__doc__'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
