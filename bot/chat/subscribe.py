"""/subscribe: what there is to follow, how much of it there was, and one tap to follow it."""

import asyncio
import re
from datetime import timedelta
from functools import cache

from telegram import Update

from bot.chat.answers import asked_in
from bot.chat.following import data_of, follower_of, keep_language, number_at, place_of
from bot.chat.managers import require_manager
from bot.chat.places import as_number, numbers_of, pressed_row, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, waiting_for
from bot.chat.requests import find_person, find_sector
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.locales import get_locale
from bot.notify.news import quotation_of
from bot.replies.choices import Choice, choice_page
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send
from bot.replies.subscriptions import MODES, Offer, choose_body, made_body, offer_body
from bot.replies.timeline import key_of
from bot.store.answers import get_answer
from bot.store.articles import get_article
from bot.store.database import Transaction
from bot.store.passages import load_passages
from bot.store.people import list_persons
from bot.store.sectors import count_sectors
from bot.store.subscriptions import (
    Wish,
    add_subscription,
    find_subscription,
    get_subscription_on,
)
from bot.store.topics import Topic, TopicKind, add_topic, get_topics, words_topic
from bot.store.volumes import Volume, count_topic, count_words
from index.paragraphs import find_terms
from index.percolation import read_topic
from index.sectors import Sector, list_sectors
from index.types import Language

#: How far back one is shown how much there was.
LOOK_BACK = timedelta(days=30)

#: Paragraphs that are looked at for it: of a topic with more, the number says "too many" anyway.
MOST_LOOKED_AT = 500

#: All words of a topic must stand in one paragraph; more are no topic but a text. It is also what a
#: file of subscriptions keeps of them.
MOST_TITLE = 200

#: The kind of the prompt «за какой темой следить?».
FOLLOW_WORDS = "follow words"

_ARTICLE = re.compile(
    r"\s*(?:(?:статья|статьи|статью|article|məqalə)\s*)?(?:№\s*)?(\d+)\s*", re.IGNORECASE
)


async def subscribe(update: Update, context: Context) -> Outcome:
    """Reply with what there is to follow, or with an offer of what the words name.

    Raises:
        UserError: in a group somebody who is no administrator, or no words to follow.

    """
    await require_manager(update, context)
    words = " ".join(context.args or ())
    if not words:
        return Outcome(out=(Send(reply_target(update), choose_body(context.locale)),))
    return await offer(update, context, await _read(context, words))


async def on_words(update: Update, context: Context) -> Outcome:
    """Offer the topic that was asked for in words."""
    await require_manager(update, context)
    text = (update.effective_message and update.effective_message.text) or ""
    return await offer(update, context, await _read(context, text))


async def offer(update: Update, context: Context, topic: Topic) -> Outcome:
    """Reply with an offer to follow a topic, which is kept from now on, so that it has a number.

    What is followed here already is shown as it is.
    """
    known = await find_subscription(context.db, place_of(update, context), topic)
    if known is not None:
        follower = await follower_of(update, context)
        body = made_body(known, follower, view_of(context), is_new=False)
        return Outcome(out=(Send(reply_target(update), body),))
    volume = await _count(context, topic)
    last = None
    if volume.last_id is not None and topic.kind is not TopicKind.ARTICLE:
        passages = await load_passages(context.db, [volume.last_id])
        for passage in passages.values():
            last = await asyncio.to_thread(
                quotation_of, passage, topic, topic.title, context.search.lexicon.sectors
            )
    target, view = reply_target(update), view_of(context)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        topic_id = await add_topic(connection, topic)
        return (Send(target, offer_body(Offer(topic_id, topic, volume.paragraphs, last), view)),)

    return Outcome(write=write)


async def show_offer(update: Update, context: Context, topic_id: int) -> Outcome:
    """Offer the topic of a link; nothing is followed without a tap.

    Raises:
        UserError: there is no such topic (any more).

    """
    await require_manager(update, context)
    topic = (await get_topics(context.db, [topic_id], context.search.synonyms)).get(topic_id)
    if topic is None:
        raise UserError("This link is out of date.")
    return await offer(update, context, topic)


async def on_subscribe(update: Update, context: Context) -> Outcome:
    """Follow a topic from now on, in the way that the button says."""
    parts = data_of(update)
    topic_id, mode = number_at(parts, 0), MODES[min(number_at(parts, 1), len(MODES) - 1)]
    await require_manager(update, context)
    topic = (await get_topics(context.db, [topic_id], context.search.synonyms)).get(topic_id)
    if topic is None:
        raise UserError("This button is out of date.")
    chat_id, row = await pressed_row(update, context)
    place, user_id, at = place_of(update, context), user_of(update).id, context.services.now()
    follower, view = await follower_of(update, context), view_of(context)

    async def write(connection: Transaction) -> tuple[Edit, ...]:
        made, is_new = await add_subscription(
            connection, topic_id, place, user_id, topic.title, at, Wish(mode=mode)
        )
        await keep_language(connection, update, context)
        subscription = await get_subscription_on(connection, made)
        return (Edit(chat_id, row, made_body(subscription, follower, view, is_new=is_new)),)

    return Outcome(write=write)


async def on_more(update: Update, context: Context) -> Outcome:
    """Show what there is to follow, in a new message; in place of a list that leads back."""
    await require_manager(update, context)
    body = choose_body(context.locale)
    if data_of(update):  # back from a list of names
        chat_id, row = await pressed_row(update, context)
        return Outcome(out=(Edit(chat_id, row, body),))
    return Outcome(out=(Send(reply_target(update), body),))


async def on_all(update: Update, context: Context) -> Outcome:
    """Offer all articles."""
    await require_manager(update, context)
    return await offer(update, context, Topic(TopicKind.ALL))


async def on_sectors(update: Update, context: Context) -> Outcome:
    """Show a page of the sectors to follow, in place."""
    page = number_at(data_of(update), 0)
    chat_id, row = await pressed_row(update, context)
    view = view_of(context)
    choices = [
        Choice(
            sector.name(view.locale.language),
            view.locale.count("{n} paragraph", "{n} paragraphs", count),
            f"subsec:{key_of(sector.id)}",
        )
        for key, count in await count_sectors(context.db)
        for sector in list_sectors()
        if sector.id == key
    ]
    lines, rows = choice_page(choices, page, lambda n: f"subsecs:{n}", view)
    body = _choice(context.locale.text("Which sector?"), lines, rows, context)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_sector(update: Update, context: Context) -> Outcome:
    """Offer a sector."""
    await require_manager(update, context)
    key = number_at(data_of(update), 0)
    sector = next((each for each in list_sectors() if key_of(each.id) == key), None)
    if sector is None:
        raise UserError("This button is out of date.")
    return await offer(update, context, _of_sector(sector, context))


async def on_people(update: Update, context: Context) -> Outcome:
    """Show a page of the people to follow, in place."""
    page = number_at(data_of(update), 0)
    chat_id, row = await pressed_row(update, context)
    view = view_of(context)
    choices = [
        Choice(
            each.name,
            view.locale.count("{n} article", "{n} articles", each.articles),
            f"subwho:{each.id}",
        )
        for each in await list_persons(context.db)
    ]
    lines, rows = choice_page(choices, page, lambda n: f"subwhos:{n}", view)
    body = _choice(context.locale.text("Which person?"), lines, rows, context)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_person(update: Update, context: Context) -> Outcome:
    """Offer a person."""
    await require_manager(update, context)
    key = number_at(data_of(update), 0)
    person = next((each for each in await list_persons(context.db) if each.id == key), None)
    if person is None:
        raise UserError("This button is out of date.")
    return await offer(update, context, Topic(TopicKind.PERSON, str(key), title=person.name))


async def on_answer(update: Update, context: Context) -> Outcome:
    """Offer what an answer was about: the words of its question that its passage has."""
    answer_id, place = numbers_of(update, 2)
    await require_manager(update, context)
    asked = asked_in(update, context)
    stored = await get_answer(context.db, answer_id)
    shown = stored.passages[place % len(stored.passages)] if stored.passages else None
    passages = await load_passages(context.db, [shown.paragraph_id] if shown else [])
    if asked is None or not passages:
        raise UserError("This button is out of date.")
    (passage,) = passages.values()
    terms = find_terms(f"{passage.title}\n{passage.text}")
    lemmas = {lemma for word in terms for lemma in word}
    words = [
        word.strip('.,:;!?«»"()') for word in asked.text.split() if read_topic(word).matches(lemmas)
    ]
    return await offer(update, context, await _read(context, " ".join(words)))


async def on_topic(update: Update, context: Context) -> Outcome:
    """Ask for the words of a topic."""
    await require_manager(update, context)
    words = context.locale.text(
        "Which topic? For example: data centres. A word with a minus is excluded: charter -drill"
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, FOLLOW_WORDS, ""),
    )


def _choice(head: str, lines: list[str], rows: Keyboard, context: Context) -> Body:
    """Return names to choose from, with a way back."""
    back = (Button(context.locale.text("Back"), data="submore:1"),)
    return Body("\n".join((escape(head), *lines)), (*rows, back))


async def _read(context: Context, words: str) -> Topic:
    """Return what words name: an article by its number, a sector, a person, else a topic.

    Raises:
        UserError: too many words, none that tells anything, or no such article.

    """
    words = " ".join(words.split())
    if len(words) > MOST_TITLE:
        raise UserError("A topic has {n} characters at most. Leave its main words.", n=MOST_TITLE)
    if words.casefold() in _everything():
        return Topic(TopicKind.ALL)
    numbered = _ARTICLE.fullmatch(words)
    if numbered and (number := as_number(numbered[1])) is not None:
        article = await get_article(context.db, number)
        if article.withdrawn_at:
            raise UserError("The article has been withdrawn.")
        return Topic(TopicKind.ARTICLE, str(number), title=article.article.title)
    sector = find_sector(words)
    if sector:
        return _of_sector(sector, context)
    everybody = await list_persons(context.db)
    name, rest = await asyncio.to_thread(
        find_person, words, [each.name for each in everybody], context.search.lexicon.people
    )
    if name and not rest:
        person = next(each for each in everybody if each.name == name)
        return Topic(TopicKind.PERSON, str(person.id), title=person.name)
    query = await asyncio.to_thread(read_topic, words)
    if not query.include:
        raise UserError("There is no word in this to look for. Write what it is about.")
    return words_topic(query, words)


@cache
def _everything() -> frozenset[str]:
    """Return the words by which everything is meant, in any language: also those of its button."""
    labels = {get_locale(language).text("All articles").casefold() for language in Language}
    return frozenset({*labels, "все", "всё", "all", "everything", "hamısı", "hər şey"})


def _of_sector(sector: Sector, context: Context) -> Topic:
    return Topic(TopicKind.SECTOR, sector.id, title=sector.name(context.locale.language))


async def _count(context: Context, topic: Topic) -> Volume:
    """Return how much there was of a topic lately; of words, among the paragraphs nearest to it."""
    since = context.services.now().date() - LOOK_BACK
    if topic.query is None:
        return await count_topic(context.db, topic, since)
    wanted = " ".join(word for word in topic.title.split() if word[0] not in "-–—−")
    answer = await context.search.find(wanted, MOST_LOOKED_AT, as_written=True)
    ids = [hit.paragraph_id for hit in answer.hits]
    return await count_words(context.db, topic, ids, since)


COMMANDS = (Command("subscribe", subscribe, "Be told of new articles on a topic"),)
BUTTONS = (
    ButtonHandler("subadd", on_subscribe),
    ButtonHandler("submore", on_more),
    ButtonHandler("suball", on_all),
    ButtonHandler("subsecs", on_sectors),
    ButtonHandler("subsec", on_sector),
    ButtonHandler("subwhos", on_people),
    ButtonHandler("subwho", on_person),
    ButtonHandler("subans", on_answer),
    ButtonHandler("subwords", on_topic),
)
PROMPTS = (PromptHandler(FOLLOW_WORDS, on_words),)
