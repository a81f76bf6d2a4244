"""Make the vectors of the hand cipher: the frozen message, tables, the branch of six figures, what is refused."""

from collections.abc import Iterator, Sequence

from secmsg.manual import checks, text
from secmsg.manual.message import encipher
from secmsg.manual.pad import Page, page, page_check, strip_checks
from secmsg.manual.tag import MODULUS, sheet, tag, trace
from tests.helpers.manual import AT, FROZEN_CODES, FROZEN_KEYS, codes, pages
from tests.vectors import frame
from tests.vectors.frame import Test

FROZEN = page(42, FROZEN_KEYS + codes(b"strip", 25), ("92653", "58979"))
LONG = pages(b"long", 9_001, 2)
SHORT = pages(b"short", 9_998, 1)


def made() -> dict[str, str]:
    """Return the one file."""
    return {"manual": frame.text("manual.md", [*_messages(), *_parts(), *_received(), *_refused()])}


def _messages() -> Iterator[Test]:
    yield _message("the frozen message", "example", [FROZEN], [31_415], FROZEN_CODES, serial=104)
    yield _message("with parity and two tags", "", [FROZEN], [31_415, 27_182], FROZEN_CODES, serial=104, parity=True)
    yield _message("eleven groups, the last alone in its row", "", SHORT, [99_999], codes(b"eleven", 11), parity=True)
    yield _message("121 groups on two pages", "", LONG, [1, 50_002], codes(b"121", 121), parity=True, serial=99_999)


def _message(
    name: str,
    flag: str,
    used: Sequence[Page],
    secrets: list[int],
    plain: Sequence[str],
    *,
    serial: int = 7,
    parity: bool = False,
) -> Test:
    sheets = [sheet(r) for r in secrets]
    message = encipher(plain, used, sheets, serial=serial, at=AT, parity=parity)
    values = [step.value for step in trace(sheets[0], serial, message.groups)] if len(plain) < 10 and not parity else []
    return frame.ok(
        name,
        *([flag] if flag else []),
        do="message",
        **_keys(used, secrets),
        serial=serial,
        at=AT,
        parity=parity,
        codes=" ".join(plain),
        trace=" ".join(f"{value:05}" for value in values),
        text=text.write(message).splitlines(),
    )


def _keys(used: Sequence[Page], secrets: list[int]) -> dict[str, object]:
    told = [{"number": page.number, "keys": " ".join(page.keys), "masks": list(page.masks)} for page in used]
    return {"pages": told, "r": secrets}


def _parts() -> Iterator[Test]:
    for cipher, place in (("5012", 0), ("5012", 10), ("5012", 9), ("5012", 99), ("5012", 959)):
        yield frame.ok(
            f"check figure at place {place}", do="sent", cipher=cipher, place=place, gives=checks.sent(cipher, place)
        )
    sheet_ = sheet(31_415)
    yield frame.ok(
        "tables of r = 31415",
        do="tables",
        r=31_415,
        hundreds=[sheet_.hundreds(place) for place in range(5)],
        units=[sheet_.units(place) for place in range(5)],
        beyond=[sheet_.beyond(place) for place in range(3)],
    )
    whole = pages(b"whole", 1, 1)[0]
    yield frame.ok(
        "checks of a page", do="page", **_keys([whole], []), check=page_check(whole), strips=list(strip_checks(whole))
    )
    for above in range(3):
        yield _overflow(above)


def _overflow(above: int) -> Test:
    """Choose the first group so that its sum is 100 000 and `above`: the tables end below it."""
    r, serial = 31_415, 104
    before = (serial * r + 1) * r % MODULUS
    group = f"{100_000 + above - before:05}"
    values = [step.value for step in trace(sheet(r), serial, [group])]
    return frame.ok(
        f"a sum of six figures, {100_000 + above}",
        "bound",
        do="tag",
        r=r,
        serial=serial,
        mask="00001",
        groups=group,
        trace=" ".join(f"{value:05}" for value in values),
        gives=tag(sheet(r), "00001", serial, [group]),
    )


def _received() -> Iterator[Test]:
    lines = text.write(
        encipher(FROZEN_CODES * 3, [FROZEN], [sheet(31_415)], serial=104, at=AT, parity=True)
    ).splitlines()
    yield _entered("full-width figures", [line.translate(_table("０１２３４５６７８９")) for line in lines])
    yield _entered("a teleprinter without its shift", [line.translate(_table("PQWERTYUIO")) for line in lines])
    yield _entered("cut figures in small letters", [line.translate(_table("tauv4e6bdn")) for line in lines])
    yield _entered(
        "line numbers, bars and strokes",
        [f"{n:02}. {line}".replace(" ", "/", 3) for n, line in enumerate(lines) if n],
        lines[0],
    )
    yield _entered("no spaces", [line.replace(" ", "") for line in lines])
    lost = [line.split() for line in lines]
    lost[1][3], lost[2][1] = "?????", "0"
    lost[1][10] = "-"
    yield _entered(
        "one group of a row not heard, its parity neither", [" ".join(line) for line in lost], code="GroupsWrong"
    )
    lost[1][10] = lines[1].split()[10]
    yield _entered("one group of each row not heard or short", [" ".join(line) for line in lost])
    lost[1][3] = lines[1].split()[3]
    lost[1][5], lost[1][6] = lost[1][6], lost[1][5]
    yield _entered("two neighbours swapped in one row, one lost in another", [" ".join(line) for line in lost])


def _table(figures: str) -> dict[int, str]:
    return {ord(str(figure)): letter for figure, letter in enumerate(figures)}


def _entered(name: str, lines: list[str], head: str = "", *, code: str = frame.OK, flag: str = "text") -> Test:
    fields = {"do": "received", **_keys([FROZEN], [31_415]), "text": [head, *lines] if head else lines}
    if code == frame.OK:
        return frame.ok(name, flag, **fields, codes=" ".join(FROZEN_CODES * 3))
    return frame.no(name, code, flag, **fields)


def _refused() -> Iterator[Test]:
    sheets = [sheet(31_415)]
    message = encipher(FROZEN_CODES * 3, [FROZEN], sheets, serial=104, at=AT, parity=True)
    lines = text.write(message).splitlines()
    head, row = lines[0].split(), lines[1].split()
    changed = checks.sent("0000", 2)
    other = [*row[:2], changed, *row[3:10]]
    forged = " ".join([*other, checks.parity(other, 0)])
    renumbered = [f"{105:05}", *head[1:6]]
    yield _no("another serial", "TagMismatch", [_sums(renumbered), *lines[1:]], "swap")
    yield _no("a group changed, with the right check and parity", "TagMismatch", [lines[0], forged, *lines[2:]], "swap")
    yield _no("another tag", "TagMismatch", [*lines[:-1], "00000"], "swap")
    yield _no("no tag", "TagMismatch", lines[:-1], "length")
    yield _no(
        "the last row left out, and the count made to fit",
        "TagMismatch",
        [_sums([*head[:5], "00010"]), lines[1], lines[3]],
        "swap",
    )
    yield _no("another page", "WrongPage", [_sums([head[0], SHORT[0].number, *head[2:6]]), *lines[1:]], "context")
    yield _no("one tag where two are demanded", "NotAllowed", lines, "context", r=[31_415, 27_182])
    yield _no(
        "a group with a wrong figure, in a row with another lost",
        "GroupsWrong",
        [lines[0], _wrong(row), *lines[2:]],
        "bit",
    )
    yield _no(
        "every check fits and the parity contradicts",
        "GroupsWrong",
        [lines[0], " ".join([*other, row[10]]), *lines[2:]],
        "rule",
    )
    yield _no(
        "a letter among the figures of the header",
        "HeaderWrong",
        [lines[0].replace("00104", "0010X"), *lines[1:]],
        "text",
    )
    yield _no("a wrong page number", "HeaderWrong", [_sums([head[0], "00428", *head[2:6]]), *lines[1:]], "bit")
    yield _no(
        "day and hour swapped", "HeaderWrong", [_sums([*head[:2], head[3], head[2], *head[4:6]]), *lines[1:]], "swap"
    )
    yield _no("sums that do not fit", "HeaderWrong", [lines[0].replace("00015", "00016"), *lines[1:]], "bit")
    yield _no(
        "a 32nd day", "HeaderWrong", [_sums([*head[:2], checks.checked("3201", 2), *head[3:6]]), *lines[1:]], "bound"
    )
    yield _no(
        "three tags", "HeaderWrong", [_sums([*head[:4], checks.checked("2631", 4), head[5]]), *lines[1:]], "bound"
    )
    yield _no("parity 2", "HeaderWrong", [_sums([*head[:4], checks.checked("2612", 4), head[5]]), *lines[1:]], "bound")
    yield _no("no groups by the header", "HeaderWrong", [_sums([*head[:5], "00000"]), *lines[1:]], "bound")
    yield _no("961 groups by the header", "HeaderWrong", [_sums([*head[:5], "00961"]), *lines[1:]], "bound")
    yield _no("121 groups and one tag by the header", "HeaderWrong", [_sums([*head[:5], "00121"]), *lines[1:]], "rule")
    yield _no("a header cut short", "HeaderWrong", [" ".join(head[:5])], "length")
    yield _no("nothing", "FormatError", [""], "length")
    yield _no("ten times as many groups as the header says", "FormatError", [lines[0], *lines[1:3] * 10], "length")
    value = [step.value for step in trace(sheets[0], 104, message.groups)][-1]
    mask = f"{100_000 - value:05}"
    void = page(43, FROZEN.keys, (mask, "00000"))
    yield frame.no(
        "a tag of six figures",
        "TagUnwritable",
        "bound",
        do="message",
        **_keys([void], [31_415]),
        serial=104,
        at=AT,
        parity=True,
        codes=" ".join(FROZEN_CODES * 3),
    )


def _no(name: str, error: str, lines: Sequence[str], flag: str, **other: object) -> Test:
    return frame.no(name, error, flag, do="received", **(_keys([FROZEN], [31_415]) | other), text=list(lines))


def _sums(groups: Sequence[str]) -> str:
    return " ".join([*groups, checks.column_sums(groups)])


def _wrong(row: Sequence[str]) -> str:
    return " ".join([f"{(int(row[0]) + 1) % 100_000:05}", "?", *row[2:]])
