"""Why the system did not read or write a file, in both languages: its own words come in one only."""

from __future__ import annotations

import errno

from desktop.core.text import Text, both

_FULL = Text("there is no room left on the disk", "磁盘空间不足")
_FORBIDDEN = Text("it may not be read or written by you", "没有访问权限")
_BUSY = Text("another program is using it", "正被另一程序占用")
_GONE = Text("the disk does not answer", "磁盘没有响应")
_REASONS = {
    errno.ENOENT: Text("there is no such file or folder", "没有此文件或文件夹"),
    errno.EISDIR: Text("it is a folder", "这是文件夹"),
    errno.ENOTDIR: Text("a part of its path is no folder", "路径中有一段不是文件夹"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: Text("the disk can only be read", "磁盘为只读"),
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.ENAMETOOLONG: Text("its name is too long", "名称过长"),
    errno.EBUSY: _BUSY,
    errno.EIO: _GONE,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
    errno.EMFILE: Text("too many files are open", "打开的文件过多"),
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = _FULL
if hasattr(errno, "ETXTBSY"):
    _REASONS[errno.ETXTBSY] = _BUSY


def reason_of(error: OSError) -> Text:
    """The reason of an error as a part of a sentence; the system's own words where none of ours fit."""
    return _REASONS.get(error.errno or 0) or both(error.strerror or str(error))
