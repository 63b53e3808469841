"""What a command takes at the terminal, and the one line that says what was wrong with it.

The library's own words are English and of several lines; a person at the terminal reads ours.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAMEWORK = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}  # what every management command takes besides
WORDS: tuple[tuple[str, str, str], ...] = (
    (r"the following arguments are required: (.+)", "thiếu {0}", "{0} is missing"),
    (r"one of the arguments (.+) is required", "cần một trong {0}", "one of {0} is needed"),
    (r"unrecognized arguments: (.+)", "không nhận {0}", "{0} is not known here"),
    (
        r"ambiguous option: (\S+) could match (.+)",
        "{0} có thể là {1}; hãy viết đủ",
        "{0} may be {1}; write it in full",
    ),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        "{0} không có lựa chọn {1}; có: {2}",
        "{0} is one of {2}, not {1}",
    ),
    (
        r"argument (.+?): invalid \S+ value: (.+)",
        "{0} có giá trị không đúng dạng: {1}",
        "{0} has a value of the wrong form: {1}",
    ),
    (r"argument (.+?): not allowed with argument (.+)", "{0} không đi cùng {1}", "{0} or {1}"),
    (
        r"argument (.+?): ignored explicit argument (.+)",
        "{0} không nhận giá trị {1}",
        "{0} takes no value {1}",
    ),
    (r"argument (.+?): expected .*argument.*", "{0} cần một giá trị", "{0} needs a value"),
)
"""What the library says, ours in Vietnamese, ours in English."""


class Misused(CannotGoOn):
    """The command was called with something that it does not take; exit code 2."""

    status = 2


def misused(command: str, message: str) -> Misused:
    """The library's complaint about the arguments of a command, in our words."""
    help_ = f"./tinhso help {command}"
    for pattern, vietnamese, english in WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            given = found.groups()
            said, told = vietnamese.format(*given), english.format(*given)
            return Misused(f"{command}: {said}. Xem {help_}", f"{told}.")
    return Misused(f"{command}: tham số không đúng. Xem {help_}", f"{message}.")


class Arguments(argparse.ArgumentParser):
    """The arguments of one of our commands: refuses in one line of ours, helps in our words."""

    def __init__(self, command: str) -> None:
        super().__init__(prog=f"./tinhso {command}")
        self.command = command

    def error(self, message: str) -> NoReturn:
        """Refuse what was given."""
        raise misused(self.command, message)

    def format_help(self) -> str:
        """The help of the library would be half English."""
        return "\n".join(described(self, self.command)) + "\n"


def described(parser: argparse.ArgumentParser, command: str) -> Iterator[str]:
    """How to call a command, then each argument in a line; those of the framework are left out."""
    actions = [each for each in parser._actions if each.dest not in FRAMEWORK]  # noqa: SLF001 - the library tells its arguments no other way
    yield " ".join([f"./tinhso {command}", *(_synopsis(action) for action in actions)])
    for action in actions:
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            words = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
            for name, inner in action.choices.items():
                yield ""
                yield f"  {name}: {words.get(name, '')}"
                yield from (f"  {line}" for line in described(inner, f"{command} {name}"))
        elif action.help:
            yield f"  {_name(action):<24}{action.help}"


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return _value(action)
    option = action.option_strings[-1]
    return option if action.nargs == 0 else f"{option} {_value(action)}"


def _value(action: argparse.Action) -> str:
    if action.choices is not None:
        return "|".join(str(choice) for choice in action.choices)
    return str(action.metavar or action.dest.upper())


def _synopsis(action: argparse.Action) -> str:
    is_needed = action.required and action.nargs not in ("?", "*")
    return _name(action) if is_needed else f"[{_name(action)}]"
