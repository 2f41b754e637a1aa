"""contractbook rules: what is looked at, and why."""

from __future__ import annotations

from argparse import Namespace

from contractbook.cli.call import colour, policy, project, put_out
from contractbook.config.typed import nearest
from contractbook.judge import chosen
from contractbook.reports.rule_pages import as_json, as_markdown, as_text
from contractbook.rules import RULES
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """List the rules, or explain one."""
    wanted = policy(call, project(call))  # the rules of the team's own modules count, too
    if call.rule and call.rule not in RULES:
        raise Wrong(f"there is no rule `{call.rule}`{nearest(call.rule, RULES)}")
    rules = [RULES[call.rule]] if call.rule else [rule for rule in RULES.values() if chosen(wanted, rule)]
    match call.format:
        case "json":
            put_out(call, as_json(sorted(rules, key=lambda rule: rule.id)))
        case "markdown":
            put_out(call, as_markdown(rules))
        case _:
            put_out(call, as_text(rules, colour(call)))
    return 0
