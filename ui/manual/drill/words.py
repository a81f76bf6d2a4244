"""What a drill says: its cards, what lies on the table, what is asked, what can be chosen, the classes of slips."""

from secmsg.manual.drill import Ask, Card, Choice, Item
from secmsg.manual.mistakes import ErrorClass
from ui.language import mark

CARDS = {
    Card.ENCIPHER: mark("5 · Encipher a short cable"),
    Card.DECIPHER: mark("6 · Decipher with two groups garbled, one missing"),
    Card.PAGE: mark("7 · Pages that must not be used"),
    Card.SLIPS: mark("Find one slip of each class"),
}
ITEMS = {
    Item.TEXT: mark("Plain text"),
    Item.HEADER: mark("Header of the message"),
    Item.RECEIVED: mark("Groups as they came"),
    Item.CODES: mark("Codes"),
    Item.BOOK: mark("Codes as the codebook has them"),
    Item.KEYS: mark("Keys on the page"),
    Item.COPIED_KEYS: mark("Keys copied to the worksheet"),
    Item.CIPHERS: mark("Cipher groups"),
    Item.CHECKS: mark("Check figures"),
    Item.SENT: mark("Groups sent"),
    Item.HEARD: mark("Read back by the receiver"),
    Item.MASK: mark("Mask s"),
    Item.TAG: mark("Authentication group that came"),
    Item.NEXT_PAGE: mark("Page that lies on top"),
    Item.USED_PAGES: mark("Pages used"),
    Item.HUNDREDS_HIGH: mark("Authentication sheet, first figure 0 to 9"),
    Item.HUNDREDS_LOW: mark("Authentication sheet, two middle figures 00 to 99"),
    Item.UNITS: mark("Authentication sheet, last two figures 00 to 99"),
    Item.BEYOND: mark("Authentication sheet, 100000 to 100002"),
}
ASKS = {
    Ask.PAGE: mark("Which page does the header name? Five figures."),
    Ask.GROUPS_TO_ASK: mark("Which groups are to be repeated? Their numbers; the first is 1."),
    Ask.CODES: mark("Look up the text in the codebook and enter its codes."),
    Ask.GROUPS: mark("Add the keys and enter the groups of this row, with check figures."),
    Ask.TAG: mark("Work out the authentication group: five figures."),
    Ask.VERDICT: mark("Does the authentication group that came agree?"),
    Ask.PLAIN: mark("Subtract the keys and enter the codes of this row."),
    Ask.USE: mark("Take the page that the header names, or refuse it?"),
    Ask.AFTER: mark("The message is done. What becomes of the page?"),
    Ask.SLIP: mark("Which group has the slip, and of which class? For example 3 E4; 0 where it is in no group."),
}
CHOICES = {
    Choice.AGREES: mark("It agrees"),
    Choice.DIFFERS: mark("It differs: the text is not acted upon"),
    Choice.TAKE: mark("Take this page"),
    Choice.USED: mark("Refuse and report: the page was used"),
    Choice.OUT_OF_ORDER: mark("Refuse and report: its turn has not come"),
    Choice.OTHER_DIRECTION: mark("Refuse and report: a page of another book"),
    Choice.DESTROY: mark("Destroy it at once, by two persons, and write it down"),
    Choice.KEEP: mark("Keep it until the evening"),
    Choice.RETURN: mark("Put it back for the next cable"),
    Choice.REPORT: mark("Keep it, report, demand a new message on a new page"),
}
CLASSES = {
    ErrorClass.CODE: mark("wrong code of the codebook"),
    ErrorClass.KEY: mark("key misread, or another page"),
    ErrorClass.SUM: mark("slip in adding or subtracting"),
    ErrorClass.CARRY: mark("added with carry"),
    ErrorClass.SIGN: mark("added instead of subtracted, or the other way"),
    ErrorClass.CHECK: mark("check figure"),
    ErrorClass.COPY: mark("copying: swapped, dropped, repeated"),
    ErrorClass.VOICE: mark("misheard: năm and tám, hai and bảy"),
    ErrorClass.PROCEDURE: mark("procedure"),
}
