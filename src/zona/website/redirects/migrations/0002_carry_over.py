"""Take over the rows of Wagtail's own redirects, whose app is no longer installed.

Its table goes: without its app nothing would keep the table's foreign keys in step, and a page
named there could not be deleted any more.
"""

from django.db import migrations

TABLE = "wagtailredirects_redirect"
READ = f"""
    SELECT old_path, site_id, is_permanent, redirect_page_id, redirect_link, automatically_created
    FROM {TABLE} ORDER BY id
"""  # noqa: S608  a constant


def carry_over(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        cursor.execute(READ)
        found = cursor.fetchall()
    Redirect = apps.get_model("redirects", "Redirect")
    finder = Finder(apps)
    for old_path, site_id, permanent, page_id, link, automatic in found:
        page = finder.pages.filter(pk=page_id).first() if page_id else None
        if page is None and not link:
            continue
        for office_id, path in finder.places(old_path.lower(), site_id, page):
            Redirect.objects.get_or_create(
                office_id=office_id,
                old_path=path[:500],
                defaults={
                    "page": page,
                    "url": "" if page else link,
                    "permanent": bool(permanent),
                    "source": "automatic" if automatic else "manual",
                },
            )
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Finder:
    """Whose an old path is: by its site, by the home in it, by its page, else the front office's."""

    def __init__(self, apps):
        self.pages = apps.get_model("showcase", "BasePage").objects
        self.homes = list(
            apps.get_model("showcase", "HomePage")
            .objects.exclude(office=None)
            .values_list("pk", "url_path", "office_id")
        )
        self.roots = dict(apps.get_model("wagtailcore", "Site").objects.values_list("pk", "root_page"))
        fronts = apps.get_model("showcase", "DirectoryPage").objects.exclude(front_office=None)
        self.front = fronts.values_list("front_office", flat=True).first()

    def places(self, path, site_id, page):
        """(office, path below its home)."""
        root = self.roots.get(site_id)
        for pk, _url_path, office_id in self.homes:
            if pk == root:
                return [(office_id, path)]
        for _pk, url_path, office_id in self.homes:
            visible = "/" + url_path.strip("/").partition("/")[2]
            if path.startswith(f"{visible}/"):
                return [(office_id, path.removeprefix(visible))]
        office_id = (page.office_id if page else None) or self.front
        # A redirect of all sites to another address concerns every office there is.
        return [(office_id, path)] if office_id else [(row[2], path) for row in self.homes]


class Migration(migrations.Migration):
    dependencies = [
        ("redirects", "0001_initial"),
        ("showcase", "0003_kinds"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
