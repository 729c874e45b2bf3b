"""Letters to followers: which articles make an alert each, and which a digest together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.notify.due import DIGEST, QUIET_HOURS
from bot.notify.news import News, quotation_of
from bot.replies.alert import MOST_PASSAGES, Told, Why, alert_body, digest_body, public_keyboard
from bot.replies.outcome import Body, Send, Target
from bot.replies.passage import View
from bot.store.notices import MISSED, Notice
from bot.store.outbox import Prio
from bot.store.subscriptions import Subscription
from bot.store.topics import Topic

#: More articles than this for one place at once are one digest, whatever was asked for.
#: Source: issue of followers, 2.
MOST_ALERTS = 5

#: Why a notice was not told at once; what was held for such a reason comes together.
_FOR_DIGEST = frozenset({DIGEST, QUIET_HOURS, MISSED})


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, and the notices that it tells of."""

    send: Send
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class Article:
    """An article for one place: what it is told because of."""

    news: News
    notices: list[Notice] = field(default_factory=list)
    causes: list[tuple[Subscription, Topic]] = field(default_factory=list)
    is_urgent: bool = False


def news_letters(articles: Sequence[Article], view: View) -> list[Letter]:
    """Return an alert for each article that is told at once, and a digest of all others."""
    is_much = len(articles) > MOST_ALERTS
    alone, together = list[Article](), list[Article]()
    for article in articles:
        (together if is_much or _is_for_digest(article) else alone).append(article)
    letters = [_letter([article], view) for article in alone]
    return [*letters, _letter(together, view)] if together else letters


def public_letter(letter: Letter, view: View) -> Letter:
    """Return a letter for a channel, where everybody may press and nobody is answered."""
    body = replace(letter.send.body, keyboard=public_keyboard(letter.send.body.keyboard, view))
    return replace(letter, send=replace(letter.send, body=body))


def send_of(body: Body, notice: Notice, *, is_silent: bool = False) -> Send:
    """Return a message to the place of a notice."""
    target = Target(notice.chat_id, notice.thread_id or None)
    return Send(target, body, Prio.BROADCAST, is_silent=is_silent)


def _is_for_digest(article: Article) -> bool:
    """Return whether an article waited for an hour, or its chat was away: no cause is at once.

    A notice that had a message before was called back from a digest, or refused by its chat.
    """
    return all(each.reason in _FOR_DIGEST or each.tries for each in article.notices)


def _letter(articles: Sequence[Article], view: View) -> Letter:
    notices = tuple(notice for article in articles for notice in article.notices)
    causes = [each for article in articles for each, _ in article.causes]
    if len(articles) == 1:
        ids = {each.id for each in causes}
        told = _told(articles[0], MOST_PASSAGES)
        body = alert_body(told, view, ids.pop() if len(ids) == 1 else None)
    else:
        body = digest_body([_told(article, 1) for article in articles], view)
    is_silent = all(each.is_silent for each in causes)
    return Letter(send_of(body, notices[0], is_silent=is_silent), notices)


def _told(article: Article, most: int) -> Told:
    """Return what is told of an article: its passages about any of the topics, in text order."""
    found: dict[int, tuple[Subscription, Topic]] = {}
    for cause in article.causes:
        for passage in article.news.find_passages(cause[1]):
            found.setdefault(passage.paragraph_id, cause)
    matching = [each for each in article.news.passages if each.paragraph_id in found]
    quotations = tuple(
        quotation_of(passage, topic, subscription.title, article.news.sectors)
        for passage in matching[:most]
        for subscription, topic in [found[passage.paragraph_id]]
    )
    return Told(tuple(_whys(article.causes)), quotations, len(matching), article.is_urgent)


def _whys(causes: Iterable[tuple[Subscription, Topic]]) -> list[Why]:
    return list(dict.fromkeys(Why(topic.kind, each.title) for each, topic in causes))
