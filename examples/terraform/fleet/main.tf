terraform {
  required_version = ">= 1.11"

  required_providers {
    huggingface = {
      source = "spaceform/huggingface"
    }
  }
}

variable "owner" {
  description = "The organisation that the Spaces belong to."
  type        = string
}

provider "huggingface" {
  default_owner = var.owner
}

locals {
  demos = {
    summarise  = { model = "acme/summariser", hardware = "cpu-basic" }
    transcribe = { model = "acme/transcriber", hardware = "t4-medium" }
    translate  = { model = "acme/translator", hardware = "t4-small" }
  }
}

resource "huggingface_space" "backend" {
  name     = "demo-backend"
  hardware = "cpu-upgrade"

  # Only paid hardware goes to sleep after a time of one's own.
  sleep_time = "1h"
}

resource "huggingface_space" "demo" {
  for_each = local.demos

  name       = "demo-${each.key}"
  hardware   = each.value.hardware
  sleep_time = each.value.hardware == "cpu-basic" ? null : "30m"

  variables = {
    BACKEND_URL = huggingface_space.backend.url
    MODEL_ID    = each.value.model
  }

  variable_descriptions = {
    MODEL_ID = "The model that the demo shows"
  }

  volumes = [
    {
      type   = "model"
      source = each.value.model
      mount  = "/model"
    },
  ]
}

output "pages" {
  description = "The Spaces' pages on the Hub."
  value       = { for name, space in huggingface_space.demo : name => space.page }
}
