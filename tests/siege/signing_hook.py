"""Hooks for schemathesis: requests that it makes up are signed and authorised, so that they get past the one refusal.

Half of what names a prefix, a mailbox, a token or a blob is made to name a real one. Loaded in schemathesis' process;
what the relay under siege is called stands in the file that SECMSG_SIEGE names.
"""

import base64
import json
import os
import time
from pathlib import Path
from typing import Any

import cbor2
import schemathesis

from secmsg.crypto import labels
from secmsg.crypto.hashing import short
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import reader_from_seed, reader_sign
from secmsg.ids import RelayId
from secmsg.wire import sync

KNOWN = json.loads(Path(os.environ["SECMSG_SIEGE"]).read_text())
PREFIX = str(KNOWN["prefix"])
RELAY = RelayId(bytes.fromhex(KNOWN["relay_id"]))
KEY = reader_from_seed(Secret(bytes.fromhex(KNOWN["seed"])))
COUNT = Path(os.environ["SECMSG_SIEGE"]).with_suffix(".count")
_FIRST_HALF = "01234567"


def _real(text: str, known: str) -> str:
    """Let half of all names be the known one."""
    return known if text[:1] in _FIRST_HALF else text


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever was made up
    if isinstance(value, list):
        return [_value(each) for each in value]
    try:
        return bytes.fromhex(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _row(row: Any, *, deposit: bool) -> Any:  # noqa: ANN401 - whatever was made up
    if not isinstance(row, list) or not row:
        return _value(row)
    row = list(row)
    if isinstance(row[0], str):
        row[0] = _real(row[0], KNOWN["box"])
    if deposit and len(row) > 1 and isinstance(row[1], str):
        row[1] = _real(row[1], KNOWN["token"])
    made = _value(row)
    if deposit and len(made) == 5:  # a deposit: its last field is a body of a size class
        made[2] = made[2] if isinstance(made[2], bytes) and len(made[2]) == 16 else os.urandom(16)
        made[3] = made[3] if isinstance(made[3], int) and made[3] < 4 else 1
        made[4] = bytes(512)
    return made


def _table(value: dict[str, Any]) -> dict[Any, Any]:
    table: dict[Any, Any] = {}
    deposit = "1" not in value
    for key, field in value.items():
        number = int(key) if key.isascii() and key.isdigit() else key
        rows = isinstance(field, list) and (deposit or number in {4, 5, 7})
        table[number] = [_row(each, deposit=deposit) for each in field] if rows else _value(field)
    if isinstance(table.get(1), int) and table[1] % 2 == 0:
        table[1] = int(time.time())
    return table


@schemathesis.serializer("application/octet-stream")  # type: ignore[untyped-decorator]  # its own types
def body(ctx: schemathesis.SerializationContext, value: Any) -> bytes:  # noqa: ANN401 - whatever was made up
    """Encode what was made up, and sign it when it is a reader's."""
    if not isinstance(value, dict):
        return value if isinstance(value, bytes) else repr(value).encode()
    table = _table(value)
    try:
        cbor = cbor2.dumps(table, canonical=True)
    except Exception:  # what cannot be written is sent as it is
        return repr(value).encode()
    if 1 not in table:
        return b"\x02" + cbor
    text = sync.request_input(RELAY, short(PREFIX.encode())[:16], cbor)
    signature = reader_sign(KEY, labels.RELAY_REQUEST.encode() + b"\0" + text)
    return sync.frame_signed(short(KEY.public)[:16], signature, cbor)


@schemathesis.serializer("application/offset+octet-stream")  # type: ignore[untyped-decorator]  # as above
def piece(ctx: schemathesis.SerializationContext, value: Any) -> bytes:  # noqa: ANN401 - whatever was made up
    """Send bytes as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook  # type: ignore[untyped-decorator]  # as above
def before_call(ctx: schemathesis.HookContext, case: Any, kwargs: dict[str, Any]) -> None:  # noqa: ANN401 - a case
    """Name real things, show the capability, and count."""
    parts = case.path_parameters
    if isinstance(parts, dict) and isinstance(parts.get("prefix"), str):
        # Almost all: without a prefix there is one answer, which other tests compare.
        parts["prefix"] = parts["prefix"] if parts["prefix"][:1] == "f" else PREFIX
    if isinstance(parts, dict) and isinstance(parts.get("id"), str) and case.method != "DELETE":
        parts["id"] = _real(parts["id"], KNOWN["blob"])
    headers = case.headers
    if headers is not None and "Authorization" in headers and str(headers["Authorization"])[-2:-1].isalnum():
        headers["Authorization"] = "Bearer " + base64.b64encode(bytes.fromhex(KNOWN["capability"])).decode()
    if headers is not None and "Upload-Metadata" in headers:
        name = base64.b64encode(os.urandom(16)).decode()
        cap = base64.b64encode(bytes.fromhex(KNOWN["capability"])).decode()
        if len(str(headers["Upload-Metadata"])) % 2 == 0:
            headers["Upload-Metadata"] = f"id {name},cap {cap},ttl MQ=="


@schemathesis.hook  # type: ignore[untyped-decorator]  # as above
def after_call(ctx: schemathesis.HookContext, case: Any, response: schemathesis.Response) -> None:  # noqa: ANN401
    """Note what was answered to what."""
    with COUNT.open("a") as out:
        out.write(f"{case.operation.definition.raw.get('operationId')} {response.status_code}\n")
