"""What the list of drafts knows."""

from secmsg.station.views import DraftRow


def key(row: DraftRow) -> object:
    """Name a row."""
    return row.draft_id
