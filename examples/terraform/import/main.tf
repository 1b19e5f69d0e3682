terraform {
  required_version = ">= 1.11"

  required_providers {
    huggingface = {
      source = "spaceform/huggingface"
    }
  }
}

provider "huggingface" {}

# What is there already is taken over as it is. `terraform plan -generate-config-out=chat.tf` writes the resource where there is none.
import {
  to = huggingface_space.chat
  id = "acme/chat"
}

resource "huggingface_space" "chat" {
  name       = "chat"
  owner      = "acme"
  hardware   = "cpu-basic"
  visibility = "public"

  variables = {
    LOG_LEVEL = "info"
  }
}
