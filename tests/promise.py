"""Hold coverage to its promise about places, and say how many vectors there are; a promise that is broken exits 1.

Run as `python -m tests.promise`. Reads the .coverage file that `make test` left.
"""

import os
import sys
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

from tests.vectors import frame

PROMISES = (
    (
        100.0,
        (
            "secmsg/crypto/*",
            "secmsg/wire/*",
            "secmsg/protocol/*",
            "secmsg/authority/*",
            "secmsg/manual/*",
            "secmsg/office/*",
            "secmsg/digits.py",
            "secmsg/vietnamese.py",
            "ui/*/state.py",
            "ui/manual/*/state.py",
            "ui/manual/sheet.py",
        ),
    ),
    (
        90.0,
        (
            "secmsg/store/*",
            "secmsg/links/*",
            "secmsg/watch/*",
            "secmsg/metadata/*",
            "secmsg/relay/*",
            "secmsg/papers/*",
            "secmsg/station/*",
            "secmsg/commands/*",
            "secmsg/config.py",
        ),
    ),
)


def main() -> int:
    coverage = Coverage()
    coverage.load()
    broken = 0
    for promised, places in PROMISES:
        for place in places:
            try:
                with Path(os.devnull).open("w") as nowhere:
                    reached = coverage.report(include=[place], file=nowhere, skip_empty=True)
            except NoDataError:
                continue
            kept = reached >= promised
            broken += not kept
            print(f"coverage {place:24} {reached:6.2f} % (promised {promised:.0f} %){'' if kept else '  BROKEN'}")
            if not kept:
                coverage.report(include=[place], show_missing=True, skip_covered=True)
    print(frame.summary())
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
