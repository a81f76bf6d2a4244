"""One thing that takes bytes from outside, and how it is judged: it answers, or it refuses in its own words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from secmsg.errors import FormatError

Seeds = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Target:
    """`take` hands bytes to a decoder; only `refusals` may leave it.

    `seeds` are inputs to begin with, `cbor` says that they are maps, so that the fuzzer changes values and keys
    and not only bytes. Inputs have at most `longest` bytes.
    """

    name: str
    take: Callable[[bytes], object]
    seeds: Seeds
    refusals: tuple[type[Exception], ...] = (FormatError,)
    cbor: bool = False
    longest: int = 8_192


class NotTheSameError(AssertionError):
    """What was decoded does not encode to the bytes it was decoded from."""


def both_ways(decode: Callable[[bytes], object], encode: Callable[..., bytes]) -> Callable[[bytes], object]:
    """Decode, and hold the decoder to its word: what it takes is the one encoding of what it gives."""

    def take(data: bytes) -> object:
        value = decode(data)
        if encode(value) != data:
            raise NotTheSameError
        return value

    return take


def finding(target: Target, data: bytes) -> Exception | None:
    """Return what left the decoder and may not, None where it answered or refused as declared."""
    try:
        target.take(data)
    except target.refusals:
        return None
    except Exception as error:
        return error
    return None
