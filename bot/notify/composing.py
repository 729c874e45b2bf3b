"""What becomes of the due notices of one place: messages, worded from the present versions.

An article that was changed is told as it is now; one that was withdrawn, or is not about the topic
any more, is dropped; and nothing is told in quiet hours, even if it fell due while the bot was off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.locales import get_locale
from bot.notify.asking import Find
from bot.notify.corrections import find_corrections
from bot.notify.due import QUIET_HOURS, schedule_of, schedule_of_chat
from bot.notify.letters import Article, Letter, news_letters, public_letter, send_of
from bot.notify.news import Newsroom
from bot.notify.schedule import Schedule, is_quiet, next_due
from bot.replies.alert import found_body
from bot.replies.correction import correction_body
from bot.replies.outcome import Body
from bot.replies.passage import View
from bot.search import Search
from bot.store.announcements import Announcement, load_announcements
from bot.store.broadcasts import get_broadcast
from bot.store.database import Database
from bot.store.followers import Follower
from bot.store.notices import Cause, Notice
from bot.store.subscriptions import (
    Mode,
    Subscription,
    SubscriptionState,
    load_subscriptions,
)
from bot.store.topics import get_topics
from bot.store.watches import Watch, load_watches
from index.types import Language, Verdict

#: Why a notice is given up; /deliveries has the words for it.
UNSUBSCRIBED, WITHDRAWN, NOT_ABOUT_IT = "unsubscribed", "withdrawn", "no longer about it"
ANSWERED = "answered"


@dataclass(slots=True)
class Plan:
    """What becomes of notices: letters, those to be dropped, those to be held until a moment.

    The words of the latter two say why.
    """

    letters: list[Letter] = field(default_factory=list)
    dropped: list[tuple[Notice, str]] = field(default_factory=list)
    held: list[tuple[Notice, datetime, str | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Turn:
    """The turn of one place: what is due there, who takes it, and what has become of it so far."""

    notices: Sequence[Notice]
    announcements: dict[int, Announcement]
    follower: Follower
    view: View
    at: datetime
    plan: Plan = field(default_factory=Plan)

    def of(self, cause: Cause) -> list[Notice]:
        """Return the notices with a cause."""
        return [each for each in self.notices if each.cause is cause]

    def drop(self, notice: Notice, reason: str) -> None:
        """Give a notice up."""
        self.plan.dropped.append((notice, reason))

    def holds(self, notice: Notice, schedule: Schedule | None = None) -> bool:
        """Hold a notice until the quiet hours end; return whether they are now.

        Those of the chat, unless what it is told because of has a `schedule` of its own.
        """
        schedule = schedule or schedule_of_chat(self.follower)
        if not is_quiet(schedule, self.at):
            return False
        awake = Schedule(Mode.INSTANT, schedule.zone, quiet=schedule.quiet)
        self.plan.held.append((notice, next_due(awake, self.at), QUIET_HOURS))
        return True

    def write(self, body: Body, *notices: Notice) -> None:
        """Add a letter, with a sound, that tells of notices."""
        self.plan.letters.append(Letter(send_of(body, notices[0]), notices))


class Composer:
    """Makes letters of notices."""

    def __init__(
        self,
        db: Database,
        search: Search,
        newsroom: Newsroom,
        find: Find,
        *,
        language: Language,
        username: Callable[[], str],
    ) -> None:
        self._db, self._search, self._newsroom, self._find = db, search, newsroom, find
        self._language, self._username = language, username

    async def refresh(self) -> None:
        """See the articles as they are now."""
        await self._search.refresh()

    async def compose(self, notices: Sequence[Notice], follower: Follower, at: datetime) -> Plan:
        """Return what becomes of the notices of one place that are due at `at`."""
        items = {each.item for each in notices if each.cause is not Cause.BROADCAST}
        announcements = await load_announcements(self._db, items)
        view = View(get_locale(follower.language or self._language), at.date(), self._username())
        turn = _Turn(notices, announcements, follower, view, at)
        await self._add_news(turn)
        await self._add_found(turn)
        await self._add_corrections(turn)
        await self._add_broadcasts(turn)
        if follower.is_channel:
            turn.plan.letters = [public_letter(letter, view) for letter in turn.plan.letters]
        return turn.plan

    async def _add_broadcasts(self, turn: _Turn) -> None:
        """Add a letter for each message of the owner, just as he wrote it."""
        for notice in turn.of(Cause.BROADCAST):
            if not turn.holds(notice):
                broadcast = await get_broadcast(self._db, notice.cause_id)
                turn.write(Body(broadcast.html), notice)

    async def _add_corrections(self, turn: _Turn) -> None:
        """Add a letter for each article of which this place was shown what it says no more."""
        articles: dict[int, list[Notice]] = {}
        for notice in turn.of(Cause.CORRECTION):
            announcement = turn.announcements.get(notice.item)
            if announcement is None or not turn.follower.takes_corrections:
                turn.drop(notice, WITHDRAWN if announcement is None else UNSUBSCRIBED)
            elif not turn.holds(notice):
                articles.setdefault(announcement.article_id, []).append(notice)
        for article_id, notices in articles.items():
            news = await self._newsroom.get(article_id, self._search.version)
            found = await find_corrections(self._db, news, [each.cause_id for each in notices])
            if found:
                turn.write(correction_body(found, turn.view), *notices)
                continue
            for notice in notices:
                turn.drop(notice, WITHDRAWN if news is None else NOT_ABOUT_IT)

    async def _add_news(self, turn: _Turn) -> None:
        """Add letters about all that subscriptions tell of."""
        notices = turn.of(Cause.SUBSCRIPTION)
        if not notices:
            return  # a broadcast has thousands of turns
        subscriptions = await load_subscriptions(self._db, [each.cause_id for each in notices])
        ids = {each.topic_id for each in subscriptions.values()}
        topics = await get_topics(self._db, ids, self._search.synonyms)
        articles: dict[int, Article] = {}
        for notice in notices:
            subscription = subscriptions.get(notice.cause_id)
            announcement = turn.announcements.get(notice.item)
            reason = _why_not(subscription)
            if subscription is None or announcement is None or reason:
                gone = UNSUBSCRIBED if subscription is None else WITHDRAWN
                turn.drop(notice, reason or gone)
                continue
            schedule = schedule_of(subscription, turn.follower)
            if not announcement.is_urgent and turn.holds(notice, schedule):
                continue
            topic = topics[subscription.topic_id]
            news = await self._newsroom.get(announcement.article_id, self._search.version)
            if news is None:
                turn.drop(notice, WITHDRAWN)
            elif not news.find_passages(topic):
                turn.drop(notice, NOT_ABOUT_IT)
            else:
                article = articles.setdefault(news.article_id, Article(news))
                article.notices.append(notice)
                article.causes.append((subscription, topic))
                article.is_urgent |= announcement.is_urgent
        turn.plan.letters += news_letters(list(articles.values()), turn.view)

    async def _add_found(self, turn: _Turn) -> None:
        """Add a letter for each question that has an answer now, whichever article it is of."""
        notices = turn.of(Cause.WATCH)
        watches = await load_watches(self._db, [each.cause_id for each in notices])
        answered = {key for key, watch in watches.items() if watch.is_answered}
        for notice in notices:
            watch = watches.get(notice.cause_id)
            if watch is None or watch.id in answered:
                turn.drop(notice, ANSWERED if watch else UNSUBSCRIBED)
            elif not turn.holds(notice):
                body = await self._found(watch, turn.view)
                if body is None:  # it goes on waiting: another article may answer it
                    turn.drop(notice, NOT_ABOUT_IT)
                    continue
                turn.write(body, notice)
                answered.add(watch.id)

    async def _found(self, watch: Watch, view: View) -> Body | None:
        """Return the passage that answers a question now, None if none does any more."""
        answer = await self._find(watch.question)
        quotations = await self._search.quote(answer, answer.hits[:1])
        if answer.verdict is not Verdict.ANSWER or not quotations:
            return None
        return found_body(watch.question, quotations[0], view)


def _why_not(subscription: Subscription | None) -> str | None:
    """Return why a subscription does not tell any more, None if it does."""
    if subscription is None:
        return UNSUBSCRIBED
    if subscription.state is not SubscriptionState.ACTIVE:
        return subscription.state.value
    return None
