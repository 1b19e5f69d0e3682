"""Speech to text on a GPU."""

import os
import tempfile

import gradio as gr
import torch
from transformers import pipeline

from subtitles import srt, timestamp

MODEL_ID = os.environ.get("MODEL_ID", "openai/whisper-small")
MAX_MINUTES = float(os.environ.get("MAX_MINUTES", "15"))

on_gpu = torch.cuda.is_available()
recogniser = pipeline(
    "automatic-speech-recognition",
    model=MODEL_ID,
    device=0 if on_gpu else -1,
    dtype=torch.float16 if on_gpu else torch.float32,
    chunk_length_s=30,
    batch_size=8 if on_gpu else 1,
)


def transcribe(audio: tuple[int, object] | None, translate: bool) -> tuple[str, list[list[str]], str | None]:
    if audio is None:
        raise gr.Error("Record or upload something first.")
    rate, samples = audio
    minutes = len(samples) / rate / 60
    if minutes > MAX_MINUTES:
        raise gr.Error(f"The recording is {minutes:.0f} minutes long; at most {MAX_MINUTES:g} are taken.")
    signal = samples.mean(axis=1) if samples.ndim == 2 else samples
    signal = signal.astype("float32")
    loudest = abs(signal).max()
    if loudest == 0:
        raise gr.Error("The recording is silent.")
    result = recogniser(
        {"sampling_rate": rate, "raw": signal / loudest},
        return_timestamps=True,
        generate_kwargs={"task": "translate" if translate else "transcribe"},
    )
    end_of_recording = minutes * 60
    chunks = [
        # The last sentence has no end when the recording stops in the middle of it.
        (chunk["timestamp"][0], chunk["timestamp"][1] or end_of_recording, chunk["text"])
        for chunk in result["chunks"]
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".srt", delete=False, encoding="utf-8") as file:
        file.write(srt(chunks))
    return result["text"].strip(), [[timestamp(start), text.strip()] for start, _, text in chunks], file.name


with gr.Blocks(title="Transcriber") as demo:
    gr.Markdown(f"# Transcriber\nSpeech to text with `{MODEL_ID}`.")
    audio = gr.Audio(label="Speech", sources=["microphone", "upload"], type="numpy")
    translate = gr.Checkbox(label="Translate to English")
    run = gr.Button("Transcribe", variant="primary")
    text = gr.Textbox(label="Text", lines=6, show_copy_button=True)
    timed = gr.Dataframe(headers=["time", "text"], label="Sentences", interactive=False, wrap=True)
    subtitles = gr.File(label="Subtitles")
    run.click(transcribe, inputs=[audio, translate], outputs=[text, timed, subtitles], concurrency_limit=1)

if __name__ == "__main__":
    demo.queue(max_size=16).launch()
