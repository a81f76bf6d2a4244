"""What attachments give away beside their content, said on the error stream before they are sealed."""

from dataclasses import replace
from pathlib import Path

import click

from secmsg.metadata.report import Found, Outcome, Report
from secmsg.office.draft import DraftAttachment
from secmsg.station.cleaning import inspect

_SAID = {
    Outcome.CLEAN: "no metadata found",
    Outcome.REMOVABLE: "metadata is taken out before sealing",
    Outcome.SIGNED: "signed as a whole: sent as it is, with its metadata",
    Outcome.UNKNOWN: "metadata not checked: a type that is not known; sent as it is",
    Outcome.UNREADABLE: "metadata not checked: the file cannot be read; sent as it is",
}


def looked_into(attachment: DraftAttachment) -> DraftAttachment:
    """Say what a file gives away, and choose its copy without metadata where one can be made."""
    report = inspect(Path(attachment.path))
    for line in lines(attachment.name, report):
        click.echo(line, err=True)
    return replace(attachment, without_metadata=report.outcome is Outcome.REMOVABLE)


def lines(name: str, report: Report) -> list[str]:
    """Write a report: the outcome, then what was found and what stays."""
    return [
        f"{name}: {_SAID[report.outcome]}",
        *(f"  found {_one(each)}" for each in report.found),
        *(f"  stays {_one(each)}" for each in report.left),
    ]


def _one(found: Found) -> str:
    return found.trace.value + (f": {found.value}" if found.value else "")
