"""The room's screens in the back office, under /kantor/."""

from django.urls import URLPattern, path

from . import approval, house_rules, review_links, roundup, writing

REVIEW = "persetujuan/naskah/<int:review_id>/"

app_name = "newsroom_staff"
urlpatterns: list[URLPattern] = [
    path("tulis/<int:participation_id>/", writing.write, name="write"),
    path("tulis/naskah/<int:page_id>/", writing.write_item, name="write_item"),
    path("tulis/baru/<str:code>/", writing.write_new, name="write_new"),
    path("tulis/kunci/<uuid:key>/", writing.find_writing, name="find_writing"),
    path("tulis/rangkuman/<str:code>/", roundup.roundup, name="roundup"),
    path("persetujuan/", approval.show_own, name="own_approvals"),
    path("persetujuan/minta/<int:page_id>/", approval.ask, name="ask"),
    path(REVIEW, approval.show_review, name="review"),
    path(f"{REVIEW}tarik/", approval.withdraw, name="review_withdraw"),
    path(f"{REVIEW}tautan/", review_links.make, name="review_link_make"),
    path(f"{REVIEW}kirim/", review_links.send, name="review_link_send"),
    path(
        f"{REVIEW}tautan/<int:link_id>/tutup/", review_links.withdraw, name="review_link_withdraw"
    ),
    path("persetujuan/<str:code>/", approval.show_list, name="approvals"),
    path("wakil/<str:code>/", house_rules.show_deputies, name="deputies"),
    path("wakil/<str:code>/<int:deputy_id>/hapus/", house_rules.dismiss, name="deputy_dismiss"),
    path("pemeriksa/<str:code>/", house_rules.show_reviewers, name="reviewers"),
    path(
        "pemeriksa/<str:code>/<int:reviewer_id>/akhiri/",
        house_rules.end_reviewer,
        name="reviewer_end",
    ),
    path("redaksi/", house_rules.show_own, name="own_settings"),
    path("redaksi/<str:code>/", house_rules.show_settings, name="settings"),
]
