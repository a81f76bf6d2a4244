"""What the window of persons says: only what is proven, what is safe, what to do next."""

from typing import assert_never

from secmsg.errors import StoreError, WrongPassphrase
from secmsg.office.persons import Bar, Rank, State
from secmsg.station.persons import Officer
from ui import failures
from ui.format import one_line
from ui.language import tr
from ui.officers.state import Act, Done, Lack, OfficersState
from ui.widgets.message_bar import Message, Weight


def rank(officer: Officer) -> str:
    """Say what a person is at this post."""
    match officer.rank:
        case Rank.OFFICER:
            return tr("officer")
        case Rank.DEPUTY:
            return tr("deputy")
        case Rank.HEAD:
            return tr("head of mission")
        case _:
            assert_never(officer.rank)


def standing(officer: Officer) -> str:
    """Say where a person stands."""
    match officer.state:
        case State.ADDED:
            return tr("has not opened yet")
        case State.ACTIVE:
            return tr("here")
        case State.SUSPENDED:
            return tr("suspended")
        case State.LEAVING:
            return tr("is being removed")
        case State.REMOVED:
            return tr("no longer here")
        case _:
            assert_never(officer.state)


def listed(officer: Officer) -> str:
    """Say whether headquarters has listed a person."""
    return tr("listed as {n}", n=officer.person) if officer.certified else tr("not listed yet")


def told(state: OfficersState) -> str:
    """Say who has opened the store, and whether that person may sign now."""
    if state.lines is None:
        return ""
    who = one_line(state.who) or tr("the recovery sheet")
    if state.bar is None:
        return tr("{name} has opened the store and may sign now.", name=who)
    return tr("{name} has opened the store and may not sign now: {why}.", name=who, why=why(state.bar))


def why(bar: Bar) -> str:
    """Say why a person may not sign."""
    match bar:
        case Bar.SHEET:
            return tr("the recovery sheet signs for nobody")
        case Bar.UNKNOWN | Bar.NO_KEY:
            return tr("this person's key cannot be opened here")
        case Bar.NOT_CERTIFIED:
            return tr("headquarters has not listed this person yet")
        case Bar.HEAD:
            return tr("the head of mission reads and stands by; an officer releases")
        case Bar.NOT_DEPUTY_NOW:
            return tr("a deputy signs only while standing in")
        case Bar.AWAY:
            return tr("an absence is recorded: end it first")
        case Bar.OUT:
            return tr("this person is suspended or no longer here")
        case _:
            assert_never(bar)


def lacking(found: Lack) -> str:
    """Say what is still to be filled in."""
    match found:
        case Lack.NAME:
            return tr("Enter the name.")
        case Lack.NAME_TAKEN:
            return tr("A person of this name is here already: say which of the two is meant.")
        case Lack.SAME_PERSON:
            return tr("The second person is another than the one who has opened the store.")
        case Lack.TITLE:
            return tr("Enter the title.")
        case Lack.SHORT:
            return tr("The passphrase has at least 12 characters.")
        case Lack.UNEQUAL:
            return tr("The two passphrases differ.")
        case Lack.SECOND:
            return tr("Name the second person.")
        case Lack.SECOND_PASSPHRASE:
            return tr("The second person enters the own passphrase.")
        case _:
            assert_never(found)


def outcome(state: OfficersState) -> Message | None:
    """Say what came of the last act, None when there is nothing to say."""
    if state.error is not None:
        error = state.error
        return Message(Weight.FAULT, lambda: failure(error))
    if state.done is not None:
        done = state.done
        return Message(Weight.GOOD, lambda: said(done))
    return None


def failure(error: BaseException) -> str:
    """Say why it was not done."""
    match error:
        case WrongPassphrase():
            return tr("This passphrase is no other person's of this post. Nothing was changed.")
        case StoreError() if "spare" in str(error):
            return tr("Every keyslot is taken: remove somebody first. Nothing was changed.")
        case _:
            return failures.sentence(error)


def said(done: Done) -> str:
    """Say what was done, and what comes next."""
    name = one_line(done.name)
    match done.act:
        case Act.ADD:
            return tr(
                "{name} opens and reads from now on, and signs when headquarters has listed the key. Send the request: "
                "secmsg officer request {n}.",
                name=name,
                n=done.number,
            )
        case Act.SUSPEND:
            return tr("{name} opens nothing until two persons bring the passphrase back.", name=name)
        case Act.RESUME:
            return tr("{name} opens again with the passphrase as before.", name=name)
        case Act.REMOVE:
            gone = tr("The keyslot of {name} is overwritten: the passphrase opens nothing any more.", name=name)
            if not done.request:
                return gone
            ask = tr("Ask headquarters to take the name off the list: secmsg officer request {n}.", n=done.number)
            return f"{gone} {ask}"
        case Act.AWAY:
            return tr("The absence of {name} is recorded.", name=name)
        case Act.BACK:
            return tr("The absence of {name} is ended.", name=name)
        case _:
            assert_never(done.act)
