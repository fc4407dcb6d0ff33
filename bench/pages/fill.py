"""Run inside the reference: makes its database and takes in what `export.py` wrote."""

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.pages.plain.settings")


def main(source: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    folder = settings.DATA / "plain_migrations"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    call_command("makemigrations", "plain", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    from wagtail.models import Page, Site

    from bench.pages.plain.models import ArticlePage, HomePage, ListPage, Rubric, TextPage

    content = json.loads(Path(source).read_text())
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(slug="home", **content["home"]))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    news = home.add_child(instance=ListPage(title="Kabar", slug="kabar", show_in_menus=True))
    for title in content["others"]:
        home.add_child(instance=TextPage(title=title, show_in_menus=True))
    rubrics: dict[str, Rubric] = {}
    photos: dict[str, Any] = {}
    for number, row in enumerate(content["articles"]):
        rubric = row.pop("rubric")
        if rubric and rubric not in rubrics:
            rubrics[rubric] = Rubric.objects.create(title=rubric, slug=f"r{len(rubrics)}")
        photo, tags, blocks = row.pop("photo"), row.pop("tags"), row.pop("body")
        if photo and photo not in photos:
            photos[photo] = take_photo(photo)
        page = ArticlePage(**row | {"slug": f"{row['slug'][:200]}-{number}"})
        page.rubric, page.photo = rubrics.get(rubric), photos.get(photo)
        page.body = [tuple(block) for block in blocks]
        news.add_child(instance=page)
        page.tags.add(*tags)
        page.save()


def take_photo(path: str) -> Any:
    from django.core.files.images import ImageFile
    from wagtail.images.models import Image

    with open(path, "rb") as file:
        return Image.objects.create(title=Path(path).stem, file=ImageFile(file, Path(path).name))


if __name__ == "__main__":
    main(sys.argv[1])
