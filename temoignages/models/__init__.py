"""Pages of testimonials."""

from .testimonial import Profile, TestimonialIndexPage, TestimonialPage

__all__ = ["Profile", "TestimonialIndexPage", "TestimonialPage"]
