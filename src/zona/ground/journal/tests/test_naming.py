"""How things are named in the record."""

from django.db import models
from django.test.utils import isolate_apps

from zona.ground.journal.naming import Target, name_target


@isolate_apps("zona.ground.journal")
def test_an_object_has_one_name_whichever_of_its_tables_it_is_read_from() -> None:
    class Page(models.Model):
        class Meta:
            app_label = "journal"

        def __str__(self) -> str:
            return "Kabar"

    class Article(Page):
        class Meta:
            app_label = "journal"

    class Story(Article):
        class Meta:
            app_label = "journal"
            proxy = True

    named = {name_target(Page(id=4)), name_target(Article(id=4, page_ptr_id=4))}
    named.add(name_target(Story(id=4, page_ptr_id=4)))
    assert named == {Target("journal.page", "4", "Kabar")}
