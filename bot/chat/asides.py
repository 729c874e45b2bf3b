"""Replies to a message of the bot that want what is behind it: «контекст», «источник?», «ещё».

They do what its buttons do, in a new message: whoever writes may have scrolled far. The words are
those of the buttons and what people say instead, in any of our languages.
"""

import re
from collections.abc import Iterator

from telegram import InlineKeyboardButton, Message, MessageEntity, Update

from bot.chat.answers import show_answer
from bot.chat.article import open_article
from bot.chat.context import open_context
from bot.chat.gone import require_published
from bot.chat.places import as_number, message_of, reply_target, spoken_in, view_of
from bot.context import Context
from bot.errors import UserError
from bot.replies.answer import source_body
from bot.replies.outcome import Outcome, Send
from bot.store.passages import load_passages
from index.courtesy import find_asked

_BEFORE = r"(?:(?:а|и|дай(?:те)?|где|какой|каков|из\s+какой|show|give\s+me|the|a|which)\s+)*"
_CONTEXT = r"""
    (?:ещё\s+|еще\s+|больше\s+)?контекста? | подробн(?:ее|ости) | шире
    | (?:more\s+)?context | (?:more\s+)?details | (?:daha\s+çox\s+)?kontekst | ətraflı
"""
_ARTICLE = r"""
    (?:(?:вся|всю|сам[ау]|полная|полную|целая)\s+)?стать[яюи](?:\s+целиком|\s+полностью)?
    | целиком | полностью | (?:весь|полный)\s+текст
    | (?:(?:full|whole)\s+)?(?:article|text) | (?:bütün\s+|tam\s+)?(?:məqalə(?:ni)?|mətn)
"""
_SOURCE = r"""
    источник(?:а|и)? | (?:ссылк[ауи]|линк)(?:\s+на\s+(?:источник|статью|оригинал))? | оригинал
    | откуда(?:\s+(?:это|данные|информация|взято))?
    | (?:(?:original|source)\s+)?(?:source|link|url) | mənbə(?:si|yi|ni)? | link | keçid | haradan
"""
_MORE = r"ещ[её] | дальше | след(?:ующий|ующее|ующая)? | more | next | daha(?:\s+çox)? | növbəti"


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{words})", re.IGNORECASE | re.VERBOSE)


_WANTS = {
    open_context: _compile(_CONTEXT),
    open_article: _compile(_ARTICLE),
}
_WANTS_SOURCE, _WANTS_MORE = _compile(_SOURCE), _compile(_MORE)

_PASSAGE_LINK = re.compile(r"[?&]start=p(\d+)\Z", re.ASCII)
_PASSAGE_DATA = re.compile(r"(?:ctx|see|art):(\d+)(?::|\Z)", re.ASCII)
_MORE_DATA = re.compile(r"more:(\d+):(\d+)\Z", re.ASCII)
_PLACE_DATA = re.compile(r"act:(\d+):(\d+)\Z", re.ASCII)


async def find_aside(update: Update, context: Context) -> Outcome | None:
    """Return what a reply to a message of the bot wants of it, None for any other message.

    Raises:
        UserError: the passage is not to be had any more.

    """
    message = message_of(update)
    replied = message.reply_to_message
    if replied is None or not _is_ours(replied, context):
        return None
    text = spoken_in(message, context.services.username)
    words = find_asked(text).of(text).strip(" \t\n.,;:!?…")
    if _WANTS_MORE.fullmatch(words) and (shown := _find_shown(replied)):
        answer_id, place = _find_following(replied, *shown)
        return await show_answer(update, context, answer_id, place)
    paragraph_id = _find_passage(replied)
    if paragraph_id is None:
        return None
    if _WANTS_SOURCE.fullmatch(words):
        return await _cite_source(update, context, paragraph_id)
    wanted = (do for do, pattern in _WANTS.items() if pattern.fullmatch(words))
    do = next(wanted, None)
    return await do(update, context, paragraph_id) if do else None


def _is_ours(message: Message, context: Context) -> bool:
    """Return whether the bot wrote a message, or made the card that somebody sent."""
    authors = (message.from_user, message.via_bot)
    return any(author and author.id == context.bot.id for author in authors)


async def _cite_source(update: Update, context: Context, paragraph_id: int) -> Outcome:
    """Return where a passage is from: medium, address, the way there."""
    await require_published(update, context, paragraph_id)
    passage = (await load_passages(context.db, [paragraph_id]))[paragraph_id]
    return Outcome(out=(Send(reply_target(update), source_body(passage, view_of(context))),))


def _find_passage(message: Message) -> int | None:
    """Return the first passage that a message cites: by its links, else by its buttons."""
    links = [*message.entities, *message.caption_entities]
    urls = [link.url for link in links if link.type == MessageEntity.TEXT_LINK and link.url]
    data = [str(button.callback_data or "") for button in _buttons(message)]
    found = [
        *(match for url in urls if (match := _PASSAGE_LINK.search(url))),
        *(match for each in data if (match := _PASSAGE_DATA.match(each))),
    ]
    return as_number(found[0][1]) if found else None


def _find_shown(message: Message) -> tuple[int, int] | None:
    """Return the answer that a message shows, and the place of the passage that stands there."""
    return next(_pairs(message, _PLACE_DATA), None)


def _find_following(message: Message, answer_id: int, place: int) -> tuple[int, int]:
    """Return the answer that a message shows, and the place of its next passage.

    Raises:
        UserError: it is the last one.

    """
    for answer, other in _pairs(message, _MORE_DATA):
        if answer == answer_id and other > place:
            return answer, other
    raise UserError("That is all that was found. Ask in other words.")


def _pairs(message: Message, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the two numbers in the data of the buttons that a pattern matches."""
    for button in _buttons(message):
        match = pattern.match(str(button.callback_data or ""))
        numbers = [as_number(each) for each in match.groups()] if match else []
        if len(numbers) == 2 and None not in numbers:
            yield numbers[0] or 0, numbers[1] or 0


def _buttons(message: Message) -> Iterator[InlineKeyboardButton]:
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        yield from row
