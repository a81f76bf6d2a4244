"""Write kit.json: the records of a delegation kit, what its permit is signed for, when it opens, and additions to it.

ML-KEM and the streams draw for themselves: one front is recorded for all additions here, and a stream is kept while it
opens to the same bytes.
"""

from collections.abc import Iterable
from dataclasses import replace

import cbor2

from secmsg.crypto import agreement, blob, hashing, labels, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, KEM_SEED_SIZE, Kem
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DecryptionError
from secmsg.ids import CableId
from secmsg.office import kit_log, kit_records
from secmsg.office.kit_log import KitAct, KitLine
from secmsg.office.kit_records import Home, Proven, SignedPermit
from secmsg.office.kits import AtExpiry, Permit, Use, Verdict, judge
from secmsg.station import annex, kit_making, kit_packing, kit_verifying
from secmsg.station.annex import Purpose
from secmsg.station.kit_machine import mark_of
from secmsg.station.kit_verifying import Addressee
from secmsg.wire import cable as cable_wire
from secmsg.wire import kit_drop
from secmsg.wire import manifest as manifests
from secmsg.wire.cable import Annex, Degree, SignedCable
from secmsg.wire.kit_drop import Front, Head, Longer, Packed
from secmsg.wire.manifest import Manifest
from secmsg.wire.padding import padme
from secmsg.wire.slip import Slip
from tests.helpers import cables
from tests.helpers.authority_vectors import changed
from tests.helpers.kit_values import DAY, PERMIT, START
from tests.helpers.seeded_random import seeded
from tests.helpers.vectors import bytes_of, shown, written
from tests.vectors import frame, recorded
from tests.vectors.frame import File, Test

KIT, OTHER_KIT = bytes(range(16)), bytes(range(16, 32))
KEY, OTHER = (signing.signing_generate(Level.STANDARD, seeded(name)) for name in (b"kit key", b"another kit's key"))
OFFICER, SECOND = (signing.signing_generate(Level.STANDARD, seeded(name)) for name in (b"officer", b"second person"))
SEED, OTHER_SEED = (seeded(name)(EXCHANGE_SIZE + KEM_SEED_SIZE) for name in (b"drop key", b"another drop key"))
ONE_TIME = agreement.exchange_generate(seeded(b"one time"))
MACHINE = b"0123456789abcdef0123456789abcdef"
ENCODED = kit_records.encode_permit(PERMIT)
PROVEN = Proven("Nguyễn Thị An", "Đại sứ", "ĐSQ Paris", signed=True, by_hand=False, doubts=(), received_at=START)
HOME = Home("ĐSQ tại Pháp", "Embassy in France", "Paris", "Europe/Paris")
LINE = KitLine(START, KitAct.READ, CableId(KIT), "", hashing.short(b"machine")[:8])
CONTENT = "Danh sách đoàn.\n".encode() * 3
MANIFEST = Manifest("Danh sách.txt", "text/plain", len(CONTENT), 1, hashing.content(CONTENT))
CONTENT_KEY = bytes(range(64, 96))

# Inside a stream nobody finds a recorded signature again, so all of them stand in the file besides.
SIGNED: dict[str, None] = {}


def _sign(message: bytes, label: str, key: SigningKey = KEY) -> bytes:
    signature = signing.sign(key, label, message)
    SIGNED[signature.hex()] = None
    return signature


def _with(encoded: bytes, **changed: object) -> bytes:
    """Return a map with fields replaced (`f1=…`; an ellipsis leaves one out), or an array with columns (`c1=…`)."""
    value = cbor2.loads(encoded)
    for name, new in changed.items():
        if new is ...:
            del value[int(name[1:])]
        else:
            value[int(name[1:])] = new
    return cbor2.dumps(value, canonical=True)


def _patch(base: bytes, changed: bytes) -> list[list[object]]:
    """Return where bytes of one length differ, from the first to the last."""
    places = [at for at, (one, two) in enumerate(zip(base, changed, strict=True)) if one != two]
    return [[places[0], changed[places[0] : places[-1] + 1].hex()]] if places else []


def _refused(do: str, wrong: dict[str, tuple[str, bytes]]) -> list[Test]:
    return [
        frame.no(f"{do}: {name}", "FormatError", flag, do=do, **shown(data)) for name, (flag, data) in wrong.items()
    ]


def _of_any(encoded: bytes) -> dict[str, tuple[str, bytes]]:
    """Return what every record refuses."""
    longer = bytearray(encoded)
    # The version, or the first column, in two bytes where one does.
    return {
        "empty": ("length", b""),
        "cut short by a byte": ("length", encoded[:-1]),
        "a byte after the end": ("length", encoded + b"\0"),
        "version 1 written in two bytes": ("canonical", bytes(longer[:2]) + b"\x18\x01" + bytes(longer[3:])),
        "a field more": ("rule", _with(encoded, f99=0)),
        "version 0": ("bound", _with(encoded, f0=0)),
        "a version to come": ("bound", _with(encoded, f0=2)),
        "no version": ("rule", _with(encoded, f0=...)),
    }


# --- 1. The permit ---------------------------------------------------------------------------------------------------


def _permits() -> list[Test]:
    most = replace(
        PERMIT, number=99_999, bearer="Đ" * 120, title="Đ" * 120, degree=Degree.TOP_SECRET, purpose="ệ" * 300,
        places="ệ" * 300, measures="ệ" * 300, permitted_by="Đ" * 120, until=START + 90 * DAY, openings=999,
        minutes=129_600, prints=99, at_expiry=AtExpiry.DESTROY,
    )  # fmt: skip
    least = replace(
        PERMIT, number=1, bearer="A", title="B", degree=Degree.UNCLASSIFIED, purpose="c", places="d", measures="e",
        permitted_by="F", start=0, until=1, made_at=0, openings=1, minutes=1, prints=0, exports=False, drops=False,
    )  # fmt: skip
    values = {"a permit": PERMIT, "a permit of the most": most, "a permit of the least": least}
    made = [
        frame.ok(
            name,
            *["example"] * (name == "a permit"),
            do="permit",
            **shown(kit_records.encode_permit(value)),
            value=written(value),
        )
        for name, value in values.items()
    ]
    texts = {
        f"{what} of {size} characters": ("bound" if size else "length", _with(ENCODED, **{f"f{key}": "x" * size}))
        for key, what, most_ in (
            (2, "a bearer", 121), (3, "a post", 121), (5, "a purpose", 301), (6, "places", 301), (7, "measures", 301),
            (8, "a permitter", 121),
        )
        for size in (0, most_)
    }  # fmt: skip
    numbers = {
        f"{what} {value}": ("bound", _with(ENCODED, **{f"f{key}": value}))
        for key, what, values_ in (
            (1, "number", (0, 100_000)), (4, "degree", (4,)), (11, "a making at", (253_402_300_800,)),
            (12, "openings", (0, 1_000)), (13, "minutes", (0, 129_601)), (14, "prints", (100,)),
            (17, "at its end", (0, 3)),
        )
        for value in values_
    }  # fmt: skip
    return made + _refused(
        "permit",
        _of_any(ENCODED) | texts | numbers | {
            "a blank bearer": ("text", _with(ENCODED, f2=" ")),
            "a purpose of two lines": ("text", _with(ENCODED, f5="a\nb")),
            "a bearer not composed": ("text", _with(ENCODED, f2="e\u0302")),
            "until at its beginning": ("rule", _with(ENCODED, f10=START)),
            "until before its beginning": ("rule", _with(ENCODED, f10=START - 1)),
            "a second more than 90 days": ("rule", _with(ENCODED, f10=START + 90 * DAY + 1)),
            "exports as a number": ("bound", _with(ENCODED, f15=1)),
            "additions left out": ("rule", _with(ENCODED, f16=...)),
            "prints as bytes": ("bound", _with(ENCODED, f14=b"\x02")),
            "more than 16 384 bytes": ("length", _with(ENCODED, f5="x" * 16_384)),
        },
    )  # fmt: skip


def _signed_permits() -> list[Test]:
    listed = kit_packing.contents(())
    said = kit_records.statement(ENCODED, KIT, KEY.public, listed)
    alone = SignedPermit(
        ENCODED, KIT, KEY.public, listed, hashing.short(b"certificate"),
        _sign(said, labels.SIGN_KIT_PERMIT, OFFICER),
    )  # fmt: skip
    both = replace(
        alone, witness="Trần Văn Bình", witness_ref=hashing.short(SECOND.public),
        witness_signature=_sign(said, labels.SIGN_KIT_PERMIT, SECOND),
    )  # fmt: skip
    # Decoding looks at no signature, and zeros are short in a file.
    blank = replace(alone, key=bytes(1984), signature=bytes(3373))
    encoded = kit_records.encode_signed(blank)
    whole = kit_records.encode_signed(replace(blank, witness="x", witness_ref=bytes(32), witness_signature=bytes(3373)))
    wrong = _of_any(encoded) | {
        "a kit id of 15 bytes": ("length", _with(encoded, f2=bytes(15))),
        "a key of 1 983 bytes": ("length", _with(encoded, f3=bytes(1983))),
        "contents of 33 bytes": ("length", _with(encoded, f4=bytes(33))),
        "a certificate of 31 bytes": ("length", _with(encoded, f5=bytes(31))),
        "a signature cut short": ("length", _with(encoded, f6=bytes(3372))),
        "no signature": ("rule", _with(encoded, f6=...)),
        "an empty permit": ("length", _with(encoded, f1=b"")),
        "a permit that is none": ("rule", _with(encoded, f1=_with(ENCODED, f12=0))),
        "a second person without a name": ("rule", _with(whole, f7=...)),
        "a second person with an empty name": ("length", _with(whole, f7="")),
        "a second person without a signature": ("rule", _with(whole, f9=...)),
        "a second person's key of 31 bytes": ("length", _with(whole, f8=bytes(31))),
    }
    keys = {"officer": OFFICER.public.hex(), "second": SECOND.public.hex()}

    def no(name: str, changed: SignedPermit, flag: str = "swap", **others: str) -> Test:
        base = alone if not changed.witness else both
        patch = _patch(kit_records.encode_signed(base), kit_records.encode_signed(changed))
        named = "a permit signed by one" if base is alone else "a permit signed by two"
        fields = {"do": "verify permit", "base": named, "patch": patch}
        return frame.no(f"signed: {name}", "SignatureError", flag, **fields, **(keys | others))

    turned = bytes([alone.signature[0] ^ 1]) + alone.signature[1:]
    by_label = _sign(said, labels.SIGN_KIT_DROP, OFFICER)
    return [
        frame.ok("a permit signed by one", do="verify permit", hex=kit_records.encode_signed(alone).hex(), **keys),
        frame.ok("a permit signed by two", do="verify permit", hex=kit_records.encode_signed(both).hex(), **keys),
        no("for another kit", replace(alone, kit=OTHER_KIT)),
        no("for another key of the kit", replace(alone, key=OTHER.public)),
        no("for other contents", replace(alone, contents=bytes(32))),
        no("another permit", replace(alone, permit=kit_records.encode_permit(replace(PERMIT, prints=3)))),
        no("under another label", replace(alone, signature=by_label)),
        no("by another person", alone, officer=SECOND.public.hex()),
        no("a bit turned", replace(alone, signature=turned), "bit"),
        no("the second's signature is the officer's", replace(both, witness_signature=alone.signature)),
        *_refused("signed permit", wrong),
    ]


def _hashes() -> list[Test]:
    encoded = [cable_wire.encode(each).hex() for each in (cables.CABLE, _cable())]
    names = [each.cable_id.hex() for each in (cables.CABLE, _cable())]
    listed = [list(each) for each in zip(names, encoded, strict=True)]
    swapped = [[names[1], encoded[0]], [names[0], encoded[1]]]
    return [
        frame.ok(f"contents: {name}", do="contents", cables=each, gives=_contents(each).hex())
        for name, each in {"none": [], "two cables": listed, "ids changed over": swapped}.items()
    ] + [
        frame.ok("reference of a kit's key", do="reference", public=KEY.public.hex(), gives=_ref().hex()),
        *(
            frame.ok(name, do="mark", kit=kit.hex(), machine=MACHINE.hex(), gives=mark_of(kit, MACHINE).hex())
            for name, kit in {"mark of a machine": KIT, "its mark in another kit": OTHER_KIT}.items()
        ),
    ]


def _contents(listed: list[list[str]]) -> bytes:
    return kit_packing.contents_of((bytes.fromhex(name), bytes.fromhex(encoded)) for name, encoded in listed)


def _ref() -> bytes:
    return kit_packing.reference(KEY.public)


# --- 2, 3, 5. Records inside -----------------------------------------------------------------------------------------


def _records() -> list[Test]:
    full = replace(
        PROVEN, signed=False, by_hand=True, doubts=("unsigned", "late"), other_text="Một dòng.\nHai dòng.",
        person_name="", person_title="", station_name="",
    )  # fmt: skip
    proof, whole = (kit_records.encode_proven(each) for each in (PROVEN, full))
    home, line = kit_records.encode_home(HOME), kit_log.encode(LINE)
    bare = replace(LINE, act=KitAct.CLOSED, cable=CableId(b""), detail="Đ" * 300)
    return [
        frame.ok("a proof", do="proof", hex=proof.hex(), value=written(PROVEN)),
        frame.ok("a proof with doubts and another text", do="proof", hex=whole.hex(), value=written(full)),
        *_refused(
            "proof",
            _of_any(proof) | {
                "a person of 121 characters": ("bound", _with(proof, f1="x" * 121)),
                "a title of two lines": ("text", _with(proof, f2="a\nb")),
                "a truth value as a number": ("bound", _with(proof, f4=1)),
                "17 doubts": ("bound", _with(proof, f6=["x"] * 17)),
                "an empty doubt": ("length", _with(proof, f6=[""])),
                "a doubt of 41 characters": ("bound", _with(proof, f6=["x" * 41])),
                "a time beyond the year 9999": ("bound", _with(proof, f7=253_402_300_800)),
                "an empty other text": ("canonical", _with(proof, f8="")),
                "an other text of 250 001 characters": ("bound", _with(proof, f8="x" * 250_001)),
                "an other text of null": ("canonical", _with(proof, f8=None)),
            },
        ),
        frame.ok("a post", do="home", hex=home.hex(), value=written(HOME)),
        *_refused(
            "home",
            {
                "three texts": ("length", cbor2.dumps(["a", "b", "c"])),
                "five texts": ("length", cbor2.dumps(["a"] * 5)),
                "a name of 121 characters": ("bound", _with(home, c0="x" * 121)),
                "bytes for a zone": ("bound", _with(home, c3=b"Europe/Paris")),
                "a map": ("rule", cbor2.dumps({0: 1})),
                "a byte after the end": ("length", home + b"\0"),
            },
        ),
        frame.ok("a line", do="line", hex=line.hex(), value=written(LINE)),
        frame.ok("a line about no cable", do="line", hex=kit_log.encode(bare).hex(), value=written(bare)),
        *_refused(
            "line",
            {
                "empty": ("length", b""),
                "cut short by a byte": ("length", line[:-1]),
                "a byte after the end": ("length", line + b"\0"),
                "a column less": ("length", cbor2.dumps(cbor2.loads(line)[:4])),
                "a column more": ("length", cbor2.dumps([*cbor2.loads(line), 0])),
                "a time beyond the year 9999": ("bound", _with(line, c0=253_402_300_800)),
                "act 0": ("bound", _with(line, c1=0)),
                "an act to come": ("bound", _with(line, c1=10)),
                "a cable of 15 bytes": ("length", _with(line, c2=bytes(15))),
                "a cable of 17 bytes": ("length", _with(line, c2=bytes(17))),
                "a cable of null": ("canonical", _with(line, c2=None)),
                "a detail of 301 characters": ("bound", _with(line, c3="x" * 301)),
                "a detail of two lines": ("text", _with(line, c3="a\nb")),
                "a mark of 7 bytes": ("length", _with(line, c4=bytes(7))),
            },
        ),
    ]  # fmt: skip


# --- 4. When it may be opened ----------------------------------------------------------------------------------------


def _verdicts() -> list[Test]:
    end = PERMIT.until
    cases: dict[str, tuple[Use, int, Verdict]] = {
        "at its beginning": (Use(START - DAY), START, Verdict.READY),
        "a second before": (Use(START - DAY), START - 1, Verdict.NOT_YET),
        "at its last second": (Use(START), end - 1, Verdict.READY),
        "at its end": (Use(START), end, Verdict.EXPIRED),
        "it has seen its end, the clock is back": (Use(end), START, Verdict.EXPIRED),
        "the clock is back by 600 s": (Use(START + 700), START + 100, Verdict.READY),
        "the clock is back by 601 s": (Use(START + 700), START + 99, Verdict.CLOCK_BACK),
        "back before its beginning, by more": (Use(START + 700), START - 1, Verdict.CLOCK_BACK),
        "one opening is left": (Use(START, openings=4), START, Verdict.READY),
        "no opening is left": (Use(START, openings=5), START, Verdict.OPENINGS_SPENT),
        "a second is left": (Use(START, used_s=3_599), START, Verdict.READY),
        "no second is left": (Use(START, used_s=3_600), START, Verdict.MINUTES_SPENT),
        "neither is left": (Use(START, used_s=3_600, openings=5), START, Verdict.OPENINGS_SPENT),
    }
    for name, (use, now, verdict) in cases.items():
        assert judge(PERMIT, use, now) is verdict, name
    return [
        frame.ok(
            f"judged: {name}", do="judge", permit=ENCODED.hex(), seen=use.seen, used_s=use.used_s,
            openings=use.openings, now=now, gives=verdict.value,
        )
        for name, (use, now, verdict) in cases.items()
    ]  # fmt: skip


# --- 6. Additions ----------------------------------------------------------------------------------------------------


def _front() -> tuple[bytes, Secret]:
    """Return the recorded front and its ML-KEM secret, or one that is drawn."""
    _, kem = Secret(SEED).split(EXCHANGE_SIZE, KEM_SEED_SIZE)
    before = recorded.before("kit", "an addition that prolongs")
    kept = bytes.fromhex(before["file"])[: kit_drop.FRONT_SIZE] if before else b""
    if kept.startswith(kit_drop.MAGIC + b"\1" + ONE_TIME.public):
        return kept, agreement.kem_decapsulate(Kem.LEVEL_768, kem, kept[-kit_drop.KEM_SIZE :])
    public = agreement.kem_from_seed(Kem.LEVEL_768, kem).public
    ciphertext, shared = agreement.kem_encapsulate(Kem.LEVEL_768, public)
    return kit_drop.encode_front(Front(ONE_TIME.public, ciphertext)), shared


def _stream(kept: bytes, key: Secret, context: bytes, plaintext: bytes) -> bytes:
    """Return what is kept while it opens to this plaintext, or seal it."""
    try:
        stream = blob.Decryptor(key, context)
        if kept and stream.update(kept) + stream.finalize() == plaintext:
            return kept
    except DecryptionError:
        pass
    fresh = blob.Encryptor(key, context)
    return fresh.update(plaintext) + fresh.finalize()


def sealed(name: str, inside: bytes, front: bytes, shared: Secret) -> bytes:
    """Return a whole addition with these bytes inside."""
    drop = kit_making.drop_public(Secret(SEED))
    exchanged = agreement.exchange(ONE_TIME.private, drop[:EXCHANGE_SIZE])
    key = kit_verifying.stream_key(KIT, front, drop, shared, exchanged)
    before = recorded.before("kit", name)
    kept = bytes.fromhex(before["file"])[kit_drop.FRONT_SIZE :] if before else b""
    return front + _stream(kept, key, kit_verifying.stream_context(KIT), inside)


def _enclosure() -> tuple[Slip, bytes]:
    encoded = manifests.encode(MANIFEST)
    digest = hashing.short(encoded)
    table = CONTENT + len(encoded).to_bytes(2) + encoded + _sign(digest, labels.SIGN_MANIFEST)
    plain = table + bytes(padme(len(table)) - len(table))
    kept = bytes.fromhex(recorded.content("kit").get("given", {}).get("enclosure", ""))
    bound = annex.context(kit_packing.reference(KEY.public), Purpose.ANNEX)
    return Slip(CONTENT_KEY, len(CONTENT), digest, 0, 0), _stream(kept, Secret(CONTENT_KEY), bound, plain)


def _cable() -> cable_wire.Cable:
    each = Annex(
        MANIFEST.name, MANIFEST.media_type, MANIFEST.size, MANIFEST.pages, MANIFEST.content_hash,
        hashing.short(manifests.encode(MANIFEST)),
    )  # fmt: skip
    return replace(cables.CABLE, cable_id=CableId(bytes(range(32, 48))), annexes=(each,), documents=2, pages=2)


def _packed(
    cable: cable_wire.Cable, slips: Iterable[Slip], *, key: SigningKey = KEY, label: str = labels.SIGN_KIT_CABLE
) -> Packed:
    encoded, ref = cable_wire.encode(cable), kit_packing.reference(KEY.public)
    signature = _sign(encoded, label, key)
    signed = SignedCable(encoded, ref, signature, ref, bytes(cable_wire.SIGNATURE_SIZE), tuple(slips))
    return Packed(
        cable_wire.encode_signed(signed), incoming=True, at=START, register_line=3, acknowledged_at=0,
        proven=kit_records.encode_proven(PROVEN),
    )  # fmt: skip


NAMES = ((1, "Bộ Ngoại giao", "Ministry"), (33, "ĐSQ Paris", ""))
LONGER = Longer(START + 5 * DAY, 8, 90, START - 10)
PROLONGING = Head(KIT, 1, START, (), (), (), LONGER)


def _heads(packed: Packed, size: int) -> list[Test]:
    whole = Head(KIT, 999, START, (packed, replace(packed, incoming=False)), ((size,), (1, 64 << 20)), NAMES, LONGER)
    encoded, longer = kit_drop.encode_head(whole), kit_drop.encode_head(PROLONGING)
    fields = cbor2.loads(encoded)
    first, name = [b"s", True, START, 3, 0, b"p", [1]], [1, "x", ""]

    def cable(at: int, value: object) -> bytes:
        return _with(longer, f4=[[*first[:at], value, *first[at + 1 :]]])

    def named(at: int, value: object) -> bytes:
        return _with(longer, f5=[[*name[:at], value, *name[at + 1 :]]])

    def until(at: int, value: object) -> bytes:
        four = [START, 1, 1, START]
        return _with(longer, f6=[*four[:at], value, *four[at + 1 :]])

    assert fields[2] == 999
    return [
        frame.ok("a head with everything", do="head", **shown(encoded), value=written(whole)),
        frame.ok("a head that prolongs", do="head", hex=longer.hex(), value=written(PROLONGING)),
        *_refused(
            "head",
            _of_any(longer) | {
                "a kit id of 17 bytes": ("length", _with(longer, f1=bytes(17))),
                "number 0": ("bound", _with(longer, f2=0)),
                "number 1 000": ("bound", _with(longer, f2=1_000)),
                "a time beyond the year 9999": ("bound", _with(longer, f3=253_402_300_800)),
                "21 cables": ("bound", _with(longer, f4=[first] * 21)),
                "a cable of six columns": ("length", _with(longer, f4=[first[:6]])),
                "an empty signed cable": ("length", cable(0, b"")),
                "a signed cable that is too long": ("bound", cable(0, bytes(1_064_961))),
                "incoming as a number": ("bound", cable(1, 1)),
                "a register line of 2^31": ("bound", cable(3, 2**31)),
                "acknowledged at null": ("canonical", cable(4, None)),
                "an empty proof": ("length", cable(5, b"")),
                "a proof that is too long": ("bound", cable(5, bytes(2**20 + 1))),
                "65 enclosures": ("bound", cable(6, [1] * 65)),
                "an empty enclosure": ("bound", cable(6, [0])),
                "an enclosure above 64 MiB": ("bound", cable(6, [2**26 + 1])),
                "513 names": ("bound", _with(longer, f5=[name] * 513)),
                "station 0": ("bound", named(0, 0)),
                "station 65 536": ("bound", named(0, 65_536)),
                "no Vietnamese name": ("length", named(1, "")),
                "an English name of 121 characters": ("bound", named(2, "x" * 121)),
                "an end at 0": ("bound", until(0, 0)),
                "no openings": ("bound", until(1, 0)),
                "2^31 minutes": ("bound", until(2, 2**31)),
                "a time of the post beyond the year 9999": ("bound", until(3, 253_402_300_800)),
                "three values of a permit": ("length", _with(longer, f6=[START, 1, 1])),
                "a permit of null": ("canonical", _with(longer, f6=None)),
                "nothing is added": ("rule", _with(longer, f6=...)),
            },
        ),
    ]  # fmt: skip


def _additions(packed: Packed, slip: Slip, enclosure: bytes) -> list[Test]:
    front, shared = _front()

    def inside(head: bytes, *blobs: bytes, key: SigningKey = KEY, label: str = labels.SIGN_KIT_DROP) -> bytes:
        return kit_drop.encode_inside(head, _sign(front + head, label, key), blobs)

    def file(name: str, plain: bytes) -> dict[str, object]:
        return {"do": "addition", "file": sealed(name, plain, front, shared).hex()}

    def same(base: str, **changed: object) -> dict[str, object]:
        return {"do": "addition", "base": base, **changed}

    prolonging, whole = "an addition that prolongs", "an addition of a cable with an enclosure"
    longer = kit_drop.encode_head(PROLONGING)
    one = Head(KIT, 1, START, (packed,), ((len(enclosure),),), NAMES)
    late = replace(PROLONGING, number=2, longer=replace(LONGER, now=START + DAY))
    early = replace(PROLONGING, longer=replace(LONGER, now=1))
    plain = inside(longer)
    bare = cables.CABLE
    brought = inside(kit_drop.encode_head(one), enclosure)
    later, before = "a kit that has seen less than the post", "the post's time is before the making"
    now = _gives(LONGER, START - 10)
    accepted = [
        frame.ok(prolonging, **file(prolonging, plain), gives=now),
        frame.ok(whole, **file(whole, brought), gives=_gives(None, START, CONTENT.hex())),
        frame.ok("one that was taken before", "order", **same(prolonging, drops=1), gives=None),
        frame.ok(
            "prolonged where none may be added", "context", **same(prolonging, permit={"drops": False}), gives=now
        ),
        frame.ok(
            later,
            **file(later, inside(kit_drop.encode_head(late))),
            drops=1,
            gives=_gives(LONGER, START) | {"number": 2},
        ),
        frame.ok(before, **file(before, inside(kit_drop.encode_head(early))), gives=_gives(LONGER, PERMIT.made_at)),
    ]
    good = bytes.fromhex(str(accepted[0]["file"]))
    size = len(good)

    def turned(at: int) -> list[list[object]]:
        return [[at, bytes([good[at] ^ 1]).hex()]]

    wrong: dict[str, tuple[str, str, dict[str, object]]] = {
        "empty": ("FormatError", "length", {"do": "addition", "file": ""}),
        "a front cut short": ("FormatError", "length", same(prolonging, cut=1_128)),
        "another beginning": ("FormatError", "bound", same(prolonging, patch=[[0, "00"]])),
        "version 0": ("FormatError", "bound", same(prolonging, patch=[[8, "00"]])),
        "a version to come": ("FormatError", "bound", same(prolonging, patch=[[8, "02"]])),
        "no stream": ("DecryptionError", "length", same(prolonging, cut=1_129)),
        "a bit of the one-time key": ("DecryptionError", "bit", same(prolonging, patch=turned(9))),
        "a one-time key of low order": ("DecryptionError", "bound", same(prolonging, patch=[[9, "00" * 32]])),
        "a bit of the ML-KEM ciphertext": ("DecryptionError", "bit", same(prolonging, patch=turned(41))),
        "a bit of the stream": ("DecryptionError", "bit", same(prolonging, patch=turned(size - 1))),
        "cut short by a byte": ("DecryptionError", "length", same(prolonging, cut=size - 1)),
        "a byte after the end": ("DecryptionError", "length", same(prolonging, append="00")),
        "another kit": ("DecryptionError", "swap", same(prolonging, kit=OTHER_KIT.hex())),
        "another drop key": ("DecryptionError", "swap", same(prolonging, seed=OTHER_SEED.hex())),
        "another signing key": ("SignatureError", "swap", same(prolonging, public=OTHER.public.hex())),
        "cables where none may be added": ("NotAllowed", "context", same(whole, permit={"drops": False})),
        "a cable above the degree": ("NotAllowed", "context", same(whole, permit={"degree": int(Degree.CONFIDENTIAL)})),
    }  # fmt: skip
    # What only who has the keys could seal.
    thousand, hundred = [LONGER.until, 1_000, 90, START], [START + 90 * DAY + 1, 8, 90, START]
    alone = kit_drop.encode_inside(longer, _sign(longer, labels.SIGN_KIT_DROP), ())
    insides = {
        "too early": ("NotAllowed", "order", inside(_with(longer, f2=2))),
        "for another kit inside": ("NotAllowed", "swap", inside(_with(longer, f1=OTHER_KIT))),
        "nothing inside": ("FormatError", "length", b""),
        "inside cut in the signature": ("FormatError", "length", plain[:-1]),
        "a head that pretends to be long": ("FormatError", "bound", b"\xff\xff\xff\xff" + plain[4:]),
        "a byte behind the last enclosure": ("FormatError", "length", plain + b"\0"),
        "signed over the head alone": ("SignatureError", "swap", alone),
        "signed under another label": ("SignatureError", "swap", inside(longer, label=labels.SIGN_KIT_CABLE)),
        "a signed head that is none": ("FormatError", "bound", inside(_with(longer, f2=0))),
        "a permit of a thousand openings": ("FormatError", "rule", inside(_with(longer, f6=thousand))),
        "a permit of more than 90 days": ("FormatError", "rule", inside(_with(longer, f6=hundred))),
    }
    wrong |= {name: (error, flag, file(name, each)) for name, (error, flag, each) in insides.items()}
    # Cables that do not hold, each in an addition that does.
    bad: dict[str, tuple[str, str, Packed, tuple[bytes, ...]]] = {
        "a cable signed by another kit": ("SignatureError", "swap", _packed(bare, (), key=OTHER), ()),
        "a cable under another label": (
            "SignatureError", "swap", _packed(bare, (), label=labels.SIGN_CABLE_RELEASE), ()),
        "a slip for no enclosure": ("FormatError", "rule", _packed(bare, (slip,)), ()),
        "an enclosure of no cable": ("FormatError", "rule", _packed(bare, ()), (b"x",)),
        "a proof that is none": ("FormatError", "rule", replace(_packed(bare, ()), proven=b"\xa0"), ()),
        "a signed cable that is none": ("FormatError", "rule", replace(_packed(bare, ()), signed=b"\xa0"), ()),
    }  # fmt: skip
    for name, (error, flag, each, blobs) in bad.items():
        head = kit_drop.encode_head(Head(KIT, 1, START, (each,), (tuple(len(one) for one in blobs),), ()))
        wrong[name] = (error, flag, file(name, inside(head, *blobs)))
    return accepted + [frame.no(name, error, flag, **fields) for name, (error, flag, fields) in wrong.items()]


def _gives(longer: Longer | None, seen: int, *enclosures: str) -> dict[str, object]:
    now = PERMIT if longer is None else longer
    return {
        "number": 1, "until": now.until, "openings": now.openings, "minutes": now.minutes, "seen": seen,
        "enclosures": list(enclosures),
    }  # fmt: skip


def made() -> dict[str, str]:
    """Return the text of the file."""
    slip, enclosure = _enclosure()
    packed = _packed(_cable(), (slip,))
    tests = [
        *_permits(), *_signed_permits(), *_hashes(), *_records(), *_verdicts(), *_heads(packed, len(enclosure)),
        *_additions(packed, slip, enclosure),
    ]  # fmt: skip
    given = {
        "kit": KIT.hex(), "seed": SEED.hex(), "public": KEY.public.hex(), "permit": ENCODED.hex(), "seen": START,
        "drops": 0, "enclosure": enclosure.hex(), "signatures": list(SIGNED),
    }  # fmt: skip
    return {"kit": frame.text("kit.md", tests, given=given)}


def bytes_in(file: File, test: Test) -> bytes:
    """Return the bytes that a test is about: its own, or those of the test it names, changed."""
    if "base" not in test:
        return bytes.fromhex(test["file"]) if "file" in test else bytes_of(test)
    return changed(test, {test["base"]: bytes_in(file, file.named(test["base"]))})


def addition(file: File, test: Test) -> tuple[Addressee, Permit, Use, bytes]:
    """Return the kit of a test, its permit, how far it was used, and the file that comes."""
    given = {**file.given, **test}
    kit_id, seed, public = (bytes.fromhex(given[name]) for name in ("kit", "seed", "public"))
    kit = Addressee(kit_id, Secret(seed), public)
    permit = kit_records.decode_permit(bytes.fromhex(file.given["permit"]))
    differs = test.get("permit", {})
    permit = replace(
        permit, degree=Degree(differs.get("degree", permit.degree)), drops=differs.get("drops", permit.drops)
    )
    return kit, permit, Use(given["seen"], drops=given["drops"]), bytes_in(file, test)
