// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

namespace vitrine::session {
class Session;
}

namespace vitrine::transfer {
struct Transfer;
}

namespace vitrine::ui {

class ConflictDialog;
class NoticeStack;

/// Changes of this person that met a change of somebody else: tells of them until each is decided,
/// also those of an earlier run.
class Conflicts final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    Conflicts(session::Session& session, NoticeStack& notices, QWidget& window,
              QObject* parent = nullptr);

    /// Shows both versions and asks which one counts. Nothing if there is no such conflict.
    void compare(const QString& key);

private:
    void follow(const QString& key);
    void forget(const QStringList& keys);
    void tell();
    void showTheirs();
    void loadTheirs();
    void readListing(const QString& key);
    void useOurs();
    void keepTheirs();
    QString takeAsked();
    void putOff();
    void goOn();
    const transfer::Transfer* asked() const;
    QString shownName(const transfer::Transfer& edit) const;

    session::Session& m_session;
    NoticeStack& m_notices;
    QWidget& m_window;
    QStringList m_open; ///< keys, the oldest first
    QString m_asked;    ///< the one that the dialog is about; empty while there is none
    QPointer<ConflictDialog> m_dialog;
    bool m_isFresh = false; ///< the listing was read since the dialog is about that one
};

} // namespace vitrine::ui
