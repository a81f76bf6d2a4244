"""Every blob of blob.json: the content comes out, and what does not hold is refused."""

import io

import pytest

from secmsg.ids import CertificateRef
from secmsg.station import annex
from secmsg.station.annex import Purpose, Sender
from secmsg.wire import manifest, slip
from tests.vectors import frame
from tests.vectors.frame import File, Test


def opened(test: Test) -> tuple[bytes, bytes]:
    """Return content and manifest, as the product opens them."""
    sender = Sender(CertificateRef(bytes.fromhex(test["ref"])), bytes.fromhex(test["public"]))
    out, source = io.BytesIO(), io.BytesIO(bytes.fromhex(test["sealed"]))
    found = annex.unseal(source, slip.decode(bytes.fromhex(test["slip"])), sender, Purpose(test["purpose"]), out.write)
    return out.getvalue(), manifest.encode(found)


@pytest.mark.parametrize(("_", "test"), frame.cases("blob", expect="ok"))
def test_a_blob_opens_to_its_content(_: File, test: Test) -> None:
    content, found = opened(test)

    assert (content.hex(), found.hex()) == (test["content"], test["manifest"])


@pytest.mark.parametrize(("_", "test"), frame.cases("blob", expect="refused"))
def test_a_blob_is_refused(_: File, test: Test) -> None:
    with frame.refusal(test):
        opened(test)
