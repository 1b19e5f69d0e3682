"""Serves the report, read again at most every REFRESH_SECONDS."""

import os
import threading
import time

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

from report import page, rows

ORGANISATION = os.environ.get("ORGANISATION", "acme")
REFRESH_SECONDS = float(os.environ.get("REFRESH_SECONDS", "300"))

app = FastAPI(title="Fleet report", version="1.0.0")
api = HfApi(token=os.environ.get("HUB_TOKEN"))

_lock = threading.Lock()
_cached: tuple[float, str] | None = None


def current_page() -> str:
    global _cached
    # Held while the Hub is read, so that many visitors cause one read.
    with _lock:
        if _cached is None or time.monotonic() - _cached[0] > REFRESH_SECONDS:
            _cached = (time.monotonic(), page(ORGANISATION, rows(api, ORGANISATION)))
        return _cached[1]


@app.get("/")
def report() -> HTMLResponse:
    try:
        return HTMLResponse(current_page())
    except HfHubHTTPError as error:
        raise HTTPException(502, f"The Hub did not answer: {error}") from error


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
