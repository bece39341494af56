"""The part that is being cleaned: where its references lead, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.collect import links
from pipeline.collect.kinds import IMAGE, LINK, RELATIONSHIPS, Kind
from pipeline.collect.relations import Relation
from pipeline.collect.shelf import GREY
from pipeline.collect.verdict import Finding

if TYPE_CHECKING:
    from pipeline.collect.rebuild import Rebuild

_IMAGE_TYPE = next(kind for kind, name in RELATIONSHIPS.items() if name == IMAGE)


@dataclass(kw_only=True)
class Sheet:
    """One part: its name, kind and slide number, its relationships, and the deck it belongs to."""

    deck: Rebuild
    part: str
    kind: Kind
    slide: int | None
    relations: dict[str, Relation] = field(default_factory=dict)

    @property
    def shows(self) -> frozenset[str]:
        """Return the ids of the deck's custom shows, to which a link may lead."""
        return self.deck.shows

    def note(self, code: str, where: str = "", detail: str = "") -> None:
        """Record a finding in this part."""
        self.deck.removals.append(Finding(code=code, slide=self.slide, where=where, detail=detail))

    def leads_to(self, key: str, kind: str) -> bool:
        """Return whether an id leads to a part of a kind that is kept."""
        relation = self.relations.get(key)
        if relation is None or relation.external or not relation.target:
            return False
        return RELATIONSHIPS.get(relation.type) == kind and self.deck.stays(relation.target, kind, self)

    def is_address(self, relation: Relation) -> bool:
        """Return whether a relationship is a link to an address that is kept."""
        return relation.external and RELATIONSHIPS.get(relation.type) == LINK and links.allowed(relation.target)

    def explained(self, key: str) -> bool:
        """Return whether another finding explains why an id leads nowhere."""
        relation = self.relations.get(key)
        return relation is not None and bool(relation.external or relation.target)

    def fault(self, key: str) -> tuple[str, str]:
        """Return why the picture of an id cannot be kept, as a code and a detail."""
        relation = self.relations.get(key)
        return self.deck.shelf.piece(relation.target).fault if relation else ("picture", "")

    def grey(self) -> str:
        """Return an id that leads to the grey picture."""
        return self._led(GREY)

    def old_preview(self, shape: str) -> str:
        """Return an id that leads to an object's preview in a VML drawing, empty if there is none."""
        target = self.deck.old_preview(self.relations, shape)
        return self._led(target) if target and self.deck.stays(target, IMAGE, self) else ""

    def _led(self, target: str) -> str:
        """Return the id of a relationship to a picture; it is added if the part has none."""
        for relation in self.relations.values():
            if relation.target == target and relation.type == _IMAGE_TYPE and not relation.external:
                return relation.id
        key = next(f"picture{n}" for n in range(1, 10_000) if f"picture{n}" not in self.relations)
        self.relations[key] = Relation(id=key, type=_IMAGE_TYPE, target=target)
        return key


def implied(relations: Mapping[str, Relation], kinds: tuple[str, ...]) -> list[Relation]:
    """Return the relationships inside the deck that need no element to name them."""
    return [each for each in relations.values() if not each.external and RELATIONSHIPS.get(each.type) in kinds]
