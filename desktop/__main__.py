"""`python -m desktop` is `lanewise`."""

from __future__ import annotations

import sys

from desktop.start import main

if __name__ == "__main__":
    sys.exit(main())
