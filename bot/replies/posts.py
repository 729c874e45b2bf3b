"""The posts of people whom the table of titles knows, in the reader's language."""

from collections.abc import Callable, Mapping

from bot.locales import Locale

#: A post of the table by its key in `index/people/aliases.toml`; a test holds that none is missing.
POSTS: Mapping[str, Callable[[Locale], str]] = {
    "deputy_foreign_minister": lambda locale: locale.text("deputy foreign minister"),
    "spokesman": lambda locale: locale.text("spokesman"),
    "foreign_minister": lambda locale: locale.text("foreign minister"),
    "state_secretary": lambda locale: locale.text("secretary of state"),
    "defence_minister": lambda locale: locale.text("defence minister"),
    "economy_minister": lambda locale: locale.text("economy minister"),
    "energy_minister": lambda locale: locale.text("energy minister"),
    "aide": lambda locale: locale.text("aide to the president"),
    "vice_premier": lambda locale: locale.text("deputy prime minister"),
    "first_vice_president": lambda locale: locale.text("first vice-president"),
    "vice_president": lambda locale: locale.text("vice-president"),
    "speaker": lambda locale: locale.text("speaker of the parliament"),
    "chancellor": lambda locale: locale.text("chancellor"),
    "premier": lambda locale: locale.text("prime minister"),
    "president": lambda locale: locale.text("president"),
    "commission_president": lambda locale: locale.text("president of the European Commission"),
    "council_president": lambda locale: locale.text("president of the European Council"),
    "secretary_general": lambda locale: locale.text("secretary general"),
    "high_representative": lambda locale: locale.text("high representative"),
}


def post_words(post: str, locale: Locale) -> str:
    """Return a post in words; one that is not known as it is called in the table."""
    words = POSTS.get(post)
    return words(locale) if words else post.replace("_", " ")
