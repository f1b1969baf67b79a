// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accountpage.h"

#include "app/base/readyfuture.h"
#include "app/session/session.h"
#include "ui/accounts/librarycounts.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/shownmodel.h"
#include "ui/settings/appsettings.h"
#include "ui/staging/stagingpage.h"
#include "ui/transfers/transferbar.h"
#include "ui/transfers/transferslist.h"
#include "ui/viewer/viewer.h"
#include "ui/window/browsepage.h"
#include "ui/window/conflicts.h"
#include "ui/window/droparea.h"
#include "ui/window/freshness.h"
#include "ui/window/galleryactions.h"
#include "ui/window/guests.h"
#include "ui/window/headerbar.h"
#include "ui/window/incoming.h"
#include "ui/window/keysheet.h"
#include "ui/window/noticestack.h"
#include "ui/window/sessionnotices.h"
#include "ui/window/sharing.h"
#include "ui/window/statusrow.h"
#include "ui/window/watchnotices.h"

#include <QLocale>
#include <QSet>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryFilter;
using gallery::GalleryModel;
using session::Session;

AccountPage::AccountPage(Session& session, AppSettings& settings, const Clock& clock,
                         QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_shown(new ShownModel(session.gallery().model(), session.outbox(), this))
    , m_filter(new GalleryFilter(*m_shown, this))
    , m_counts(new LibraryCounts(*m_shown, this))
    , m_root(new QStackedWidget(this))
    , m_header(new HeaderBar)
    , m_sidebar(new Sidebar(*m_counts))
    , m_strips(new NoticeStack)
    , m_galleryPage(new GalleryPage)
    , m_stagingPage(new StagingPage(session.staging()))
    , m_toasts(new NoticeStack)
    , m_details(new DetailsPanel)
    , m_status(new StatusRow)
    , m_browse(new BrowsePage(
          {m_header, m_sidebar, m_strips, m_galleryPage, m_stagingPage, m_details}, settings))
    , m_transferBar(new TransferBar(session.transfers(), clock))
    , m_viewer(new Viewer([this](const protocol::Image& image) { return fullSize(image); }))
    , m_sessionNotices(new SessionNotices(session, settings, *m_strips, this))
    , m_watchNotices(new WatchNotices(session, *m_toasts, this))
    , m_conflicts(new Conflicts(session, *m_strips, *this, this))
    , m_actions(new GalleryActions(session, *m_shown, settings, *m_toasts, *this))
    , m_sharing(new Sharing(session, settings, *m_toasts, *this))
    , m_freshness(
          new Freshness([&session] { return session.gallery().refreshed(); }, clock, *this, this))
{
    build();
    buildOverlays();
    connectHeader();
    connectSidebar();
    connectGallery();
    connectDetails();
    connectViewer();
    connectStaging();
    connectWatching();
    connectNotices();
    connectTransfers();
    connectSession();
    connectKeys();
    restore();
}

AccountPage::~AccountPage() = default;

void AccountPage::stage(const QStringList& paths)
{
    m_sharing->takePaths(paths);
}

void AccountPage::build()
{
    m_status->setEnd(m_transferBar);
    m_root->addWidget(m_browse);
    m_root->addWidget(m_viewer);
    auto* window = new QVBoxLayout(this);
    window->setContentsMargins(0, 0, 0, 0);
    window->setSpacing(0);
    window->addWidget(m_root, 1);
    window->addWidget(m_toasts); // whatever is looked at, what was done can be undone
    window->addWidget(m_status);
}

void AccountPage::buildOverlays()
{
    m_transfersList = new TransfersList(m_session.transfers(), *this);
    m_transfersList->setBottomMargin(StatusRow::kHeight);
    m_keySheet = new KeySheet(*this);
    auto* drops = new DropArea(*this);
    connect(drops, &DropArea::dropped, m_sharing, &Sharing::take);
}

void AccountPage::restore()
{
    m_browse->setHasImages(m_counts->all() > 0);
    if (const int zoom = m_settings.zoom(); zoom > 0)
        m_galleryPage->view().setRowHeight(zoom);
    m_header->setZoom(m_galleryPage->view().rowHeight());
    setHidePrivate(m_settings.hidesPrivate());
    m_header->setHidePrivate(m_settings.hidesPrivate());
    m_stagingPage->setUndoTime(m_settings.undoTime());
    m_transfersList->setLimitable(!m_session.account().isLocal());
    follow(m_settings.speedLimits(m_session.account().id));
    showGallery();
}

bool AccountPage::mayClose()
{
    m_details->commitAlt();
    return m_sharing->mayClose();
}

void AccountPage::showGallery()
{
    m_root->setCurrentWidget(m_browse);
    m_status->show();
    m_browse->showGallery();
    focusGallery();
    updateStatus();
}

void AccountPage::focusContent()
{
    if (m_root->currentWidget() == m_viewer)
        m_viewer->setFocus();
    else if (m_browse->isStaging())
        m_stagingPage->focusFirstRow();
    else
        focusGallery();
}

void AccountPage::focusGallery()
{
    // While the gallery is empty its view is hidden and cannot have the keyboard.
    GalleryView& view = m_galleryPage->view();
    if (!view.isVisibleTo(m_galleryPage))
        return m_galleryPage->setFocus();
    view.setFocus();
    if (!view.currentIndex().isValid())
        view.selectionModel()->setCurrentIndex(m_filter->index(0, 0),
                                               QItemSelectionModel::NoUpdate);
}

void AccountPage::showStaging()
{
    m_viewer->clear();
    m_root->setCurrentWidget(m_browse);
    m_status->show();
    m_browse->showStaging();
    m_stagingPage->focusFirstRow();
    updateStatus();
}

void AccountPage::goOnSharing()
{
    if (m_browse->isStaging() || m_session.staging().isEmpty())
        m_sharing->chooseFiles();
    else
        showStaging();
}

void AccountPage::openViewer(const QModelIndex& index)
{
    m_status->hide();
    m_root->setCurrentWidget(m_viewer);
    m_viewer->showImage(index);
    m_viewer->setFocus();
}

void AccountPage::leaveViewer()
{
    const QModelIndex current = m_viewer->current();
    m_viewer->clear();
    showGallery();
    if (current.isValid())
        m_galleryPage->view().setCurrentIndex(current);
}

void AccountPage::showAgain(const QStringList& ids)
{
    const QSet<QString> wanted(ids.begin(), ids.end());
    QItemSelection found;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (wanted.contains(index.data(GalleryModel::IdRole).toString()))
            found.select(index, index);
    }
    if (found.isEmpty())
        return;
    const QModelIndex first = found.first().topLeft();
    if (m_root->currentWidget() == m_viewer)
        return m_viewer->showImage(first);
    m_galleryPage->view().setCurrentIndex(first);
    m_galleryPage->view().selectionModel()->select(found, QItemSelectionModel::ClearAndSelect);
}

void AccountPage::followSelection()
{
    m_details->setSelection(selection());
    updateStatus();
}

void AccountPage::followSession()
{
    const bool isStarting = m_session.state() == Session::State::Starting;
    m_galleryPage->setLoading(isStarting || m_session.gallery().isRefreshing());
    m_galleryPage->setStanding(standing());
    m_details->setAbilities(abilitiesOf(m_session));
    m_viewer->setAbilities(abilitiesOf(m_session));
    m_header->setRefreshing(m_session.gallery().isRefreshing());
    const auto state = m_session.state() == Session::State::Online ? Sidebar::AccountState::Well
                       : isStarting                                ? Sidebar::AccountState::Busy
                                                                   : Sidebar::AccountState::Trouble;
    Q_EMIT standingChanged(state, m_sessionNotices->stateWords());
    updateStatus();
}

GalleryPage::Standing AccountPage::standing() const
{
    if (m_session.state() == Session::State::Failed)
        return GalleryPage::Standing::Failed;
    return m_session.isGuest() ? GalleryPage::Standing::ReadOnly : GalleryPage::Standing::Open;
}

void AccountPage::updateStatus()
{
    const int selected = int(selection().size());
    const QString shown = QLocale().toString(m_filter->rowCount());
    if (m_browse->isStaging())
        m_status->setWords(tr("Drop more anywhere in this window"));
    else if (selected > 0)
        m_status->setWords(tr("%1 of %2 selected").arg(QLocale().toString(selected), shown));
    else
        m_status->setWords(m_sessionNotices->stateWords());
    m_header->setStaged(m_browse->isStaging() ? 0 : m_session.staging().rowCount());
}

void AccountPage::setHidePrivate(bool hide)
{
    m_settings.setHidesPrivate(hide);
    m_galleryPage->view().setHidePrivate(hide);
    m_details->setHidePrivate(hide);
    m_viewer->setHidePrivate(hide);
}

void AccountPage::follow(const SpeedLimits& limits)
{
    m_session.setBandwidth(limits.up, limits.down);
    m_transfersList->setLimits(limits);
    m_transferBar->setLimits(limits);
}

void AccountPage::setSection(GalleryFilter::Section section)
{
    m_filter->setSection(section);
    m_galleryPage->filterChanged();
    showGallery(); // what is staged stays
}

void AccountPage::clearFilter()
{
    m_header->clearSearch();
    m_sidebar->setSection(GalleryFilter::Section::All);
    m_filter->setSearch({});
    setSection(GalleryFilter::Section::All);
}

void AccountPage::editAlt()
{
    if (selection().isEmpty())
        return;
    m_browse->showDetails();
    m_details->editAlt();
}

// Of what waits to be sent the preview is all that there is.
QFuture<Result<QImage>> AccountPage::fullSize(const protocol::Image& image)
{
    const bool isShared = m_session.gallery().model().find(image.id) != nullptr;
    return isShared ? m_session.gallery().fullSize().load(image)
                    : readyFuture(Result<QImage>(m_session.outbox().preview(image.id)));
}

QModelIndexList AccountPage::selection() const
{
    return m_galleryPage->view().selectionModel()->selectedIndexes();
}

QStringList AccountPage::selectedIds() const
{
    QStringList ids;
    const QModelIndexList chosen = selection();
    for (const QModelIndex& index : chosen)
        ids += index.data(GalleryModel::IdRole).toString();
    return ids;
}

} // namespace vitrine::ui
