"""Write tests/vectors/crypto.json: known answers of the suite's composites (docs/spec/crypto.md 13).

Everything comes from seeds but the ML-DSA signatures and the blob's salt, in which the library uses randomness of
its own: these are kept as they were recorded.
"""

from secmsg.crypto import blob, hashing, kdf, labels, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import DecryptionError
from tests.helpers.seeded_random import seeded
from tests.vectors import frame, recorded
from tests.vectors.frame import Test

Case = Test


def _kdf(name: str, salt: bytes, ikm: bytes, label: str, context: bytes, length: int) -> Case:
    okm = kdf.derive(salt, Secret(ikm), label, context, length).reveal()
    asked = {"name": name, "salt": salt.hex(), "ikm": ikm.hex(), "label": label, "context": context.hex()}
    return asked | {"length": length, "okm": okm.hex()}


def _signed(name: str, level: Level, label: str, message: bytes) -> Case:
    key = signing.signing_generate(level, seeded(name.encode()))
    return {
        "name": name,
        "level": level.name,
        "seed": key.seed().reveal().hex(),
        "public": key.public.hex(),
        "label": label,
        "message": message.hex(),
        "signature": signing.sign(key, label, message).hex(),
    }


def _reader(name: str, message: bytes) -> Case:
    key = signing.reader_from_seed(Secret(seeded(name.encode())(32)))
    return {
        "name": name,
        "seed": key.seed.reveal().hex(),
        "public": key.public.hex(),
        "message": message.hex(),
        "signature": signing.reader_sign(key, message).hex(),
    }


def _sealed(name: str, plaintext: bytes, *associated: bytes) -> Case:
    key = Secret(seeded(name.encode())(64))
    return {
        "name": name,
        "key": key.reveal().hex(),
        "plaintext": plaintext.hex(),
        "associated": [part.hex() for part in associated],
        "sealed": sealing.seal(key, plaintext, *associated).hex(),
    }


def _blob(name: str, content: bytes, context: bytes) -> Case:
    cek = Secret(seeded(name.encode())(32))
    sealed = _kept(f"blob: {name}", cek, context, content)
    asked = {"name": name, "cek": cek.reveal().hex(), "context": context.hex(), "content": content.hex()}
    return asked | {"sealed": sealed.hex(), "blake3": hashing.content(content).hex()}


def _kept(test: str, cek: Secret, context: bytes, content: bytes) -> bytes:
    """Return the recorded blob while it opens to this content, or one that is sealed anew."""
    before = recorded.before("crypto", test)
    if before is not None:
        sealed = bytes.fromhex(before["sealed"])
        stream = blob.Decryptor(cek, context)
        try:
            if stream.update(sealed) + stream.finalize() == content:
                return sealed
        except DecryptionError:
            pass
    fresh = blob.Encryptor(cek, context)
    return fresh.update(content) + fresh.finalize()


def _changed(of: str, error: str, **fields: str | int | list[str]) -> Case:
    """Describe a refusal: the named case with fields replaced, or one bit of a field flipped."""
    return {"of": of, "name": f"{of}: {_said(**fields)}", **fields, "expect": error}


def _said(**fields: str | int | list[str]) -> str:
    if "bit" in fields:
        return f"bit {fields['bit']} of the {fields['flip']}"
    return ", ".join(f"{key} {_shortly(value)}" for key, value in fields.items())


def _shortly(value: str | int | list[str]) -> str:
    if isinstance(value, list):
        return f"of {len(value)} strings"
    if isinstance(value, str) and len(value) > 32:
        return f"of {len(value)} characters"
    return repr(value)


def _groups() -> dict[str, list[Case]]:
    draw = seeded(b"crypto.json")
    context = labels.BLOB.encode() + b"\x00vectors"
    return {
        "kdf": [
            _kdf("empty salt and context", b"", draw(32), labels.COVER, b"", 32),
            _kdf("root step", draw(32), draw(64), labels.ROOT, draw(64), 192),
            _kdf("label and context apart", b"", draw(32), labels.HX1, b" box", 64),
            _kdf("label takes the characters", b"", draw(32), labels.HX1_BOX, b"", 64),
            _kdf("one byte", draw(16), b"", labels.UPLOAD, b"\x00", 1),
            _kdf("context longer than a byte counts", bytes(64), draw(32), labels.MAILBOX_ID, bytes(300), 16),
        ],
        "kdf_refused": [
            _changed("root step", "FormatError", label=""),
            _changed("root step", "FormatError", label="nhãn"),
            _changed("root step", "FormatError", label="a\x00b"),
            _changed("root step", "FormatError", label="a" * 256),
            _changed("root step", "FormatError", length=0),
            _changed("root step", "FormatError", length=16_321),
        ],
        "signing": [
            _signed("standard", Level.STANDARD, labels.SIGN_CABLE_RELEASE, b"cable"),
            _signed("standard, empty message", Level.STANDARD, labels.SIGN_HX1, b""),
            _signed("root", Level.ROOT, labels.SIGN_ISSUER, draw(200)),
        ],
        "signing_refused": [
            _changed("standard", "SignatureError", flip="signature", bit=0),
            _changed("standard", "SignatureError", flip="signature", bit=8 * 64 - 1),
            _changed("standard", "SignatureError", flip="signature", bit=8 * 64),
            _changed("standard", "SignatureError", flip="signature", bit=8 * 3373 - 1),
            _changed("standard", "SignatureError", flip="public", bit=0),
            _changed("standard", "SignatureError", flip="public", bit=8 * 32),
            _changed("standard", "SignatureError", flip="message", bit=0),
            _changed("standard", "SignatureError", label=labels.SIGN_CABLE_STATION),
            _changed("standard", "SignatureError", label="cable-releas", message=b"e\x00cable".hex()),
            _changed("standard", "SignatureError", level="ROOT"),
            _changed("standard", "SignatureError", signature=""),
            _changed("standard", "SignatureError", public=""),
            _changed("standard", "FormatError", label=""),
            _changed("root", "SignatureError", flip="signature", bit=8 * 64),
            _changed("root", "SignatureError", level="STANDARD"),
        ],
        "reader": [_reader("reader", labels.RELAY_REQUEST.encode() + b"\x00" + bytes(32) + b"\xa0")],
        "reader_refused": [
            _changed("reader", "SignatureError", flip="signature", bit=0),
            _changed("reader", "SignatureError", flip="message", bit=0),
            _changed("reader", "SignatureError", flip="public", bit=9),
            _changed("reader", "SignatureError", signature=""),
            _changed("reader", "SignatureError", public=""),
        ],
        "sealing": [
            _sealed("no associated string", b"text"),
            _sealed("one empty associated string", b"text", b""),
            _sealed("two associated strings", b"text", b"recipient", b"counter"),
            _sealed("empty text", b"", b"recipient"),
            _sealed("header", draw(88), draw(2)),
        ],
        "sealing_refused": [
            _changed("two associated strings", "DecryptionError", flip="sealed", bit=0),
            _changed("two associated strings", "DecryptionError", flip="sealed", bit=8 * 20 - 1),
            _changed("two associated strings", "DecryptionError", flip="key", bit=0),
            _changed("two associated strings", "DecryptionError", associated=[b"counter".hex(), b"recipient".hex()]),
            _changed("two associated strings", "DecryptionError", associated=[b"recipientcounter".hex()]),
            _changed("no associated string", "DecryptionError", associated=[""]),
            _changed("one empty associated string", "DecryptionError", associated=[]),
            _changed("header", "DecryptionError", sealed="00" * 15),
            _changed("header", "FormatError", key="00" * 32),
        ],
        "blob": [
            _blob("empty content", b"", context),
            _blob("short content", b"content", context),
            _blob("one whole chunk", bytes(blob.CHUNK), context),
        ],
        "blob_refused": [
            _changed("short content", "DecryptionError", flip="sealed", bit=0),
            _changed("short content", "DecryptionError", flip="sealed", bit=8 * 24),
            _changed("short content", "DecryptionError", flip="sealed", bit=8 * 56),
            _changed("short content", "DecryptionError", flip="cek", bit=0),
            _changed("short content", "DecryptionError", context=labels.BLOB.encode().hex()),
            _changed("short content", "DecryptionError", sealed=""),
            _changed("short content", "FormatError", cek="00" * 16),
        ],
    }


def _framed(group: str, case: Case) -> Test:
    kind, refused = group.removesuffix("_refused"), group.endswith("_refused")
    flags = ["bit"] if "flip" in case else ["swap"] if refused else []
    if case.get("expect") == "FormatError":
        flags = ["bound"]
    if any(case.get(field) == "" for field in ("signature", "public", "sealed")) and refused:
        flags = ["length"]
    example = ["example"] if (kind, case["name"]) == ("kdf", "root step") else []
    return {"expect": "ok", "flags": flags or example, "do": kind} | case | {"name": f"{kind}: {case['name']}"}


def made() -> dict[str, str]:
    """Return the text of the file."""
    tests = [_framed(group, case) for group, cases in _groups().items() for case in cases]
    return {"crypto": frame.text("crypto.md", tests)}
