// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/gallery/galleryfilter.h"
#include "app/protocol/image.h"
#include "ui/accounts/sidebar.h"
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
class Conflicts;
class DetailsPanel;
class Freshness;
class GalleryActions;
class HeaderBar;
class KeySheet;
class LibraryCounts;
class NoticeStack;
class SessionNotices;
class Sharing;
class ShownModel;
class StagingPage;
class StatusRow;
struct SpeedLimits;
class TransferBar;
class TransfersList;
class Viewer;
class WatchNotices;

/// All that the window shows of one account: lays out the parts and connects them to its session;
/// what they do stands with them.
class AccountPage final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the page.
    AccountPage(session::Session& session, AppSettings& settings, const Clock& clock,
                QWidget* parent = nullptr);
    ~AccountPage() override;

    /// Files, from the command line: to the staging page.
    void stage(const QStringList& paths);
    /// Opens the dialog about the folders that this account watches.
    void showWatchedFolders();
    /// Opens the dialog about how fast this account may be. Not for the one that needs no line.
    void showSpeedLimits();
    /// Gives the keyboard to what is looked at.
    void focusContent();
    /// Whether nothing staged is lost if the page goes now. Else the person is asked, and
    /// closingAgreed() may follow.
    bool mayClose();

    session::Session& session() { return m_session; }
    Sidebar& sidebar() { return *m_sidebar; }
    GalleryPage& galleryPage() { return *m_galleryPage; }
    StagingPage& stagingPage() { return *m_stagingPage; }
    Viewer& viewer() { return *m_viewer; }
    NoticeStack& strips() { return *m_strips; }
    NoticeStack& toasts() { return *m_toasts; }
    TransfersList& transfersList() { return *m_transfersList; }
    KeySheet& keySheet() { return *m_keySheet; }

Q_SIGNALS:
    /// How the account stands, for whoever shows a dot for it; \a words say it.
    void standingChanged(vitrine::ui::Sidebar::AccountState state, const QString& words);
    void signInRequested();
    void closingAgreed();

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
    void connectWatching();
    void connectNotices();
    void connectTransfers();
    void connectSession();
    void connectKeys();
    void addKey(const QKeySequence& keys, Keys where, std::function<void()> act);
    void connectSelectionKeys();

    void showGallery();
    void focusGallery();
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
    void follow(const SpeedLimits& limits);
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
    WatchNotices* const m_watchNotices;
    Conflicts* const m_conflicts;
    GalleryActions* const m_actions;
    Sharing* const m_sharing;
    Freshness* const m_freshness;
};

} // namespace vitrine::ui
