"""What stands around contracts: their consumers, and how versions follow one another.

These rules look at more than a contract or a pair of versions; `consumers` and `migration` tell what they
find, and here it is explained.
"""
