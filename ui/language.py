"""Words at run time: English in the code, Vietnamese from `resources/i18n/vi.ts`, switched live.

The catalogue also holds Qt's own contexts (buttons, file dialog, context menus): Qt ships no Vietnamese.
"""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QFile,
    QIODevice,
    QLocale,
    QObject,
    QTranslator,
    QXmlStreamReader,
    Signal,
    SignalInstance,
)

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
CONTEXT = "secmsg"

Catalogue = Mapping[tuple[str, str], str]
"""(context, source) → translation."""


class Language(Enum):
    """A language of the screens."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


def tr(source: str, **values: object) -> str:
    """Say `source` in the language in force and fill its `{names}`."""
    text = QCoreApplication.translate(CONTEXT, source)
    return text.format(**values) if values else text


def trn(count: int, one: str, many: str, **values: object) -> str:
    """Say `one` or `many` after the count (Vietnamese knows no plural: both have the same translation)."""
    return tr(one if count == 1 else many, n=count, **values)


def in_english() -> bool:
    """Say whether the words come in English, for names that a directory holds in both languages."""
    return tr("en") == "en"


def mark(source: str) -> str:
    """Note a source string for the catalogue, to be said later."""
    return source


def read_catalogue(path: Path) -> Catalogue:
    """Read a Qt `.ts` file; messages without a translation are left out."""
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(path)
    xml = QXmlStreamReader(file)
    found: dict[tuple[str, str], str] = {}
    context = source = ""
    while not xml.atEnd():
        if xml.readNext() != QXmlStreamReader.TokenType.StartElement:
            continue
        match xml.name():
            case "name":
                context = xml.readElementText()
            case "source":
                source = xml.readElementText()
            case "translation":
                if translation := xml.readElementText():
                    found[context, source] = translation
            case _:
                pass
    if xml.hasError():
        raise ValueError(f"{path.name}: {xml.errorString()}")
    return found


class CatalogueTranslator(QTranslator):
    """Answers Qt's questions for words from a catalogue."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803 - Qt's name, which callers may use
        disambiguation: str | bytes | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002 - Qt's signature
    ) -> str:
        """Give the translation, or the source itself: an empty answer would blank the text."""
        source = _text(sourceText)
        return self._catalogue.get((_text(context), source), source)

    def isEmpty(self) -> bool:
        """Say no: Qt asks the base class's own (unused) data and would ignore this translator."""
        return False


class Speech(QObject):
    """The language in force; `changed` comes after every widget has got its LanguageChange event."""

    changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.language = Language.ENGLISH
        self._translator: CatalogueTranslator | None = None

    def speak(self, language: Language) -> None:
        """Switch every open window to `language`."""
        if language == self.language:
            return
        self.language = language
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        if language is Language.VIETNAMESE:
            catalogue = read_catalogue(RESOURCES / "i18n" / "vi.ts")
            self._translator = CatalogueTranslator(catalogue, self)
            QCoreApplication.installTranslator(self._translator)
        QLocale.setDefault(QLocale("vi_VN" if language is Language.VIETNAMESE else "en_GB"))
        self.changed.emit(language)

    def switch(self) -> None:
        """Change to the other language."""
        self.speak(Language.ENGLISH if self.language is Language.VIETNAMESE else Language.VIETNAMESE)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else bytes(value).decode()
