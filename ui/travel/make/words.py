"""Words of the making of a kit: what lacks, and what each step asks for."""

from secmsg.office.kits import LONGEST_S
from secmsg.station.unlock import MIN_PASSPHRASE
from ui.language import tr
from ui.travel.make.state import Lack, Step


def lack(found: Lack) -> str:
    """Say what lacks."""
    return {
        Lack.BEARER: lambda: tr("Name the bearer."),
        Lack.TITLE: lambda: tr("Say which post the bearer holds."),
        Lack.DEGREE: lambda: tr("Choose the highest classification that may go in."),
        Lack.PURPOSE: lambda: tr("Say what the kit is for."),
        Lack.PLACES: lambda: tr("Say where it is taken."),
        Lack.MEASURES: lambda: tr("Say how it is protected on the way."),
        Lack.PERMITTED_BY: lambda: tr("Name the person who permits it."),
        Lack.TIMES: lambda: tr(
            "The permit begins and ends at times like 31/12/2026 18:00, and lasts at most {n} days.",
            n=LONGEST_S // 86_400,
        ),
        Lack.CABLES: lambda: tr("Tick at least one cable."),
        Lack.PASSPHRASE: lambda: tr("The kit's passphrase has at least {n} characters.", n=MIN_PASSPHRASE),
        Lack.TWICE: lambda: tr("The two passphrases differ."),
        Lack.FOLDER: lambda: tr("Choose an empty folder or stick for the kit."),
    }[found]()


def step(now: Step) -> str:
    """Name a step."""
    return {
        Step.PERMIT: lambda: tr("Step 1 of 3: the permit"),
        Step.CABLES: lambda: tr("Step 2 of 3: the cables"),
        Step.FOLDER: lambda: tr("Step 3 of 3: passphrase and folder"),
        Step.WORKING: lambda: tr("The kit is being made"),
        Step.DONE: lambda: tr("The kit is made"),
    }[now]()
