"""What can only be looked at with Qt loaded: the platform it draws on, and whether Chinese can be written.

`main` answers as JSON for `lanewise doctor`, in a process of its own: a Qt that cannot start ends the process it is in.
"""

from __future__ import annotations

import json
import sys

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QLibraryInfo, qVersion
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

from desktop.core.text import Text
from desktop.store.doctor import AGAIN, Check
from desktop.views.design.theme import font_families, load_bundled_fonts

SAMPLE = "规则的价格，税与运费"
"""Chinese that stands on every screen."""
UNSEEN = ("offscreen", "minimal")
PLATFORM = Text("Window system", "窗口系统")
FONTS = Text("Fonts", "字体")
QT = Text("Qt", "Qt")


def checks() -> tuple[Check, ...]:
    """Qt, platform and fonts of the application that runs."""
    return qt_check(qVersion(), pyside_version), platform_check(QGuiApplication.platformName()), font_check()


def qt_check(qt: str, pyside: str) -> Check:
    """Whether library and binding are of one release, and Qt's own words are there."""
    says = Text(f"{qt}, PySide {pyside}", f"{qt}，PySide {pyside}")
    if qt.split(".")[:2] != pyside.split(".")[:2]:
        mend = Text("Two releases are mixed; make the environment again.", "两个版本混用，请重建运行环境。")
        return Check("qt", QT, "bad", says, mend)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not folder:
        return Check("qt", QT, "warn", says, AGAIN)
    return Check("qt", QT, "ok", says)


def platform_check(name: str) -> Check:
    """Whether there is a screen to draw on."""
    if name in UNSEEN:
        says = Text(f"{name}: drawn without a screen", f"{name}：无屏幕绘制")
        mend = Text(
            "For the window, start it in a desktop session (DISPLAY or WAYLAND_DISPLAY is set there). "
            "The commands work without one.",
            "要打开窗口，请在桌面会话中启动（其中已设置 DISPLAY 或 WAYLAND_DISPLAY）。命令行无需屏幕。",
        )
        return Check("platform", PLATFORM, "warn", says, mend)
    return Check("platform", PLATFORM, "ok", Text(name, name))


def font_check(families: tuple[str, ...] | None = None) -> Check:
    """Whether some family of the program has the Chinese signs."""
    wanted = tuple(font_families()) if families is None else families
    there = set(QFontDatabase.families())
    for family in wanted:
        if family in there and writes(family, SAMPLE):
            return Check("fonts", FONTS, "ok", Text(f"Chinese in {family}", f"中文字体：{family}"))
    other = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if any(writes(family, SAMPLE) for family in other):
        return Check("fonts", FONTS, "ok", Text(f"Chinese in {other[0]}", f"中文字体：{other[0]}"))
    says = Text("no font has Chinese signs: they would be boxes", "没有中文字体：汉字会显示为方框")
    mend = Text(
        "Install a Chinese font (on Debian and Ubuntu: sudo apt-get install fonts-noto-cjk).",
        "请安装中文字体（Debian、Ubuntu：sudo apt-get install fonts-noto-cjk）。",
    )
    return Check("fonts", FONTS, "bad", says, mend)


def writes(family: str, text: str) -> bool:
    """Whether a family itself has every sign of a text."""
    raw = QRawFont.fromFont(QFont(family))
    return raw.isValid() and all(raw.supportsCharacter(ord(sign)) for sign in text)


def main() -> int:
    app = QGuiApplication(sys.argv[:1])
    load_bundled_fonts()
    print(json.dumps([check_json(check) for check in checks()]))
    del app
    return 0


def check_json(check: Check) -> dict[str, object]:
    """A check as data, in both languages."""
    texts = {"name": check.name, "says": check.says, "mend": check.mend}
    return {
        "id": check.id,
        "state": check.state,
        **{key: {"en": text.en, "zh": text.zh} for key, text in texts.items()},
    }
