"""Small screens, each with one thing that must keep it out of memory; "/plain/" has none."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from zona.ground.guard.bodies import MOST_OF_ANYONE, takes_bodies

made: list[str] = []  # the paths that were answered, in order


def plain(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    agent = request.META.get("HTTP_USER_AGENT", "")
    return HttpResponse(f"<p>{request.get_host()} {request.scheme} {agent}</p>" + "isi " * 500)


def session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("x", "kosong"))


def user(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user.is_authenticated))


def csrf(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response


def message(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(list(messages.get_messages(request))))


def stream(request: HttpRequest) -> StreamingHttpResponse:
    parts: Iterator[Any] = iter([b"x" * 700_000, b"y" * 700_000])
    return StreamingHttpResponse(parts)


def events(request: HttpRequest) -> StreamingHttpResponse:
    parts: Iterator[Any] = iter([b"data: 1\n\n", b"data: 2\n\n"])
    return StreamingHttpResponse(parts, content_type="text/event-stream")


def varies(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Vary": "Accept-Language"})


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


@csrf_exempt
@takes_bodies(MOST_OF_ANYONE, of_anyone=True)
def upload(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.read())))


def lead_on(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/plain/")


OWN = ("session", "user", "csrf", "cookie", "message", "stream", "varies")
urlpatterns = [
    *(path(f"{view.__name__}/", view) for view in (
        plain, session, user, csrf, cookie, message, stream, events, varies, echo, upload, lead_on,
    )),
    path("kantor/plain/", plain),
]  # fmt: skip
