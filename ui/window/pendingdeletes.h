// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QSortFilterProxyModel>

namespace vitrine::transfer
{
class Outbox;
}

namespace vitrine::ui
{

/// The gallery without what is about to be deleted: gone at once for the person, while the outbox
/// still waits or sends; there again if the delete is taken back or refused. What the outbox holds
/// decides, so neither a refresh nor a restart brings an image back by mistake.
class PendingDeletes final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// \a source is a GalleryModel; both must outlive this model.
    PendingDeletes(QAbstractItemModel& source, const transfer::Outbox& outbox,
                   QObject* parent = nullptr);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    void follow(const QString& key);
    void readAll();

    const transfer::Outbox& m_outbox;
    QSet<QString> m_ids;
};

} // namespace vitrine::ui
