"""Gives every request an id, which the journal stores and the response carries."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from . import request_id

HEADER = "X-Request-ID"


@sync_and_async_middleware
def RequestIdMiddleware(
    get_response: Callable[[HttpRequest], Any],
) -> Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]:
    """Take a sane `X-Request-ID` from the front server or make one; answer with it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with request_id.bound(request_id.accept(request.headers.get(HEADER))) as bound_id:
            response = get_response(request)
            response[HEADER] = bound_id
            return response

    async def answer_async(request: HttpRequest) -> HttpResponseBase:
        with request_id.bound(request_id.accept(request.headers.get(HEADER))) as bound_id:
            response = await get_response(request)
            response[HEADER] = bound_id
            return response

    return answer_async if iscoroutinefunction(get_response) else answer
