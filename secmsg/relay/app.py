"""The relay's public face: five kinds of path behind a secret prefix, one blank refusal (docs/spec/relay-api.md 2).

It writes no log. What it counts is told by `relay.admin` and by `secmsg relay stats`.
"""

import sqlite3
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from secmsg.errors import FormatError, NotFound, SecmsgError, SignatureError
from secmsg.relay import feed, rights_sqlite
from secmsg.relay.admission import Head, Keep, prefix_hash, read_body, read_head, spend_a_verify
from secmsg.relay.deadline import decoy_headers
from secmsg.relay.sync import Guest, SyncDesk
from secmsg.relay.tally import Desk, Tally
from secmsg.relay.uploads import UploadDesk
from secmsg.wire.sync import MAX_REQUEST

_OCTETS = "application/octet-stream"


@dataclass(slots=True)
class RelayApp:
    """The ASGI application; its parts are made by `relay.server`."""

    reader: sqlite3.Connection
    sync: SyncDesk
    uploads: UploadDesk
    page: bytes
    tally: Tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong before the answer has begun becomes the one refusal."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            response = await self._answer(scope, receive, sending)
            if response is not None:
                await response(scope, receive, sending)
        except Exception as error:
            # A fault of ours must not look different from a refusal.
            if started:
                raise
            if not isinstance(error, SignatureError):
                spend_a_verify()
            if not isinstance(error, SecmsgError):
                self.tally.faults += 1
            await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        self.tally.refused += 1
        headers = decoy_headers(self.page)
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else self.page
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Response | None:
        # 1. A head that the relay takes at all.
        head = read_head(scope)
        upload = head.path[1:2] == ("u",)
        if not upload and head.length > MAX_REQUEST:
            raise FormatError("too long")
        # 2. The prefix. A small body is read before it is refused, so that a refusal tells nothing by coming early;
        #    a stranger's is not kept.
        allowance = rights_sqlite.allowance(self.reader, head.path[0].encode())
        keep = Keep.NOTHING if allowance is None else Keep.BODY
        body = b"" if upload else await read_body(receive, head.length, keep)
        # 3. Only now the answer may depend on it.
        if allowance is None:
            raise NotFound("no such prefix")
        guest = Guest(prefix_hash(head.path[0]), allowance)
        # 4. The desk.
        match (head.method, *head.path[1:]):
            case ("POST", "s"):
                return Response(await self.sync.answer(guest, body), media_type=_OCTETS)
            case ("GET", "f", number) if not body:
                self.tally.answered[Desk.FEED] += 1
                return self._feed(head, number)
            case (_, "u"):
                return await self.uploads.collection(guest, head, receive)
            case (_, "u", _):
                return await self.uploads.blob(head, receive, send)
            case _:
                raise NotFound("no such path")

    def _feed(self, head: Head, number: str) -> Response:
        if number == "head":
            body = feed.head(self.reader)
            cache = "no-cache"
        else:
            body = feed.segment(self.reader, number)
            cache = "public, max-age=31536000, immutable"
        headers = {"etag": feed.tag(body), "cache-control": cache}
        if head.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=_OCTETS)
