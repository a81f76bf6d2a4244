"""Make the vectors of certificate, directory, prekeys, enrolment and mailbox.

Keys come from fixed seeds; ML-DSA signatures are hedged and kept as they were recorded.
"""

from collections.abc import Iterable
from dataclasses import replace
from types import EllipsisType
from typing import TypeAlias, cast

from secmsg.authority import directory as making
from secmsg.authority import edition as editions
from secmsg.authority.directory import Change, next_edition
from secmsg.authority.enrolment import activation_code, make_request, prepare_kit, seal_kit
from secmsg.authority.issuer import Issuer
from secmsg.crypto import labels, signing
from secmsg.crypto.passphrase import KdfCost
from secmsg.ids import CertificateRef, DeviceId, EditionNumber
from secmsg.protocol import prekeys
from secmsg.wire import bundle as bundles
from secmsg.wire import certificate as certificates
from secmsg.wire import codec
from secmsg.wire import directory as wire
from secmsg.wire.bundle import Bundle, OneTimeEntry
from secmsg.wire.certificate import CertificateType
from secmsg.wire.codec import Value
from secmsg.wire.contents import Block, Contents
from secmsg.wire.directory import Edition, EditionHead
from secmsg.wire.enrolment import MAX_REQUEST, Kit, RequestPrekeys, encode_request
from tests.helpers.authority_vectors import Vector, run
from tests.helpers.authority_world import (
    COVER,
    COVER_ROOTS,
    DAY,
    KYIV,
    NEXT_COVER,
    NOW,
    PARIS,
    RELAY,
    YEAR,
    issuer_of,
    member,
    of_type,
    root_of,
    world,
)
from tests.helpers.seeded_random import seeded
from tests.vectors import frame

WORLD = world()
ROOT, ISSUER, FIRST = WORLD.root, WORLD.issuer, WORLD.directory
HQ, PARIS_MEMBER, KYIV_MEMBER = WORLD.members
CHEAP = KdfCost(memory_kib=8, passes=1)


def no(common: Vector, name: str, error: str, **more: object) -> Vector:
    """Write a refusal."""
    return {**common, "name": name, **more, "expect": error}


def flip(name: str, do: str, base: str, offset: int, bases: dict[str, bytes], error: str, **more: object) -> Vector:
    """Write a refusal of one turned bit."""
    turned = bytes([bases[base][offset] ^ 0x01]).hex()
    return no({}, name, error, do=do, base=base, patch=[[offset, turned]], **more)


def certificate() -> str:
    """Make bodies, root, issuer, paths, validity."""
    head = FIRST.head
    listed = editions.in_order(FIRST.certificates.values())
    path = wire.encode_path(editions.path_to(listed, PARIS_MEMBER.device))
    wrong_type = of_type(ISSUER.certificate.certificate, CertificateType.DEVICE)
    other_root = root_of(b"another root")
    short_root = replace(ROOT.certificate, not_after=NOW + 30 * DAY)
    by_issuer = signing.sign(ISSUER.key, labels.SIGN_ISSUER, certificates.encode(ISSUER.certificate.certificate))
    by_label = signing.sign(ROOT.key, labels.SIGN_EDITION, certificates.encode(ISSUER.certificate.certificate))
    bases = {
        "device": certificates.encode(PARIS_MEMBER.device),
        "person": certificates.encode(PARIS_MEMBER.person),
        "root": certificates.encode_root(ROOT.certificate),
        "other root": certificates.encode_root(other_root.certificate),
        "shorter root": certificates.encode_root(short_root),
        "issuer": certificates.encode_issuer(ISSUER.certificate),
        "head": wire.encode_head(head),
        "path": path,
    }
    bases["issuer signed by an issuer"] = (bases["issuer"][:2019] + by_issuer).ljust(6710, b"\0")
    bases["issuer signed as an edition"] = bases["issuer"][:2019] + by_label
    bases["device signed by the root"] = certificates.encode(wrong_type) + signing.sign(
        ROOT.key, labels.SIGN_ISSUER, certificates.encode(wrong_type)
    )
    one_path = {"do": "verify path", "base": "path", "head": "head"}
    device = PARIS_MEMBER.device
    valid: list[Vector] = [
        {"name": "a device", "do": "decode certificate", "base": "device"},
        {"name": "a person", "do": "decode certificate", "base": "person"},
        {"name": "a root", "do": "decode root", "base": "root"},
        {"name": "an issuer under its root", "do": "verify issuer", "base": "issuer", "root": "root"},
        {"name": "a device with its path", **one_path, "certificate": "device"},
        *(
            {"name": name, "do": "validity", "base": "device", "now": now}
            for name, now in (
                ("at its beginning", device.not_before),
                ("at its end", device.not_after),
                ("a day before", device.not_before - DAY),
                ("a day after", device.not_after + DAY),
            )
        ),
    ]
    fields = [
        ("version 2", 0, "02"),
        ("version 0", 0, "00"),
        ("suite 2", 1, "02"),
        ("type 0", 2, "00"),
        ("type 4", 2, "04"),
        ("a flag", 3, "01"),
        ("serial 0", 4, "00" * 8),
        ("station 0", 12, "0000"),
        ("subject 0", 14, "0000"),
        ("role 0", 16, "00"),
        ("role 5", 16, "05"),
        ("degree 4", 17, "04"),
        ("not_before 0", 18, "00" * 4),
        ("ends as it begins", 18, bases["device"][22:26].hex()),
        ("least suite 0", 26, "00"),
        ("least suite 2", 26, "02"),
        ("edition 0", 27, "00" * 4),
        ("reserved field in use", 31, "00000001"),
    ]
    refused: list[Vector] = [
        *(
            no({}, name, "FormatError", do="decode certificate", base="device", patch=[[at, new]])
            for name, at, new in fields
        ),
        *_lengths("decode certificate", "device", 2019),
        *(
            no({}, f"root: {name}", "FormatError", do="decode root", base="root", patch=[[at, new]])
            for name, at, new in (
                ("version 2", 0, "02"),
                ("suite 2", 1, "02"),
                ("type 3", 2, "03"),
                ("a flag", 3, "80"),
                ("serial 0", 4, "00" * 8),
                ("ends before it begins", 16, "00000001"),
                ("reserved field", 20, "01"),
            )
        ),
        *_lengths("decode root", "root", 2648),
        no({}, "another root", "SignatureError", do="verify issuer", base="issuer", root="other root"),
        no(
            {},
            "the issuer outlives its root",
            "Expired",
            do="verify issuer",
            base="issuer",
            root="shorter root",
        ),
        no(
            {},
            "an issuer certified by an issuer",
            "SignatureError",
            do="verify issuer",
            base="issuer signed by an issuer",
            root="root",
        ),
        no(
            {},
            "signed under another label",
            "SignatureError",
            do="verify issuer",
            base="issuer signed as an edition",
            root="root",
        ),
        no(
            {},
            "a device certified by the root",
            "FormatError",
            do="verify issuer",
            base="device signed by the root",
            root="root",
        ),
        *(
            flip(f"issuer: bit at {at}", "verify issuer", "issuer", at, bases, "SignatureError", root="root")
            for at in (10, 14, 25, 35, 66, 67, 2018, 2019, 2082, 2083, 6709)
        ),
        *_lengths("verify issuer", "issuer", 6710, root="root"),
        no(one_path, "another certificate's path", "SignatureError", certificate="person"),
        *(
            flip(
                f"path: bit at {at}",
                "verify path",
                "path",
                at,
                bases,
                "SignatureError",
                head="head",
                certificate="device",
            )
            for at in (2, 3, 34, len(path) - 1)
        ),
        no(one_path, "path: count too large", "FormatError", patch=[[0, "11"]], certificate="device"),
        no(one_path, "path: cut short", "FormatError", cut=len(path) - 1, certificate="device"),
        no(
            one_path,
            "path: a hash too few",
            "SignatureError",
            patch=[[0, f"{path[0] - 1:02x}"]],
            cut=len(path) - 32,
            certificate="device",
        ),
        no(
            one_path,
            "path: a hash too many",
            "SignatureError",
            patch=[[0, f"{path[0] + 1:02x}"]],
            append="00" * 32,
            certificate="device",
        ),
        no(
            {},
            "more than a day before",
            "Expired",
            do="validity",
            base="device",
            now=device.not_before - DAY - 1,
        ),
        no(
            {},
            "more than a day after",
            "Expired",
            do="validity",
            base="device",
            now=device.not_after + DAY + 1,
        ),
    ]
    return _file("certificate", bases, valid, refused)


def _signed(edition: Edition, head: EditionHead, issuer: Issuer = ISSUER) -> Edition:
    """Sign another head as a careless or hostile issuer could: `sign_head` would refuse some of these."""
    named = replace(head, issuer=issuer.ref)
    block = editions.unseal_block(COVER_ROOTS[edition.head.cover_index], edition.head, edition.sealed_block)
    return replace(
        edition,
        head=named,
        signature=signing.sign(issuer.key, labels.SIGN_EDITION, wire.encode_head(named)),
        sealed_block=editions.seal_block(COVER_ROOTS.get(named.cover_index, COVER.root), named, block),
    )


def directory() -> str:
    """Make heads, and segments that follow or do not."""
    newcomer = member(KYIV.id, 4, edition=2)
    change = making.together([newcomer.change(), making.dismiss_device(FIRST, DeviceId(2))])
    second, second_edition = next_edition(FIRST, ISSUER, change, COVER, issued_at=NOW + DAY)
    _, third_edition = next_edition(second, ISSUER, Change(), NEXT_COVER, issued_at=NOW + 2 * DAY)
    _, fork = next_edition(FIRST, ISSUER, Change(), COVER, issued_at=NOW + DAY)
    head = fork.head
    stranger = issuer_of(root_of(b"another root"), 2)
    retired = issuer_of(ROOT, 3, not_after=NOW + DAY - 1)
    coming = issuer_of(ROOT, 4, not_before=NOW + DAY + 1)
    other_issuer = issuer_of(ROOT, 5)
    ghost = replace(newcomer.device, public=HQ.device.public)
    other_block = Block(Contents((), (replace(PARIS, name_vi="Nơi khác"),), ()))

    def with_tree(edition: Edition, listed: Iterable[certificates.Certificate]) -> Edition:
        ordered = editions.in_order(listed)
        tree = replace(edition.head, count=len(ordered), tree=editions.tree_root(ordered))
        return _signed(edition, tree)

    everybody = list(FIRST.certificates.values())
    contradictions = {
        "an issuer is listed": of_type(newcomer.device, CertificateType.ISSUER),
        "a device without a mailbox": newcomer.device,
        "a serial twice": replace(newcomer.device, serial=HQ.device.serial),
        "a certificate of a later edition": replace(newcomer.device, edition=EditionNumber(3)),
        "a certificate of an earlier edition": replace(newcomer.device, edition=EditionNumber(1)),
    }
    segments = {
        "first": WORLD.edition,
        "second": second_edition,
        "third, another cover root": third_edition,
        "fork of the second": fork,
        "second by another issuer": next_edition(FIRST, other_issuer, Change(), COVER, issued_at=NOW + DAY)[1],
        "follows another first": _signed(fork, replace(head, previous_root=b"x" * 32)),
        "dated before": _signed(fork, replace(head, issued_at=NOW - 1)),
        "older cover root": _signed(third_edition, replace(third_edition.head, cover_index=0)),
        "issuer of another root": replace(_signed(fork, head, stranger), issuer=stranger.certificate),
        "issuer retired": replace(_signed(fork, head, retired), issuer=retired.certificate),
        "issuer not yet in office": replace(_signed(fork, head, coming), issuer=coming.certificate),
        "issuer not carried": _signed(fork, head, other_issuer),
        "signed by a device": replace(
            fork, signature=signing.sign(HQ.device_key, labels.SIGN_EDITION, wire.encode_head(head))
        ),
        "signed under another label": replace(
            fork, signature=signing.sign(ISSUER.key, labels.SIGN_ISSUER, wire.encode_head(head))
        ),
        "ghost added": replace(second_edition, added=editions.in_order([ghost, newcomer.person])),
        "addition left out": replace(second_edition, added=(newcomer.device,)),
        "removal left out": replace(second_edition, removed=()),
        "removes what is not listed": replace(fork, removed=(CertificateRef(b"x" * 32),)),
        "adds what is listed": replace(fork, added=(HQ.device,)),
        "other contents": replace(fork, sealed_block=editions.seal_block(COVER.root, head, other_block)),
        "block of another edition": replace(fork, sealed_block=second_edition.sealed_block),
        "root not announced": replace(fork, root=root_of(b"another root").certificate, issuer=stranger.certificate),
        **{
            name: replace(with_tree(fork, [*everybody, added]), added=(added,))
            for name, added in contradictions.items()
        },
    }
    bases = {name: wire.encode(segment) for name, segment in segments.items()}
    bases["head"] = wire.encode_head(second.head)
    common: Vector = {
        "do": "verify edition",
        "pinned_root": ROOT.hash.hex(),
        "covers": {str(index): value.reveal().hex() for index, value in COVER_ROOTS.items()},
        "now": NOW + DAY,
    }
    after: Vector = {**common, "after": ["first"]}
    valid: list[Vector] = [
        {"name": "a head", "do": "decode head", "base": "head"},
        {**common, "name": "a first edition", "base": "first"},
        {**after, "name": "the next", "base": "second"},
        {**after, "name": "the same again", "base": "first"},
        {**after, "name": "another issuer of the root", "base": "second by another issuer"},
        {
            **common,
            "after": ["first", "second"],
            "name": "another cover root",
            "base": "third, another cover root",
        },
        {**after, "name": "our clock is behind", "base": "second", "now": NOW - 7 * DAY},
    ]
    errors = {
        "follows another first": "Forked",
        "dated before": "Rollback",
        "third, another cover root": "Rollback",
        "issuer of another root": "SignatureError",
        "issuer retired": "Expired",
        "issuer not yet in office": "Expired",
        "issuer not carried": "SignatureError",
        "signed by a device": "SignatureError",
        "signed under another label": "SignatureError",
        "ghost added": "SignatureError",
        "addition left out": "SignatureError",
        "removal left out": "SignatureError",
        "removes what is not listed": "FormatError",
        "adds what is listed": "FormatError",
        "other contents": "SignatureError",
        "block of another edition": "DecryptionError",
        "root not announced": "SignatureError",
        **dict.fromkeys(contradictions, "FormatError"),
    }
    first = bases["first"]
    root_at, issuer_at = 3550, 3550 + 2648
    block_at = issuer_at + 6710 + 4
    refused: list[Vector] = [
        *(no(after, name, error, base=name) for name, error in errors.items()),
        no(common, "older", "Rollback", after=["first", "second"], base="first"),
        no(common, "a fork", "Forked", after=["first", "second"], base="fork of the second"),
        no(
            common,
            "older cover root",
            "Rollback",
            after=["first", "second"],
            base="older cover root",
            covers={**common["covers"], "0": COVER.root.reveal().hex()},
        ),
        no(common, "another root pinned", "SignatureError", base="first", pinned_root="00" * 32),
        no(common, "a first edition that is none", "FormatError", base="second"),
        no(common, "the cover root is lacking", "NotEntitled", base="first", covers={}),
        no(
            common,
            "another cover root of this index",
            "DecryptionError",
            base="first",
            covers={"1": "00" * 32},
        ),
        no(common, "the issuer has ended since", "Expired", base="first", now=NOW + YEAR + DAY + 1),
        *(
            no({}, f"head: {name}", "FormatError", do="decode head", base="head", patch=[[at, new]])
            for name, at, new in (
                ("version 2", 0, "02"),
                ("suite 2", 1, "02"),
                ("number 0", 4, "00" * 4),
                ("number 1", 4, "00000001"),
                ("time 0", 8, "00" * 4),
                ("count 0", 12, "00" * 4),
                ("count 4097", 12, "00001001"),
                ("follows nothing", 16, "00" * 32),
            )
        ),
        *_lengths("decode head", "head", 176),
        *(
            flip(
                f"segment: bit at {at}",
                "verify edition",
                "first",
                at,
                bases,
                error,
                **{key: common[key] for key in ("pinned_root", "covers", "now")},
            )
            for at, error in (
                (0, "FormatError"),
                (2, "SignatureError"),
                (7, "FormatError"),
                (11, "SignatureError"),
                (15, "SignatureError"),
                (16, "FormatError"),
                (48, "SignatureError"),
                (80, "SignatureError"),
                (112, "SignatureError"),
                (144, "SignatureError"),
                (176, "SignatureError"),
                (239, "SignatureError"),
                (240, "SignatureError"),
                (3548, "SignatureError"),
                (3549, "FormatError"),
                (root_at + 10, "SignatureError"),
                (root_at + 24, "SignatureError"),
                (issuer_at - 1, "SignatureError"),
                (issuer_at + 35, "SignatureError"),
                (issuer_at + 2019, "SignatureError"),
                (block_at - 5, "SignatureError"),
                (block_at, "DecryptionError"),
                (block_at + 16, "DecryptionError"),
                (len(first) - 2 - 6 * 2019 + 11, "SignatureError"),
                (len(first) - 3, "SignatureError"),
                (len(first) - 1, "FormatError"),
            )
        ),
        no(common, "segment: empty", "FormatError", base="first", cut=0),
        no(common, "segment: cut short", "FormatError", base="first", cut=len(first) - 1),
        no(common, "segment: a byte too many", "FormatError", base="first", append="00"),
        no(common, "segment: unknown part", "FormatError", base="first", patch=[[3549, "0f"]]),
        no(
            common,
            "segment: block longer than allowed",
            "FormatError",
            base="first",
            patch=[[block_at - 4, "00400001"]],
        ),
    ]
    return _file("directory", bases, valid, refused)


def prekey() -> str:
    """Make bundles of one device."""
    key, peer = PARIS_MEMBER.device_key, PARIS_MEMBER.device
    ref = editions.reference(peer)
    signed = prekeys.make_signed(ref, key, 5, NOW + 7 * DAY, seeded(b"spk")).public
    batch, entries, _ = prekeys.make_batch(ref, key, 3, 5, seeded(b"batch"))
    other, other_entries, _ = prekeys.make_batch(ref, key, 4, 5, seeded(b"other batch"))
    by_person = prekeys.make_signed(ref, PARIS_MEMBER.person_key, 5, NOW + 7 * DAY, seeded(b"spk")).public
    swapped = replace(signed, signature=batch.signature)
    beyond = OneTimeEntry(replace(entries[4].opk, opk_id=3 << 8 | 5), entries[4].path)
    elsewhere = OneTimeEntry(replace(entries[1].opk, opk_id=3 << 8 | 2), entries[1].path)
    bundled = {
        "signed prekey alone": Bundle(signed, None, None),
        "with a batch that is used up": Bundle(signed, batch, None),
        "with a one-time prekey": Bundle(signed, batch, entries[1]),
        "with the last one-time prekey": Bundle(signed, batch, entries[4]),
        "signed by the person": Bundle(by_person, None, None),
        "a batch's signature on the prekey": Bundle(swapped, None, None),
        "an entry of another batch": Bundle(signed, batch, other_entries[1]),
        "a batch of more than it signed": Bundle(signed, replace(batch, count=6), entries[1]),
        "an index beyond the count": Bundle(signed, batch, beyond),
        "an entry at another index": Bundle(signed, batch, elsewhere),
        "a path too short": Bundle(signed, batch, OneTimeEntry(entries[1].opk, entries[1].path[:-1])),
        "a path too long": Bundle(signed, batch, OneTimeEntry(entries[1].opk, (*entries[1].path, b"h" * 32))),
        "a batch of another device": Bundle(signed, replace(other, cert_ref=editions.reference(HQ.device)), None),
    }
    bases = {name: bundles.encode(bundle) for name, bundle in bundled.items()}
    bases["device"] = certificates.encode(peer)
    bases["person"] = certificates.encode(PARIS_MEMBER.person)
    bases["another device"] = certificates.encode(HQ.device)
    common: Vector = {"do": "verify bundle", "peer": "device", "now": NOW, "batch_floor": 3}
    names = list(bundled)
    full = bases["with a one-time prekey"]
    valid: list[Vector] = [{**common, "name": name, "base": name} for name in names[:4]]
    valid.append({**common, "name": "a week after its end", "base": names[0], "now": NOW + 14 * DAY})
    refused: list[Vector] = [
        *(no(common, name, "SignatureError", base=name) for name in names[4:-1]),
        no(common, names[-1], "NotEntitled", base=names[-1]),
        no(common, "of another device", "NotEntitled", base=names[2], peer="another device"),
        no(common, "of a person", "NotEntitled", base=names[2], peer="person"),
        no(common, "an older batch", "Rollback", base=names[2], batch_floor=4),
        no(common, "too old", "Expired", base=names[2], now=NOW + 14 * DAY + 1),
        *(
            flip(
                f"bit at {at}",
                "verify bundle",
                names[2],
                at,
                bases,
                error,
                peer="device",
                now=NOW,
                batch_floor=3,
            )
            for at, error in (
                (0, "NotEntitled"),
                (35, "SignatureError"),
                (36, "SignatureError"),
                (68, "SignatureError"),
                (1639, "SignatureError"),
                (1640, "SignatureError"),
                (1704, "SignatureError"),
                (5012, "SignatureError"),
                (5014, "NotEntitled"),
                (5049, "SignatureError"),
                (5051, "SignatureError"),
                (5052, "SignatureError"),
                (5084, "SignatureError"),
                (8456, "SignatureError"),
                (8458, "FormatError"),
                (8459, "SignatureError"),
                (8462, "SignatureError"),
                (8463, "SignatureError"),
                (8495, "SignatureError"),
                (9678, "SignatureError"),
                (9679, "SignatureError"),
                (len(full) - 1, "SignatureError"),
            )
        ),
        no(common, "unknown parts", "FormatError", base=names[0], patch=[[5013, "02"]]),
        no(common, "parts that are not there", "FormatError", base=names[0], patch=[[5013, "01"]]),
        no(common, "prekey number 0", "FormatError", base=names[0], patch=[[32, "00000000"]]),
        no(common, "an end of 0", "FormatError", base=names[0], patch=[[1636, "00000000"]]),
        no(common, "batch version 0", "FormatError", base=names[1], patch=[[5046, "00000000"]]),
        no(common, "batch count 0", "FormatError", base=names[1], patch=[[5050, "0000"]]),
        no(common, "batch count 257", "FormatError", base=names[1], patch=[[5050, "0101"]]),
        no(common, "empty", "FormatError", base=names[0], cut=0),
        no(common, "cut short", "FormatError", base=names[2], cut=len(full) - 1),
        no(common, "a byte too many", "FormatError", base=names[2], append="00"),
    ]
    return _file("prekeys", bases, valid, refused)


Fields: TypeAlias = dict[int, Value]
Changes: TypeAlias = "dict[int, Value | EllipsisType]"


def _with_prekeys() -> bytes:
    """Return a request of version 2, with two one-time prekeys."""
    signed, one_time = prekeys.make_for_request(1, 1, 2, NOW + DAY, seeded(b"first prekeys"))
    return encode_request(
        make_request(
            PARIS_MEMBER.device_key,
            PARIS_MEMBER.person_key,
            station=PARIS_MEMBER.request.station,
            role=PARIS_MEMBER.request.role,
            name=PARIS_MEMBER.request.name,
            title=PARIS_MEMBER.request.title,
            created_at=NOW,
            first_keys=RequestPrekeys(signed.public, tuple(each.public for each in one_time)),
        )
    )


def _inside(request: bytes) -> tuple[Fields, Fields]:
    """Return the outer map of a request and the map of its body."""
    outer = cast("Fields", codec.decode(request, max_bytes=MAX_REQUEST))
    return outer, cast("Fields", codec.decode(cast("bytes", outer[1]), max_bytes=MAX_REQUEST))


def _body_changed(request: bytes, changes: Changes) -> bytes:
    """Return a request with fields of its body changed (... takes one out); the signatures stay."""
    outer, body = _inside(request)
    inside = {key: value for key, value in {**body, **changes}.items() if not isinstance(value, EllipsisType)}
    return codec.encode({**outer, 1: codec.encode(inside)})


def enrolment() -> str:
    """Make requests and sealed kits."""
    first = _with_prekeys()
    _, body = _inside(first)
    signed_part, one_time = cast("bytes", body[9]), cast("list[bytes]", body[10])
    changed: dict[str, tuple[str, Changes]] = {
        "prekeys in version 1": ("FormatError", {1: 1}),
        "version 2 without prekeys": ("FormatError", {9: ..., 10: ...}),
        "version 3": ("FormatError", {1: 3}),
        "a signed prekey cut short": ("FormatError", {9: signed_part[:-1]}),
        "a signed prekey of number 0": ("FormatError", {9: bytes(4) + signed_part[4:]}),
        "a signed prekey without an end": ("FormatError", {9: signed_part[:-4] + bytes(4)}),
        "no one-time prekeys": ("FormatError", {10: []}),
        "17 one-time prekeys": ("FormatError", {10: [one_time[0]] * 17}),
        "one-time prekeys not in order": ("FormatError", {10: one_time[::-1]}),
        "a one-time prekey twice": ("FormatError", {10: [one_time[0], one_time[0]]}),
        "one-time prekeys not from the first": ("FormatError", {10: one_time[1:]}),
        "one-time prekeys of two batches": ("FormatError", {10: [one_time[0], b"\0\0\2\1" + one_time[1][4:]]}),
        "a one-time prekey cut short": ("FormatError", {10: [one_time[0][:-1]]}),
        "another prekey under the signatures": ("EnrolmentError", {10: one_time[:1]}),
    }
    request = encode_request(PARIS_MEMBER.request)
    swapped = replace(
        PARIS_MEMBER.request,
        device_signature=PARIS_MEMBER.request.person_signature,
        person_signature=PARIS_MEMBER.request.device_signature,
    )
    code = activation_code(seeded(b"code"))
    other = activation_code(seeded(b"other code"))
    kit = prepare_kit(
        PARIS_MEMBER.request,
        FIRST,
        PARIS_MEMBER.device,
        PARIS_MEMBER.person,
        covers=(COVER, NEXT_COVER),
        relays=(RELAY,),
        prepared_at=NOW,
    )

    def sealed(value: Kit) -> bytes:
        return seal_kit(value, code, CHEAP, seeded(b"salt"))

    foreign = editions.reference(KYIV_MEMBER.device)
    bases = {
        "request": request,
        "request with prekeys": first,
        **{name: _body_changed(first, changes) for name, (_, changes) in changed.items()},
        "another request": encode_request(KYIV_MEMBER.request),
        "signatures swapped": encode_request(swapped),
        "another name": encode_request(replace(PARIS_MEMBER.request, name="Nguyễn Văn 3")),
        "kit": sealed(kit),
        "kit of another device": sealed(replace(kit, device_ref=foreign, device=DeviceId(3))),
        "kit of another number": sealed(replace(kit, device=DeviceId(3))),
        "kit with another root": sealed(replace(kit, root_hash=b"x" * 32)),
        "kit with person and device exchanged": sealed(
            replace(kit, device_ref=kit.person_ref, person_ref=kit.device_ref)
        ),
        "kit with an unlisted device": sealed(replace(kit, device_ref=CertificateRef(b"x" * 32))),
    }
    common: Vector = {
        "do": "open kit",
        "code": code.reveal().hex(),
        "floor": [8, 1],
        "request": "request",
        "now": NOW,
        "base": "kit",
    }
    valid: list[Vector] = [
        {"name": "a request", "do": "verify request", "base": "request"},
        {"name": "a request with prekeys", "do": "verify request", "base": "request with prekeys"},
        {**common, "name": "a kit"},
    ]
    kit_size = len(bases["kit"])
    refused: list[Vector] = [
        no({}, "signatures swapped", "EnrolmentError", do="verify request", base="signatures swapped"),
        *(no({}, f"request: {name}", error, do="verify request", base=name) for name, (error, _) in changed.items()),
        no({}, "another name", "EnrolmentError", do="verify request", base="another name"),
        *(
            flip(f"request: bit at {at}", "verify request", "request", at, bases, error)
            for at, error in (
                (0, "FormatError"),
                (7, "FormatError"),
                (9, "EnrolmentError"),
                (100, "EnrolmentError"),
                (2500, "EnrolmentError"),
                (5000, "EnrolmentError"),
                (len(request) - 1, "EnrolmentError"),
            )
        ),
        no({}, "request: empty", "FormatError", do="verify request", base="request", cut=0),
        no({}, "request: cut short", "FormatError", do="verify request", base="request", cut=len(request) - 1),
        no({}, "request: a byte too many", "FormatError", do="verify request", base="request", append="00"),
        no(common, "another code", "EnrolmentError", code=other.reveal().hex()),
        no(common, "a code of 96 bits", "EnrolmentError", code="00" * 12),
        no(common, "below the floor", "EnrolmentError", floor=[9, 1]),
        no(common, "a cost of no passes", "EnrolmentError", patch=[[5, "00"]]),
        no(common, "another cost", "EnrolmentError", patch=[[4, "09"]]),
        no(common, "a cost beyond the ceiling", "EnrolmentError", patch=[[1, "ffffffff"]]),
        no(common, "for another request", "EnrolmentError", request="another request"),
        no(common, "another device's certificate", "EnrolmentError", base="kit of another device"),
        no(common, "another number", "EnrolmentError", base="kit of another number"),
        no(common, "another root", "SignatureError", base="kit with another root"),
        no(common, "exchanged certificates", "NotEntitled", base="kit with person and device exchanged"),
        no(common, "an unlisted device", "NotListed", base="kit with an unlisted device"),
        *(
            flip(
                f"kit: bit at {at}",
                "open kit",
                "kit",
                at,
                bases,
                "EnrolmentError",
                **{key: common[key] for key in ("code", "floor", "request", "now")},
            )
            for at in (0, 6, 21, 22, 53, 54, 69, 70, 1000, kit_size - 1)
        ),
        no(common, "kit: empty", "FormatError", cut=0),
        no(common, "kit: no box", "EnrolmentError", cut=54),
        no(common, "kit: a byte too many", "EnrolmentError", append="00"),
    ]
    return _file("enrolment", bases, valid, refused)


def mailbox() -> str:
    """Make derivations, which are the same at every run."""
    bases = {"secret": bytes(range(32)), "short secret": bytes(31)}
    common: Vector = {"do": "derive mailbox", "base": "secret", "relay": "11" * 16, "week": 2967, "lane": 0}
    valid: list[Vector] = [
        {**common, "name": "normal lane"},
        {**common, "name": "fast lane", "lane": 1},
        {**common, "name": "another relay", "relay": "22" * 16},
        {**common, "name": "another week", "week": 2968},
    ]
    refused: list[Vector] = [
        no(common, "a secret of 31 bytes", "FormatError", base="short secret"),
        no(common, "a relay of 15 bytes", "FormatError", relay="11" * 15),
        no(common, "a week before the epoch", "FormatError", week=-1),
    ]
    return _file("mailbox", bases, valid, refused)


def _lengths(do: str, base: str, size: int, **more: object) -> list[Vector]:
    return [
        no({}, f"{base}: empty", "FormatError", do=do, base=base, cut=0, **more),
        no({}, f"{base}: cut short", "FormatError", do=do, base=base, cut=size - 1, **more),
        no({}, f"{base}: a byte too many", "FormatError", do=do, base=base, append="00", **more),
    ]


def _flags(vector: Vector) -> list[str]:
    """Say of what sort a refusal is, by what was done to its base and what it meets."""
    if "patch" in vector and ": bit at " in f": {vector['name']}":
        return ["bit"]
    if vector["expect"] == "FormatError":
        return ["length"] if {"cut", "append"} & vector.keys() else ["bound"]
    by_class = {"Expired": "time", "Rollback": "order", "Forked": "order"}
    known = vector["expect"] in {"Expired", "Rollback", "Forked", "NotListed"} or vector["name"] in CONTEXT
    return [by_class.get(vector["expect"], "swap"), *(["context"] if known else [])]


CONTEXT = frozenset(
    {
        "another root",
        "another root pinned",
        "the cover root is lacking",
        "another cover root of this index",
        "of another device",
        "of a person",
        "another code",
        "for another request",
        "below the floor",
    }
)
"""Refusals that another receiver would not make: they follow from what this one knows."""


def _file(page: str, bases: dict[str, bytes], valid: list[Vector], refused: list[Vector]) -> str:
    example = EXAMPLES[page]
    tests = [
        *(
            {**vector, "expect": "ok", "flags": ["example"] * (vector["name"] == example), "gives": run(vector, bases)}
            for vector in valid
        ),
        *({**vector, "flags": _flags(vector)} for vector in refused),
    ]
    return frame.text(f"{page}.md", tests, bases={name: data.hex() for name, data in bases.items()})


EXAMPLES = {
    "certificate": "a device",
    "directory": "a head",
    "prekeys": "with a one-time prekey",
    "enrolment": "a request",
    "mailbox": "normal lane",
}
MAKERS = {
    "certificate": certificate,
    "directory": directory,
    "prekeys": prekey,
    "enrolment": enrolment,
    "mailbox": mailbox,
}


def made() -> dict[str, str]:
    """Return the texts of the files."""
    return {name: make() for name, make in MAKERS.items()}
