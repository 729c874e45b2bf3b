"""What people say around a question, and instead of one: greetings, thanks, «отпишите меня».

None of it is looked for in articles.
"""

import re
from enum import Enum, auto

from index.types import Span


class Courtesy(Enum):
    """What a message says that asks nothing of the articles."""

    GREETING = auto()  # also a call for help: who has not been here before
    THANKS = auto()
    ASSENT = auto()  # «понятно», «до свидания»
    NEWS = auto()  # «что нового»
    FOLLOWING = auto()  # «мои подписки», «стоп»


_GREETING = r"""
    (?:всем\s+)?привет(?:ик|ствую)?(?:\s+всем)? | приветствую(?:\s+вас)? | здрав?ствуй(?:те)?
    | здрас(?:ь)?те | доброе\s+утро | добр(?:ый|ого)\s+(?:день|дня|вечер|вечера)
    | доброй\s+ночи | доброго\s+времени\s+суток | хай
    | hi(?:\s+there)? | hello | hey | good\s+(?:morning|afternoon|evening|day)
    | salam(?:\s+əleyküm)? | sabahınız\s+xeyir | axşamınız\s+xeyir | hər\s+vaxtınız\s+xeyir
"""
_HELP = r"""
    помоги(?:те)? | (?:а\s+)?что\s+(?:ты|вы|бот)\s+(?:умее(?:шь|те|т)|може(?:шь|те|т))
    | (?:а\s+)?(?:кто|что)\s+(?:ты|вы)(?:\s+так(?:ой|ая|ие|ое))?
    | как\s+(?:тобой|этим|ботом|вами)\s+пользоваться | как\s+(?:это|ты|бот)\s+работае(?:т|шь)
    | помощь | меню | команды | старт
    | help | menu | commands | start
    | what\s+can\s+you\s+do | who\s+are\s+you | how\s+does\s+(?:this|it)\s+work
    | kömək | menyu | əmrlər | sən\s+kimsən | siz\s+kimsiniz | nə\s+edə\s+bil(?:ir|ər)(?:sən|siniz)
"""
_THANKS = r"""
    (?:(?:большое|огромное|заранее)\s+)*спасибо
        (?:\s+(?:вам|тебе|большое|огромное|заранее|за\s+(?:ответ|помощь)))*
    | спс | благодарю(?:\s+(?:вас|тебя))? | заранее\s+благодар(?:ен|на|ю)
    | thanks(?:\s+(?:a\s+lot|in\s+advance))? | many\s+thanks
    | thank\s+you(?:\s+(?:very|so)\s+much)? | thx
    | (?:çox\s+)?sağ\s+ol(?:un)? | (?:çox\s+)?təşəkkür(?:lər)?(?:\s+edirəm)?
"""
_ASSENT = r"""
    ок | окей | хорошо | ладно | понятно | понял(?:а)? | ясно | ага | угу | отлично | супер | круто
    | здорово | пока(?:\s+пока)? | до\s+свидания | всего\s+(?:доброго|хорошего) | до\s+встречи
    | ok | okay | great | fine | cool | got\s+it | bye | goodbye | see\s+you
    | yaxşı | aydındır | oldu | əla | hələlik
"""
_NEWS = r"""
    (?:а\s+)?(?:есть\s+)?что(?:-нибудь|-то)?\s+нов(?:ого|енького) | какие\s+новости
    | (?:последние\s+|свежие\s+)?новости
    | what(?:'|’|\s+i)?s\s+new | (?:latest\s+)?news | nə\s+yenilik\s+var | (?:son\s+)?xəbərlər
"""
_FOLLOWING = r"""
    (?:мои\s+)?подписки | отпи(?:саться|ши(?:те)?(?:\s+меня)?) | (?:больше\s+)?не\s+присылай(?:те)?
    | стоп | хватит | (?:my\s+)?subscriptions | unsubscribe(?:\s+me)? | stop
    | abunəlik(?:lər)?(?:im)? | abunəlikdən\s+çıx(?:maq|ar)? | dayan(?:dır)?
"""
#: Words by which a question is begun; it is about what follows.
_ABOUT = r"(?=,?\s+(?:о|об|обо|про|по|с|со|насчёт|насчет|на\s+тему)\s)"
_FRAME = rf"""
    (?:я\s+)?(?:хочу|хотел(?:а|ось)?(?:\s+бы)?|хотим|можно)
        \s+(?:узнать|знать|спросить|прочитать|почитать)(?:\s+подробнее)?
    | (?:меня\s+|нас\s+|мне\s+)?(?:интересу[ею]т|интересно)
    | (?:рас)?скажи(?:те)? | подскажи(?:те)? | объясни(?:те)? | поясни(?:те)? | напомни(?:те)?
    | покажи(?:те)? | найди(?:те)? | уточни(?:те)? | пожалуйста | мне(?=\s+пожалуйста)
    | (?:по)?подробн(?:ее|о|ости){_ABOUT}
    | (?:есть\s+(?:ли\s+)?)?(?:(?:какая|какие)(?:-(?:то|нибудь|либо))?\s+)?
        (?:последни[ея]\s+|свежи[ея]\s+)?(?:информация|сведения|новости){_ABOUT}
    | что\s+(?:сейчас\s+|там\s+)?(?:известно|слышно|пишут|говорят|нового|есть){_ABOUT}
    | (?:can|could)\s+you\s+(?:please\s+)?(?:tell|show)\s+me
    | tell\s+me(?:\s+(?:more|everything))?\s+about | i\s+want\s+to\s+know(?:\s+about)?
    | what\s+is\s+known\s+about | (?:the\s+)?(?:latest\s+)?news\s+(?:about|on)
    | xahiş\s+edirəm | zəhmət\s+olmasa
"""
#: Azerbaijani says it after what the question is about.
_FRAME_AFTER = r"""
    xahiş\s+edirəm | zəhmət\s+olmasa
    | (?:haqqında|haqda|barədə|barəsində)\s+(?:mənə\s+|bizə\s+)?(?:ətraflı\s+)?
        (?:(?:məlumat|xəbər)(?:\s+ver(?:in)?)? | danış(?:ın)? | nə\s+məlumdur | nə\s+deyilir)
"""


def _compile(before: str, *patterns: str, after: str = r"(?![\w-])") -> re.Pattern[str]:
    joined = "|".join(patterns)
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE | re.VERBOSE)


_BEGIN = r"(?<![\w-])"

#: What may stand around a question.
_FIRST = _compile(r"[\W_]*", _GREETING, _THANKS, _FRAME)
_LAST = _compile(_BEGIN, _THANKS, _FRAME_AFTER, after=r"[\W_]*$")

#: Letters at the end of a text among which thanks are sought: no more than a line.
_TAIL_LETTERS = 60

#: What a message is, if it is nothing else, the first that is found in it.
_WHOLE = (
    (Courtesy.FOLLOWING, _compile(_BEGIN, _FOLLOWING)),
    (Courtesy.GREETING, _compile(_BEGIN, _GREETING, _HELP)),
    (Courtesy.THANKS, _compile(_BEGIN, _THANKS)),
    (Courtesy.NEWS, _compile(_BEGIN, _NEWS)),
    (Courtesy.ASSENT, _compile(_BEGIN, _ASSENT)),
)
_ANY = _compile(_BEGIN, _GREETING, _HELP, _THANKS, _NEWS, _FOLLOWING, _ASSENT)
_WORD = re.compile(r"\w")


def find_asked(text: str) -> Span:
    """Return what of a text is left between greetings at its begin and thanks at its end.

    «Расскажите о» and the like are left out with the greetings, «haqqında məlumat ver» with the
    thanks.
    """
    first, last = 0, len(text)
    while match := _FIRST.match(text, first):
        first = match.end()
    while match := _LAST.search(text, max(first, last - _TAIL_LETTERS), last):
        last = match.start()
    return Span(first, last)


def read_courtesy(text: str) -> Courtesy | None:
    """Return what a text says that is no question at all, None for a question."""
    if not _WORD.search(text) or _WORD.search(_ANY.sub("", text)):
        return None
    return next(kind for kind, pattern in _WHOLE if pattern.search(text))
