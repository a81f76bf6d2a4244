"""Every bound of every format of maps, found from outside, is the one written down here (docs/spec/).

`python -m tests.unit.wire.test_bounds` writes the file anew, to be read against the pages before it is kept.
"""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from secmsg.authority import enrolment as authority
from secmsg.authority.directory import Cover
from secmsg.ids import CertificateRef, EditionNumber
from secmsg.office import custody_record, kit_log, kit_records, ledger, person_log
from secmsg.wire import (
    bundle,
    cable,
    certificate,
    contents,
    directory,
    enrolment,
    feed,
    handover,
    item,
    kit_drop,
    manifest,
    packet,
    pad_file,
    person_request,
    pouch,
    service,
    slip,
    sync,
)
from secmsg.wire.service import RepeatRequest
from tests.fuzz.seeds import vectors
from tests.helpers.authority_world import COVER, NEXT_COVER, NOW, RELAY, world
from tests.helpers.cables import CABLE, CHALLENGE_LIST, FULL_CABLE, MANIFEST, MESSAGES, PAD_BOOK
from tests.helpers.handover_values import WHOLE
from tests.helpers.kit_values import HEADS, PERMIT
from tests.helpers.person_values import PERSON_REQUESTS
from tests.helpers.probing import Found, bounds, numbers_of

FILE = Path(__file__).with_name("bounds.json")


@dataclass(frozen=True, slots=True)
class Format:
    """A decoder, values that it takes, and how many bytes in front of them are no CBOR."""

    decode: Callable[[bytes], object]
    taken: tuple[bytes, ...]
    cut: int = 0

    def found(self) -> Found:
        found: Found = {}
        for taken in self.taken:
            for place, told in bounds(self.decode, taken, self.cut).items():
                # The same place in a fuller value may be narrower or wider: both are told.
                known = found.get(place)
                found[place] = told if known in (None, told) else f"{known} | {told}"
        return found


def _kit(*covers: Cover) -> bytes:
    member = world().members[1]
    kit = authority.prepare_kit(
        member.request,
        world().directory,
        member.device,
        member.person,
        covers=covers,
        relays=(RELAY,),
        prepared_at=NOW,
    )
    return enrolment.encode_kit(kit)


def _taken(decode: Callable[[bytes], object], name: str, first: bytes = b"") -> tuple[bytes, ...]:
    """Return those of a file's byte strings that a decoder takes."""
    kept: list[bytes] = []
    for data in vectors(name)():
        try:
            decode(data)
        except Exception:
            continue
        if data[:1] == first or not first:
            kept.append(data)
    return tuple(kept)


def _service(name: str) -> Format:
    return Format(service.decode, (service.encode(MESSAGES[name]),))


FORMATS: dict[str, Callable[[], Format]] = {
    "cable": lambda: Format(cable.decode, (cable.encode(CABLE), cable.encode(FULL_CABLE))),
    "item": lambda: Format(item.decode, _taken(item.decode, "item")[:2]),
    "manifest": lambda: Format(manifest.decode, (manifest.encode(MANIFEST),)),
    "pad file": lambda: Format(pad_file.decode, (pad_file.encode(CHALLENGE_LIST), pad_file.encode(PAD_BOOK))),
    "handover": lambda: Format(handover.decode, (handover.encode(WHOLE),)),
    "kit addition": lambda: Format(kit_drop.decode_head, tuple(kit_drop.encode_head(each) for each in HEADS)),
    "kit permit": lambda: Format(kit_records.decode_permit, (kit_records.encode_permit(PERMIT),)),
    "kit proof": lambda: Format(kit_records.decode_proven, _taken(kit_records.decode_proven, "kit")),
    "kit line": lambda: Format(kit_log.decode, _taken(kit_log.decode, "kit")),
    "custody statement": lambda: Format(custody_record.decode, _taken(custody_record.decode, "custody")[:1]),
    "ledger line": lambda: Format(ledger.decode, _taken(ledger.decode, "ledger")[:1]),
    "person line": lambda: Format(person_log.decode, _taken(person_log.decode, "persons")[:1]),
    "contents": lambda: Format(contents.decode_contents, (contents.encode_contents(world().directory.contents),)),
    "request": lambda: Format(
        lambda data: enrolment._read_request(data, b"", b""), (enrolment.request_part(world().members[1].request),)
    ),
    "person request": lambda: Format(
        lambda data: person_request._read(data, b"", b""), tuple(person_request.part(each) for each in PERSON_REQUESTS)
    ),
    "kit": lambda: Format(enrolment.decode_kit, (_kit(COVER), _kit(COVER, NEXT_COVER))),
    "feed head": lambda: Format(feed.decode_head, (feed.encode_head(feed.FeedHead(7, bytes(32), 4_096)),)),
    "sync request": lambda: Format(sync.decode_request, _taken(sync.decode_request, "sync")),
    "sync deposits": lambda: Format(sync.decode_body, _taken(sync.decode_body, "sync", b"\x02"), 1),
}
FORMATS["service: one range"] = lambda: Format(service.decode, (service.encode(RepeatRequest(((3, 3),))),))
FORMATS |= {f"service: {name}": functools.partial(_service, name) for name in MESSAGES}

_REF = CertificateRef(b"\x07" * 32)
_CERTIFICATE = world().members[1].device
TABLES: dict[str, tuple[Callable[[Any], bytes], object]] = {
    "edition's head": (directory.encode_head, world().edition.head),
    "second edition's head": (
        directory.encode_head,
        replace(world().edition.head, number=EditionNumber(2), previous_root=b"p" * 32),
    ),
    "path": (directory.encode_path, directory.MerklePath(3, (bytes(32),))),
    "certificate": (certificate.encode, _CERTIFICATE),
    "root": (certificate.encode_root, world().root.certificate),
    "signed prekey": (bundle.encode_signed, bundle.SignedPrekey(_REF, 5, bytes(32), bytes(1568), NOW, bytes(3373))),
    "one-time prekey": (bundle.encode_one_time, bundle.OneTimePrekey(0x501, bytes(32), bytes(1184))),
    "batch": (bundle.encode_batch, bundle.PrekeyBatch(_REF, 5, 64, bytes(32), bytes(3373))),
    "slip": (slip.encode, slip.Slip(bytes(32), 41, bytes(32), 41, 41)),
    "pouch's head": (pouch.encode_head, pouch.Head(41, 41, 41, 41, 41)),
    "blob in a pouch": (pouch.encode_record, pouch.BlobRecord(bytes(16), 41)),
    "packet's header": (
        packet.encode_header,
        packet.PacketHeader(41, 41, 41, bytes(32), bytes(16), 41, packet.PqKind.NONE, 41, 41, 41, bytes(8)),
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_bounds_are_those_written_down(name: str) -> None:
    written: dict[str, Found] = json.loads(FILE.read_text("utf-8"))

    assert FORMATS[name]().found() == written[name]


@pytest.mark.parametrize("name", TABLES)
def test_the_numbers_of_a_table_are_those_written_down(name: str) -> None:
    written: dict[str, Found] = json.loads(FILE.read_text("utf-8"))

    assert numbers_of(*TABLES[name]) == written[f"table: {name}"]


if __name__ == "__main__":
    every = {name: make().found() for name, make in FORMATS.items()}
    every |= {f"table: {name}": numbers_of(*table) for name, table in TABLES.items()}
    FILE.write_text(json.dumps(every, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{sum(len(found) for found in every.values())} bounds of {len(every)} formats")
