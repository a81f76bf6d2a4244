"""The formats of the relay's bodies under the names used in tests/vectors/sync.json."""

from collections.abc import Callable
from dataclasses import dataclass

from secmsg.wire import feed, sync
from secmsg.wire.sync import DepositRequest, SignedRequest


@dataclass(frozen=True, slots=True)
class Format:
    encode: Callable[..., bytes]
    decode: Callable[[bytes], object]


def encode_body(body: SignedRequest | DepositRequest) -> bytes:
    match body:
        case SignedRequest():
            return sync.frame_signed(body.key_id, body.signature, body.cbor)
        case DepositRequest():
            return sync.encode_deposits(body)


FORMATS = {
    "signed part": Format(sync.encode_request, sync.decode_request),
    "body": Format(encode_body, sync.decode_body),
    "answer": Format(sync.encode_answer, sync.decode_answer),
    "feed head": Format(feed.encode_head, feed.decode_head),
    "feed segment": Format(feed.frame_segment, feed.unframe_segment),
}
