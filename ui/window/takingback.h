// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
/// have arrived the server has to be asked first. GUI thread.
class TakingBack final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    TakingBack(transfer::Outbox& outbox, NoticeStack& notices, QObject* parent);

    /// \a keys of uploads that are not through.
    void takeBack(const QStringList& keys);

private:
    void follow(const QString& key);
    void tell();

    transfer::Outbox& m_outbox;
    NoticeStack& m_notices;
    QSet<QString> m_open; // keys
    int m_taken = 0;      // since it was told last
    int m_tooLate = 0;
    QTimer m_tell;
};

} // namespace vitrine::ui
