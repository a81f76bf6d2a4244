"""What the list of missing serials knows."""

from secmsg.station.views import GapRow


def key(row: GapRow) -> object:
    """Name a row."""
    return row.peer, row.peer_name, row.first


def missing(rows: tuple[GapRow, ...]) -> int:
    """Count the serials that are missing."""
    return sum(row.last - row.first + 1 for row in rows)
