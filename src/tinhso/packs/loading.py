"""From folders to a book of packs: all is read and held against schemas, or named as a problem."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tinhso.packs import schemas
from tinhso.packs.folders import Folder, walk
from tinhso.packs.kinds import in_order, kinds
from tinhso.packs.reading import Unreadable, read
from tinhso.packs.sources import TOP, Case, Document, LegalArticle, PackHeader, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tinhso.packs.kinds import PackKind

HEADER = "pack.yaml"
_ASIDE = ("README.md", "README.vi.md", "LICENSE")


@dataclass
class Pack:
    """One pack as read (gói nghiệp vụ): header, entries, the digest of all that is published."""

    header: PackHeader
    sources: list[Source] = field(default_factory=list)
    digest: str = ""

    @property
    def legal_basis(self) -> list[LegalArticle]:
        """Every article that the pack or one of its entries names."""
        own = [article for source in self.sources for article in source.legal_basis]
        return [*self.header.legal_basis, *own]


@dataclass
class Book:
    """All packs below a root, those that others require first, and every problem found."""

    packs: list[Pack] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def unverified(self) -> list[LegalArticle]:
        """Articles that nobody has yet compared with the text of the law."""
        return [each for pack in self.packs for each in pack.legal_basis if not each.verified]


def load(path: Path) -> Book:
    """The packs below a root; or, when the path is a pack, that pack and those it requires.

    Problems are collected, never raised; while there are structural ones, kinds are not asked.
    """
    single = path.joinpath(HEADER).is_file()
    root = path.resolve().parent if single else path
    if not root.is_dir():
        found = "không có thư mục này"
        return Book(problems=[Problem(path.as_posix(), TOP, found, "thư mục chứa các gói")])
    around: list[Source] = []
    folders = [walk(each) for each in sorted(root.iterdir()) if each.joinpath(HEADER).exists()]
    loaders = {folder.name: _Loader(folder, around) for folder in folders}
    wanted = _with_required(path.resolve().name, loaders) if single else list(loaders)
    book = Book(problems=[each for name in wanted for each in loaders[name].problems])
    packs = [pack for name in wanted if (pack := loaders[name].pack)]
    book.packs = _in_order(packs, book.problems)
    _refuse_twins(book)
    if not book.problems:
        _ask_kinds(book)
    book.problems.sort(key=lambda problem: (problem.file, problem.position))
    return book


class _Loader:
    """Reads one folder; `pack` stays None when its header cannot be read."""

    def __init__(self, folder: Folder, around: list[Source]) -> None:
        self.folder = folder
        self.around = around
        self.problems = list(folder.problems)
        self.pack: Pack | None = None
        self.claimed = {HEADER, *_ASIDE}
        if header := self._header():
            self.pack = Pack(header)
            cases = self._cases()
            for kind in in_order():
                for file in sorted(folder.files):
                    if _matches(file, kind.where):
                        self._entry(self.pack, kind, file, cases)
            self._refuse_strangers(self.pack, cases)
            self.pack.digest = _digest_of(self.pack)
            around += self.pack.sources

    def _document(self, file: str) -> Document | None:
        self.claimed.add(file)
        try:
            return read(self.folder.files[file], f"{self.folder.name}/{file}")
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)
            return None

    def _header(self) -> PackHeader | None:
        document = self._document(HEADER) if HEADER in self.folder.files else None
        if document is None:
            return None
        if refused := schemas.pack_problems(document):
            self.problems += refused
            return None
        value = document.value
        if value["code"] != self.folder.name:
            found = f"mã gói “{value['code']}” khác tên thư mục"
            self.problems.append(document.problem("code", found=found, expected=self.folder.name))
        requires = tuple(value.get("requires", ()))
        basis = _legal_basis(document)
        return PackHeader(value["code"], value["name"], value["version"], requires, basis, document)

    def _cases(self) -> dict[tuple[str, str], list[Case]]:
        """Cases by kind and code of the entry."""
        cases: dict[tuple[str, str], list[Case]] = {}
        for file in sorted(self.folder.files):
            document = self._document(file) if _matches(file, "cases/*.yaml") else None
            if document is None:
                continue
            if refused := schemas.case_problems(document):
                self.problems += refused
                continue
            value = document.value
            listed = cases.setdefault((value["kind"], value["entry"]), [])
            for index, each in enumerate(value["cases"]):
                told = (each["name"], each["given"], each["when"], each["then"])
                listed.append(Case(*told, document, ("cases", index)))
        return cases

    def _entry(
        self, pack: Pack, kind: PackKind, file: str, cases: dict[tuple[str, str], list[Case]]
    ) -> None:
        code, folder = _code_and_folder(file, kind.where)
        beside = {
            name.removeprefix(folder): content
            for name, content in self.folder.files.items()
            if folder and name.startswith(folder) and name != file
        }
        self.claimed.update(folder + name for name in beside)
        document = self._document(file)
        if document is None:
            return
        if refused := schemas.entry_problems(kind.code, document):
            self.problems += refused
            return
        if document.value.get("code", code) != code:
            found = f"mã “{document.value['code']}” khác tên tệp hoặc thư mục"
            self.problems.append(document.problem("code", found=found, expected=code))
        version = document.value.get("version", pack.header.version)
        pack.sources.append(
            Source(
                pack=pack.header,
                kind=kind.code,
                code=code,
                version=version,
                document=document,
                files=beside,
                digest=_digest(document.value, beside),
                legal_basis=_legal_basis(document),
                cases=tuple(cases.get((kind.code, code), ())),
                around=self.around,
            )
        )

    def _refuse_strangers(self, pack: Pack, cases: dict[tuple[str, str], list[Case]]) -> None:
        """Files that no kind claims and cases of entries that do not exist: misspelt names."""
        wheres = ", ".join(kind.where for kind in kinds.values())
        for file in sorted(set(self.folder.files) - self.claimed):
            name = f"{self.folder.name}/{file}"
            self.problems.append(Problem(name, TOP, "tệp không thuộc loại nội dung nào", wheres))
        here = {(source.kind, source.code) for source in pack.sources}
        for (kind, code), listed in cases.items():
            if (kind, code) not in here:
                found = f"ca thử cho {kind} “{code}”, mục này không đọc được hoặc không có"
                expected = "mã của một mục trong gói"
                self.problems.append(
                    listed[0].document.problem("entry", found=found, expected=expected)
                )


def _matches(file: str, where: str) -> bool:
    """Whether a path fits a glob, part by part: `*` never crosses a folder."""
    parts, patterns = file.split("/"), where.split("/")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))


def _code_and_folder(file: str, where: str) -> tuple[str, str]:
    """The code of an entry, and its own folder (`procedures/x/`) or an empty string."""
    for index, pattern in enumerate(where.split("/")[:-1]):
        if "*" in pattern:
            parts = file.split("/")[: index + 1]
            return parts[-1], "/".join(parts) + "/"
    return PurePosixPath(file).stem, ""


def _legal_basis(document: Document) -> tuple[LegalArticle, ...]:
    """The articles of the entry and of each rule in it, in the order of the file."""
    return tuple(
        LegalArticle(
            document=each["document"],
            article=each.get("article", ""),
            verified=each["verified"],
            file=document.file,
            position=document.position(*path),
        )
        for path, each in _articles(document.value, ())
    )


def _articles(
    value: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "legal_basis":
                yield from (((*path, key, index), each) for index, each in enumerate(inner))
            else:
                yield from _articles(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _articles(inner, (*path, index))


def _digest(value: Any, files: dict[str, bytes]) -> str:
    """SHA-256 of the declared content and of each file beside it."""
    beside = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    content = json.dumps([value, beside], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _digest_of(pack: Pack) -> str:
    """SHA-256 of the header and of every entry's digest; cases and samples are not published."""
    entries = {f"{source.kind}/{source.code}": source.digest for source in pack.sources}
    return _digest([pack.header.document.value, entries], {})


def _with_required(name: str, loaders: dict[str, _Loader]) -> list[str]:
    """The pack and all that it requires, directly or not."""
    wanted: list[str] = []
    queue = [name]
    while queue:
        each = queue.pop()
        loader = loaders.get(each)
        if loader and each not in wanted:
            wanted.append(each)
            queue += loader.pack.header.requires if loader.pack else ()
    return wanted


def _in_order(packs: list[Pack], problems: list[Problem]) -> list[Pack]:
    """Packs after those that they require; a missing or circular requirement is a problem."""
    by_code = {pack.header.code: pack for pack in packs}
    for pack in packs:
        for index, code in enumerate(pack.header.requires):
            if code not in by_code:
                found = f"cần gói “{code}” nhưng không có"
                problem = pack.header.document.problem("requires", index, found=found)
                problems.append(problem)
    known = {
        code: [name for name in pack.header.requires if name in by_code]
        for code, pack in by_code.items()
    }
    try:
        return [by_code[code] for code in TopologicalSorter(known).static_order()]
    except CycleError as circle:
        names = " → ".join(circle.args[1])
        document = by_code[circle.args[1][0]].header.document
        problems.append(document.problem("requires", found=f"các gói cần nhau vòng tròn: {names}"))
        return packs


def _refuse_twins(book: Book) -> None:
    """A code belongs to one entry of a kind, whatever the pack."""
    first: dict[tuple[str, str], Source] = {}
    for pack in book.packs:
        for source in pack.sources:
            other = first.setdefault((source.kind, source.code), source)
            if other is not source and kinds[source.kind].where.count("*"):
                found = f"mã “{source.code}” đã có ở {other.document.file}"
                book.problems.append(source.problem("code", found=found, expected="mã chưa dùng"))


def _ask_kinds(book: Book) -> None:
    for pack in book.packs:
        for source in pack.sources:
            book.problems += kinds[source.kind].check(source)
