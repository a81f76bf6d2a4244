"""A session on a portable station, judged by the watch on files: nothing of it lies outside the station's folder."""

from pathlib import Path

from secmsg.station import portable
from secmsg.station.unlock import by_passphrase
from tests.faults.moves import NEW
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE
from tests.helpers.world import world
from tests.leaks import disk, tour
from tests.leaks.disk import Allowed, Found
from tests.leaks.stick_session import SUBJECT
from tests.leaks.tour import Watched

INSIDE = Allowed(
    (rf"stick/secmsg(/{disk._STORE})?", r"stick/secmsg/attempts(\.new)?", r"tmp/[a-z0-9_]{8}", "notes/.*"), "notes/.*"
)
"""The folder; and what Python writes to see whether the folder for temporary files takes one ("blat")."""


def session(base: Path, *more: str) -> Found:
    """Let an officer open, release, lock, open again and list on a stick; give what was written and what was left."""
    watched = Watched(base.resolve())
    for folder in (watched.home, watched.temporary, watched.work, watched.notes, watched.base / "stick"):
        folder.mkdir(mode=0o700)
    target, secret = watched.base / "stick" / "secmsg", watched.notes / "passphrase"
    (base / "world").mkdir()
    with world(base / "world") as built:
        given = by_passphrase(PASSPHRASE), by_passphrase(NEW)
        portable.move(built.root / f"station-{PARIS.id}", target, *given, FAST, to_stick=True, keyring=KEYRING)
    secret.touch(0o600)
    secret.write_text(NEW)

    arguments = ["-m", "tests.leaks.stick_session", str(target), str(secret), *more]
    code = tour.recorded(watched, arguments, watched.trace, watched.output)

    assert code == 0, watched.output.read_text()[-2000:]
    found = disk.look(watched, watched.trace, (SUBJECT, NEW, "Trần Thị Soạn"), (), INSIDE)
    found.left += [str(path) for folder in (watched.home, watched.temporary) for path in folder.rglob("*")]
    return found
