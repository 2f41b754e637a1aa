"""What the tests of rulesets share with those of the command."""

from tests.cli.conftest import run

__all__ = ["run"]
