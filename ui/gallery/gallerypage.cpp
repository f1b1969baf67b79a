// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerypage.h"

#include "app/gallery/galleryfilter.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/loadingpage.h"
#include "ui/gallery/messagecard.h"

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryFilter;

GalleryPage::GalleryPage(QWidget* parent)
    : QStackedWidget(parent)
    , m_view(new GalleryView(this))
    , m_empty(new MessageCard(u"image-thin"_s, MessageCard::Edge::Dashed, this))
    , m_nothingFound(new MessageCard(u"search-thin"_s, MessageCard::Edge::None, this))
    , m_loading(new LoadingPage(this))
    , m_invitation(tr("They stay on this computer until you share them with a gallery.\n"
                      "Nothing leaves without your word, and its location never does."))
{
    for (QWidget* page : {static_cast<QWidget*>(m_view), static_cast<QWidget*>(m_empty),
                          static_cast<QWidget*>(m_nothingFound), m_loading})
        addWidget(page);
    m_empty->setPrimaryButton();
    connect(m_empty, &MessageCard::buttonClicked, this, &GalleryPage::chooseRequested);
    connect(m_nothingFound, &MessageCard::buttonClicked, this, &GalleryPage::clearRequested);
    choosePage();
}

void GalleryPage::setFilter(GalleryFilter* filter)
{
    if (m_filter != nullptr)
        disconnect(m_filter, nullptr, this, nullptr);
    m_filter = filter;
    m_view->setModel(filter);
    if (filter != nullptr) {
        connect(filter, &QAbstractItemModel::rowsInserted, this, &GalleryPage::choosePage);
        connect(filter, &QAbstractItemModel::rowsRemoved, this, &GalleryPage::choosePage);
        connect(filter, &QAbstractItemModel::modelReset, this, &GalleryPage::choosePage);
    }
    filterChanged();
}

void GalleryPage::setLoading(bool loading)
{
    m_isLoading = loading;
    choosePage();
}

void GalleryPage::setStanding(Standing standing)
{
    m_standing = standing;
    choosePage();
}

void GalleryPage::setInvitation(const QString& sentences)
{
    m_invitation = sentences;
    choosePage();
}

void GalleryPage::filterChanged()
{
    if (m_filter != nullptr) {
        const auto order = m_filter->order();
        m_view->setGroupedByDay(order == GalleryFilter::Order::NewestFirst ||
                                order == GalleryFilter::Order::OldestFirst);
    }
    choosePage();
}

void GalleryPage::choosePage()
{
    if (m_filter != nullptr && m_filter->rowCount() > 0) {
        setCurrentWidget(m_view);
    } else if (m_isLoading) {
        setCurrentWidget(m_loading);
    } else if (m_filter != nullptr && m_filter->sourceModel()->rowCount() > 0) {
        describeNothingFound();
        setCurrentWidget(m_nothingFound);
    } else {
        describeEmpty();
        setCurrentWidget(m_empty);
    }
}

void GalleryPage::describeNothingFound()
{
    const QString search = m_filter->search();
    const auto section = m_filter->section();
    if (!search.isEmpty()) {
        const QString where = section == GalleryFilter::Section::All
                                  ? tr("Names, alt texts and dates were searched.")
                                  : tr("Only a part of the library was searched.");
        m_nothingFound->say(tr("Nothing found for “%1”").arg(search), where,
                            tr("Clear the search"));
    } else if (section == GalleryFilter::Section::WithoutAlt) {
        m_nothingFound->say(tr("Every image is described"),
                            tr("People who cannot see them know what they show."),
                            tr("Show all images"));
    } else {
        m_nothingFound->say(tr("No private images"),
                            tr("A private image is frosted for everybody but you."),
                            tr("Show all images"));
    }
}

void GalleryPage::describeEmpty()
{
    // Only what takes a drop looks like a place for it.
    m_empty->setEdge(m_standing == Standing::Open ? MessageCard::Edge::Dashed
                                                  : MessageCard::Edge::None);
    switch (m_standing) {
    case Standing::Open:
        return m_empty->say(tr("Drop pictures here"), m_invitation, tr("Choose pictures…"));
    case Standing::ReadOnly:
        return m_empty->say(tr("No pictures yet"), tr("What is shared here will appear here."), {});
    case Standing::Failed:
        return m_empty->say(tr("The gallery could not be opened"),
                            tr("The line above says what to do."), {});
    }
}

} // namespace vitrine::ui
