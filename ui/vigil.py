"""Whether somebody watches while the store is locked: a setting of the officer, and what the last watch did."""

from secmsg.ids import DeviceId, MessageId, RelayId
from secmsg.station.locking import Account
from secmsg.station.station import Station
from ui import lines
from ui.lines import Watching

SETTING = "ui.locked_watch"


def read(kept: str | None, *, usual: bool) -> bool:
    """Give what a kept setting says; `usual` when nothing was chosen."""
    return usual if kept not in ("on", "off") else kept == "on"


def write(*, watch: bool) -> str:
    """Give the setting."""
    return "on" if watch else "off"


def choice(*, watch: bool, cut: bool) -> Watching:
    """Say whether there is to be a watch: never while the officer has cut contact."""
    if not watch:
        return Watching.OFF
    return Watching.CUT if cut else Watching.ON


def settle(station: Station, account: lines.Account) -> None:
    """Let the station take an account; one that is no account counts as none."""
    station.locking.settle(_read(account))


def _read(account: lines.Account) -> Account | None:
    try:
        took = tuple((RelayId(bytes.fromhex(relay)), MessageId(bytes.fromhex(name))) for relay, name in account.took)
        watch = bytes.fromhex(account.watch)
    except ValueError:
        return None
    return Account(watch, took, frozenset(DeviceId(each) for each in account.let_go)) if watch else None
