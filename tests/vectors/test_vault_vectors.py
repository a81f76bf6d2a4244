"""The vault's vectors: this program makes the same bytes, and refuses the same headers."""

import json
from pathlib import Path

import pytest

from secmsg import errors
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.store import vault
from secmsg.store.pages import PAGE
from secmsg.store.vault import Passphrase
from tests.helpers.seeded_random import seeded
from tests.helpers.stores import FragilePages
from tests.vectors import make_vault

VECTORS = json.loads(Path(__file__).with_name("vault.json").read_text("utf-8"))


def test_the_vectors_are_those_of_the_code() -> None:
    assert make_vault.vectors() == VECTORS


@pytest.mark.parametrize("case", VECTORS["refused_headers"], ids=lambda case: case["why"])
def test_a_header_is_refused_with_its_error(case: dict[str, str]) -> None:
    copy = bytes.fromhex(case["header"]).ljust(PAGE, b"\x00")
    image = copy * 2 + b"\xa5" * (PAGE * (vault.PAGES - 2))
    opener = Passphrase(Secret(VECTORS["passphrase"].encode()), Secret(bytes.fromhex(VECTORS["half"])))

    with pytest.raises(getattr(errors, case["error"])):
        vault.open_in(FragilePages(image), opener, floor=KdfCost(8, 1), random=seeded(b"open"))
