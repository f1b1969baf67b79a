// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace vitrine::gallery {

/// What of the gallery is shown, and in which order.
class GalleryFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Section { All, Private, WithoutAlt };
    enum class Order { NewestFirst, OldestFirst, ByName, MostDownloaded };

    /// \a source is a GalleryModel and must outlive the filter.
    explicit GalleryFilter(QAbstractItemModel& source, QObject* parent = nullptr);

    void setSection(Section section);
    Section section() const { return m_section; }
    /// Every word must be in the name, the alt text or the date (2026-11-23), whatever its case.
    void setSearch(const QString& text);
    QString search() const { return m_words.join(u' '); }
    void setOrder(Order order);
    Order order() const { return m_order; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    Section m_section = Section::All;
    Order m_order = Order::NewestFirst;
    QStringList m_words;
};

} // namespace vitrine::gallery
