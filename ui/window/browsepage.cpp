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

#include <QFrame>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace vitrine::ui {

namespace {

constexpr int kDetailsWidth = 290;
constexpr int kRoomForBothSides = 784; // the sidebar, the details, and as much for the pictures

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
    updateSides();
}

void BrowsePage::showStaging()
{
    m_pages->setCurrentWidget(m_parts.staging);
    m_areDetailsAskedFor = false;
    updateSides();
}

bool BrowsePage::isStaging() const
{
    return m_pages->currentWidget() == m_parts.staging;
}

void BrowsePage::setHasImages(bool has)
{
    m_hasImages = has;
    updateSides();
}

void BrowsePage::toggleSidebar()
{
    const bool show = m_parts.sidebar->isHidden();
    m_settings.setSidebarFolded(!show);
    m_areDetailsAskedFor = m_areDetailsAskedFor && (isRoomy() || !show);
    updateSides();
}

void BrowsePage::toggleDetails()
{
    const bool show = m_detailsSide->isHidden();
    if (isRoomy())
        m_settings.setDetailsFolded(!show);
    m_areDetailsAskedFor = show && !isRoomy();
    updateSides();
}

void BrowsePage::showDetails()
{
    m_areDetailsAskedFor = true;
    updateSides();
}

bool BrowsePage::isRoomy() const
{
    return width() >= kRoomForBothSides;
}

/// In a narrow page the details come only when they are asked for, and in the sidebar's place.
void BrowsePage::updateSides()
{
    const bool isWished = m_areDetailsAskedFor || (isRoomy() && !m_settings.isDetailsFolded());
    const bool hasDetails = isWished && m_hasImages && !isStaging();
    m_detailsSide->setVisible(hasDetails);
    m_parts.sidebar->setHidden(m_settings.isSidebarFolded() || (hasDetails && !isRoomy()));
}

void BrowsePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateSides();
}

} // namespace vitrine::ui
