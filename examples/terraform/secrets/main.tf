terraform {
  required_version = ">= 1.11"

  required_providers {
    huggingface = {
      source = "spaceform/huggingface"
    }
  }
}

provider "huggingface" {}

# Give it as TF_VAR_api_key. An ephemeral value is in no plan and no state.
variable "api_key" {
  description = "The key of the service that the app asks."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "huggingface_space" "assistant" {
  name = "acme/assistant"

  secrets = {
    API_KEY = var.api_key
  }

  # Another number has the secrets written again. With SPACEFORM_LOCK_KEY set, a new value is noticed by itself.
  secrets_version = 1
}
