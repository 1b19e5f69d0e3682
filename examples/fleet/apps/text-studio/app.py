"""The page in front of the Text API."""

import os

import gradio as gr
import httpx

BACKEND_URL = os.environ.get("BACKEND_URL", "http://127.0.0.1:7860").rstrip("/")
REQUEST_TIMEOUT = float(os.environ.get("REQUEST_TIMEOUT", "20"))

# Flesch's own bands, hardest last.
BANDS = [
    (90, "very easy: a pupil of eleven reads it"),
    (70, "easy: conversational English"),
    (60, "plain English"),
    (50, "fairly hard"),
    (30, "hard: college level"),
    (float("-inf"), "very hard: for specialists"),
]

EXAMPLE = (
    "A plan is worth more when everybody can read it. Write short sentences. Name things by the words their users "
    "know, and say what will happen before it happens."
)


def band(ease: float) -> str:
    return next(text for lowest, text in BANDS if ease >= lowest)


def analyse(text: str, keywords: int) -> tuple[str, str]:
    if not text.strip():
        return "Write or paste something first.", ""
    try:
        response = httpx.post(
            f"{BACKEND_URL}/analyse", json={"text": text, "keywords": int(keywords)}, timeout=REQUEST_TIMEOUT
        )
        response.raise_for_status()
    except httpx.TimeoutException as error:
        raise gr.Error("The analysis did not answer in time. It may be waking up: try again in a minute.") from error
    except httpx.HTTPStatusError as error:
        detail = error.response.json().get("detail", "") if "json" in error.response.headers["content-type"] else ""
        raise gr.Error(f"The analysis refused this text. {detail}") from error
    except httpx.HTTPError as error:
        raise gr.Error(f"The analysis cannot be reached at {BACKEND_URL}.") from error
    result = response.json()
    lines = [
        f"**{result['words']:,}** words in **{result['sentences']:,}** sentences, "
        f"**{result['reading_minutes']:g}** minutes to read."
    ]
    if result["reading_ease"] is not None:
        lines.append(f"Reading ease **{result['reading_ease']:g}**: {band(result['reading_ease'])}.")
    return "\n\n".join(lines), "\n".join(f"- {phrase}" for phrase in result["keywords"])


with gr.Blocks(title="Text studio") as demo:
    gr.Markdown("# Text studio")
    with gr.Row():
        with gr.Column(scale=2):
            text = gr.Textbox(label="Your text", lines=14, value=EXAMPLE)
            count = gr.Slider(label="Phrases to name", minimum=0, maximum=20, step=1, value=8)
            run = gr.Button("Analyse", variant="primary")
        with gr.Column():
            verdict = gr.Markdown()
            phrases = gr.Markdown()
    run.click(analyse, inputs=[text, count], outputs=[verdict, phrases])

if __name__ == "__main__":
    demo.launch()
