"""Parts of terraform_space.py: the resource `huggingface_space` with the real Terraform."""
