"""All that is followed, in memory: what a new article has to be compared with."""

from collections import Counter, defaultdict

from bot.notify.news import News
from bot.store.announcements import AnnouncementKind
from bot.store.database import Database
from bot.store.synonyms import load_synonyms
from bot.store.topics import TopicKind, find_topics, list_word_topics
from bot.store.watches import list_watches_after
from index.percolation import Percolator, read_topic
from index.synonyms import shipped

#: Read from the store at once: a batch is a few milliseconds, and questions come between two.
_BATCH = 200

#: A question may be answered by an article that has this share of its words, at least: an answer
#: may lack some, but hardly more. Each such question is then asked in full.
WATCH_SHARE = 0.5


class Followed:
    """The topics of words, and the words of the questions that wait for an answer.

    Fed by number: rows are never changed, and what nobody follows any more finds no follower.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._topics = Percolator()
        self._last_topic = 0
        self._last_watch = 0
        self._watch_sizes: dict[int, int] = {}
        self._watch_words: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._synonyms = shipped()

    async def refresh(self) -> None:
        """Take in what came to be followed since the last time; all anew for other synonyms."""
        table = await load_synonyms(self._db)
        if table != self._synonyms:
            self._topics, self._last_topic, self._last_watch = Percolator(), 0, 0
            self._watch_sizes.clear()
            self._watch_words.clear()
            self._synonyms = table
        while topics := await list_word_topics(self._db, self._last_topic, _BATCH, table):
            for stored in topics:
                if stored.topic.query:
                    self._topics.add(stored.id, stored.topic.query)
                self._last_topic = stored.id
        while watches := await list_watches_after(self._db, self._last_watch, _BATCH):
            for watch in watches:
                self._add_watch(watch.id, watch.question)
                self._last_watch = watch.id

    def forget_watch(self, watch_id: int) -> None:
        """Compare a question no more."""
        self._watch_sizes.pop(watch_id, None)

    async def find_topics(self, news: News, kind: AnnouncementKind) -> list[int]:
        """Return the numbers of the topics that a piece of news is about, in order.

        A change is told to those who follow the article itself, all else is about new ones.
        """
        if kind is AnnouncementKind.CHANGED:
            return await find_topics(self._db, TopicKind.ARTICLE, [str(news.article_id)])
        found = list(self._topics.find(news.lemmas))
        found += await find_topics(self._db, TopicKind.ALL, [""])
        for each in (TopicKind.SECTOR, TopicKind.PERSON):
            subjects = [subject for kind_, subject in news.subjects if kind_ is each]
            if subjects:
                found += await find_topics(self._db, each, subjects)
        return sorted(found)

    def find_watches(self, news: News) -> list[int]:
        """Return the questions that an article may answer, by number."""
        said: set[tuple[int, int]] = set()
        for lemma in frozenset[str]().union(*news.lemmas):
            said |= self._watch_words.get(lemma, set())
        counts = Counter(key for key, _ in said)
        sizes = self._watch_sizes
        return sorted(
            key
            for key, count in counts.items()
            if key in sizes and count >= sizes[key] * WATCH_SHARE
        )

    def _add_watch(self, watch_id: int, question: str) -> None:
        """Keep the words of a question, each with all that mean the same."""
        needs = read_topic(question, self._synonyms).include
        self._watch_sizes[watch_id] = len(needs)
        for number, need in enumerate(needs):
            for lemma in {lemma for phrase in need for lemma in phrase}:
                self._watch_words[lemma].add((watch_id, number))
