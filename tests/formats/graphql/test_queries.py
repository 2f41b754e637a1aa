"""What a query touches of a schema: the fields that it asks for, with their arguments, and nothing else."""

from __future__ import annotations

from tests.formats.graphql.test_read import read_one

from contractbook.consumers import queries
from contractbook.consumers.touched import touched
from contractbook.finding import Direction
from contractbook.source.document import Document

SCHEMA = """
type Query { product(id: ID!): Product }
type Product { name: String!, reviews(first: Int, by: Order): [Review!]!, offer: Offer, found: Found }
type Review { stars: Int!, text: String }
type Offer { amount: Float! }
union Found = Review | Offer
enum Order { NEWEST }
"""
QUERY = 'query { product(id: "7") { reviews(by: NEWEST) { stars } found { ... on Offer { amount } } } }'


def test_a_query_touches_what_it_names() -> None:
    contract = read_one(SCHEMA)
    consumer, _ = queries.read(Document("shop.graphql", QUERY.encode()))
    assert consumer is not None
    found = touched(contract, next(contract.operations()), consumer.uses[0])
    assert not found.missing
    inner = {
        (pointer, way) for (_, pointer, way), mark in found.marks.items() if mark.said and "." in pointer
    }
    assert inner == {
        ("Query.product(id:)", Direction.INPUT),
        ("Product.reviews", Direction.OUTPUT),
        ("Product.reviews(by:)", Direction.INPUT),
        ("Order.NEWEST", Direction.INPUT),
        ("Review.stars", Direction.OUTPUT),
        ("Product.found", Direction.OUTPUT),
        ("Offer.amount", Direction.OUTPUT),
    }
