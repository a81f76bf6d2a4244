"""The locked watch as a process of the program: what it says goes to the supervisor, line by line."""

import signal
import socket
import threading
from contextlib import suppress
from typing import assert_never

from secmsg.watch import handing, watch
from secmsg.watch.news import Began, LetGo, News, Sight, Took
from ui import lines
from ui.lines import Account, Line, Word


def run(line: socket.socket, given: socket.socket) -> int:
    """Take what the session that locks hands over, and watch until this process is ended; 3 when there is nothing."""
    handover = handing.take(given)
    given.close()
    if handover is None:
        return 3
    guard = threading.Lock()

    def tell(news: News) -> None:
        with guard, suppress(OSError):  # a supervisor that has gone takes this process with it
            line.sendall(lines.write(said(news)))

    watch.begin(handover, tell)
    del handover
    while True:
        signal.pause()


def said(news: News) -> Line:
    """Put news into a line."""
    match news:
        case Began(watch=name):
            return Line(Word.ACCOUNT, account=Account(name.hex()))
        case Sight():
            sight = lines.Sight(news.rings, news.others, news.last_at, news.contact, news.over)
            return Line(Word.SIGHT, sight=sight)
        case Took(relay=relay, message_id=message_id):
            return Line(Word.ACCOUNT, account=Account(took=((relay.hex(), message_id.hex()),)))
        case LetGo(caller=caller):
            return Line(Word.ACCOUNT, account=Account(let_go=(caller,)))
        case _:
            assert_never(news)
