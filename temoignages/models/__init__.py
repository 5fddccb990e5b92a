"""Pages of what students and supervisors tell."""

from .testimonial import Profile, TestimonialIndexPage, TestimonialPage

__all__ = ["Profile", "TestimonialIndexPage", "TestimonialPage"]
