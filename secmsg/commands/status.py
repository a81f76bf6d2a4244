"""`secmsg status`: the station's account of every chain, of what is doubted, and of who has shown which directory."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import Json, moment, not_listed, plain, print_json, word
from secmsg.station.account import Account, Doubt, PeerAccount

DAY_S = 86_400
_TIMES = frozenset(
    ("at", "since", "ended_at", "issued_at", "taken_at", "edition_at", "established_at", "last_pq_at",
     "draining_until", "acknowledged_at", "confirmed_at", "recap_at", "told_at", "heard_at", "overdue_at",
     "silent_since", "alarmed_at", "reported_at", "made_at", "verified_at", "rehearsed_at")
)  # fmt: skip
"""Fields that are times: in JSON they stand as text with their zone (RFC 3339, UTC)."""


@click.command()
@home_option
@way_options
@json_option
def status(*, home: Path, way: Way, as_json: bool) -> None:
    """Say how every chain stands, what is missing, whether sending is frozen and why, which directory others show.

    The fields of --json are those of docs/spec/status.md.
    """
    with opened_station(home, way) as opened:
        found = opened.account()
    if as_json:
        print_json(_zoned(found))
    else:
        _print(found)


def _zoned(value: object, name: str = "") -> Json:
    """Say a value in JSON, with every time as text."""
    match value:
        case int() if name in _TIMES and not isinstance(value, (bool, Enum)):
            return datetime.fromtimestamp(value, UTC).isoformat().replace("+00:00", "Z")
        case tuple() | list():
            return [_zoned(item) for item in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {each.name: _zoned(getattr(value, each.name), each.name) for each in fields(value)}
        case _:
            return plain(value)


def _print(found: Account) -> None:
    station = found.station
    if not station.joined:
        click.echo("this station has not joined: send its request to headquarters, then `secmsg station join`")
        return
    _line("station", f"{station.station}  {station.station_name}  ({station.station_name_en}, {station.place})")
    if not station.listed:
        _line("notice", not_listed(station))
    _line("sending", "FROZEN: nothing leaves, everything can be read" if found.sending.frozen else "open")
    for doubt in found.sending.doubts:
        _line("", _doubt(doubt))
    kept = "kept in the keyring too" if found.sending.counted_in_keyring else "no keyring: a peer's word alone tells"
    _line("counter", f"{found.sending.states}, {kept}")
    for peer in found.peers:
        _print_peer(peer)
    _line("dropped", f"{found.duplicates_dropped} that came a second time")
    if found.directory is not None:
        held = found.directory
        _line("directory", f"edition {held.edition} of {moment(held.issued_at)}, root {held.root[:16]}")
        for shown in held.shown:
            word_ = "agrees" if shown.agrees else "ANOTHER DIRECTORY"
            _line("", f"{shown.source}: edition {shown.edition}, root {shown.root[:16]}, {moment(shown.at)}  {word_}")
    way_back = found.backups
    tests = f"verified {moment(way_back.verified_at)}, rehearsed {moment(way_back.rehearsed_at)}"
    due = "  OLD, OR NONE: MAKE ONE" if way_back.overdue else ""
    _line("backup", f"last made {moment(way_back.made_at)}, {tests}{due}")
    for break_ in found.breaks:
        if break_.acknowledged_at is None:
            _line("break", f"{break_.number}: machine {break_.device} of {break_.station_name}  NOT ACKNOWLEDGED")
    for worn in found.thin:
        if worn.warn:
            days = worn.seconds // DAY_S
            _line("thin", f"machine {worn.device}: {worn.packets} packets in {days} days, new keys are due")
    states = ", ".join(f"{count} {state}" for state, count in sorted(found.outbox.items()))
    _line("outbox", states or "empty")
    for notice in station.notices:
        _line("notice", f"{moment(notice.at)}  {word(notice.kind)}  {notice.detail}".rstrip())


def _print_peer(peer: PeerAccount) -> None:
    _line(
        "chain",
        f"{peer.station}  {peer.name}: given {peer.given}, acknowledged {peer.acknowledged}, received {peer.received}, "
        f"missing {peer.missing_count}",
    )
    for gap in peer.missing:
        which = f"{gap.first}" if gap.first == gap.last else f"{gap.first} to {gap.last}"
        _line("", f"missing {which} since {moment(gap.since)}, asked {gap.asked} times")
    if peer.lacking:
        ours = ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in peer.lacking)
        _line("", f"they lack {ours} of ours")
    if peer.silent_since is not None:
        _line("", f"SILENT since {moment(peer.silent_since)}")
    for doubt in peer.doubts:
        _line("", f"CABLES KEPT BACK: {_doubt(doubt)}")


def _doubt(doubt: Doubt) -> str:
    said = f", says {doubt.witness_name}" if doubt.witness_name else ""
    return f"{word(doubt.cause)} since {moment(doubt.since)}{said}: {doubt.detail}"


def _line(head: str, text: str) -> None:
    click.echo(f"{head:10}{text}")
