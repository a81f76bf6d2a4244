"""A second reading of the persons of a post, written from docs/spec/persons.md and crypto.md 8.3 alone."""

import hashlib
import hmac
import itertools
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa, mlkem
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.vectors.second_basis import (
    Reader,
    RefusedError,
    cbor,
    kdf,
    need,
    only,
    raw,
    row,
    short,
    text,
    time,
    uint,
    unsiv,
    verify,
)
from tests.vectors.second_suite1 import agree
from tests.vectors.second_trust import Certificate, certificate, validity

DAY = 86_400
Term = list[Any]
"""An absence: officer, deputy, since, until, seen, ended at."""

# persons.md 2


def own(officer: bytes, number: int, public: bytes, sealed: bytes) -> bytes:
    key = kdf(b"", officer, "store/person/v1", number.to_bytes(2), 64)
    return of_the_row(unsiv(key, sealed, number.to_bytes(2) + public), public)


def sheet(secret: bytes, number: int, public: bytes, sealed: bytes) -> tuple[bytes, bytes]:
    """Return the seed, and the mark of the sheet."""
    private = kdf(b"", secret, "store/sheet/v1", b"", 96)
    kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:64]).public_key().public_bytes_raw()
    info = b"DC/1 person key\0" + number.to_bytes(2) + public
    return of_the_row(hpke(private, sealed, info), public), short(kem + based(private[64:]))[:16]


def of_the_row(seed: bytes, public: bytes) -> bytes:
    need(len(seed) == 64, "seed")
    edwards = ed25519.Ed25519PrivateKey.from_private_bytes(seed[:32]).public_key().public_bytes_raw()
    lattice = mldsa.MLDSA65PrivateKey.from_seed_bytes(seed[32:]).public_key().public_bytes_raw()
    need(edwards + lattice == public, "another key")
    return seed


def based(scalar: bytes) -> bytes:
    return agree(scalar, (9).to_bytes(32, "little"))


# crypto.md 8.3: RFC 9180 base mode, KEM X-Wing 0x647a, KDF HKDF-SHA-256 0x0001, AEAD ChaCha20-Poly1305 0x0003

SUITE = b"HPKE" + bytes.fromhex("647a00010003")


def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE + label + ikm, "sha256")


def expand(prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    whole = length.to_bytes(2) + b"HPKE-v1" + SUITE + label + info
    return hmac.digest(prk, whole + b"\x01", "sha256")[:length]


def hpke(private: bytes, sealed: bytes, info: bytes) -> bytes:
    need(len(sealed) >= 1_120 + 16, "length")
    lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:64]).decapsulate(sealed[:1_088])
    sent, scalar = sealed[1_088:1_120], private[64:]
    shared = hashlib.sha3_256(lattice + agree(scalar, sent) + sent + based(scalar) + b"\\.//^\\").digest()
    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    key, nonce = expand(secret, b"key", context, 32), expand(secret, b"base_nonce", context, 12)
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed[1_120:], b"")
    except InvalidTag:
        raise RefusedError("seal") from None


# persons.md 4


def hour(term: Term, now: int) -> int:
    return max(now, int(term[4]))


def lasts(term: Term, now: int) -> bool:
    return term[5] is None and term[2] <= hour(term, now) < term[3]


def signs(number: int, rank: int, state: int, terms: list[Term], now: int) -> str | None:
    """Return why a person may not sign, nothing where that person may."""
    lasting = [term for term in terms if lasts(term, now)]
    if state >= 3:
        return "out"
    if rank == 3:
        return "head"
    if any(term[0] == number for term in lasting):
        return "away"
    return "not_deputy_now" if rank == 2 and all(term[1] != number for term in lasting) else None


def absence(ranks: dict[str, int], terms: list[Term], new: Term, now: int) -> None:
    officer, deputy, since, until = new[:4]
    # 1
    need(since < until <= since + 366 * DAY and until > now, "times")
    # 2
    counting = [term for term in terms if term[5] is None and hour(term, now) < term[3]]
    same = [term for term in counting if term[2] < until and since < term[3]]
    need(ranks.get(str(officer)) in (1, 2) and all(term[0] != officer for term in same), "who is away")
    # 3
    if deputy:
        need(deputy != officer and ranks.get(str(deputy)) in (1, 2), "who stands in")
        need(all(deputy not in term[:2] and term[1] != officer for term in same), "in that time")


# persons.md 6


def line(data: bytes) -> list[Any]:
    need(len(data) <= 4_096, "too long")
    reader = Reader(data, 4_096, 4_096)
    at, deed, person, name, about, detail = row(reader.value(), 6)
    reader.cut.done()
    return [
        time(at), uint(deed, 1, 17), uint(person, 0, 65_535), text(name, 1, 120), uint(about, 0, 65_535),
        text(detail, 0, 700, lines=True),
    ]  # fmt: skip


# persons.md 7


def request(data: bytes) -> list[Any]:
    f = cbor(data, 16_384, 16)
    only(f, 1, 2, 3)
    body = raw(f.get(1), 1, 16_384)
    inside = cbor(body, 16_384, 32)
    only(inside, *range(1, 9))
    uint(inside.get(1), 1, 1)
    wish = uint(inside.get(2), 1, 2)
    size = 3_373 if wish == 1 else 0
    fields = [
        wish, uint(inside.get(3), 1, 65_535), raw(inside.get(4), 1_984), text(inside.get(5), 1, 120),
        text(inside.get(6), 1, 120), uint(inside.get(7), 1, 2**32 - 1), raw(inside.get(8), 32),
    ]  # fmt: skip
    return [*fields, raw(f.get(2), size, size), raw(f.get(3), 3_373)]


def fingerprint(data: bytes) -> bytes:
    return short(b"DC/1 person request\0", data)[:16]


def asked(data: bytes, bodies: list[bytes], issued_at: int, now: int) -> int:
    """Verify a request against the certificates that an edition lists; return the number of who asks."""
    wish, station, public, _, _, _, ref, by_person, by_officer = request(data)
    body, listed = cbor(data, 16_384, 16)[1], [certificate(each) for each in bodies]
    # 1
    officer = the_one([each for each in listed if each.ref == ref and each.type == 2 and each.station == station])
    validity(officer, max(now, issued_at))
    # 2
    verify(officer.public, "person-request", b"\x02" + body, by_officer)
    same = [each for each in listed if each.public == public]
    if wish == 1:
        # 3
        verify(public, "person-request", b"\x01" + body, by_person)
        need(not same, "listed already")
        return officer.subject
    # 4
    of_the_station = [each for each in listed if each.type == 2 and each.station == station]
    need(the_one(same) in of_the_station and len(of_the_station) > 1, "not to be dismissed")
    return officer.subject


def the_one(found: list[Certificate]) -> Certificate:
    need(len(found) == 1, "not listed")
    return found[0]


# persons.md 8


def pin(value: str) -> None:
    need(8 <= len(value) <= 12 and value.isascii() and value.isdecimal(), "figures")
    steps = {(int(two) - int(one)) % 10 for one, two in itertools.pairwise(value)}
    need(len(steps) > 1 or steps & {0, 1, 9} == set(), "alike or in a row")
