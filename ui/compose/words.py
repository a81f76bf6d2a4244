"""What the compose window says about each field and each lack."""

from typing import assert_never

from secmsg.office.draft import Lack
from ui.compose.state import Field
from ui.language import mark, tr


def field(value: Field) -> str:
    """Name a line of the checklist."""
    match value:
        case Field.REFERENCES:
            return tr("References")
        case Field.DEGREE:
            return tr("Classification")
        case Field.BASIS:
            return tr("Basis of classification")
        case Field.URGENCY:
            return tr("Precedence")
        case Field.REASON:
            return tr("Reason for Flash")
        case Field.REPLY_BY:
            return tr("Reply due")
        case Field.ACTION_TO:
            return tr("Addressee for action")
        case Field.INFO_TO:
            return tr("For information to")
        case Field.SUBJECT:
            return tr("Subject")
        case Field.TOPICS:
            return tr("Subject codes")
        case Field.BODY:
            return tr("Text")
        case Field.SUMMARY:
            return tr("Summary")
        case Field.ATTACHMENTS:
            return tr("Enclosures")
        case Field.COPIES:
            return tr("Copies")
        case Field.DRAFTER:
            return tr("Drafter")
        case Field.SECOND_PERSON:
            return tr("Second person")
        case Field.KIND:
            return tr("Kind of cable")
        case Field.PROTECT:
            return tr("Protected until")
        case Field.RETURN_BY:
            return tr("To be returned by")
        case Field.DESK_BY:
            return tr("On the desk by")
        case Field.VOID_AFTER:
            return tr("Void after")
        case Field.CAPTION:
            return tr("Distribution caption")
        case Field.NAMED:
            return tr("Recipients by name")
        case _:
            assert_never(value)


def caption(word: str) -> str:
    """Say a distribution caption; it goes out as it stands on the list."""
    return tr(_CAPTIONS.get(word, word))


_CAPTIONS = {
    "Lãnh đạo Bộ": mark("Ministry leadership"),
    "Thường trực": mark("Standing members"),
    "Chỉ Đại sứ": mark("Ambassador only"),
    "Nội bộ cơ yếu": mark("Cipher staff only"),
}


def lack(value: Lack) -> str:
    """Say what lacks and what to do about it."""
    return tr(_SENTENCES[value])


_SENTENCES: dict[Lack, str] = {
    Lack.NO_DEGREE: mark("No classification chosen. Choose one to send."),
    Lack.NO_BASIS: mark("The basis of classification is missing. Name the list item."),
    Lack.BASIS_TOO_LONG: mark("The basis of classification is longer than 200 characters. Shorten it."),
    Lack.BAD_PROTECTION: mark(
        "The protection date cannot be read, is past, or is later than the classification allows."
    ),
    Lack.NO_URGENCY: mark("No precedence chosen. Choose one to send."),
    Lack.FLASH_NO_REASON: mark("Flash needs a reason of at least 10 characters."),
    Lack.REASON_TOO_LONG: mark("The reason is longer than 300 characters. Shorten it."),
    Lack.BAD_DESK_BY: mark("The desk-by time cannot be read, is past, or is more than 30 days ahead."),
    Lack.BAD_REPLY_BY: mark("The time for the reply cannot be read, is past, or is more than a year ahead."),
    Lack.BAD_VOID_AFTER: mark("The time after which the cable is void cannot be read or is past."),
    Lack.NO_ADDRESSEE: mark("No addressee for action. Add one to send."),
    Lack.TOO_MANY_ADDRESSEES: mark("More than 150 addressees. Send two cables."),
    Lack.ADDRESSEE_TWICE: mark("An addressee stands twice. Remove one of the two."),
    Lack.BAD_NAMED: mark("Name at most 8 persons at each addressee, each in 120 characters at most."),
    Lack.BAD_CAPTION: mark("At most three distribution captions, each once."),
    Lack.NO_TOPIC: mark("No subject code. Give one to five."),
    Lack.BAD_TOPIC: mark("The subject codes cannot be used: at most five, each once, of 40 characters at most."),
    Lack.NO_SUBJECT: mark("The subject is missing."),
    Lack.SUBJECT_TOO_SHORT: mark("The subject is shorter than 3 characters."),
    Lack.SUBJECT_TOO_LONG: mark("The subject is longer than 200 characters. Shorten it."),
    Lack.BAD_REFERENCE: mark("A reference is not a cable number. Remove the references."),
    Lack.NO_BODY: mark("The text is empty."),
    Lack.BODY_TOO_LONG: mark("The text is longer than 200,000 characters. Send the rest as an enclosure."),
    Lack.NO_SUMMARY: mark("A text of more than 3 pages needs a summary."),
    Lack.SUMMARY_TOO_LONG: mark("The summary is longer than 4,000 characters. Shorten it."),
    Lack.TOO_MANY_ATTACHMENTS: mark("More than 64 enclosures. Send two cables."),
    Lack.BAD_ATTACHMENT_NAME: mark("The name of an enclosure cannot be sent. Rename the file."),
    Lack.ATTACHMENT_TWICE: mark("Two enclosures have the same name. Rename one."),
    Lack.BAD_ATTACHMENT_TYPE: mark("The type of an enclosure is not known."),
    Lack.ATTACHMENT_TOO_LARGE: mark("An enclosure is larger than 2 GB."),
    Lack.BAD_ATTACHMENT_PAGES: mark("The page count of an enclosure cannot be right."),
    Lack.BAD_COPIES: mark("The number of copies must be 1 to 99."),
    Lack.BAD_RETURN_BY: mark("The return date cannot be read or is past."),
    Lack.NO_DRAFTER: mark("The drafter is missing."),
    Lack.DRAFTER_TOO_LONG: mark("The drafter's name or title is longer than 120 characters."),
    Lack.RELEASER_IS_DRAFTER: mark("For Secret and Top Secret the drafter must not be the releasing officer."),
    Lack.NO_SECOND_PERSON: mark("Top Secret needs a second person."),
    Lack.SECOND_IS_RELEASER: mark("The second person must not be the releasing officer."),
    Lack.BAD_SECOND_PERSON: mark("The second person's name cannot be used."),
    Lack.BAD_CHARACTERS: mark("The text holds characters that cannot be sent. Saving removes them."),
}
