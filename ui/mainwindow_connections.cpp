// SPDX-License-Identifier: GPL-3.0-or-later
// What MainWindow connects with what.
#include "app/session/session.h"
#include "app/transfer/stagingmodel.h"
#include "ui/accounts/librarycounts.h"
#include "ui/accounts/sidebar.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/mainwindow.h"
#include "ui/settings/appsettings.h"
#include "ui/staging/stagingpage.h"
#include "ui/transfers/transferbar.h"
#include "ui/transfers/transferslist.h"
#include "ui/viewer/viewer.h"
#include "ui/window/browsepage.h"
#include "ui/window/galleryactions.h"
#include "ui/window/headerbar.h"
#include "ui/window/noticestack.h"
#include "ui/window/sharing.h"

namespace vitrine::ui {

using gallery::GalleryFilter;
using session::Session;

void MainWindow::connectHeader()
{
    connect(m_header, &HeaderBar::shareRequested, this, &MainWindow::goOnSharing);
    connect(m_header, &HeaderBar::refreshRequested, this, [this] { m_session.refresh(); });
    connect(m_header, &HeaderBar::searchChanged, this, [this](const QString& text) {
        m_filter->setSearch(text);
        m_galleryPage->filterChanged();
        if (!text.isEmpty())
            m_browse->showGallery(); // what is staged stays
        updateStatus();
    });
    connect(m_header, &HeaderBar::searchLeft, this, &MainWindow::focusContent);
    connect(m_header, &HeaderBar::orderChosen, this, [this](GalleryFilter::Order order) {
        m_filter->setOrder(order);
        m_galleryPage->view().setGroupedByDay(order == GalleryFilter::Order::NewestFirst ||
                                              order == GalleryFilter::Order::OldestFirst);
        m_galleryPage->filterChanged();
    });
    connect(m_header, &HeaderBar::hidePrivateToggled, this, &MainWindow::setHidePrivate);
    connect(m_header, &HeaderBar::zoomChanged, &m_galleryPage->view(), &GalleryView::setRowHeight);
}

void MainWindow::connectSidebar()
{
    connect(m_sidebar, &Sidebar::sectionChosen, this, &MainWindow::setSection);
    connect(m_sidebar, &Sidebar::unsentChosen, m_transfersList, &TransfersList::toggle);
}

void MainWindow::connectGallery()
{
    m_galleryPage->setFilter(m_filter);
    if (m_session.account().isLocal())
        m_galleryPage->setInvitation(
            tr("They stay on this computer.\n"
               "Nothing leaves without your word, and its location never does."));
    GalleryView& view = m_galleryPage->view();
    connect(m_galleryPage, &GalleryPage::chooseRequested, m_sharing, &Sharing::chooseFiles);
    connect(m_galleryPage, &GalleryPage::clearRequested, this, &MainWindow::clearFilter);
    connect(&view, &GalleryView::opened, this, &MainWindow::openViewer);
    connect(&view, &GalleryView::wantedChanged, this,
            [this](const auto& wanted) { m_session.gallery().previews().setWanted(wanted); });
    connect(&view, &GalleryView::rowHeightChanged, this, [this](int height) {
        m_header->setZoom(height);
        m_settings.setZoom(height);
    });
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MainWindow::followSelection);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &MainWindow::followSelection);
    connect(m_counts, &LibraryCounts::changed, this, [this] {
        m_browse->setHasImages(m_counts->all() > 0);
        if (m_galleryPage->hasFocus())
            focusGallery();
        updateStatus();
    });
    followSelection();
}

void MainWindow::connectDetails()
{
    connect(m_details, &DetailsPanel::altEditDone, this, &MainWindow::focusGallery);
    connect(m_details, &DetailsPanel::altEdited, m_actions, &GalleryActions::setAlt);
    connect(m_details, &DetailsPanel::privacyToggled, m_actions, &GalleryActions::setPrivate);
    connect(m_details, &DetailsPanel::downloadRequested, m_actions, &GalleryActions::download);
    connect(m_details, &DetailsPanel::deleteRequested, m_actions, &GalleryActions::remove);
}

void MainWindow::connectViewer()
{
    m_viewer->setModel(m_filter);
    connect(m_viewer, &Viewer::closed, this, &MainWindow::leaveViewer);
    connect(m_viewer, &Viewer::privacyToggled, m_actions, &GalleryActions::setPrivate);
    connect(m_viewer, &Viewer::downloadRequested, m_actions, &GalleryActions::download);
    connect(m_viewer, &Viewer::deleteRequested, m_actions, &GalleryActions::remove);
    connect(m_viewer, &Viewer::altEditRequested, this, [this] {
        leaveViewer();
        editAlt();
    });
    connect(m_viewer, &Viewer::infoRequested, this, [this] {
        leaveViewer();
        m_browse->showDetails();
    });
    connect(m_viewer, &Viewer::wantedChanged, this,
            [this](const auto& wanted) { m_session.gallery().previews().setWanted(wanted); });
}

void MainWindow::connectStaging()
{
    connect(m_sharing, &Sharing::staged, this, &MainWindow::showStaging);
    connect(m_sharing, &Sharing::finished, this, &MainWindow::showGallery);
    connect(m_sharing, &Sharing::closingAgreed, this, &QWidget::close);
    connect(&m_session.staging(), &transfer::StagingModel::summaryChanged, this,
            &MainWindow::updateStatus);
    connect(m_stagingPage, &StagingPage::addRequested, m_sharing, &Sharing::chooseFiles);
    connect(m_stagingPage, &StagingPage::cancelRequested, m_sharing, &Sharing::cancel);
    connect(m_stagingPage, &StagingPage::shareRequested, m_sharing, &Sharing::share);
}

void MainWindow::connectNotices()
{
    connect(m_actions, &GalleryActions::undone, this, &MainWindow::showAgain);
    connect(m_toasts, &NoticeStack::answered, this, &MainWindow::focusContent);
}

void MainWindow::connectTransfers()
{
    auto& transfers = m_session.transfers();
    auto& outbox = m_session.outbox();
    connect(&transfers, &transfer::TransferModel::summaryChanged, this,
            [this, &transfers] { m_sidebar->setUnsent(transfers.summary().unfinished); });
    connect(m_transferBar, &TransferBar::clicked, m_transfersList, &TransfersList::toggle);
    connect(m_transfersList, &TransfersList::retryRequested, &outbox, &transfer::Outbox::retry);
    connect(m_transfersList, &TransfersList::cancelRequested, &outbox, &transfer::Outbox::cancel);
    connect(m_transfersList, &TransfersList::clearRequested, this, [this, &outbox] {
        outbox.clearFinished();
        m_session.downloads().clearFinished();
    });
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::stateChanged, this, &MainWindow::followSession);
    connect(&m_session.gallery(), &gallery::Gallery::refreshFinished, this,
            &MainWindow::followSession);
    followSession();
}

} // namespace vitrine::ui
