"""More than 400 names that somebody has tried on a program that took a name for a path."""

from itertools import product

_PREFIXES = (
    "../",
    "../../../../",
    "..\\",
    "..\\..\\",
    "/",
    "//server/share/",
    "\\\\server\\share\\",
    "C:\\",
    "C:",
    "c:/",
    "~/",
    "~root/",
    "./",
    ".\\",
    "\\\\?\\C:\\",
    "\\\\.\\",
    "file:///",
    "%2e%2e%2f",
    "..%2f",
    "..;/",
    "．．／",
    "..\u2215",
    "..\u2044",
    "\u2024\u2024/",
    "a/../../",
    "a\\..\\..\\",
    "\x00/",
    "../\x00",
)
_TARGETS = ("etc/passwd", "Windows/win.ini", ".bashrc", ".ssh/authorized_keys", "autorun.inf", "x.pdf")
_DEVICES = (
    "CON",
    "PRN",
    "AUX",
    "NUL",
    "COM1",
    "COM9",
    "LPT1",
    "LPT9",
    "COM¹",
    "CONIN$",
    "CONOUT$",
    "CLOCK$",
    "con",
    "Nul",
)
_TAILS = ("", ".txt", ".tar.gz", " .txt", ". .txt", ":stream", "::$DATA", " ", ".", "...")
_STREAMS = ("a.pdf:evil.exe", "a.pdf::$DATA", "a.pdf:$I30:$INDEX_ALLOCATION", ":a", "a:", "a.txt:b:c")
_ENDS = (
    "a.pdf ",
    "a.pdf.",
    "a.pdf. .",
    " a.pdf",
    ".a.pdf",
    "...",
    ". .",
    " ",
    "",
    ".",
    "..",
    "a.pdf\t",
    "a.pdf\u00a0",
    "a\u3000",
)
_DIRECTIONS = tuple(
    f"bao\u0020cao{mark}fdp.exe"
    for mark in "\u202e\u202d\u202a\u202b\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u2060\ufeff"
)
_CONTROLS = tuple(f"a{chr(code)}b.pdf" for code in (*range(1, 32), 0x7F, *range(0x80, 0xA0)))
_WILD = (
    *tuple(f"a{sign}b.pdf" for sign in '<>"|?*:/\\'),
    "-rf",
    "--help",
    "$(id).pdf",
    "`id`.pdf",
    "a;b.pdf",
    "a&b.pdf",
    "%n%n.pdf",
    "{x}.pdf",
)
_FORMS = (
    "e\u0302\u0301.pdf",
    "\u1ebf.pdf",
    "ê\u0301.pdf",
    "đ.pdf",
    "Đ\u0300.pdf",
    "\u212b.pdf",
    "ﬁ.pdf",
    "\u0130.pdf",
    "ß.pdf",
    "ẞ.pdf",
    "\u1e9b\u0323.pdf",
    "\ud800.pdf",
    "a\udcff.pdf",
    "\uffff.pdf",
    "\U0010ffff.pdf",
    "\ue000.pdf",
    "e" + "\u0301" * 200 + ".pdf",
)
_LONG = tuple(
    letter * count + end
    for letter, count, end in product("aế🂡", (119, 120, 121, 240, 255, 256, 5_000), ("", ".pdf", "." + "x" * 300))
)
_ARCHIVES = (
    "../../tmp/x.tar",
    "a.zip/../../b",
    "gzip\x00FNAME.pdf",
    "a.pdf\n",
    "a\r\nb.pdf",
    "a.pdf\x00.exe",
    "\x00",
    "a\x00",
)

HOSTILE = tuple(
    dict.fromkeys(
        (
            *("".join(pair) for pair in product(_PREFIXES, _TARGETS)),
            *("".join(pair) for pair in product(_DEVICES, _TAILS)),
            *_STREAMS,
            *_ENDS,
            *_DIRECTIONS,
            *_CONTROLS,
            *_WILD,
            *_FORMS,
            *_LONG,
            *_ARCHIVES,
        )
    )
)
