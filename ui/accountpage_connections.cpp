// SPDX-License-Identifier: GPL-3.0-or-later
// What AccountPage connects with what.
#include "app/session/session.h"
#include "app/transfer/stagingmodel.h"
#include "ui/accountpage.h"
#include "ui/accounts/accountname.h"
#include "ui/accounts/librarycounts.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/settings/appsettings.h"
#include "ui/settings/speedlimitsdialog.h"
#include "ui/settings/watchedfolders.h"
#include "ui/staging/stagingpage.h"
#include "ui/transfers/transferbar.h"
#include "ui/transfers/transferslist.h"
#include "ui/viewer/viewer.h"
#include "ui/window/browsepage.h"
#include "ui/window/conflicts.h"
#include "ui/window/freshness.h"
#include "ui/window/galleryactions.h"
#include "ui/window/headerbar.h"
#include "ui/window/noticestack.h"
#include "ui/window/sessionnotices.h"
#include "ui/window/sharing.h"
#include "ui/window/watchnotices.h"

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryFilter;
using session::Session;

void AccountPage::connectHeader()
{
    connect(m_header, &HeaderBar::shareRequested, this, &AccountPage::goOnSharing);
    connect(m_header, &HeaderBar::refreshRequested, this, [this] { m_session.refresh(); });
    connect(m_header, &HeaderBar::searchChanged, this, [this](const QString& text) {
        m_filter->setSearch(text);
        m_galleryPage->filterChanged();
        if (!text.isEmpty())
            m_browse->showGallery(); // what is staged stays
        updateStatus();
    });
    connect(m_header, &HeaderBar::searchLeft, this, &AccountPage::focusContent);
    connect(m_header, &HeaderBar::orderChosen, this, [this](GalleryFilter::Order order) {
        m_filter->setOrder(order);
        m_galleryPage->view().setGroupedByDay(order == GalleryFilter::Order::NewestFirst ||
                                              order == GalleryFilter::Order::OldestFirst);
        m_galleryPage->filterChanged();
    });
    connect(m_header, &HeaderBar::hidePrivateToggled, this, &AccountPage::setHidePrivate);
    connect(m_header, &HeaderBar::zoomChanged, &m_galleryPage->view(), &GalleryView::setRowHeight);
}

void AccountPage::connectSidebar()
{
    connect(m_sidebar, &Sidebar::sectionChosen, this, &AccountPage::setSection);
    connect(m_sidebar, &Sidebar::unsentChosen, m_transfersList, &TransfersList::toggle);
}

void AccountPage::connectGallery()
{
    m_galleryPage->setFilter(m_filter);
    if (m_session.account().isLocal())
        m_galleryPage->setInvitation(
            tr("They stay on this computer.\n"
               "Nothing leaves without your word, and its location never does."));
    GalleryView& view = m_galleryPage->view();
    connect(m_galleryPage, &GalleryPage::chooseRequested, m_sharing, &Sharing::chooseFiles);
    connect(m_galleryPage, &GalleryPage::clearRequested, this, &AccountPage::clearFilter);
    connect(&view, &GalleryView::opened, this, &AccountPage::openViewer);
    connect(&view, &GalleryView::wantedChanged, this,
            [this](const auto& wanted) { m_session.gallery().previews().setWanted(wanted); });
    connect(&view, &GalleryView::rowHeightChanged, this, [this](int height) {
        m_header->setZoom(height);
        m_settings.setZoom(height);
    });
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AccountPage::followSelection);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &AccountPage::followSelection);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &AccountPage::followSelection);
    connect(m_counts, &LibraryCounts::changed, this, [this] {
        m_browse->setHasImages(m_counts->all() > 0);
        if (m_galleryPage->hasFocus())
            focusGallery();
        updateStatus();
    });
    followSelection();
}

void AccountPage::connectDetails()
{
    connect(m_details, &DetailsPanel::altEditDone, this, &AccountPage::focusGallery);
    connect(m_details, &DetailsPanel::altEdited, m_actions, &GalleryActions::setAlt);
    connect(m_details, &DetailsPanel::privacyToggled, m_actions, &GalleryActions::setPrivate);
    connect(m_details, &DetailsPanel::downloadRequested, m_actions, &GalleryActions::download);
    connect(m_details, &DetailsPanel::originalRequested, m_actions,
            &GalleryActions::downloadOriginals);
    connect(m_details, &DetailsPanel::zipRequested, m_actions, &GalleryActions::downloadZip);
    connect(m_details, &DetailsPanel::deleteRequested, m_actions, &GalleryActions::remove);
}

void AccountPage::connectViewer()
{
    m_viewer->setModel(m_filter);
    connect(m_viewer, &Viewer::closed, this, &AccountPage::leaveViewer);
    connect(m_viewer, &Viewer::privacyToggled, m_actions, &GalleryActions::setPrivate);
    connect(m_viewer, &Viewer::downloadRequested, m_actions, &GalleryActions::download);
    connect(m_viewer, &Viewer::originalRequested, m_actions, &GalleryActions::downloadOriginals);
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

void AccountPage::connectWatching()
{
    m_session.watcher().setUndoTime([this] { return m_settings.undoTime(); });
    connect(m_watchNotices, &WatchNotices::proposalsWanted, m_sharing, &Sharing::takeProposals);
}

void AccountPage::showWatchedFolders()
{
    auto* dialog = new WatchedFolders(m_session.watcher(), accountName(m_session.account()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_session.isGuest())
        dialog->setHint(tr("You are a guest there: what they bring waits here until you sign in."));
    dialog->open();
}

void AccountPage::connectStaging()
{
    connect(m_sharing, &Sharing::staged, this, &AccountPage::showStaging);
    connect(m_sharing, &Sharing::finished, this, &AccountPage::showGallery);
    connect(m_sharing, &Sharing::closingAgreed, this, &AccountPage::closingAgreed);
    connect(m_actions, &GalleryActions::uploadsWantedAgain, m_sharing, &Sharing::stageAgain);
    connect(&m_session.staging(), &transfer::StagingModel::summaryChanged, this,
            &AccountPage::updateStatus);
    connect(m_stagingPage, &StagingPage::addRequested, m_sharing, &Sharing::chooseFiles);
    connect(m_stagingPage, &StagingPage::cancelRequested, m_sharing, &Sharing::cancel);
    connect(m_stagingPage, &StagingPage::shareRequested, m_sharing, &Sharing::share);
}

void AccountPage::connectNotices()
{
    connect(m_actions, &GalleryActions::undone, this, &AccountPage::showAgain);
    connect(m_toasts, &NoticeStack::answered, this, &AccountPage::focusContent);
    connect(m_sessionNotices, &SessionNotices::signInRequested, this,
            &AccountPage::signInRequested);
}

void AccountPage::connectTransfers()
{
    auto& transfers = m_session.transfers();
    auto& outbox = m_session.outbox();
    connect(&transfers, &transfer::TransferModel::summaryChanged, this,
            [this, &transfers] { m_sidebar->setUnsent(transfers.summary().unfinished); });
    connect(m_transferBar, &TransferBar::clicked, m_transfersList, &TransfersList::toggle);
    connect(m_transfersList, &TransfersList::limitsRequested, this, &AccountPage::showSpeedLimits);
    connect(m_transfersList, &TransfersList::pauseToggled, &m_session, &Session::setPaused);
    const auto followPause = [this](bool paused) {
        m_transfersList->setPaused(paused, m_session.isPausedByCost());
    };
    connect(&m_session, &Session::pausedChanged, m_transfersList, followPause);
    connect(&m_session, &Session::pausedChanged, m_transferBar, &TransferBar::setPaused);
    auto& downloads = m_session.downloads();
    connect(m_transfersList, &TransfersList::retryRequested, &outbox, &transfer::Outbox::retry);
    connect(m_transfersList, &TransfersList::retryRequested, &downloads,
            &transfer::Downloads::retry);
    connect(m_transfersList, &TransfersList::compareRequested, m_conflicts, &Conflicts::compare);
    connect(m_transfersList, &TransfersList::sendFirstRequested, &outbox,
            &transfer::Outbox::sendFirst);
    connect(m_transfersList, &TransfersList::cancelRequested, &outbox, &transfer::Outbox::cancel);
    connect(m_transfersList, &TransfersList::cancelRequested, &downloads,
            &transfer::Downloads::cancel);
    connect(m_transfersList, &TransfersList::clearRequested, &outbox,
            &transfer::Outbox::clearFinished);
    connect(m_transfersList, &TransfersList::clearRequested, &downloads,
            &transfer::Downloads::clearFinished);
}

void AccountPage::showSpeedLimits()
{
    const session::Account account = m_session.account();
    auto* dialog =
        new SpeedLimitsDialog(m_settings.speedLimits(account.id), accountName(account), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SpeedLimitsDialog::changed, this, [this, account](const SpeedLimits& limits) {
        m_settings.setSpeedLimits(account.id, limits);
        follow(limits);
    });
    dialog->open();
}

void AccountPage::connectSession()
{
    connect(&m_session, &Session::stateChanged, this, &AccountPage::followSession);
    connect(&m_session.gallery(), &gallery::Gallery::refreshFinished, this,
            &AccountPage::followSession);
    connect(m_freshness, &Freshness::isStale, this, [this] {
        if (m_session.state() == Session::State::Online)
            m_session.refresh();
    });
    followSession();
}

} // namespace vitrine::ui
