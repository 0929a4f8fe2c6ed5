"""macOS: the bundle's property list, signing, notarising and the disk image. Standard library only.

Keys come from the environment, and without them the image is unsigned: LANEWISE_IDENTITY (a "Developer ID Application" in
the keychain), LANEWISE_NOTARY (a profile that `xcrun notarytool store-credentials` has kept in the keychain).
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import about

OLDEST = "13.0"
"""The oldest macOS that Qt's wheels run on."""
ENTITLEMENTS = about.HERE / "macos" / "entitlements.plist"


def info_plist() -> bytes:
    """packaging/macos/Info.plist with version, types and the oldest system filled in."""
    plist: dict[str, Any] = plistlib.loads((about.HERE / "macos" / "Info.plist").read_bytes())
    plist["CFBundleShortVersionString"] = plist["CFBundleVersion"] = about.version()
    plist["CFBundleIdentifier"] = about.BUNDLE_ID
    plist["LSMinimumSystemVersion"] = OLDEST
    plist["CFBundleDocumentTypes"] = [
        {"CFBundleTypeName": name, "CFBundleTypeRole": role, "LSHandlerRank": "Owner",
         "LSItemContentTypes": [_identifier(mime)], "CFBundleTypeIconFile": "lanewise.icns"}
        for (mime, (_ending, name, _zh)), role in zip(about.TYPES.items(), ("Editor", "Viewer"), strict=True)
    ]  # fmt: skip
    plist["UTExportedTypeDeclarations"] = [
        {"UTTypeIdentifier": _identifier(mime), "UTTypeDescription": name, "UTTypeConformsTo": ["public.data"],
         "UTTypeTagSpecification": {"public.filename-extension": [ending[1:]], "public.mime-type": [mime]}}
        for mime, (ending, name, _zh) in about.TYPES.items()
    ]  # fmt: skip
    return plistlib.dumps(plist)


def _identifier(mime: str) -> str:
    return f"{about.BUNDLE_ID}.{mime.rpartition('-')[2]}"


def pack(app: Path, work: Path, out: Path) -> list[Path]:
    """The disk image: the bundle and a link to the folder of programs."""
    identity = os.environ.get("LANEWISE_IDENTITY", "")
    if identity:
        sign(app, identity)
    folder = work / "image"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    run("ditto", app, folder / app.name)
    (folder / "Applications").symlink_to("/Applications")
    made = out / f"{about.stem()}.dmg"
    made.unlink(missing_ok=True)
    run(
        "hdiutil",
        "create",
        "-volname",
        about.TITLE,
        "-srcfolder",
        folder,
        "-fs",
        "HFS+",
        "-format",
        "ULMO",
        made,
    )
    if identity:
        run("codesign", "--sign", identity, "--timestamp", made)
        profile = os.environ.get("LANEWISE_NOTARY", "")
        if profile:
            run("xcrun", "notarytool", "submit", made, "--keychain-profile", profile, "--wait")
            run("xcrun", "stapler", "staple", made)
    return [made]


def sign(app: Path, identity: str) -> None:
    """Every library on its own, from the inside out, then the bundle; the hardened runtime that notarising asks for."""
    options = ["--force", "--options", "runtime", "--timestamp", "--sign", identity]
    inside = [path for path in app.rglob("*") if path.is_file() and not path.is_symlink() and _is_code(path)]
    for path in sorted(inside, key=lambda path: -len(path.parts)):
        run("codesign", *options, "--entitlements", ENTITLEMENTS, path)
    run("codesign", *options, "--entitlements", ENTITLEMENTS, app)
    run("codesign", "--verify", "--deep", "--strict", app)


def _is_code(path: Path) -> bool:
    """Whether a file begins as Mach-O does, for one processor or several."""
    with path.open("rb") as stream:
        return stream.read(4) in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, env=about.environment())
