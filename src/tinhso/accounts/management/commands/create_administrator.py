"""`create_administrator EMAIL NAME`: the first person who may let others in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tinhso.accounts.errors import RoleNotFound
from tinhso.accounts.pages.passwords import link_path
from tinhso.accounts.services import rights, users
from tinhso.calendars.clock import day_of, now
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.management.base import CommandParser

    from tinhso.accounts.models import User

ROLES = ("administrator", "operator")


class Command(BaseCommand):
    """Creates an account with the roles of administrator and operator for the whole province."""

    help = "Tạo tài khoản quản trị đầu tiên và in liên kết đặt mật khẩu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="địa chỉ thư, cũng là tên đăng nhập")
        parser.add_argument("name", metavar="TÊN", help="họ và tên")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        actor, at = SystemActor("setup"), now()
        try:
            with transaction.atomic():
                user = self._create(options["email"], options["name"], actor, at)
        except RoleNotFound as refused:
            raise CommandError(
                f"{refused} Vai trò đến từ gói: chạy ./tinhso packs apply trước."
            ) from refused
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Đặt mật khẩu tại: {link_path(user)}")
        self.stdout.write(
            "Sau đó bật xác thực hai lớp tại /tai-khoan:"
            " chưa bật thì vai trò chưa có hiệu lực, mọi trang quản trị còn đóng."
        )

    def _create(self, email: str, name: str, actor: SystemActor, at: datetime) -> User:
        user = users.create(email=email, name=name, actor=actor, at=at)
        for role in ROLES:
            rights.grant(
                user.uuid,
                role=role,
                agency=None,
                includes_subordinates=False,
                since=day_of(at),
                until=None,
                reason="Tài khoản quản trị đầu tiên",
                actor=actor,
                at=at,
            )
        return user
