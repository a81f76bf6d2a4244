"""Make suite1/session_version_1.json: states as they were written before there were thin packets (session.md 9).

Nothing writes them any more, so they are kept as they were recorded; their refusals are made from them.
"""

from tests.vectors import frame, recorded

FILE = "suite1/session_version_1"


def made() -> dict[str, str]:
    """Return the text of the file."""
    states = [test for test in recorded.content(FILE)["tests"] if test["expect"] == frame.OK]
    first = str(states[0]["state"])
    refused = [
        frame.no("cut short by a byte", "FormatError", "length", state=first[:-2]),
        frame.no("a byte more", "FormatError", "length", state=first + "00"),
        frame.no("version 0", "FormatError", "bound", state="00" + first[2:]),
        frame.no("said to be of version 2", "FormatError", "swap", state="02" + first[2:]),
        frame.no("of a version to come", "FormatError", "bound", state="03" + first[2:]),
        frame.no("empty", "FormatError", "length", state=""),
    ]
    return {FILE: frame.text("session.md", [*states, *refused])}
