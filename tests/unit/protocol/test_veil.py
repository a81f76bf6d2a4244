"""The veil over handshakes."""

import pytest

from secmsg.errors import NoSession
from secmsg.ids import DeviceId, Week
from secmsg.protocol import veil
from tests.helpers.sessions import COVER, COVER_ROOT, NOW, hkdf


def test_the_key_of_a_week_is_the_formula_of_the_specification() -> None:
    expected = hkdf(b"", COVER_ROOT.reveal(), "cover", (2976).to_bytes(4, "big"), 64)

    assert veil.cover_key(COVER_ROOT, Week(2976)).reveal() == expected
    assert veil.cover_key(COVER_ROOT, Week(NOW // 604_800)) == COVER


def test_a_veil_is_lifted_with_any_of_the_keys_tried() -> None:
    inside = bytes(8176)
    message = veil.put_on(COVER, DeviceId(5), inside)
    other = veil.cover_key(COVER_ROOT, Week(1))

    assert len(message) == 8192
    assert veil.lift([other, COVER], DeviceId(5), message) == inside


@pytest.mark.parametrize("length", [0, 512, 2048, 8191])
def test_a_message_of_another_size_is_no_handshake(length: int) -> None:
    with pytest.raises(NoSession):
        veil.lift([COVER], DeviceId(5), bytes(length))


def test_another_week_and_another_device_see_nothing() -> None:
    message = veil.put_on(COVER, DeviceId(5), bytes(8176))

    with pytest.raises(NoSession):
        veil.lift([veil.cover_key(COVER_ROOT, Week(1))], DeviceId(5), message)
    with pytest.raises(NoSession):
        veil.lift([COVER], DeviceId(6), message)
    with pytest.raises(NoSession):
        veil.lift([], DeviceId(5), message)
