"""A second reading of cable, signed cable, manifest, slip, item, service message, padding, groups of figures, blobs.

Written from docs/spec/{cable,names,manifest,slip,item,service,padding,digits,blob}.md alone. A reader gives the fields
in the order of the page's table, without the version; what is absent is None.
"""

import re
from typing import Any

import blake3

from tests.vectors.second_basis import (
    Cut,
    Plain,
    RefusedError,
    cbor,
    flag,
    listed,
    need,
    only,
    raw,
    row,
    short,
    text,
    time,
    uint,
    unchunk,
    verify,
)

Fields = dict[int, Any]


def versioned(data: bytes, max_bytes: int, max_items: int, last: int) -> Fields:
    fields = cbor(data, max_bytes, max_items)
    need(uint(fields.get(0), 1, 1), "version")
    only(fields, *range(last + 1))
    return fields


# names.md

DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(COM|LPT)[0-9¹²³])\s*", re.IGNORECASE)


def name(value: Plain) -> str:
    text(value, 1, 120)
    need(not set(value) & set('/\\<>:"|?*'), "a path or a wild card")
    need(value.strip(".") == value == value.strip(), "dot or white space")
    need(not DEVICE.fullmatch(value.split(".")[0]), "a device")
    return str(value)


def media_type(value: Plain) -> str:
    need(type(value) is str and len(value) <= 100, "type")
    need(re.fullmatch(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", value), "type")
    return str(value)


# cable.md 2, 3

POST_NUMBER = re.compile(r"[0-9]{2} [A-Z0-9-]+( [A-Z0-9-]+)* [0-9]{3,5}")
DAY = 86_400


def cable(data: bytes) -> list[Any]:
    f = versioned(data, 1_048_576, 8_192, 40)
    got = [f.get(key) for key in range(1, 41)]
    mandatory = (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 19, 24, 25, 26, 28, 31, 32, 33, 34, 36, 38, 39)
    need(all(key in f for key in mandatory), "a field is missing")
    need(None not in f.values(), "absent by null")
    raw(f[1], 16)
    for key, low, high in ((2, 1, 6), (3, 1, 65_535), (4, 1, 99_999), (9, 0, 3), (13, 0, 3), (14, 0, 3), (39, 0, 5)):
        uint(f[key], low, high)
    for key, low, high in ((31, 1, 65), (32, 1, 1_000_000), (33, 1, 99)):
        uint(f[key], low, high)
    need(type(f[5]) is str and re.fullmatch(r"[A-ZĐ0-9&./-]{2,40}", f[5]), "symbol")
    post_number(f[6])
    for key in {7, 8, 11, 16, 17, 18, 35} & f.keys():
        time(f[key])
    need(f[7] % 60 == 0, "a full minute")
    for key, low, high in ((10, 1, 200), (15, 1, 300), (25, 3, 200)):
        if key in f:
            text(f[key], low, high)
    text(f[28], 1, 200_000, lines=True)
    if 29 in f:
        text(f[29], 1, 4_000, lines=True)
    flag(f[26])
    flag(f[34])
    arrays(f)
    people(f)
    whole(f)
    return got


def post_number(value: Plain) -> str:
    need(type(value) is str and len(value) <= 24 and POST_NUMBER.fullmatch(value), "post number")
    return str(value)


def arrays(f: Fields) -> None:
    for each in listed(f[12], 1, 2_000) if 12 in f else []:
        uint(each, 0, 3)
    for key in {19, 20, 21} & f.keys():
        for station in listed(f[key], 1, 150):
            uint(station, 1, 65_535)
    for each in listed(f[22], 1, 300) if 22 in f else []:
        station, persons, alone = row(each, 3)
        uint(station, 1, 65_535)
        flag(alone)
        for person in listed(persons, 1, 8):
            text(person, 1, 120)
    for key, high in ((23, 3), (24, 5)):
        for each in listed(f[key], 1, high) if key in f else []:
            text(each, 1, 40)
    for each in listed(f[27], 1, 20) if 27 in f else []:
        number, link = row(each, 2)
        post_number(number)
        uint(link, 1, 5)
    for each in listed(f[30], 1, 64) if 30 in f else []:
        called, kind, size, pages, content_hash, manifest_hash = row(each, 6)
        name(called)
        media_type(kind)
        uint(size, 0, 2**31)
        uint(pages, 0, 1_000_000)
        raw(content_hash, 32)
        raw(manifest_hash, 32)


def people(f: Fields) -> None:
    for key in {36, 38, 40} & f.keys():
        person, called, title, at = row(f[key], 4)
        signatory(person, called, title, at)
    for each in listed(f[37], 1, 32) if 37 in f else []:
        person, called, title, at, approved, note = row(each, 6)
        signatory(person, called, title, at)
        flag(approved)
        text(note, 0, 500, lines=True)


def signatory(person: Plain, called: Plain, title: Plain, at: Plain) -> None:
    uint(person, 0, 65_535)
    text(called, 1, 120)
    text(title, 0, 120)
    time(at)


def whole(f: Fields) -> None:
    dtg, degree = f[7], f[9]
    # 1
    need((10 in f and 11 in f) if degree else 11 not in f, "basis and end of protection")
    need(12 not in f or max(f[12]) == degree, "paragraph marks")
    # 2
    need(f[14] <= f[13], "more urgent for information")
    need(f[13] < 3 or len(f.get(15, "")) >= 10, "reason of the urgency")
    # 3
    for key, days in ((16, 30), (17, 366)):
        need(key not in f or dtg < f[key] <= dtg + days * DAY, "desk by, reply by")
    for key in {11, 18, 35} & f.keys():
        need(f[key] > dtg, "a date before the date-time group")
    # 4
    addressed = f[19] + f.get(20, [])
    everybody = addressed + f.get(21, [])
    need(len(set(everybody)) == len(everybody), "addressees")
    named = [each[0] for each in f.get(22, [])]
    need(len(set(named)) == len(named) and set(named) <= set(addressed), "named")
    # 5
    for each in (f.get(23, []), f[24], [number for number, _ in f.get(27, [])]):
        need(len(set(each)) == len(each), "twice")
    annexes = [each[0].casefold() for each in f.get(30, [])]
    need(len(set(annexes)) == len(annexes), "an annex twice")
    # 6
    need(f[38][0], "the releaser has a certificate")


# cable.md 5


def signed_cable(data: bytes) -> list[Any]:
    f = versioned(data, 1_064_960, 4_096, 6)
    raw(f.get(1), 1, 1_048_576)
    for key, size in ((2, 32), (3, 3_373), (4, 32), (5, 3_373)):
        raw(f.get(key), size)
    slips = [slip(raw(each, 81)) for each in listed(f[6], 1, 64)] if 6 in f else []
    return [*(f[key] for key in range(1, 6)), slips]


# slip.md


def slip(data: bytes) -> list[Any]:
    cut = Cut(data)
    cut.number(1, 1, 1)
    fields = [cut.take(32), cut.number(8, 0, 2**31), cut.take(32), cut.number(4), cut.number(4)]
    cut.done()
    return fields


# manifest.md


def manifest(data: bytes) -> list[Any]:
    f = versioned(data, 1_024, 4_096, 5)
    return [
        name(f.get(1)),
        media_type(f.get(2)),
        uint(f.get(3), 0, 2**31),
        uint(f.get(4), 0, 1_000_000),
        raw(f.get(5), 32),
    ]


# blob.md 3


def blob(slip_bytes: bytes, purpose: int, ref: bytes, public: bytes, sealed: bytes) -> tuple[bytes, bytes]:
    """Return content and manifest."""
    key, size, manifest_hash, _, _ = slip(slip_bytes)
    plain = unchunk(key, b"DC/1 blob\0" + ref + bytes([purpose]), sealed)
    cut = Cut(plain)
    content = cut.take(size)
    encoded = cut.take(cut.number(2, 0, 1_024))
    signature = cut.take(3_373)
    need(short(encoded) == manifest_hash, "another manifest")
    verify(public, "manifest", manifest_hash, signature)
    stated, content_hash = manifest(encoded)[2], manifest(encoded)[4]
    need(stated == size and blake3.blake3(content).digest() == content_hash, "another content")
    need(not any(cut.data) and len(plain) == padme(size + 3_375 + len(encoded)), "fill")
    return content, encoded


# item.md

LONGEST = {1: (1, 1_064_960), 2: (1, 32_768), 3: (81, 81), 4: (1, 1_064_960), 5: (1, 32_768)}


def item(data: bytes) -> list[Any]:
    f = versioned(data, 1_065_088, 4_096, 5)
    kind = uint(f.get(3), 1, 5)
    need(kind != 5 or f.get(2) == bytes(32), "a place in the chain for what stands outside it")
    return [
        uint(f.get(1), 0, 0) if kind == 5 else uint(f.get(1), 1, 2**32 - 1),
        raw(f.get(2), 32),
        kind,
        time(f.get(4)),
        raw(f.get(5), *LONGEST[kind]),
    ]


def item_hash(data: bytes) -> bytes:
    return short(b"item\0", data)


# service.md

NOTICES = {"TR", "CN", "DC", "TT", "HUY", "TH", "XTH", "CT", "DK", "TK", "THK"}
MAX_SERIAL = 2**32 - 1


def service(data: bytes) -> list[Any]:
    f = cbor(data, 32_768, 4_096)
    code = str(f.get(1))
    version = uint(f.get(0), 1, 2 if code in ("BN", "KTS") else 1)
    need(type(f.get(1)) is str, "code")
    if code == "TK" and 4 in f:
        only(f, 0, 1, 2, 4)
        return [uint(f[4], 1, 3), note(f, 2)]
    if code == "TK" and 5 in f:
        only(f, 0, 1, 5)
        uint(f[5], 1, 1)
        return []
    if code == "KTS":
        return recap(f) if version == 1 else whole_recap(f)
    if code in NOTICES:
        only(f, 0, 1, 2, 3)
        return [code, note(f, 2), cable_id(f, 3)]
    if code == "BN":
        return receipts(f, 5 if version == 1 else 6)
    if code == "LK":
        only(f, 0, 1, 2, 3)
        return [*revocation(raw(f.get(3), 12)), note(f, 2)]
    readers = {
        "YCPL": request, "PL": repeat, "SH": fault, "THU": line_test, "GS": block, "DS": hand_numbers, "MS": new_book,
        "DKH": keys,
    }  # fmt: skip
    need(code in readers, "an unknown code")
    return readers[code](f)


def note(f: Fields, key: int) -> str | None:
    return text(f[key], 1, 500, lines=True) if key in f else None


def cable_id(f: Fields, key: int) -> bytes | None:
    return raw(f[key], 16) if key in f else None


def receipts(f: Fields, parts: int) -> list[Any]:
    only(f, 0, 1, 2, 3, 4)
    for each in listed(f.get(3), 1, 64):
        cable_id, rung, at, number, words, *opened = row(each, parts)
        for digest in opened:
            raw(digest, 32)
        raw(cable_id, 16)
        need(type(rung) is int and rung in (3, 4, 5, 6, 7, 8, 9, 20), "rung")
        time(at)
        uint(number, 0, 99_999)
        need(number == 0 or rung >= 5, "a register number before the register")
        text(words, 0, 200)
    return [raw(f.get(2), 32), f[3], raw(f.get(4), 3_373)]


def recap(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3)
    return [uint(f.get(2), 0, MAX_SERIAL), uint(f.get(3), 0, MAX_SERIAL)]


def whole_recap(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    return [
        uint(f.get(2), 0, MAX_SERIAL),
        uint(f.get(3), 0, MAX_SERIAL),
        raw(f.get(4), 32),
        raw(f.get(5), 32),
        uint(f.get(6), 0, MAX_SERIAL),
        raw(f.get(7), 32),
        uint(f.get(8), 1, 31 * 86_400),
        ranges(f[9]) if 9 in f else None,
    ]


def ranges(value: Plain) -> Plain:
    before = -1
    for each in listed(value, 1, 64):
        first, last = row(each, 2)
        uint(first, 1, MAX_SERIAL)
        uint(last, first, MAX_SERIAL)
        need(first > before + 1, "ranges that touch")
        before = last
    return value


def request(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3)
    return [ranges(f.get(2)), uint(f[3], 2, 255) if 3 in f else 1]


def repeat(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3, 4)
    need(len(f) > 2, "a repeat of nothing")
    return [ranges(f[key]) if key in f else None for key in (2, 3, 4)]


def fault(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3, 4, 5, 6)
    serial = uint(f.get(4), 0, MAX_SERIAL)
    last = uint(f[6], max(serial, 1) + 1, MAX_SERIAL) if 6 in f else None
    return [uint(f.get(2), 1, 11), note(f, 3), serial, cable_id(f, 5), last]


def block(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3)
    return [uint(f.get(2), 1, 1_000), note(f, 3)]


def hand_numbers(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3, 4)
    first = uint(f.get(2), 1, MAX_SERIAL)
    last = uint(f.get(3), first, min(MAX_SERIAL, first + 999))
    used = ranges(f[4]) if 4 in f else []
    need(not used or (used[0][0] >= first and used[-1][1] <= last), "a hand number outside its block")
    return [first, last, used]


def new_book(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3, 4, 5, 6)
    signatures = [raw(f.get(3), 32), raw(f.get(4), 3_373), raw(f.get(5), 32), raw(f.get(6), 3_373)]
    statement(raw(f.get(2), 1, 2_048))
    return [f[2], *signatures]


def statement(data: bytes) -> list[Any]:
    f = cbor(data, 2_048, 4_096)
    only(f, 0, 1, 2, 3, 4, 5, 6, 7)
    uint(f.get(0), 1, 1)
    origin = uint(f.get(1), 1, 65_535)
    before = 0
    for peer in listed(f.get(6), 1, 256):
        before = uint(peer, before + 1, 65_535)
        need(peer != origin, "a station writes to itself")
    return [
        origin,
        uint(f.get(2), 1, MAX_SERIAL),
        uint(f.get(3), 1, MAX_SERIAL),
        uint(f.get(4), 1, 3),
        time(f.get(5)),
        f[6],
        text(f[7], 1, 200) if 7 in f else None,
    ]


def may_sign(origin: int, signers: list[Any]) -> None:
    """Two persons with two numbers, one of the origin at least, the other of it or of headquarters."""
    need(all(kind == 2 for kind, _, _, _ in signers), "a machine signs")
    need(len({subject for _, _, _, subject in signers}) == 2, "one person twice")
    need(any(station == origin for _, station, _, _ in signers), "nobody of the station")
    need(all(station == origin or role == 1 for _, station, role, _ in signers), "a stranger")


def contradictions(recap: list[Any], theirs: list[Any], ours: list[Any], agreed: list[int]) -> list[Any]:
    """Return what a recap contradicts, and up to where both transcripts agree after it."""
    sent, received, sent_head, received_head = recap
    finds, after = [], list(agreed)
    if received > ours[0]:
        finds.append(["rolled-back", ours[0] + 1, received])
    if sent_head and sent == theirs[0]:
        if sent_head == theirs[1]:
            after[0] = max(after[0], sent)
        else:
            finds.append(["their-chain", agreed[0] + 1, sent])
    if received_head and received == ours[0]:
        if received_head == ours[1]:
            after[1] = max(after[1], received)
        else:
            finds.append(["our-chain", agreed[1] + 1, received])
    return [finds, after]


def book_base(data: bytes) -> bytes:
    return short(b"book\0", data)


def keys(f: Fields) -> list[Any]:
    """Read DKH (reset.md 4); a report's reason comes last but one."""
    which = uint(f.get(2), 1, 5)
    only(f, 0, 1, 2, *((3, 4, 5), (3, 4, 5, 6, 7), (4, 7, 8, 9), (3, 4), (3,))[which - 1])
    if which > 3:
        return [uint(f.get(3), 1, 65_535), *([raw(f.get(4), 32)] if which == 4 else [])]
    if which == 1:
        return [uint(f.get(3), 0, 5), uint(f.get(4), 0, MAX_SERIAL), uint(f.get(5), 0, MAX_SERIAL)]
    session, at = raw(f.get(4), 16), time(f.get(7))
    if which == 3:
        return [session, at, raw(f.get(8), 32), raw(f.get(9), 3_373)]
    return [session, uint(f.get(5), 1, 65_535), uint(f.get(6), 1, 2**32 - 1), uint(f.get(3), 0, 5), at]


# devices.md


def revocation(data: bytes) -> list[Any]:
    cut = Cut(data)
    edition, device, reason = cut.number(4, 1), cut.number(2, 1), cut.number(1, 0, 4)
    cut.number(1, 0, 0)
    at = cut.number(4)
    cut.done()
    return [edition, device, reason, at]


def copy(data: bytes) -> list[Any]:
    f = versioned(data, 1_064_960, 4_096, 2)
    kind = uint(f.get(1), 1, 3)
    if kind == 1:
        return [raw(f.get(2), 1, 1_064_960)]
    if kind == 2:
        return slip(raw(f.get(2), 81))
    before = 0
    chains = listed(f.get(2), 1, 512)
    for each in chains:
        peer, last, head = row(each, 3)
        uint(peer, before + 1, 65_535)
        uint(last, 1, MAX_SERIAL)
        raw(head, 32)
        before = peer
    return chains


# veil.md


def cover_file(data: bytes) -> list[Any]:
    f = cbor(data, 16_384, 4_096)
    only(f, 0, 1, 2, 3)
    need(f.get(0) == 1 and type(f.get(0)) is int, "version")
    machines = listed(f[3], 1, 4_096) if 3 in f else []
    before = 0
    for each in machines:
        before = uint(each, before + 1, 65_535)
    return [uint(f.get(1), 1, 65_535), raw(f.get(2), 32), machines]


def pad_file(data: bytes) -> list[Any]:
    # materials.md 7
    f = cbor(data, 2**19)
    only(f, *range(13))
    need(f.get(0) == 1 and type(f.get(0)) is int, "version")
    kind = uint(f.get(1), 1, 2)
    drawer, holder = uint(f.get(6), 1, 65_535), uint(f.get(7), 1, 65_535)
    need(drawer != holder, "two stations")
    first = uint(f.get(9), 1, 9_999)
    rows = [_row_of_figures(each, 490 if kind == 1 else 8) for each in listed(f.get(11), 1, 990)]
    need(first + len(rows) - 1 <= 9_999, "pages")
    sheets = [_row_of_figures(each, 5) for each in listed(f[12], 1, 2)] if 12 in f else []
    need(bool(sheets) == (kind == 1) and "00000" not in sheets, "sheets")
    return [
        kind, raw(f.get(2), 16), text(f.get(3), 1, 40), uint(f.get(4), 1, 9_999), uint(f.get(5), 1, 2), drawer, holder,
        flag(f.get(8)), first, time(f.get(10)), rows, sheets,
    ]  # fmt: skip


def _row_of_figures(value: Plain, count: int) -> str:
    need(type(value) is str and re.fullmatch(f"[0-9]{{{count}}}", value), "figures")
    return str(value)


def line_test(f: Fields) -> list[Any]:
    only(f, 0, 1, 2, 3)
    return [raw(f.get(2), 8), flag(f.get(3))]


# padding.md


def class_for(size: int) -> int:
    for each in (512, 2_048, 8_192, 32_768):
        if size <= each:
            return each
    raise RefusedError("no class")


def padme(size: int) -> int:
    need(0 <= size <= 2**40, "size")
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-size // step) * step


def pad(data: bytes, size: int) -> bytes:
    need(len(data) <= size, "does not fit")
    return data + bytes(size - len(data))


def strip(data: bytes, length: int) -> bytes:
    need(0 <= length <= len(data) and not any(data[length:]), "fill")
    return data[:length]


# digits.md

# Damm's square of order 10: the row is the figure so far, the column the next one.
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def groups(value: str) -> bytes:
    figures = re.sub(r"[\s.-]", "", value)
    need(len(figures) % 5 == 0 and figures and re.fullmatch(r"[0-9]+", figures), "figures")
    symbols = []
    for place in range(len(figures) // 5):
        group = figures[5 * place : 5 * place + 5]
        state = str((place % 10 + place // 10) % 10)
        for figure in group[:4]:
            state = DAMM[int(state)][int(figure)]
        need(state == group[4], f"group {place + 1}")
        symbols.append(int(group[:4]))
    *symbols, told = symbols
    need(symbols and all(symbol <= 8191 for symbol in symbols), "symbol")
    need(told == sum(place * symbol for place, symbol in enumerate(symbols, 1)) % 9973, "sum")
    bits = "".join(f"{symbol:013b}" for symbol in symbols)
    ones = bits.rstrip("0")
    need(len(bits) - len(ones) <= 12 and ones and (len(ones) - 1) % 8 == 0, "end")
    data = bytes(int(ones[at : at + 8], 2) for at in range(0, len(ones) - 1, 8))
    need(1 <= len(data) <= 256, "length")
    return data
