"""Make blob.json: whole blobs with their slips, and what a member could seal that does not hold (docs/spec/blob.md 3).

The salt of a stream is drawn by the library, so a blob is kept as it was recorded while it opens to the same plaintext.
"""

from dataclasses import dataclass, replace

from secmsg.crypto import blob, hashing, labels, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.ids import CertificateRef
from secmsg.station.annex import Purpose, context
from secmsg.wire import manifest as manifests
from secmsg.wire import slip as slips
from secmsg.wire.manifest import Manifest
from secmsg.wire.padding import padme
from secmsg.wire.slip import Slip
from tests.helpers.seeded_random import seeded
from tests.vectors import frame, recorded
from tests.vectors.frame import Test
from tests.vectors.second_basis import RefusedError, unchunk

DEVICE = signing.signing_generate(Level.STANDARD, seeded(b"blob device"))
OTHER = signing.signing_generate(Level.STANDARD, seeded(b"another device"))
REF = CertificateRef(bytes(range(32)))
KEY = bytes(range(32, 64))
CONTENT = "Phụ lục: danh sách đoàn.\n".encode() * 3
GIVEN = Manifest("Danh sách.txt", "text/plain", len(CONTENT), 1, hashing.content(CONTENT))


# Inside a blob nobody finds a recorded signature again, so all of them stand in the file besides.
SIGNED: dict[str, None] = {}


def _sign(message: bytes, key: SigningKey = DEVICE, label: str = labels.SIGN_MANIFEST) -> bytes:
    signature = signing.sign(key, label, message)
    SIGNED[signature.hex()] = None
    return signature


@dataclass(frozen=True, slots=True)
class Blob:
    """A blob before sealing; what is None is as it should be."""

    content: bytes = CONTENT
    manifest: bytes = manifests.encode(GIVEN)
    named: bytes | None = None
    size: int = len(CONTENT)
    signature: bytes | None = None
    length: int | None = None
    fill: bytes | None = None

    def plaintext(self) -> bytes:
        digest = hashing.short(self.manifest)
        signature = _sign(digest) if self.signature is None else self.signature
        length = len(self.manifest) if self.length is None else self.length
        table = self.content + length.to_bytes(2, "big") + self.manifest + signature
        return table + (bytes(padme(len(table)) - len(table)) if self.fill is None else self.fill)

    def slip(self) -> Slip:
        return Slip(KEY, self.size, hashing.short(self.manifest) if self.named is None else self.named, 0, 0)


def _sealed(name: str, plaintext: bytes, purpose: Purpose) -> bytes:
    bound, before = context(REF, purpose), recorded.before("blob", name)
    try:
        if before is not None and unchunk(KEY, bound, bytes.fromhex(before["sealed"])) == plaintext:
            return bytes.fromhex(before["sealed"])
    except RefusedError:
        pass
    stream = blob.Encryptor(Secret(KEY), bound)
    return stream.update(plaintext) + stream.finalize()


def _fields(name: str, given: Blob, purpose: Purpose = Purpose.ANNEX, plaintext: bytes | None = None) -> Test:
    sealed = _sealed(name, given.plaintext() if plaintext is None else plaintext, purpose)
    return {
        "slip": slips.encode(given.slip()).hex(),
        "purpose": int(purpose),
        "ref": REF.hex(),
        "public": DEVICE.public.hex(),
        "sealed": sealed.hex(),
    }


def _accepted() -> list[Test]:
    empty = replace(GIVEN, size=0, pages=0, content_hash=hashing.content(b""))
    cable = Manifest("cable", "application/octet-stream", len(CONTENT), 0, hashing.content(CONTENT))
    blobs = {
        "an annex": (Blob(), Purpose.ANNEX),
        "an empty content": (Blob(b"", manifests.encode(empty), size=0), Purpose.ANNEX),
        "a cable": (Blob(manifest=manifests.encode(cable)), Purpose.CABLE),
    }
    return [
        frame.ok(
            name,
            *["example"] * (name == "an annex"),
            **_fields(name, given, purpose),
            content=given.content.hex(),
            manifest=given.manifest.hex(),
        )
        for name, (given, purpose) in blobs.items()
    ]


def _of_the_plaintext() -> dict[str, tuple[str, str, Blob]]:
    """Seal what an honest sender would not."""
    longer = manifests.encode(replace(GIVEN, size=len(CONTENT) + 1))
    another = manifests.encode(replace(GIVEN, name="Danh sách khác.txt"))
    other_content = manifests.encode(replace(GIVEN, content_hash=bytes(32)))
    good = Blob().plaintext()
    fill = len(good) - len(good.rstrip(b"\0"))
    by_other = _sign(hashing.short(GIVEN_BYTES), OTHER)
    by_label = _sign(hashing.short(GIVEN_BYTES), label=labels.SIGN_PREKEY)
    over_bytes = _sign(GIVEN_BYTES)
    not_canonical = GIVEN_BYTES.replace(b"\x04\x01", b"\x04\x18\x01", 1)
    return {
        "another manifest than the slip's": ("DecryptionError", "swap", Blob(named=hashing.short(another))),
        "signed by another device": ("SignatureError", "swap", Blob(signature=by_other)),
        "signed under another label": ("SignatureError", "swap", Blob(signature=by_label)),
        "signed over the manifest itself": ("SignatureError", "swap", Blob(signature=over_bytes)),
        "a signature of zeros": ("SignatureError", "bound", Blob(signature=bytes(3373))),
        "a manifest that states another size": ("FormatError", "rule", Blob(manifest=longer)),
        "a manifest of another content": ("FormatError", "rule", Blob(manifest=other_content)),
        "a manifest that is not canonical": ("FormatError", "canonical", Blob(manifest=not_canonical)),
        "a manifest of 1 025 bytes": ("FormatError", "bound", Blob(manifest=GIVEN_BYTES.ljust(1025, b"\0"))),
        "a manifest longer than the rest": ("FormatError", "length", Blob(length=1000)),
        "a manifest of 65 535 bytes": ("FormatError", "bound", Blob(length=65_535)),
        "fill that is not zeros": ("FormatError", "canonical", Blob(fill=b"\x01".rjust(fill, b"\0"))),
        "a byte of fill too few": ("FormatError", "length", Blob(fill=bytes(fill - 1))),
        "a byte of fill too many": ("FormatError", "length", Blob(fill=bytes(fill + 1))),
        "the padding of another size": ("FormatError", "length", Blob(fill=bytes(fill + 8_192))),
        "a slip that states more": ("DecryptionError", "rule", Blob(size=1_000_000)),
        "a slip that states all of it": ("DecryptionError", "rule", Blob(size=len(good))),
    }


GIVEN_BYTES = manifests.encode(GIVEN)


def _refused() -> list[Test]:
    made = [
        frame.no(name, error, flag, **_fields(name, given))
        for name, (error, flag, given) in _of_the_plaintext().items()
    ]
    good = _fields("an annex", Blob())
    sealed = bytes.fromhex(good["sealed"])
    slip = bytes.fromhex(good["slip"])
    changes: dict[str, tuple[str, Test]] = {
        "empty": ("length", {"sealed": ""}),
        "the salt alone": ("length", {"sealed": sealed[:24].hex()}),
        "a byte short": ("length", {"sealed": sealed[:-1].hex()}),
        "without its last tag": ("length", {"sealed": sealed[:-16].hex()}),
        "a byte more": ("length", {"sealed": (sealed + b"\0").hex()}),
        "another salt": ("bit", {"sealed": (bytes([sealed[0] ^ 1]) + sealed[1:]).hex()}),
        "another commitment": ("bit", {"sealed": (sealed[:24] + bytes([sealed[24] ^ 1]) + sealed[25:]).hex()}),
        "another content": ("bit", {"sealed": (sealed[:56] + bytes([sealed[56] ^ 1]) + sealed[57:]).hex()}),
        "another key": ("swap", {"slip": (slip[:1] + bytes(32) + slip[33:]).hex()}),
        "an annex taken for a cable": ("swap", {"purpose": 2}),
        "of another device": ("swap", {"ref": bytes(32).hex()}),
    }
    made += [frame.no(name, "DecryptionError", flag, **good | changed) for name, (flag, changed) in changes.items()]
    whose = {"public": OTHER.public.hex()}
    return [*made, frame.no("another device's key under this reference", "SignatureError", "swap", **good | whose)]


def made() -> dict[str, str]:
    """Return the text of the file."""
    tests = [*_accepted(), *_refused()]
    return {"blob": frame.text("blob.md", tests, given={"signatures": list(SIGNED)})}
