"""Make the vectors of packets as groups: as they are written, as people type them, and what is asked for again."""

from collections.abc import Iterator

from secmsg.wire import base45_text, groups
from secmsg.wire.groups import Link, Recovered
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test

PACKET = bytes(range(16))
GROUPS = groups.encode(PACKET, 4)
TELETYPE = str.maketrans("1234567890", "QWERTYUIOP")
MORSE = str.maketrans("01235789", "TAUVEBDN")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def made() -> dict[str, str]:
    """Return both files."""
    return {
        "groups": frame.text("groups.md", [*_written(), *_typed(), *_asked(), *_refused()]),
        "base45": frame.text("groups.md", [*_parts(), *_refused_parts()]),
    }


def _written() -> Iterator[Test]:
    random = seeded(b"groups")
    packets = [("sixteen bytes", PACKET, 4), ("one byte, no parity", b"\xa5", 0)]
    packets += [(f"{size} bytes", random(size), groups.parity_for(Link.TELEPHONE, size)) for size in (60, 400)]
    for name, packet, parity in packets:
        written = " ".join(groups.encode(packet, parity))
        flags = ["example"] if packet == PACKET else []
        yield frame.ok(name, *flags, do="write", hex=packet.hex(), parity=parity, text=written)


def _typed() -> Iterator[Test]:
    plain = " ".join(GROUPS)
    header, first, second = groups.lines(GROUPS)
    rows = f"{' '.join(first)}\n{' '.join(second)}"
    for name, text in (
        ("in numbered lines", groups.text(GROUPS)),
        (
            "numbers in brackets, and before a space",
            f"(0) {' '.join(header)}\n1 {' '.join(first)}\n2) {' '.join(second)}",
        ),
        ("full-width figures", plain.translate(FULL_WIDTH).replace(" ", "\u3000")),
        ("the teletype lost its shift", plain.translate(TELETYPE)),
        ("small letters of the teletype in one group", _with(6, GROUPS[6].translate(TELETYPE).lower())),
        ("Morse's cut figures", plain.translate(MORSE)),
        ("no spaces, a remark", f"# điện thoại 14 giờ\n{plain.replace(' ', '')}\n"),
        ("figure by figure", " ".join(plain.replace(" ", ""))),
        ("dots and hyphens", plain.replace(" ", " - ") + "."),
        ("a group cut in two", _with(6, f"{GROUPS[6][:2]} {GROUPS[6][2:]}")),
        ("group 3 wrong, group 6 missing", _with(4, "12345", {7: "-----"})),
        ("four missing groups, each marked in its way", _with(3, "?", {5: "....", 8: "*****", 12: "_"})),
        ("an empty cell of a table", plain.replace(" ", "\t").replace(GROUPS[5], "")),
        ("a group short of a figure", _with(6, GROUPS[6][1:])),
        ("two groups that fit and are wrong", _with(4, groups._group(4711, 2), {11: groups._group(815, 9)})),
        ("a group lost in the middle, without a mark", " ".join((*GROUPS[:6], *GROUPS[7:]))),
        ("a group said twice", " ".join((*GROUPS[:6], GROUPS[5], *GROUPS[6:]))),
        ("the first line lost, its number told", f"00163 00044\n2: {' '.join(second)}\n{_again(range(2, 10))}"),
        ("a line with a wrong number", f"{' '.join(header)}\n1: {' '.join(first)}\n3: {' '.join(second)}"),
        ("groups once more, by their numbers", f"{_with(2, '?', {3: '?', 4: '?', 5: '?', 6: '?'})}\n{_again((0, 1))}"),
        ("a wrong one once more changes nothing", f"{plain}\n5=99999"),
        ("A lost", " ".join(("?", *GROUPS[1:]))),
        ("B lost", " ".join((GROUPS[0], "99999", *GROUPS[2:]))),
        ("A and B lost", f"1: {rows}"),
        ("A and the last group lost", " ".join(GROUPS[1:-1])),
        ("B lost, and as many as there is parity", " ".join((GROUPS[0], "?", *["?"] * 4, *GROUPS[6:]))),
    ):
        outcome = groups.decode(text)
        assert isinstance(outcome, Recovered), (name, text, outcome)
        assert outcome.packet == PACKET, name
        names = [groups.name(place) for place in outcome.wrong], [groups.name(place) for place in outcome.changed]
        yield frame.ok(name, do="read", hex=PACKET.hex(), text=text, wrong=names[0], changed=names[1])


def _with(place: int, group: str, more: dict[int, str] | None = None) -> str:
    other = {place: group} | (more or {})
    return " ".join(other.get(at, each) for at, each in enumerate(GROUPS))


def _again(places: range | tuple[int, ...]) -> str:
    return " ".join(f"{place + 1}={GROUPS[place + 2]}" for place in places)


def _asked() -> Iterator[Test]:
    """Texts of which nothing comes out; `wants` are the names to ask for."""
    five = dict.fromkeys((3, 5, 7, 9), "?")
    three = {place: groups._group(place, place - 2) for place in (5, 7)}
    for name, text in (
        ("five missing of four of parity", _with(2, "?", five)),
        ("three groups that fit and are wrong", _with(3, groups._group(3, 1), three)),
        ("A lost, and the groups do not tell", " ".join(("?", *GROUPS[1:9]))),
        ("words", "tin nhan khong co nhom nao"),
        ("the end is lost", " ".join(GROUPS[:9])),
    ):
        outcome = groups.decode(text)
        assert isinstance(outcome, groups.Wanted), name
        yield frame.no(
            name, "FormatError", "rule", do="read", text=text, wants=[groups.name(place) for place in outcome.places]
        )


def _refused() -> Iterator[Test]:
    for name, text in (
        ("nothing", ""),
        ("only a remark", "# 12345 12345\n"),
        ("a text too long", "1" * 16_385),
        ("too many groups", "00000 " * 513),
    ):
        yield frame.no(name, "FormatError", "length", do="read", text=text)
    for name, size, parity in (("no byte", 0, 4), ("401 bytes", 401, 4), ("101 of parity", 16, 101)):
        yield frame.no(name, "FormatError", "bound", do="write", parts=[["00", size]], parity=parity)


def _parts() -> Iterator[Test]:
    random = seeded(b"base45")
    for name, packet, size in (
        ("in two parts", PACKET, 8),
        ("one byte", b"\xff", 100),
        ("a text message", random(60), base45_text.SMS_BYTES),
        ("three text messages", random(270), base45_text.SMS_BYTES),
        ("four codes", random(1_960), base45_text.QR_BYTES),
    ):
        parts = list(base45_text.encode(packet, size))
        flags = ["example"] if packet == PACKET else []
        yield frame.ok(name, *flags, hex=packet.hex(), size=size, parts=parts)
    one, two = base45_text.encode(PACKET, 8)
    yield frame.ok("out of order, small, one of them twice", hex=PACKET.hex(), parts=[f" {two.lower()}\t", one, two])


def _refused_parts() -> Iterator[Test]:
    one, two = base45_text.encode(PACKET, 8)
    other, _ = base45_text.encode(PACKET[::-1], 8)
    (alone,) = base45_text.encode(PACKET, 16)
    for name, flag, parts in (
        ("no part", "length", []),
        ("the end is cut off", "length", [one, two[:-2]]),
        ("a part is missing", "length", [two]),
        ("a part of another packet", "swap", [other, two]),
        ("two parts under one number", "rule", [one, "1" + two[1:], two]),
        ("a part beyond their number", "bound", [one, "3" + two[1:]]),
        ("more parts than allowed", "bound", ["1/21" + one[3:]]),
        ("nothing in a part", "length", [f"{alone[:7]}:"]),
        ("a sign that base45 does not have", "text", [alone[:-2] + "!:"]),
        ("three signs for more than two bytes", "bound", [f"{alone[:7]}::::"]),
        ("a sign too many", "canonical", [f"{alone[:-1]}0:"]),
        ("a line feed before the last colon", "canonical", [f"{alone[:-1]}\n:"]),
        ("one sign altered", "rule", [f"{alone[:8]}{'1' if alone[8] != '1' else '2'}{alone[9:]}"]),
        ("a part of 1025 signs", "length", [f"1/1:{'0' * 1_020}:"]),
    ):
        yield frame.no(name, "FormatError", flag, parts=parts)
