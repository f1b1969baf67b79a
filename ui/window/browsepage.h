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

/// What people look at most: the gallery or the staging page, with the library at its one side, the
/// details at its other, and a header above. Lays them out and folds the sides, the details by
/// itself where there is no room; fills none of them.
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
        DetailsPanel* details;
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

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildCentre();
    QWidget* buildDetailsSide();
    bool isRoomy() const;
    void updateSides();

    const Parts m_parts;
    AppSettings& m_settings;
    QStackedWidget* const m_pages;
    QWidget* const m_detailsSide;
    bool m_hasImages = false;
    bool m_areDetailsAskedFor = false;
};

} // namespace vitrine::ui
