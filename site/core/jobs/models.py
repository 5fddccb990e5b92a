"""What waits to be done, and who does it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Something to do: a delivery that goes when it is done, or a line of the timetable, which stays.

    The row is written in the transaction that asks for it. The engine (django-tasks) carries single attempts, each with
    a ticket; an attempt whose ticket is not the row's any more does nothing.
    """

    #: A delivery is asked for once while it waits; asked again while it is done, it is done again.
    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    asked = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    #: Attempts since it was last done. Who does it holds it until then, and for longer while it lasts.
    attempts = models.PositiveIntegerField(default=0)
    ticket = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)  # its kind only: its text may hold an address
    last_done_at = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("job")

    def __str__(self) -> str:
        return self.key


class Worker(models.Model):
    """A process of `manage.py work`."""

    name = models.CharField(max_length=100, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("worker")

    def __str__(self) -> str:
        return self.name
