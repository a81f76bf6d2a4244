"""What an officer gives to open a store: a passphrase typed, or the recovery sheet's groups."""

from dataclasses import dataclass

from secmsg import digits
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.vietnamese import nfc

MIN_PASSPHRASE = 12
SHEET_SIZE = 32


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """Opens the passphrase slot; `passphrase` is NFC UTF-8."""

    passphrase: Secret


@dataclass(frozen=True, slots=True)
class ByRecovery:
    """Opens the recovery slot; `recovery` is the sheet's 32 bytes."""

    recovery: Secret


@dataclass(frozen=True, slots=True)
class ByShare:
    """Opens the head of mission's slot: `share` is the printed share's 32 bytes, `pin` its figures."""

    share: Secret
    pin: Secret


Unlock = ByPassphrase | ByRecovery | ByShare


def by_passphrase(text: str) -> ByPassphrase:
    """Take a passphrase as typed, in NFC so that every input method gives the same bytes."""
    return ByPassphrase(Secret(nfc(text).encode()))


def by_recovery(text: str) -> ByRecovery:
    """Take the groups of the recovery sheet as typed; FormatError names the group that is wrong."""
    value = typed_groups(text, "the recovery sheet")
    if len(value) != SHEET_SIZE:
        raise FormatError("the recovery sheet has another number of groups")
    return ByRecovery(Secret(value))


def by_share(text: str, pin: str) -> ByShare:
    """Take the groups of a printed share and the PIN as typed; FormatError names the group that is wrong."""
    value = typed_groups(text, "the share")
    if len(value) != SHEET_SIZE:
        raise FormatError("the share has another number of groups")
    return ByShare(Secret(value), Secret(pin.strip().encode()))


def typed_groups(text: str, what: str) -> bytes:
    """Return the bytes of groups read from `what`; FormatError says which group of it to read again."""
    try:
        return digits.parse_groups(text)
    except FormatError as error:
        said = str(error)
        if said.startswith("group ") and ":" not in said:
            raise FormatError(f"{said} of {what} does not check: read it again, figure by figure") from None
        raise FormatError(f"{what}: {said}") from None
