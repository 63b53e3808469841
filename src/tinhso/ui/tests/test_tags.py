"""What the tags write."""

from __future__ import annotations

import time
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from tinhso.ui import fields
from tinhso.ui.components import Step, Tab
from tinhso.ui.icons import STATES
from tinhso.ui.templatetags import ui


class Application(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ", max_length=5)
    way = forms.ChoiceField(
        label="Cách nhận",
        choices=[("post", "Bưu chính"), ("desk", "Tại quầy")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    born = forms.DateField(
        label="Ngày sinh", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    agrees = forms.BooleanField(label="Tôi cam đoan")


def drawn(template: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get(f"/ds/?{query}")
    return Template(template).render(RequestContext(request, context))


def tree(markup: str) -> ET.Element:
    return ET.fromstring(  # noqa: S314 - our own markup
        f"<div>{markup}</div>".replace(" checked>", ' checked="">').replace("\n", " ")
    )


class Days(forms.Form):
    on = forms.DateField(label="Ngày ký")


@pytest.mark.parametrize("is_named", [False, True])
def test_a_day_that_no_calendar_has_is_told_in_one_wording(is_named: bool) -> None:
    form = Days({"on": "2026-02-30"})
    if is_named:
        fields.name_in_errors(form.fields["on"])
    (said,) = form.errors["on"]
    assert "hông phải là một ngày có thật. Nhập lại, ví dụ 31/12/1990." in said
    assert ("“Ngày ký”" in said) is is_named


@pytest.mark.parametrize("state", STATES)
def test_a_pill_has_shape_word_and_colour(state: str) -> None:
    pill = tree(drawn("{% pill state 'Còn 6 ngày' %}", state=state))[0]
    assert pill.get("class") == f"pill pill--{state}"
    assert pill.find("svg") is not None
    assert "".join(pill.itertext()) == "Còn 6 ngày"


def test_the_shapes_of_the_states_differ() -> None:
    assert len(
        {drawn("{% pill state '' %}", state=state).split("<svg")[1] for state in STATES}
    ) == len(STATES)


def test_a_word_in_a_pill_is_escaped() -> None:
    assert "<b>" not in drawn("{% pill 'ok' words %}", words="<b>x</b>")


def test_two_hundred_pills_take_less_than_ten_milliseconds() -> None:
    template = Template("{% for n in numbers %}{% pill 'late' n %}{% endfor %}")
    context = {"numbers": [f"Quá hạn {n} ngày" for n in range(200)]}
    times = []
    for _ in range(10):
        begun = time.perf_counter()
        template.render(Context(context))
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.010


def test_a_button_with_an_address_is_a_link() -> None:
    assert (
        drawn('{% button "Xem" href="/x/" kind="primary small" %}')
        == '<a class="button button--primary button--small" href="/x/">Xem</a>'
    )


def test_a_button_takes_attributes() -> None:
    markup = drawn('{% button "Lưu" name="act" value="save" hx_get="/y/" %}')
    assert markup == '<button class="button" hx-get="/y/" name="act" value="save">Lưu</button>'


def test_a_field_by_name_keeps_what_was_typed_and_names_its_error() -> None:
    markup = drawn(
        '{% field "so.dien-thoai" label="Số điện thoại" value=v error="Chưa đúng" hint="10 chữ số" %}',
        v='"><script>',
    )
    assert 'id="id_so-dien-thoai"' in markup
    assert 'name="so.dien-thoai"' in markup
    assert 'aria-describedby="id_so-dien-thoai-hint id_so-dien-thoai-error"' in markup
    assert 'aria-invalid="true"' in markup
    assert "<script>" not in markup


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "không bắt buộc" in drawn('{% field "a" label="A" required=False %}')
    assert "không bắt buộc" not in drawn('{% field "a" label="A" %}')


def test_a_field_that_occurs_twice_is_given_an_id_of_its_own() -> None:
    markup = drawn(
        '{% field "way" id="way-7" label="Cách" kind="radios" options=ways hint="?" %}',
        ways=[(1, "A"), (2, "B")],
    )
    assert [f'id="{one}"' in markup for one in ("way-7", "way-7-1", "way-7-hint")] == [True] * 3
    assert "id_way" not in markup


def test_a_box_that_was_not_ticked_posts_a_true_value_when_it_is() -> None:
    assert 'value="1"' in drawn("{% field form.agrees %}", form=Application({"name": "Lan"}))
    assert "checked" not in drawn("{% field form.agrees %}", form=Application({"name": "Lan"}))


def test_every_kind_of_form_field_is_drawn_with_its_value() -> None:
    form = Application(
        {"name": "quá dài rồi", "way": "desk", "reason": "Vì", "born": "2001-02-03", "agrees": "on"}
    )
    markup = drawn("{% for one in form %}{% field one %}{% endfor %}", form=form)
    assert 'value="quá dài rồi"' in markup
    assert 'maxlength="5"' in markup
    assert 'value="desk" checked' in markup
    assert ">Vì</textarea>" in markup
    assert 'placeholder="ngày/tháng/năm"' in markup
    assert 'value="03/02/2001"' in markup
    assert 'name="agrees" value="1" checked' in markup
    assert 'id="id_name-error"' in markup


def test_the_error_summary_links_to_the_fields() -> None:
    form = Application({"name": "quá dài rồi"})
    markup = drawn(
        "{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}", form=form
    )
    for target in ("id_name", "id_way", "id_agrees"):
        assert f'href="#{target}"' in markup
        assert f'id="{target}"' in markup


def test_the_error_summary_takes_the_errors_of_a_refusal() -> None:
    markup = drawn("{% error_summary errors %}", errors={"a.b": ["Thiếu."], "": ["Gửi lại."]})
    assert '<a href="#id_a-b">Thiếu.</a>' in markup
    assert "<li>Gửi lại.</li>" in markup
    assert drawn("{% error_summary errors %}", errors={}).strip() == ""


def test_a_missing_fact_says_so() -> None:
    assert "chưa có" in drawn('{% dl "Người nhận" "" %}')
    assert "0" in drawn('{% dl "Lệ phí" 0 %}')
    assert drawn("{% dl pairs %}", pairs=[("A", 1)]) == drawn('{% dl "A" 1 %}')


def test_a_card_keeps_its_content_and_escapes_its_title() -> None:
    markup = drawn(
        '{% card title href="/x/" link="Tất cả" %}<p>{{ text }}</p>{% endcard %}',
        title="<i>",
        text="<b>",
    )
    assert "<h2>&lt;i&gt;</h2>" in markup
    assert "<p>&lt;b&gt;</p>" in markup
    assert '<a href="/x/">Tất cả</a>' in markup


def test_a_timeline_says_each_state_in_words() -> None:
    markup = drawn(
        "{% timeline steps %}",
        steps=[Step("A", "hôm qua", "done"), Step("B", state="now"), Step("C")],
    )
    assert ["đã xong" in markup, "đang làm" in markup, "chưa làm" in markup] == [True] * 3
    assert markup.count('aria-current="step"') == 1


def test_tabs_mark_the_current_view() -> None:
    markup = drawn(
        '{% tabs items label="Lọc" %}',
        items=[Tab("Tất cả", "?", 1316, is_current=True), Tab("Trễ", "?t", 2, "late")],
    )
    assert "<b>1.316</b>Tất cả" in markup
    assert markup.count("aria-current") == 1
    assert 'class="is-late"' in markup


def test_sorting_keeps_filters_turns_round_and_starts_at_the_first_page() -> None:
    assert 'href="?tu=lan&amp;sap=han"' in drawn('{% sort_link "han" "Hạn" %}', "tu=lan&trang=3")
    turned = drawn('{% sort_link "han" "Hạn" %}', "tu=lan&sap=han")
    assert 'href="?tu=lan&amp;sap=-han"' in turned
    assert "đang xếp tăng dần" in turned
    assert 'href="?sap=han"' in drawn('{% sort_link "han" "Hạn" %}', "sap=-han")


def test_kept_filters_leave_out_what_the_form_asks_itself_and_the_page() -> None:
    markup = drawn('{% kept_filters "tu" %}', "tu=lan&cap=xa&cap=tinh&trang=2")
    assert (
        markup
        == '<input type="hidden" name="cap" value="xa"><input type="hidden" name="cap" value="tinh">'
    )


def test_pagination_says_what_is_shown_and_keeps_filters() -> None:
    page = Paginator(range(2086), 20).page(2)
    markup = drawn('{% pagination page "hồ sơ" %}', "tu=lan&trang=2", page=page)
    assert "Hiển thị 21–40 trong 2.086 hồ sơ" in markup
    assert 'href="?tu=lan&amp;trang=3"' in markup
    assert '<b aria-current="page">2</b>' in markup


def test_a_single_page_has_no_links() -> None:
    assert "<nav" not in drawn("{% pagination page %}", page=Paginator(range(3), 20).page(1))


def test_filters_write_numbers_and_dates() -> None:
    assert drawn("{{ n|viet_number }} {{ r|viet_number:1 }}", n=220050, r=98.25) == "220.050 98,3"


def test_the_tags_need_no_load() -> None:
    assert ui.register.tags.keys() >= {
        "pill",
        "field",
        "error_summary",
        "button",
        "dl",
        "card",
        "timeline",
        "tabs",
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 6, 5), "05/06/2026"),
        ("2026-06-05", "05/06/2026"),
        ("2026-06-05T08:30", "05/06/2026 08:30"),
        ("2026-06-05 08:30:00", "05/06/2026 08:30"),
        ("0800", "0800"),
        ("08:30", "08:30"),
        ("2026-02-31", "2026-02-31"),
        ("5/6/2026", "5/6/2026"),
        ("<b>", "&lt;b&gt;"),
        (None, ""),
    ],
)
def test_a_day_stands_in_its_box_as_everybody_writes_it(value: object, shown: str) -> None:
    markup = drawn('{% field "ngay" label="Ngày" kind="date" value=value %}', value=value)
    assert f'type="text" id="id_ngay" name="ngay" value="{shown}"' in markup
    assert 'placeholder="ngày/tháng/năm"' in markup
