"""Builds the bundled fonts in resources/fonts from the Debian packages fonts-inter and fonts-noto-cjk.

Why subsets: a bare Linux may have no Chinese font at all, and the full one has 18 MiB. The Chinese subset
leaves out the Kangxi radicals and all ligatures, because with them the text of a PDF cannot be searched.
Both families get new names, as the Open Font License asks of changed versions with reserved names.

Use: python tools/build_fonts.py [--out resources/fonts]     (needs fontTools)
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

INTER_DIR = Path("/usr/share/fonts/opentype/inter")
NOTO_DIR = Path("/usr/share/fonts/opentype/noto")
LICENCES = {
    "OFL-Inter.txt": Path("/usr/share/doc/fonts-inter/copyright"),
    "OFL-NotoSansCJK.txt": Path("/usr/share/doc/fonts-noto-cjk/copyright"),
}
SC_FACE = 2
"""Index of the Simplified Chinese face inside the Noto collection."""

LATIN_FILES = {"Regular": "Inter-Regular.otf", "Medium": "Inter-Medium.otf", "SemiBold": "Inter-SemiBold.otf"}
CHINESE_FILES = {"Regular": ("NotoSansCJK-Regular.ttc", 400), "Bold": ("NotoSansCJK-Bold.ttc", 700)}
NAME_IDS = (1, 3, 4, 6, 16, 18, 21)


def span(first: int, last: int) -> set[int]:
    """All code points from first to last, both included."""
    return set(range(first, last + 1))


def latin_points() -> set[int]:
    """Latin with accents, punctuation, arrows, signs of arithmetic and currency."""
    points = span(0x20, 0x7E) | span(0xA0, 0x17F) | span(0x2010, 0x2027) | span(0x2030, 0x203A)
    points |= span(0x20A0, 0x20BF) | span(0x2190, 0x2199) | span(0x2150, 0x215E)
    points |= {0x2009, 0x200A, 0x202F, 0x2044, 0x2070, 0x2074, 0x2080, 0x2082, 0x2122, 0x2212, 0x2248, 0x2260}
    points |= {0x2264, 0x2265, 0x221E, 0x2713, 0x2715, 0x2717, 0x25CF, 0x25CB, 0x25C6, 0x25B2, 0x25BC, 0x2303}
    return points | {0x2318, 0x21E7, 0x2325, 0x0394, 0x03A3, 0x03BC, 0x03C0}


def gb2312_points() -> set[int]:
    """Every character of GB2312, read from the codec itself."""
    points: set[int] = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return points


def chinese_points() -> set[int]:
    """GB2312, Latin, Chinese punctuation and full-width forms, never the Kangxi radicals."""
    wanted = gb2312_points() | latin_points() | span(0x3000, 0x303F) | span(0xFF00, 0xFFEF)
    return wanted - span(0x2F00, 0x2FDF)


def rename(font: TTFont, family: str, style: str, old: str) -> None:
    """Replaces the reserved family name everywhere in the name table and in the CFF table."""
    for record in list(font["name"].names):
        if record.nameID in NAME_IDS:
            text = record.toUnicode().replace(old.replace(" ", ""), family.replace(" ", ""))
            record.string = text.replace(old, family)
    name = font["name"]
    for platform, encoding, language in ((3, 1, 0x409), (1, 0, 0)):
        name.setName(f"{family.replace(' ', '')}-{style}", 6, platform, encoding, language)
        name.setName(f"{family} {style}", 4, platform, encoding, language)
        name.setName(family, 16, platform, encoding, language)
        name.setName(style, 17, platform, encoding, language)
        legacy = family if style == "Regular" else f"{family} {style}"
        name.setName(legacy, 1, platform, encoding, language)
        name.setName("Regular", 2, platform, encoding, language)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = f"{family.replace(' ', '')}-{style}"
        top = cff.topDictIndex[0]
        for key, value in (("FullName", f"{family} {style}"), ("FamilyName", family)):
            if hasattr(top, key):
                setattr(top, key, value)


def cut(font: TTFont, points: set[int], features: list[str]) -> None:
    """Keeps only the wanted characters and layout features; drops the hinting."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = [0x409, 0]
    options.notdef_outline = True
    options.desubroutinize = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)


def keep_spaces(font: TTFont) -> None:
    """Gives the tab a glyph that is not the space's. Qt draws a tab without a glyph as a space, and then writes every
    space of a PDF as a tab, so that two words beside each other are not found."""
    glyphs = font.getBestCmap()
    thin = next(glyphs[code] for code in (0x2009, 0x3000) if code in glyphs)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x09] = thin


def build_latin(out: Path) -> None:
    """Inter in three weights, with tabular figures and kerning."""
    for style, file in LATIN_FILES.items():
        font = TTFont(INTER_DIR / file)
        cut(font, latin_points(), ["kern", "tnum", "mark", "ccmp", "case"])
        rename(font, "Lanewise Sans", style, "Inter")
        keep_spaces(font)
        font.save(out / f"LanewiseSans-{style}.otf")


def build_chinese(out: Path) -> None:
    """Noto Sans CJK SC in two weights; 500 finds the regular one, 600 the bold one."""
    for style, (file, weight) in CHINESE_FILES.items():
        font = TTFont(NOTO_DIR / file, fontNumber=SC_FACE)
        cut(font, chinese_points(), ["kern"])
        rename(font, "Lanewise Sans SC", style, "Noto Sans CJK SC")
        font["OS/2"].usWeightClass = weight
        keep_spaces(font)
        font.save(out / f"LanewiseSansSC-{style}.otf")


def main() -> None:
    """Builds all files and says how large they became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("resources/fonts"))
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    build_latin(out)
    build_chinese(out)
    for name, source in LICENCES.items():
        shutil.copyfile(source, out / name)
    for path in sorted(out.glob("*.otf")):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
