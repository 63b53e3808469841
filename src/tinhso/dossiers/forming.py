"""The whole form of a procedure: who applies, the procedure's own questions, the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers.returning import with_address

if TYPE_CHECKING:
    from collections.abc import Mapping

PAPER = "paper_"
PERSONS = "citizen"
"""The audience of a procedure for persons alone; of any other both may hand in."""

APPLICANT: dict[str, Any] = {
    "applicant_kind": {
        "type": "string",
        "title": "Người nộp là",
        "x-en": {"title": "The applicant is"},
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
    "full_name": {
        "type": "string",
        "title": "Họ và tên, hoặc tên tổ chức",
        "x-en": {"title": "Full name, or name of the organisation"},
        "x-privacy": "personal",
        "x-widget": "text",
        "x-autocomplete": "name",
        "maxLength": 300,
    },
    "personal_id": {
        "type": "string",
        "title": "Số định danh cá nhân",
        "description": "12 chữ số trên thẻ căn cước.",
        "x-en": {
            "title": "Personal identification number",
            "description": "12 digits on the identity card.",
        },
        "x-privacy": "personal",
        "x-widget": "personal-id",
        "x-when": 'applicant_kind = "citizen"',
        "x-require": "true",
    },
    "tax_code": {
        "type": "string",
        "title": "Mã số thuế",
        "x-en": {"title": "Tax code"},
        "x-privacy": "personal",
        "x-widget": "text",
        "maxLength": 14,
        "x-when": 'applicant_kind = "organisation"',
        "x-require": "true",
    },
    "phone": {
        "type": "string",
        "title": "Số điện thoại",
        "description": "Để báo khi cần bổ sung và khi có kết quả.",
        "x-en": {
            "title": "Phone number",
            "description": "To tell you when something is missing or ready.",
        },
        "x-privacy": "personal",
        "x-widget": "phone",
        "x-autocomplete": "tel",
    },
    "email": {
        "type": "string",
        "title": "Thư điện tử",
        "x-en": {"title": "E-mail"},
        "x-privacy": "personal",
        "x-widget": "email",
        "x-autocomplete": "email",
    },
    "address": {
        "type": "string",
        "title": "Địa chỉ",
        "description": "Số nhà, thôn, tổ dân phố, xã, phường.",
        "x-en": {"title": "Address", "description": "House, hamlet, commune or ward."},
        "x-privacy": "personal",
        "x-widget": "text",
        "x-autocomplete": "street-address",
    },
}
NUMBERS_OF_BOTH: dict[str, Any] = {
    "personal_id": {
        **APPLICANT["personal_id"],
        "description": "Khi người nộp là cá nhân: 12 chữ số trên thẻ căn cước.",
        "x-en": {
            "title": "Personal identification number",
            "description": "For a person: 12 digits on the identity card.",
        },
        "x-when": 'applicant_kind != "organisation"',
        "x-require": 'applicant_kind = "citizen"',
    },
    "tax_code": {
        **APPLICANT["tax_code"],
        "description": "Khi người nộp là doanh nghiệp, tổ chức.",
        "x-en": {"title": "Tax code", "description": "For an enterprise or organisation."},
        "x-when": 'applicant_kind != "citizen"',
        "x-require": 'applicant_kind = "organisation"',
    },
}
REQUIRED = ["applicant_kind", "full_name", "phone", "address"]
STEP = {
    "name": "applicant",
    "title": "Người nộp hồ sơ",
    "x-en": {"title": "Who applies"},
    "fields": list(APPLICANT),
}


def compose(content: Mapping[str, Any]) -> dict[str, Any]:
    """The form of a procedure's definition between the applicant's step and the papers' step."""
    own = with_address(content["form"])
    applicant = _applicant(content.get("audience", "citizen"))
    papers = {
        f"{PAPER}{number}": _slot(paper) for number, paper in enumerate(content.get("papers", []))
    }
    steps = [STEP, *own["x-steps"]]
    if papers:
        steps.append(
            {
                "name": "papers",
                "title": "Giấy tờ kèm theo",
                "description": "Ảnh chụp rõ bốn góc hoặc tệp PDF, mỗi tệp không quá 20 MB.",
                "x-en": {
                    "title": "Papers",
                    "description": "Photos that show all four corners, or PDF files of at most 20 MB.",
                },
                "fields": list(papers),
            }
        )
    return {
        **own,
        "properties": {**applicant, **own["properties"], **papers},
        "required": [
            *REQUIRED,
            *own.get("required", []),
            *(
                f"{PAPER}{number}"
                for number, paper in enumerate(content.get("papers", []))
                if paper.get("required", True) and not paper.get("when")
            ),
        ],
        "x-steps": steps,
    }


def _applicant(audience: str) -> dict[str, Any]:
    """Who may apply: a procedure for persons is not offered to organisations; one of theirs a person may bring.

    Where both may, both numbers stand until the kind is chosen, each with its condition in words.
    """
    if audience != PERSONS:
        return APPLICANT | NUMBERS_OF_BOTH
    asked: dict[str, Any] = APPLICANT["applicant_kind"]
    own = [kind for kind in asked["oneOf"] if kind["const"] == audience]
    return {**APPLICANT, "applicant_kind": {**asked, "oneOf": own}}


def slot(title: str, code: str) -> dict[str, Any]:
    """A place for the files of one paper."""
    return {
        "type": "array",
        "title": title,
        "x-widget": "files",
        "x-privacy": "personal",
        "x-paper": code,
        "maxItems": 10,
        "x-accept": [".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx"],
    }


def _slot(paper: Mapping[str, Any]) -> dict[str, Any]:
    asked = slot(paper["name"], paper["code"])
    if paper.get("when"):
        asked |= {"x-when": paper["when"], "x-require": "true"}
    if paper.get("note"):
        asked["description"] = paper["note"]
    english = {"title": paper.get("name_en"), "description": paper.get("note_en")}
    if given := {key: words for key, words in english.items() if words}:
        asked["x-en"] = given
    return asked
