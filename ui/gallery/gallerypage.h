// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

namespace vitrine::gallery {
class GalleryFilter;
}

namespace vitrine::ui {

class GalleryView;
class MessageCard;

/// The middle of the window: the pictures, or why there are none.
class GalleryPage final : public QStackedWidget
{
    Q_OBJECT

public:
    /// Why there may be no pictures, and what the empty page says then.
    enum class Standing {
        Open,     ///< whoever looks can share: it invites
        ReadOnly, ///< for guests, and on read-only servers
        Failed    ///< it could not be opened
    };

    explicit GalleryPage(QWidget* parent = nullptr);

    /// \a filter must outlive the page, or setFilter(nullptr) come first.
    void setFilter(gallery::GalleryFilter* filter);
    GalleryView& view() { return *m_view; }

    /// While the first listing is on its way and nothing is known yet.
    void setLoading(bool loading);
    void setStanding(Standing standing);
    /// The two calm sentences under "Drop pictures here", one a line.
    void setInvitation(const QString& sentences);

public Q_SLOTS:
    /// To be called after the filter's section, search or order was changed.
    void filterChanged();

Q_SIGNALS:
    /// "Choose pictures…"
    void chooseRequested();
    /// "Clear": the person wants the search (or the section) gone.
    void clearRequested();

private:
    void choosePage();
    void describeNothingFound();
    void describeEmpty();

    gallery::GalleryFilter* m_filter = nullptr;
    GalleryView* m_view;
    MessageCard* m_empty;
    MessageCard* m_nothingFound;
    QWidget* m_loading;
    QString m_invitation;
    bool m_isLoading = false;
    Standing m_standing = Standing::Open;
};

} // namespace vitrine::ui
