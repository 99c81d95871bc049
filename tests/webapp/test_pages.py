"""What a person meets on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from conftest_webapp import TEXT, HandMadeChecker
