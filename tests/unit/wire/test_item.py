"""An item hides its contents from logs and bounds them by kind."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.wire import item, service
from secmsg.wire.item import ItemKind
from tests.helpers.cables import ITEM


def test_a_body_is_not_shown() -> None:
    assert "body" not in repr(ITEM)


def test_a_service_message_is_bounded_tighter_than_a_cable() -> None:
    long = replace(ITEM, body=bytes(service.MAX_BYTES + 1))

    with pytest.raises(FormatError, match="too long for its kind"):
        item.encode(long)
    cable = replace(long, kind=ItemKind.CABLE)
    assert item.decode(item.encode(cable)) == cable
