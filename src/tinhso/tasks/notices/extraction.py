"""From an official text to its tasks (từ thông báo kết luận đến nhiệm vụ), and the words that say so.

The same text gives the same tasks, always. Nothing is guessed: a field that the text does not state is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tinhso.tasks.notices import clauses, outline
from tinhso.tasks.notices.bodies import Named, bodies_at, meant
from tinhso.tasks.notices.closing import Closing, closing, is_among
from tinhso.tasks.notices.deadlines import (
    DeadlineKind,
    deadline_of_cell,
    find_deadline,
    is_only_deadline,
    written_on,
)
from tinhso.tasks.notices.mentions import references
from tinhso.tasks.notices.sharing import shared_deadline
from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words
from tinhso.tasks.notices.splitting import split
from tinhso.tasks.notices.subjects import after_request
from tinhso.tasks.notices.tables import Row, rows
from tinhso.tasks.notices.task import Setting, Task
from tinhso.tasks.notices.together import coordinators


@dataclass
class _Reader:
    source: Source
    written: date | None
    tasks: list[Task] = field(default_factory=list)
    places: list[tuple[str, ...]] = field(default_factory=list)
    """Of each task the numbers of the items that it stands in: ("II", "3", "a")."""
    base: Setting = field(default_factory=Setting)
    based: int = 0
    """How many tasks stand before what the last heading without a mark heads."""
    stack: list[tuple[str, Setting]] = field(default_factory=list)
    path: list[tuple[str, str]] = field(default_factory=list)
    was_listed: bool = False
    named: list[tuple[Named | None, list[Named]]] = field(default_factory=list)
    """Leads and coordinators of the tasks of this item so far: whom "hai đơn vị này" means."""

    def read(self) -> list[Task]:
        tabled = rows(self.source)
        paragraphs = outline.paragraphs(self.source, apart=tabled)
        for index, paragraph in enumerate(paragraphs):
            follows = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if self._ends_here(paragraph):
                break
            if paragraph.line not in tabled:
                self._paragraph(paragraph, follows)
            elif row := tabled[paragraph.line]:
                self._row(row)
        return self.tasks

    def _ends_here(self, paragraph: outline.Paragraph) -> bool:
        return self.source.match(_END, paragraph.body) is not None

    def _paragraph(self, paragraph: outline.Paragraph, follows: outline.Paragraph | None) -> None:
        self._enter(paragraph)
        heading, body = self._parts(paragraph, follows)
        setting = self._setting(paragraph.mark)
        if heading and body and body.start < heading.start:
            self._body(body, setting, paragraph, follows)
            body = None
        if heading is not None:
            is_lead_in = not paragraph.mark and outline.leads_in(self.source, heading)
            setting = self._headed(heading, setting, is_lead_in=is_lead_in)
            if paragraph.mark:
                self.stack.append((paragraph.mark, setting))
            elif self.stack and self.source.match(_ONLY_ASKS, heading):
                self._ask_on(setting)
            else:
                self.base, self.stack, self.was_listed = setting, [], False
                self.path, self.based = [], len(self.tasks)
        if body is not None:
            self._body(body, setting, paragraph, follows)

    def _ask_on(self, asked: Setting) -> None:
        """As in an item that tells how things stand, then "Yêu cầu:": what follows is of the same item."""
        mark, told = self.stack[-1]
        self.stack[-1] = (mark, replace(asked, group=told.group, lead=asked.lead or told.lead))

    def _enter(self, paragraph: outline.Paragraph) -> None:
        """An item of a kind that is open closes those below it."""
        if not paragraph.mark:
            return
        self.named = []
        kinds = [kind for kind, _ in self.stack]
        if paragraph.mark in kinds:
            del self.stack[kinds.index(paragraph.mark) :]
        kinds = [kind for kind, _ in self.path]
        if paragraph.mark in kinds:
            del self.path[kinds.index(paragraph.mark) :]
        self.path.append((paragraph.mark, paragraph.label))

    def _setting(self, mark: str) -> Setting:
        """What holds here; after the items of a list, text without a mark orders nothing by its place alone."""
        if self.stack:
            return self.stack[-1][1]
        if mark:
            self.was_listed = True
        elif self.was_listed:
            return Setting(group=self.base.group, is_after=self.base.is_ordering)
        return self.base

    def _parts(
        self, paragraph: outline.Paragraph, follows: outline.Paragraph | None
    ) -> tuple[Span | None, Span | None]:
        """What of a paragraph heads others, and what is text of its own."""
        source, body = self.source, paragraph.body
        bracket = outline.open_bracket(source, body)
        if bracket is not None and bracket > body.start:
            return source.trimmed(Span(body.start, bracket)), Span(bracket + 1, body.end)
        if source.text[body.end - 1] == ":":
            last = outline.sentences(source, body)[-1]
            before = source.trimmed(Span(body.start, last.start))
            return Span(last.start, body.end - 1), before if len(before) else None
        titled = clauses.title(source, body) if paragraph.mark else None
        if titled:
            rest = Span(titled.end, body.end)
            return titled, source.trimmed(rest, strip=" :\n\t\xa0")
        is_short = len(body) < _SHORT and source.text[body.end - 1] not in ".;!?…/"
        if is_short and paragraph.mark and follows and follows.mark != paragraph.mark:
            return body, None
        if is_short and source.of(body).isupper():
            return body, None
        return None, body

    def _headed(self, heading: Span, outer: Setting, *, is_lead_in: bool) -> Setting:
        """What a heading gives; a sentence that only leads into the list ("…kết luận như sau:") names no group."""
        source = self.source
        lead = clauses.lead_of_heading(source, heading)
        is_only_bodies = lead is not None and len(lead.words) > 0.6 * len(heading)
        title = " ".join(source.of(heading).split()).strip(" :(*")
        reports = source.match(_REPORTING, heading) is not None
        ordering = source.search(_ORDERING, heading) is not None and not reports
        telling = outer.is_telling or reports
        telling = telling or (source.search(_TELLING, heading) is not None and not ordering)
        return Setting(
            group=outer.group if is_only_bodies or is_lead_in else title,
            lead=lead,
            coordinate=tuple(coordinators(source, heading)),
            deadline=find_deadline(
                source, heading, written=self.written, taken=references(source, heading)
            ),
            is_ordering=(ordering or outer.is_ordering) and not telling,
            is_telling=telling,
        )

    def _body(
        self,
        body: Span,
        setting: Setting,
        paragraph: outline.Paragraph,
        follows: outline.Paragraph | None,
    ) -> None:
        """The sentences of a paragraph; a lead with a colon holds until another is named."""
        local, since, is_item = setting, len(self.tasks), bool(paragraph.mark)
        is_one_item = is_item and outline.open_bracket(self.source, paragraph.body) is None
        for sentence in outline.sentences(self.source, body):
            said = closing(self.source, sentence, written=self.written) if self.tasks else None
            if said:
                self._close(said, since, list(self._above(paragraph, follows)))
                continue
            if is_only_deadline(self.source, sentence):
                continue
            ordered, local = self._led_part(sentence, local)
            made = self._sentence(ordered, local, is_item=is_item)
            if made and not setting.is_telling:
                local = replace(local, is_ordering=True)
                self.base = replace(self.base, is_after=True)
            if made and is_one_item and made[-1].lead and local.lead is None:
                local = replace(local, lead=Named(made[-1].lead, made[-1].words["lead"][0]))

    def _led_part(self, sentence: Span, local: Setting) -> tuple[Span, Setting]:
        """The sentence after who speaks it and whom it names before a colon."""
        spoken = self.source.match(_SPEAKER, sentence)
        if spoken:
            sentence = Span(self.source.span(spoken).end, sentence.end)
        titled = self.source.match(_LED_PART, sentence)
        named = (
            clauses.lead_of_heading(self.source, self.source.span(titled, "head"))
            if titled
            else None
        )
        if titled is None or named is None or self._goes_on(sentence, self.source.span(titled)):
            return sentence, local
        rest = Span(self.source.span(titled).end, sentence.end)
        return rest, replace(local, lead=named, coordinate=(), deadline=None)

    def _goes_on(self, sentence: Span, head: Span) -> bool:
        """As in "Các Sở: Y tế, Xây dựng công khai …": the colon stands within the list of bodies."""
        start = after_request(self.source, sentence)
        named = bodies_at(self.source, Span(start, sentence.end))
        return named is not None and named.words.end > head.end

    def _sentence(self, sentence: Span, setting: Setting, *, is_item: bool) -> list[Task]:
        made: list[Task] = []
        if self.source.of(sentence).isupper():
            return made  # a title
        for clause in split(self.source, sentence):
            in_orders = (setting.is_ordering and not setting.is_telling) or bool(made)
            place = clauses.Place(
                in_orders=in_orders, is_item=is_item and in_orders, is_after=setting.is_after
            )
            found = clauses.order(self.source, clause, place)
            if found is None or (setting.is_telling and found.lead is None and not made):
                continue
            inherited = setting
            if made and made[-1].lead and found.lead is None:
                inherited = replace(setting, lead=Named(made[-1].lead, made[-1].words["lead"][0]))
            made.append(self.task(found, inherited))
        made = shared_deadline(self.source, made)
        self._add(made)
        return made

    def _add(self, made: list[Task]) -> None:
        self.tasks.extend(made)
        self.places.extend(tuple(label for _, label in self.path) for _ in made)

    def task(self, found: clauses.Order, setting: Setting) -> Task:
        """What the order says by its own words; the rest as the setting gives it."""
        source = self.source
        span = source.trimmed(found.words, strip=" \t\r\n\xa0,;./")
        named = references(source, span)
        deadline = (
            find_deadline(source, span, written=self.written, taken=named) or setting.deadline
        )
        lead = self._meant(found.lead or setting.lead, setting)
        together = coordinators(source, span) or list(setting.coordinate)
        together = [one for each in together if (one := self._meant(each, setting))]
        together = [one for one in together if lead is None or one.words != lead.words]
        self.named.append((lead, together))
        given: dict[str, tuple[Span, ...]] = {"order": (found.because,)}
        if lead:
            given["lead"] = (lead.words,)
        if together:
            given["coordinate"] = tuple(one.words for one in together)
        if deadline:
            given["deadline"] = (deadline.words,)
        if named:
            given["references"] = tuple(named)
        return Task(
            span=span,
            text=source.of(span),
            group=setting.group,
            lead=lead.names if lead else (),
            coordinate=tuple(dict.fromkeys(name for one in together for name in one.names)),
            deadline=source.of(deadline.words) if deadline else None,
            deadline_on=deadline.on if deadline else None,
            deadline_kind=deadline.kind if deadline else DeadlineKind.NONE,
            references=tuple(" ".join(source.of(one).split()) for one in named),
            supervisor=None,
            words=given,
        )

    def _row(self, row: Row) -> None:
        """A row of a table of tasks: each cell gives its field."""
        lead = bodies_at(self.source, row.lead) if row.lead else None
        if lead is None and row.lead:
            lead = Named((" ".join(self.source.of(row.lead).split()),), row.lead)
        together = bodies_at(self.source, row.together) if row.together else None
        due = deadline_of_cell(self.source, row.due, written=self.written) if row.due else None
        setting = Setting(
            group=self.base.group,
            lead=lead,
            coordinate=(together,) if together else (),
            deadline=due,
        )
        self._add([self.task(clauses.Order(row.work, None, row.work), setting)])

    def _meant(self, said: Named | None, setting: Setting) -> Named | None:
        before = [*reversed(self.named), (setting.lead, list(setting.coordinate))]
        return meant(said, before)

    def _above(
        self, paragraph: outline.Paragraph, follows: outline.Paragraph | None
    ) -> Iterator[int]:
        """The tasks that stand above: of this item; between two items of the one before; else of the whole list."""
        depth = len(self.path) if paragraph.mark else 0
        kinds = [kind for kind, _ in self.path]
        if not paragraph.mark and follows and follows.mark in kinds:
            depth = kinds.index(follows.mark) + 1
        within = tuple(label for _, label in self.path[:depth])
        for index in range(self.based, len(self.tasks)):
            if self.places[index][:depth] == within:
                yield index

    def _close(self, said: Closing, since: int, above: list[int]) -> None:
        """Give what a closing sentence says to the tasks that it is about."""
        last = len(self.tasks) - 1
        if said.items:
            about = [i for i, place in enumerate(self.places) if is_among(said.items, place)]
        elif said.follower:
            about = above if said.is_of_all else [last]
        else:
            about = list(range(since, last + 1)) if since <= last else above or [last]
        for index in about:
            task = self.tasks[index]
            if said.follower:
                self.tasks[index] = task.followed_by(
                    " ".join(self.source.of(said.follower).split()), said.follower
                )
            elif said.deadline and task.deadline is None:
                written = self.source.of(said.deadline.words)
                self.tasks[index] = task.due(said.deadline, written=written)


_SHORT = 160
_ORDERING = pattern(
    words(
        *phrases(
            """
    nhiệm vụ | giải pháp | yêu cầu | đề nghị | chỉ đạo như sau | kết luận như sau | kết luận |
    nội dung sau | trọng tâm sau | tổ chức thực hiện | thời gian tới | phân công | giao | thực
    hiện các nội dung | kiến nghị | chỉ đạo | tập trung
    """
        )
    )
)
_ONLY_ASKS = pattern(
    r"(?:(?:do\s+đó|vì\s+vậy|để\s+khắc\s+phục)\s*,?\s+)?(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|giao\s+nhiệm\s+vụ)"
    r"(?:\s+như\s+sau)?\s*:?$"
)
_TELLING = pattern(
    words(
        *phrases(
            """
    kết quả | đánh giá | ưu điểm | hạn chế | tồn tại | khó khăn | nguyên nhân | tình hình |
    vướng mắc | thành phần | mặt được | nhận xét
    """
        )
    )
)
_REPORTING = pattern(
    r"kính\s+gửi|mục\s+đích|quan\s+điểm\s*$|nội\s+dung\s+báo\s+cáo|diễn\s+biến|"
    r"ý\s+kiến\s+(?:phát\s+biểu|thảo\s+luận|tham\s+gia|của\s+các)|thành\s+phần"
)
"""What a plan is for, and what others said before the conclusion: neither orders."""
_END = pattern(
    r"(?:nơi\s+nhận|tin\s+liên\s+quan|tin\s+cùng|xem\s+tin|trên\s+đây\s+là\b|(?:tl|kt|tm|tuq)\.\s|chánh\s+văn\s+phòng\s*$)"
)
_LED_PART = pattern(r"(?P<head>(?:giao\s+|yêu\s+cầu\s+|đề\s+nghị\s+)?[^:;.()]{4,150}?):\s+(?=\S)")
_SPEAKER = pattern(r"(?:ông|bà|đồng\s+chí)\s+[^:;.()]{4,150}:\s+(?=\S)")


def extract(text: str, *, written: date | None = None) -> list[Task]:
    """The tasks of a text, in the order in which they stand.

    Praise, results and difficulties are not tasks. Dates without a year are of the year in which
    the text was written, as far as it says so, unless somebody told the day.
    """
    source = Source(text)
    return _Reader(source, written or written_on(source)).read()


def read_part(text: str, start: int, end: int, *, written: date | None) -> Task:
    """What a part of a text orders, by its own words alone: for what a reviewer cut or chose."""
    source = Source(text)
    span = Span(start, end)
    found = clauses.order(source, span, clauses.Place(in_orders=True))
    because = found.because if found else span
    lead = found.lead if found else None
    return _Reader(source, written or written_on(source)).task(
        clauses.Order(span, lead, because), Setting()
    )
