"""The posts of the table of titles, in words."""

import tomllib
from pathlib import Path

import pytest

from bot.locales import get_locale
from bot.replies.posts import POSTS, post_words
from index.types import Language

TABLE = Path(__file__).parents[4] / "index" / "people" / "aliases.toml"


def test_every_post_of_the_table_has_words() -> None:
    """A new one is added here as well."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    assert set(table["posts"]) == set(POSTS)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.RU, "министр иностранных дел, Турция, Европейский союз, НАТО"),
        (Language.EN, "foreign minister, Türkiye, European Union, NATO"),
        (Language.AZ, "xarici işlər naziri, Türkiyə, Avropa Birliyi, NATO"),
    ],
)
def test_posts_and_countries_are_in_the_readers_language(language: Language, words: str) -> None:
    """Those of unions too."""
    locale = get_locale(language)
    said = (post_words("foreign_minister", locale), *map(locale.country, ("tr", "eu", "nato")))
    assert ", ".join(said) == words
