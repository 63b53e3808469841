"""Keys of partner systems."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tinhso.accounts import errors, queries
from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import (
    PartnerToken,
)
from tinhso.accounts.permissions import PARTNER_RIGHTS, AccountPermission
from tinhso.accounts.services import tokens
from tinhso.accounts.tests.factories import (
    AT,
    last_event,
    make_grant,
    make_role,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing, registry

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


class TestTokens:
    def issue(
        self, agency: int | None, actor: Actor, *, expires_at: datetime, codes: list[str]
    ) -> tuple[PartnerToken, str]:
        return tokens.issue(
            name="Hệ thống của Cục",
            permissions=codes,
            agency=agency,
            includes_subordinates=False,
            expires_at=expires_at,
            actor=actor,
            at=AT,
        )

    def test_a_token_opens_until_it_ends_or_is_withdrawn(
        self, admin: Actor, commune: Agency
    ) -> None:
        end = AT + timedelta(days=30)
        codes = ["accounts:user:read"]
        token, secret = self.issue(commune.pk, admin, expires_at=end, codes=codes)
        assert secret.startswith(token.hint)
        assert secret.encode() not in bytes(token.digest)
        assert last_event().payload["permissions"] == codes
        actor = queries.partner(secret, now=AT)
        assert actor is not None
        assert actor.holds(AccountPermission.READ_USER, agency=commune.pk, at=AT)
        assert queries.partner(secret, now=end) is None
        assert queries.partner(secret + "x", now=AT) is None
        tokens.withdraw(token.uuid, reason="hết hợp đồng", actor=admin, at=AT)
        assert queries.partner(secret, now=AT) is None
        with pytest.raises(errors.TokenAlreadyWithdrawn):
            tokens.withdraw(token.uuid, reason="", actor=admin, at=AT)

    def test_a_withdrawal_counts_at_once_whatever_date_the_house_plays(
        self, admin: Actor, commune: Agency
    ) -> None:
        codes = ["accounts:user:read"]
        end = AT + timedelta(days=30)
        token, secret = self.issue(commune.pk, admin, expires_at=end, codes=codes)
        tokens.withdraw(token.uuid, reason="", actor=admin, at=AT + timedelta(days=7))
        assert queries.partner(secret, now=AT) is None

    def test_it_takes_the_right_where_the_token_reaches(
        self, admin: Actor, commune: Agency
    ) -> None:
        end = AT + timedelta(days=30)
        for agency in (None, make_agency().pk):
            with pytest.raises(PermissionMissing):
                self.issue(agency, admin, expires_at=end, codes=["accounts:user:read"])
        token, _secret = self.issue(
            commune.pk, SYSTEM, expires_at=end, codes=["accounts:user:read"]
        )
        with pytest.raises(PermissionMissing):
            tokens.withdraw(token.uuid, reason="", actor=actor_for(make_user()), at=AT)
        with pytest.raises(errors.TokenNotFound):
            tokens.withdraw(uuid4(), reason="", actor=admin, at=AT)
        assert PartnerToken.objects.count() == 1

    def test_rights_are_known_and_the_end_is_near(self, admin: Actor, commune: Agency) -> None:
        end = AT + timedelta(days=30)
        for codes in ([], ["accounts:user:fly"]):
            with pytest.raises(errors.TokenWithoutRights):
                self.issue(commune.pk, admin, expires_at=end, codes=codes)
        for moment in (AT, datetime(2030, 1, 1, tzinfo=UTC)):
            with pytest.raises(errors.TokenExpiryPast):
                self.issue(commune.pk, admin, expires_at=moment, codes=["accounts:user:read"])
        assert not PartnerToken.objects.exists()

    def test_its_last_day_is_judged_by_the_real_clock_whatever_day_the_house_plays(
        self, admin: Actor, commune: Agency
    ) -> None:
        now = AT + timedelta(days=500)
        for end in (AT + timedelta(days=30), now, now + timedelta(days=732)):
            with pytest.raises(errors.TokenExpiryPast, match=f"{now:%d/%m/%Y}"):
                self.issue_at(now, commune, admin, end)
        assert not PartnerToken.objects.exists()
        end = now + timedelta(days=1)
        assert self.issue_at(now, commune, admin, end)[0].expires_at == end

    def issue_at(
        self, now: datetime, commune: Agency, actor: Actor, end: datetime
    ) -> tuple[PartnerToken, str]:
        return tokens.issue(
            name="Hệ thống của Cục",
            permissions=["accounts:user:read"],
            agency=commune.pk,
            includes_subordinates=False,
            expires_at=end,
            actor=actor,
            at=AT,
            now=now,
        )


class TestRightsOfATokenAndItsIssuer:
    def issue(self, actor: Actor, agency: Agency, *codes: str, deep: bool = False) -> PartnerToken:
        token, _secret = tokens.issue(
            name="Hệ thống của Cục",
            permissions=codes,
            agency=agency.pk,
            includes_subordinates=deep,
            expires_at=AT + timedelta(days=30),
            actor=actor,
            at=AT,
        )
        return token

    def test_nobody_issues_what_they_do_not_hold(self, admin: Actor, commune: Agency) -> None:
        before = Event.objects.count()
        for code in ("dossiers:dossier:decide", "dossiers:dossier:receive", "parties:party:read"):
            with pytest.raises(errors.TokenRightNotHeld) as refused:
                self.issue(admin, commune, "dossiers:dossier:read", code)
            assert refused.value.details == {"permission": code}
        assert not PartnerToken.objects.exists()
        assert Event.objects.count() == before

    def test_what_partners_are_given_is_issued_by_whoever_may_issue(
        self, admin: Actor, commune: Agency
    ) -> None:
        assert set(registry) >= PARTNER_RIGHTS
        token = self.issue(admin, commune, *PARTNER_RIGHTS)
        assert set(token.permissions) == PARTNER_RIGHTS

    def test_the_issuer_holds_the_right_wherever_the_token_reaches(self, commune: Agency) -> None:
        below = make_agency(parent=commune)
        user = make_user("Vân")
        issuing = make_role([AccountPermission.ISSUE_TOKEN])
        make_grant(user, issuing, commune, includes_subordinates=True)
        make_grant(user, make_role([AccountPermission.READ_USER]), commune)
        issuer = actor_for(user)
        code = AccountPermission.READ_USER.value
        for agency, deep in ((commune, True), (below, False)):
            with pytest.raises(errors.TokenRightNotHeld):
                self.issue(issuer, agency, code, deep=deep)
        assert not PartnerToken.objects.exists()
        assert self.issue(issuer, commune, code).permissions == [code]
