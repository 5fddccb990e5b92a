"""What readers see of pictures, documents and videos, and which of them have a public address."""
