"""The municipality's own words on its page: the approved progress texts by tertial, and how many wait to be read."""

from dataclasses import dataclass
from itertools import groupby

from dashboards.labels import DELMAAL
from dashboards.pages.frame import Frame
from dashboards.signs import BASIS_MARKS, Sign


@dataclass(frozen=True)
class OwnWord:
    """One text under its delmål; `mark` when the text is constructed."""

    delmaal: str
    text: str
    mark: Sign | None


@dataclass(frozen=True)
class TertialWords:
    """The texts of one tertial, by delmål."""

    period: str
    words: tuple[OwnWord, ...]


@dataclass(frozen=True)
class OwnWords:
    """What a municipality has written: the latest tertial, the earlier ones, and how many texts are not yet read."""

    latest: TertialWords | None
    earlier: tuple[TertialWords, ...]
    waiting: int

    @property
    def is_empty(self) -> bool:
        return self.latest is None and not self.waiting


def own_words(frame: Frame, code: str) -> OwnWords:
    """The municipality's texts, newest tertial first."""
    mine = sorted((text for text in frame.release.texts if text["unit_code"] == code),
                  key=lambda text: text["period"], reverse=True)
    tertials = [TertialWords(period, tuple(sorted((_word(text) for text in texts), key=lambda word: word.delmaal)))
                for period, texts in groupby(mine, key=lambda text: text["period"])]
    return OwnWords(tertials[0] if tertials else None, tuple(tertials[1:]), frame.release.texts_waiting.get(code, 0))


def _word(text: dict) -> OwnWord:
    letter = text["delmaal"]
    return OwnWord(f"{letter} {DELMAAL[letter][0]}", text["text"], BASIS_MARKS.get(text["basis"]))
