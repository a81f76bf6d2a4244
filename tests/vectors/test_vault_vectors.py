"""The vault's vectors: this program makes the same bytes, and refuses the same headers."""

import pytest

from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.store import vault
from secmsg.store.pages import PAGE
from secmsg.store.vault import Passphrase
from tests.helpers.seeded_random import seeded
from tests.helpers.stores import FragilePages
from tests.vectors import frame
from tests.vectors.frame import File, Test


@pytest.mark.parametrize(("file", "case"), frame.cases("vault", expect="refused"))
def test_a_header_is_refused_with_its_error(file: File, case: Test) -> None:
    copy = bytes.fromhex(case["header"]).ljust(PAGE, b"\x00")
    image = copy * 2 + b"\xa5" * (PAGE * (vault.PAGES - 2))
    opener = Passphrase(Secret(file.given["passphrase"].encode()), Secret(bytes.fromhex(file.given["half"])))

    with frame.refusal(case):
        vault.open_in(FragilePages(image), opener, floor=KdfCost(8, 1), random=seeded(b"open"))
