// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "app/base/readyfuture.h"
#include "app/session/session.h"
#include "ui/accounts/accountname.h"
#include "ui/accounts/librarycounts.h"
#include "ui/accounts/sidebar.h"
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
#include "ui/window/droparea.h"
#include "ui/window/galleryactions.h"
#include "ui/window/headerbar.h"
#include "ui/window/incoming.h"
#include "ui/window/keysheet.h"
#include "ui/window/noticestack.h"
#include "ui/window/sessionnotices.h"
#include "ui/window/sharing.h"
#include "ui/window/statusrow.h"

#include <QCloseEvent>
#include <QLocale>
#include <QScreen>
#include <QSet>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryFilter;
using gallery::GalleryModel;
using session::Session;

namespace {

constexpr QSize kFirstSize(1280, 820);
constexpr QSize kSmallestSize(640, 480);
constexpr QSize kRoomForFrame(16, 48); // what window managers put around a window

} // namespace

MainWindow::MainWindow(Session& session, AppSettings& settings, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_shown(new ShownModel(session.gallery().model(), session.outbox(), this))
    , m_filter(new GalleryFilter(*m_shown, this))
    , m_counts(new LibraryCounts(*m_shown, this))
    , m_root(new QStackedWidget(this))
    , m_header(new HeaderBar)
    , m_sidebar(new Sidebar(*m_counts, accountName(session.account())))
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
    , m_actions(new GalleryActions(session, *m_shown, settings, *m_toasts, *this))
    , m_sharing(new Sharing(session, settings, *m_toasts, *this))
{
    build();
    buildOverlays();
    connectHeader();
    connectSidebar();
    connectGallery();
    connectDetails();
    connectViewer();
    connectStaging();
    connectNotices();
    connectTransfers();
    connectSession();
    connectKeys();
    restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::stage(const QStringList& paths)
{
    m_sharing->takePaths(paths);
}

void MainWindow::build()
{
    setWindowTitle(tr("Vitrine"));
    setMinimumSize(kSmallestSize);
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

void MainWindow::buildOverlays()
{
    m_transfersList = new TransfersList(m_session.transfers(), *this);
    m_transfersList->setBottomMargin(StatusRow::kHeight);
    m_keySheet = new KeySheet(*this);
    auto* drops = new DropArea(*this);
    connect(drops, &DropArea::dropped, m_sharing, &Sharing::take);
}

void MainWindow::restore()
{
    resize(kFirstSize.boundedTo(screen()->availableSize() - kRoomForFrame));
    restoreGeometry(m_settings.windowGeometry());
    m_browse->setHasImages(m_counts->all() > 0);
    if (const int zoom = m_settings.zoom(); zoom > 0)
        m_galleryPage->view().setRowHeight(zoom);
    m_header->setZoom(m_galleryPage->view().rowHeight());
    setHidePrivate(m_settings.hidesPrivate());
    m_header->setHidePrivate(m_settings.hidesPrivate());
    m_stagingPage->setUndoTime(m_settings.undoTime());
    showGallery();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_sharing->mayClose()) {
        event->ignore();
        return;
    }
    m_settings.setWindowGeometry(saveGeometry());
    QWidget::closeEvent(event);
}

void MainWindow::showGallery()
{
    m_root->setCurrentWidget(m_browse);
    m_status->show();
    m_browse->showGallery();
    focusGallery();
    updateStatus();
}

void MainWindow::focusContent()
{
    if (m_root->currentWidget() == m_viewer)
        m_viewer->setFocus();
    else if (m_browse->isStaging())
        m_stagingPage->focusFirstRow();
    else
        focusGallery();
}

void MainWindow::focusGallery()
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

void MainWindow::showStaging()
{
    m_viewer->clear();
    m_root->setCurrentWidget(m_browse);
    m_status->show();
    m_browse->showStaging();
    m_stagingPage->focusFirstRow();
    updateStatus();
}

void MainWindow::goOnSharing()
{
    if (m_browse->isStaging() || m_session.staging().isEmpty())
        m_sharing->chooseFiles();
    else
        showStaging();
}

void MainWindow::openViewer(const QModelIndex& index)
{
    m_status->hide();
    m_root->setCurrentWidget(m_viewer);
    m_viewer->showImage(index);
    m_viewer->setFocus();
}

void MainWindow::leaveViewer()
{
    const QModelIndex current = m_viewer->current();
    m_viewer->clear();
    showGallery();
    if (current.isValid())
        m_galleryPage->view().setCurrentIndex(current);
}

void MainWindow::showAgain(const QStringList& ids)
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

void MainWindow::followSelection()
{
    m_details->setSelection(selection());
    updateStatus();
}

void MainWindow::followSession()
{
    const bool isStarting = m_session.state() == Session::State::Starting;
    m_galleryPage->setLoading(isStarting || m_session.gallery().isRefreshing());
    m_galleryPage->setStanding(standing());
    m_header->setRefreshing(m_session.gallery().isRefreshing());
    const auto dot = m_session.state() == Session::State::Online ? Sidebar::AccountState::Well
                     : isStarting                                ? Sidebar::AccountState::Busy
                                                                 : Sidebar::AccountState::Trouble;
    m_sidebar->setAccountState(dot, m_sessionNotices->stateWords());
    updateStatus();
}

GalleryPage::Standing MainWindow::standing() const
{
    if (m_session.state() == Session::State::Failed)
        return GalleryPage::Standing::Failed;
    return m_session.isGuest() ? GalleryPage::Standing::ReadOnly : GalleryPage::Standing::Open;
}

void MainWindow::updateStatus()
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

void MainWindow::setHidePrivate(bool hide)
{
    m_settings.setHidesPrivate(hide);
    m_galleryPage->view().setHidePrivate(hide);
    m_details->setHidePrivate(hide);
    m_viewer->setHidePrivate(hide);
}

void MainWindow::setSection(GalleryFilter::Section section)
{
    m_filter->setSection(section);
    m_galleryPage->filterChanged();
    showGallery(); // what is staged stays
}

void MainWindow::clearFilter()
{
    m_header->clearSearch();
    m_sidebar->setSection(GalleryFilter::Section::All);
    m_filter->setSearch({});
    setSection(GalleryFilter::Section::All);
}

void MainWindow::editAlt()
{
    if (selection().isEmpty())
        return;
    m_browse->showDetails();
    m_details->editAlt();
}

// Of what waits to be sent the preview is all that there is.
QFuture<Result<QImage>> MainWindow::fullSize(const protocol::Image& image)
{
    const bool isShared = m_session.gallery().model().find(image.id) != nullptr;
    return isShared ? m_session.gallery().fullSize().load(image)
                    : readyFuture(Result<QImage>(m_session.outbox().preview(image.id)));
}

QModelIndexList MainWindow::selection() const
{
    return m_galleryPage->view().selectionModel()->selectedIndexes();
}

QStringList MainWindow::selectedIds() const
{
    QStringList ids;
    const QModelIndexList chosen = selection();
    for (const QModelIndex& index : chosen)
        ids += index.data(GalleryModel::IdRole).toString();
    return ids;
}

} // namespace vitrine::ui
