// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

/// Saves a picture of a window once its gallery is shown.
class Screenshot final : public QObject
{
    Q_OBJECT

public:
    /// Begins to wait. \a session and \a window must outlive this object.
    Screenshot(session::Session& session, QWidget& window, const QString& path,
               QObject* parent = nullptr);

Q_SIGNALS:
    /// Sent once.
    void taken(bool isSaved);

private:
    void look();
    bool isShown() const;

    session::Session& m_session;
    QWidget& m_window;
    const QString m_path;
    QTimer m_timer;
    QElapsedTimer m_waited;
};

} // namespace vitrine::ui
