"""The icon of the program in the forms that systems want, drawn from resources/icons/lanewise.svg.

python tools/app_icons.py DIR     hicolor/SIZExSIZE/apps/lanewise.png …, lanewise.ico, lanewise.icns

A build draws them anew; none is kept in the repository.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = Path(__file__).resolve().parent.parent / "resources" / "icons" / "lanewise.svg"
HICOLOR = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS = {"icp4": 16, "icp5": 32, "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512,
        "ic09": 512, "ic10": 1024}  # fmt: skip
"""Kinds of an icns that hold a PNG, and their pixels; four of them are the doubled sizes of a fine screen."""


def main(folder: Path) -> None:
    mac = {size: png(size, margin=0.1) for size in set(ICNS.values())}
    for size in HICOLOR:
        place = folder / "hicolor" / f"{size}x{size}" / "apps" / "lanewise.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(png(size))
    scalable = folder / "hicolor" / "scalable" / "apps" / "lanewise.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(SVG.read_bytes())
    (folder / "lanewise.ico").write_bytes(ico({size: png(size) for size in ICO}))
    (folder / "lanewise.icns").write_bytes(icns({kind: mac[size] for kind, size in ICNS.items()}))


def png(size: int, margin: float = 0.0) -> bytes:
    """The drawing on a square of pixels. `margin`: share left free at each side, as macOS has it."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    free = size * margin
    QSvgRenderer(str(SVG)).render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures by size."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        # 0 stands for 256
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + entries + b"".join(pictures.values())


def icns(pictures: dict[str, bytes]) -> bytes:
    """A macOS icon of PNG pictures by kind."""
    parts = b"".join(
        kind.encode() + struct.pack(">I", 8 + len(data)) + data for kind, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("the form is: python tools/app_icons.py DIR")
    main(Path(sys.argv[1]))
