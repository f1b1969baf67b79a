// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/speedlimits.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

#include <chrono>

namespace vitrine::ui {

/// What the desktop remembers between runs: habits, nothing secret, nothing of the images. Every
/// value read is made sane, whatever stands in the file. GUI thread.
class AppSettings
{
public:
    /// \a path: an INI file, made when something is first written.
    explicit AppSettings(const QString& path);
    /// $XDG_CONFIG_HOME/vitrine/vitrine.ini
    static QString defaultPath();

    /// Whether private images are frosted on the owner's screen, too.
    bool hidesPrivate() const;
    void setHidesPrivate(bool hides);

    /// How long a public upload and a delete wait, so that they can be taken back; 0 to 60 s.
    std::chrono::milliseconds undoTime() const;
    void setUndoTime(std::chrono::milliseconds time);

    /// Row height of the gallery in logical pixels; 0 if never chosen.
    int zoom() const;
    void setZoom(int rowHeight);

    bool isSidebarFolded() const;
    void setSidebarFolded(bool folded);
    bool isDetailsFolded() const;
    void setDetailsFolded(bool folded);

    /// The id of the account that was shown last; empty at first.
    QString lastAccount() const;
    void setLastAccount(const QString& id);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);

    /// Where downloads go; empty until somebody chose.
    QString downloadDirectory() const;
    void setDownloadDirectory(const QString& directory);

    /// Of the account with that id; none until somebody chose.
    SpeedLimits speedLimits(const QString& account) const;
    /// Limits of nothing leave no trace of the account.
    void setSpeedLimits(const QString& account, const SpeedLimits& limits);

    /// Whether pictures are read even where the system has no sandbox for that: one that is made
    /// to do harm can then do all that the person can. Off unless somebody wrote it into the file.
    bool allowsUnconfinedDecoder() const;

    /// That there is no keyring was said and put away.
    bool knowsNoKeyring() const;
    void setKnowsNoKeyring(bool knows);

private:
    QSettings m_store;
};

} // namespace vitrine::ui
