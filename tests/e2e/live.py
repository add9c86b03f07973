"""A browser in front of the test's own database, where a test makes things by factories and not by pages."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from soyol.accounts.models import User
from tests.e2e import shown

# Playwright turns a loop in this thread, in which Django would not let itself be asked.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
Opened = Callable[..., Page]


@pytest.fixture
def opened(live_server: Any, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Open a page as a visitor, an account, or whoever is signed in with a client: ``opened("/me/", user)``."""
    contexts: list[BrowserContext] = []
    request.node.stash[shown.OPENED] = contexts

    def open_page(
        path: str, who: Client | User | None = None, *, language: str = "mn", width: int = 1280, **kind: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **kind)
        contexts.append(context)
        client = who if isinstance(who, Client) else Client()
        if isinstance(who, User):
            client.force_login(who)
        cookies = {each.key: each.value for each in client.cookies.values()}
        cookies[settings.LANGUAGE_COOKIE_NAME] = language
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
