"""How what happens on the website reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    register_verb("site.duties_added", _("added mandatory pages"), {"codes": _("pages")})
    register_verb("site.duty_added", _("added the mandatory page {target}"))
    register_verb("site.duty_changed", _("changed the mandatory page {target}"))
    register_verb("site.rubric_added", _("added the rubric {target}"))
    register_verb("site.rubric_changed", _("changed the rubric {target}"))
    register_verb("site.rubric_removed", _("removed the rubric {target}"))
    register_verb(
        "site.years_confirmed",
        _("confirmed the years of imported articles of {target}"),
        {"pages": _("pages")},
    )
    register_verb("site.office_opened", _("opened the website of {target}"))
    register_verb("site.page_published", _("published {target}"))
    register_verb("site.page_unpublished", _("took down {target}"))
    register_verb(
        "site.page_reviewed",
        _("reviewed {target}"),
        {"reviewed_at": _("last reviewed")},
    )
    register_verb(
        "site.articles_imported",
        _("imported articles for {target}"),
        {"count": _("number")},
    )
