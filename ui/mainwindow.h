// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/gallery/galleryfilter.h"
#include "app/protocol/image.h"
#include "ui/gallery/gallerypage.h"

#include <QFuture>
#include <QImage>
#include <QWidget>

#include <functional>

class QStackedWidget;

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class AppSettings;
class BrowsePage;
class DetailsPanel;
class GalleryActions;
class HeaderBar;
class KeySheet;
class LibraryCounts;
class NoticeStack;
class SessionNotices;
class Sharing;
class ShownModel;
class Sidebar;
class StagingPage;
class StatusRow;
class TransferBar;
class TransfersList;
class Viewer;

/// The window: lays out the parts and connects them to the session; what they do stands with them.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the window.
    MainWindow(session::Session& session, AppSettings& settings, const Clock& clock,
               QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Files, from the command line: to the staging page.
    void stage(const QStringList& paths);

    GalleryPage& galleryPage() { return *m_galleryPage; }
    StagingPage& stagingPage() { return *m_stagingPage; }
    Viewer& viewer() { return *m_viewer; }
    NoticeStack& strips() { return *m_strips; }
    NoticeStack& toasts() { return *m_toasts; }
    TransfersList& transfersList() { return *m_transfersList; }
    KeySheet& keySheet() { return *m_keySheet; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    enum class Keys { Everywhere, InGallery };

    void build();
    void buildOverlays();
    void restore();

    void connectHeader();
    void connectSidebar();
    void connectGallery();
    void connectDetails();
    void connectViewer();
    void connectStaging();
    void connectNotices();
    void connectTransfers();
    void connectSession();
    void connectKeys();
    void addKey(const QKeySequence& keys, Keys where, std::function<void()> act);
    void connectSelectionKeys();

    void showGallery();
    void focusGallery();
    void focusContent();
    void goOnSharing();
    void showAgain(const QStringList& ids);
    void showStaging();
    void openViewer(const QModelIndex& index);
    void leaveViewer();
    void followSelection();
    void followSession();
    GalleryPage::Standing standing() const;
    void updateStatus();
    void setHidePrivate(bool hide);
    void setSection(gallery::GalleryFilter::Section section);
    void clearFilter();
    void editAlt();
    QFuture<Result<QImage>> fullSize(const protocol::Image& image);
    QModelIndexList selection() const;
    QStringList selectedIds() const;

    session::Session& m_session;
    AppSettings& m_settings;
    ShownModel* const m_shown;
    gallery::GalleryFilter* const m_filter;
    LibraryCounts* const m_counts;

    QStackedWidget* const m_root;
    HeaderBar* const m_header;
    Sidebar* const m_sidebar;
    NoticeStack* const m_strips;
    GalleryPage* const m_galleryPage;
    StagingPage* const m_stagingPage;
    NoticeStack* const m_toasts;
    DetailsPanel* const m_details;
    StatusRow* const m_status;
    BrowsePage* const m_browse;
    TransferBar* const m_transferBar;
    Viewer* const m_viewer;

    TransfersList* m_transfersList = nullptr;
    KeySheet* m_keySheet = nullptr;
    SessionNotices* const m_sessionNotices;
    GalleryActions* const m_actions;
    Sharing* const m_sharing;
};

} // namespace vitrine::ui
