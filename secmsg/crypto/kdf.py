"""Key derivation: HKDF-SHA-512 with a labelled, length-prefixed info (docs/spec/crypto.md 4)."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError

MAX_LENGTH = 255 * 64
_MAX_LABEL = 0xFF
_MAX_CONTEXT = 0xFFFF
_PREFIX = b"DC/1"


def derive(salt: bytes | Secret, ikm: Secret, label: str, context: bytes, length: int) -> Secret:
    """Derive `length` bytes (1 to 16 320) for the one use that `label` names.

    `salt` is empty, public, or the root key of a ratchet step; `context` has at most 65 535 bytes.
    FormatError when label, context or length is out of bounds. Source: docs/spec/crypto.md 4.
    """
    salt_bytes = salt.reveal() if isinstance(salt, Secret) else salt
    return Secret(_hkdf_sha512(salt_bytes, ikm.reveal(), _info(label, context), length))


def _info(label: str, context: bytes) -> bytes:
    """Encode "DC/1", u8 length of the label, label, u16 length of the context, context."""
    if not (label.isascii() and label.isprintable() and 0 < len(label) <= _MAX_LABEL):
        raise FormatError("a KDF label is printable ASCII of 1 to 255 characters")
    if len(context) > _MAX_CONTEXT:
        raise FormatError("a KDF context has at most 65 535 bytes")
    name = label.encode("ascii")
    return _PREFIX + bytes([len(name)]) + name + len(context).to_bytes(2, "big") + context


def _hkdf_sha512(salt: bytes, ikm: bytes, info: bytes, length: int) -> bytes:
    """Run RFC 5869 with SHA-512 on a raw info: the seam for published vectors, not for other modules."""
    if not 0 < length <= MAX_LENGTH:
        raise FormatError("a KDF gives 1 to 16 320 bytes")
    return HKDF(algorithm=hashes.SHA512(), length=length, salt=salt, info=info).derive(ikm)
