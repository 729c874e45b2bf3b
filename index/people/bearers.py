"""A person being put together from mentions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.people.mention import NameMention
from index.people.names import is_same_name, surname_key
from index.types import Span


@dataclass(slots=True)
class Bearer:
    """A person being put together from mentions."""

    mentions: list[NameMention] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    first: str = ""
    patronymic: str = ""
    surname: str = ""
    genders: frozenset[str] = frozenset({"masc", "femn"})

    def add(self, mention: NameMention, roles: Iterable[Span]) -> None:
        """Take a mention in, and what it adds to the name."""
        self.mentions.append(mention)
        self.roles.extend(roles)
        if len(mention.first) > len(self.first) or self.first[1:2] == ".":
            self.first = mention.first or self.first
        self.patronymic = self.patronymic or mention.patronymic
        self.surname = self.surname or mention.surname
        self.genders = (self.genders & mention.genders) or self.genders

    def takes(self, mention: NameMention) -> bool:
        """Return whether the mention may be of this person."""
        if mention.surname and self.surname:
            if surname_key(mention.surname) != surname_key(self.surname):
                return False
        elif not (mention.first and self.first):
            return False
        if not bool(self.genders & mention.genders):
            return False
        return is_same_name(mention.first, self.first) and _is_same_patronymic(
            mention.patronymic, self.patronymic
        )


def _is_same_patronymic(one: str, other: str) -> bool:
    """Return whether two patronymics may be one; «Петровне» and «Петровна» differ by case."""
    return not one or not other or surname_key(one)[:-1] == surname_key(other)[:-1]
