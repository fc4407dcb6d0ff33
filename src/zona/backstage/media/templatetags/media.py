"""Words of the room for its templates."""

from django import template

from .. import queries

register = template.Library()
register.filter("say_length", queries.say_length)
