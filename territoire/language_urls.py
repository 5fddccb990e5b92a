"""What others frame, under the address of its language."""

from django.urls import re_path

from .outlets.frames import offers_embed

urlpatterns = [
    # The same word in all languages: what others have pasted says the language before it.
    re_path(r"^embed/offres/?$", offers_embed, name="offers-embed"),
]
