"""contractbook rules: what is looked at, and why."""

from __future__ import annotations

from argparse import Namespace

from contractbook.cli.call import colour, policy, project, put_out
from contractbook.config.typed import nearest
from contractbook.judge import chosen
from contractbook.reports.rule_pages import as_json, as_markdown, as_text
from contractbook.rules import every
from contractbook.wrong import Wrong


def run(call: Namespace) -> int:
    """List the rules, or explain one."""
    wanted = policy(call, project(call))  # the rules of the team's own modules count, too
    known = every()
    if call.rule and call.rule not in known:
        raise Wrong(f"there is no rule `{call.rule}`{nearest(call.rule, known)}")
    meant = {call.rule} if call.rule else {id for id, rule in known.items() if chosen(wanted, rule)}
    rules = [known[id] for id in sorted(meant)]
    match call.format:
        case "json":
            put_out(call, as_json(rules))
        case "markdown":
            put_out(call, as_markdown(rules))
        case _:
            put_out(call, as_text(rules, colour(call)))
    return 0
