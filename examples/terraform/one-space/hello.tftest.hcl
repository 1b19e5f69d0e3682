# `terraform test` makes the Space, looks at it and deletes it again.

run "the_app_runs" {
  assert {
    condition     = huggingface_space.hello.stage == "RUNNING"
    error_message = "The app does not run: ${huggingface_space.hello.stage}."
  }

  assert {
    condition     = startswith(output.url, "https://")
    error_message = "The app has no address."
  }
}
