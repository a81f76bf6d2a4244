"""An officer's session on a portable station, as the watch on files sees it: the window, then commands.

`python -m tests.leaks.stick_session HOME PASSPHRASE-FILE [careless]`, on cheap passphrases. A careless one
leaves a word in the user's home: the control.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from secmsg import __main__ as command_line
from secmsg.commands.ground import Ground
from secmsg.process import seclude
from secmsg.station.courier import Courier
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from tests.faults.moves import NEW
from tests.helpers.ministry import FAST, HQ, draft
from ui.app import Doors, Program
from ui.front import Doorstep
from ui.language import Language

SUBJECT = "Chim én bay qua mái đình chiều nay"
PATIENCE_S = 60


def window(home: Path) -> None:
    """Open the store in the window, read its list, write a draft, lock, open again, end."""
    app = QApplication([])
    doors = Doors(
        lambda attempt: lambda: open_station(home, by_passphrase(attempt.text), FAST),
        lambda worker, on_event: Courier(worker, on_event, FAST),
        Doorstep(lambda: True, str(home)),
    )
    program = Program(app, doors, language=Language.VIETNAMESE)
    program.start()
    for _ in range(2):
        view = program.unlock
        assert view is not None
        _until(view.open_button.isEnabled)
        view.field.setText(NEW)
        view.submit()
        _until(lambda: program.post is not None)
        post = program.post
        assert post is not None
        released = program.worker.submit(lambda station: station.release(draft(HQ.id, subject=SUBJECT)))
        assert released.result(PATIENCE_S).number
        _until(lambda: not program.background.pending)
        program.lock()
        _until(lambda: program.unlock is not None and not program.worker.running)
    program.stop()


def commands(home: Path, secret: Path) -> None:
    """List and look, as commands do."""
    for words in (("list", "sent"), ("station", "status"), ("search", "chim")):
        sys.argv = ["secmsg", *words, "--home", str(home), "--passphrase-file", str(secret)]
        code: object = None
        try:
            command_line.main(Ground(FAST))
        except SystemExit as ended:
            code = ended.code
        assert not code, (words, code)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end, "it does not come"
        QTest.qWait(20)


if __name__ == "__main__":
    seclude()
    window(Path(sys.argv[1]))
    if sys.argv[3:]:
        (Path.home() / "recent").write_text(SUBJECT, encoding="utf-8")
    commands(Path(sys.argv[1]), Path(sys.argv[2]))
