"""How the authority's vectors are read: a base is changed as the vector says, then one function takes it.

A vector names the function (`do`), the base, and the changes: `patch` replaces bytes at offsets, `cut` keeps
that many bytes, `append` adds some. `after` lists segments accepted before.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from secmsg.authority import edition as editions
from secmsg.authority import enrolment, mailbox, root, trust
from secmsg.authority.trust import Directory
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.ids import RelayId, Week
from secmsg.protocol import prekeys
from secmsg.wire import bundle as bundles
from secmsg.wire import certificate as certificates
from secmsg.wire import directory as wire
from secmsg.wire import enrolment as wire_enrolment

# A vector file is JSON of its own making; the types of its fields are this module's business.
Vector: TypeAlias = dict[str, Any]
Bases: TypeAlias = Mapping[str, bytes]


def changed(vector: Vector, bases: Bases) -> bytes:
    """Return the vector's base with its changes."""
    data = bytearray(bases[vector["base"]])
    for offset, replacement in vector.get("patch", []):
        new = bytes.fromhex(replacement)
        data[offset : offset + len(new)] = new
    del data[vector.get("cut", len(data)) :]
    return bytes(data) + bytes.fromhex(vector.get("append", ""))


def run(vector: Vector, bases: Bases) -> object:
    """Do what the vector says; raises what it should refuse with."""
    return _DO[vector["do"]](changed(vector, bases), vector, bases)


def _certificate(data: bytes, vector: Vector, bases: Bases) -> object:
    certificate = certificates.decode(data)
    assert certificates.encode(certificate) == data
    return {
        "serial": certificate.serial,
        "type": certificate.type.name,
        "station": certificate.station,
        "subject": certificate.subject,
        "role": certificate.role.name,
        "degree": certificate.degree.name,
        "not_before": certificate.not_before,
        "not_after": certificate.not_after,
        "edition": certificate.edition,
        "ref": editions.reference(certificate).hex(),
    }


def _root(data: bytes, vector: Vector, bases: Bases) -> object:
    return {"hash": editions.root_hash(certificates.decode_root(data)).hex()}


def _issuer(data: bytes, vector: Vector, bases: Bases) -> object:
    issuer = certificates.decode_issuer(data)
    root.verify_issuer(certificates.decode_root(bases[vector["root"]]), issuer)
    return {"ref": editions.reference(issuer.certificate).hex()}


def _validity(data: bytes, vector: Vector, bases: Bases) -> object:
    return {"validity": trust.validity(certificates.decode(data), vector["now"]).name}


def _path(data: bytes, vector: Vector, bases: Bases) -> object:
    head = wire.decode_head(bases[vector["head"]])
    certificate = certificates.decode(bases[vector["certificate"]])
    editions.verify_path(head, certificate, wire.decode_path(data))
    return {"tree": head.tree.hex()}


def _head(data: bytes, vector: Vector, bases: Bases) -> object:
    head = wire.decode_head(data)
    assert wire.encode_head(head) == data
    return {"number": head.number, "count": head.count, "root": editions.edition_root(head).hex()}


def _verify(data: bytes, vector: Vector, bases: Bases) -> object:
    covers = {int(index): Secret(bytes.fromhex(value)) for index, value in vector["covers"].items()}
    pinned = bytes.fromhex(vector["pinned_root"])
    current: Directory | None = None
    for name in vector.get("after", []):
        current = trust.verify_edition(current, pinned, wire.decode(bases[name]), covers, vector["now"]).directory
    accepted = trust.verify_edition(current, pinned, wire.decode(data), covers, vector["now"])
    directory = accepted.directory
    return {
        "number": directory.number,
        "root": directory.root.hex(),
        "certificates": sorted(ref.hex() for ref in directory.certificates),
        "mailboxes": {str(box.device): box.secret.hex() for box in directory.contents.mailboxes},
        "clock": accepted.clock.name,
    }


def _bundle(data: bytes, vector: Vector, bases: Bases) -> object:
    bundle = bundles.decode(data)
    assert bundles.encode(bundle) == data
    peer = certificates.decode(bases[vector["peer"]])
    prekeys.verify_bundle(bundle, peer, now=vector["now"], batch_floor=vector["batch_floor"])
    return {
        "spk_id": bundle.signed.spk_id,
        "batch": None if bundle.batch is None else bundle.batch.version,
        "opk_id": None if bundle.entry is None else bundle.entry.opk.opk_id,
    }


def _request(data: bytes, vector: Vector, bases: Bases) -> object:
    request = wire_enrolment.decode_request(data)
    enrolment.verify_request(request)
    return {"name": request.name, "fingerprint": enrolment.fingerprint(data).hex()}


def _kit(data: bytes, vector: Vector, bases: Bases) -> object:
    floor = KdfCost(*vector["floor"])
    kit = enrolment.open_kit(data, Secret(bytes.fromhex(vector["code"])), floor)
    request = wire_enrolment.decode_request(bases[vector["request"]])
    joined = enrolment.accept_kit(kit, request, vector["now"])
    return {"device": joined.device.device, "person": joined.person.person, "relay": kit.relays[0].base_url}


def _mailbox(data: bytes, vector: Vector, bases: Bases) -> object:
    relay, week, lane = (
        RelayId(bytes.fromhex(vector["relay"])),
        Week(vector["week"]),
        mailbox.Lane(vector["lane"]),
    )
    identifier, token = mailbox.mailbox(Secret(data), relay, week, lane)
    reader = mailbox.reader_key(Secret(data), relay, week, lane)
    return {"mailbox": identifier.hex(), "token": token.hex(), "reader": reader.public.hex()}


_DO: dict[str, Callable[[bytes, Vector, Bases], object]] = {
    "decode certificate": _certificate,
    "decode root": _root,
    "verify issuer": _issuer,
    "validity": _validity,
    "verify path": _path,
    "decode head": _head,
    "verify edition": _verify,
    "verify bundle": _bundle,
    "verify request": _request,
    "open kit": _kit,
    "derive mailbox": _mailbox,
}
