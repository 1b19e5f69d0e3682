terraform {
  required_version = ">= 1.11"

  required_providers {
    huggingface = {
      source = "spaceform/huggingface"
    }
  }
}

# The token is that of HF_TOKEN, or the one that `hf auth login` stored.
provider "huggingface" {}

variable "owner" {
  description = "The user or organisation that the Space is to belong to."
  type        = string
}

resource "huggingface_space" "hello" {
  name       = "hello"
  owner      = var.owner
  sdk        = "docker"
  hardware   = "cpu-basic"
  visibility = "private"

  source = {
    path = "${path.module}/app"
  }

  card = {
    title      = "Hello"
    emoji      = "👋"
    color_from = "blue"
    color_to   = "indigo"
    app_port   = 7860
  }

  variables = {
    GREETING = "Hello from Terraform"
  }

  # Apply ends when the app runs, or after this time.
  wait = {
    until   = "running"
    timeout = "20m"
  }
}

output "url" {
  description = "Where the app answers."
  value       = huggingface_space.hello.url
}
