"""The HTTP face: reads a request, asks `analysis`, answers."""

import logging
import os

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from .analysis import analyse

MAX_CHARACTERS = int(os.environ.get("MAX_CHARACTERS", "50000"))

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "info").upper())
log = logging.getLogger("text-api")

app = FastAPI(title="Text API", version="1.0.0")


class Text(BaseModel):
    text: str = Field(min_length=1, description="The text to look at, English prose")
    keywords: int = Field(default=8, ge=0, le=50, description="How many phrases to name at most")


class Analysis(BaseModel):
    characters: int
    words: int
    sentences: int
    reading_minutes: float
    reading_ease: float | None
    keywords: list[str]


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/analyse")
def analyse_text(request: Text) -> Analysis:
    if len(request.text) > MAX_CHARACTERS:
        raise HTTPException(413, f"The text has {len(request.text)} characters; at most {MAX_CHARACTERS} are taken.")
    result = analyse(request.text, keywords=request.keywords)
    log.info("analysed %d words in %d sentences", result["words"], result["sentences"])
    return Analysis(**result)
