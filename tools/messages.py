"""`tools/messages.py update|check`: the catalogues of `src/tinhso/locale` against the sources.

`update` adds new messages without a translation, drops those that nothing says any more, and writes
the compiled `.mo` beside each `.po`; `check` changes nothing and prints what is wrong. Messages are
read with Python's own parser and Django's own templatizer, so neither GNU gettext nor another
package is wanted. `locale/en` must translate every message; `locale/vi` holds only sentences of
Django and django-allauth that are missing or clumsy in their own Vietnamese catalogues.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tinhso"
LOCALE = SOURCE / "locale"
LANGUAGES = ("en", "vi")
COMPLETE = "en"
"""The language that must translate whatever the sources say."""
FUNCTIONS = {
    "gettext": ("one",),
    "gettext_lazy": ("one",),
    "gettext_noop": ("one",),
    "ngettext": ("one", "many"),
    "ngettext_lazy": ("one", "many"),
    "pgettext": ("context", "one"),
    "pgettext_lazy": ("context", "one"),
    "npgettext": ("context", "one", "many"),
    "npgettext_lazy": ("context", "one", "many"),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)(?:[!:][^{}]*)?\}")
TEMPLATE_STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)"
    rf"\(\s*({TEMPLATE_STRING}(?:\s*,\s*{TEMPLATE_STRING})*)",
    re.DOTALL,
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
GLUE = "\x04"
"""What parts the context from the message in a compiled catalogue."""
MAGIC = 0x950412DE


@dataclass(frozen=True, order=True)
class Message:
    """What a source says: context ("" for none), the sentence, and its plural or ""."""

    context: str
    one: str
    many: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what a catalogue finds it: the plural does not count."""
        return self.context, self.one


@dataclass
class Catalogue:
    """One `.po`: its header and, by message, the translation (one form, or one per plural)."""

    header: str
    entries: dict[Message, list[str]] = field(default_factory=dict)


def messages() -> dict[Message, list[str]]:
    """Every message of the sources with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        parts = set(path.relative_to(SOURCE).parts)
        if parts & {"tests", "migrations", "locale"} or path.suffix not in {".py", ".html", ".txt"}:
            continue
        text = path.read_text(encoding="utf-8")
        said = python_messages(text) if path.suffix == ".py" else template_messages(text)
        for message in said:
            files = found.setdefault(message, [])
            if (name := str(path.relative_to(SOURCE))) not in files:
                files.append(name)
    return found


def python_messages(text: str) -> Iterator[Message]:
    """The messages of a module: calls of the functions that it imports for translation."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if roles := names.get(node.func.id):
            yield _message(roles, [_literal(argument) for argument in node.args])


def _literal(node: ast.expr) -> str | None:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if constant else None  # type: ignore[attr-defined]


def template_messages(text: str) -> Iterator[Message]:
    """The messages of a Django template."""
    for call in TEMPLATE_CALL.finditer(templatize(text)):
        roles = FUNCTIONS["gettext" if call[1] == "_" else call[1]]
        strings = re.findall(TEMPLATE_STRING, call[2], re.DOTALL)
        yield _message(roles, [ast.literal_eval(string) for string in strings])


def _message(roles: tuple[str, ...], values: list[str | None]) -> Message:
    known = dict(zip(roles, values, strict=False))
    if any(known.get(role) is None for role in roles):
        raise SystemExit(f"a message must be written out where it is said: {values}")
    return Message(**{"context": "", **{role: str(value) for role, value in known.items()}})


def read(path: Path) -> Catalogue:
    """A `.po` as `write` leaves it: no obsolete or fuzzy entries."""
    catalogue = Catalogue(header="")
    if not path.is_file():
        return catalogue
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        parts: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                keyword, _, line = line.partition(" ")  # noqa: PLW2901 - the rest of the line
            quoted = QUOTED.fullmatch(line.strip())
            if quoted is None:
                raise SystemExit(f"{path.name}: not understood: {line}")
            parts[keyword] = parts.get(keyword, "") + ast.literal_eval(f'"{quoted[1]}"')
        message = Message(
            parts.get("msgctxt", ""), parts.get("msgid", ""), parts.get("msgid_plural", "")
        )
        forms = [value for keyword, value in parts.items() if keyword.startswith("msgstr")]
        if message.one:
            catalogue.entries[message] = forms
        else:
            catalogue.header = forms[0]
    return catalogue


def written(catalogue: Catalogue, said: dict[Message, list[str]]) -> str:
    """The text of a `.po`, in the order of the files that say its messages."""
    blocks = ["\n".join(['msgid ""', *_lines("msgstr", catalogue.header)])]
    order = sorted(catalogue.entries, key=lambda message: (said.get(message, [""])[0], message))
    for message in order:
        lines = [f"#: {name}" for name in said.get(message, [])]
        if message.context:
            lines += _lines("msgctxt", message.context)
        lines += _lines("msgid", message.one)
        if message.many:
            lines += _lines("msgid_plural", message.many)
            for number, form in enumerate(catalogue.entries[message]):
                lines += _lines(f"msgstr[{number}]", form)
        else:
            lines += _lines("msgstr", catalogue.entries[message][0])
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _lines(keyword: str, text: str) -> list[str]:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    parts = [part.replace("\n", "\\n") for part in escaped.splitlines(keepends=True)]
    if len(parts) <= 1:
        return [f'{keyword} "{"".join(parts)}"']
    return [f'{keyword} ""', *(f'"{part}"' for part in parts)]


def compiled(catalogue: Catalogue) -> bytes:
    """The `.mo` of a catalogue as GNU gettext lays it out: two tables of length and place."""
    texts = {"": catalogue.header}
    for message, forms in catalogue.entries.items():
        key = f"{message.context}{GLUE}{message.one}" if message.context else message.one
        texts[f"{key}\0{message.many}" if message.many else key] = "\0".join(forms)
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items() if value)
    first = 7 * 4
    place = first + 16 * len(pairs)
    tables, strings = [], []
    for column in (0, 1):
        table = b""
        for pair in pairs:
            table += struct.pack("<II", len(pair[column]), place)
            strings.append(pair[column] + b"\0")
            place += len(pair[column]) + 1
        tables.append(table)
    head = struct.pack(
        "<7I", MAGIC, 0, len(pairs), first, first + 8 * len(pairs), 0, first + 16 * len(pairs)
    )
    return head + b"".join(tables) + b"".join(strings)


def faults(catalogue: Catalogue, said: Iterable[Message] = ()) -> list[str]:
    """What is wrong: untranslated, no longer said, not composed, placeholders that differ."""
    known = {message.key for message in said}
    have = {message.key for message in catalogue.entries}
    wrong = [f"not in the catalogue: {one}" for _context, one in sorted(known - have)]
    if known:
        wrong += [f"nothing says any more: {one}" for _context, one in sorted(have - known)]
    for message, forms in catalogue.entries.items():
        wrong += [f"no translation: {message.one}" for form in forms if not form.strip()]
        wrong += [
            f"not in the composed form of Unicode: {text}"
            for text in (message.one, message.many, *forms)
            if not unicodedata.is_normalized("NFC", text)
        ]
        wanted = _placeholders(message.one) | _placeholders(message.many)
        for number, form in enumerate(forms):
            has = _placeholders(form)
            if form.strip() and (has - wanted or (wanted - has and number == len(forms) - 1)):
                wrong.append(f"other placeholders: {message.one} → {form}")
    return wrong


def _placeholders(text: str) -> set[str]:
    return {name or other for name, other in PLACEHOLDER.findall(text.replace("%%", ""))}


def paths(language: str) -> tuple[Path, Path]:
    """The `.po` and the `.mo` of a language."""
    folder = LOCALE / language / "LC_MESSAGES"
    return folder / "django.po", folder / "django.mo"


def update() -> int:
    """Bring the catalogues in step with the sources; say what is left to translate."""
    said = messages()
    left = 0
    for language in LANGUAGES:
        source, target = paths(language)
        catalogue = read(source)
        if language == COMPLETE:
            known = {message.key: forms for message, forms in catalogue.entries.items()}
            catalogue.entries = {
                message: _forms(message, known.get(message.key, [])) for message in said
            }
        left += sum(not all(forms) for forms in catalogue.entries.values())
        source.write_text(written(catalogue, said), encoding="utf-8")
        target.write_bytes(compiled(catalogue))
    sys.stdout.write(f"{len(said)} messages, {left} to translate\n")
    return 0


def _forms(message: Message, known: list[str]) -> list[str]:
    wanted = 2 if message.many else 1
    return (known + [""] * wanted)[:wanted]


def check() -> list[str]:
    """Every fault of every catalogue, one line each; empty when all is well."""
    said = messages()
    wrong = []
    for language in LANGUAGES:
        source, target = paths(language)
        catalogue = read(source)
        found = faults(catalogue, said if language == COMPLETE else ())
        if not target.is_file() or target.read_bytes() != compiled(catalogue):
            found.append("django.mo is not of this django.po: run tools/messages.py update")
        wrong += [f"{language}: {line}" for line in found]
    return wrong


def main(arguments: list[str]) -> int:
    """`update` or `check`; 1 when `check` has something to say."""
    if arguments not in (["update"], ["check"]):
        sys.stderr.write("tools/messages.py update|check\n")
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=False)  # the templatizer asks for the width of a tab, no more
    if arguments == ["update"]:
        return update()
    wrong = check()
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
