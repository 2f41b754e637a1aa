"""What only a GraphQL schema can be told, about one of them and about two versions."""

from __future__ import annotations

from contractbook.formats.graphql import changes

__all__ = ["changes"]
