"""What is near a place. Distances are great circles in kilometres, good enough for a département."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 30.0


def distance_km(one: Any, other: Any) -> float:
    """Return the distance between two places that have coordinates (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def nearest(place: Any, others: Iterable[Any], most: int, within: float = NEAR_KM) -> list[Any]:
    """Return up to `most` of the others within so many kilometres, nearest first, each with its `.distance_km`."""
    if not place.has_coordinates:
        return []
    found = []
    for other in others:
        if other.has_coordinates:
            other.distance_km = distance_km(place, other)
            if other.distance_km <= within:
                found.append(other)
    return sorted(found, key=lambda other: other.distance_km)[:most]
