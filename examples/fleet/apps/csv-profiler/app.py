"""A page that profiles an uploaded CSV file."""

import os

import gradio as gr
import pandas as pd

from profiling import profile, summary

MAX_ROWS = int(os.environ.get("MAX_ROWS", "200000"))


def read(path: str) -> pd.DataFrame:
    """Reads the file, guessing the separator; one row more than allowed tells whether it was cut."""
    return pd.read_csv(path, sep=None, engine="python", nrows=MAX_ROWS + 1, encoding_errors="replace")


def analyse(path: str | None) -> tuple[str, pd.DataFrame | None, pd.DataFrame | None]:
    if path is None:
        return "Choose a file first.", None, None
    try:
        table = read(path)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise gr.Error(f"This file cannot be read as CSV: {error}") from error
    cut = len(table) > MAX_ROWS
    table = table.head(MAX_ROWS)
    text = summary(table)
    if cut:
        text += f" Only the first {MAX_ROWS:,} rows were read."
    return text, profile(table), table.head(20)


with gr.Blocks(title="CSV profiler") as demo:
    gr.Markdown("# CSV profiler\nWhat is in the file, column by column.")
    file = gr.File(label="CSV file", file_types=[".csv", ".tsv", ".txt"], type="filepath")
    overview = gr.Markdown()
    columns = gr.Dataframe(label="Columns", interactive=False, wrap=True)
    sample = gr.Dataframe(label="First rows", interactive=False)
    file.change(analyse, inputs=file, outputs=[overview, columns, sample])

if __name__ == "__main__":
    demo.launch()
