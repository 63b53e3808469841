"""What is known about a party when it comes to the counter, and the rows that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tinhso.kernel.folding import sort_key, tokens
from tinhso.parties.errors import PartyFactsInvalid
from tinhso.parties.identity import read_personal_id, read_phone, read_tax_code
from tinhso.parties.models import Party, PartyKey, PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME = 300
LONGEST_ADDRESS = 500
OLDEST = date(1900, 1, 1)


@dataclass(frozen=True)
class PartyFacts:
    """What somebody says about a party. `commune` is the key of the agency where they live."""

    name: str
    kind: str = PartyKind.CITIZEN
    personal_id: str = ""
    tax_code: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    commune: int | None = None
    born_on: date | None = None


@dataclass(frozen=True)
class PartyRows:
    """The rows that a registration adds: the party and its keys, not yet written."""

    party: Party
    keys: list[PartyKey]


def read(facts: PartyFacts, *, on: date) -> PartyFacts:
    """The facts in their official form, as known on the day; refuses with `PartyFactsInvalid`."""
    errors: dict[str, list[str]] = {}
    name = " ".join(facts.name.split())
    if not name:
        errors["name"] = [_("Nhập họ và tên hoặc tên tổ chức.")]
    elif len(name) > LONGEST_NAME:
        errors["name"] = [_("Tên dài không quá 300 ký tự.")]
    if facts.kind not in PartyKind.values:
        errors["kind"] = [_("Chọn cá nhân, tổ chức hoặc hộ kinh doanh.")]
    if len(facts.address) > LONGEST_ADDRESS:
        errors["address"] = [_("Địa chỉ dài không quá 500 ký tự.")]
    if facts.born_on is not None and not OLDEST <= facts.born_on <= on:
        errors["born_on"] = [
            _("Ngày sinh: năm từ %(first)s, và không sau hôm nay.") % {"first": OLDEST.year}
        ]
    official = _official(facts, errors)
    if errors:
        raise PartyFactsInvalid(errors)
    return replace(official, name=name, address=" ".join(facts.address.split()))


def _official(facts: PartyFacts, errors: dict[str, list[str]]) -> PartyFacts:
    email = facts.email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            errors["email"] = [_("Thư điện tử có dạng ten@vidu.vn.")]
    personal = read_personal_id(facts.personal_id)
    if facts.personal_id.strip() and personal is None:
        errors["personal_id"] = [_("Số định danh cá nhân có đúng 12 chữ số.")]
    tax_code = read_tax_code(facts.tax_code) or ""
    if facts.tax_code.strip() and not tax_code:
        errors["tax_code"] = [_("Mã số thuế có 10 hoặc 13 chữ số và đúng số kiểm tra.")]
    phone = read_phone(facts.phone) or ""
    if facts.phone.strip() and not phone:
        errors["phone"] = [_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0.")]
    return replace(
        facts,
        email=email,
        personal_id=personal.value if personal else "",
        tax_code=tax_code,
        phone=phone,
    )


def plan_register(
    facts: PartyFacts, *, key: UUID, agency: int | None, at: datetime, pk: int | None = None
) -> PartyRows:
    """The rows of a registration from facts in official form. Pure: no database, no clock.

    A bulk writer gives `pk`, so that the keys can point to the party before it is written.
    """
    party = Party(
        pk=pk,
        uuid=key,
        agency_id=agency,
        registered_at=at,
        **columns(facts),
        **folded(facts),
    )
    return PartyRows(party=party, keys=plan_keys(facts, party))


def columns(facts: PartyFacts) -> dict[str, object]:
    """The facts by column of `Party`."""
    named = {field.name: getattr(facts, field.name) for field in fields(facts)}
    named["commune_id"] = named.pop("commune")
    return named


def folded(facts: PartyFacts) -> dict[str, object]:
    """The columns by which a party is sorted and found."""
    return {"sort_key": sort_key(facts.name), "words": tokens(facts.name)}


def plan_keys(facts: PartyFacts, party: Party) -> list[PartyKey]:
    """One key a number that the facts hold."""
    values: Mapping[str, str] = {
        PartyKey.Kind.PERSONAL_ID: facts.personal_id,
        PartyKey.Kind.TAX_CODE: facts.tax_code,
        PartyKey.Kind.PHONE: facts.phone,
        PartyKey.Kind.EMAIL: facts.email,
    }
    return [
        PartyKey(party=party, kind=kind, value=value, mirrored=value[::-1])
        for kind, value in values.items()
        if value
    ]
