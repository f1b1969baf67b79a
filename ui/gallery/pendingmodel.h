// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/transfer.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QTimer>

namespace vitrine::transfer {
class Outbox;
}

namespace vitrine::ui {

/// The uploads that are not through, newest first, as images of the gallery: with the roles of
/// gallery::GalleryModel and ShownRole. An image's id is its transfer's key. GUI thread.
class PendingModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// \a outbox must outlive the model.
    explicit PendingModel(const transfer::Outbox& outbox, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    QModelIndex indexOf(const QString& key) const;

private:
    /// The newest row has the highest number, and stands first.
    struct Row {
        quint64 number;
        QString key;
    };

    void note(const QString& key);
    void insertNoted();
    void follow(const QString& key);
    void drop(const QString& key);
    int rowOf(const QString& key) const;
    QVariant picture(const QString& key, int role) const;

    const transfer::Outbox& m_outbox;
    QList<Row> m_rows;
    QHash<QString, quint64> m_numbers; // by key
    QStringList m_noted;               // added a moment ago, oldest first
    QTimer m_insert;                   // thousands that are dropped at once are one insertion
    mutable QHash<QString, std::pair<qint64, QImage>> m_frosted; // by key, with its sharp one's key
};

} // namespace vitrine::ui
