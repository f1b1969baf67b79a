// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/newtransfer.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

namespace vitrine::transfer {
class Outbox;
}

namespace vitrine::ui {

class NoticeStack;

/// Uploads that a person takes back, and what is said of them when it is known: of one that may
/// have arrived the server has to be asked first. The notice's Undo brings back what did not leave.
/// GUI thread.
class TakingBack final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    TakingBack(transfer::Outbox& outbox, NoticeStack& notices, QObject* parent);

    /// \a keys of uploads that are not through.
    void takeBack(const QStringList& keys);

Q_SIGNALS:
    /// The person wants to share these after all.
    void wantedAgain(const QList<vitrine::transfer::UploadOrder>& uploads);

private:
    void follow(const QString& key);
    void tell();
    void tellTaken(const QList<transfer::UploadOrder>& taken);
    void tellTooLate(int count);

    transfer::Outbox& m_outbox;
    NoticeStack& m_notices;
    QSet<QString> m_open;                 // keys
    QList<transfer::UploadOrder> m_taken; // since it was told last
    int m_tooLate = 0;
    QTimer m_tell;
};

} // namespace vitrine::ui
