"""A relay that writes down what it hears inside the tunnel: `python -m tests.leaks.hearing_relay FOLDER relay serve …`.

The relay is the product's own; only its application is listened to. One line of JSON for each exchange.
"""

import base64
import json
import os
import sys
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

from secmsg import __main__ as program
from secmsg.relay import server
from secmsg.relay.app import RelayApp


class HearingApp(RelayApp):
    folder: Path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["method"].encode() + b" " + scope["raw_path"] + b"?" + scope["query_string"]
        for name, value in scope["headers"]:
            head += b"\n" + name + b": " + value
        asked, answered, status = bytearray(), bytearray(), 0

        async def receiving() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            answered.extend(message.get("body", b""))
            await send(message)

        try:
            await super().__call__(scope, receiving, sending)
        finally:
            parts = {"head": head, "asked": bytes(asked), "answered": bytes(answered)}
            line = {name: base64.b64encode(part).decode() for name, part in parts.items()}
            with (self.folder / f"heard-{os.getpid()}").open("a", encoding="ascii") as file:
                file.write(json.dumps({"status": status, **line}) + "\n")


def main() -> None:
    HearingApp.folder = Path(sys.argv.pop(1))
    vars(server)["RelayApp"] = HearingApp
    program.main()


if __name__ == "__main__":
    main()
