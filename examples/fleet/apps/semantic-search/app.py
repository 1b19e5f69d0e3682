"""Search by meaning in a pasted text."""

import functools
import os

import gradio as gr
import numpy as np
from sentence_transformers import SentenceTransformer

from passages import passages

MODEL_ID = os.environ.get("MODEL_ID", "sentence-transformers/all-MiniLM-L6-v2")
MAX_CHARACTERS = 200_000

model = SentenceTransformer(MODEL_ID)


@functools.lru_cache(maxsize=8)
def index(text: str) -> tuple[tuple[str, ...], np.ndarray]:
    """The passages of a text and their vectors, of length one. Kept for the next question about the same text."""
    parts = tuple(passages(text))
    return parts, model.encode(list(parts), normalize_embeddings=True, batch_size=64)


def search(text: str, question: str, limit: int) -> list[list[str]]:
    if not text.strip() or not question.strip():
        raise gr.Error("Both a text and a question are needed.")
    if len(text) > MAX_CHARACTERS:
        raise gr.Error(f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are taken.")
    parts, vectors = index(text)
    scores = vectors @ model.encode(question, normalize_embeddings=True)
    best = np.argsort(-scores)[: int(limit)]
    return [[f"{scores[position]:.2f}", parts[position]] for position in best]


with gr.Blocks(title="Semantic search") as demo:
    gr.Markdown("# Semantic search")
    text = gr.Textbox(label="Text", lines=12, placeholder="Paste a report, a manual, minutes of a meeting …")
    with gr.Row():
        question = gr.Textbox(label="Question", scale=4)
        limit = gr.Slider(label="Passages", minimum=1, maximum=10, step=1, value=3)
    run = gr.Button("Search", variant="primary")
    found = gr.Dataframe(headers=["nearness", "passage"], interactive=False, wrap=True)
    gr.on([run.click, question.submit], search, inputs=[text, question, limit], outputs=found)

if __name__ == "__main__":
    demo.launch()
