"""Write vault.json: keys, heads and hashes of an example vault, and header copies that are refused.

Run from the root of the repository: python -m tests.vectors.make_vault
"""

import json
from dataclasses import replace
from pathlib import Path

from secmsg.crypto import hashing, labels, passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.store import database, vault
from secmsg.store.vault import Header, Passphrase, Sheet, Use
from tests.helpers.seeded_random import seeded

TARGET = Path(__file__).with_name("vault.json")
HEADER = Header(bytes(range(16)), bytes(range(16, 32)), KdfCost(8, 1), bound=True, generation=1)
MASTER = Secret(bytes(range(32, 64)))
HALF = Secret(bytes(range(64, 96)))
RECOVERY = Secret(bytes(range(96, 128)))
USES = [Use.OFFICER, Use.RECOVERY, *[Use.SPARE] * (vault.SLOTS - 2)]
WORDS = "sáu từ để mở kho điện"


def checked(body: bytes) -> str:
    """Return a header copy with a right check over any body."""
    return (body + hashing.short(labels.HASH_VAULT.encode() + b"\x00", body)).hex()


def page(content: bytes) -> dict[str, str]:
    """Describe a page by its beginning and its hash."""
    return {"starts": content[:48].hex(), "hash": hashing.short(content).hex()}


def vectors() -> dict[str, object]:
    """Make the vectors."""
    officer, alone = Passphrase(Secret(WORDS.encode()), HALF), Passphrase(Secret(WORDS.encode()), None)
    kek, kek_alone = (vault._kek(HEADER, opener) for opener in (officer, alone))
    kek_sheet = vault._kek(HEADER, Sheet(RECOVERY))
    keys = database.derive_keys(HEADER.store_id, MASTER)
    body = HEADER.fixed + b"\x01" + (1).to_bytes(4, "big")
    return {
        "spec": "docs/spec/vault.md",
        "store_id": HEADER.store_id.hex(),
        "salt": HEADER.salt.hex(),
        "memory_kib": 8,
        "passes": 1,
        "passphrase": WORDS,
        "half": HALF.reveal().hex(),
        "recovery": RECOVERY.reveal().hex(),
        "master": MASTER.reveal().hex(),
        "stretched": passphrase.stretch(officer.value, HEADER.salt, HEADER.cost).reveal().hex(),
        "kek": kek.reveal().hex(),
        "kek_without_half": kek_alone.reveal().hex(),
        "kek_recovery": kek_sheet.reveal().hex(),
        "key_database": keys.database.reveal().hex(),
        "key_identity": keys.identity.reveal().hex(),
        "key_audit": keys.audit.reveal().hex(),
        "header": vault._encode_header(HEADER)[: vault._HEADER_SIZE].hex(),
        "slot_seed": "slot",
        "slot_0_a": page(vault._seal_slot(HEADER, kek, 0, 0, MASTER, Use.OFFICER, 1, seeded(b"slot"))),
        "slot_1_b": page(vault._seal_slot(HEADER, kek_sheet, 1, 1, MASTER, Use.RECOVERY, 7, seeded(b"slot"))),
        "map_a": page(vault._seal_map(HEADER, MASTER, 0, USES, seeded(b"slot"))),
        "refused_headers": [
            {"why": "another magic", "header": checked(b"X" + body[1:]), "error": "StoreDamaged"},
            {"why": "a newer version", "header": checked(body[:13] + b"\x02" + body[14:]), "error": "StoreNewer"},
            {"why": "a wrong check", "header": (body + bytes(32)).hex(), "error": "StoreDamaged"},
            {"why": "bytes after the check", "header": checked(body) + "01", "error": "StoreDamaged"},
            {
                "why": "memory below the floor",
                "header": vault._encode_header(replace(HEADER, cost=KdfCost(7, 1)))[: vault._HEADER_SIZE].hex(),
                "error": "CostRefused",
            },
            {
                "why": "memory above the ceiling",
                "header": vault._encode_header(replace(HEADER, cost=KdfCost(2**32 - 1, 1)))[: vault._HEADER_SIZE].hex(),
                "error": "CostRefused",
            },
            {
                "why": "passes above the ceiling",
                "header": vault._encode_header(replace(HEADER, cost=KdfCost(8, 11)))[: vault._HEADER_SIZE].hex(),
                "error": "CostRefused",
            },
            {
                "why": "another salt than the slots were made with",
                "header": vault._encode_header(replace(HEADER, salt=bytes(16)))[: vault._HEADER_SIZE].hex(),
                "error": "WrongPassphrase",
            },
        ],
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")
