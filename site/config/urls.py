"""Addresses of the site: public pages under their language, everything else beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import LogoutView
from wagtail.documents import urls as wagtaildocs_urls

from core.admin.choosers import choose_page
from core.links.permanent import CODE, permanent_link
from core.links.qr_codes import qr_view
from core.pictures.documents import document
from core.pictures.favicon import favicon, sign, touch_icon
from core.pictures.public_files import media
from core.web import views

LINK = rf"(?P<letter>[a-z])/(?P<code>{CODE})"

handler400 = "core.web.refusals.not_read"
handler404 = "core.web.refusals.not_found"
handler403 = "core.web.refusals.refused"
handler500 = "core.web.refusals.failed"

urlpatterns = [
    path("", views.to_home, name="to-home"),
    path("admin/choose-page/", choose_page, name="wagtailadmin_choose_page"),
    path("admin/choose-page/<int:parent_page_id>/", choose_page, name="wagtailadmin_choose_page_child"),
    # Whatever else is asked here must change nothing: Wagtail takes the session's cookie away from a link, too.
    path("admin/logout/", require_POST(LogoutView.as_view()), name="wagtailadmin_logout"),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d{1,9})/(.*)$", document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", media, name="media"),
    path("sitemap.xml", views.sitemap_index, name="sitemap-index"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("favicon.svg", sign, name="sign"),
    path("apple-touch-icon.png", touch_icon, name="touch-icon"),
    path("theme.css", views.theme, name="theme"),
    path("", include("territoire.urls")),
    path("api/v1/", include("home.api.urls")),
    re_path(rf"^{LINK}/qr\.(?P<kind>svg|png)$", qr_view, name="qr-code"),
    re_path(rf"^{LINK}/?$", permanent_link, name="permanent-link"),
]

urlpatterns += i18n_patterns(
    path("", include("territoire.language_urls")),
    path("", include(wagtail_urls)),
)
