"""Who a citizen with an account is: the form in which they say it, and the party that it becomes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.accounts.actors import actor_for
from tinhso.accounts.services.users import locked_user
from tinhso.dossiers.services import drafting
from tinhso.forms.form import Form
from tinhso.parties import services
from tinhso.parties.facts import PartyFacts
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tinhso.accounts.models import User
    from tinhso.kernel.actors import Actor

WHO, CONTACT = "who", "contact"
"""The steps of the form: what a confirmation makes fast, and what stays one's own to change."""
OWN_REASON = "owner"
"""Why it was corrected: the account's owner says so."""
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Thông tin của tôi",
    "x-en": {"title": "My details"},
    "properties": {
        "kind": {
            "type": "string",
            "title": "Tài khoản này của",
            "x-en": {"title": "This account belongs to"},
            "x-widget": "radio",
            "x-privacy": "public",
            "oneOf": [
                {"const": "citizen", "title": "Cá nhân", "x-en": {"title": "A person"}},
                {
                    "const": "organisation",
                    "title": "Doanh nghiệp, tổ chức",
                    "x-en": {"title": "An enterprise or organisation"},
                },
            ],
        },
        "name": {
            "type": "string",
            "title": "Họ và tên, hoặc tên tổ chức",
            "description": "Ghi đúng như trên thẻ căn cước hoặc giấy đăng ký.",
            "x-en": {
                "title": "Full name, or name of the organisation",
                "description": "As on the identity card or the certificate of registration.",
            },
            "x-widget": "text",
            "x-privacy": "personal",
            "x-autocomplete": "name",
            "maxLength": 300,
        },
        "born_on": {
            "type": "string",
            "format": "date",
            "title": "Ngày sinh",
            "description": "Ví dụ 31 12 1990",
            "x-en": {"title": "Date of birth", "description": "For example 31 12 1990"},
            "x-widget": "date",
            "x-not-before": "1900-01-01",
            "x-not-after": "today",
            "x-privacy": "personal",
            "x-autocomplete": "bday",
            "x-when": 'kind = "citizen"',
            "x-require": "true",
        },
        "personal_id": {
            "type": "string",
            "title": "Số định danh cá nhân",
            "description": "12 chữ số trên thẻ căn cước.",
            "x-en": {
                "title": "Personal identification number",
                "description": "12 digits on the identity card.",
            },
            "x-widget": "personal-id",
            "x-privacy": "personal",
            "x-when": 'kind = "citizen"',
            "x-require": "true",
        },
        "tax_code": {
            "type": "string",
            "title": "Mã số thuế",
            "x-en": {"title": "Tax code"},
            "x-widget": "text",
            "maxLength": 14,
            "x-privacy": "personal",
            "x-when": 'kind = "organisation"',
            "x-require": "true",
        },
        "phone": {
            "type": "string",
            "title": "Số điện thoại",
            "x-en": {"title": "Phone number"},
            "x-widget": "phone",
            "x-privacy": "personal",
            "x-autocomplete": "tel",
        },
        "address": {
            "type": "string",
            "title": "Địa chỉ",
            "description": "Số nhà, thôn, tổ dân phố, xã, phường.",
            "x-en": {"title": "Address", "description": "House, hamlet, commune or ward."},
            "x-widget": "text",
            "maxLength": 500,
            "x-privacy": "personal",
            "x-autocomplete": "street-address",
        },
    },
    "required": ["kind", "name", "phone", "address"],
    "x-steps": [
        {
            "name": WHO,
            "title": "Bạn là ai",
            "x-en": {"title": "Who you are"},
            "fields": ["kind", "name", "born_on", "personal_id", "tax_code"],
        },
        {
            "name": CONTACT,
            "title": "Liên hệ",
            "x-en": {"title": "Contact"},
            "fields": ["phone", "address"],
        },
    ],
}


@cache
def form() -> Form:
    """The form, checked once."""
    return Form(SCHEMA)


def own_party(actor: Actor) -> Party | None:
    """The party that the account stands for; None as long as nobody said who it is."""
    return Party.objects.filter(pk=actor.party).first() if actor.party is not None else None


def values_of(party: Party | None, *, name: str) -> dict[str, Any]:
    """What the form begins with: what is known, else the name of the account."""
    if party is None:
        return {"kind": "citizen", "name": name}
    values = {field: getattr(party, field) for field in form().fields}
    born = party.born_on
    values["born_on"] = born.isoformat() if born else None
    return {field: value for field, value in values.items() if value}


@transaction.atomic
def say(user: User, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    """Register the account's own party from sound values, or correct it; drafts begun before stay the account's.

    Refuses as `parties.services.register_own` and `correct` do. A number that was typed joins nobody to a party that
    exists.
    """
    said: dict[str, Any] = {name: values.get(name, "") for name in form().fields}
    said["born_on"] = form().fields["born_on"].fact(values.get("born_on"))
    party = own_party(actor)
    if party is None:
        facts = PartyFacts(**said, email=user.email)
        services.register_own(user.uuid, facts, actor=actor, at=at)
        drafting.hand_on(actor.key, actor=actor_for(locked_user(user.uuid)))
        return
    known = PartyFacts(name=party.name, email=party.email, commune=party.commune_id)
    services.correct(party.uuid, replace(known, **said), reason=OWN_REASON, actor=actor, at=at)
