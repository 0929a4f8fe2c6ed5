"""Run by the Python that knows LibreOffice (package python3-uno): recalculates a workbook, prints seconds and results.

    python3 calc_recalculate.py FILE.xlsx

The first line is the least of three recalculations of the whole document in seconds, the second the column of results
(the last column with formulas), blank separated.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    sys.exit("LibreOffice did not answer")


def main() -> None:
    pipe = f"lanewise{os.getpid()}"
    with tempfile.TemporaryDirectory() as profile:
        place = (f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;")
        office = subprocess.Popen(["soffice", "--headless", "--norestore", *place])
        context = connected(pipe)
        make = context.ServiceManager.createInstanceWithContext
        desktop = make("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue(Name="Hidden", Value=True)
        url = uno.systemPathToFileUrl(os.path.abspath(sys.argv[1]))
        document = desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))
        times = []
        for _ in range(3):
            started = time.perf_counter()
            document.calculateAll()
            times.append(time.perf_counter() - started)
        sheet = document.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        data = sheet.getCellRangeByPosition(last.EndColumn, 1, last.EndColumn, last.EndRow).getDataArray()
        print(min(times))
        print(" ".join(repr(row[0]) for row in data))
        document.close(True)
        with contextlib.suppress(Exception):
            desktop.terminate()
        office.wait(30)


if __name__ == "__main__":
    main()
