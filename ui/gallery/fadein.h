// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QString>

namespace vitrine::ui {

/// How far each picture has faded in. Only what was seen as a placeholder before fades; what is
/// there when it is first seen is simply there.
class FadeIn
{
public:
    static constexpr int kDuration = 120; // ms

    FadeIn() { m_time.start(); }

    /// To be asked when \a id is painted: 0 while there is no picture, then up to 1.
    double opacity(const QString& id, bool hasPicture, bool animated);

    /// What is fading now; has to be painted again soon.
    bool isRunning() const { return !m_started.isEmpty(); }
    bool isFading(const QString& id) const { return m_started.contains(id); }
    /// Forgets those that are through.
    void finish();
    void clear();

private:
    QElapsedTimer m_time;
    QSet<QString> m_missing;
    QHash<QString, qint64> m_started;
};

} // namespace vitrine::ui
