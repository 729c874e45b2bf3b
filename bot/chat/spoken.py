"""Messages that ask for a list in words: «что было в августе», «статьи за 2024 год», «люди».

What a command gives is given to whoever does not know it. Only whole messages of such words are
meant; with others in them they are a question.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.chat.articles import list_in_chat as list_articles
from bot.chat.people import people
from bot.chat.places import view_of
from bot.chat.quote import quote
from bot.chat.requests import QUOTES, Request, find_sector, read_any_period, read_wish
from bot.chat.sayings import find_said
from bot.chat.sectors import sectors
from bot.chat.subscribe import subscribe
from bot.chat.timeline import find_timeline, reply_with_events
from bot.context import Context
from bot.replies.outcome import Outcome
from index.courtesy import Courtesy, find_asked, read_courtesy

#: «Новости за неделю» are those of the last one; in other questions that is how long it takes.
_LATELY = re.compile(r"\bза\s+(?=(?:неделю|месяц|год|сутки)\W*$)", re.IGNORECASE)
_LAST = {"неделю": "последнюю", "сутки": "последние"}

_HAPPENED = r"""
    (?:а\s+)?(?:что|чего)\s+(?:же\s+)?
        (?:было|будет|про(?:изошло|исходило|исходит|изойд[её]т)|случилось|случится|ожидается
        |(?:за)?планиру(?:ется|ют)|запланировано|намечено|предстоит|жд[её]т|ждать)
        (?:\s+(?:интересного|важного|нового))?
    | (?:(?:какие|главные|все|основные|важные|ключевые)\s+)*события
        (?:\s+(?:были|будут|произошли|происходили|запланированы|планируются|ожидаются|намечены))?
    | планы(?:\s+на)?
    | what\s+(?:has\s+)?happened | what\s+(?:will|is\s+going\s+to)\s+happen
    | what\s+(?:is|was)\s+(?:planned|expected|going\s+on)(?:\s+for)?
    | (?:(?:the|all|main|key)\s+)*events | what\s+are\s+the\s+plans(?:\s+for)?
    | nə\s+(?:olub|oldu|olacaq|baş\s+ver(?:ib|di|əcək)|gözlənilir|planlaşdırılır)
    | hansı\s+hadisələr(?:\s+(?:olub|baş\s+verib))? | hadisələr
"""
_ARTICLES = r"""
    (?:(?:все|список|перечень|какие|последние|новые|свежие|есть|ли|all|the|list\s+of|latest|which
    |bütün|son)\s+)*
    (?:статьи|статей|публикации|публикаций|articles|məqalələr)
    (?:\s+(?:есть|вышли|у\s+вас\s+есть|are\s+there))?
"""
_ABOUT = r"(?:о|об|обо|про|по|на\s+тему|about|on)"
_PEOPLE = r"люди | персоны | кто\s+есть(?:\s+в\s+статьях)? | people | persons | şəxslər | adamlar"
_SECTORS = r"""
    сектор[аы] | темы | разделы | рубрики | о\s+ч[её]м\s+(?:ваши\s+)?статьи
    | sectors | topics | sahələr | bölmələr | mövzular
"""
_SUBSCRIBE = r"""
    (?:хочу\s+|как\s+)?подпи(?:саться|ши(?:те)?(?:\s+меня)?)(?:\s+на\s+(?P<ru>.+))?
    | subscribe(?:\s+me)?(?:\s+to\s+(?P<en>.+))? | (?P<az>.+\s+)?abunə\s+ol(?:maq|um)?
"""


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE | re.VERBOSE)


_IS_HAPPENED = _compile(_HAPPENED)
_IS_ARTICLES = _compile(rf"(?:{_ARTICLES})(?:\s+{_ABOUT}\s+(?P<words>.+))?")
_IS_SUBSCRIBE = _compile(_SUBSCRIBE)
_IS_SECTOR = _compile(r"(?:сектор|раздел|рубрика|sector|sahə)[\s:—-]+(.+)")

Handler = Callable[[Update, Context], Coroutine[Any, Any, Outcome]]
_COMMANDS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (_compile(_PEOPLE), people),
    (_compile(_SECTORS), sectors),
)
_ENDS = " \t\n.,;:!?…/"


async def find_spoken(update: Update, context: Context, text: str) -> Outcome | None:
    """Return the reply to a message that asks for a list in words, None for a question."""
    if quotes := await _find_quotes(update, context, text):
        return quotes
    if listed := await find_timeline(update, context, text):
        return listed
    words = find_asked(text).of(text).strip(_ENDS)
    for pattern, command in _COMMANDS:
        if pattern.fullmatch(words):
            context.args = []
            return await command(update, context)
    if (match := _IS_SECTOR.fullmatch(words)) and find_sector(match[1]):
        context.args = match[1].split()
        return await sectors(update, context)
    if match := _IS_SUBSCRIBE.fullmatch(words):
        context.args = next(filter(None, match.groups()), "").split()
        return await subscribe(update, context)
    return await _find_of_period(update, context, words or text)


async def _find_quotes(update: Update, context: Context, text: str) -> Outcome | None:
    """Return what «цитаты о воде» asks for; «цитаты Лисовца» is a question of somebody's words."""
    what, rest = read_wish(text)
    if what not in QUOTES:
        return None
    said = await find_said(context, text) if rest else None
    if said and said.quotes:
        return None
    context.args = rest.split()  # the word is the command
    return await quote(update, context)


async def _find_of_period(update: Update, context: Context, text: str) -> Outcome | None:
    """Return the events or the articles of a time that a message asks for, None without such."""
    recent = _LATELY.sub(lambda _: "за последний ", text)
    for noun, adjective in _LAST.items():
        recent = recent.replace(f"последний {noun}", f"{adjective} {noun}")
    today = view_of(context).today
    request = read_any_period(recent, today)
    words = request.words.strip(_ENDS)
    if request.period and _IS_HAPPENED.fullmatch(words):
        return await reply_with_events(update, context, Request("", request.period))
    if request.period and read_courtesy(words) is Courtesy.NEWS:
        return await list_articles(update, context, Request("", request.period))
    if match := _IS_ARTICLES.fullmatch(words):
        about = Request(match["words"] or "", request.period)
        return await list_articles(update, context, about)
    return None
