"""A decoder with a mistake, so that the frame can be seen to find one."""

from secmsg.errors import FormatError

MAGIC = b"\xd1\xec\x7e\x05"


def decode(data: bytes) -> bytes:
    """Refuse as it should, except behind four bytes that nothing but the covered branches tell of."""
    if len(data) < 5 or data[0] != MAGIC[0]:
        raise FormatError("not one of these")
    if data[1] != MAGIC[1]:
        raise FormatError("not one of these")
    if data[2] != MAGIC[2]:
        raise FormatError("not one of these")
    if data[3] != MAGIC[3]:
        raise FormatError("not one of these")
    return data[: data.index(0, 4)]
