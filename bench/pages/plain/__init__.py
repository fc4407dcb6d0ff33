"""The reference: the same content as plain Wagtail pages, written as Wagtail's bakery demo is.

Pages with StreamField bodies, tags and image renditions; menus from get_children(); breadcrumbs
from get_ancestors(); template tags `image`, `pageurl`, `richtext`. Queries are as its authors
would write them, with select_related where the bakery demo has it. It shows less than Zona's
pages do (no opening hours, agenda, stages, structured data, archive of years with counts), so it
has less to do.
"""
