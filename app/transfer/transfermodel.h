// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/transfer.h"

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>

namespace vitrine::transfer {

class Outbox;
class Downloads;

/// Everything on its way, newest last, for the transfers list and the bar. GUI thread.
class TransferModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        TransferRole = Qt::UserRole, ///< transfer::Transfer, whole
        KeyRole,                     ///< QString
        KindRole,                    ///< int, transfer::Kind
        StateRole,                   ///< int, transfer::State
        NameRole,                    ///< QString
        ProgressRole                 ///< double 0…1; -1 while unknown
    };

    /// What the bar shows of all unfinished transfers together.
    struct Summary {
        int unfinished = 0;
        int sending = 0;  ///< of these, on its way just now
        int held = 0;     ///< of these, waiting for a time: see Outbox::isHeld()
        int paused = 0;   ///< of these, waiting because their process is paused
        int finished = 0; ///< of the present batch: since nothing was unfinished
        int failed = 0;
        qint64 spooled = 0;  ///< bytes of private copies on this disk that wait to be sent
        qint64 moved = 0;    ///< bytes of the present batch
        qint64 left = 0;     ///< bytes to move still, as far as known, of what is not held
        double progress = 0; ///< 0…1
    };

    /// \a outbox and \a downloads must outlive the model.
    TransferModel(const Outbox& outbox, const Downloads& downloads, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    Summary summary() const;

Q_SIGNALS:
    /// At once, and then once more for all else that changed in that round of the event loop.
    void summaryChanged();

private:
    template <typename Queue>
    void follow(const Queue& queue);
    void add(const Transfer& transfer);
    void update(const Transfer& transfer);
    void remove(const QStringList& keys);
    void removeRun(int first, int last);
    void moveFirst(const QStringList& keys);
    void number();
    void tellSummary();
    void noteBatch(const Transfer& transfer);
    void addTo(Summary& summary, const Transfer& unfinished) const;

    const Outbox& m_outbox;
    QList<Transfer> m_rows;
    QHash<QString, int> m_rowOf; // by key
    QSet<QString> m_batch;       // the keys since nothing was unfinished
    QSet<QString> m_unfinished;
    QTimer m_tellSummary;
    bool m_hasMoreToTell = false;
};

} // namespace vitrine::transfer
