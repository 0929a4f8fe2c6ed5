"""What the charts use of pyqtgraph: the one place where it is imported, whole also where it is being loaded in pieces."""

from __future__ import annotations

from desktop.views.piecemeal import whole

whole("pyqtgraph")

from pyqtgraph import GraphicsObject, GraphicsView  # noqa: E402
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf  # noqa: E402

__all__ = ["GraphicsObject", "GraphicsView", "create_qpolygonf", "ndarray_from_qpolygonf"]
