// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/browsepage.h"

#include "ui/accounts/sidebar.h"
#include "ui/common/theme.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/settings/appsettings.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/headerbar.h"
#include "ui/window/noticestack.h"
#include "ui/window/statusrow.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace vitrine::ui {

namespace {

constexpr int kDetailsWidth = 290;

template <typename Layout>
Layout* tight(Layout* layout)
{
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

BrowsePage::BrowsePage(const Parts& parts, AppSettings& settings, QWidget* parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_settings(settings)
    , m_pages(new QStackedWidget)
    , m_detailsSide(buildDetailsSide())
{
    auto* middle = tight(new QHBoxLayout);
    middle->addWidget(parts.sidebar);
    middle->addWidget(buildCentre(), 1);
    middle->addWidget(m_detailsSide);
    auto* page = tight(new QVBoxLayout(this));
    page->addWidget(parts.header);
    page->addLayout(middle, 1);
    page->addWidget(parts.status);
    parts.sidebar->setHidden(settings.isSidebarFolded());
    showGallery();
}

QWidget* BrowsePage::buildCentre()
{
    m_pages->addWidget(m_parts.gallery);
    m_pages->addWidget(m_parts.staging);
    auto* centre = new QWidget;
    auto* column = tight(new QVBoxLayout(centre));
    column->addWidget(m_parts.strips);
    column->addWidget(m_pages, 1);
    column->addWidget(m_parts.toasts);
    return centre;
}

QWidget* BrowsePage::buildDetailsSide()
{
    auto* side = new QWidget;
    auto* line = new QFrame;
    line->setFixedWidth(1);
    setStyleRole(*line, "line");
    auto* row = tight(new QHBoxLayout(side));
    row->addWidget(line);
    row->addWidget(m_parts.details);
    side->setFixedWidth(kDetailsWidth);
    return side;
}

void BrowsePage::showGallery()
{
    m_pages->setCurrentWidget(m_parts.gallery);
    updateDetailsSide();
}

void BrowsePage::showStaging()
{
    m_pages->setCurrentWidget(m_parts.staging);
    updateDetailsSide();
}

bool BrowsePage::isStaging() const
{
    return m_pages->currentWidget() == m_parts.staging;
}

void BrowsePage::setHasImages(bool has)
{
    m_hasImages = has;
    updateDetailsSide();
}

void BrowsePage::toggleSidebar()
{
    m_parts.sidebar->setVisible(m_parts.sidebar->isHidden());
    m_settings.setSidebarFolded(m_parts.sidebar->isHidden());
}

void BrowsePage::toggleDetails()
{
    m_detailsSide->setVisible(m_detailsSide->isHidden());
    m_settings.setDetailsFolded(m_detailsSide->isHidden());
}

void BrowsePage::showDetails()
{
    m_detailsSide->show();
}

void BrowsePage::updateDetailsSide()
{
    m_detailsSide->setHidden(m_settings.isDetailsFolded() || !m_hasImages || isStaging());
}

} // namespace vitrine::ui
