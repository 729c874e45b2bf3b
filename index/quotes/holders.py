"""Who holds which role in an article, by its own words and by the table of aliases."""

from dataclasses import dataclass, field
from datetime import date

from index.people.aliases import Aliases, KnownPerson
from index.people.forms import stem
from index.people.kinds import are_opposite, is_kind_of
from index.people.posts import Role, fits, is_at_odds, may_fit, read_role
from index.quotes.candidate import Candidate
from index.quotes.descriptors import is_from
from index.quotes.scene import REACH, Scene
from index.types import Span

#: No article has more people who are told apart by their country; a hostile list may.
_MOST_COMPATRIOTS = 40


@dataclass(slots=True)
class Holders:
    """The roles of the persons of one article, and what the table knows of them on its day."""

    scene: Scene
    aliases: Aliases
    day: date | None
    home: str | None
    _roles: dict[int, tuple[Role, ...]] = field(default_factory=dict)
    _holders: dict[Role, tuple[int, ...]] = field(default_factory=dict)
    _loose: dict[Role, list[int]] = field(default_factory=dict)
    _kinds: dict[str, list[int]] = field(default_factory=dict)
    _known: dict[int, KnownPerson | None] = field(default_factory=dict)

    def of(self, role: Role) -> tuple[int, ...]:
        """Return the persons the author names who hold a role, in text order."""
        if role not in self._holders:
            self._holders[role] = tuple(
                at
                for at in self.scene.first_seen
                if any(fits(role, held, self.aliases) for held in self._roles_of(at))
            )
        return self._holders[role]

    def loosely(self, role: Role) -> list[int]:
        """Return the persons the author names whose post the role may be another word for."""
        if role not in self._loose:
            self._loose[role] = [
                at
                for at in self.scene.first_seen
                if any(may_fit(role, held) for held in self._roles_of(at))
            ]
        return self._loose[role]

    def of_kind(self, role: Role) -> list[int]:
        """Return the persons whose post is of the kind that a noun names: a «дипломат»."""
        if role.post not in self._kinds:
            self._kinds[role.post] = [
                at
                for at in self.scene.first_seen
                if any(is_kind_of(role.post, held.post) for held in self._roles_of(at))
            ]
        return self._kinds[role.post]

    def compatriots(self, noun: str) -> list[int]:
        """Return the persons whom the article says to be of the country a noun is of."""
        return [
            at
            for at in list(self.scene.first_seen)[:_MOST_COMPATRIOTS]
            if any(is_from(noun, word) for word in self.scene.words_beside(at))
        ]

    def has_roles(self, person: int) -> bool:
        """Return whether the article says what the person is."""
        return bool(self._roles_of(person))

    def is_at_odds(self, person: int, role: Role) -> bool:
        """Return whether a role is of a body of another kind than all the person's own."""
        held = self._roles_of(person)
        return bool(held) and all(is_at_odds(role, each) for each in held)

    def is_opposite(self, person: int, role: Role) -> bool:
        """Return whether all the person's roles bar a role: no «адвокат» is the «подсудимый»."""
        held = self._roles_of(person)
        return bool(held) and all(are_opposite(role.post, each.post) for each in held)

    def narrowed(self, fitting: list[int], role: Role, candidate: Candidate) -> list[int]:
        """Return the holders of a role who have its country, or were spoken of last."""
        country = role.country or self.home
        own = [
            at
            for at in fitting
            if any(r.country == country and r.post == role.post for r in self._roles_of(at))
        ]
        if country is not None and own:
            return own
        near = [at for at in self._spoken_of_before(candidate) if at in fitting]
        return near[:1] if len(set(near)) == 1 else fitting

    def by_table(self, role: Role) -> KnownPerson | None:
        """Return who holds a role by the table on the article's day; of no country, at home."""
        return self.aliases.holder(role.post, role.country or self.home, self.day)

    def known(self, person: int) -> KnownPerson | None:
        """Return the row of the table that is this person on the article's day, if one is."""
        if person not in self._known:
            self._known[person] = self._find_known(person)
        return self._known[person]

    def _find_known(self, person: int) -> KnownPerson | None:
        if self.day is None or (
            not self.scene.cast.roles[person] and " " not in self.scene.cast.persons[person].name
        ):
            return None
        found = [
            row
            for row in self.aliases.persons
            if row.holds_on(self.day) and self._is_known(person, row)
        ]
        return found[0] if len({row.name for row in found}) == 1 else None

    def _roles_of(self, person: int) -> tuple[Role, ...]:
        if person not in self._roles:
            titles = [span.of(self.scene.frame.text) for span in self.scene.cast.roles[person]]
            found = [read_role(title, self.aliases) for title in titles]
            known = self.known(person)
            if known is not None:
                found = [r for r in found if r.post != known.post or r.country] or found
                found = [
                    Role(r.post, r.country or known.country, r.body, r.is_former)
                    if r.post == known.post
                    else r
                    for r in found
                ]
            self._roles[person] = tuple(found)
        return self._roles[person]

    def _is_known(self, person: int, row: KnownPerson) -> bool:
        first, _, surname = self.scene.cast.persons[person].key
        names = row.name.split()
        if surname != stem(names[-1]):
            return False
        gender = self.scene.cast.persons[person].gender
        if gender is not None and row.gender and gender != row.gender:
            return False
        if first in {stem(name) for name in names[:-1]}:
            return True
        return not first and bool(self.scene.cast.roles[person])

    def _spoken_of_before(self, candidate: Candidate) -> list[int]:
        """Return the persons named in this paragraph and the one before, up to the quote."""
        line = self.scene.frame.line_at(candidate.outer.start)
        start = max(self.scene.frame.lines[max(0, line - 1)].start, candidate.outer.start - REACH)
        inside = self.scene.mentions_in(Span(start, candidate.outer.start))
        return [at for _, at in inside if at is not None]
