// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;

namespace vitrine::ui {

class AppSettings;
class DetailsPanel;
class GalleryPage;
class HeaderBar;
class NoticeStack;
class Sidebar;
class StagingPage;
class StatusRow;

/// What people look at most: the gallery or the staging page, with the library at its one side, the
/// details at its other, a header above and the status below. Lays them out and folds the sides;
/// fills none of them.
class BrowsePage final : public QWidget
{
    Q_OBJECT

public:
    /// The page takes them over.
    struct Parts {
        HeaderBar* header;
        Sidebar* sidebar;
        NoticeStack* strips; ///< above the pages
        GalleryPage* gallery;
        StagingPage* staging;
        NoticeStack* toasts; ///< below the pages
        DetailsPanel* details;
        StatusRow* status;
    };

    /// \a settings remembers what is folded, and must outlive the page.
    BrowsePage(const Parts& parts, AppSettings& settings, QWidget* parent = nullptr);

    void showGallery();
    void showStaging();
    bool isStaging() const;

    /// The details tell of what is shared already, and are hidden while there is nothing.
    void setHasImages(bool has);
    void toggleSidebar();
    void toggleDetails();
    /// Also where they were folded away: somebody asks for them just now.
    void showDetails();

private:
    QWidget* buildCentre();
    QWidget* buildDetailsSide();
    void updateDetailsSide();

    const Parts m_parts;
    AppSettings& m_settings;
    QStackedWidget* const m_pages;
    QWidget* const m_detailsSide;
    bool m_hasImages = false;
};

} // namespace vitrine::ui
