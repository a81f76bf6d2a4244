"""Every error that leaves a public function of secmsg is a leaf of this one tree, or Rollback itself.

    SecmsgError
    ├── FormatError             bytes or text that are not a canonical encoding
    ├── CryptoError
    │   ├── DecryptionError     says nothing more, on purpose
    │   ├── SignatureError
    │   ├── CostRefused         an Argon2id cost outside the bounds, or beyond this machine
    │   ├── SourceFailed        the random source is broken: nothing was drawn
    │   └── SelfTestError       a primitive gave a wrong answer: nothing is opened
    ├── TrustError
    │   ├── NotListed           the certificate is not in the current edition
    │   ├── Expired             outside its validity
    │   ├── Rollback            older than what this device has already seen
    │   │   └── Forked          signed by headquarters, and in conflict with what it signed before
    │   └── NotEntitled         the certificate may not do this
    ├── SessionError
    │   ├── Replayed            this packet was opened before
    │   ├── TooFarAhead         a jump beyond the bound
    │   ├── PrekeyUnknown       made for a prekey that is gone
    │   └── NoSession           nothing here opens this packet
    ├── StoreError
    │   ├── WrongPassphrase
    │   ├── PassphraseTaken     a new passphrase opens another person's slot already
    │   ├── KeyringMissing      the device half cannot be read
    │   ├── ProfileInUse        another program has this profile open
    │   ├── StoreNewer          written by a newer version
    │   ├── StoreDamaged
    │   ├── StoreExists         creation over something that is there
    │   ├── NotFound            no such cable, draft, blob …
    │   ├── DiskFull
    │   ├── DiskReadOnly        the disk takes no writing at all
    │   ├── StoreMoved          the profile has left for a stick, and is not opened here any more
    │   ├── NotDestroyed        the keys are not destroyed, or not for certain; says what is left
    │   ├── BackupDamaged       a backup is not whole, or not what was written
    │   ├── OtherBackup         a backup of another store
    │   ├── BackupAhead         a backup newer than the store at hand, or from the future
    │   └── CommitUnknown       the last step of writing failed: the next opening shows whether it was written
    ├── LinkError
    │   ├── Unreachable         nothing was sent
    │   ├── OutcomeUnknown      sent, no answer: may or may not have arrived
    │   ├── LinkRefused         the relay said no (status in the text)
    │   ├── ClockSkew           the relay's clock and ours differ; carries the offset
    │   ├── TransferStopped     the caller ended a transfer; what was carried stays for a resume
    │   ├── MediumFailed        the courier's stick cannot be written or read
    │   ├── ReadBackDiffers     what was read back is not what was written: nothing counts as written
    │   └── NotOurPouch         no slot of the file opens here: foreign, damaged at its front, or no pouch
    ├── OfficeError
    │   ├── Incomplete          a draft lacks something; carries the list
    │   ├── NotAllowed          a rule of the office forbids it
    │   ├── Frozen              nothing leaves: this store is an old copy or has a second one
    │   ├── ReceivesOnly        another machine of this station releases
    │   ├── PageRefused         a pad page that may not be used; carries why, and what it was used for
    │   ├── KitRefused          a delegation kit may not be opened now; carries the verdict
    │   ├── PageUnconfirmed     nobody has read from the paper which page lies on top
    │   └── Withheld            nothing goes to this addressee: its store is an old copy or has a second one
    ├── EnrolmentError          request, kit or activation code do not fit
    └── HandError               the hand cipher cannot make or take this message
        ├── HeaderWrong         a group of the header does not fit; carries which
        ├── GroupsWrong         groups are wrong, missing or out of place; carries where
        ├── TagMismatch         the authentication group does not verify: nothing is given
        ├── TagUnwritable       the authentication group would have six figures: the next page
        └── WrongPage           the message names another page than the one at hand

`exit_code` is the command line's stable code for the family.
"""


class SecmsgError(Exception):
    """Root of the tree; never raised itself."""

    exit_code = 10


class FormatError(SecmsgError):
    """The input is not a canonical encoding of the thing expected."""

    exit_code = 20


class CryptoError(SecmsgError):
    """A cryptographic check failed."""

    exit_code = 30


class DecryptionError(CryptoError):
    """The ciphertext did not authenticate. Deliberately carries no detail."""

    def __init__(self) -> None:
        super().__init__("the ciphertext did not authenticate")


class SignatureError(CryptoError):
    """A signature did not verify. Deliberately carries no detail."""

    def __init__(self) -> None:
        super().__init__("the signature did not verify")


class CostRefused(CryptoError):
    """The cost asked of the passphrase function is below the floor, above the ceiling, or not to be had here."""


class SourceFailed(CryptoError):
    """The figures drawn show that the random source is broken; none of them was kept."""

    exit_code = 32


class SelfTestError(CryptoError):
    """A primitive failed its known-answer test; the program must not open a store."""

    exit_code = 31


class TrustError(SecmsgError):
    """A certificate or a directory edition is not to be trusted for this use."""

    exit_code = 40


class NotListed(TrustError):
    """The certificate is not in the current edition."""


class Expired(TrustError):
    """The time lies outside the validity."""


class Rollback(TrustError):
    """An edition older than, or in conflict with, one already seen."""


class Forked(Rollback):
    """Two editions of one number, or one that follows another history: both were truly signed."""


class NotEntitled(TrustError):
    """The certificate does not allow this use."""


class SessionError(SecmsgError):
    """A session cannot take or make this packet."""

    exit_code = 50


class Replayed(SessionError):
    """The packet was opened before."""


class TooFarAhead(SessionError):
    """The packet's number jumps beyond the bound."""


class PrekeyUnknown(SessionError):
    """The handshake names a prekey whose private half is gone or was used."""


class NoSession(SessionError):
    """No session and no handshake opens this packet."""


class StoreError(SecmsgError):
    """The local store cannot do this."""

    exit_code = 60


class WrongPassphrase(StoreError):
    """No keyslot opens with what was given."""

    exit_code = 61


class PassphraseTaken(StoreError):
    """A new passphrase opens another person's keyslot: a slot says who came, so each person has another."""

    exit_code = 69


class KeyringMissing(StoreError):
    """The device half kept in the system keyring cannot be read; the store itself is not damaged."""

    exit_code = 62


class ProfileInUse(StoreError):
    """Another program has this profile open."""

    exit_code = 63


class StoreNewer(StoreError):
    """The store was written by a newer version of the program."""

    exit_code = 64


class StoreDamaged(StoreError):
    """The store's files do not authenticate or do not fit together."""

    exit_code = 65


class StoreExists(StoreError):
    """There is already a store where one was to be made."""

    exit_code = 66


class NotFound(StoreError):
    """No such cable, draft or blob."""

    exit_code = 67


class DiskFull(StoreError):
    """The disk has no room; what was there before is unharmed."""

    exit_code = 68


class DiskReadOnly(StoreError):
    """The disk takes no writing at all; what is there is unharmed."""

    exit_code = 68


class NotDestroyed(StoreError):
    """The keys of a store are not destroyed, or nobody can say that they are; what was reached is destroyed."""

    exit_code = 59


class CommitUnknown(StoreError):
    """The disk failed in the last step of writing: whether it was written shows when the store is opened again."""

    exit_code = 69


class StoreMoved(StoreError):
    """The profile has left for another place and is not opened here any more."""

    exit_code = 58


class BackupDamaged(StoreError):
    """A backup lacks something, or something in it is not what was written."""

    exit_code = 110


class OtherBackup(StoreError):
    """A backup of another store than the one that is open."""

    exit_code = 111


class BackupAhead(StoreError):
    """A backup that counts more states than the store at hand, or whose time has not come."""

    exit_code = 112


class LinkError(SecmsgError):
    """A carrier did not do its work; the sealed envelope is unharmed."""

    exit_code = 70


class Unreachable(LinkError):
    """No contact; nothing was handed over."""


class OutcomeUnknown(LinkError):
    """Contact broke after sending: the far side may or may not have it. Sending again is safe."""


class LinkRefused(LinkError):
    """The relay answered and refused."""


class ClockSkew(LinkError):
    """The relay's clock differs from ours by more than it accepts."""

    def __init__(self, offset_s: int) -> None:
        super().__init__(f"the relay's clock differs by {offset_s} s")
        self.offset_s = offset_s


class TransferStopped(LinkError):
    """The caller ended a transfer; what was carried stays, and a later call goes on from there."""


class MediumFailed(LinkError):
    """The medium of a pouch cannot be written or read; nothing of the outbox has changed."""

    exit_code = 71


class ReadBackDiffers(MediumFailed):
    """What was read back from the medium is not what was written."""


class NotOurPouch(LinkError):
    """Nothing in the file opens here. Deliberately does not say why."""

    exit_code = 72

    def __init__(self) -> None:
        super().__init__("the file is no pouch for this post")


class OfficeError(SecmsgError):
    """A rule of the cable office."""

    exit_code = 80


class Incomplete(OfficeError):
    """A draft lacks something; `lacks` holds what, in the order of the form."""

    def __init__(self, lacks: tuple[object, ...]) -> None:
        super().__init__("the draft lacks: " + ", ".join(str(lack) for lack in lacks))
        self.lacks = lacks


class NotAllowed(OfficeError):
    """A rule of the office forbids this act."""


class SheetUnchecked(NotAllowed):
    """Nobody has read this store's recovery sheet back from the paper: no number is given before."""


class KeyslotLeft(NotAllowed):
    """A suspended person's keyslot wants what stayed behind when the profile moved: it is not written back."""


class Frozen(OfficeError):
    """Nothing leaves: this store is an old copy, or has a second one."""

    exit_code = 81


class ReceivesOnly(OfficeError):
    """Another machine of this station releases; this one receives, and takes over when that one is off the list."""

    exit_code = 83


class Withheld(OfficeError):
    """Nothing leaves for an addressee whose store is an old copy, or has a second one."""

    exit_code = 82


class PageRefused(OfficeError):
    """A pad page may not be used: `why` is the word of `office.pad_pages.Refusal`, `page` its number without check.

    `at` (UTC seconds) and `cable` say when and for which cable it was used, 0 and "" where that is not the reason.
    """

    exit_code = 84

    def __init__(self, text: str, why: str = "", page: int = 0, at: int = 0, cable: str = "") -> None:
        super().__init__(text)
        self.why = why
        self.page = page
        self.at = at
        self.cable = cable


class PageUnconfirmed(OfficeError):
    """The store may be older than the paper: the officer reads from the paper which page lies on top."""

    exit_code = 85


class KitRefused(OfficeError):
    """A delegation kit may not be opened now: `why` is a word of `office.kits.Verdict`, "destroyed" or "empty".

    `at` (UTC seconds) is the time that the word is about: the end, the beginning, or the latest time that it has seen;
    `place` and `timezone` are those of its post.
    """

    exit_code = 86

    def __init__(self, text: str, why: str = "", at: int = 0, place: str = "UTC", timezone: str = "UTC") -> None:
        super().__init__(text)
        self.why = why
        self.at = at
        self.place = place
        self.timezone = timezone


class EnrolmentError(SecmsgError):
    """A request, a kit or an activation code does not fit."""

    exit_code = 90


class HandError(SecmsgError):
    """The hand cipher cannot make or take this message."""

    exit_code = 100


class HeaderWrong(HandError):
    """Groups of the clear header do not fit; `cells` holds which, 1 to 7, to be asked for."""

    exit_code = 101

    def __init__(self, cells: tuple[int, ...]) -> None:
        super().__init__("of the header this does not fit: " + ", ".join(map(str, cells)) + " of 7")
        self.cells = cells


class GroupsWrong(HandError):
    """Groups are wrong, missing or out of place; `places` holds which, from 0, to be asked for."""

    exit_code = 102

    def __init__(self, places: tuple[int, ...]) -> None:
        super().__init__("groups to ask for: " + (", ".join(str(place + 1) for place in places) or "those in excess"))
        self.places = places


class TagMismatch(HandError):
    """The authentication group does not verify. Deliberately carries no detail."""

    exit_code = 103

    def __init__(self) -> None:
        super().__init__("the authentication group does not verify")


class TagUnwritable(HandError):
    """The authentication group would have six figures: nothing was made, the page is void, take the next."""

    exit_code = 104

    def __init__(self) -> None:
        super().__init__("on this page the authentication group has no five figures: take the next page")


class WrongPage(HandError):
    """The message was enciphered with another page than the one at hand."""

    exit_code = 105
