"""Words about a delegation kit that may not be opened now, and what to do next. Light, as the locked screen."""

from secmsg.errors import KitRefused
from ui.format import moment, place
from ui.language import tr


def refused(error: KitRefused) -> str:
    """Say why a kit may not be opened, with the hour in the zone of its post; nothing of it was shown."""
    when = moment(error.at, place(error.place, error.timezone))
    match error.why:
        case "not-yet":
            return tr(
                "The permit of this kit begins {when}. Nothing was shown. If that is past, set the clock of this "
                "machine right and open it again.",
                when=when,
            )
        case "clock-back":
            return tr(
                "The clock of this machine is behind: this kit was open {when} already. Nothing was shown. Set the "
                "clock right and open it again; if it was wrong before, ask the post for a file that prolongs the "
                "permit, and tell it so.",
                when=when,
            )
        case "openings-spent":
            return tr(
                "The openings that the permit allows are used up. Nothing was shown. Ask the post for a file that "
                "allows more."
            )
        case "minutes-spent":
            return tr(
                "The reading time that the permit allows is used up. Nothing more is shown. Ask the post for a file "
                "that allows more."
            )
        case "expired":
            return tr(
                "The permit of this kit ended {when}. Nothing was shown. Its post alone can prolong it; tell it if the "
                "clock of a machine was wrong. Put the file that the post sends into the folder “additions” of the kit "
                "and open it again.",
                when=when,
            )
        case "empty":
            return tr(
                "Nothing in this folder opens: the making of this kit did not end, or its keys are destroyed. The "
                "cables are at the post. There the list of kits says which: finish the return, or make another kit."
            )
        case _:
            return tr(
                "The permit has ended, and the keys of this kit are destroyed, as the permit says. Its cables are at "
                "the post; hand the folder back."
            )
