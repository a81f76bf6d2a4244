"""What a wrong box looks like, in words: the slip that would leave these figures, never the right ones."""

from typing import assert_never

from secmsg.manual.mistakes import Mistake
from ui.language import tr


def said(mistake: Mistake) -> str:
    """Say what a slip looks like; a likeness and no proof."""
    match mistake:
        case Mistake.NOT_FIGURES:
            return tr("something else than figures")
        case Mistake.TOO_FEW:
            return tr("too few figures")
        case Mistake.TOO_MANY:
            return tr("too many figures")
        case Mistake.OTHER_CODE:
            return tr("as if another code was read")
        case Mistake.OTHER_KEY:
            return tr("as if another key group was taken")
        case Mistake.FIGURES | Mistake.CHECK_FIGURE:
            return tr("work it once more")
        case Mistake.CARRIED:
            return tr("as if it was added with a carry")
        case Mistake.NOT_CARRIED:
            return tr("as if a carry was left out: the tag column carries")
        case Mistake.WRONG_SIGN:
            return tr("as if the key was subtracted instead of added, or added instead of subtracted")
        case Mistake.REVERSED:
            return tr("as if it was subtracted the other way round")
        case Mistake.NOT_WORKED:
            return tr("as if it was copied and not worked")
        case Mistake.CHECK_SEED:
            return tr("as if the walk began at another seed")
        case Mistake.CHECK_OF_CODE:
            return tr("as if the walk went over the code and not over the cipher")
        case Mistake.CHECK_TURNED:
            return tr("as if the walk went backwards")
        case Mistake.SWAPPED:
            return tr("two neighbours have changed places")
        case Mistake.OTHER_PLACE:
            return tr("as if it belonged to another place")
        case Mistake.VOICE_PAIR:
            return tr("figures that sound alike")
        case Mistake.NOT_REDUCED:
            return tr("as if it was not reduced")
        case Mistake.THREE_K:
            return tr("as if 3k was not subtracted")
        case Mistake.TABLE_LINE:
            return tr("as if one table was left out")
        case Mistake.BLOCK_LEFT_OUT:
            return tr("as if a group was left out")
        case Mistake.MASK_LEFT_OUT:
            return tr("as if the mask was left out")
        case Mistake.OTHER_MASK:
            return tr("as if the other mask was taken")
        case _:
            assert_never(mistake)
