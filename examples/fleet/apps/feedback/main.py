"""A form for feedback, and an export for its owners."""

import hmac
import logging
import os
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, Header, HTTPException
from fastapi.responses import HTMLResponse, StreamingResponse

from store import FeedbackStore

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "info").upper())
log = logging.getLogger("feedback")

ADMIN_KEY = os.environ.get("ADMIN_KEY", "")
FORM = Path(__file__).with_name("form.html").read_text(encoding="utf-8")

app = FastAPI(title="Feedback", version="1.0.0")
store = FeedbackStore(Path(os.environ.get("DATA_FOLDER", "/data/feedback")))


def page(notice: str = "") -> HTMLResponse:
    return HTMLResponse(FORM.replace("<!-- notice -->", notice))


@app.get("/")
def form() -> HTMLResponse:
    return page()


@app.post("/")
def receive(
    rating: Annotated[int, Form(ge=1, le=5)], message: Annotated[str, Form(max_length=4000)] = ""
) -> HTMLResponse:
    store.add(rating=rating, message=message.strip())
    log.info("feedback received, rating %d", rating)
    return page("Thank you.")


@app.get("/export")
def export(authorization: Annotated[str, Header()] = "") -> StreamingResponse:
    given = authorization.removeprefix("Bearer ")
    if not ADMIN_KEY or not hmac.compare_digest(given.encode(), ADMIN_KEY.encode()):
        raise HTTPException(403, "The export needs the admin key as a bearer token.")
    return StreamingResponse(store.lines(), media_type="application/x-ndjson")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
