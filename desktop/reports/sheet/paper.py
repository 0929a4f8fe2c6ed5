"""A sheet or a report as a PDF, and on a printer: vectors and carried fonts, so that every word can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.core.text import Language
from desktop.reports.sheet.fonts import register_fonts
from desktop.reports.sheet.model import Report, Sheet, Tongue
from desktop.reports.sheet.one_page import one_page
from desktop.reports.sheet.page import DPI, PAGE, Canvas, Voice, paint_page
from desktop.store.casefile import write_whole

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<xmp:CreatorTool>Lanewise</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
CODES: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}


def languages(tongue: Tongue) -> tuple[str, ...]:
    """The languages of a paper as web and PDF name them."""
    return tuple(CODES.values()) if tongue == "both" else (CODES[tongue],)


def pages_of(content: Sheet | Report, tongue: Tongue) -> Sequence[Canvas]:
    """The pages of a sheet (always one) or of a report."""
    register_fonts()
    if isinstance(content, Sheet):
        return (one_page(content, tongue),)
    from desktop.reports.sheet.many_pages import many_pages

    return many_pages(content, tongue)


def title_of(content: Sheet | Report, tongue: Tongue) -> str:
    sheet = content if isinstance(content, Sheet) else content.sheet
    return f"{Voice(tongue).plain(sheet.product)} — Lanewise"


def pdf_bytes(content: Sheet | Report, tongue: Tongue) -> bytes:
    """A PDF, whole."""
    pages = pages_of(content, tongue)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    title = title_of(content, tongue)
    writer.setTitle(title)
    writer.setCreator("Lanewise")
    named = "".join(f"<rdf:li>{code}</rdf:li>" for code in languages(tongue))
    writer.setDocumentXmpMetadata(XMP.format(title=escape(title), languages=named).encode())
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        paint_page(painter, page, QRectF(0, 0, PAGE.width(), PAGE.height()))
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def write_pdf(content: Sheet | Report, tongue: Tongue, path: Path) -> None:
    """Writes a PDF, whole or not at all. StoreError leaves what was there before."""
    write_whole(path, pdf_bytes(content, tongue))


def print_pages(
    pages: Sequence[Canvas], device: QPagedPaintDevice, area: QRectF, first: int = 0, last: int = 0
) -> None:
    """Paints pages on a printer whose paper is `area`; `first` and `last` are page numbers, 0 for all."""
    chosen = pages[max(first - 1, 0) : last or len(pages)]
    painter = QPainter(device)  # type: ignore[call-overload]
    for number, page in enumerate(chosen):
        if number:
            device.newPage()
        paint_page(painter, page, area)
    painter.end()
